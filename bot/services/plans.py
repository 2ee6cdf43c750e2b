"""Applies what the engine decides: closes the step that was next, plans the one that is, moves the cadence."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.services import definitions, loads
from bot.services import facts as known
from bot.services.recorder import Recorder
from bot.storage import steps
from bot.storage.records import Enrollment, Member, Prospect, StepRow, Touch
from bot.storage.tables import StepEnd
from cadences import calendar, engine, pace
from cadences.decisions import Advance, Decision, Facts, Finish, Hold, PlannedStep, Switch
from cadences.model import Cadence, EnrollmentState, Outcome, Stage

FIRST_CADENCE = "post-meeting"
"""A prospect added without a date was just met: a thank-you within 24 hours, a week, a month."""
AFTER_PROMISE = "nudge"
"""What follows a promised step, or an answer, when nobody replies: 3, 7 and 14 days."""
POST_SALE = "post-sale"
MEETING_TRACK = "meeting"
"""Where somebody who is interested goes."""
TRY_AGAIN = "re-engage"
"""A lost deal that is worth another try."""
NOTHING_KNOWN = Facts()
STOPPED = EnrollmentState.STOPPED


@dataclass(frozen=True, slots=True)
class Next:
    """A decision with the cadence it comes from, and where the enrollment stands after it."""

    decision: Advance | Finish | Hold
    cadence: Cadence | None
    done_number: int | None = None
    """The last step done; None: as far as it was."""
    facts: Facts = NOTHING_KNOWN
    begins: bool = False
    """True when the prospect is put on this cadence with it, whatever it was on before."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How the step that was next ended."""

    way: StepEnd
    outcome: Outcome | None = None
    reason: str | None = None


CLOSED = Ended(StepEnd.CLOSED)


def begin(
    recorder: Recorder, prospect: Prospect, owner: Member, promised: PlannedStep | None
) -> tuple[Enrollment, StepRow]:
    """Put a new prospect on a cadence; a promised step goes before its first one."""
    cadence = definitions.standard(recorder.tx, prospect.workspace_id, AFTER_PROMISE if promised else FIRST_CADENCE)
    facts = Facts(known.reach_of(prospect), prospect.stage)
    enrollment = enroll(recorder, prospect, cadence)
    if promised:
        return enrollment, plan(recorder, prospect, owner, promised, cadence)
    decision = engine.start(cadence, recorder.now, owner.calendar, facts)
    if decision.step is None:
        raise ValueError(f"a new prospect needs a next step, and {cadence.key} ends without one")
    if isinstance(decision, Finish):
        enrollment = recorder.update(enrollment, state=decision.state, ended_at=recorder.now)
    return enrollment, plan(
        recorder, prospect, owner, loads.placed(recorder, owner, decision.step, cadence, facts), cadence
    )


def enroll(recorder: Recorder, prospect: Prospect, cadence: Cadence) -> Enrollment:
    """Start a cadence for a prospect that is on none."""
    return recorder.insert(
        Enrollment,
        prospect_id=prospect.id,
        cadence=cadence.key,
        version=cadence.version,
        done_number=0,
        state=EnrollmentState.ACTIVE,
        started_at=recorder.now,
    )


def plan(
    recorder: Recorder,
    prospect: Prospect,
    owner: Member,
    step: PlannedStep,
    cadence: Cadence | None,
    snoozes: int = 0,
) -> StepRow:
    """Write the one next step down; while its owner is away it is her deputy's."""
    whose, step = loads.held_by(recorder.tx, owner, step)
    return recorder.insert(
        StepRow,
        prospect_id=prospect.id,
        owner_id=whose.id,
        cadence=cadence and cadence.key,
        version=cadence and cadence.version,
        of=len(cadence.steps) if cadence and step.number else None,
        snoozes=snoozes,
        **_columns(step),
    )


def after_touch(
    recorder: Recorder, prospect: Prospect, owner: Member, step: StepRow, touch: Touch, meeting_at: datetime | None
) -> Next:
    """What the engine says follows this touch."""
    tx, workspace_id = recorder.tx, prospect.workspace_id
    running = steps.enrollment_of(tx, workspace_id, prospect.id)
    facts, light = known.of(tx, prospect, running, touch.id), known.is_light(tx, workspace_id, touch)
    cal, now = owner.calendar, recorder.now
    if running is None and step.cadence is None:
        decision = engine.touch_without_cadence(
            touch.outcome, touch.happened_at, now, cal, facts, meeting_at=meeting_at
        )
        if decision is not None:
            return _resolved(recorder, owner, Next(_known(decision), None, 0, _with(facts, touch)), decision)
        cadence = definitions.standard(tx, workspace_id, AFTER_PROMISE)
        done = None
    else:
        key, version = (running.cadence, running.version) if running else (step.cadence, step.version)
        cadence = definitions.at(tx, workspace_id, key or AFTER_PROMISE, version)
        # Without a running enrollment this touch came after the cadence's end: it nurtures, or asks once more.
        done = ((step.number or running.done_number) or None) if running else len(cadence.steps) + 1
    decision = engine.after_touch(
        cadence,
        done,
        touch.outcome,
        touch.happened_at,
        now,
        cal,
        facts,
        attempt=step.attempt,
        channel=touch.channel,
        meeting_at=meeting_at,
        step=step.planned,
        light=light,
    )
    following = Next(_known(decision), cadence, done, _with(facts, touch, light=light))
    return _resolved(recorder, owner, following, decision)


def _with(facts: Facts, touch: Touch, *, light: bool = False) -> Facts:
    """The facts with the touch that was just made among them."""
    return replace(pace.among(facts, touch.happened_at, light=light), unanswered=facts.unanswered + 1)


def _known(decision: Decision) -> Advance | Finish | Hold:
    return Finish(EnrollmentState.STOPPED, None) if isinstance(decision, Switch) else decision


def _resolved(recorder: Recorder, owner: Member, following: Next, decision: Decision) -> Next:
    """Another cadence that the engine named by its key, begun."""
    if not isinstance(decision, Switch):
        return following
    cadence = definitions.standard(recorder.tx, owner.workspace_id, decision.cadence)
    first = engine.start(cadence, recorder.now, owner.calendar, following.facts)
    return Next(first, cadence, 0, following.facts, begins=True)


def switched(recorder: Recorder, prospect: Prospect, owner: Member, step: StepRow | None, cadence: Cadence) -> Next:
    """What putting a prospect on another cadence comes to: never earlier than what was planned."""
    running = steps.enrollment_of(recorder.tx, prospect.workspace_id, prospect.id)
    # It counts its own touches; the gap to the last one holds all the same.
    facts = replace(known.of(recorder.tx, prospect, running), unanswered=0)
    was = step.planned if step else None
    decision = engine.switch(cadence, was, recorder.now, owner.calendar, facts)
    return Next(decision, cadence, 0, facts, begins=True)


def apply(
    recorder: Recorder, prospect: Prospect, owner: Member, step: StepRow | None, following: Next, ended: Ended
) -> StepRow | None:
    """Carry a decision out: the old step is closed, the new one is open, the enrollment moved or ended."""
    if step is not None:
        close(recorder, step, ended)
    decision, cadence = following.decision, following.cadence
    running = steps.enrollment_of(recorder.tx, prospect.workspace_id, prospect.id)
    if following.begins and cadence is not None:
        finish(recorder, prospect, EnrollmentState.STOPPED)
        running = enroll(recorder, prospect, cadence)
    match decision:
        case Finish(state=state, step=coming):
            finish(recorder, prospect, state, following.done_number)
            # Only a cadence that ended in silence goes on nurturing; after an answer the next one begins anew.
            cadence = cadence if state is EnrollmentState.FINISHED_SILENT else None
            if coming is None:
                return None
        case Hold(step=coming):
            pass
        case Advance(step=coming):
            done = _done_before(coming, following.done_number)
            if running is not None:
                recorder.update(running, done_number=running.done_number if done is None else done)
            elif cadence is not None and coming.number is not None:
                enroll(recorder, prospect, cadence)
    placed = loads.placed(recorder, owner, coming, cadence, following.facts)
    return plan(recorder, prospect, owner, placed, cadence)


def _done_before(step: PlannedStep, otherwise: int | None) -> int | None:
    """The last number that was done before this step: a call that is tried again is not done yet."""
    return otherwise if step.number is None else min((*step.skipped, step.number)) - 1


def finish(recorder: Recorder, prospect: Prospect, state: EnrollmentState, done_number: int | None = None) -> None:
    """End the running enrollment, if there is one."""
    running = steps.enrollment_of(recorder.tx, prospect.workspace_id, prospect.id)
    if running is None:
        return
    done = running.done_number if done_number is None else done_number
    recorder.update(running, state=state, ended_at=recorder.now, done_number=done)


def close(recorder: Recorder, step: StepRow, ended: Ended) -> StepRow:
    """The step is no longer next; how it ended is what statistics are made of."""
    return recorder.update(step, closed_at=recorder.now, ended_as=ended.way, outcome=ended.outcome, reason=ended.reason)


def move(
    recorder: Recorder,
    owner: Member,
    step: StepRow,
    to: PlannedStep,
    ended: Ended,
    snoozes: int = 0,
    reason: str | None = None,
) -> StepRow:
    """The same position, another moment or channel: a new row, so that buttons of the old one know they are stale."""
    close(recorder, step, ended)
    whose, to = loads.held_by(recorder.tx, owner, to)
    return recorder.insert(
        StepRow,
        prospect_id=step.prospect_id,
        owner_id=whose.id,
        cadence=step.cadence,
        version=step.version,
        of=step.of,
        snoozes=snoozes,
        reason=reason,
        **_columns(to),
    )


def set_aside(recorder: Recorder, prospect: Prospect, until_on: date | None) -> Prospect:
    """Parked until a date; a customer stays one, and a lost deal that is tried again stays lost."""
    if prospect.stage in {Stage.WON, Stage.LOST}:
        return prospect
    return recorder.update(prospect, stage=Stage.PARKED, stage_since_at=recorder.now, parked_until_on=until_on)


def aside(recorder: Recorder, prospect: Prospect, decision: Decision) -> Prospect:
    """The prospect; parked where a cadence ends like that."""
    if isinstance(decision, Finish) and decision.stage is Stage.PARKED:
        return set_aside(recorder, prospect, decision.park_until_on)
    return prospect


def parked_with(recorder: Recorder, prospect: Prospect, owner: Member, step: StepRow) -> Prospect:
    """The prospect; one that is parked is parked until its next step, wherever that was moved."""
    if prospect.stage is not Stage.PARKED:
        return prospect
    return recorder.update(prospect, parked_until_on=calendar.local_date(step.due_at, owner.calendar.zone))


def _columns(step: PlannedStep) -> dict[str, object]:
    return {
        "number": step.number,
        "channel": step.channel,
        "type": step.type,
        "purpose": step.purpose,
        "due_at": step.due_at,
        "timed": step.timed,
        "promised": step.promised,
        "attempt": step.attempt,
        "skipped": step.skipped,
        "wanted_on": step.wanted_on,
        "paused_until_on": step.paused_until_on,
    }
