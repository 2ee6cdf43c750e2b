"""The daily digest: whose moment has come, what is in it, and how it stands after each click."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection

from bot.services.stalling import stalled_of
from bot.storage import changes, deliveries, members, prospects, timeline
from bot.storage.engine import Database
from bot.storage.records import Change, Delivery, Member, Prospect, StepRow, Touch
from bot.storage.tables import ChangeKind, DeliveryKind
from cadences import calendar
from cadences.coaching import NowFacts, Reason, why_now
from cadences.model import Channel, FollowUpType, Purpose, Stage

LATE_AT_MOST = timedelta(hours=3)
"""Up to this late a digest is still sent; later it merges into the next."""
DUE_AT_MOST = 200
STALLED_AT_MOST = 20
FIRST_PAGE = 7
NEXT_PAGES = 18
"""Rows: a row takes two of a message's 50 blocks, and sections, header, load and footer take the rest."""

ROW_KINDS = (
    ChangeKind.LOGGED,
    ChangeKind.SNOOZED,
    ChangeKind.WON,
    ChangeKind.LOST,
    ChangeKind.PARKED,
    ChangeKind.HANDED_OVER,
)
"""What turns a row into its result; a note or an edit leaves the work to be done."""


class Section(StrEnum):
    """The parts of a digest, in order."""

    PROMISED = "promised"
    OVERDUE = "overdue"
    TODAY = "today"
    STALLED = "stalled"


@dataclass(frozen=True, slots=True)
class Row:
    """One prospect of a digest, as it stood when the digest was made."""

    section: Section
    prospect_id: int
    step_id: int
    name: str
    company: str | None
    value_minor: int | None
    currency: str | None
    cadence: str | None
    number: int | None
    of: int | None
    channel: Channel
    type: FollowUpType
    purpose: Purpose
    due_at: datetime
    timed: bool
    promised: bool
    last_channel: Channel | None
    last_at: datetime | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What a digest says, frozen when its delivery was opened."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class RowNow:
    """A row with what happened since: ``change`` made it a result, ``step`` is what is next now."""

    row: Row
    change: Change | None = None
    by: Member | None = None
    step: StepRow | None = None
    gone: bool = False

    @property
    def is_done(self) -> bool:
        """True when nothing is left to do here."""
        return self.change is not None or self.gone


@dataclass(frozen=True, slots=True)
class View:
    """A digest as it is drawn now."""

    member: Member
    local_on: date
    now: datetime
    rows: tuple[RowNow, ...]
    page: int = 0
    delivery_id: int | None = None

    @property
    def done(self) -> int:
        """How many rows are answered."""
        return sum(row.is_done for row in self.rows)

    @property
    def shown(self) -> tuple[RowNow, ...]:
        """The rows of this page."""
        if self.page == 0:
            return self.rows[:FIRST_PAGE]
        start = FIRST_PAGE + NEXT_PAGES * (self.page - 1)
        return self.rows[start : start + NEXT_PAGES]

    @property
    def more(self) -> int:
        """How many rows come after this page."""
        return max(0, len(self.rows) - FIRST_PAGE - NEXT_PAGES * self.page)


CONTENT: TypeAdapter[Content] = TypeAdapter(Content)


def open_due(db: Database, now: datetime, limit: int) -> int:
    """Open the digest of every member whose moment has come, one transaction each; how many were looked at."""
    with db.read() as tx:
        waiting = members.due_for_digest(tx, now, limit)
    for member in waiting:
        with db.begin() as tx:
            _open(tx, member, now)
    return len(waiting)


def open_now(db: Database, member: Member, now: datetime) -> int | None:
    """Open today's digest ahead of its time; None when this day had its digest, or its reason for none, already."""
    today = member.local(now).date()
    with db.begin() as tx:
        opened = _open_delivery(tx, member, today, now, None, build(tx, member, today, now))
        if opened is not None and member.next_digest_at is not None:
            ends_at = calendar.day_bounds(today, member.calendar.zone)[1]
            following = calendar.next_occurrence(member.digest_time, max(now, ends_at), member.calendar)
            members.change(tx, member.workspace_id, member.id, next_digest_at=following)
        return opened


def my_day(db: Database, member: Member, now: datetime, page: int = 0) -> View:
    """What is due now, as the digest would show it."""
    today = member.local(now).date()
    with db.read() as tx:
        content = build(tx, member, today, now)
    return View(member, today, now, tuple(RowNow(row) for row in content.rows), page)


def view(db: Database, workspace_id: str, delivery_id: int, now: datetime) -> View | None:
    """A digest as it stands now, or None when it was no daily digest."""
    with db.read() as tx:
        delivery = deliveries.get(tx, workspace_id, delivery_id)
        member = delivery and members.get(tx, workspace_id, delivery.recipient_id)
        if not delivery or not member or delivery.kind is not DeliveryKind.DAILY or delivery.content is None:
            return None
        content = CONTENT.validate_python(delivery.content)
        rows = _as_it_stands(tx, delivery, content)
        return View(member, delivery.local_on, now, rows, delivery.page, delivery.id)


def turn_page(db: Database, workspace_id: str, delivery_id: int, page: int) -> None:
    """Show other rows of a digest."""
    with db.begin() as tx:
        deliveries.change(tx, workspace_id, delivery_id, page=max(0, page))


def shown_today(db: Database, member: Member, prospect_id: int, now: datetime) -> Delivery | None:
    """The member's latest digest if this prospect is on it: it must show what happened."""
    with db.read() as tx:
        latest = deliveries.last_sent(tx, member.workspace_id, DeliveryKind.DAILY, member.id)
    if latest is None or latest.content is None or latest.local_on != member.local(now).date():
        return None
    rows = CONTENT.validate_python(latest.content).rows
    return latest if any(row.prospect_id == prospect_id for row in rows) else None


def build(tx: Connection, member: Member, today: date, now: datetime) -> Content:
    """The member's rows: promised first, then overdue, due today, and stalled ones with nothing due."""
    ends_at = calendar.day_bounds(today, member.calendar.zone)[1]
    due = prospects.due(tx, member.workspace_id, member.id, ends_at, DUE_AT_MOST)
    ids = {prospect.id for prospect, _ in due}
    stalled = [item for item in stalled_of(tx, member, now) if item.prospect.id not in ids][:STALLED_AT_MOST]
    touched = timeline.last_touches(tx, member.workspace_id, [*ids, *(item.prospect.id for item in stalled)])
    rows = [
        *(_row(member, prospect, step, touched.get(prospect.id), today, None) for prospect, step in due),
        *(
            _row(member, item.prospect, item.step, touched.get(item.prospect.id), today, item.verdict.idle_days)
            for item in stalled
        ),
    ]
    order = list(Section)
    return Content(tuple(sorted(rows, key=lambda row: (order.index(row.section), row.due_at, row.step_id))))


def _open(tx: Connection, member: Member, now: datetime) -> None:
    """Move the member's next digest, then open this one or log why there is none."""
    scheduled_at = member.next_digest_at
    if scheduled_at is None:
        return
    # After an outage each missed day gets its logged reason, and today's digest its chance.
    after = scheduled_at if now - scheduled_at > LATE_AT_MOST else now
    next_at = None
    if member.digest_on and not member.is_deleted:
        next_at = calendar.next_occurrence(member.digest_time, after, member.calendar)
    if not members.move_digest(tx, member, next_at):
        return
    today = member.local(scheduled_at).date()
    reason = _reason_for_silence(member, today, scheduled_at, now)
    content = None if reason else build(tx, member, today, now)
    if content is not None and not content.rows and not member.all_clear:
        reason = "nothing due"
    _open_delivery(tx, member, today, now, reason, content)


def _open_delivery(
    tx: Connection, member: Member, today: date, now: datetime, reason: str | None, content: Content | None
) -> int | None:
    frozen = CONTENT.dump_python(content, mode="json") if content else None
    return deliveries.open_once(
        tx, member.workspace_id, DeliveryKind.DAILY, member.id, today, now, content=frozen, silent_because=reason
    )


def _reason_for_silence(member: Member, today: date, scheduled_at: datetime, now: datetime) -> str | None:
    if member.is_deleted:
        return "deactivated in Slack"
    if not member.digest_on:
        return "switched off"
    if member.paused_until_on is not None and today < member.paused_until_on:
        return f"paused until {member.paused_until_on.isoformat()}"
    if now - scheduled_at > LATE_AT_MOST:
        return "more than 3 hours late: it merges into the next"
    return None if calendar.is_workday(today, member.calendar) else "a day off"


def _row(
    member: Member, prospect: Prospect, step: StepRow, last: Touch | None, today: date, idle_days: int | None
) -> Row:
    facts = NowFacts(
        step=step.planned,
        snoozes=step.snoozes,
        last_touch_at=last.happened_at if last else None,
        last_channel=last.channel if last else None,
        last_outcome=last.outcome if last else None,
        close_on=prospect.close_on,
        was_parked=prospect.stage is Stage.PARKED,
        idle_days=idle_days,
    )
    due_on = member.local(step.due_at).date()
    return Row(
        section=_section(step, due_on, today, idle_days),
        prospect_id=prospect.id,
        step_id=step.id,
        name=prospect.name,
        company=prospect.company,
        value_minor=prospect.value_minor,
        currency=prospect.currency,
        cadence=step.cadence,
        number=step.number,
        of=step.of,
        channel=step.channel,
        type=step.type,
        purpose=step.purpose,
        due_at=step.due_at,
        timed=step.timed,
        promised=step.promised,
        last_channel=facts.last_channel,
        last_at=facts.last_touch_at,
        reasons=why_now(facts, today, member.calendar),
    )


def _section(step: StepRow, due_on: date, today: date, idle_days: int | None) -> Section:
    if idle_days is not None:
        return Section.STALLED
    if step.promised:
        return Section.PROMISED
    return Section.OVERDUE if due_on < today else Section.TODAY


def _as_it_stands(tx: Connection, delivery: Delivery, content: Content) -> tuple[RowNow, ...]:
    ids = [row.prospect_id for row in content.rows]
    known = prospects.many(tx, delivery.workspace_id, ids)
    made = changes.since(tx, delivery.workspace_id, ids, ROW_KINDS, delivery.created_at)
    latest = {change.prospect_id: change for change in made}
    people = members.named(tx, delivery.workspace_id, [change.member_id for change in made])
    next_steps = prospects.next_steps(tx, delivery.workspace_id, [n for n in latest if n is not None])
    return tuple(_row_now(row, known, latest, people, next_steps) for row in content.rows)


def _row_now(
    row: Row,
    known: dict[int, Prospect],
    latest: dict[Any, Change],
    people: dict[str, Member],
    next_steps: dict[int, StepRow],
) -> RowNow:
    change = latest.get(row.prospect_id)
    by = people.get(change.member_id) if change else None
    return RowNow(row, change, by, next_steps.get(row.prospect_id), gone=row.prospect_id not in known)


def delivery_of(db: Database, workspace_id: str, channel: str, ts: str) -> Delivery | None:
    """The delivery that a message of ours is, or None when it is another message."""
    with db.read() as tx:
        return deliveries.of_message(tx, workspace_id, channel, ts)
