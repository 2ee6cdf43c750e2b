"""The rows of a member's day: promised first, then overdue, due today, and stalled ones with nothing due."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection

from bot.services import facts as known
from bot.services import hints
from bot.services.hints import Hints
from bot.services.stalling import Stalled, stalled_of
from bot.storage import deliveries, members, prospects, timeline
from bot.storage.records import Member, Prospect, StepRow, Touch
from bot.storage.tables import DeliveryKind
from cadences import calendar, call_windows
from cadences.call_windows import Window
from cadences.coaching import NowFacts, Reason, why_now
from cadences.model import Channel, FollowUpType, Purpose, Stage
from cadences.snoozing import Why

DUE_AT_MOST = 200
STALLED_AT_MOST = 20
DAYS_IGNORED = 3
"""Digests that showed an item and saw nothing done about it: then it has no row of its own any more."""

TELLING = ("rows", "ignored")
"""The parts of a digest's content that name steps."""


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
    hints: Hints = hints.NONE
    their_on: date | None = None
    """Their own date, where one is known: it can be snoozed to the day after it."""
    last_via: str | None = None
    """The name of the last channel, where it is one of the team's own."""


def build(tx: Connection, member: Member, today: date, now: datetime) -> tuple[Row, ...]:
    """Everything that is hers to do on this day, in the order in which it is best done."""
    ends_at = calendar.day_bounds(today, member.calendar.zone)[1]
    due = prospects.due(tx, member.workspace_id, member.id, ends_at, DUE_AT_MOST)
    if len(due) == DUE_AT_MOST:  # what was ignored too often must not keep the rest from being seen
        ignored = shown_too_often(tx, member, today)
        due = prospects.due(tx, member.workspace_id, member.id, ends_at, DUE_AT_MOST + len(ignored), list(ignored))
    stalled = idle(tx, member, ends_at, now)[:STALLED_AT_MOST]
    ids = [*(prospect.id for prospect, _ in due), *(item.prospect.id for item in stalled)]
    touched = timeline.last_touches(tx, member.workspace_id, ids)
    others = {prospect.owner_id for prospect, _ in due if prospect.owner_id != member.id}
    people = members.named(tx, member.workspace_id, sorted(others)) if others else {}
    day = _Day(tx, member, today, touched, people)
    rows = [
        *(_row(day, prospect, step, None) for prospect, step in due),
        *(_row(day, item.prospect, item.step, item.verdict.idle_days) for item in stalled),
    ]
    return tuple(sorted(rows, key=lambda row: _order(row, now)))


def idle(tx: Connection, member: Member, ends_at: datetime, now: datetime) -> list[Stalled]:
    """Her stalled deals of which nothing is hers to do before a moment: what is due is listed as that."""
    return [
        item for item in stalled_of(tx, member, now) if item.step.due_at >= ends_at or item.step.owner_id != member.id
    ]


def shown_too_often(tx: Connection, member: Member, today: date) -> dict[int, date]:
    """The steps that each of her last digests told of, with the day of the first of these.

    What waited behind their rows, or was somebody else's then, was not shown.
    """
    sent = deliveries.last_contents(tx, member.workspace_id, DeliveryKind.DAILY, member.id, today, DAYS_IGNORED)
    if len(sent) < DAYS_IGNORED:
        return {}
    told = [{each["step_id"] for part in TELLING for each in content.get(part, ())} for _, content in sent]
    return dict.fromkeys(set.intersection(*told), sent[-1][0])


@dataclass(frozen=True, slots=True)
class _Day:
    """What all rows of a day share."""

    tx: Connection
    member: Member
    today: date
    touched: dict[int, Touch]
    people: dict[str, Member]


def _order(row: Row, now: datetime) -> tuple[int, bool, datetime, int]:
    """By section, then by time; a call to another zone at the end of the hours both work, last when there are none.

    A call comes when it suits them best, as long as that is ahead.
    """
    theirs, best_at = row.hints.theirs, row.hints.best_at
    section = list(Section).index(row.section)
    if row.section in {Section.PROMISED, Section.STALLED} or row.timed:
        return section, False, row.due_at, row.step_id
    if best_at is not None and best_at >= now:
        return section, False, best_at, row.step_id
    if theirs is None:
        return section, False, row.due_at, row.step_id
    shared = None
    if theirs.from_at is not None and theirs.until_at is not None:
        shared = Window(theirs.from_at, theirs.until_at)
    return section, *call_windows.order_key(shared, now), row.step_id


def _row(day: _Day, prospect: Prospect, step: StepRow, idle_days: int | None) -> Row:
    member, last = day.member, day.touched.get(prospect.id)
    facts = NowFacts(
        step=step.planned,
        snoozes=step.snoozes,
        last_touch_at=last.happened_at if last else None,
        last_channel=last.channel if last else None,
        last_outcome=last.outcome if last else None,
        close_on=prospect.close_on,
        was_parked=prospect.stage is Stage.PARKED,
        awaited=step.reason == Why.WAITING,
        idle_days=idle_days,
    )
    owner = day.people.get(prospect.owner_id)
    return Row(
        section=_section(step, member.local(step.due_at).date(), day.today, idle_days),
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
        last_via=last.via if last else None,
        their_on=known.their_date(prospect, step, member, day.today),
        reasons=why_now(facts, day.today, member.calendar),
        hints=hints.of(day.tx, prospect, step, member, day.today, owner.name if owner else None),
    )


def _section(step: StepRow, due_on: date, today: date, idle_days: int | None) -> Section:
    if idle_days is not None:
        return Section.STALLED
    if step.promised:
        return Section.PROMISED
    return Section.OVERDUE if due_on < today else Section.TODAY
