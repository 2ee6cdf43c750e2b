"""Notes: what to remember about a prospect. Teammates may add them too."""

from datetime import datetime

from bot.services import cards, changes, targets
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.errors import InvalidInput
from bot.services.recorder import Recorder
from bot.services.targets import Target
from bot.storage.engine import Database
from bot.storage.records import Note, Prospect
from bot.storage.tables import ChangeKind
from language import say
from language.amounts import number

NOTE = "note"
NOTE_LENGTH = 10_000


def add(db: Database, actor: Actor, target: Target, text: str, now: datetime) -> Done:
    """Add a note; it restarts the stalled clock and leaves the next step alone."""
    with changes.writing(db, actor, ChangeKind.NOTED, now) as recorder:
        prospect = targets.hold_prospect(recorder.tx, actor, target, by_anyone=True)
        keep_note(recorder, prospect, text)
        prospect = recorder.update(prospect, active_at=now, active_kind=NOTE, active_by=actor.member.id)
        change = recorder.close(prospect)
        return Done(change, cards.of(recorder.tx, actor.member, prospect))


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
