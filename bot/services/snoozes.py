"""Snoozing and parking: the same prospect, later. Neither is a touch, so the stalled clock goes on.

The third snooze of a step in a row is not carried out before somebody said why; the answer decides what becomes of it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from bot.services import cards, changes, plans, targets
from bot.services import facts as known
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.errors import AsksWhy, DomainError, Gone, InvalidInput
from bot.services.notes import keep_note
from bot.services.plans import Ended, Next
from bot.services.recorder import Recorder
from bot.services.targets import ByStep, Held, Target
from bot.storage import drafts
from bot.storage.engine import Database
from bot.storage.records import StepRow
from bot.storage.tables import ChangeKind, StepEnd
from cadences import engine, snoozing
from cadences.decisions import Facts, Finish, PlannedStep
from cadences.snoozing import Why
from language import say

PARKED_DAYS = 90
"""How long a prospect is parked when no date was named."""
AHEAD_AT_MOST = timedelta(days=366 * 3)
KIND = "snooze"
"""A draft: the step, the date, the clock time or NO_TIME, then the note."""
NO_TIME = "-"
FIELDS = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """A snooze that waits for its reason."""

    step_id: int
    on: date
    at: time | None = None
    note: str = ""

    @property
    def target(self) -> ByStep:
        """The step it is about; moved since, the question is stale."""
        return ByStep(self.step_id)

    def text(self) -> str:
        """As a draft keeps it."""
        return " ".join(
            [str(self.step_id), self.on.isoformat(), self.at.isoformat() if self.at else NO_TIME, self.note]
        )


@dataclass(eq=False)
class _Serial(DomainError):
    held: Held
    wanted: Wanted


def snooze(
    db: Database,
    actor: Actor,
    target: Target,
    on: date,
    at: time | None,
    now: datetime,
    note: str = "",
    why: Why | None = None,
    *,
    asks: bool = True,
) -> Done:
    """Move the next step to another date (the owner's); a free day becomes the next workday.

    AsksWhy for one in a row too many without ``why``, unless ``asks`` is false, as where several are put off together.
    """
    try:
        with changes.writing(db, actor, ChangeKind.SNOOZED, now) as recorder:
            held = targets.hold(recorder.tx, actor, target)
            check_ahead(held, on, now)
            if asks and why is None:
                _ask_of_a_serial_one(held, Wanted(held.step.id, on, at, note))
            to = _moved(held, why, on, at, now)
            if to.due_at <= now:
                raise InvalidInput("when", say("that moment has passed"), "snooze acme tomorrow")
            step = _put_off(recorder, held, to, why)
            prospect = plans.parked_with(recorder, held.prospect, held.owner, step)
            if note:
                keep_note(recorder, prospect, note)
            change = recorder.close(prospect, due_at=step.due_at, why=why, channel=step.channel if why else None)
            return Done(change, cards.of(recorder.tx, actor.member, prospect))
    except _Serial as serial:
        with db.begin() as tx:
            draft_id = wanted(tx, actor, serial.wanted, now)
        raise AsksWhy(serial.held.prospect, serial.held.step.snoozes + 1, on, draft_id, at) from None


def wanted(tx: Connection, actor: Actor, want: Wanted, now: datetime) -> int:
    """Keep a snooze while it is asked why; the number of the draft."""
    return drafts.add(tx, actor.workspace_id, actor.member.id, KIND, want.text(), now)


def keep(db: Database, actor: Actor, want: Wanted, now: datetime) -> int:
    """The same, in a transaction of its own."""
    with db.begin() as tx:
        return wanted(tx, actor, want, now)


def ask_after(db: Database, actor: Actor, done: Done, now: datetime) -> AsksWhy | None:
    """The question that follows a snooze among several, which was carried out; None where none is due."""
    card = done.card
    if done.change.kind is not ChangeKind.SNOOZED or done.change.facts.get("why") or card is None or card.step is None:
        return None
    if not snoozing.is_serial(card.step.snoozes):
        return None
    on = card.owner.local(card.step.due_at).date()
    with db.begin() as tx:
        draft_id = wanted(tx, actor, Wanted(card.step.id, on), now)
    return AsksWhy(card.prospect, card.step.snoozes, on, draft_id)


def asked_about(db: Database, actor: Actor, draft_id: int) -> Wanted:
    """The snooze that waits for its reason, for who was asked. Gone for anybody else."""
    with db.read() as tx:
        kept = drafts.get(tx, actor.workspace_id, draft_id)
    if kept is None or kept.member_id != actor.member.id or kept.kind != KIND:
        raise Gone
    step_id, on, at, note = (*kept.typed.split(" ", FIELDS - 1), "")[:FIELDS]
    return Wanted(int(step_id), date.fromisoformat(on), None if at == NO_TIME else time.fromisoformat(at), note)


def park(
    db: Database,
    actor: Actor,
    target: Target,
    until_on: date | None,
    now: datetime,
    note: str = "",
    why: Why | None = None,
) -> Done:
    """Leave the prospect alone until a date; the cadence ends and a re-engaging email waits there."""
    with changes.writing(db, actor, ChangeKind.PARKED, now) as recorder:
        held = targets.hold(recorder.tx, actor, target)
        today = held.owner.local(now).date()
        on = until_on or today + timedelta(days=PARKED_DAYS)
        check_ahead(held, on, now)
        if on == today:
            raise InvalidInput("when", say("parking needs a later date"), "park acme until march")
        decision: Finish = engine.park(on, held.owner.calendar, facts=Facts(known.reach_of(held.prospect)))
        prospect = plans.set_aside(recorder, held.prospect, decision.park_until_on)
        plans.apply(recorder, prospect, held.owner, held.step, Next(decision, None), Ended(StepEnd.PAUSED))
        if note:
            keep_note(recorder, prospect, note)
        change = recorder.close(prospect, until_on=decision.park_until_on, why=why)
        return Done(change, cards.of(recorder.tx, actor.member, prospect))


def check_ahead(held: Held, on: date, now: datetime) -> None:
    """InvalidInput for a date that has passed, or that nobody means."""
    today = held.owner.local(now).date()
    if on < today:
        raise InvalidInput("when", say("that date has passed"), "snooze acme fri")
    if on - today > AHEAD_AT_MOST:
        raise InvalidInput("when", say("that is more than three years ahead"), "park acme until march")


def _ask_of_a_serial_one(held: Held, want: Wanted) -> None:
    if snoozing.is_serial(held.step.snoozes + 1):
        raise _Serial(held, want)


def _moved(held: Held, why: Why | None, on: date, at: time | None, now: datetime) -> PlannedStep:
    """The step where it is wanted, or as the answer makes it."""
    step, cal = held.step.planned, held.owner.calendar
    if why is None:
        return engine.snooze(step, on, at, cal).step
    if why is Why.DEAD:
        raise InvalidInput("why", say("what is dead is lost, or parked, and not snoozed"), "lost acme unresponsive")
    return snoozing.put_off(step, why, on, at, now, cal, known.reach_of(held.prospect))


def _put_off(recorder: Recorder, held: Held, to: PlannedStep, why: Why | None) -> StepRow:
    """Waiting for them is no putting off; the same date again, once it was said why, is not one more."""
    count = held.step.snoozes + (why is None or to.due_at != held.step.due_at)
    if why is Why.WAITING:
        count = 0
    reason = why if why is Why.WAITING else None
    return plans.move(recorder, held.owner, held.step, to, Ended(StepEnd.SNOOZED), count, reason)
