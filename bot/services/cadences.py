"""Putting a prospect on a cadence and taking it off again; whatever happens, it keeps its one next step."""

from dataclasses import dataclass
from datetime import datetime

from bot.services import cards, changes, plans, targets
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.errors import Closed, DoNotContact, InvalidInput
from bot.services.notes import keep_note, kept_text
from bot.services.plans import Ended
from bot.services.recorder import Recorder
from bot.services.targets import ByProspect
from bot.storage import steps, timeline
from bot.storage.engine import Database
from bot.storage.records import Enrollment, Member, Prospect, StepRow
from bot.storage.tables import ChangeKind, StepEnd
from cadences import calendar, engine
from cadences.decisions import Finish, PlannedStep
from cadences.model import Cadence, Channel, EnrollmentState, FollowUpType, Mood, Purpose, Stage, StartsAfter
from language import say, say_n

STARTED, STOPPED = "started", "stopped"


@dataclass(frozen=True, slots=True)
class Switched:
    """A cadence that began or ended: ``cadence`` by its key, ``ended`` the one that was running before it began."""

    done: Done
    deed: str
    cadence: str
    ended: Enrollment | None = None
    kept: bool = False
    """True when the step that was next still is: it was promised, or planned by hand."""


def start(db: Database, actor: Actor, target: ByProspect, cadence: Cadence, now: datetime, note: str = "") -> Switched:
    """Put a prospect on a cadence; the running one ends, and a promised step stays in front of the new first one."""
    with changes.writing(db, actor, ChangeKind.CADENCE, now) as recorder:
        prospect = targets.hold_prospect(recorder.tx, actor, target)
        step = steps.open_of(recorder.tx, actor.workspace_id, prospect.id)
        # A customer may be asked for a referral; a lost deal is left alone.
        if step is None and prospect.stage is not Stage.WON and prospect.do_not_contact_at is None:
            raise Closed(prospect)
        running = steps.enrollment_of(recorder.tx, actor.workspace_id, prospect.id)
        if running is not None and running.cadence == cadence.key:
            _refuse_again(prospect, running, cadence)
        _refuse_unready(recorder, prospect, cadence)
        prospect = _awake(recorder, prospect)
        kept = step is not None and step.promised
        _put_on(recorder, prospect, targets.owner_of(recorder.tx, prospect), step, cadence)
        if note:
            keep_note(recorder, prospect, note)
        change = recorder.close(prospect, deed=STARTED, cadence=cadence.key, ended=running and running.cadence)
        done = Done(change, cards.of(recorder.tx, actor.member, prospect))
        return Switched(done, STARTED, cadence.key, running, kept)


def stop(db: Database, actor: Actor, target: ByProspect, now: datetime, note: str = "") -> Switched:
    """Take a prospect off its cadence; the next business day asks what is to become of it, unless a step was named."""
    with changes.writing(db, actor, ChangeKind.CADENCE, now) as recorder:
        held = targets.hold(recorder.tx, actor, target)
        prospect, step = held.prospect, held.step
        running = steps.enrollment_of(recorder.tx, actor.workspace_id, prospect.id)
        key = running.cadence if running else step.cadence
        if key is None:
            why = say("{name} is on no cadence", name=prospect.name)
            raise InvalidInput("cadence", why, "cadence start acme nudge")
        kept = take_off(recorder, prospect, held.owner, step, running, kept_text(note))
        if note:
            keep_note(recorder, prospect, note)
        change = recorder.close(prospect, deed=STOPPED, cadence=key)
        return Switched(Done(change, cards.of(recorder.tx, actor.member, prospect)), STOPPED, key, kept=kept)


def take_off(
    recorder: Recorder,
    prospect: Prospect,
    owner: Member,
    step: StepRow,
    running: Enrollment | None,
    reason: str | None = None,
) -> bool:
    """End the cadence; True where the step stays that somebody named, else what is to become of it is asked."""
    plans.finish(recorder, prospect, EnrollmentState.STOPPED)
    if _named_by_hand(step, running):
        recorder.update(step, cadence=None, version=None, number=None, of=None)
        return True
    plans.close(recorder, step, Ended(StepEnd.STOPPED, reason=reason))
    _ask_what_next(recorder, prospect, owner)
    return False


def _refuse_again(prospect: Prospect, running: Enrollment, cadence: Cadence) -> None:
    """Enrolled once: begun again by mistake, everybody would get the first mails twice."""
    why = say_n(
        "{name} is on {cadence} already, {done} of {count} steps done",
        "{name} is on {cadence} already, {done} of {count} steps done",
        len(cadence.steps),
        name=prospect.name,
        cadence=cadence.key,
        done=running.done_number,
    )
    raise InvalidInput("cadence", why, "cadence stop acme")


def _awake(recorder: Recorder, prospect: Prospect) -> Prospect:
    """A parked prospect on a cadence is no longer parked."""
    if prospect.stage is not Stage.PARKED:
        return prospect
    return recorder.update(prospect, stage=Stage.WORKING, stage_since_at=recorder.now, parked_until_on=None)


def _refuse_unready(recorder: Recorder, prospect: Prospect, cadence: Cadence) -> None:
    """A referral is asked for after a check-in that went well, or it costs more than it can bring."""
    if prospect.do_not_contact_at is not None:
        raise DoNotContact(prospect)
    if cadence.starts_after is not StartsAfter.CHECK_IN:
        return
    if timeline.last_mood(recorder.tx, prospect.workspace_id, prospect.id) is not Mood.POSITIVE:
        why = say(
            "{cadence} begins after a check-in that went well, and none is logged with {name}",
            cadence=cadence.key,
            name=prospect.name,
        )
        raise InvalidInput("cadence", why, "log acme call connected, positive")


def _put_on(recorder: Recorder, prospect: Prospect, owner: Member, step: StepRow | None, cadence: Cadence) -> None:
    """The promise where there is one, or the cadence's first step: who starts one by hand means from now on."""
    if step is not None and step.promised:
        plans.finish(recorder, prospect, EnrollmentState.STOPPED)
        plans.enroll(recorder, prospect, cadence)
        # The same row: buttons for it stand in messages, and it is still what is next.
        recorder.update(step, cadence=cadence.key, version=cadence.version, number=None, of=None)
        return
    following = plans.switched(recorder, prospect, owner, None, cadence)
    if isinstance(following.decision, Finish):
        why = say(
            "none of the steps of {cadence} can be made with {name}: no phone or email",
            cadence=cadence.key,
            name=prospect.name,
        )
        raise InvalidInput("cadence", why, "cadence show persistent")
    plans.apply(recorder, prospect, owner, step, following, Ended(StepEnd.SWITCHED))


def _named_by_hand(step: StepRow, running: Enrollment | None) -> bool:
    """True for a date somebody gave; what a cadence plans has a number, or nurtures when it is over."""
    return step.promised or (running is not None and step.number is None)


def _ask_what_next(recorder: Recorder, prospect: Prospect, owner: Member) -> None:
    """An open deal waits for a decision: won, lost, or another way. A customer's check-ins just end."""
    if prospect.stage is Stage.WON:
        return
    due_at = calendar.due_moment(recorder.now, engine.NEXT_BUSINESS_DAY, owner.calendar)
    step = PlannedStep(due_at, Channel.EMAIL, FollowUpType.REMINDER, Purpose.CLOSE_THE_LOOP)
    plans.plan(recorder, prospect, owner, step, None)
