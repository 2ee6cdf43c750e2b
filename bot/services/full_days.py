"""A day that holds more than can be listed: what is listed first, and how many wait behind it."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from bot.services.rows import DUE_AT_MOST, STALLED_AT_MOST, Row, Section, idle
from bot.storage import prospects
from bot.storage.records import Member
from cadences import calendar

Beyond = dict[Section, int]
"""How many more there are of a section than the rows show."""


def within(rows: Sequence[Row], cap: int, *, last: Collection[int] = ()) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The rows of a digest, and those that wait behind them: no more are due than a day takes, but for promises.

    The steps in ``last`` are the first to wait.
    """
    room = cap - sum(row.section is Section.PROMISED for row in rows)
    others = [row for row in rows if row.section in {Section.OVERDUE, Section.TODAY}]
    others.sort(key=lambda row: row.step_id in last)
    behind = {row.step_id for row in others[max(0, room) :]}
    return tuple(r for r in rows if r.step_id not in behind), tuple(r for r in rows if r.step_id in behind)


def beyond(tx: Connection, member: Member, today: date, rows: Sequence[Row], now: datetime) -> Beyond:
    """What is hers to do on this day and stands in none of these rows; nothing on all but the fullest days."""
    listed = Counter(row.section for row in rows)
    stalled = listed[Section.STALLED]
    bounds = calendar.day_bounds(today, member.calendar.zone)
    total: Counter[Section] = Counter()
    if len(rows) - stalled >= DUE_AT_MOST:
        promised, late, others = prospects.how_many_due(tx, member.workspace_id, member.id, *bounds)
        total += Counter({Section.PROMISED: promised, Section.OVERDUE: late, Section.TODAY: others})
    if stalled >= STALLED_AT_MOST:
        total[Section.STALLED] = len(idle(tx, member, bounds[1], now))
    return dict(total - listed)
