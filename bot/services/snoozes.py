"""Snoozing and parking: the same prospect, later. Neither is a touch, so the stalled clock goes on."""

from datetime import date, datetime, time, timedelta

from bot.services import cards, changes, plans, targets
from bot.services import facts as known
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.errors import InvalidInput
from bot.services.plans import Ended, Next
from bot.services.prospects import keep_note
from bot.services.targets import Held, Target
from bot.storage.engine import Database
from bot.storage.tables import ChangeKind, StepEnd
from cadences import engine
from cadences.model import Facts, Finish

PARKED_DAYS = 90
"""How long a prospect is parked when no date was named."""
AHEAD_AT_MOST = timedelta(days=366 * 3)


def snooze(
    db: Database, actor: Actor, target: Target, on: date, at: time | None, now: datetime, note: str = ""
) -> Done:
    """Move the next step to another date (the owner's); a free day becomes the next workday."""
    with changes.writing(db, actor, ChangeKind.SNOOZED, now) as recorder:
        held = targets.hold(recorder.tx, actor, target)
        check_ahead(held, on, now)
        to = engine.snooze(held.step.planned, on, at, held.owner.calendar).step
        if to.due_at <= now:
            raise InvalidInput("when", "that moment has passed", "snooze acme tomorrow")
        step = plans.move(recorder, held.owner, held.step, to, Ended(StepEnd.SNOOZED), held.step.snoozes + 1)
        prospect = plans.parked_with(recorder, held.prospect, held.owner, step)
        if note:
            keep_note(recorder, prospect, note)
        change = recorder.close(prospect, due_at=step.due_at)
        return Done(change, cards.of(recorder.tx, actor.member, prospect))


def park(db: Database, actor: Actor, target: Target, until_on: date | None, now: datetime, note: str = "") -> Done:
    """Leave the prospect alone until a date; the cadence ends and a re-engaging email waits there."""
    with changes.writing(db, actor, ChangeKind.PARKED, now) as recorder:
        held = targets.hold(recorder.tx, actor, target)
        today = held.owner.local(now).date()
        on = until_on or today + timedelta(days=PARKED_DAYS)
        check_ahead(held, on, now)
        if on == today:
            raise InvalidInput("when", "parking needs a later date", "park acme until march")
        decision: Finish = engine.park(on, held.owner.calendar, facts=Facts(known.reach_of(held.prospect)))
        prospect = plans.set_aside(recorder, held.prospect, decision.park_until_on)
        plans.apply(recorder, prospect, held.owner, held.step, Next(decision, None), Ended(StepEnd.PAUSED))
        if note:
            keep_note(recorder, prospect, note)
        change = recorder.close(prospect, until_on=decision.park_until_on)
        return Done(change, cards.of(recorder.tx, actor.member, prospect))


def check_ahead(held: Held, on: date, now: datetime) -> None:
    """InvalidInput for a date that has passed, or that nobody means."""
    today = held.owner.local(now).date()
    if on < today:
        raise InvalidInput("when", "that date has passed", "snooze acme fri")
    if on - today > AHEAD_AT_MOST:
        raise InvalidInput("when", "that is more than three years ahead", "park acme until march")
