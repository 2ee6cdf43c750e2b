"""A meeting that took place: logged, and followed up from its first day, with somebody new or known."""

from collections.abc import Sequence
from datetime import datetime

from bot.services import cards, changes, definitions, plans, prospects, targets
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.corrections import Said
from bot.services.details import Details, check
from bot.services.errors import Closed, DoNotContact, InvalidInput
from bot.services.notes import keep_note, kept_text
from bot.services.plans import Ended
from bot.services.recorder import Recorder
from bot.services.targets import ByProspect
from bot.storage import steps
from bot.storage.engine import Database
from bot.storage.records import Member, Prospect, StepRow, Touch
from bot.storage.tables import ChangeKind, StepEnd
from cadences.model import Channel, FollowUpType, Outcome, Stage
from language import mark, say

POINTS_AT_MOST = 3
RECAP = mark("Recap:")
"""How a note of what was agreed begins, whoever wrote it; said where the note is shown."""


def met(
    db: Database, actor: Actor, who: Details | ByProspect, note: str, now: datetime, said: Sequence[Said] = ()
) -> Done:
    """Log a meeting and begin what follows one: a thank-you within 24 hours, a week, a month.

    ``said``: as for an add.
    """
    if isinstance(who, Details):
        check(who)
    with changes.writing(db, actor, ChangeKind.MET, now) as recorder:
        prospect, owner, step = _whom(recorder, actor, who)
        if note:
            keep_note(recorder, prospect, note)
        _log(recorder, prospect)
        prospect = _engaged(recorder, prospect)
        cadence = definitions.standard(recorder.tx, prospect.workspace_id, plans.FIRST_CADENCE)
        if step is not None and _is_the_meeting(step, owner, now):
            following = plans.switched(recorder, prospect, owner, None, cadence)
            plans.apply(recorder, prospect, owner, step, following, Ended(StepEnd.DONE, Outcome.CONNECTED))
        elif step is not None and step.promised:
            _behind_promise(recorder, prospect, step, cadence.key, cadence.version)
            plans.finish(recorder, prospect, plans.STOPPED)
            plans.enroll(recorder, prospect, cadence)
        else:
            # A meeting changes everything: the thank-you does not wait for what was planned before it.
            following = plans.switched(recorder, prospect, owner, None, cadence)
            plans.apply(recorder, prospect, owner, step, following, Ended(StepEnd.SWITCHED))
        change = recorder.close(prospect, is_new=isinstance(who, Details) or None, said=tuple(said) or None)
        return Done(change, cards.of(recorder.tx, actor.member, prospect))


def recap(db: Database, actor: Actor, prospect_id: int, points: list[str], now: datetime) -> Done:
    """Keep what was agreed, one to three points, for the thank-you that follows."""
    kept = [point for each in points[:POINTS_AT_MOST] if (point := kept_text(each))]
    if not kept:
        raise InvalidInput("point_1", say("write at least one point"), "note acme wants SSO")
    with changes.writing(db, actor, ChangeKind.NOTED, now) as recorder:
        prospect = targets.hold_prospect(recorder.tx, actor, ByProspect(prospect_id), by_anyone=True)
        keep_note(recorder, prospect, "\n".join([RECAP, *(f"• {point}" for point in kept)]))
        change = recorder.close(prospect)
        return Done(change, cards.of(recorder.tx, actor.member, prospect))


def _whom(recorder: Recorder, actor: Actor, who: Details | ByProspect) -> tuple[Prospect, Member, StepRow | None]:
    if isinstance(who, Details):
        return prospects.insert(recorder, actor.member, who), actor.member, None
    prospect = targets.hold_prospect(recorder.tx, actor, who)
    if prospect.do_not_contact_at is not None:
        raise DoNotContact(prospect)
    if prospect.stage is Stage.LOST:
        raise Closed(prospect)
    step = steps.open_of(recorder.tx, prospect.workspace_id, prospect.id)
    return prospect, targets.owner_of(recorder.tx, prospect), step


def _log(recorder: Recorder, prospect: Prospect) -> Touch:
    return recorder.insert(
        Touch,
        prospect_id=prospect.id,
        member_id=recorder.actor.member.id,
        channel=Channel.MEETING,
        type=FollowUpType.REMINDER,
        outcome=Outcome.CONNECTED,
        happened_at=recorder.now,
        created_at=recorder.now,
    )


def _engaged(recorder: Recorder, prospect: Prospect) -> Prospect:
    """Who met us is engaged; a deal further on, or won, stays where it is."""
    further = prospect.stage in {Stage.ENGAGED, Stage.PROPOSAL, Stage.WON}
    return recorder.update(
        prospect,
        stage=prospect.stage if further else Stage.ENGAGED,
        stage_since_at=prospect.stage_since_at if further else recorder.now,
        parked_until_on=None,
        active_at=recorder.now,
        active_kind=Channel.MEETING.value,
        active_by=recorder.actor.member.id,
    )


def _is_the_meeting(step: StepRow, owner: Member, now: datetime) -> bool:
    """True where the meeting itself was next, today or before: it is not to be held once more."""
    return step.channel is Channel.MEETING and owner.local(step.due_at).date() <= owner.local(now).date()


def _behind_promise(recorder: Recorder, prospect: Prospect, step: StepRow, key: str, version: int) -> None:
    """A promise stands whatever was agreed in a meeting; the follow-up comes behind it."""
    recorder.update(step, cadence=key, version=version, number=None, of=None)
