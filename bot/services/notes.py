"""Notes: what to remember about a prospect. Teammates may add them too."""

from datetime import datetime

from bot.services import cards, changes, targets
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.prospects import keep_note
from bot.services.targets import Target
from bot.storage.engine import Database
from bot.storage.tables import ChangeKind

NOTE = "note"


def add(db: Database, actor: Actor, target: Target, text: str, now: datetime) -> Done:
    """Add a note; it restarts the stalled clock and leaves the next step alone."""
    with changes.writing(db, actor, ChangeKind.NOTED, now) as recorder:
        prospect = targets.hold_prospect(recorder.tx, actor, target, by_anyone=True)
        keep_note(recorder, prospect, text)
        prospect = recorder.update(prospect, active_at=now, active_kind=NOTE, active_by=actor.member.id)
        change = recorder.close(prospect)
        return Done(change, cards.of(recorder.tx, actor.member, prospect))
