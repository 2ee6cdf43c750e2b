"""Logging what was done: the cadence moves, the stalled clock starts again, in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from bot.services import cards, changes, plans, prospects, targets
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.changes import Recorder
from bot.services.errors import InvalidInput
from bot.services.plans import Next
from bot.services.prospects import Wish
from bot.services.targets import Held, Target
from bot.storage import timeline
from bot.storage.engine import Database
from bot.storage.records import Prospect, Touch
from bot.storage.tables import ChangeKind
from cadences.model import Advance, Channel, Finish, LostReason, Outcome, Stage

REPLY = "reply"
SENT_BY_ITSELF = frozenset({Channel.EMAIL, Channel.LINKEDIN, Channel.SMS, Channel.VIDEO, Channel.LETTER})
"""Channels that need nobody at the other end."""


@dataclass(frozen=True, slots=True)
class Made:
    """A touch as it was made. No channel: the one that was planned; no outcome: the usual one of the channel."""

    channel: Channel | None = None
    outcome: Outcome | None = None
    note: str = ""
    happened_at: datetime | None = None
    retry: Wish | None = None
    """When to try again, if the rep said so; it goes before what the cadence would plan."""


def log(db: Database, actor: Actor, target: Target, made: Made, now: datetime) -> Done:
    """Log a touch: the prospect moves to its next step, or the cadence ends where the outcome says so."""
    if made.happened_at is not None and made.happened_at > now:
        raise InvalidInput("when", "a touch can't be logged before it was made", "log acme call voicemail")
    with changes.writing(db, actor, ChangeKind.LOGGED, now) as recorder:
        held = targets.hold(recorder.tx, actor, target)
        touch = _keep(recorder, held, made)
        following = _following(recorder, held, touch, made)
        prospect = _touched(recorder, held.prospect, touch, following)
        plans.apply(recorder, prospect, held.step, following)
        change = recorder.close(
            prospect, channel=touch.channel, outcome=touch.outcome, was_reply=touch.outcome is Outcome.REPLIED or None
        )
        return Done(change, cards.of(recorder.tx, actor.member, prospect))


def usual_outcome(channel: Channel) -> Outcome:
    """What a touch on this channel mostly comes to, until told otherwise."""
    return Outcome.SENT if channel in SENT_BY_ITSELF else Outcome.CONNECTED


def _keep(recorder: Recorder, held: Held, made: Made) -> Touch:
    channel = made.channel or held.step.channel
    return recorder.insert(
        Touch,
        prospect_id=held.prospect.id,
        member_id=recorder.actor.member.id,
        channel=channel,
        type=held.step.type,
        outcome=made.outcome or usual_outcome(channel),
        note=prospects.kept_text(made.note),
        cadence=held.step.cadence,
        number=held.step.number,
        happened_at=made.happened_at or recorder.now,
        created_at=recorder.now,
    )


def _following(recorder: Recorder, held: Held, touch: Touch, made: Made) -> Next:
    before = timeline.touch_before(recorder.tx, touch)
    following = plans.after_touch(
        recorder,
        held.owner,
        held.step,
        touch.outcome,
        touch.happened_at,
        before.happened_at if before else None,
        held.prospect.stage,
    )
    if made.retry is None:
        return following
    wish = Wish(made.retry.on, made.retry.at, made.retry.channel or touch.channel)
    step = prospects.promise(wish, held.owner, recorder.now, email=held.prospect.email, promised=False)
    return Next(Advance(step), following.cadence, following.done_number)


def _touched(recorder: Recorder, prospect: Prospect, touch: Touch, following: Next) -> Prospect:
    """The stalled clock starts again; the stage follows the outcome."""
    decision = following.decision
    stage = prospect.stage
    if stage in {Stage.NEW, Stage.PARKED}:
        stage = Stage.WORKING
    parked_until_on = None
    if isinstance(decision, Finish):
        stage, parked_until_on = decision.stage or stage, decision.park_until_on
    if prospect.stage is Stage.WON:  # a check-in after the sale never takes the sale back
        stage, parked_until_on = Stage.WON, None
    lost = stage is Stage.LOST
    return recorder.update(
        prospect,
        stage=stage,
        stage_since_at=prospect.stage_since_at if stage is prospect.stage else recorder.now,
        parked_until_on=parked_until_on,
        lost_reason=LostReason.OTHER if lost else prospect.lost_reason,
        closed_on=recorder.actor.member.local(recorder.now).date() if lost else prospect.closed_on,
        active_at=max(prospect.active_at, touch.happened_at),
        active_kind=REPLY if touch.outcome is Outcome.REPLIED else touch.channel.value,
        active_by=touch.member_id,
    )
