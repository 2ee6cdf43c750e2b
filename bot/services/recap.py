"""The weekly recap: what she did, what she promised, and one thing to try, all from her own record."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy import Connection

from bot.services import moments, noise, quiet, scheduled, second_nudge, silence
from bot.services.rows import Row
from bot.services.scheduled import Frozen, Schedule
from bot.storage import deliveries, weeks
from bot.storage.engine import Database
from bot.storage.records import Delivery, Member
from bot.storage.tables import ChangeKind, DeliveryKind, DeliveryState
from cadences import calendar, habits
from cadences.habits import Habits, Point
from cadences.model import Channel, Outcome
from language import mark

FIRST_TOUCH_WITHIN = 1
"""Working days."""
SETTLED_AFTER = timedelta(days=4)
"""Who was added later may still be in time, over a weekend too."""


@dataclass(frozen=True, slots=True)
class Open:
    """Somebody who was promised a date that is here or gone."""

    name: str
    company: str | None


@dataclass(frozen=True, slots=True)
class Week:
    """A member's week in numbers, up to a day of it. Amounts are (currency, in minor units)."""

    first_on: date
    last_on: date
    channels: tuple[tuple[Channel, int], ...]
    replies: int
    booked: int
    met: int
    wins: int
    amounts: tuple[tuple[str, int], ...]
    kept: int
    promises: int
    """Promises that were kept or have passed; ``kept`` of them in time."""
    open: tuple[Open, ...]
    point: Point

    @property
    def touches(self) -> int:
        """How many touches she made."""
        return sum(count for _, count in self.channels)

    @property
    def says_something(self) -> bool:
        """False for a week in which nothing happened."""
        return bool(self.touches or self.wins or self.promises or self.open)


CONTENT: TypeAdapter[Week] = TypeAdapter(Week)


def open_due(db: Database, now: datetime, limit: int) -> int:
    """Open the recap of every member whose week is over; how many were looked at."""
    return scheduled.open_due(db, SCHEDULE, now, limit)


def this_week(db: Database, member: Member, now: datetime) -> Week:
    """Her week so far."""
    with db.read() as tx:
        return _week(tx, member, member.local(now).date(), now)


def of(delivery: Delivery | None) -> Week | None:
    """The week that a delivery tells of, or None when it tells of something else."""
    if delivery is None or delivery.kind is not DeliveryKind.RECAP or delivery.content is None:
        return None
    return CONTENT.validate_python(delivery.content)


def _content(tx: Connection, member: Member, today: date, now: datetime) -> Frozen | str:
    if quiet.is_quiet(member, now):
        return silence.OUT_OF_HOURS
    if _was_told(tx, member, today):
        return mark("this week had its recap")
    if not noise.has_room(tx, member, today):
        return silence.NUDGED
    week = _week(tx, member, today, now)
    return dict(CONTENT.dump_python(week, mode="json")) if week.says_something else mark("nothing happened this week")


def _was_told(tx: Connection, member: Member, today: date) -> bool:
    """Days off that are changed can make another day of the same week its last one."""
    latest = deliveries.latest(tx, member.workspace_id, DeliveryKind.RECAP, member.id)
    told = latest is not None and latest.state is not DeliveryState.SKIPPED
    return told and latest is not None and latest.local_on >= moments.monday_of(today)


def _week(tx: Connection, member: Member, today: date, now: datetime) -> Week:
    monday = moments.monday_of(today)
    stretch = (calendar.day_bounds(monday, member.calendar.zone)[0], now)
    touched = weeks.touched(tx, member, stretch)
    outcomes = Counter(outcome for _, outcome, _ in touched)
    wins = weeks.won(tx, member, monday, today)
    done = weeks.promises_done(tx, member, stretch)
    late = sum(_is_late(member, due_at, done_at) for due_at, done_at in done)
    left = second_nudge.promised(tx, member, today, now)
    return Week(
        first_on=monday,
        last_on=today,
        channels=tuple(Counter(channel for channel, _, _ in touched).most_common()),
        replies=outcomes[Outcome.REPLIED],
        booked=outcomes[Outcome.MEETING_BOOKED],
        met=sum(channel is Channel.MEETING and outcome is Outcome.CONNECTED for channel, outcome, _ in touched),
        wins=len(wins),
        amounts=_amounts(wins),
        kept=len(done) - late,
        promises=len(done) + sum(row.due_at < now for row in left),
        open=tuple(_named(row) for row in left),
        point=habits.point(_habits(tx, member, now)),
    )


def _habits(tx: Connection, member: Member, now: datetime) -> Habits:
    since = now - habits.LOOKED_BACK
    channels = Counter(channel for channel, _, _ in weeks.touched(tx, member, (since, now)))
    busiest, on_busiest = next(iter(channels.most_common(1)), (None, 0))
    done = weeks.promises_done(tx, member, (since, now))
    added = weeks.newcomers(tx, member, (since, now - SETTLED_AFTER))
    return Habits(
        touches=channels.total(),
        busiest=busiest,
        on_busiest=on_busiest,
        snoozes=weeks.how_often(tx, member, ChangeKind.SNOOZED, (since, now)),
        promises=len(done),
        promises_late=sum(_is_late(member, due_at, done_at) for due_at, done_at in done),
        newcomers=len(added),
        newcomers_slow=sum(_is_slow(member, *each) for each in added),
    )


def _is_late(member: Member, due_at: datetime, done_at: datetime) -> bool:
    """A promise is for a day."""
    return member.local(done_at).date() > member.local(due_at).date()


def _is_slow(member: Member, added_at: datetime, touched_at: datetime | None) -> bool:
    """True when nobody contacted them by the working day after they were added."""
    if touched_at is None:
        return True
    in_time = calendar.add_workdays(member.local(added_at).date(), FIRST_TOUCH_WITHIN, member.calendar)
    return member.local(touched_at).date() > in_time


def _amounts(wins: list[tuple[int | None, str | None]]) -> tuple[tuple[str, int], ...]:
    """What was won, one sum for each currency."""
    sums: Counter[str] = Counter()
    for value_minor, currency in wins:
        if value_minor and currency:
            sums[currency] += value_minor
    return tuple(sums.most_common())


def _named(row: Row) -> Open:
    return Open(row.name, row.company)


SCHEDULE = Schedule(DeliveryKind.RECAP, "next_recap_at", moments.next_recap, _content)
