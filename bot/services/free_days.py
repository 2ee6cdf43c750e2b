"""Moves planned steps off days that are free now, onto days with room; what was promised stays, and is named."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.services import loads, plans
from bot.services.plans import Ended
from bot.services.recorder import Recorder
from bot.services.targets import owner_of
from bot.storage import absences
from bot.storage.records import Member, Prospect, StepRow
from bot.storage.tables import StepEnd
from cadences import calendar, engine, planning
from cadences.decisions import PlannedStep
from cadences.levelling import Assignment, Item, level
from cadences.load import Load
from cadences.model import Stage
from cadences.returning import ramp
from cadences.urgency import Pressing, urgency

Planned = tuple[Prospect, StepRow]


@dataclass(frozen=True, slots=True)
class Promise:
    """A step that was promised for a day nobody works."""

    step_id: int
    name: str
    company: str | None
    on: date


@dataclass(frozen=True, slots=True)
class Moves:
    """How many steps were moved, to when the last of them, and which promises stand where nobody is."""

    moved: int = 0
    until_on: date | None = None
    promised: tuple[Promise, ...] = ()

    def plus(self, other: "Moves") -> "Moves":
        """Both together."""
        until = max((on for on in (self.until_on, other.until_on) if on), default=None)
        return Moves(self.moved + other.moved, until, (*self.promised, *other.promised))


def move_off(recorder: Recorder, holder: Member) -> Moves:
    """Plan the steps a member holds anew that stand on a day she does not work, her calendar being as it is now."""
    ahead = _ahead(recorder, holder)
    standing = [each for each in ahead if not calendar.is_workday(_day_of(each, holder), holder.calendar)]
    moving = [each for each in standing if not each[1].promised]
    if not moving:
        return Moves(promised=promises(standing, holder))
    load = _load(holder, _without(ahead, moving))
    items = [_near(recorder, holder, each) for each in moving]
    today = _today(recorder, holder)
    found = level(items, load, loads.caps_of(holder), holder.calendar, today)
    return _moved(recorder, holder, moving, found, standing, today)


def move_past(recorder: Recorder, holder: Member, falling: Sequence[Planned], back_on: date) -> Moves:
    """Spread the steps of a leave over the days after it, the most urgent first, never more than her cap a day."""
    moving = [each for each in falling if not each[1].promised]
    load = _load(holder, _without(_ahead(recorder, holder), moving))
    starts_at = calendar.day_bounds(_today(recorder, holder), holder.calendar.zone)[0]
    for number, promised in absences.overdue(recorder.tx, holder.workspace_id, holder.id, starts_at):
        # What is late already waits for her on the first day too.
        load = load.plus(back_on, new=number == 1, promised=promised)
    return _ramped(recorder, holder, moving, load, back_on, falling)


def spread(recorder: Recorder, holder: Member, moving: Sequence[Planned], from_on: date) -> Moves:
    """Spread steps whose day has passed over the days from this one on, as after a leave."""
    load = _load(holder, _without(_ahead(recorder, holder), moving))
    return _ramped(recorder, holder, moving, load, from_on, moving)


def days_with_room(recorder: Recorder, holder: Member, moving: Sequence[Planned], from_on: date) -> Mapping[int, date]:
    """The day of each step from this one on, the most urgent first, never more a day than her cap."""
    load = _load(holder, _without(_ahead(recorder, holder), moving))
    items = [_item(recorder, holder, each, _day_of(each, holder)) for each in moving]
    return ramp(items, load, loads.caps_of(holder), holder.calendar, from_on).days


def _ramped(
    recorder: Recorder,
    holder: Member,
    moving: Sequence[Planned],
    load: Load,
    from_on: date,
    standing: Iterable[Planned],
) -> Moves:
    items = [_item(recorder, holder, each, _day_of(each, holder)) for each in moving]
    found = ramp(items, load, loads.caps_of(holder), holder.calendar, from_on)
    return _moved(recorder, holder, moving, found, standing, from_on)


def falling_into(recorder: Recorder, holder: Member, starts_on: date, ends_on: date) -> list[Planned]:
    """The steps a member holds whose day is one of these."""
    return [each for each in _ahead(recorder, holder) if starts_on <= _day_of(each, holder) <= ends_on]


def promises(standing: Iterable[Planned], holder: Member) -> tuple[Promise, ...]:
    """Those among them that were promised."""
    return tuple(
        Promise(step.id, prospect.name, prospect.company, _day_of((prospect, step), holder))
        for prospect, step in standing
        if step.promised
    )


def _ahead(recorder: Recorder, holder: Member) -> list[Planned]:
    starts_at = calendar.day_bounds(_today(recorder, holder), holder.calendar.zone)[0]
    return absences.ahead(recorder.tx, holder.workspace_id, holder.id, starts_at, lock=True)


def _moved(
    recorder: Recorder,
    holder: Member,
    moving: Sequence[Planned],
    found: Assignment,
    standing: Iterable[Planned],
    from_on: date,
) -> Moves:
    for prospect, step in moving:
        _move(recorder, holder, prospect, step, _planned(holder, step, found.days, from_on))
    return Moves(len(moving), max(found.days.values(), default=None), promises(standing, holder))


def _planned(holder: Member, step: StepRow, days: Mapping[int, date], from_on: date) -> PlannedStep:
    """The step on its new day at its own clock time; `wanted_on` is the day it would have had, had that had room.

    Nobody was promised that day.
    """
    cal = holder.calendar
    natural = calendar.next_workday(max(from_on, calendar.local_date(step.due_at, cal.zone)), cal)
    due_at = calendar.on_workday(days[step.id], calendar.local_time(step.due_at, cal.zone), cal)
    wanted_on = natural if days[step.id] != natural else step.wanted_on
    return replace(step.planned, due_at=due_at, wanted_on=wanted_on, promised=False)


def _move(recorder: Recorder, holder: Member, prospect: Prospect, step: StepRow, to: PlannedStep) -> None:
    owner = holder if prospect.owner_id == holder.id else owner_of(recorder.tx, prospect)
    made = plans.move(recorder, owner, step, to, Ended(StepEnd.MOVED), step.snoozes, step.reason)
    if prospect.stage is Stage.PARKED:
        recorder.update(prospect, parked_until_on=calendar.local_date(made.due_at, owner.calendar.zone))


def _near(recorder: Recorder, holder: Member, each: Planned) -> Item:
    """The next workday, or one of the two after it when that is full; who named a clock time keeps the day."""
    cal, planned = holder.calendar, each[1].planned
    wanted_on = calendar.local_date(engine.replan(planned, recorder.now, cal).step.due_at, cal.zone)
    last_on = wanted_on if planning.is_pinned(planned) else calendar.add_workdays(wanted_on, planning.MOST_SHIFT, cal)
    return replace(_item(recorder, holder, each, wanted_on), last_on=last_on)


def _item(recorder: Recorder, holder: Member, each: Planned, wanted_on: date) -> Item:
    prospect, step = each
    pressing = Pressing(wanted_on, step.promised, prospect.value_minor, prospect.close_on)
    score = urgency(pressing, _today(recorder, holder), holder.calendar).score
    return Item(step.id, wanted_on, wanted_on, score=score, is_new=step.number == 1)


def _without(ahead: Iterable[Planned], moving: Iterable[Planned]) -> Iterator[Planned]:
    ids = {step.id for _, step in moving}
    return (each for each in ahead if each[1].id not in ids)


def _load(holder: Member, steps: Iterable[Planned]) -> Load:
    return Load.of((_day_of(each, holder), each[1].number == 1, each[1].promised) for each in steps)


def _day_of(each: Planned, holder: Member) -> date:
    return calendar.local_date(each[1].due_at, holder.calendar.zone)


def _today(recorder: Recorder, holder: Member) -> date:
    return holder.local(recorder.now).date()
