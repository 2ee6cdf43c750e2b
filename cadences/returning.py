"""Coming back from leave: no wall of overdue steps, and a look at what died meanwhile."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum

from cadences.calendar import business_days_between, local_date
from cadences.levelling import Assignment, Item, level
from cadences.load import Caps, Load
from cadences.model import Stage
from cadences.stalled import IDLE_LIMITS, DealFacts, silence
from cadences.work_calendar import Leave, WorkCalendar

TIMES_THE_IDLE_LIMIT = 2


class Died(StrEnum):
    """Why a deal is offered to be dropped on the return."""

    CLOSE_DATE_PASSED = "its close date passed meanwhile"
    SILENT = "nothing was heard for twice as long as its stage allows"


def ramp(items: Iterable[Item], load: Load, caps: Caps, cal: WorkCalendar, back_on: date) -> Assignment:
    """A day for each from `back_on` on, the most urgent first, never above the caps, however long it takes.

    Promises keep their dates: those that fell into the leave are named as missed.
    """
    back = [replace(item, first_on=max(item.wanted_on, back_on), last_on=None) for item in items]
    return level(back, load, caps, cal, back_on)


def died(
    facts: DealFacts,
    leave: Leave,
    back_on: date,
    cal: WorkCalendar,
    idle_limits: Mapping[Stage, int] = IDLE_LIMITS,
) -> Died | None:
    """What killed an open deal during the leave, if anything did; days that `cal` has as leave are no silence."""
    if not facts.stage.is_open:
        return None
    if facts.close_on is not None and facts.close_on < back_on and leave.covers(facts.close_on):
        return Died.CLOSE_DATE_PASSED
    heard_on = local_date(facts.last_activity_at or facts.stage_since_at, cal.zone)
    silent = business_days_between(heard_on, back_on, silence(cal)) > TIMES_THE_IDLE_LIMIT * idle_limits[facts.stage]
    return Died.SILENT if silent else None
