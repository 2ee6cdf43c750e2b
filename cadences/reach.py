"""Whether a step can be made with what is known of a prospect, and how it reaches them."""

from datetime import datetime

from cadences.decisions import Facts, PlannedStep, Reach
from cadences.model import Channel, FollowUpType, Purpose

EXCHANGED = frozenset({Channel.CALL, Channel.EMAIL, Channel.LINKEDIN, Channel.SMS})
"""Each of these says the same thing in another way; a meeting, a video or a letter is what it is."""


def can_make(channel: Channel, reach: Reach) -> bool:
    """True where the channel's detail is known; where neither is, the rep keeps them elsewhere and all is possible."""
    if not reach.email and not reach.phone:
        return True
    match channel:
        case Channel.EMAIL:
            return reach.email
        case Channel.CALL | Channel.SMS:
            return reach.phone
        case _:
            return True


def by_preference(written: Channel, reach: Reach) -> Channel:
    """The channel a cadence wrote; the one they prefer in its place, where that says the same and can be made."""
    preferred = reach.preferred
    if preferred is None or not {written, preferred} <= EXCHANGED or not can_make(preferred, reach):
        return written
    return preferred


def one_off(
    due_at: datetime, kind: FollowUpType, purpose: Purpose, reach: Reach, number: int | None = None
) -> PlannedStep:
    """A step that no cadence wrote: as they prefer, else an email, or a call where only a phone is known."""
    channel = Channel.EMAIL if can_make(Channel.EMAIL, reach) else Channel.CALL
    return PlannedStep(due_at, by_preference(channel, reach), kind, purpose, number=number)


def in_turn(due_at: datetime, kind: FollowUpType, purpose: Purpose, facts: Facts) -> PlannedStep:
    """The same for one of many such steps: after an email a call where a phone is known, after a call an email."""
    step = one_off(due_at, kind, purpose, facts.reach)
    if facts.reach.preferred is not None or facts.last_channel is not Channel.EMAIL or not facts.reach.phone:
        return step
    return PlannedStep(due_at, Channel.CALL, kind, purpose)
