"""What comes by itself at a member's own moment: opened once per local day, or a logged reason why not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from bot.services import silence
from bot.storage import deliveries, members
from bot.storage.engine import Database
from bot.storage.records import Member
from bot.storage.tables import DeliveryKind

Frozen = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Schedule:
    """One kind of message that comes by itself."""

    kind: DeliveryKind
    moment: str
    """The member's column that keeps when it is due."""
    following: Callable[[Member, datetime], datetime | None]
    content: Callable[[Connection, Member, date, datetime], Frozen | str]
    """What is said, frozen, or the reason why nothing is."""


def open_due(db: Database, schedule: Schedule, now: datetime, limit: int) -> int:
    """Open it for every member whose moment has come, one transaction each; how many were looked at."""
    with db.read() as tx:
        waiting = members.due(tx, schedule.moment, now, limit)
    for member in waiting:
        with db.begin() as tx:
            _open(tx, schedule, member, now)
    return len(waiting)


def _open(tx: Connection, schedule: Schedule, member: Member, now: datetime) -> None:
    """Move the member's next moment, then open this one or log why there is none."""
    scheduled_at: datetime | None = getattr(member, schedule.moment)
    if scheduled_at is None:
        return
    # After an outage each missed day gets its logged reason, and today's message its chance.
    after = scheduled_at if now - scheduled_at > silence.LATE_AT_MOST else now
    if not members.move(tx, member, schedule.moment, schedule.following(member, after)):
        return
    today = member.local(scheduled_at).date()
    said = silence.reason(member, today, scheduled_at, now) or schedule.content(tx, member, today, now)
    put_out(tx, schedule.kind, member, today, now, said)


def put_out(
    tx: Connection, kind: DeliveryKind, member: Member, today: date, now: datetime, said: Frozen | str
) -> int | None:
    """Its delivery, or with a text the reason for silence; None when this day has one already."""
    reason, content = (said, None) if isinstance(said, str) else (None, said)
    return deliveries.open_once(
        tx, member.workspace_id, kind, member.id, today, now, content=content, silent_because=reason
    )
