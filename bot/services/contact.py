"""Do not contact: said by them, kept for good, and lifted only by an admin who says why."""

from datetime import datetime

from bot.services import cards, changes, targets, touches
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.errors import InvalidInput, NotAllowed
from bot.services.notes import keep_note, kept_text
from bot.services.plans import Ended, Next, apply
from bot.services.targets import ByProspect, Target
from bot.storage.engine import Database
from bot.storage.tables import ChangeKind, Role, StepEnd
from cadences.decisions import Finish
from cadences.model import EnrollmentState, LostReason, Outcome, Stage
from language import mark, say

LIFTED = mark("Do-not-contact lifted:")
"""How the note of why begins; said where the note is shown."""


def stop(db: Database, actor: Actor, target: Target, note: str, now: datetime) -> Done:
    """They asked us to stop: everything planned ends and nothing is planned again; also for a deal that is closed."""
    with changes.writing(db, actor, ChangeKind.LOGGED, now) as recorder:
        prospect, step = targets.hold_fresh(recorder.tx, actor, target)
        if prospect.do_not_contact_at is not None:
            raise InvalidInput("who", say("{name} is marked do-not-contact already", name=prospect.name))
        owner = targets.owner_of(recorder.tx, prospect)
        nothing = Next(Finish(EnrollmentState.STOPPED, None), None)
        apply(recorder, prospect, owner, step, nothing, Ended(StepEnd.CLOSED, Outcome.ASKED_TO_STOP))
        if note:
            keep_note(recorder, prospect, note)
        closed = prospect.stage in {Stage.WON, Stage.LOST}
        prospect = recorder.update(
            prospect,
            do_not_contact_at=now,
            stage=prospect.stage if closed else Stage.LOST,
            stage_since_at=prospect.stage_since_at if closed else now,
            lost_reason=prospect.lost_reason if closed else LostReason.OTHER,
            closed_on=prospect.closed_on if closed else owner.local(now).date(),
            parked_until_on=None,
        )
        channel = step.channel if step else touches.usual_channel(prospect)
        facts = {"channel": channel, "outcome": Outcome.ASKED_TO_STOP, "do_not_contact": True}
        return Done(recorder.close(prospect, **facts), cards.of(recorder.tx, actor.member, prospect))


def lift(db: Database, actor: Actor, target: ByProspect, reason: str, now: datetime) -> Done:
    """Let a prospect be contacted again; only an admin may, with a reason that is kept. The deal stays as it is."""
    if actor.member.role is not Role.ADMIN:
        raise NotAllowed(say("lift a do-not-contact"), say("an admin"))
    why = kept_text(reason)
    if why is None:
        raise InvalidInput("reason", say("say why, it is kept"), "lift acme -- they wrote to us again")
    with changes.writing(db, actor, ChangeKind.LIFTED, now) as recorder:
        prospect = targets.hold_prospect(recorder.tx, actor, target)
        if prospect.do_not_contact_at is None:
            raise InvalidInput("who", say("{name} is not marked do-not-contact", name=prospect.name))
        keep_note(recorder, prospect, f"{LIFTED} {why}")
        prospect = recorder.update(prospect, do_not_contact_at=None)
        return Done(recorder.close(prospect, why=why), cards.of(recorder.tx, actor.member, prospect))
