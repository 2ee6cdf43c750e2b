"""Snoozing and parking: the same prospect, later. Neither is a touch, so the stalled clock goes on."""

from datetime import date, datetime, time, timedelta

from bot.services import cards, changes, plans, targets
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.errors import InvalidInput
from bot.services.prospects import keep_note
from bot.services.targets import Held, Target
from bot.storage.engine import Database
from bot.storage.tables import ChangeKind
from cadences import calendar, engine
from cadences.model import Finish, Stage

PARKED_DAYS = 90
"""How long a prospect is parked when no date was named."""
AHEAD_AT_MOST = timedelta(days=366 * 3)


def snooze(
    db: Database, actor: Actor, target: Target, on: date, at: time | None, now: datetime, note: str = ""
) -> Done:
    """Move the next step to another date (the owner's); a free day becomes the next workday."""
    with changes.writing(db, actor, ChangeKind.SNOOZED, now) as recorder:
        held = targets.hold(recorder.tx, actor, target)
        _check_ahead(held, on, now)
        to = engine.snooze(held.step.planned, on, at, held.owner.calendar).step
        if to.due_at <= now:
            raise InvalidInput("when", "that moment has passed", "snooze acme tomorrow")
        step = plans.move(recorder, held.step, to, held.step.snoozes + 1)
        prospect = held.prospect
        if prospect.stage is Stage.PARKED:
            until_on = calendar.local_date(step.due_at, held.owner.calendar.zone)
            prospect = recorder.update(prospect, parked_until_on=until_on)
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
        _check_ahead(held, on, now)
        if on == today:
            raise InvalidInput("when", "parking needs a later date", "park acme until march")
        decision: Finish = engine.park(on, held.owner.calendar)
        prospect = recorder.update(
            held.prospect, stage=Stage.PARKED, stage_since_at=now, parked_until_on=decision.park_until_on
        )
        plans.apply(recorder, prospect, held.step, plans.Next(decision, None, None))
        if note:
            keep_note(recorder, prospect, note)
        change = recorder.close(prospect, until_on=decision.park_until_on)
        return Done(change, cards.of(recorder.tx, actor.member, prospect))


def _check_ahead(held: Held, on: date, now: datetime) -> None:
    today = held.owner.local(now).date()
    if on < today:
        raise InvalidInput("when", "that date has passed", "snooze acme fri")
    if on - today > AHEAD_AT_MOST:
        raise InvalidInput("when", "that is more than three years ahead", "park acme until march")
