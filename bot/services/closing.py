"""Won and lost: the deal is closed and everything that was planned stops, in one transaction."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.services import cards, changes, definitions, giving_up, plans, targets
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.details import VALUE_AT_MOST, kept_amount
from bot.services.errors import Closed, DoNotContact, InvalidInput
from bot.services.giving_up import Wanted
from bot.services.notes import keep_note, kept_text
from bot.services.plans import Ended, Next
from bot.services.recorder import Recorder
from bot.services.targets import ByProspect, Held, Target
from bot.storage.engine import Database
from bot.storage.records import Prospect
from bot.storage.tables import ChangeKind, StepEnd
from cadences import engine
from cadences.decisions import Advance, Finish
from cadences.model import EnrollmentState, LostReason, Stage
from cadences.snoozing import Why
from cadences.words import named
from language import say

CURRENCY_LENGTH = 3
TRY_AGAIN_MONTHS = (3, 6)


@dataclass(frozen=True, slots=True)
class Win:
    """A won deal. No amount: the one that was expected; no date: today, the owner's."""

    value_minor: int | None = None
    currency: str | None = None
    on: date | None = None
    note: str = ""
    post_sale: bool = False
    currency_assumed: bool = False
    """Nobody named the currency: the one that the deal has already is meant."""


def won(db: Database, actor: Actor, target: Target, win: Win, now: datetime) -> Done:
    """Close a deal as won; with ``post_sale`` the check-ins after the sale begin."""
    with changes.writing(db, actor, ChangeKind.WON, now) as recorder:
        held = targets.hold(recorder.tx, actor, target)
        if win.value_minor is not None and not (
            0 <= win.value_minor <= VALUE_AT_MOST and len(win.currency or "") == CURRENCY_LENGTH
        ):
            raise InvalidInput("value", say("that amount can't be right"), "won acme 12k")
        # A lost deal that was tried again may be won after all.
        prospect = recorder.update(_closed(recorder, held, Stage.WON, win.on, win.note), lost_reason=None)
        if win.value_minor is not None:
            value_minor, currency = win.value_minor, win.currency
            if win.currency_assumed:
                value_minor, currency = kept_amount(value_minor, currency, prospect)
            prospect = recorder.update(prospect, value_minor=value_minor, currency=currency)
        if win.post_sale:
            after = definitions.standard(recorder.tx, prospect.workspace_id, plans.POST_SALE)
            plans.apply(
                recorder,
                prospect,
                held.owner,
                None,
                plans.switched(recorder, prospect, held.owner, None, after),
                plans.CLOSED,
            )
        change = recorder.close(prospect, value_minor=prospect.value_minor, currency=prospect.currency)
        return Done(change, cards.of(recorder.tx, actor.member, prospect))


def lost(
    db: Database,
    actor: Actor,
    target: Target,
    reason: LostReason,
    note: str,
    now: datetime,
    *,
    again_in_months: int | None = None,
    why: Why | None = None,
    asks: bool = True,
) -> Done:
    """Close a deal as lost, for a reason; ``again_in_months`` brings it back then, to be tried once more.

    ``why`` is what was answered when it was put off once more. AsksOnceMore for a silence that is young, unless
    ``asks`` is false, as where it was asked before.
    """
    try:
        with changes.writing(db, actor, ChangeKind.LOST, now) as recorder:
            held = targets.hold(recorder.tx, actor, target)
            if asks and reason is LostReason.UNRESPONSIVE:
                wanted = Wanted(held.step.id, kept_text(note) or "", again_in_months, why)
                giving_up.refuse_early(recorder.tx, held, wanted, now)
            prospect = close_as_lost(recorder, held, reason, note)
            if again_in_months is not None:
                _try_again(recorder, held, prospect, again_in_months)
            change = recorder.close(prospect, reason=reason, again_in_months=again_in_months, why=why)
            return Done(change, cards.of(recorder.tx, actor.member, prospect))
    except giving_up.Asked as asked:
        raise giving_up.keep(db, actor, asked, now) from None


def close_as_lost(recorder: Recorder, held: Held, reason: LostReason, note: str) -> Prospect:
    """The deal lost, inside a change that may hold others too."""
    return recorder.update(_closed(recorder, held, Stage.LOST, None, note), lost_reason=reason)


def stop_planning(recorder: Recorder, held: Held) -> None:
    """Nothing is next any more; the deal itself stays as it is."""
    nothing = Next(Finish(EnrollmentState.STOPPED, None), None)
    plans.apply(recorder, held.prospect, held.owner, held.step, nothing, plans.CLOSED)


def reopen(db: Database, actor: Actor, target: ByProspect, now: datetime, note: str = "") -> Done:
    """A closed deal is open again, and somebody follows up."""
    with changes.writing(db, actor, ChangeKind.REOPENED, now) as recorder:
        prospect, step = targets.hold_fresh(recorder.tx, actor, target)
        if prospect.do_not_contact_at is not None:
            raise DoNotContact(prospect)
        if prospect.stage not in {Stage.WON, Stage.LOST}:
            stage = named(prospect.stage)
            why = say("{name} is {stage}: there is nothing to reopen", name=prospect.name, stage=stage)
            raise InvalidInput("who", why)
        owner = targets.owner_of(recorder.tx, prospect)
        prospect = recorder.update(
            prospect, stage=Stage.WORKING, stage_since_at=now, lost_reason=None, closed_on=None, close_note=None
        )
        cadence = definitions.standard(recorder.tx, prospect.workspace_id, plans.AFTER_PROMISE)
        following = plans.switched(recorder, prospect, owner, None, cadence)
        plans.apply(recorder, prospect, owner, step, following, Ended(StepEnd.SWITCHED))
        if note:
            keep_note(recorder, prospect, note)
        return Done(recorder.close(prospect), cards.of(recorder.tx, actor.member, prospect))


def _try_again(recorder: Recorder, held: Held, prospect: Prospect, months: int) -> None:
    """The deal stays lost, and the re-engagement begins in so many months."""
    if months not in TRY_AGAIN_MONTHS:
        first, second = TRY_AGAIN_MONTHS
        raise InvalidInput("again", say("choose {first} or {second} months", first=first, second=second))
    cadence = definitions.standard(recorder.tx, prospect.workspace_id, plans.TRY_AGAIN)
    wanted_on = months_after(held.owner.local(recorder.now).date(), months)
    following = plans.switched(recorder, prospect, held.owner, None, cadence)
    if following.decision.step is None:
        return
    begins = engine.snooze(following.decision.step, wanted_on, None, held.owner.calendar).step
    plans.apply(recorder, prospect, held.owner, None, replace(following, decision=Advance(begins)), plans.CLOSED)


def months_after(on: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(on.month - 1 + months, 12)
    first = date(on.year + year, month + 1, 1)
    return first.replace(day=min(on.day, monthrange(first.year, first.month)[1]))


def _closed(recorder: Recorder, held: Held, stage: Stage, on: date | None, note: str) -> Prospect:
    """The prospect in its last stage, with nothing planned."""
    today = held.owner.local(recorder.now).date()
    if held.prospect.stage is Stage.WON:
        raise Closed(held.prospect)
    if on is not None and on > today:
        raise InvalidInput("on", say("a deal can't be closed in the future"))
    stop_planning(recorder, held)
    return recorder.update(
        held.prospect,
        stage=stage,
        stage_since_at=recorder.now,
        parked_until_on=None,
        closed_on=on or today,
        close_note=kept_text(note),
    )
