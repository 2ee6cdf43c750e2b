"""The daily digest: whose moment has come, what is in it, and how it stands after each click."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection

from bot.services import full_days, ignored, leavers, moments, numbering, returns, scheduled
from bot.services.actor import Actor
from bot.services.errors import Gone
from bot.services.full_days import Beyond
from bot.services.ignored import Ignored
from bot.services.leavers import Left
from bot.services.returns import Return
from bot.services.rows import TELLING, Row, build
from bot.services.scheduled import Frozen, Schedule
from bot.storage import changes, deliveries, members, prospects
from bot.storage.engine import Database
from bot.storage.records import Change, Delivery, Member, Prospect, StepRow
from bot.storage.tables import ChangeKind, DeliveryKind, DeliveryState
from cadences.model import Stage
from language import mark

FIRST_PAGE = 7
NEXT_PAGES = 18
"""Rows: a row takes two of a message's 50 blocks, and sections, header, load and footer take the rest."""

WITH_ROWS = (DeliveryKind.DAILY, DeliveryKind.SECOND_NUDGE)
"""Messages that list prospects, each with what became of it."""
ROW_KINDS = (
    ChangeKind.LOGGED,
    ChangeKind.SNOOZED,
    ChangeKind.ONE_MORE,
    ChangeKind.WON,
    ChangeKind.LOST,
    ChangeKind.PARKED,
    ChangeKind.HANDED_OVER,
    ChangeKind.ANSWERED,
    ChangeKind.OUT_OF_OFFICE,
    ChangeKind.SKIPPED,
    ChangeKind.MET,
    ChangeKind.DROPPED,
    ChangeKind.REPLANNED,
    ChangeKind.TOUCH_EDITED,
)
"""What turns a row into its result; a note or an edit leaves the work to be done."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a digest says, frozen when its delivery was opened."""

    rows: tuple[Row, ...]
    back: Return | None = None
    """The welcome after a leave."""
    ignored: tuple[Ignored, ...] = ()
    """Shown three days in a row and not touched: a count, and a question."""
    left: tuple[Left, ...] = ()
    """Who left prospects behind; only a manager's digest says it."""
    beyond: Beyond = field(default_factory=dict)
    """What the day holds more than rows."""


@dataclass(frozen=True, slots=True)
class RowNow:
    """A row with what happened since: ``change`` made it a result, ``step`` is what is next now."""

    row: Row
    change: Change | None = None
    by: Member | None = None
    step: StepRow | None = None
    gone: bool = False
    number: int = 0
    """What the row is called when it is answered by typing; the same all day."""

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
    back: Return | None = None
    ignored: tuple[Ignored, ...] = ()
    """Those of the ignored that are still as they were."""
    died: tuple[Prospect, ...] = ()
    """Of those the welcome names as dead, the ones that are open and not decided about."""
    left: tuple[Left, ...] = ()
    beyond: Beyond = field(default_factory=dict)
    """What there is of each section that no row shows."""

    @property
    def behind(self) -> int:
        """How many that is."""
        return sum(self.beyond.values())

    @property
    def count(self) -> int:
        """How many follow-ups the day holds, with and without a row."""
        return len(self.rows) + self.behind

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
    return scheduled.open_due(db, SCHEDULE, now, limit)


def open_now(db: Database, member: Member, now: datetime) -> int | None:
    """Open today's digest ahead of its time; None when this day had its digest, or its reason for none, already."""
    today = member.local(now).date()
    with db.begin() as tx:
        content = _dumped(_welcoming(tx, member, today, now))
        opened = scheduled.put_out(tx, DeliveryKind.DAILY, member, today, now, content)
        if opened is not None and member.next_digest_at is not None:
            following = moments.next_digest(member, moments.end_of_day(member, now))
            members.change(tx, member.workspace_id, member.id, next_digest_at=following)
        return opened


def silent_because(db: Database, member: Member, now: datetime) -> str | None:
    """The kept reason for which today has no digest; None where it has one, or where it is still to come."""
    with db.read() as tx:
        today = member.local(now).date()
        delivery = deliveries.of_day(tx, member.workspace_id, DeliveryKind.DAILY, member.id, today)
    return delivery.reason if delivery and delivery.state is DeliveryState.SKIPPED else None


def my_day(db: Database, member: Member, now: datetime, page: int = 0) -> View:
    """What is due now, as the digest would show it."""
    today = member.local(now).date()
    with db.read() as tx:
        content = _content(tx, member, today, now)
        numbered = numbering.order(tx, member, today)
    if not {row.step_id for row in content.rows} <= set(numbered):
        with db.begin() as tx:
            numbered = numbering.keep(tx, member, today, [row.step_id for row in content.rows], now)
    rows = tuple(RowNow(row, number=numbered.index(row.step_id) + 1) for row in content.rows)
    # Rows may be gone since the button was drawn, and any number can be typed.
    last_page = max(0, -(-(len(rows) - FIRST_PAGE) // NEXT_PAGES))
    page = min(page, last_page)
    return View(member, today, now, rows, page, ignored=content.ignored, left=content.left, beyond=content.beyond)


def view(db: Database, workspace_id: str, delivery_id: int, now: datetime) -> View | None:
    """A digest as it stands now, or None when it was no daily digest."""
    with db.read() as tx:
        delivery = deliveries.get(tx, workspace_id, delivery_id)
        member = delivery and members.get(tx, workspace_id, delivery.recipient_id)
        if not delivery or not member or delivery.kind is not DeliveryKind.DAILY or delivery.content is None:
            return None
        content = CONTENT.validate_python(delivery.content)
        rows = as_it_stands(tx, delivery, content.rows)
        back = content.back
        dead = returns.still_dead(tx, member, back) if back and back.died and not back.kept else []
        died = tuple(prospect for prospect, _ in dead)
        tired = ignored.as_they_were(tx, member, content.ignored)
        left = leavers.seen_by(tx, member) if content.left else ()
        page, beyond = delivery.page, content.beyond
        return View(member, delivery.local_on, now, rows, page, delivery.id, back, tired, died, left, beyond)


def turn_page(db: Database, workspace_id: str, delivery_id: int, page: int) -> None:
    """Show other rows of a digest."""
    with db.begin() as tx:
        deliveries.change(tx, workspace_id, delivery_id, page=max(0, page))


def shown_today(db: Database, member: Member, prospect_id: int | None, now: datetime) -> tuple[Delivery, ...]:
    """The member's messages of today that show a prospect (None: any): they must show what happened."""
    with db.read() as tx:
        latest = [deliveries.last_sent(tx, member.workspace_id, kind, member.id) for kind in WITH_ROWS]
    today = member.local(now).date()
    return tuple(each for each in latest if each and each.local_on == today and _shows(each, prospect_id))


def _shows(delivery: Delivery, prospect_id: int | None) -> bool:
    """True where a prospect has a row, or is asked about with others."""
    content = delivery.content or {}
    told = [each["prospect_id"] for part in TELLING for each in content.get(part, ())]
    return prospect_id is None or prospect_id in [*told, *(content.get("back") or {}).get("died", ())]


def welcome_of(delivery: Delivery | None) -> Return | None:
    """What a digest says to somebody who is back, or None when it says nothing of that kind."""
    if delivery is None or delivery.kind is not DeliveryKind.DAILY or delivery.content is None:
        return None
    return CONTENT.validate_python(delivery.content).back


def answer_welcome(tx: Connection, workspace_id: str, delivery_id: int, welcome: Return) -> None:
    """Keep what was answered to a welcome."""
    delivery = deliveries.get(tx, workspace_id, delivery_id)
    if welcome_of(delivery) is not None and delivery is not None:
        content = replace(CONTENT.validate_python(delivery.content), back=welcome)
        deliveries.change(tx, workspace_id, delivery_id, content=_dumped(content))


def _content(tx: Connection, member: Member, today: date, now: datetime) -> Content:
    """The rows of a day, without those of her own that were ignored too often."""
    return _parted(tx, member, today, now)[0]


def _parted(tx: Connection, member: Member, today: date, now: datetime) -> tuple[Content, frozenset[int]]:
    """The same, with the steps of others among the rows that she ignored as often."""
    day = build(tx, member, today, now)
    found = ignored.parted(tx, member, day, today)
    beyond = full_days.beyond(tx, member, today, day, now)
    return Content(found.rows, ignored=found.asked, left=leavers.seen_by(tx, member), beyond=beyond), found.lent


def _says_something(content: Content, member: Member) -> bool:
    return bool(content.rows or content.back or content.ignored or content.left or member.all_clear)


def _frozen(tx: Connection, member: Member, today: date, now: datetime) -> Frozen | str:
    content = _welcoming(tx, member, today, now)
    return _dumped(content) if _says_something(content, member) else mark("nothing due")


def _dumped(content: Content) -> Frozen:
    return dict(CONTENT.dump_python(content, mode="json"))


def _welcoming(tx: Connection, member: Member, today: date, now: datetime) -> Content:
    """As many of the member's rows as a day of hers takes, and after a leave the welcome above them."""
    content, lent = _parted(tx, member, today, now)
    rows, behind = full_days.within(content.rows, member.due_cap, last=lent)
    beyond = dict(Counter(content.beyond) + Counter(row.section for row in behind))
    back = returns.of(tx, member, today)
    # What the welcome names as dead it asks about itself.
    tired = tuple(each for each in content.ignored if back is None or each.prospect_id not in back.died)
    return replace(content, rows=rows, beyond=beyond, back=back, ignored=tired)


def as_it_stands(tx: Connection, delivery: Delivery, shown: Sequence[Row]) -> tuple[RowNow, ...]:
    """The rows of a delivery with what happened since it was opened, numbered from one."""
    ids = [row.prospect_id for row in shown]
    known = prospects.many(tx, delivery.workspace_id, ids)
    made = changes.since(tx, delivery.workspace_id, ids, ROW_KINDS, delivery.created_at)
    latest = {change.prospect_id: change for change in made}
    people = members.named(tx, delivery.workspace_id, [change.member_id for change in made])
    lost = [number for number, each in known.items() if each.stage is Stage.LOST]
    next_steps = prospects.next_steps(tx, delivery.workspace_id, [*(n for n in latest if n is not None), *lost])
    rows = (_row_now(row, known, latest, people, next_steps) for row in shown)
    return tuple(replace(row, number=number) for number, row in enumerate(rows, start=1))


def _row_now(
    row: Row,
    known: dict[int, Prospect],
    latest: dict[Any, Change],
    people: dict[str, Member],
    next_steps: dict[int, StepRow],
) -> RowNow:
    change = latest.get(row.prospect_id)
    by = people.get(change.member_id) if change else None
    stands = known.get(row.prospect_id)
    step = next_steps.get(row.prospect_id)
    # What one change closed together with others has no change of its own; a lost deal with a step is tried again.
    lost = stands is not None and change is None and stands.stage is Stage.LOST and step is None
    gone = stands is None or stands.merged_into_id is not None or lost
    return RowNow(row, change, by, step, gone=gone)


def delivery_of(db: Database, workspace_id: str, channel: str, ts: str) -> Delivery | None:
    """The delivery that a message of ours is, or None when it is another message."""
    with db.read() as tx:
        return deliveries.of_message(tx, workspace_id, channel, ts)


def ignored_in(db: Database, actor: Actor, delivery_id: int) -> tuple[Ignored, ...]:
    """The ignored that a digest of the actor's own asks about. Gone for anybody else."""
    with db.read() as tx:
        delivery = deliveries.get(tx, actor.workspace_id, delivery_id)
    if delivery is None or delivery.content is None or delivery.kind is not DeliveryKind.DAILY:
        raise Gone
    if delivery.recipient_id != actor.member.id:
        raise Gone
    return CONTENT.validate_python(delivery.content).ignored


SCHEDULE = Schedule(DeliveryKind.DAILY, "next_digest_at", moments.next_digest, _frozen)
