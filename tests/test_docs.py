"""The pages in docs/ say what the program does: each table in them is compared with it."""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from pydantic import SecretStr

from bot.config import Settings
from bot.slack import routes
from bot.slack.commands import Add, Unknown, Unreadable
from bot.slack.reading import grammar
from bot.slack.reading.examples import EXAMPLES
from bot.slack.reading.understood import Problem
from bot.views.ids import COMMAND

ROOT = Path(__file__).parent.parent
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "CONTRIBUTING.md", ROOT / "README.md"]
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=ZoneInfo("Europe/Berlin"))
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
ROW = re.compile(r"^\| `([^`]+)`(?:, `[^`]+`)* \| (.*) \|$", re.MULTILINE)
SECTION = re.compile(r"^## (?P<title>.+)\n(?P<text>(?:(?!^## ).*\n?)*)", re.MULTILINE)


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text()


def part(text: str, title: str) -> str:
    """What stands under a heading."""
    return next(found["text"] for found in SECTION.finditer(text) if found["title"] == title)


def problems_of(line: str) -> tuple[Problem, ...]:
    """Why a typed line can't be obeyed; nothing when it can."""
    read = grammar.read(line, NOW)
    assert not isinstance(read, Unknown), line
    if isinstance(read, Unreadable):
        return (read.problem,)
    return read.capture.problems if isinstance(read, Add) else ()


def test_every_command_stands_on_its_page_with_the_helps_own_words() -> None:
    told = dict(ROW.findall(page("commands.md").split("## ")[0]))
    assert told == {f"{COMMAND} {example}".strip(): does for example, does in EXAMPLES.values()}


@pytest.mark.parametrize("line", [line for line, _ in ROW.findall(page("commands.md").split("## ")[0])])
def test_every_example_on_the_page_really_parses(line: str) -> None:
    assert problems_of(line.removeprefix(COMMAND).strip()) == ()


@pytest.mark.parametrize("words", re.findall(r"`([^`]+)`", part(page("commands.md"), "Dates").split("A date that")[0]))
def test_every_way_to_write_a_date_is_understood(words: str) -> None:
    read = grammar.read(f"snooze acme {words}", NOW)
    assert getattr(read, "who", None) == "acme"
    assert getattr(read, "when", None) is not None


def test_every_setting_stands_in_the_table_with_its_default() -> None:
    told = dict(ROW.findall(part(page("connect.md"), "Settings")))
    assert set(told) == {field.alias for field in Settings.model_fields.values()}
    for field in Settings.model_fields.values():
        default = "" if isinstance(field.default, SecretStr) else f"`{field.default}`"
        assert told[str(field.alias)].split("|")[0].strip() == default, field.alias


def test_the_sample_of_settings_names_each_and_changes_nothing() -> None:
    lines = re.findall(r"^#?([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert [name for name, _ in lines] == [field.alias for field in Settings.model_fields.values()]
    filled = {name: value for name, value in lines if value}
    assert Settings.model_validate(filled) == Settings.model_validate({})


def test_every_scope_and_event_of_the_manifest_has_its_reason_on_the_page() -> None:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text())
    asked_for = page("scopes.md").split("## ")[0]
    assert {scope for scope, _ in ROW.findall(asked_for)} == set(manifest["oauth_config"]["scopes"]["bot"])
    events = set(manifest["settings"]["event_subscriptions"]["bot_events"])
    assert set(re.findall(r"`(\w+)`", part(page("scopes.md"), "Events"))) == events


@pytest.mark.parametrize("document", PAGES, ids=[str(document.relative_to(ROOT)) for document in PAGES])
def test_every_link_to_a_file_leads_somewhere(document: Path) -> None:
    broken = [link for link in LINK.findall(document.read_text()) if not (document.parent / link).exists()]
    assert broken == []


def test_over_http_every_address_is_named_that_slack_asks_for() -> None:
    told = part(page("connect.md"), "Over HTTP instead")
    assert routes.SUGGESTIONS, "no menu is filled while somebody types any more: Options Load URL is not needed"
    for place in ("Slash Commands", "Request URL", "Options Load URL", "Event Subscriptions"):
        assert place in told
