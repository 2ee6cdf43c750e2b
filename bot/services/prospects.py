"""Adding, editing and showing prospects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any
from zoneinfo import available_timezones

from pydantic import TypeAdapter

from bot.services import cards, changes, handover, hints, plans, reaching, suggestions, targets, twins
from bot.services import facts as known
from bot.services.actor import Actor
from bot.services.cards import Card, Done, Timeline
from bot.services.corrections import Said
from bot.services.errors import DomainError, DoNotContact, Gone, InvalidInput, LikelyDouble, NotYours
from bot.services.names import key_of
from bot.services.plans import Ended
from bot.services.recorder import Recorder
from bot.services.targets import ByProspect, Target
from bot.storage import drafts, prospects
from bot.storage.engine import Database
from bot.storage.records import Member, Note, Prospect
from bot.storage.tables import ChangeKind, StepEnd
from cadences import calendar
from cadences.model import (
    OPEN_STAGES,
    Channel,
    FollowUpType,
    PlannedStep,
    Purpose,
    Stage,
    Temperature,
)
from language import say
from language.amounts import number

NAME_LENGTH = 200
NOTE_LENGTH = 10_000
LENGTHS = dict.fromkeys(("name", "company", "role", "source", "industry"), NAME_LENGTH)
LENGTHS |= {"email": 320, "phone": 40, "currency": 3, "profile_url": 500}
JOINERS = "\u200c\u200d"
"""They hold emoji and Persian words together and are no control characters, whatever Unicode calls them."""
VALUE_AT_MOST = 10**15
"""In minor units: ten trillion dollars; a longer number is a slip of the finger."""
ZONES = available_timezones()
ADDED_BY = "added"
ADD_DRAFT = "add"
FORM_DRAFT = "form"

PURPOSE_OF = {
    Channel.EMAIL: Purpose.SHARE_VALUE,
    Channel.LINKEDIN: Purpose.SHARE_VALUE,
    Channel.SMS: Purpose.PROPOSE_MEETING,
    Channel.CALL: Purpose.PROPOSE_MEETING,
    Channel.MEETING: Purpose.PROPOSE_MEETING,
    Channel.VIDEO: Purpose.SHARE_VALUE,
    Channel.LETTER: Purpose.THANK,
    Channel.OTHER: Purpose.SHARE_VALUE,
}
"""What a step that somebody planned by hand is for, unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A next step somebody named: a local date, maybe a clock time, maybe a channel."""

    on: date
    at: time | None = None
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What is kept about a prospect; everything but the name may be missing."""

    name: str
    company: str | None = None
    role: str | None = None
    email: str | None = None
    phone: str | None = None
    value_minor: int | None = None
    currency: str | None = None
    stage: Stage = Stage.NEW
    source: str | None = None
    close_on: date | None = None
    zone: str | None = None
    industry: str | None = None
    renewal_on: date | None = None
    temperature: Temperature | None = None
    """As somebody sees it; None: as the score tells."""
    preferred_channel: Channel | None = None
    best_time: time | None = None
    """On their wall clock."""
    profile_url: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody to be added, as a form said it; kept while a question about it is open."""

    details: Details
    wish: Wish | None = None
    note: str = ""


WANTED: TypeAdapter[Wanted] = TypeAdapter(Wanted)


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
        raise LikelyDouble(double.twin, double.owner, draft(db, actor, kept, now, kind)) from None


def edit(
    db: Database, actor: Actor, target: Target, details: Details, wish: Wish | None, now: datetime, *, to_id: str = ""
) -> Done:
    """Give a prospect other details, and another next step where ``wish`` names one. The stalled clock goes on.

    ``to_id``: whose it is from now on, where that changes too; who did not do it herself is told of that.
    """
    check(details)
    with changes.writing(db, actor, _kind(to_id), now) as recorder:
        prospect = targets.hold_prospect(recorder.tx, actor, target)
        return _edited(recorder, prospect, details, wish, to_id)


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
        details = Details(**(_details_of(prospect) | dict(said)))
        check(details)
        if note:
            keep_note(recorder, prospect, note)
        return _edited(recorder, prospect, details, wish, to_id)


def _kind(to_id: str) -> ChangeKind:
    """Where it is edited and handed over at once, the second says more: a row of it is done."""
    return ChangeKind.HANDED_OVER if to_id else ChangeKind.EDITED


def _edited(recorder: Recorder, prospect: Prospect, details: Details, wish: Wish | None, to_id: str) -> Done:
    actor, now = recorder.actor, recorder.now
    values = _columns(details)
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
    kept = {each.name: getattr(prospect, each.name) for each in fields(Details)}
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


def draft(db: Database, actor: Actor, typed: str, now: datetime, kind: str = ADD_DRAFT) -> int:
    """Keep a typed line, or a form, while a question about it is open; its number."""
    with db.begin() as tx:
        return drafts.add(tx, actor.workspace_id, actor.member.id, kind, typed.replace("\0", ""), now)


def wanted(db: Database, actor: Actor, draft_id: int) -> Wanted | None:
    """What a form said that waits in a draft, for the member who sent it; None where a line was typed."""
    with db.read() as tx:
        kept = drafts.get(tx, actor.workspace_id, draft_id)
    if kept is None or kept.member_id != actor.member.id:
        raise Gone
    return WANTED.validate_json(kept.typed) if kept.kind == FORM_DRAFT else None


def drafted(db: Database, actor: Actor, draft_id: int) -> tuple[str, datetime]:
    """The line that was typed and when, for the member who typed it. Gone for anybody else."""
    with db.read() as tx:
        kept = drafts.get(tx, actor.workspace_id, draft_id)
    if kept is None or kept.member_id != actor.member.id:
        raise Gone
    return kept.typed, kept.created_at


def promise(
    wish: Wish,
    owner: Member,
    now: datetime,
    *,
    email: str | None,
    preferred: Channel | None = None,
    promised: bool = True,
) -> PlannedStep:
    """The step somebody named, on her wall clock. InvalidInput when its moment has passed."""
    at = wish.at or owner.calendar.step_time
    due_at = calendar.resolve(wish.on, at, owner.calendar.zone)
    today = owner.local(now).date()
    if wish.on < today or (wish.at is not None and due_at <= now):
        raise InvalidInput("when", say("that moment has passed"), "tomorrow 10am")
    if not promised:  # what nobody gave to them moves off a free day, as a snooze does
        due_at = calendar.on_workday(wish.on, at, owner.calendar)
    channel = wish.channel or preferred or (Channel.EMAIL if email else Channel.CALL)
    kind = FollowUpType.REMINDER
    return PlannedStep(due_at, channel, kind, PURPOSE_OF[channel], timed=wish.at is not None, promised=promised)


def keep_note(recorder: Recorder, prospect: Prospect, text: str) -> Note:
    """Write a note down. InvalidInput when it is empty or far too long."""
    text = kept_text(text) or ""
    if not text:
        raise InvalidInput("note", say("a note needs some text"), "note acme wants SSO")
    return recorder.insert(
        Note, prospect_id=prospect.id, member_id=recorder.actor.member.id, text=text, created_at=recorder.now
    )


def kept_text(text: str) -> str | None:
    """Free text as it is kept: without NULs, which PostgreSQL refuses; None when nothing is left."""
    text = text.replace("\0", "").strip()
    if len(text) > NOTE_LENGTH:
        most, length = number(NOTE_LENGTH), number(len(text))
        why = say("a note can have {most} characters; this one has {length}", most=most, length=length)
        raise InvalidInput("note", why)
    return text or None


def check(details: Details) -> None:
    """InvalidInput for a value that can't be kept."""
    if not _clean(details.name):
        raise InvalidInput("name", say("a prospect needs a name"), "add Dana Li, Acme")
    for field, length in LENGTHS.items():
        if len(getattr(details, field) or "") > length:
            raise InvalidInput(field, say("at most {length} characters", length=length))
    if details.value_minor is not None and not 0 <= details.value_minor <= VALUE_AT_MOST:
        raise InvalidInput("value", say("that amount can't be right"), "$12k")
    if details.zone is not None and details.zone not in ZONES:
        raise InvalidInput("zone", say("I know no time zone “{zone}”", zone=details.zone[:40]), "Europe/Lisbon")
    if details.stage not in OPEN_STAGES:
        raise InvalidInput("stage", say("won, lost and parked have commands of their own"), "won acme 12k")


def _columns(details: Details) -> dict[str, Any]:
    name, company = _clean(details.name) or "", _clean(details.company)
    return {
        "name": name,
        "name_key": key_of(name),
        "company": company,
        "company_key": key_of(company) if company else None,
        "role": _clean(details.role),
        "email": (_clean(details.email) or "").casefold() or None,
        "phone": _clean(details.phone),
        "value_minor": details.value_minor,
        "currency": details.currency if details.value_minor is not None else None,
        "stage": details.stage,
        "source": _clean(details.source),
        "close_on": details.close_on,
        "zone": details.zone,
        "industry": _clean(details.industry),
        "renewal_on": details.renewal_on,
        "temperature": details.temperature,
        "preferred_channel": details.preferred_channel,
        "best_time": details.best_time,
        "profile_url": _clean(details.profile_url),
    }


def _clean(text: str | None) -> str | None:
    """One line without control characters; something to see must be left."""
    if text is None:
        return None
    kept = "".join(char if char.isprintable() or char in JOINERS else " " for char in text)
    return " ".join(kept.split()) if any(char.isprintable() and char != " " for char in kept) else None


@dataclass(eq=False)
class _Double(DomainError):
    """Ends the transaction before anything was written; the typed line is then kept in one of its own."""

    twin: Prospect
    owner: Member


def _refuse_double(recorder: Recorder, details: Details) -> None:
    """Inside the transaction that adds: of two people adding the same person at once, one is asked."""
    columns = _columns(details)
    twin = twins.twin_of(
        recorder.tx,
        recorder.actor.workspace_id,
        columns["email"],
        columns["phone"],
        columns["name_key"],
        columns["company_key"],
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
        **_columns(details),
        stage_since_at=now,
        active_at=now,
        active_kind=ADDED_BY,
        active_by=owner.id,
        created_at=now,
    )


def _refuse_suppressed(recorder: Recorder, details: Details) -> None:
    """Who asked us to stop is not added again under the same address, however it is typed."""
    columns = _columns(details)
    refused = prospects.suppressed(recorder.tx, recorder.actor.workspace_id, columns["email"], columns["phone"])
    if refused is not None:
        raise DoNotContact(refused)


def _refuse_detour(recorder: Recorder, prospect: Prospect, details: Details) -> None:
    """Neither is another given their address, nor does who asked us to stop lose it: either would let them be added."""
    columns = _columns(details)
    if (columns["email"], columns["phone"]) == (prospect.email, prospect.phone):
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
