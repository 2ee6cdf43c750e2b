"""The second nudge: in the afternoon, once, and only while something that she promised is still open."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection

from bot.services import digests, ignored, moments, noise, numbering, quiet, scheduled, silence
from bot.services.digests import View
from bot.services.rows import Row, Section, build
from bot.services.scheduled import Frozen, Schedule
from bot.storage import deliveries, members
from bot.storage.engine import Database
from bot.storage.records import Member
from bot.storage.tables import DeliveryKind, DeliveryState
from language import mark

WAITING = frozenset({DeliveryState.PENDING, DeliveryState.LEASED})

ASKED_ABOUT = mark("the digest asks about every promise that is open")


@dataclass(frozen=True, slots=True)
class Content:
    """What a second nudge says, frozen when its delivery was opened."""

    rows: tuple[Row, ...]
    numbers: tuple[int, ...]
    """What the rows are called in the digest of that day, and when they are answered by typing."""


CONTENT: TypeAdapter[Content] = TypeAdapter(Content)


def open_due(db: Database, now: datetime, limit: int) -> int:
    """Open the second nudge of every member whose moment has come; how many were looked at."""
    return scheduled.open_due(db, SCHEDULE, now, limit)


def view(db: Database, workspace_id: str, delivery_id: int, now: datetime) -> View | None:
    """A second nudge as it stands now; None when it was none, or was answered before it was said."""
    with db.read() as tx:
        delivery = deliveries.get(tx, workspace_id, delivery_id)
        member = delivery and members.get(tx, workspace_id, delivery.recipient_id)
        if not delivery or not member or delivery.kind is not DeliveryKind.SECOND_NUDGE or delivery.content is None:
            return None
        content = CONTENT.validate_python(delivery.content)
        rows = digests.as_it_stands(tx, delivery, content.rows)
        if delivery.state is not DeliveryState.SENT and all(row.is_done for row in rows):
            return None
        numbered = tuple(replace(row, number=number) for row, number in zip(rows, content.numbers, strict=True))
        return View(member, delivery.local_on, now, numbered, delivery_id=delivery.id)


def promised(tx: Connection, member: Member, today: date, now: datetime) -> tuple[Row, ...]:
    """What she promised for today or earlier and has not done yet."""
    return tuple(row for row in build(tx, member, today, now) if row.section is Section.PROMISED)


def _content(tx: Connection, member: Member, today: date, now: datetime) -> Frozen | str:
    reason = _reason_for_silence(tx, member, today, now)
    if reason:
        return reason
    found = promised(tx, member, today, now)
    # What her digest asks about all at once is not asked about again one by one.
    rows = ignored.parted(tx, member, found, today).rows
    if not rows:
        return ASKED_ABOUT if found else mark("nothing promised is open")
    numbered = numbering.keep(tx, member, today, [row.step_id for row in rows], now)
    numbers = tuple(numbered.index(row.step_id) + 1 for row in rows)
    return dict(CONTENT.dump_python(Content(rows, numbers), mode="json"))


def _reason_for_silence(tx: Connection, member: Member, today: date, now: datetime) -> str | None:
    """It is the second one: after the digest of its day, and where nothing else asked her to look."""
    if quiet.is_quiet(member, now):
        return silence.OUT_OF_HOURS
    digest = deliveries.of_day(tx, member.workspace_id, DeliveryKind.DAILY, member.id, today)
    waits = digest is not None and digest.state in WAITING
    if waits or moments.comes_on(member, member.next_digest_at, today):
        return mark("today's digest is still to come")
    if moments.comes_on(member, member.next_recap_at, today):
        return mark("the weekly recap comes today and says it")
    return None if noise.has_room(tx, member, today) else silence.NUDGED


SCHEDULE = Schedule(DeliveryKind.SECOND_NUDGE, "next_nudge_at", moments.next_nudge, _content)
