"""Settings: each one that is wrong is named in one readable line, and no secret is repeated."""

import pytest

from bot.config import Mode, Settings, SettingsError, load, load_for_slack

NAMES = (
    "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", "DATABASE_URL", "PORT",
    "FOLLOWUP_HOST", "FOLLOWUP_HEARTBEAT_SECONDS", "FOLLOWUP_LOG_LEVEL",
)  # fmt: skip
GOOD = {"SLACK_BOT_TOKEN": "xoxb-sample", "SLACK_SIGNING_SECRET": "sample-secret"}
WRONG = {
    "PORT": "0",
    "DATABASE_URL": "mysql://root:sample-password@db/x",
    "SLACK_API_URL": "slack.com/api",
    "FOLLOWUP_LOG_LEVEL": "loud",
    "FOLLOWUP_HEARTBEAT_SECONDS": "0",
}


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def problems_with(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> list[str]:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        load_for_slack(listens=True)
    return refused.value.problems


def test_two_settings_are_enough_for_http(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    settings = load_for_slack(listens=True)
    assert (settings.mode, settings.port, settings.api_url) == (Mode.HTTP, 3000, "https://slack.com/api/")


def test_an_app_level_token_means_socket_mode_and_needs_no_signing_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-sample")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-sample")
    assert load_for_slack(listens=True).mode is Mode.SOCKET


def test_everything_missing_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    problems = problems_with(monkeypatch, {})
    assert [line.split(" ")[0] for line in problems] == ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"]


def test_a_worker_needs_no_signing_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-sample")
    assert load_for_slack(listens=False).bot_token.get_secret_value() == "xoxb-sample"


@pytest.mark.parametrize(("name", "swapped"), [("SLACK_BOT_TOKEN", "xapp-1"), ("SLACK_APP_TOKEN", "xoxb-1")])
def test_swapped_tokens_are_told_apart(monkeypatch: pytest.MonkeyPatch, name: str, swapped: str) -> None:
    (problem,) = problems_with(monkeypatch, {**GOOD, name: swapped})
    assert name in problem
    assert "starts with" in problem


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_is_named_in_one_line_without_repeating_it(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (problem,) = problems_with(monkeypatch, {**GOOD, name: WRONG[name]})
    assert problem.startswith(f"{name}: ")
    assert "\n" not in problem
    assert "sample-password" not in problem


def test_all_wrong_values_are_named_together(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {line.split(":")[0] for line in problems_with(monkeypatch, WRONG)} == set(WRONG)


def test_commands_without_slack_need_nothing() -> None:
    assert load().database_url == "sqlite:///followup.sqlite3"


def test_secrets_do_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    assert "sample" not in repr(Settings()).replace("sqlite:///followup.sqlite3", "")
