"""Applies what the engine decides: closes the step that was next, plans the one that is, moves the cadence."""

from dataclasses import dataclass
from datetime import datetime

from bot.services.changes import Recorder
from bot.storage import steps
from bot.storage.records import Enrollment, Member, Prospect, StepRow
from cadences import engine, library
from cadences.model import (
    Advance,
    Cadence,
    Decision,
    EnrollmentState,
    Finish,
    Outcome,
    PlannedStep,
    Stage,
)

FIRST_CADENCE = "post-meeting"
"""A prospect added without a date was just met: a thank-you within 24 hours, a week, a month."""
AFTER_PROMISE = "nudge"
"""What follows a promised step, or an answer, when nobody replies: 3, 7 and 14 days."""
POST_SALE = "post-sale"


@dataclass(frozen=True, slots=True)
class Next:
    """A decision with the cadence it comes from, and where the enrollment stands after it."""

    decision: Decision
    cadence: Cadence | None
    done_number: int | None
    """The last step done; None: as far as it was."""


def cadence_named(key: str) -> Cadence:
    """A cadence of the library; one that is gone from it falls back to the plainest, so that nobody is forgotten."""
    return library.get(key) or library.get(AFTER_PROMISE) or library.all()[0]


def begin(
    recorder: Recorder, prospect: Prospect, owner: Member, promised: PlannedStep | None
) -> tuple[Enrollment, StepRow]:
    """Put a new prospect on a cadence; a promised step goes before its first one."""
    cadence = cadence_named(AFTER_PROMISE if promised else FIRST_CADENCE)
    step = promised or engine.start(cadence, recorder.now, owner.calendar).step
    return enroll(recorder, prospect, cadence), plan(recorder, prospect, step, cadence)


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
    recorder: Recorder, prospect: Prospect, step: PlannedStep, cadence: Cadence | None, snoozes: int = 0
) -> StepRow:
    """Write the one next step down."""
    return recorder.insert(
        StepRow,
        prospect_id=prospect.id,
        owner_id=prospect.owner_id,
        cadence=cadence and cadence.key,
        number=step.number,
        of=len(cadence.steps) if cadence and step.number else None,
        channel=step.channel,
        type=step.type,
        purpose=step.purpose,
        due_at=step.due_at,
        timed=step.timed,
        promised=step.promised,
        snoozes=snoozes,
    )


def after_touch(
    recorder: Recorder,
    owner: Member,
    step: StepRow,
    outcome: Outcome,
    happened_at: datetime,
    last_touch_at: datetime | None,
    stage: Stage,
) -> Next:
    """What the engine says follows this touch."""
    running = steps.enrollment_of(recorder.tx, step.workspace_id, step.prospect_id)
    if running is None and step.cadence is None:
        return _without_cadence(recorder, owner, outcome, happened_at, stage)
    cadence = cadence_named(running.cadence if running else step.cadence or AFTER_PROMISE)
    # Without a running enrollment this touch came after the cadence's end: it nurtures, or asks once more.
    done = (step.number or running.done_number) if running else len(cadence.steps) + 1
    decision = engine.after_touch(
        cadence,
        done or None,
        outcome,
        happened_at,
        recorder.now,
        owner.calendar,
        last_touch_at=last_touch_at,
        stage=stage,
    )
    return Next(decision, cadence, done)


def _without_cadence(recorder: Recorder, owner: Member, outcome: Outcome, happened_at: datetime, stage: Stage) -> Next:
    decision: Decision | None = engine.touch_without_cadence(
        outcome, happened_at, recorder.now, owner.calendar, stage=stage
    )
    if decision is not None:
        return Next(decision, None, 0)
    cadence = cadence_named(AFTER_PROMISE)
    start = engine.after_touch(cadence, None, outcome, happened_at, recorder.now, owner.calendar)
    return Next(start, cadence, 0)


def apply(recorder: Recorder, prospect: Prospect, step: StepRow, following: Next) -> StepRow | None:
    """Carry a decision out: the old step is closed, the new one is open, the enrollment moved or ended."""
    recorder.update(step, closed_at=recorder.now)
    running = steps.enrollment_of(recorder.tx, prospect.workspace_id, prospect.id)
    decision, cadence = following.decision, following.cadence
    if isinstance(decision, Finish):
        finish(recorder, prospect, decision.state, following.done_number)
        # Only a cadence that ended in silence goes on nurturing; after an answer the next one begins anew.
        kept = cadence if decision.state is EnrollmentState.FINISHED_SILENT else None
        return plan(recorder, prospect, decision.step, kept) if decision.step else None
    if running is not None:
        recorder.update(running, done_number=following.done_number or running.done_number)
    elif cadence is not None and isinstance(decision, Advance) and decision.step.number is not None:
        enroll(recorder, prospect, cadence)
    return plan(recorder, prospect, decision.step, cadence)


def finish(recorder: Recorder, prospect: Prospect, state: EnrollmentState, done_number: int | None = None) -> None:
    """End the running enrollment, if there is one."""
    running = steps.enrollment_of(recorder.tx, prospect.workspace_id, prospect.id)
    if running is None:
        return
    done = running.done_number if done_number is None else done_number
    recorder.update(running, state=state, ended_at=recorder.now, done_number=done)


def move(recorder: Recorder, step: StepRow, to: PlannedStep, snoozes: int = 0) -> StepRow:
    """The same position, another moment or channel: a new row, so that buttons of the old one know they are stale."""
    recorder.update(step, closed_at=recorder.now)
    return recorder.insert(
        StepRow,
        prospect_id=step.prospect_id,
        owner_id=step.owner_id,
        cadence=step.cadence,
        number=step.number,
        of=step.of,
        channel=to.channel,
        type=to.type,
        purpose=to.purpose,
        due_at=to.due_at,
        timed=to.timed,
        promised=to.promised,
        snoozes=snoozes,
    )
