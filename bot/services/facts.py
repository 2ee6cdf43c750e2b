"""What the engine needs to know of a prospect, gathered from its rows."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from bot.services import definitions
from bot.storage import timeline
from bot.storage.records import Enrollment, Member, Prospect, StepRow, Touch
from bot.storage.timeline import Made
from cadences import pace
from cadences.decisions import Facts, Reach
from cadences.model import Outcome

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
    kept_from = next((each for each in made if not is_light(tx, prospect.workspace_id, each)), None)
    return Facts(
        reach=reach_of(prospect),
        stage=prospect.stage,
        last_touch_at=kept_from.happened_at if kept_from else None,
        unanswered=_unanswered(made, running),
        last_channel=made[0].channel if made else None,
        light_at=made[0].happened_at if made and made[0] is not kept_from else None,
    )


def is_light(tx: Connection, workspace_id: str, made: Made | Touch) -> bool:
    """True for a like or a comment, as the version of the cadence says that it was made for."""
    if made.cadence is None or made.number is None or made.outcome is not Outcome.SENT:
        return False
    cadence = definitions.at(tx, workspace_id, made.cadence, made.version)
    return pace.is_light(cadence, made.number, made.channel, made.outcome)


def _unanswered(made: Sequence[Made], running: Enrollment | None) -> int:
    """Touches since they last said something; what was before this cadence counts no more."""
    count = 0
    for each in made:
        if each.outcome in ANSWERS or (running is not None and each.happened_at < running.started_at):
            break
        count += 1
    return count
