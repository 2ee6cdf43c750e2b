"""Working the list one card at a time: which card is next, what was done on the way, and where one was."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.services import rows
from bot.services.rows import Row
from bot.storage import changes, drafts, prospects, steps
from bot.storage.engine import Database
from bot.storage.records import Change, Member, Prospect
from bot.storage.tables import ChangeKind

KIND = "focus"
"""A draft: when it began, the place in the list, then the steps of the list."""
DEEDS = tuple(kind for kind in ChangeKind if kind not in {ChangeKind.UNDONE, ChangeKind.NOTED, ChangeKind.ADDED})


@dataclass(frozen=True, slots=True)
class Place:
    """The card in hand (None: nothing is left), how far it is, who was left out on the way, and what was done."""

    row: Row | None
    position: int
    total: int
    left_out: tuple[Prospect, ...]
    done: tuple[Change, ...]
    still_due: int = 0
    """Behind the last card: how many were passed over and are still to be done."""
    leads_back: bool = False
    """True where a card before this one still stands."""


@dataclass(frozen=True, slots=True)
class _Walk:
    began_at: datetime
    position: int
    steps: tuple[int, ...]

    def text(self) -> str:
        return " ".join([self.began_at.isoformat(), str(self.position), *map(str, self.steps)])


def resume(db: Database, member: Member, now: datetime) -> Place:
    """Go on where she was today; without that, or with nothing left there, begin with what is due now."""
    with db.begin() as tx:
        walk, day = _kept(tx, member, now), _day(tx, member, now)
        if walk is None or not any(step in day for step in walk.steps[walk.position :]):
            walk = _Walk(now, 0, tuple(day))
        return _at(tx, member, walk, day, walk.position, 1, now)


def go(db: Database, member: Member, from_step: int, by: int, now: datetime) -> Place:
    """The next card after one (1) or the one before it (-1); 0 is that card, or the next when it moved on."""
    with db.begin() as tx:
        walk, day = _kept(tx, member, now), _day(tx, member, now)
        if walk is None:
            walk = _Walk(now, 0, tuple(day))
        if from_step in walk.steps:
            position = walk.steps.index(from_step)
        else:  # a card of another day, or of a list begun elsewhere: where this list stands comes first
            position, by = walk.position, 0
        if by < 0 and not _stands_before(walk, day, position):
            by = 0
        return _at(tx, member, walk, day, position + by, by or 1, now)


def _at(
    tx: Connection, member: Member, walk: _Walk, day: dict[int, Row], position: int, by: int, now: datetime
) -> Place:
    """The first card that stands from a position on, in the direction she goes; none behind the last one."""
    passed: list[int] = []
    while 0 <= position < len(walk.steps) and walk.steps[position] not in day:
        passed.append(walk.steps[position])
        position += by
    walk = _Walk(walk.began_at, max(0, position), walk.steps)
    drafts.replace(tx, member.workspace_id, member.id, KIND, walk.text(), now)
    row = day[walk.steps[position]] if 0 <= position < len(walk.steps) else None
    done = _done(tx, member, walk)
    left_out, still_due = _left_out(tx, member, passed, done), 0 if row else len(day)
    leads_back = _stands_before(walk, day, walk.position)
    return Place(row, walk.position, len(walk.steps), left_out, done, still_due, leads_back)


def _stands_before(walk: _Walk, day: dict[int, Row], position: int) -> bool:
    """True where a card that is still to be done comes before a position."""
    return any(step in day for step in walk.steps[:position])


def _day(tx: Connection, member: Member, now: datetime) -> dict[int, Row]:
    return {row.step_id: row for row in rows.build(tx, member, member.local(now).date(), now)}


def _kept(tx: Connection, member: Member, now: datetime) -> _Walk | None:
    kept = drafts.latest(tx, member.workspace_id, member.id, KIND)
    if kept is None:
        return None
    began, position, *numbers = kept.typed.split()
    began_at = datetime.fromisoformat(began)
    if member.local(began_at).date() != member.local(now).date():
        return None
    return _Walk(began_at, int(position), tuple(map(int, numbers)))


def _done(tx: Connection, member: Member, walk: _Walk) -> tuple[Change, ...]:
    found = _prospects(tx, member, walk.steps)
    made = changes.since(tx, member.workspace_id, list(found), DEEDS, walk.began_at)
    return tuple(change for change in made if change.member_id == member.id)


def _left_out(tx: Connection, member: Member, passed: list[int], done: tuple[Change, ...]) -> tuple[Prospect, ...]:
    """Those among the passed that moved on without her."""
    mine = {change.prospect_id for change in done}
    return tuple(each for number, each in _prospects(tx, member, passed).items() if number not in mine)


def _prospects(tx: Connection, member: Member, step_ids: tuple[int, ...] | list[int]) -> dict[int, Prospect]:
    found = (steps.get(tx, member.workspace_id, step_id) for step_id in step_ids)
    return prospects.many(tx, member.workspace_id, [step.prospect_id for step in found if step is not None])
