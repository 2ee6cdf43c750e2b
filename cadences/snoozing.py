"""Putting a step off: how often in a row is worth a question, and what each answer to it makes of the step."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import assert_never

from cadences import calendar
from cadences.decisions import PlannedStep, Reach
from cadences.holds import snooze
from cadences.model import Channel, FollowUpType
from cadences.reach import can_make
from cadences.work_calendar import WorkCalendar

ASKED_FROM = 3
"""From this snooze of one step in a row on it is asked why; a touch begins the count anew."""
LIGHT = (Channel.EMAIL, Channel.SMS, Channel.LINKEDIN)
"""Two minutes each, and nobody has to be there; the lightest first."""


class Why(StrEnum):
    """Why somebody puts a step off again and again."""

    WAITING = "waiting"
    NOTHING_TO_ADD = "nothing_to_add"
    AVOIDING = "avoiding"
    DEAD = "dead"


def is_serial(snoozes: int) -> bool:
    """True for a snooze in a row that is worth a question."""
    return snoozes >= ASKED_FROM


def put_off(
    step: PlannedStep, why: Why, on: date, at: time | None, now: datetime, cal: WorkCalendar, reach: Reach
) -> PlannedStep:
    """What the answer makes of the step. ValueError for a dead deal, which is closed or parked, not put off."""
    match why:
        case Why.WAITING:
            return replace(snooze(step, on, at, cal).step, type=FollowUpType.REMINDER)
        case Why.NOTHING_TO_ADD:
            return snooze(step, on, at, cal).step
        case Why.AVOIDING:
            tomorrow = calendar.next_workday(calendar.local_date(now, cal.zone) + timedelta(days=1), cal)
            return replace(snooze(step, tomorrow, None, cal).step, channel=lighter(step.channel, reach))
        case Why.DEAD:
            raise ValueError("a dead deal is lost or parked, not snoozed")
    assert_never(why)


def lighter(channel: Channel, reach: Reach) -> Channel:
    """The lightest channel that reaches them; one that is light already stays."""
    if channel in LIGHT:
        return channel
    return next(each for each in LIGHT if can_make(each, reach))
