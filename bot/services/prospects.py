"""Adding, editing and showing prospects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from bot.services import cards, changes, handover, hints, plans, questions, reaching, suggestions, targets, twins
from bot.services import facts as known
from bot.services.actor import Actor
from bot.services.cards import Card, Done, Timeline
from bot.services.corrections import Said
from bot.services.details import Details, check, columns, in_kept_currency
from bot.services.errors import DomainError, DoNotContact, Gone, InvalidInput, LikelyDouble, NotYours
from bot.services.notes import keep_note
from bot.services.plans import Ended
from bot.services.promises import Wish, promise
from bot.services.questions import ADD_DRAFT, FORM_DRAFT, WANTED, Wanted
from bot.services.recorder import Recorder
from bot.services.targets import ByProspect, Target
from bot.storage import prospects
from bot.storage.engine import Database
from bot.storage.records import Member, Prospect
from bot.storage.tables import ChangeKind, StepEnd
from cadences.model import Stage
from language import say

ADDED_BY = "added"


def add(
    db: Database,
    actor: Actor,
    details: Details,
    now: datetime,
    *,
    wish: Wish | None = None,
    note: str = "",
    typed: str | None = None,
    ask: bool = False,
    said: Sequence[Said] = (),
) -> Done:
    """Keep a prospect and plan its first step.

    ``typed`` is the line it came from: with it, or with ``ask``, a likely double raises LikelyDouble, and what was
    wanted waits in a draft. ``said`` are those of its texts that a correction may teach something about.
    """
    check(details)
    try:
        with changes.writing(db, actor, ChangeKind.ADDED, now) as recorder:
            if ask or typed is not None:
                _refuse_suppressed(recorder, details)  # before it is asked whether they shall be added anyway
                _refuse_double(recorder, details)
            return _added(recorder, details, wish, note, said)
    except _Double as double:
        kind = FORM_DRAFT if typed is None else ADD_DRAFT
        kept = WANTED.dump_json(Wanted(details, wish, note)).decode() if typed is None else typed
        raise LikelyDouble(double.twin, double.owner, questions.draft(db, actor, kept, now, kind)) from None


def edit(
    db: Database, actor: Actor, target: Target, details: Details, wish: Wish | None, now: datetime, *, to_id: str = ""
) -> Done:
    """Give a prospect other details, and another next step where ``wish`` names one. The stalled clock goes on.

    ``to_id``: whose it is from now on, where that changes too; who did not do it herself is told of that.
    """
    check(details)
    with changes.writing(db, actor, _kind(to_id), now) as recorder:
        prospect = targets.hold_prospect(recorder.tx, actor, target)
        return _edited(recorder, prospect, in_kept_currency(details, prospect), wish, to_id)


def amend(
    db: Database,
    actor: Actor,
    target: Target,
    said: Mapping[str, object],
    now: datetime,
    *,
    wish: Wish | None = None,
    note: str = "",
    to_id: str = "",
) -> Done:
    """The same for some of the details, by name; the others stay as they are."""
    with changes.writing(db, actor, _kind(to_id), now) as recorder:
        prospect = targets.hold_prospect(recorder.tx, actor, target)
        if "stage" in said and not prospect.stage.is_open:
            raise InvalidInput("stage", say("a closed deal is reopened first"), "reopen acme")
        details = in_kept_currency(Details(**(_details_of(prospect) | dict(said))), prospect)
        check(details)
        if note:
            keep_note(recorder, prospect, note)
        return _edited(recorder, prospect, details, wish, to_id)


def _kind(to_id: str) -> ChangeKind:
    """Where it is edited and handed over at once, the second says more: a row of it is done."""
    return ChangeKind.HANDED_OVER if to_id else ChangeKind.EDITED


def _edited(recorder: Recorder, prospect: Prospect, details: Details, wish: Wish | None, to_id: str) -> Done:
    actor, now = recorder.actor, recorder.now
    values = columns(details)
    if not prospect.stage.is_open:
        values["stage"] = prospect.stage
    elif values["stage"] != prospect.stage:
        values["stage_since_at"] = now
    reached = known.reach_of(prospect)
    _refuse_detour(recorder, prospect, details)
    prospect = recorder.update(prospect, **values)
    if wish is not None:
        _replan(recorder, actor, prospect, wish, now)
    else:
        prospect = reaching.again(recorder, prospect, reached)
    if to_id:
        return _given(recorder, prospect, to_id)
    change = recorder.close(prospect)
    return Done(change, cards.of(recorder.tx, actor.member, prospect))


def _given(recorder: Recorder, prospect: Prospect, to_id: str) -> Done:
    """Handed over last: until then it is its owner's. InvalidInput at the owner for who may only ask for it."""
    try:
        return handover.give(recorder, prospect, to_id, edited=True if recorder.images else None)
    except NotYours as refused:
        why = say("only {owner} or a manager hands this over: ask {owner}", owner=refused.owner.name)
        raise InvalidInput("owner", why) from None


def _details_of(prospect: Prospect) -> dict[str, Any]:
    """What is kept, as it was given; a deal that isn't being worked keeps its stage whatever is said here."""
    kept = {each.name: getattr(prospect, each.name) for each in fields(Details) if each.name != "currency_assumed"}
    return kept if prospect.stage.is_open else kept | {"stage": Stage.NEW}


def show(db: Database, actor: Actor, prospect_id: int, length: int = cards.TIMELINE_LENGTH) -> Timeline:
    """The card with what happened lately."""
    with db.read() as tx:
        prospect = prospects.standing(tx, actor.workspace_id, prospect_id)
        if prospect is None:
            raise Gone
        return cards.timeline_of(tx, actor.member, prospect, length)


def card(db: Database, actor: Actor, target: Target) -> Card:
    """The card a form is opened from. Gone, MovedOn, Closed or NotYours as in :func:`bot.services.targets.hold`."""
    with db.read() as tx:
        held = targets.hold(tx, actor, target)
        return cards.of(tx, actor.member, held.prospect)


def card_to_edit(db: Database, actor: Actor, prospect_id: int) -> Card:
    """The card for the edit form, whatever is next; a closed deal can be edited too."""
    with db.read() as tx:
        return cards.of(tx, actor.member, targets.hold_prospect(tx, actor, ByProspect(prospect_id)))


@dataclass(eq=False)
class _Double(DomainError):
    """Ends the transaction before anything was written; the typed line is then kept in one of its own."""

    twin: Prospect
    owner: Member


def _refuse_double(recorder: Recorder, details: Details) -> None:
    """Inside the transaction that adds: of two people adding the same person at once, one is asked."""
    kept = columns(details)
    twin = twins.twin_of(
        recorder.tx,
        recorder.actor.workspace_id,
        kept["email"],
        kept["phone"],
        kept["name_key"],
        kept["company_key"],
    )
    if twin is not None:
        raise _Double(twin, targets.owner_of(recorder.tx, twin))


def insert(recorder: Recorder, owner: Member, details: Details) -> Prospect:
    """A new prospect's row, inside a transaction that plans its first step too. DoNotContact for whom nobody may."""
    _refuse_suppressed(recorder, details)
    now = recorder.now
    return recorder.insert(
        Prospect,
        owner_id=owner.id,
        **columns(details),
        stage_since_at=now,
        active_at=now,
        active_kind=ADDED_BY,
        active_by=owner.id,
        created_at=now,
    )


def _refuse_suppressed(recorder: Recorder, details: Details) -> None:
    """Who asked us to stop is not added again under the same address, however it is typed."""
    kept = columns(details)
    refused = prospects.suppressed(recorder.tx, recorder.actor.workspace_id, kept["email"], kept["phone"])
    if refused is not None:
        raise DoNotContact(refused)


def _refuse_detour(recorder: Recorder, prospect: Prospect, details: Details) -> None:
    """Neither is another given their address, nor does who asked us to stop lose it: either would let them be added."""
    kept = columns(details)
    if (kept["email"], kept["phone"]) == (prospect.email, prospect.phone):
        return
    if prospect.do_not_contact_at is not None:
        raise DoNotContact(prospect)
    _refuse_suppressed(recorder, details)


def _added(recorder: Recorder, details: Details, wish: Wish | None, note: str, said: Sequence[Said]) -> Done:
    owner, now = recorder.actor.member, recorder.now
    prospect = insert(recorder, owner, details)
    if note:
        keep_note(recorder, prospect, note)
    preferred = details.preferred_channel
    promised = promise(wish, owner, now, email=details.email, preferred=preferred) if wish else None
    enrollment, step = plans.begin(recorder, prospect, owner, promised)
    suggested = suggestions.for_prospect(recorder.tx, prospect)
    hinted = hints.of(recorder.tx, prospect, step, owner, owner.local(step.due_at).date())
    card = Card(prospect, owner, owner, step, enrollment, last_touch=None, hints=hinted, suggested=suggested)
    return Done(recorder.close(prospect, said=tuple(said) or None), card)


def _replan(recorder: Recorder, actor: Actor, prospect: Prospect, wish: Wish, now: datetime) -> None:
    held = targets.hold(recorder.tx, actor, ByProspect(prospect.id))
    step = promise(wish, held.owner, now, email=prospect.email, preferred=prospect.preferred_channel)
    if held.step.due_at == step.due_at and held.step.channel == step.channel:
        return
    moved = plans.move(recorder, held.owner, held.step, step, Ended(StepEnd.MOVED))
    plans.parked_with(recorder, prospect, held.owner, moved)
