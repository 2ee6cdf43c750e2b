"""Logs: one line an event, and nobody's address, number or token in any of them."""

import io
import logging
import time
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot import logs
from bot.storage.engine import Database
from tests.stories.conftest import address
from tests.support.app import telling

SECRETS = {
    "bot token": "xoxb-123-456-AbCdEf",
    "app token": "xapp-1-A0-123-abcdef",
    "refresh token": "xoxe-1-AbCdEf",
    "signature": "v0=" + "a1" * 32,
    "command address": "https://hooks.slack.com/commands/T0/1/abcdef",
    "action address": "https://hooks.slack.com/actions/T0/2/abcdef",
    "e-mail": "dana.li+crm@mail.acme.example",
    "phone": "+1 (415) 555-0132",
}
LONGEST = 40_000


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What goes to standard error after ``configure``."""
    stream = io.StringIO()
    root, kept = logging.getLogger(), logging.getLogger().handlers[:]
    level = root.level
    monkeypatch.setattr("sys.stderr", stream)
    logs.configure("info")
    yield stream
    root.handlers[:] = kept
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
def test_a_secret_is_taken_out_wherever_it_stands(written: io.StringIO, secret: str) -> None:
    log = structlog.get_logger("sample")
    log.warning(f"said {secret}", value=secret, deep={"list": [secret]}, error=ValueError(secret))
    log.error("failed", exc_info=RuntimeError(f"while sending {secret}"))
    logging.getLogger("some.library").warning("body: %s", secret)
    assert "said" in written.getvalue()
    assert secret not in written.getvalue()


def test_an_event_is_a_line_with_its_facts(written: io.StringIO) -> None:
    structlog.get_logger("sample").info("delivery_sent", delivery=7, kind="daily")
    (line,) = written.getvalue().splitlines()
    assert "event='delivery_sent'" in line
    assert "delivery=7" in line


def test_dates_numbers_and_ids_stay_readable() -> None:
    kept = "2026-11-20T08:45:00+00:00 delivery=1234567 ts=1795160700.000400 user=U0ANA C0DEALS 12:30:45"
    assert logs.scrub(kept) == kept


@pytest.mark.parametrize("text_", ["x" * LONGEST, "a." * (LONGEST // 2), "1" * LONGEST, "https://" * (LONGEST // 8)])
def test_a_very_long_text_does_not_keep_the_process_busy(text_: str) -> None:
    started = time.process_time()
    assert logs.scrub(text_) == text_
    assert time.process_time() - started < 2


def test_a_failed_statement_does_not_log_what_it_was_about(db: Database) -> None:
    with pytest.raises(DBAPIError) as failed, db.begin() as tx:
        tx.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": "Dana Li"})
    assert "Dana Li" not in str(failed.value)


async def test_a_whole_day_leaves_no_name_address_or_token_in_the_log(
    sqlite_db: Database, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Things go wrong on purpose; what is logged names numbers only."""
    monkeypatch.setattr("tests.support.app.capture_logs", _no_capture)
    async with telling(address(sqlite_db)) as story:
        story.expected_refusals = {"missing_scope", "expired_trigger_id"}
        await story.told(story.ana, "add Dana Li, Acme, dana@acme.com, +49 30 123456, call today 5pm -- likes tea")
        story.sandbox.faults.server_error("chat.postMessage")
        story.sandbox.faults.error("views.open", "expired_trigger_id")
        await story.told(story.ana, "add")
        await story.waits(hours=18)
        await story.waits(minutes=1)
        said = written.getvalue()
        assert "delivery_unknown" in said
        private = ("Dana", "acme.com", "123456", "tea", story.app.bot_token, story.app.signing_secret, "/commands/")
        assert [secret for secret in private if secret in said] == []


class _no_capture:  # noqa: N801 - stands in for structlog's own function
    def __enter__(self) -> list[object]:
        return []

    def __exit__(self, *_: object) -> None:
        return None
