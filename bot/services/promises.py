"""The step somebody named, on the wall clock of whose it is."""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.services.errors import InvalidInput
from bot.storage.records import Member
from cadences import calendar
from cadences.decisions import PlannedStep
from cadences.model import Channel, FollowUpType, Purpose
from language import say

PURPOSE_OF = {
    Channel.EMAIL: Purpose.SHARE_VALUE,
    Channel.LINKEDIN: Purpose.SHARE_VALUE,
    Channel.SMS: Purpose.PROPOSE_MEETING,
    Channel.CALL: Purpose.PROPOSE_MEETING,
    Channel.MEETING: Purpose.PROPOSE_MEETING,
    Channel.VIDEO: Purpose.SHARE_VALUE,
    Channel.LETTER: Purpose.THANK,
    Channel.OTHER: Purpose.SHARE_VALUE,
}
"""What a step that somebody planned by hand is for, unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A next step somebody named: a local date, maybe a clock time, maybe a channel."""

    on: date
    at: time | None = None
    channel: Channel | None = None
    asked_on: date | None = None
    """The day off that was said, where the working day after it is meant."""


def promise(
    wish: Wish,
    owner: Member,
    now: datetime,
    *,
    email: str | None,
    preferred: Channel | None = None,
    promised: bool = True,
) -> PlannedStep:
    """The step somebody named, on her wall clock. InvalidInput when its moment has passed."""
    at = wish.at or owner.calendar.step_time
    due_at = calendar.resolve(wish.on, at, owner.calendar.zone)
    today = owner.local(now).date()
    if wish.on < today or (wish.at is not None and due_at <= now):
        raise InvalidInput("when", say("that moment has passed"), "tomorrow 10am")
    if not promised:  # what nobody gave to them moves off a free day, as a snooze does
        due_at = calendar.on_workday(wish.on, at, owner.calendar)
    channel = wish.channel or preferred or (Channel.EMAIL if email else Channel.CALL)
    kind = FollowUpType.REMINDER
    return PlannedStep(due_at, channel, kind, PURPOSE_OF[channel], timed=wish.at is not None, promised=promised)
