"""Shorthands: words of one's own in an add line; typed, or learnt from a correction."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.services import changes
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.corrections import FEWEST_LETTERS, FIELDS, WORDS_LENGTH, Said, Taught, is_teachable, taught_by
from bot.services.errors import Gone, InvalidInput, UndoneBefore
from bot.services.names import wording_of
from bot.services.recorder import Recorder
from bot.storage import changes as kept_changes
from bot.storage import members, prospects, shorthands, tables
from bot.storage.engine import Database
from bot.storage.records import Change, Member, Prospect, Shorthand
from bot.storage.tables import ChangeKind
from language import say

EXAMPLE = "shorthand AC = company Acme Corp"
MEANING_LENGTH = 200
KEPT_AT_MOST = 200
OFFERED_FOR = timedelta(hours=24)
"""So long after the line an edit counts as its correction."""
ADDED_BY_LINE = (ChangeKind.ADDED, ChangeKind.MET)
EDITS = frozenset({ChangeKind.EDITED, ChangeKind.HANDED_OVER})
"""A form may give a prospect to somebody else along with other details."""


def teach(db: Database, actor: Actor, taught: Taught, now: datetime) -> Done:
    """Read these words so from now on, whatever they meant before. InvalidInput for what can't be kept."""
    checked = _checked(taught)
    with changes.writing(db, actor, ChangeKind.SHORTHAND, now) as recorder:
        _kept(recorder, checked, _mine(recorder))
        return _told(recorder, checked)


def teach_from(db: Database, actor: Actor, change_id: int, now: datetime) -> Done:
    """The same as one of the actor's corrections taught it. Gone, UndoneBefore or InvalidInput where it stands no
    more."""
    with changes.writing(db, actor, ChangeKind.SHORTHAND, now) as recorder:
        mine = _mine(recorder)
        correction, prospect, taught = _correction(recorder.tx, actor, change_id)
        if getattr(prospect, taught.field) != taught.meaning:
            raise InvalidInput("meaning", say("that was changed once more since, so type what it means"), EXAMPLE)
        since = mine.get(wording_of(taught.words))
        if since is not None and since.created_at > correction.happened_at and not _is(since, taught):
            raise InvalidInput("words", say("you taught me another meaning of it since, and that stands"), "shorthands")
        _kept(recorder, taught, mine)
        return _told(recorder, taught)


def forget(db: Database, actor: Actor, words: str, now: datetime) -> Done:
    """Read these words as everybody's again. InvalidInput where they are no shorthand of the actor's."""
    with changes.writing(db, actor, ChangeKind.SHORTHAND, now) as recorder:
        found = _mine(recorder).get(wording_of(words))
        if found is None:
            why = say("you have no shorthand “{words}”", words=words[:WORDS_LENGTH])
            raise InvalidInput("words", why, "shorthands")
        recorder.delete(found)
        return _told(recorder, Taught(found.words, found.field, found.meaning), deleted=True)


def listed(db: Database, member: Member, words: str = "") -> tuple[Shorthand, ...]:
    """All of hers in the order of their words, or those that these words are in."""
    wanted = wording_of(words)
    with db.read() as tx:
        mine = shorthands.of(tx, member.workspace_id, member.id)
    return tuple(each for each in mine if wanted in each.key or wanted in wording_of(each.meaning))


def known(db: Database, member: Member) -> dict[str, Shorthand]:
    """Hers by their wording, as a line is read with them."""
    return {each.key: each for each in listed(db, member)}


def offered(db: Database, actor: Actor, done: Done) -> Taught | None:
    """What an edit that was just made teaches, where it corrects a line that the actor typed lately."""
    with db.read() as tx:
        taught = _taught_by(tx, actor, done.change)
        mine = shorthands.of(tx, actor.workspace_id, actor.member.id) if taught else []
    is_known = any(taught is not None and _is(each, taught) for each in mine)
    return None if is_known else taught


def _correction(tx: Connection, actor: Actor, change_id: int) -> tuple[Change, Prospect, Taught]:
    """An edit of the actor's that stands, whom it was about, and what it teaches."""
    change = kept_changes.get(tx, actor.workspace_id, change_id)
    if change is None or change.member_id != actor.member.id:
        raise Gone
    prospect = prospects.get(tx, actor.workspace_id, change.prospect_id or 0)
    if prospect is None:
        raise Gone
    if change.undone_at is not None:
        raise UndoneBefore(change, change.undone_at)
    taught = _taught_by(tx, actor, change)
    if taught is None:
        raise Gone
    return change, prospect, taught


def _taught_by(tx: Connection, actor: Actor, edit: Change) -> Taught | None:
    before, after = _edited(edit)
    if edit.kind not in EDITS or edit.prospect_id is None or not after:
        return None
    lately = edit.happened_at - OFFERED_FOR
    found = kept_changes.since(tx, actor.workspace_id, [edit.prospect_id], ADDED_BY_LINE, lately)
    mine = [change for change in found if change.member_id == actor.member.id and change.id < edit.id]
    said = [Said(**each) for change in mine for each in change.facts.get("said", [])]
    return taught_by(said, before, after)


def _edited(edit: Change) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that can be taught as they were before an edit and after it, where it changed them."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for image in edit.images:
        if image["table"] == tables.prospects.name and image["before"] and image["after"]:
            changed = [field for field in FIELDS if field in image["after"]]
            before = {field: image["before"][field] for field in changed} | before
            after |= {field: image["after"][field] for field in changed}
    return before, after


def _mine(recorder: Recorder) -> dict[str, Shorthand]:
    """The actor's own, held so that of two taught at the same instant the second finds the first."""
    tx, actor = recorder.tx, recorder.actor
    members.get(tx, actor.workspace_id, actor.member.id, lock=True)
    return {each.key: each for each in shorthands.of(tx, actor.workspace_id, actor.member.id)}


def _kept(recorder: Recorder, taught: Taught, mine: dict[str, Shorthand]) -> None:
    key = wording_of(taught.words)
    values = {"words": taught.words, "field": taught.field, "meaning": taught.meaning, "created_at": recorder.now}
    if key not in mine:
        if len(mine) >= KEPT_AT_MOST:
            why = say("you have {count} shorthands; delete one first", count=len(mine))
            raise InvalidInput("words", why, "shorthands")
        recorder.insert(Shorthand, member_id=recorder.actor.member.id, key=key, **values)
    elif _is(mine[key], taught):
        raise InvalidInput("words", say("“{words}” means that for you already", words=taught.words), "shorthands")
    else:
        recorder.update(mine[key], **values)


def _checked(taught: Taught) -> Taught:
    words, meaning = (" ".join(text.replace("\0", "").split()) for text in (taught.words, taught.meaning))
    if taught.field not in FIELDS:
        raise ValueError(f"no field that can be taught: {taught.field}")
    if not is_teachable(words):
        least, most = FEWEST_LETTERS, WORDS_LENGTH
        why = say("a shorthand has from {least} letters to {most} characters", least=least, most=most)
        raise InvalidInput("words", why, EXAMPLE)
    if not any(char.isalnum() for char in meaning):
        raise InvalidInput("meaning", say("say what it means"), EXAMPLE)
    if len(meaning) > MEANING_LENGTH:
        raise InvalidInput("meaning", say("at most {length} characters", length=MEANING_LENGTH), EXAMPLE)
    return Taught(words, taught.field, meaning)


def _is(shorthand: Shorthand, taught: Taught) -> bool:
    said = (shorthand.key, shorthand.field, shorthand.meaning)
    return said == (wording_of(taught.words), taught.field, taught.meaning)


def _told(recorder: Recorder, taught: Taught, *, deleted: bool = False) -> Done:
    facts = {"words": taught.words, "field": taught.field, "meaning": taught.meaning, "deleted": deleted or None}
    return Done(recorder.close(None, **facts))
