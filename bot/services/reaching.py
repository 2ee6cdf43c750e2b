"""What becomes of the plan when a prospect can be reached in another way: a detail, or a preference, came or went."""

from bot.services import definitions, plans, targets
from bot.services import facts as known
from bot.services.plans import Ended, Next
from bot.services.recorder import Recorder
from bot.storage import steps
from bot.storage.records import Enrollment, Prospect, StepRow
from bot.storage.tables import StepEnd
from cadences import engine
from cadences.decisions import Advance, Reach
from cadences.model import EnrollmentState
from cadences.reach import EXCHANGED, by_preference


def again(recorder: Recorder, prospect: Prospect, was: Reach) -> Prospect:
    """The plan as it is with what is known now; nothing where that is what was known before."""
    if known.reach_of(prospect) == was:
        return prospect
    prospect = _onward(recorder, prospect, was)
    _as_preferred(recorder, prospect)
    return prospect


def _as_preferred(recorder: Recorder, prospect: Prospect) -> None:
    """The next step by the channel they prefer, at its own moment, where the cadence chose and nobody by hand."""
    step = steps.open_of(recorder.tx, prospect.workspace_id, prospect.id)
    if step is None or step.promised or step.attempt > 1 or step.cadence is None or step.number is None:
        return
    written = definitions.at(recorder.tx, prospect.workspace_id, step.cadence, step.version).steps[step.number - 1]
    channel = by_preference(written.channel, known.reach_of(prospect))
    is_its_own = (step.type, step.purpose) == (written.type, written.purpose)
    if not is_its_own or channel is step.channel or step.channel not in EXCHANGED:
        return
    # The same step: what was pressed for it before still means it.
    recorder.update(step, channel=channel)


def _onward(recorder: Recorder, prospect: Prospect, was: Reach) -> Prospect:
    """Steps that could not be made may be made now, or the other way round."""
    tx = recorder.tx
    latest = steps.latest_of(tx, prospect.workspace_id, prospect.id)
    step = steps.open_of(tx, prospect.workspace_id, prospect.id)
    if latest is None or step is None or step.snoozes or not _may_come_back(latest, step):
        return prospect
    owner = targets.owner_of(tx, prospect)
    cadence = definitions.at(tx, prospect.workspace_id, latest.cadence, latest.version)
    facts = known.of(tx, prospect, latest)
    after_at = max(facts.latest_at or latest.started_at, latest.started_at)
    decision = engine.resume(cadence, latest.done_number, after_at, recorder.now, owner.calendar, facts)
    if not isinstance(decision, Advance):
        if latest.ended_at is None:
            prospect = plans.aside(recorder, prospect, decision)
            plans.apply(recorder, prospect, owner, step, Next(decision, cadence, None, facts), Ended(StepEnd.MOVED))
        return prospect
    planned = decision.step
    counts_back = planned.number is not None and cadence.steps[planned.number - 1].before_renewal
    if planned.number == step.number and not (counts_back and was.renewal_on != prospect.renewal_on):
        return prospect
    if step.paused_until_on is not None:
        planned = engine.out_of_office(planned, step.paused_until_on, owner.calendar, facts).step
    if latest.ended_at is not None:
        recorder.update(latest, state=EnrollmentState.ACTIVE, ended_at=None)
    following = Next(Advance(planned), cadence, latest.done_number, facts)
    plans.apply(recorder, prospect, owner, step, following, Ended(StepEnd.MOVED))
    return prospect


def _may_come_back(latest: Enrollment, step: StepRow) -> bool:
    """A cadence that runs goes on from where it is; one that ended in silence, only where it passed something over."""
    if latest.ended_at is None:
        return step.number is not None
    return latest.state is EnrollmentState.FINISHED_SILENT and bool(step.skipped)
