"""Saved views: a search kept under a name; everybody has her own."""

from datetime import datetime

from bot.services import changes
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.errors import InvalidInput
from bot.services.names import key_of
from bot.storage import members, saved_views
from bot.storage.engine import Database
from bot.storage.records import Member, SavedView
from bot.storage.tables import ChangeKind
from language import say

EXAMPLE = "view save hot stage:proposal value:>10k"
NAME_LENGTH = 60
LINE_LENGTH = 500
KEPT_AT_MOST = 50
"""A menu takes a hundred."""


def save(db: Database, actor: Actor, name: str, line: str, now: datetime) -> Done:
    """Keep a search; under a name that is taken it takes the other's place. InvalidInput for no name and no line."""
    name, line = " ".join(name.split()), " ".join(line.replace("\0", "").split())
    key = key_of(name)
    if not key:
        raise InvalidInput("name", say("a view needs a name"), EXAMPLE)
    if len(name) > NAME_LENGTH:
        raise InvalidInput("name", say("a name has at most {length} characters", length=NAME_LENGTH), EXAMPLE)
    if not line or len(line) > LINE_LENGTH:
        raise InvalidInput("line", say("say what it looks for, in at most {length} characters", length=LINE_LENGTH))
    with changes.writing(db, actor, ChangeKind.VIEW, now) as recorder:
        # Held so that of two with the same name at the same instant the second finds the first.
        members.get(recorder.tx, actor.workspace_id, actor.member.id, lock=True)
        kept = {each.key: each for each in saved_views.of(recorder.tx, actor.workspace_id, actor.member.id)}
        if key in kept:
            recorder.update(kept[key], name=name, line=line)
        elif len(kept) >= KEPT_AT_MOST:
            raise InvalidInput("name", say("you have {count} views; delete one first", count=len(kept)), "views")
        else:
            recorder.insert(SavedView, member_id=actor.member.id, key=key, name=name, line=line, created_at=now)
        return Done(recorder.close(None, view=name, line=line))


def delete(db: Database, actor: Actor, words: str, now: datetime) -> Done:
    """Keep it no more. InvalidInput where none of hers is called so."""
    with changes.writing(db, actor, ChangeKind.VIEW, now) as recorder:
        members.get(recorder.tx, actor.workspace_id, actor.member.id, lock=True)
        found = _named(saved_views.of(recorder.tx, actor.workspace_id, actor.member.id), words)
        if found is None:
            raise InvalidInput("name", say("you have no view called “{name}”", name=words[:NAME_LENGTH]), "views")
        recorder.delete(found)
        return Done(recorder.close(None, view=found.name, deleted=True))


def listed(db: Database, member: Member) -> tuple[SavedView, ...]:
    """All of hers, by name."""
    with db.read() as tx:
        return tuple(saved_views.of(tx, member.workspace_id, member.id))


def named(db: Database, member: Member, words: str) -> SavedView | None:
    """The one these words name: whole, or the beginning of only one."""
    return _named(listed(db, member), words)


def _named(kept: tuple[SavedView, ...] | list[SavedView], words: str) -> SavedView | None:
    key = key_of(words)
    exact = [each for each in kept if each.key == key]
    begun = exact or [each for each in kept if key and each.key.startswith(key)]
    return begun[0] if len(begun) == 1 else None
