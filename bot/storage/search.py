"""An index of one workspace's names, companies, addresses and notes, kept in memory and brought up to date at each use.

What it says is only ever a proposal: who is found is read from the database in the same transaction. Which rows to
read again it learns from the changes, which every write leaves behind, whichever process made it.
"""

import gc
import unicodedata
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from enum import IntEnum
from itertools import chain, filterfalse, islice
from threading import Lock
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, and_, select

from bot.storage.filters import WITH_STEP, Known, Test, known_of
from bot.storage.prospects import seen_in
from bot.storage.tables import changes, enrollments, notes, prospects, steps, touches
from bot.storage.text_index import Pile

HITS_AT_MOST = 300
"""Of one word alone, beside the viewer's own. Nobody pages through more."""
NOTED_AT_LEAST = 100
"""Of those, whom only a note names, however many are called so."""
READ_AT_ONCE = 500
OVERLAP = 1_000
"""PostgreSQL numbers changes before they are committed: so many are looked at again for those that came late."""
WORKSPACES_KEPT = 8
SHORT = 2
"""So few letters stand somewhere in nearly every text: they are looked for at the beginnings of words only."""
NOTES, TOUCHES = notes.name, touches.name
KEPT = (
    *(prospects.c[name] for name in ("id", "owner_id", "name_key", "company_key", "email", "stage", "active_at")),
    *(prospects.c[name] for name in ("value_minor", "currency", "source", "industry", "lost_reason")),
    prospects.c.do_not_contact_at,
    *(steps.c[name] for name in ("due_at", "snoozes", "paused_until_on")),
    enrollments.c.cadence,
)
RUNNING = and_(
    enrollments.c.workspace_id == prospects.c.workspace_id,
    enrollments.c.prospect_id == prospects.c.id,
    enrollments.c.ended_at.is_(None),
)
SLOT = {NOTES: 0, TOUCHES: 1}
"""Notes and what was noted with a touch stand in one pile, under even and odd numbers."""


class Rank(IntEnum):
    """How well a word fits, the best first."""

    WHOLE = 0
    BEGINS = 1
    PART = 2
    NOTE = 3
    ALIKE = 4


class Hit(NamedTuple):
    """How a word fits a prospect: in which note, or which other word it may have been meant as."""

    rank: Rank
    note: tuple[str, int] | None = None
    """The table it stands in, and its number there."""
    meant: str = ""


NAMED = {rank: Hit(rank) for rank in Rank}
Fits = Callable[[int], bool]
Place = tuple[bool, str, int]
"""Where a prospect stands in the order of all: open before closed, then by name."""


def folded(text: str) -> str:
    """Without capitals, accents and line breaks, with one space in front and one behind."""
    lowered = text.lower() if text.isascii() else unicodedata.normalize("NFKD", text).casefold()
    plain = lowered if lowered.isascii() else "".join(char for char in lowered if not unicodedata.combining(char))
    return f" {' '.join(plain.split())} "


class Index:
    """What can be found in one workspace."""

    def __init__(self, workspace_id: str) -> None:
        """Nothing is read yet."""
        self.lock = Lock()
        self.known: dict[int, Known] = {}
        self._workspace_id = workspace_id
        self._own: dict[str, set[int]] = defaultdict(set)
        self._order: list[tuple[bool, str, int, Known]] = []
        self._noted_of: dict[int, list[int]] = defaultdict(list)
        self._people, self._notes = Pile(), Pile()
        self._about: dict[int, int] = {}
        self._seen: set[int] = set()
        self._last = 0
        self._is_loaded = False

    @property
    def is_being_read(self) -> bool:
        """True while everything is read for the first time: whoever asks meanwhile need not stand in line."""
        return not self._is_loaded and self.lock.locked()

    def refresh(self, tx: Connection) -> None:
        """Read again what changed since the last time."""
        rows = self._changed_since(tx, self._last - (0 if tx.dialect.name == "sqlite" else OVERLAP))
        if not self._is_loaded or (self._last and self._last not in rows):
            self._load(tx)
        elif new := [number for number in rows if number not in self._seen]:
            self._read_again(tx, new)
        self._seen = set(rows)
        self._last = max(rows, default=0)

    def everybody(self, viewer_id: str, owner_ids: Collection[str], test: Test) -> Iterator[int]:
        """All who pass the test in order, the viewer's own first; ``owner_ids``: only theirs."""
        known = self.known
        own = self._own.get(viewer_id, set())
        if owner_ids:
            mine = own if viewer_id in owner_ids else ()
            theirs = chain.from_iterable(self._own.get(each, ()) for each in owner_ids if each != viewer_id)
            for group in (mine, theirs):
                yield from sorted((number for number in group if test(known[number])), key=self.place)
            return
        yield from sorted((number for number in own if test(known[number])), key=self.place)
        for _, _, number, each in self._order:
            if test(each) and number not in own:
                yield number

    def place(self, number: int) -> Place:
        """Open before closed, then by name."""
        known = self.known[number]
        return not known.is_open, known.name_key, number

    def hits(
        self, key: str, said: str, viewer_id: str, fits: Fits | None = None, *, alone: bool = True
    ) -> dict[int, Hit]:
        """The prospects this word fits as it is written: in a name, a company, an address or a note.

        ``fits``: only those are of interest. ``alone``: no other word must fit as well, so that enough is enough.
        """
        limit = HITS_AT_MOST if alone else None
        found: dict[int, Hit] = {}
        for spelling in dict.fromkeys(each for each in (key, said) if key):  # an address keeps its dots
            naming = self._naming(spelling, viewer_id, limit, fits)
            found = {number: NAMED[self._rank(number, spelling)] for number in naming} | found
        for slot in islice(self._noting(said, fits), max(NOTED_AT_LEAST, limit - len(found)) if limit else None):
            table = NOTES if slot % 2 == SLOT[NOTES] else TOUCHES
            found.setdefault(self._about[slot], Hit(Rank.NOTE, note=(table, slot // 2)))
        return found

    def spread(self, key: str, said: str) -> int:
        """About how many a word fits."""
        return self._people.spread(key) + self._notes.spread(said)

    def hits_among(self, numbers: Iterable[int], key: str, said: str) -> dict[int, Hit]:
        """The same as :meth:`hits` among a few: their texts are looked at, and not where the word stands."""
        spellings = [f" {each}" if len(each) <= SHORT else each for each in dict.fromkeys([key, said]) if each]
        part = f" {said}" if len(said) <= SHORT else said
        found: dict[int, Hit] = {}
        for number in numbers:
            text = self._people.get(number)
            ranks = [self._rank(number, each.strip()) for each in spellings if each in text]
            if ranks:
                found[number] = NAMED[ranks[0]]
                continue
            for slot in reversed(self._noted_of.get(number, ())):
                if said and self._about.get(slot) == number and part in self._notes.get(slot):
                    found[number] = Hit(Rank.NOTE, note=(NOTES if slot % 2 == SLOT[NOTES] else TOUCHES, slot // 2))
                    break
        return found

    def alike(self, key: str, viewer_id: str, fits: Fits | None = None) -> dict[int, Hit]:
        """Every prospect this word fits when it is misspelt."""
        found: dict[int, Hit] = {}
        for meant in self._people.near(key) if len(key) > SHORT else ():
            hit = Hit(Rank.ALIKE, meant=meant)
            for number in self._naming(meant, viewer_id, None, fits, whole=True):
                found.setdefault(number, hit)
        return found

    def _naming(
        self, key: str, viewer_id: str, limit: int | None, fits: Fits | None, *, whole: bool = False
    ) -> Iterator[int]:
        """The viewer's own first, so that no limit leaves one out."""
        part = f" {key} " if whole else f" {key}" if len(key) <= SHORT else key
        own = self._own.get(viewer_id, set())
        mine = (number for number in own if part in self._people.get(number))
        others = filterfalse(own.__contains__, self._people.holding(part))
        if fits is None:
            return chain(mine, islice(others, limit))
        return chain(filter(fits, mine), islice(filter(fits, others), limit))

    def _noting(self, said: str, fits: Fits | None) -> Iterator[int]:
        """Where in the notes of those who are of interest."""
        if not said:
            return iter(())
        known, about = self.known, self._about
        slots = self._notes.holding(f" {said}" if len(said) <= SHORT else said)
        return (slot for slot in slots if about[slot] in known and (fits is None or fits(about[slot])))

    def _rank(self, number: int, key: str) -> Rank:
        text = self._people.get(number)
        if f" {key} " in text:
            return Rank.WHOLE
        return Rank.BEGINS if f" {key}" in text else Rank.PART

    def _changed_since(self, tx: Connection, number: int) -> list[int]:
        mine = (changes.c.workspace_id == self._workspace_id, changes.c.id >= max(number, 0))
        if not self._is_loaded:
            return list(
                tx.execute(select(changes.c.id).where(mine[0]).order_by(changes.c.id.desc()).limit(OVERLAP)).scalars()
            )
        return list(tx.execute(select(changes.c.id).where(*mine)).scalars())

    def _load(self, tx: Connection) -> None:
        self.known, self._about = {}, {}
        self._noted_of.clear()
        self._own.clear()
        self._people, self._notes = Pile(), Pile()
        for row in tx.execute(_people(self._workspace_id).order_by(prospects.c.id)):
            self._take_in(row)
        self._order = sorted((*self.place(number), each) for number, each in self.known.items())
        for table in (NOTES, TOUCHES):
            self._take_notes(tx, table, _noted(self._workspace_id, table))
        self._is_loaded = True
        # It lives as long as the process; each full collection would walk through all of it, for 0.3 s.
        gc.collect()
        gc.freeze()

    def _read_again(self, tx: Connection, change_ids: Sequence[int]) -> None:
        people: set[int] = set()
        noted: dict[str, set[int]] = {NOTES: set(), TOUCHES: set()}
        planned: dict[str, set[int]] = {steps.name: set(), enrollments.name: set()}
        for part in _parts(change_ids):
            for prospect_id, images in tx.execute(
                select(changes.c.prospect_id, changes.c.images).where(changes.c.id.in_(part))
            ):
                people |= {prospect_id} - {None}
                for image in images:
                    _name_row(image, people, noted | planned)
        for plan in (steps, enrollments):
            for part in _parts(planned[plan.name]):
                people |= set(tx.execute(select(plan.c.prospect_id).where(plan.c.id.in_(part))).scalars())
        for part in _parts(people):
            self._read_people(tx, part)
        for table, numbers in noted.items():
            for part in _parts(numbers):
                self._read_notes(tx, table, part)

    def _read_people(self, tx: Connection, numbers: Sequence[int]) -> None:
        for number in numbers:
            if number in self.known:
                del self._order[bisect_left(self._order, (*self.place(number), self.known[number]))]
                self._own[self.known.pop(number).owner_id].discard(number)
                self._people.put(number, None)
        for row in tx.execute(_people(self._workspace_id).where(prospects.c.id.in_(numbers))):
            self._take_in(row)
            insort(self._order, (*self.place(row.id), self.known[row.id]))

    def _read_notes(self, tx: Connection, table: str, numbers: Sequence[int]) -> None:
        for number in numbers:
            self._notes.put(number * 2 + SLOT[table], None)
        self._take_notes(tx, table, _noted(self._workspace_id, table, numbers))

    def _take_notes(self, tx: Connection, table: str, query: Any) -> None:
        for number, prospect_id, text in tx.execute(query):
            slot = number * 2 + SLOT[table]
            self._about[slot] = prospect_id
            self._noted_of[prospect_id].append(slot)
            self._notes.put(slot, folded(text))

    def _take_in(self, row: Any) -> None:
        self._people.put(row.id, f" {row.name_key} {row.company_key or ''} {row.email or ''} ")
        self.known[row.id] = known_of(row)
        self._own[row.owner_id].add(row.id)


_indexes: WeakKeyDictionary[Engine, dict[str, Index]] = WeakKeyDictionary()
_making = Lock()


def index_of(tx: Connection, workspace_id: str) -> Index:
    """The workspace's index; its lock is to be held while it is used."""
    with _making:
        kept = _indexes.setdefault(tx.engine, {})
        if workspace_id not in kept:
            while len(kept) >= WORKSPACES_KEPT:
                del kept[next(iter(kept))]
            kept[workspace_id] = Index(workspace_id)
        return kept[workspace_id]


def _people(workspace_id: str) -> Any:
    return select(*KEPT).select_from(WITH_STEP.outerjoin(enrollments, RUNNING)).where(seen_in(workspace_id))


def _noted(workspace_id: str, table: str, numbers: Sequence[int] | None = None) -> Any:
    """All notes, or what was noted with touches; ``numbers``: only these."""
    kept, text = (notes, notes.c.text) if table == NOTES else (touches, touches.c.note)
    query = select(kept.c.id, kept.c.prospect_id, text).where(text.is_not(None))
    if numbers is None:
        return query.where(kept.c.workspace_id == workspace_id)
    # Said like this SQLite looks the numbers up, where else it would read through all notes of the workspace.
    return query.where(kept.c.workspace_id.concat("") == workspace_id, kept.c.id.in_(numbers))


def _name_row(image: dict[str, Any], people: set[int], named: dict[str, set[int]]) -> None:
    """Which row to read again for what a change did to one."""
    if image["table"] == prospects.name:
        people.add(image["key"]["id"])
    elif image["table"] in named:
        named[image["table"]].add(image["key"]["id"])
        # A row that is gone again says itself whose it was.
        said = [image[side]["prospect_id"] for side in ("before", "after") if "prospect_id" in (image[side] or {})]
        people.update(said)


def _parts(numbers: Iterable[int]) -> Iterator[list[int]]:
    remaining = iter(sorted(numbers))
    while part := list(islice(remaining, READ_AT_ONCE)):
        yield part
