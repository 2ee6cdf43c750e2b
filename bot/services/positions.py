"""Where a prospect stands on its cadence, moved by hand: skip, jump, restart, and waiting for their own date."""

from datetime import datetime
from enum import StrEnum

from bot.services import cards, changes, definitions, plans, targets
from bot.services import facts as known
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.errors import InvalidInput
from bot.services.notes import kept_text
from bot.services.plans import Ended, Next
from bot.services.recorder import Recorder
from bot.services.targets import Held, Target
from bot.storage import steps
from bot.storage.engine import Database
from bot.storage.records import Enrollment
from bot.storage.tables import ChangeKind, StepEnd
from cadences import engine
from cadences.decisions import Facts
from cadences.model import Cadence
from language import say

EXAMPLES = {
    StepEnd.SKIPPED: "skip acme -- met them at the fair",
    StepEnd.JUMPED: "jump acme 3 -- they asked for it",
    StepEnd.RESTARTED: "restart acme -- new contact person",
}


class Deed(StrEnum):
    """What was done with a position."""

    SKIPPED = "skipped"
    JUMPED = "jumped"
    RESTARTED = "restarted"
    ALIGNED = "aligned"


def skip(db: Database, actor: Actor, target: Target, reason: str, now: datetime) -> Done:
    """Leave the next step out, for a reason; the one after it is counted from now."""
    with changes.writing(db, actor, ChangeKind.SKIPPED, now) as recorder:
        held = targets.hold(recorder.tx, actor, target)
        running, cadence, facts = _place(recorder, held)
        done = held.step.number or running.done_number
        decision = engine.skip(cadence, done or None, now, held.owner.calendar, facts)
        return _moved(recorder, held, Next(decision, cadence, done, facts), Deed.SKIPPED, StepEnd.SKIPPED, reason)


def jump(db: Database, actor: Actor, target: Target, number: int, reason: str, now: datetime) -> Done:
    """Make another step of the cadence the next one, for a reason."""
    with changes.writing(db, actor, ChangeKind.SKIPPED, now) as recorder:
        held = targets.hold(recorder.tx, actor, target)
        _, cadence, facts = _place(recorder, held)
        if not 1 <= number <= len(cadence.steps):
            why = say("{cadence} has steps 1 to {count}", cadence=cadence.key, count=len(cadence.steps))
            raise InvalidInput("step", why, "jump acme 3 -- they asked")
        decision = engine.jump(cadence, number, now, held.owner.calendar, facts)
        return _moved(recorder, held, Next(decision, cadence, number - 1, facts), Deed.JUMPED, StepEnd.JUMPED, reason)


def restart(db: Database, actor: Actor, target: Target, reason: str, now: datetime) -> Done:
    """Begin the cadence again from its first step, for a reason."""
    with changes.writing(db, actor, ChangeKind.SKIPPED, now) as recorder:
        held = targets.hold(recorder.tx, actor, target)
        _, cadence, facts = _place(recorder, held)
        decision = engine.restart(cadence, now, held.owner.calendar, facts)
        following = Next(decision, cadence, 0, facts)
        return _moved(recorder, held, following, Deed.RESTARTED, StepEnd.RESTARTED, reason)


def align(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    """Wait for their own date: nothing before, and the next step two weeks ahead of it."""
    with changes.writing(db, actor, ChangeKind.SKIPPED, now) as recorder:
        held = targets.hold(recorder.tx, actor, target)
        decides_on = held.prospect.close_on
        if decides_on is None or decides_on <= held.owner.local(now).date():
            why = say("{name} has no decision date ahead: add it with Edit", name=held.prospect.name)
            raise InvalidInput("when", why)
        if held.step.promised:
            why = say("the next step is promised for its day, and a promise waits for nothing else")
            raise InvalidInput("when", why)
        running = steps.enrollment_of(recorder.tx, held.prospect.workspace_id, held.prospect.id)
        facts = known.of(recorder.tx, held.prospect, running)
        to = engine.align(held.step.planned, decides_on, now, held.owner.calendar, facts).step
        step = plans.move(recorder, held.owner, held.step, to, Ended(StepEnd.MOVED))
        prospect = plans.parked_with(recorder, held.prospect, held.owner, step)
        change = recorder.close(prospect, deed=Deed.ALIGNED, due_at=step.due_at)
        return Done(change, cards.of(recorder.tx, actor.member, prospect))


def _place(recorder: Recorder, held: Held) -> tuple[Enrollment, Cadence, Facts]:
    running = steps.enrollment_of(recorder.tx, held.prospect.workspace_id, held.prospect.id)
    if running is None:
        why = say("{name} is on no cadence", name=held.prospect.name)
        raise InvalidInput("cadence", why, "cadence start acme nudge")
    cadence = definitions.at(recorder.tx, running.workspace_id, running.cadence, running.version)
    return running, cadence, known.of(recorder.tx, held.prospect, running)


def _moved(recorder: Recorder, held: Held, following: Next, deed: Deed, way: StepEnd, reason: str) -> Done:
    why = kept_text(reason)
    if why is None:
        raise InvalidInput("reason", say("say why in a word or two"), EXAMPLES[way])
    prospect = plans.aside(recorder, held.prospect, following.decision)
    step = plans.apply(recorder, prospect, held.owner, held.step, following, Ended(way, reason=why))
    number = step.number if step else None
    facts = {"deed": deed, "from": held.step.number, "to": number, "why": why}
    change = recorder.close(prospect, **facts)
    return Done(change, cards.of(recorder.tx, recorder.actor.member, prospect))
