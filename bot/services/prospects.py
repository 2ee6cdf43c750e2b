"""Adding, editing and showing prospects."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from bot.services import cards, changes, plans, targets
from bot.services.actor import Actor
from bot.services.cards import Card, Done, Timeline
from bot.services.changes import Recorder
from bot.services.errors import DomainError, Gone, InvalidInput, LikelyDouble
from bot.services.names import key_of
from bot.services.targets import ByProspect, Target
from bot.storage import drafts, prospects
from bot.storage.engine import Database
from bot.storage.records import Member, Note, Prospect
from bot.storage.tables import ChangeKind
from cadences import calendar
from cadences.model import OPEN_STAGES, Channel, FollowUpType, PlannedStep, Purpose, Stage

NAME_LENGTH = 200
NOTE_LENGTH = 10_000
LENGTHS = {"name": NAME_LENGTH, "company": NAME_LENGTH, "role": NAME_LENGTH, "source": NAME_LENGTH}
LENGTHS |= {"email": 320, "phone": 40, "currency": 3}
JOINERS = "\u200c\u200d"
"""They hold emoji and Persian words together and are no control characters, whatever Unicode calls them."""
VALUE_AT_MOST = 10**15
"""In minor units: ten trillion dollars; a longer number is a slip of the finger."""
ADDED_BY = "added"
ADD_DRAFT = "add"

PURPOSE_OF = {
    Channel.EMAIL: Purpose.SHARE_VALUE,
    Channel.LINKEDIN: Purpose.SHARE_VALUE,
    Channel.SMS: Purpose.PROPOSE_MEETING,
    Channel.CALL: Purpose.PROPOSE_MEETING,
    Channel.MEETING: Purpose.PROPOSE_MEETING,
    Channel.VIDEO: Purpose.SHARE_VALUE,
    Channel.LETTER: Purpose.THANK,
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


def add(
    db: Database,
    actor: Actor,
    details: Details,
    now: datetime,
    *,
    wish: Wish | None = None,
    note: str = "",
    typed: str | None = None,
) -> Done:
    """Keep a prospect and plan its first step.

    ``typed`` is the line it came from: with it a likely double raises LikelyDouble, and the line waits in a draft.
    """
    check(details)
    try:
        with changes.writing(db, actor, ChangeKind.ADDED, now) as recorder:
            if typed is not None:
                _refuse_double(recorder, details)
            return _added(recorder, details, wish, note)
    except _Double as double:
        raise LikelyDouble(double.twin, double.owner, draft(db, actor, typed or "", now)) from None


def edit(db: Database, actor: Actor, target: Target, details: Details, wish: Wish | None, now: datetime) -> Done:
    """Give a prospect other details, and another next step where ``wish`` names one. The stalled clock goes on."""
    check(details)
    with changes.writing(db, actor, ChangeKind.EDITED, now) as recorder:
        prospect = targets.hold_prospect(recorder.tx, actor, target)
        values = _columns(details)
        if not prospect.stage.is_open:
            values["stage"] = prospect.stage
        elif values["stage"] != prospect.stage:
            values["stage_since_at"] = now
        prospect = recorder.update(prospect, **values)
        if wish is not None:
            _replan(recorder, actor, prospect, wish, now)
        change = recorder.close(prospect)
        return Done(change, cards.of(recorder.tx, actor.member, prospect))


def show(db: Database, actor: Actor, prospect_id: int, length: int = cards.TIMELINE_LENGTH) -> Timeline:
    """The card with what happened lately."""
    with db.read() as tx:
        prospect = prospects.get(tx, actor.workspace_id, prospect_id)
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


def draft(db: Database, actor: Actor, typed: str, now: datetime) -> int:
    """Keep a typed line while a question about it is open; its number."""
    with db.begin() as tx:
        return drafts.add(tx, actor.workspace_id, actor.member.id, ADD_DRAFT, typed.replace("\0", ""), now)


def drafted(db: Database, actor: Actor, draft_id: int) -> tuple[str, datetime]:
    """The line that was typed and when, for the member who typed it. Gone for anybody else."""
    with db.read() as tx:
        kept = drafts.get(tx, actor.workspace_id, draft_id)
    if kept is None or kept.member_id != actor.member.id:
        raise Gone
    return kept.typed, kept.created_at


def promise(wish: Wish, owner: Member, now: datetime, *, email: str | None, promised: bool = True) -> PlannedStep:
    """The step somebody named, on her wall clock. InvalidInput when its moment has passed."""
    at = wish.at or owner.calendar.step_time
    due_at = calendar.resolve(wish.on, at, owner.calendar.zone)
    today = owner.local(now).date()
    if wish.on < today or (wish.at is not None and due_at <= now):
        raise InvalidInput("when", "that moment has passed", "tomorrow 10am")
    channel = wish.channel or (Channel.EMAIL if email else Channel.CALL)
    kind = FollowUpType.REMINDER
    return PlannedStep(due_at, channel, kind, PURPOSE_OF[channel], timed=wish.at is not None, promised=promised)


def keep_note(recorder: Recorder, prospect: Prospect, text: str) -> Note:
    """Write a note down. InvalidInput when it is empty or far too long."""
    text = kept_text(text) or ""
    if not text:
        raise InvalidInput("note", "a note needs some text", "note acme wants SSO")
    return recorder.insert(
        Note, prospect_id=prospect.id, member_id=recorder.actor.member.id, text=text, created_at=recorder.now
    )


def kept_text(text: str) -> str | None:
    """Free text as it is kept: without NULs, which PostgreSQL refuses; None when nothing is left."""
    text = text.replace("\0", "").strip()
    if len(text) > NOTE_LENGTH:
        raise InvalidInput("note", f"a note can have {NOTE_LENGTH:,} characters; this one has {len(text):,}")
    return text or None


def check(details: Details) -> None:
    """InvalidInput for a value that can't be kept."""
    if not _clean(details.name):
        raise InvalidInput("name", "a prospect needs a name", "add Dana Li, Acme")
    for field, length in LENGTHS.items():
        if len(getattr(details, field) or "") > length:
            raise InvalidInput(field, f"at most {length} characters")
    if details.value_minor is not None and not 0 <= details.value_minor <= VALUE_AT_MOST:
        raise InvalidInput("value", "that amount can't be right", "$12k")
    if details.stage not in OPEN_STAGES:
        raise InvalidInput("stage", "won, lost and parked have commands of their own", "won acme 12k")


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
    twin = prospects.alike(
        recorder.tx,
        recorder.actor.workspace_id,
        columns["email"],
        columns["phone"],
        columns["name_key"],
        columns["company_key"],
    )
    if twin is not None:
        raise _Double(twin, targets.owner_of(recorder.tx, twin))


def _added(recorder: Recorder, details: Details, wish: Wish | None, note: str) -> Done:
    owner, now = recorder.actor.member, recorder.now
    prospect = recorder.insert(
        Prospect,
        owner_id=owner.id,
        **_columns(details),
        stage_since_at=now,
        active_at=now,
        active_kind=ADDED_BY,
        active_by=owner.id,
        created_at=now,
    )
    if note:
        keep_note(recorder, prospect, note)
    promised = promise(wish, owner, now, email=details.email) if wish else None
    enrollment, step = plans.begin(recorder, prospect, owner, promised)
    return Done(recorder.close(prospect), Card(prospect, owner, owner, step, enrollment, last_touch=None))


def _replan(recorder: Recorder, actor: Actor, prospect: Prospect, wish: Wish, now: datetime) -> None:
    held = targets.hold(recorder.tx, actor, ByProspect(prospect.id))
    step = promise(wish, held.owner, now, email=prospect.email)
    if held.step.due_at == step.due_at and held.step.channel == step.channel:
        return
    plans.move(recorder, held.step, step)
