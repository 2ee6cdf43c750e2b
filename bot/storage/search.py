"""An index of one workspace's prospects and what is written of them, kept in memory and brought up to date at each use.

What it says is only ever a proposal: who is found is read from the database in the same transaction. Which rows to
read again it learns from the changes, which every write leaves behind, whichever process made it.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, and_, bindparam, select

from bot.storage.known import Known, Shelves, known_of
from bot.storage.prospects import seen_in
from bot.storage.shown import WITH_STEP
from bot.storage.tables import changes, enrollments, notes, prospects, steps, touches
from bot.storage.texts import NOTES, TOUCHES, Texts

READ_AT_ONCE = 500
OVERLAP = 1_000
"""PostgreSQL numbers changes before they are committed: so many are looked at again for those that came late."""
WORKSPACES_KEPT = 8
latest = enrollments.alias("latest")
ENDED_AS = (
    select(latest.c.state)
    .where(latest.c.workspace_id == prospects.c.workspace_id, latest.c.prospect_id == prospects.c.id)
    .order_by(latest.c.ended_at.is_not(None), latest.c.id.desc())  # one that was merged in may be newer
    .limit(1)
    .correlate(prospects)
    .scalar_subquery()
)
"""How the cadence stands that runs, or how the latest one ended."""
KEPT = (
    *(prospects.c[name] for name in ("id", "owner_id", "name_key", "company_key", "email", "stage", "active_at")),
    *(prospects.c[name] for name in ("value_minor", "currency", "source", "industry", "lost_reason")),
    prospects.c.do_not_contact_at,
    *(steps.c[name] for name in ("due_at", "snoozes", "paused_until_on", "number")),
    steps.c.cadence.label("planned_by"),
    enrollments.c.cadence,
    ENDED_AS.label("ended_as"),
)
CHANGED = select(changes.c.id).where(changes.c.workspace_id == bindparam("workspace"))
CHANGED_SINCE = CHANGED.where(changes.c.id >= bindparam("number"))
LATEST_CHANGES = CHANGED.order_by(changes.c.id.desc()).limit(OVERLAP)
RUNNING = and_(
    enrollments.c.workspace_id == prospects.c.workspace_id,
    enrollments.c.prospect_id == prospects.c.id,
    enrollments.c.ended_at.is_(None),
)


class Index:
    """What can be found in one workspace."""

    def __init__(self, workspace_id: str) -> None:
        """Nothing is read yet."""
        self.lock = Lock()
        self.shelves, self.texts = Shelves(), Texts()
        self._workspace_id = workspace_id
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

    def _changed_since(self, tx: Connection, number: int) -> list[int]:
        asked = {"workspace": self._workspace_id, "number": max(number, 0)}
        return list(tx.execute(CHANGED_SINCE if self._is_loaded else LATEST_CHANGES, asked).scalars())

    def _load(self, tx: Connection) -> None:
        self.shelves, self.texts = Shelves(), Texts()
        self.shelves.put_all(self._read(tx, _people(self._workspace_id).order_by(prospects.c.id)))
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
            self.shelves.drop(number)
            self.texts.put(number, None)
        for number, known in self._read(tx, _people(self._workspace_id).where(prospects.c.id.in_(numbers))):
            self.shelves.put(number, known)

    def _read_notes(self, tx: Connection, table: str, numbers: Sequence[int]) -> None:
        for number in numbers:
            self.texts.drop_note(table, number)
        self._take_notes(tx, table, _noted(self._workspace_id, table, numbers))

    def _take_notes(self, tx: Connection, table: str, query: Any) -> None:
        for number, prospect_id, text in tx.execute(query):
            self.texts.put_note(table, number, prospect_id, text)

    def _read(self, tx: Connection, query: Any) -> Iterator[tuple[int, Known]]:
        for row in tx.execute(query):
            self.texts.put(row.id, f" {row.name_key} {row.company_key or ''} {row.email or ''} ")
            yield row.id, known_of(row)


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
