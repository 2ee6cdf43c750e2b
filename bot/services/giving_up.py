"""Somebody is about to be given up as silent: asked once, with how often silence ended here and what is untried."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from bot.services import cards, changes, plans, targets
from bot.services import facts as known
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.errors import AsksOnceMore, DomainError, Gone
from bot.services.plans import Ended
from bot.services.targets import ByStep, Held, Target
from bot.storage import drafts, silences, timeline
from bot.storage.engine import Database
from bot.storage.records import Prospect
from bot.storage.tables import ChangeKind, StepEnd
from cadences import calendar, giving_up
from cadences.decisions import PlannedStep
from cadences.giving_up import Rate, Silence
from cadences.model import Channel, LostReason, Stage
from cadences.snoozing import Why

KIND = "giving_up"
"""A draft: the step, the months after which to try again and the answer to another question or NOTHING, the note."""
NOTHING = "-"
FIELDS = 4
LOOKED_BACK = 50
"""Touches of one person: far more than it takes to have tried enough."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A loss that waits for its answer."""

    step_id: int
    note: str = ""
    again_in_months: int | None = None
    why: Why | None = None

    @property
    def target(self) -> ByStep:
        """The step it is about; moved since, the question is stale."""
        return ByStep(self.step_id)

    def text(self) -> str:
        """As a draft keeps it."""
        return f"{self.step_id} {self.again_in_months or NOTHING} {self.why or NOTHING} {self.note}"


@dataclass(frozen=True, slots=True)
class GivenUp:
    """One that was given up early, among others."""

    prospect: Prospect
    silence: Silence
    rate: Rate


@dataclass(frozen=True, slots=True)
class Early:
    """Why it is early: what was tried, how often such a silence ended here, and the way that is left."""

    prospect: Prospect
    silence: Silence
    rate: Rate
    channel: Channel
    on: date


@dataclass(eq=False)
class Asked(DomainError):
    """It is early: nothing is changed, and what was wanted is kept."""

    early: Early
    wanted: Wanted


def refuse_early(tx: Connection, held: Held, want: Wanted, now: datetime) -> None:
    """Asked, where they were given up before enough was tried."""
    if held.prospect.stage is not Stage.WON and (found := _early(tx, held, now)) is not None:
        raise Asked(found, want)


def keep(db: Database, actor: Actor, asked: Asked, now: datetime) -> AsksOnceMore:
    """The question, with what was wanted kept for its answer."""
    with db.begin() as tx:
        draft_id = drafts.add(tx, actor.workspace_id, actor.member.id, KIND, asked.wanted.text(), now)
    early = asked.early
    return AsksOnceMore(early.prospect, early.silence, early.rate, early.channel, early.on, draft_id)


def ask_after(db: Database, done: Done) -> GivenUp | None:
    """The same about a loss among several, which was carried out; None where it was not early."""
    change, card = done.change, done.card
    if change.kind is not ChangeKind.LOST or change.facts.get("reason") != LostReason.UNRESPONSIVE or card is None:
        return None
    with db.read() as tx:
        found = _silence(tx, card.prospect)
        return GivenUp(card.prospect, found, _rate(tx, card.prospect, found)) if found.is_early else None


def asked_about(db: Database, actor: Actor, draft_id: int) -> Wanted:
    """What waits for the answer, for who was asked. Gone for anybody else."""
    with db.read() as tx:
        kept = drafts.get(tx, actor.workspace_id, draft_id)
    if kept is None or kept.member_id != actor.member.id or kept.kind != KIND:
        raise Gone
    step_id, again, why, note = (*kept.typed.split(" ", FIELDS - 1), "")[:FIELDS]
    return Wanted(int(step_id), note, None if again == NOTHING else int(again), None if why == NOTHING else Why(why))


def once_more(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    """In place of giving up: the step on the way that nobody tried, on the next working day."""
    with changes.writing(db, actor, ChangeKind.ONE_MORE, now) as recorder:
        held = targets.hold(recorder.tx, actor, target)
        to = _one_more(held, _silence(recorder.tx, held.prospect), now)
        step = plans.move(recorder, held.owner, held.step, to, Ended(StepEnd.MOVED), held.step.snoozes)
        prospect = plans.parked_with(recorder, held.prospect, held.owner, step)
        change = recorder.close(prospect, due_at=step.due_at, channel=step.channel)
        return Done(change, cards.of(recorder.tx, actor.member, prospect))


def _early(tx: Connection, held: Held, now: datetime) -> Early | None:
    found = _silence(tx, held.prospect)
    if not found.is_early:
        return None
    step = _one_more(held, found, now)
    on = calendar.local_date(step.due_at, held.owner.calendar.zone)
    return Early(held.prospect, found, _rate(tx, held.prospect, found), step.channel, on)


def _silence(tx: Connection, prospect: Prospect) -> Silence:
    made = timeline.touches_of(tx, prospect.workspace_id, prospect.id, LOOKED_BACK)
    return giving_up.silence((each.channel, each.via, each.outcome) for each in made)


def _rate(tx: Connection, prospect: Prospect, found: Silence) -> Rate:
    """Of those who were as silent as this one; of who was never touched nothing can be told, so of one touch."""
    return silences.rate(tx, prospect.workspace_id, max(1, found.touches), prospect.id)


def _one_more(held: Held, found: Silence, now: datetime) -> PlannedStep:
    channel = giving_up.untried(found, known.reach_of(held.prospect))
    return giving_up.once_more(held.step.planned, channel, now, held.owner.calendar)
