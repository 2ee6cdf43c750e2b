"""Cadences made in Slack: read, looked at before it is final, saved as a version that never changes."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NoReturn

from sqlalchemy import Connection

from bot.services import changes, definitions, versions
from bot.services.actor import Actor
from bot.services.definitions import Standing
from bot.services.errors import DomainError, Gone, InvalidInput, NotAllowed, Overtaken
from bot.services.recorder import Recorder
from bot.services.versions import Choice, Crowd
from bot.storage import cadences, drafts, members
from bot.storage.engine import Database
from bot.storage.records import CadenceRow, Change, Member
from bot.storage.tables import ChangeKind
from cadences import library
from cadences.definition import MAX_KEY, DefinitionError, dump, load
from cadences.lint import Advice, lint
from cadences.model import Cadence
from cadences.preview import Preview, preview
from language import mark, say

TEAMS_DRAFT, OWN_DRAFT = "cadence.team", "cadence.own"
NAMELESS = "cadence"
SAVED = "saved"
PASTED = mark("the text")


@dataclass(frozen=True, slots=True)
class Wish:
    """A cadence as somebody wants it, its key empty where none was given; ``base``, ``seen``: what it was made from."""

    cadence: Cadence
    is_teams: bool = False
    base: str | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A cadence as it stands when its form is opened; without ``may_edit`` saving makes a copy of one's own."""

    standing: Standing
    may_edit: bool


@dataclass(frozen=True, slots=True)
class Review:
    """What saving would do, before it is final; nothing was changed yet."""

    cadence: Cadence
    draft_id: int
    seen: int | None
    """The version it takes the place of; None: it is a new one."""
    is_teams: bool
    copy_of: str | None
    advice: tuple[Advice, ...]
    dated: Preview
    crowd: Crowd


@dataclass(frozen=True, slots=True)
class Saved:
    """A version that was saved, and who went on it."""

    change: Change
    cadence: Cadence
    is_teams: bool
    crowd: Crowd


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a wish goes: its key, its version, and whose it will be."""

    key: str
    version: int
    base: Cadence | None


def opened(db: Database, actor: Actor, words: str) -> Opened:
    """The cadence these words name, for its form."""
    found = definitions.named(db, actor, words)
    return Opened(found, found.may_edit(actor.member) and found.retired_at is None)


def review(db: Database, actor: Actor, wish: Wish, now: datetime) -> Review:
    """Everything worth knowing before it is final; the wish waits in a draft. InvalidInput names the field."""
    if wish.is_teams and not actor.member.may_manage:
        raise InvalidInput("whose", say("only a manager can make it the team’s"))
    with db.read() as tx:
        slot = _slot(tx, actor, wish)
    cadence = _checked(replace(wish.cadence, key=slot.key), slot.version)
    if slot.base is not None and dump(slot.base) == dump(cadence):
        why = say("nothing differs from version {version}, so there is nothing to save", version=slot.base.version)
        raise InvalidInput("steps", why)
    crowd = _rehearsed(db, actor, cadence, now) if slot.base else Crowd()
    kind = TEAMS_DRAFT if wish.is_teams else OWN_DRAFT
    with db.begin() as tx:
        draft_id = drafts.add(tx, actor.workspace_id, actor.member.id, kind, dump(cadence), now)
    return Review(
        cadence=cadence,
        draft_id=draft_id,
        seen=slot.base.version if slot.base else None,
        is_teams=wish.is_teams,
        copy_of=wish.base if wish.base and not slot.base else None,
        advice=lint(cadence),
        dated=preview(cadence, now, actor.member.calendar),
        crowd=crowd,
    )


def save(db: Database, actor: Actor, draft_id: int, seen: int | None, choice: Choice, now: datetime) -> Saved:
    """Keep the draft as a version of its own and move who was chosen: one change. Overtaken if another was first."""
    draft, is_teams = drafted(db, actor, draft_id)
    with changes.writing(db, actor, ChangeKind.CADENCE, now) as recorder:
        members.hold_workspace(recorder.tx, actor.workspace_id)
        standing = definitions.standing(recorder.tx, actor.workspace_id, draft.key)
        _refuse_overtaken(recorder.tx, actor, standing, seen)
        if standing is not None and not standing.may_edit(actor.member):
            raise NotAllowed(say("change {cadence}", cadence=draft.key), definitions.who_may_edit(standing))
        if standing is not None and standing.retired_at is not None:
            why = say("{cadence} was deleted meanwhile", cadence=draft.key)
            raise InvalidInput("steps", why, f"cadence fork {draft.key}")
        cadence = replace(draft, version=seen + 1 if seen else definitions.BUILT_IN_VERSION)
        recorder.insert(
            CadenceRow,
            key=cadence.key,
            version=cadence.version,
            definition=dump(cadence),
            member_id=actor.member.id,
            owner_id=None if is_teams else actor.member.id,
            created_at=now,
        )
        crowd = versions.move(recorder, cadence, choice)
        moved = len(crowd.moved) + len(crowd.same)
        change = recorder.close(None, deed=SAVED, cadence=cadence.key, version=cadence.version, moved=moved)
        return Saved(change, cadence, is_teams, crowd)


def drafted(db: Database, actor: Actor, draft_id: int) -> tuple[Cadence, bool]:
    """The cadence that waits to be saved, and whether it is to be the team's. Gone for anybody but its author."""
    with db.read() as tx:
        kept = drafts.get(tx, actor.workspace_id, draft_id)
    if kept is None or kept.member_id != actor.member.id or kept.kind not in {TEAMS_DRAFT, OWN_DRAFT}:
        raise Gone
    return load(kept.typed, say(PASTED)), kept.kind == TEAMS_DRAFT


def has_key_of_its_own(cadence: Cadence) -> bool:
    """True where the key is not the one that its name alone would give."""
    return cadence.key != _plain_key(cadence.name)


def _slot(tx: Connection, actor: Actor, wish: Wish) -> _Slot:
    """The next version of what it was made from, or a new cadence where that belongs to somebody else."""
    base = definitions.standing(tx, actor.workspace_id, wish.base) if wish.base else None
    given = wish.cadence.key or ("" if base else wish.base or "")
    if base is not None and _goes_on(base, wish, actor.member):
        _refuse_overtaken(tx, actor, base, wish.seen)
        if given not in {"", base.cadence.key}:
            why = say(
                "that is the text of {given}, and you are changing {cadence}", given=given, cadence=base.cadence.key
            )
            raise InvalidInput("steps", why)
        return _Slot(base.cadence.key, base.cadence.version + 1, base.cadence)
    if given and not (base and given == base.cadence.key):
        if _is_taken(tx, actor.workspace_id, given):
            why = say(
                "there is a cadence {cadence} already: change that one, or give this text another key", cadence=given
            )
            raise InvalidInput("steps", why, f"cadence edit {given}")
        return _Slot(given, definitions.BUILT_IN_VERSION, None)
    return _Slot(_free_key(tx, actor.workspace_id, wish.cadence.name), definitions.BUILT_IN_VERSION, None)


def _goes_on(base: Standing, wish: Wish, member: Member) -> bool:
    """What is everybody's stays so: who wants one of her own makes a copy."""
    return base.may_edit(member) and base.retired_at is None and (wish.is_teams or base.owner_id is not None)


def _refuse_overtaken(tx: Connection, actor: Actor, standing: Standing | None, seen: int | None) -> None:
    if standing is None and seen is not None:
        raise InvalidInput("steps", say("that cadence is no longer there"))
    if standing is None or standing.cadence.version == seen:
        return
    by = members.get(tx, actor.workspace_id, standing.saved_by) if standing.saved_by else None
    raise Overtaken(standing.cadence, by, standing.saved_at)


def _checked(cadence: Cadence, version: int) -> Cadence:
    """The cadence as its text will be read back. InvalidInput says which field can't be kept."""
    if not cadence.name.strip():
        raise InvalidInput("name", say("a cadence needs a name"))
    try:
        return load(dump(cadence), say(PASTED), version=version)
    except DefinitionError as error:
        raise InvalidInput("steps", "; ".join(error.messages)) from error


@dataclass(eq=False)
class _Rehearsal(DomainError):
    """Ends a transaction in which everything was tried, so that nothing of it stays."""

    crowd: Crowd


def _rehearsed(db: Database, actor: Actor, cadence: Cadence, now: datetime) -> Crowd:
    """What would become of everybody, by the very code that moves them; nothing is kept."""
    try:
        with db.begin() as tx:
            _rehearse(Recorder(tx, actor, ChangeKind.CADENCE, now, []), cadence)
    except _Rehearsal as rehearsal:
        return rehearsal.crowd


def _rehearse(recorder: Recorder, cadence: Cadence) -> NoReturn:
    """Only those are moved for whom something changes: of the others it is known how it would go."""
    crowd = versions.move(recorder, cadence, Choice(moving=True))
    raise _Rehearsal(replace(crowd, same=crowd.kept, kept=()))


def _is_taken(tx: Connection, workspace_id: str, key: str) -> bool:
    """True also for a key that people are on whose cadence was undone: it would become something else for them."""
    known = key in library.KEYS or cadences.latest(tx, workspace_id, key) is not None
    return known or cadences.is_used(tx, workspace_id, key)


def _free_key(tx: Connection, workspace_id: str, name: str) -> str:
    wanted = _plain_key(name)
    number, key = 1, wanted
    while _is_taken(tx, workspace_id, key):
        number += 1
        ending = f"-{number}"
        key = f"{wanted[: MAX_KEY - len(ending)].strip('-')}{ending}"
    return key


def _plain_key(name: str) -> str:
    """The name in small letters and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MAX_KEY].strip("-") or NAMELESS
