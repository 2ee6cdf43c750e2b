"""Won and lost: the deal is closed and everything that was planned stops, in one transaction."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.services import cards, changes, plans, targets
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.changes import Recorder
from bot.services.errors import Closed, InvalidInput
from bot.services.plans import Next
from bot.services.prospects import VALUE_AT_MOST, kept_text
from bot.services.targets import Held, Target
from bot.storage.engine import Database
from bot.storage.records import Prospect
from bot.storage.tables import ChangeKind
from cadences import engine
from cadences.model import EnrollmentState, Finish, LostReason, Stage

CURRENCY_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Win:
    """A won deal. No amount: the one that was expected; no date: today, the owner's."""

    value_minor: int | None = None
    currency: str | None = None
    on: date | None = None
    note: str = ""
    post_sale: bool = False


def won(db: Database, actor: Actor, target: Target, win: Win, now: datetime) -> Done:
    """Close a deal as won; with ``post_sale`` the check-ins after the sale begin."""
    with changes.writing(db, actor, ChangeKind.WON, now) as recorder:
        held = targets.hold(recorder.tx, actor, target)
        if win.value_minor is not None and not (
            0 <= win.value_minor <= VALUE_AT_MOST and len(win.currency or "") == CURRENCY_LENGTH
        ):
            raise InvalidInput("value", "that amount can't be right", "won acme 12k")
        prospect = _closed(recorder, held, Stage.WON, win.on, win.note)
        if win.value_minor is not None:
            prospect = recorder.update(prospect, value_minor=win.value_minor, currency=win.currency)
        if win.post_sale:
            cadence = plans.cadence_named(plans.POST_SALE)
            plans.enroll(recorder, prospect, cadence)
            plans.plan(recorder, prospect, engine.start(cadence, now, held.owner.calendar).step, cadence)
        change = recorder.close(prospect, value_minor=prospect.value_minor, currency=prospect.currency)
        return Done(change, cards.of(recorder.tx, actor.member, prospect))


def lost(db: Database, actor: Actor, target: Target, reason: LostReason, note: str, now: datetime) -> Done:
    """Close a deal as lost, for a reason."""
    with changes.writing(db, actor, ChangeKind.LOST, now) as recorder:
        held = targets.hold(recorder.tx, actor, target)
        prospect = _closed(recorder, held, Stage.LOST, None, note)
        prospect = recorder.update(prospect, lost_reason=reason)
        change = recorder.close(prospect, reason=reason)
        return Done(change, cards.of(recorder.tx, actor.member, prospect))


def _closed(recorder: Recorder, held: Held, stage: Stage, on: date | None, note: str) -> Prospect:
    """The prospect in its last stage, with nothing planned."""
    today = held.owner.local(recorder.now).date()
    if held.prospect.stage is Stage.WON:
        raise Closed(held.prospect)
    if on is not None and on > today:
        raise InvalidInput("on", "a deal can't be closed in the future")
    nothing = Next(Finish(EnrollmentState.STOPPED, None), None, None)
    plans.apply(recorder, held.prospect, held.step, nothing)
    return recorder.update(
        held.prospect,
        stage=stage,
        stage_since_at=recorder.now,
        parked_until_on=None,
        closed_on=on or today,
        close_note=kept_text(note),
    )
