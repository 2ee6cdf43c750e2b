"""What a deputy holds: what is due by the days of a leave, what was late when it began among it, until it is over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.services import quiet
from bot.services.free_days import Planned
from bot.storage import absences
from bot.storage import members as people
from bot.storage.engine import Database
from bot.storage.records import Member
from cadences import calendar
from cadences.work_calendar import Leave

ONE_DAY = timedelta(days=1)
HANDED_BACK_WITHIN = timedelta(days=30)
"""So long after a leave the worker looks whether its deputy still holds something."""


def settle(db: Database, now: datetime) -> int:
    """What is late when a leave begins is its deputy's, what is left when it is over its owner's; how many steps."""
    with db.read() as tx:
        waiting = [each for found in _concerned(tx, now) for each in _unsettled(tx, found, now)]
    return sum(_settled(db, each, now) for each in waiting)


def settle_one(db: Database, workspace_id: str, member_id: str, now: datetime) -> int:
    """The same for one, whatever leave she has, after one was undone."""
    with db.read() as tx:
        member = people.get(tx, workspace_id, member_id)
        waiting = _unsettled(tx, [member], now) if member else []
    return sum(_settled(db, each, now) for each in waiting)


def late(tx: Connection, member: Member, now: datetime, *, lock: bool = False) -> list[Planned]:
    """What a member holds from before today."""
    today_at = calendar.day_bounds(member.local(now).date(), member.calendar.zone)[0]
    return absences.before(tx, member.workspace_id, member.id, today_at, lock=lock)


def no_longer_lent(tx: Connection, member: Member, now: datetime, *, lock: bool) -> list[Planned]:
    """What others hold of hers although no leave that runs or comes says so."""
    today = member.local(now).date()
    out = absences.handed_out(tx, member.workspace_id, member.id, lock=lock)
    known = _Known(tx, [member])
    return [
        (prospect, step)
        for prospect, step in out
        if step.owner_id not in _line(known, member, _counts_on(step.due_at, member, today))
    ]


def held(tx: Connection, member: Member, deputy_id: str, leave: Leave, today: date) -> list[Planned]:
    """What a deputy has of the days of a leave: hers who is away, and what she would have done for others."""
    found = []
    owners = [member, *_stood_in_for(tx, member)]
    known = _Known(tx, owners)
    for owner in owners:
        for prospect, step in absences.handed_out(tx, member.workspace_id, owner.id):
            on = _counts_on(step.due_at, owner, today)
            is_hers = leave.covers(on) and (owner.id == member.id or member.id in _line(known, owner, on))
            if is_hers and step.owner_id == deputy_id:
                found.append((prospect, step))
    return found


def _stood_in_for(tx: Connection, member: Member) -> list[Member]:
    """The others who named her for a leave of theirs."""
    ids = [
        member_id
        for workspace_id, member_id, leaves in absences.with_leave(tx)
        if workspace_id == member.workspace_id and any(leave.deputy_id == member.id for leave in leaves)
    ]
    return list(people.named(tx, member.workspace_id, ids).values())


@dataclass
class _Known:
    """The people of one workspace: those who are away, and who stands in for them, read in one go."""

    tx: Connection
    away: Sequence[Member]
    _found: dict[str, Member | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Who stands in for a deputy who is away herself is read when it is asked."""
        deputies = {leave.deputy_id for each in self.away for leave in each.leave if leave.deputy_id}
        if len(deputies) > 1:
            self._found.update(people.named(self.tx, self.away[0].workspace_id, sorted(deputies)))
        self._found.update({each.id: each for each in self.away})

    def get(self, member_id: str) -> Member | None:
        """A member, or None when she is not known or was deactivated."""
        if member_id not in self._found:
            self._found[member_id] = people.get(self.tx, self.away[0].workspace_id, member_id)
        found = self._found[member_id]
        return None if found is None or found.is_deleted else found


def _concerned(tx: Connection, now: datetime) -> Iterator[list[Member]]:
    """Workspace by workspace, who may have to give or get back something: few, and only they are read whole."""
    ids: dict[str, dict[str, bool]] = {}
    for workspace_id, member_id, leaves in absences.with_leave(tx):
        lately = [each for each in leaves if each.deputy_id and _ended_within(each, now.date(), HANDED_BACK_WITHIN)]
        if lately:
            runs = any(_ended_within(each, now.date(), ONE_DAY) for each in lately)
            ids.setdefault(workspace_id, {})[member_id] = runs
    for workspace_id, away in ids.items():
        stirred = {owner_id for owner_id, *_ in absences.lent(tx, workspace_id, list(away))}
        if running := [member_id for member_id, runs in away.items() if runs]:
            # Until the end of her day, wherever she is.
            held = absences.held_before(tx, workspace_id, running, now + 2 * ONE_DAY)
            stirred |= {holder_id for holder_id, _ in held}
        if stirred:
            yield list(people.named(tx, workspace_id, sorted(stirred)).values())


def _ended_within(leave: Leave, today: date, stretch: timedelta) -> bool:
    """True for one that runs, or did lately; from a day sooner than in London, where she may be."""
    return leave.starts_on - ONE_DAY <= today <= leave.ends_on + stretch


def _unsettled(tx: Connection, away: Sequence[Member], now: datetime) -> list[Member]:
    """Those of one workspace of whom somebody holds what is not theirs to do today.

    With every tick, for everybody who is away: a query for all, not one for each.
    """
    if not away:
        return []
    known, workspace_id = _Known(tx, away), away[0].workspace_id
    by_id = {each.id: (each, each.local(now).date()) for each in away}
    found = set()
    for owner_id, holder_id, due_at in absences.lent(tx, workspace_id, list(by_id)):
        member, today = by_id[owner_id]
        if holder_id not in _line(known, member, _counts_on(due_at, member, today)):
            found.add(owner_id)
    ends = {
        member.id: calendar.day_bounds(today, member.calendar.zone)[1]
        for member, today in by_id.values()
        if _line(known, member, today)
    }
    if ends:
        held = absences.held_before(tx, workspace_id, list(ends), max(ends.values()))
        found.update(holder_id for holder_id, due_at in held if due_at < ends[holder_id])
    return [each for each in away if each.id in found]


def _settled(db: Database, member: Member, now: datetime) -> int:
    # Each a transaction of its own: one that holds prospects twice holds them in two orders, and others may be waiting.
    with db.begin() as tx:
        returned = [step.id for _, step in no_longer_lent(tx, member, now, lock=True)]
        absences.give(tx, member.workspace_id, returned, member.id)
    with db.begin() as tx:
        deputy_id, given = _out(tx, member, now)
        absences.give(tx, member.workspace_id, given, deputy_id)
    return len(returned) + len(given)


def _out(tx: Connection, member: Member, now: datetime) -> tuple[str, list[int]]:
    """Who stands in for her today, and what of hers is theirs to do by then."""
    today = member.local(now).date()
    *_, holder_id = [member.id, *_line(_Known(tx, [member]), member, today)]
    if holder_id == member.id:
        return holder_id, []
    ends_at = calendar.day_bounds(today, member.calendar.zone)[1]
    due = absences.before(tx, member.workspace_id, member.id, ends_at, lock=True)
    return holder_id, [step.id for _, step in due]


def _line(known: _Known, member: Member, on: date) -> list[str]:
    """Who stands in for her on a day; if they are away themselves, behind them who stands in for them."""
    line: list[str] = []
    leave = quiet.leave_of(member, on)
    while leave is not None and leave.deputy_id is not None and leave.deputy_id not in (member.id, *line):
        deputy = known.get(leave.deputy_id)
        if deputy is None:
            break
        line.append(deputy.id)
        leave = quiet.leave_of(deputy, on)
    return line


def _counts_on(due_at: datetime, member: Member, today: date) -> date:
    """The day on which a step is to be done: its own, or today when that has passed."""
    return max(calendar.local_date(due_at, member.calendar.zone), today)
