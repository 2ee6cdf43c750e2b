"""Hot, warm or cold: what somebody said, else what the points of what is next come to."""

from dataclasses import dataclass
from datetime import datetime

from bot.storage.records import Member, Prospect, StepRow
from cadences.model import Temperature
from cadences.urgency import Pressing, Urgency, urgency
from cadences.warmth import of_score


@dataclass(frozen=True, slots=True)
class Warmth:
    """How warm a prospect is, who says so, and the points behind it."""

    temperature: Temperature
    by_hand: bool
    points: Urgency | None = None
    """None: nothing is planned, so nothing presses."""


def of(prospect: Prospect, step: StepRow | None, owner: Member, now: datetime) -> Warmth | None:
    """The manual value wins; without it a deal that is not being worked has none."""
    points = _points(prospect, step, owner, now) if step is not None else None
    if prospect.temperature is not None:
        return Warmth(prospect.temperature, by_hand=True, points=points)
    if points is None or not prospect.stage.is_open:
        return None
    return Warmth(of_score(points.score), by_hand=False, points=points)


def _points(prospect: Prospect, step: StepRow, owner: Member, now: datetime) -> Urgency:
    due_on, today = owner.local(step.due_at).date(), owner.local(now).date()
    pressing = Pressing(due_on, step.promised, prospect.value_minor, prospect.close_on)
    return urgency(pressing, today, owner.calendar)
