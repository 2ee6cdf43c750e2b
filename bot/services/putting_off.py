"""Many follow-ups put off at once: spread over the days that have room, as one change with one undo."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.services import batch, changes, free_days, numbering, snoozes
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.errors import InvalidInput
from bot.services.recorder import Recorder, Together
from bot.services.targets import ByStep, moved_on
from bot.storage import prospects, steps
from bot.storage.engine import Database
from bot.storage.records import Change, Member, Prospect, StepRow
from bot.storage.tables import ChangeKind
from cadences import calendar
from cadences.model import Temperature
from cadences.snoozing import is_serial
from cadences.urgency import Pressing, urgency
from cadences.warmth import COLD_BELOW
from language import say

LOW_BELOW = COLD_BELOW
"""Points of urgency: below them nothing is promised, no close date is near, and the amount is not large."""
AT_ONCE = 200
"""One change takes some milliseconds for each, and Slack waits three seconds for its answer: the others are counted."""
EXAMPLE = "snooze overdue to tomorrow"

Planned = tuple[Prospect, StepRow]


class Group(StrEnum):
    """Rows of the day that can be named together."""

    ALL = "all"
    OVERDUE = "overdue"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class PutOff:
    """One change, each follow-up that was put off, and those that were promised and stay."""

    change: Change
    parts: tuple[Done, ...]
    promised: tuple[Prospect, ...]
    serial: tuple[Prospect, ...] = ()
    """Those whose snooze alone would have been asked about."""
    left: int = 0
    """How many of the kind there are still, who were too many for one change."""


def snooze_all(db: Database, actor: Actor, which: Group | tuple[int, ...], on: date, now: datetime) -> PutOff:
    """Snooze a group of the day's rows, or rows by number, to a date or the first days after it with room."""
    member = actor.member
    with changes.writing(db, actor, ChangeKind.BATCH, now) as recorder:
        chosen = _group(recorder, which) if isinstance(which, Group) else _numbered(recorder, which)
        # A promise is moved by name or number, never in a crowd.
        is_crowd = isinstance(which, Group)
        promised = [each for each in chosen if each[1].promised and is_crowd]
        free = [each for each in chosen if not (each[1].promised and is_crowd)]
        moving, left = free[:AT_ONCE], len(free[AT_ONCE:])
        if not moving:
            raise InvalidInput("who", say("there is nothing of that kind to snooze today"), EXAMPLE)
        if on < member.local(now).date():
            raise InvalidInput("when", say("that date has passed"), EXAMPLE)
        batch.hold(recorder, [step.id for _, step in moving])
        days = free_days.days_with_room(recorder, member, moving, calendar.next_workday(on, member.calendar))
        together = Together(recorder)
        parts = [
            snoozes.snooze(together, actor, ByStep(step.id), days[step.id], None, now, asks=False) for _, step in moving
        ]
        change = batch.close(recorder, parts, deed="snoozed", until_on=max(days.values()))
        serial = tuple(prospect for prospect, step in moving if is_serial(step.snoozes + 1))
        return PutOff(change, tuple(parts), tuple(prospect for prospect, _ in promised), serial, left)


def _group(recorder: Recorder, which: Group) -> list[Planned]:
    member, today = recorder.actor.member, recorder.actor.member.local(recorder.now).date()
    ends_at = calendar.day_bounds(today, member.calendar.zone)[1]
    found = prospects.due(recorder.tx, member.workspace_id, member.id, ends_at, None)
    match which:
        case Group.ALL:
            return found
        case Group.OVERDUE:
            return [each for each in found if member.local(each[1].due_at).date() < today]
        case Group.LOW:
            return [each for each in found if _is_low(each, member, today)]


def _is_low(each: Planned, member: Member, today: date) -> bool:
    """Not pressing by its points; what somebody called hot never is low, and what is cold always."""
    prospect, step = each
    if prospect.temperature is not None and prospect.temperature is not Temperature.WARM:
        return prospect.temperature is Temperature.COLD
    due_on = member.local(step.due_at).date()
    pressing = Pressing(due_on, step.promised, prospect.value_minor, prospect.close_on)
    return urgency(pressing, today, member.calendar).score < LOW_BELOW


def _numbered(recorder: Recorder, numbers: Sequence[int]) -> list[Planned]:
    order = numbering.order(recorder.tx, recorder.actor.member, recorder.actor.member.local(recorder.now).date())
    strange = [number for number in numbers if not 1 <= number <= len(order)]
    if strange:
        row = strange[0]
        why = say("there is no row {row}: nothing is numbered yet; type /followup to see them", row=row)
        if order:
            known = {"row": row, "last": len(order)}
            why = say("there is no row {row}: today’s rows are 1 to {last}; type /followup to see them", **known)
        raise InvalidInput("number", why, EXAMPLE)
    return _planned(recorder, [order[number - 1] for number in numbers])


def _planned(recorder: Recorder, step_ids: Sequence[int]) -> list[Planned]:
    """The steps with whose they are. MovedOn for the first that is no longer next."""
    tx, workspace_id = recorder.tx, recorder.actor.workspace_id
    found = [step for step in (steps.get(tx, workspace_id, step_id) for step_id in step_ids) if step is not None]
    known = prospects.many(tx, workspace_id, [step.prospect_id for step in found])
    for step in found:
        if step.closed_at is not None:
            raise moved_on(tx, known[step.prospect_id], step.id)
    return [(known[step.prospect_id], step) for step in found]
