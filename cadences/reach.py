"""Whether a step can be made with what is known of a prospect, and how a one-off step reaches it."""

from datetime import datetime

from cadences.model import Channel, FollowUpType, PlannedStep, Purpose, Reach


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


def one_off(
    due_at: datetime, kind: FollowUpType, purpose: Purpose, reach: Reach, number: int | None = None
) -> PlannedStep:
    """A step that no cadence wrote: an email, or a call where only a phone is known."""
    channel = Channel.EMAIL if can_make(Channel.EMAIL, reach) else Channel.CALL
    return PlannedStep(due_at, channel, kind, purpose, number=number)
