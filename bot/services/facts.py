"""What the engine needs to know of a prospect, gathered from its rows."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from bot.storage import timeline
from bot.storage.records import Enrollment, Member, Prospect, StepRow
from bot.storage.timeline import Made
from cadences.model import Facts, Outcome, Reach

ANSWERS = frozenset(
    {
        Outcome.CONNECTED,
        Outcome.REPLIED,
        Outcome.MEETING_BOOKED,
        Outcome.NOT_NOW,
        Outcome.NOT_INTERESTED,
        Outcome.ASKED_TO_STOP,
    }
)
"""They said something: counting the touches without an answer begins anew."""


def reach_of(prospect: Prospect) -> Reach:
    """How a prospect can be reached, and when its contract is renewed."""
    return Reach(bool(prospect.email), bool(prospect.phone), prospect.renewal_on, prospect.preferred_channel)


def their_date(prospect: Prospect, step: StepRow, owner: Member, today: date) -> date | None:
    """The nearest date ahead that is theirs: promised to them, the last day they are away, or when they decide."""
    promised_on = owner.local(step.due_at).date() if step.promised else None
    return min(
        (on for on in (promised_on, step.paused_until_on, prospect.close_on) if on and on >= today), default=None
    )


def of(tx: Connection, prospect: Prospect, running: Enrollment | None, without_touch: int | None = None) -> Facts:
    """The facts as of now; ``without_touch`` is the one that is being decided about."""
    made = [each for each in timeline.lately(tx, prospect.workspace_id, prospect.id) if each.touch_id != without_touch]
    return Facts(
        reach=reach_of(prospect),
        stage=prospect.stage,
        last_touch_at=made[0].happened_at if made else None,
        unanswered=_unanswered(made, running),
        last_channel=made[0].channel if made else None,
    )


def _unanswered(made: Sequence[Made], running: Enrollment | None) -> int:
    """Touches since they last said something; what was before this cadence counts no more."""
    count = 0
    for each in made:
        if each.outcome in ANSWERS or (running is not None and each.happened_at < running.started_at):
            break
        count += 1
    return count
