"""What an operator wants to know: what waits, what was not sent and why, whether anybody is forgotten."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.storage import checkup, prospects
from bot.storage.engine import Database
from language.kept import say_kept

STUCK_AFTER = timedelta(minutes=10)
LATELY = timedelta(days=7)
LINES = 10


@dataclass(frozen=True, slots=True)
class Report:
    """The outbox and the invariant, at one moment."""

    waiting: int
    stuck: int
    last_sent_at: datetime | None
    failed: tuple[str, ...]
    skipped: tuple[str, ...]
    forgotten: tuple[int, ...]


def outbox(db: Database, now: datetime) -> Report:
    """How deliveries stand, the last week's failures and silences with their reasons, and prospects nobody will see."""
    with db.read() as tx:
        failed, skipped = checkup.unsaid(tx, now - LATELY)
        return Report(
            waiting=checkup.open_since(tx, now),
            stuck=checkup.open_since(tx, now - STUCK_AFTER),
            last_sent_at=checkup.last_sent_at(tx),
            failed=tuple(_lines(failed)),
            skipped=tuple(_lines(skipped)),
            forgotten=tuple(
                prospect.id
                for workspace_id in checkup.workspace_ids(tx)
                for prospect in prospects.without_next_step(tx, workspace_id)
            ),
        )


def _lines(counted: list[tuple[str, str, int]]) -> list[str]:
    return [f"{count} × {kind}: {say_kept(reason)}" for kind, reason, count in counted[:LINES]]
