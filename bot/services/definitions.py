"""Which cadence a key and a version mean: one made in Slack, else the built-in one of that name; and whose it is."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection

from bot.services.actor import Actor
from bot.services.errors import InvalidInput
from bot.storage import cadences
from bot.storage.engine import Database
from bot.storage.records import CadenceRow, Member
from cadences import library
from cadences.definition import load
from cadences.model import Cadence
from language import say

BUILT_IN_VERSION = 1
"""What comes with the program; a workspace that changes it makes version 2."""
PLAINEST = "nudge"
READ_AT_MOST = 512
SPELT_NEARLY = 0.8
LONGEST_TYPED = 80
TYPED_SHOWN = 40
NAMED_AT_MOST = 12
"""Keys that are said to somebody whose words name none."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest version of a cadence, and whose it is: ``owner_id`` None is everybody's."""

    cadence: Cadence
    owner_id: str | None = None
    saved_by: str | None = None
    """None: it came with the program and was never changed here."""
    saved_at: datetime | None = None
    retired_at: datetime | None = None

    @property
    def is_built_in(self) -> bool:
        """True for a cadence that came with the program, also where it was changed here."""
        return self.cadence.key in library.KEYS

    def may_edit(self, member: Member) -> bool:
        """True for its owner, and for who manages where it is everybody's; others make a copy of their own."""
        return member.may_manage if self.owner_id is None else self.owner_id == member.id


def who_may_edit(found: Standing) -> str:
    """In words, for whoever may not."""
    return say("a manager") if found.owner_id is None else say("its owner")


def at(tx: Connection, workspace_id: str, key: str, version: int | None) -> Cadence:
    """The version a prospect is on. One that is gone becomes the plainest, so that nobody is forgotten."""
    built_in = library.get(key)
    if version in {None, BUILT_IN_VERSION} and built_in is not None:
        return built_in
    row = cadences.get(tx, workspace_id, key, version or BUILT_IN_VERSION)
    return read(row.definition, row.version) if row else built_in or _plainest()


def latest(tx: Connection, workspace_id: str, key: str) -> Cadence | None:
    """The newest version of this key, for whoever is put on it now; None where there is none, or it was retired."""
    row = cadences.latest(tx, workspace_id, key)
    if row is None:
        return library.get(key)
    return None if row.retired_at is not None else read(row.definition, row.version)


def standard(tx: Connection, workspace_id: str, key: str) -> Cadence:
    """The cadence that the program itself starts; a retired one becomes the built-in of that name again."""
    return latest(tx, workspace_id, key) or library.get(key) or _plainest()


def standing(tx: Connection, workspace_id: str, key: str) -> Standing | None:
    """The newest version of this key, retired or not, and whose it is; None where there is none."""
    row = cadences.latest(tx, workspace_id, key)
    if row is not None:
        return _standing(row)
    built_in = library.get(key)
    return Standing(built_in) if built_in else None


def offered(db: Database, actor: Actor) -> list[Standing]:
    """What this member may start: the built-in ones, the team's, and her own; none that was deleted."""
    with db.read() as tx:
        known = _known(tx, actor)
    return [each for each in known if each.retired_at is None and each.owner_id in {None, actor.member.id}]


def named(db: Database, actor: Actor, words: str) -> Standing:
    """The cadence these words name, by key or name and through typos, deleted or not. InvalidInput for none.

    A name that came with the program is also known by the reader's words for it.
    """
    with db.read() as tx:
        known = _known(tx, actor)
    typed = _plain(words)[:LONGEST_TYPED]
    by_words = {_plain(each.cadence.name): each for each in reversed(known)}
    by_words |= {_plain(library.name(each.cadence)): each for each in reversed(known)}
    by_words |= {each.cadence.key: each for each in known}
    near = [typed] if typed in by_words else difflib.get_close_matches(typed, by_words, n=1, cutoff=SPELT_NEARLY)
    if not near:
        raise InvalidInput("cadence", _unknown(words, known, actor), "cadence list")
    return by_words[near[0]]


def startable(db: Database, actor: Actor, words: str) -> Cadence:
    """The cadence these words name, if this member may put somebody on it. InvalidInput says why not."""
    found = named(db, actor, words)
    key = found.cadence.key
    if found.retired_at is not None:
        why = say("{cadence} was deleted, so nobody new is put on it", cadence=key)
        raise InvalidInput("cadence", why, f"cadence fork {key}")
    if found.owner_id not in {None, actor.member.id} and not actor.member.may_manage:
        why = say("{cadence} is somebody’s own; make a copy to use it", cadence=key)
        raise InvalidInput("cadence", why, f"cadence fork {key}")
    return found.cadence


@lru_cache(maxsize=READ_AT_MOST)
def read(definition: str, version: int) -> Cadence:
    """A stored text as a cadence: it was checked when it was saved, and never changes."""
    return load(definition, "stored cadence", version=version)


def _known(tx: Connection, actor: Actor) -> list[Standing]:
    """Every cadence, in the order in which names are looked up: built-in, the team's, one's own, others'."""
    rows = {row.key: _standing(row) for row in cadences.all_latest(tx, actor.workspace_id)}
    built_in = [rows.pop(each.key) if each.key in rows else Standing(each) for each in library.all()]
    ranks = {None: 0, actor.member.id: 1}
    return [*built_in, *sorted(rows.values(), key=lambda each: ranks.get(each.owner_id, 2))]


def _standing(row: CadenceRow) -> Standing:
    return Standing(read(row.definition, row.version), row.owner_id, row.member_id, row.created_at, row.retired_at)


def _unknown(words: str, known: Sequence[Standing], actor: Actor) -> str:
    mine = [each.cadence.key for each in known if each.owner_id in {None, actor.member.id} and not each.retired_at]
    typed, names = words[:TYPED_SHOWN], ", ".join(mine[:NAMED_AT_MOST])
    if len(mine) <= NAMED_AT_MOST:
        return say("I know no cadence called “{typed}”; there are {known}", typed=typed, known=names)
    more = len(mine) - NAMED_AT_MOST
    return say(
        "I know no cadence called “{typed}”; there are {known} and {count} more", typed=typed, known=names, count=more
    )


def _plain(words: str) -> str:
    return re.sub(r"[\s_-]+", "-", words.strip().casefold())


def _plainest() -> Cadence:
    return library.get(PLAINEST) or library.all()[0]
