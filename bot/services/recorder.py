"""Writes rows inside one transaction and keeps each before and after: what undo, audit and history are made of."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Table, insert, update

from bot.services.actor import Actor, Origin
from bot.storage import changes, silences, tables
from bot.storage.engine import Database
from bot.storage.records import (
    CadenceRow,
    CadenceRule,
    Change,
    Enrollment,
    Hook,
    Member,
    Note,
    Prospect,
    Resource,
    ResourceUse,
    SavedView,
    Shorthand,
    StepRow,
    Team,
    TeamDigest,
    Touch,
    Workspace,
    columns_of,
)
from bot.storage.tables import ChangeKind
from bot.storage.types import Kept, to_json

TABLES: dict[type[Any], Table] = {
    Member: tables.members,
    Prospect: tables.prospects,
    Enrollment: tables.enrollments,
    StepRow: tables.steps,
    Touch: tables.touches,
    Note: tables.notes,
    TeamDigest: tables.team_digests,
    Team: tables.teams,
    Workspace: tables.workspaces,
    CadenceRow: tables.cadences,
    CadenceRule: tables.cadence_rules,
    Hook: tables.hooks,
    Resource: tables.resources,
    ResourceUse: tables.resource_uses,
    SavedView: tables.saved_views,
    Shorthand: tables.shorthands,
}
NUMBERED_KINDS = (Prospect, Enrollment, StepRow, Touch, Note, CadenceRule, Hook, Resource, ResourceUse)
COUNTS = frozenset({"silent_run", "answered_run"})
"""Columns that begin at nought, and say again what the touches say: no part of what somebody did."""


def _left_out(column: Column[Any]) -> Any:
    if isinstance(column.type, Kept):
        return column.type.empty
    return 0 if column.name in COUNTS else None


NUMBERED = {TABLES[kind]: insert(TABLES[kind]).returning(TABLES[kind].c.id) for kind in NUMBERED_KINDS}
"""Built once: putting an INSERT together costs more than running it."""
EMPTY = {
    table: {name: _left_out(table.c[name]) for name in columns_of(kind) if name != "id"}
    for kind, table in TABLES.items()
}
CURSORS = frozenset({"next_digest_at"})
"""Columns that the worker moves by itself: no part of what somebody did."""
LEFT_OUT = CURSORS | COUNTS
"""What no image holds."""

R = TypeVar(
    "R",
    Member,
    Prospect,
    Enrollment,
    StepRow,
    Touch,
    Note,
    TeamDigest,
    Team,
    Workspace,
    CadenceRow,
    CadenceRule,
    Hook,
    Resource,
    ResourceUse,
    SavedView,
    Shorthand,
)


@dataclass(slots=True)
class Recorder:
    """Writes rows inside one transaction and remembers each before and after; ``close`` makes them one change."""

    tx: Connection
    actor: Actor
    kind: ChangeKind
    now: datetime
    images: list[dict[str, Any]]
    whole: "Recorder | None" = None
    """The recorder of the change that this one is only a part of."""
    parts: list[int] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    """Prospects of which a touch was written, corrected, moved or taken away."""

    def insert(self, kind: type[R], **values: Any) -> R:
        """A new row; columns left out are NULL, or empty where that is what NULL stands for."""
        table = TABLES[kind]
        row = {**EMPTY[table], **values}
        row["workspace_id"] = self.actor.workspace_id
        if table in NUMBERED:
            row["id"] = self.tx.execute(NUMBERED[table], row).scalar_one()
        else:
            self.tx.execute(insert(table), row)
        made = made_of(kind, row)
        self._follow(table, row)
        self._keep(table, _key(table, made), None, row)
        return made

    def update(self, row: R, **values: Any) -> R:
        """The row with other values; what stays the same is not written."""
        row = self._settled(row)
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not changed:
            return row
        table = TABLES[type(row)]
        key = _key(table, row)
        if isinstance(row, Touch):
            self._follow(table, {"prospect_id": row.prospect_id}, changed)
        self.tx.execute(update(table).where(*(table.c[name] == value for name, value in key.items())).values(**changed))
        self._keep(table, key, {name: getattr(row, name) for name in changed}, changed)
        return replace(row, **changed)

    def delete(self, row: Touch | SavedView | Shorthand) -> None:
        """The row is gone."""
        table, key = TABLES[type(row)], _key(TABLES[type(row)], row)
        before = changes.now_of(self.tx, table, key)
        self._follow(table, before)
        changes.put_back(self.tx, table, key, None)
        self.images.append({"table": table.name, "key": key, "before": before, "after": None})

    def take_back(self, image: dict[str, Any]) -> bool:
        """A row as it was before a change; False, and nothing done, where it moved on since."""
        table, key = changes.table_named(image["table"]), image["key"]
        stands = changes.now_of(self.tx, table, key)
        if not changes.stand(stands, image["after"]):
            return False
        self._follow(table, stands, image["before"])
        changes.put_back(self.tx, table, key, image["before"], is_gone=stands is None)
        self.images.append({**image, "before": image["after"], "after": image["before"]})
        return True

    def close(self, prospect: Prospect | None, **facts: Any) -> Change:
        """Write the change down. ``facts`` is what its words are made of."""
        if prospect is not None:
            facts = {"name": prospect.name, "company": prospect.company, **facts}
        values: dict[str, Any] = {
            "workspace_id": self.actor.workspace_id,
            "member_id": self.actor.member.id,
            "kind": self.kind,
            "origin": self.actor.origin.value,
            "request_id": self.actor.request_id,
            "prospect_id": prospect and prospect.id,
            "step_id": self._planned_step(),
            "facts": {name: to_json(value) for name, value in facts.items() if value is not None},
            "images": self.images if self.whole is None else [],
            "happened_at": self.now,
            "undone_at": None,
            "undoes_id": None,
        }
        made = Change(id=changes.add(self.tx, **values), **values)
        if self.whole is not None:
            self.whole.images += self.images
            self.whole.parts.append(made.id)
        return made

    def settle(self) -> None:
        """What is counted from touches is counted anew, where one was written: last, in the same transaction."""
        if self.touched:
            silences.settle(self.tx, self.actor.workspace_id, self.touched)
            self.touched.clear()

    def _settled(self, row: R) -> R:
        """A prospect to whom a touch was written before, with what was counted from it."""
        if not isinstance(row, Prospect) or row.id not in self.touched:
            return row
        found = silences.settle(self.tx, self.actor.workspace_id, [row.id])[row.id]
        self.touched.discard(row.id)
        return replace(row, silent_run=found.silent, answered_run=found.answered)

    def _follow(self, table: Table, *rows: dict[str, Any] | None) -> None:
        """Whose touches these are, where they are touches."""
        if table is tables.touches:
            self.touched.update(row["prospect_id"] for row in rows if row and "prospect_id" in row)

    def _planned_step(self) -> int | None:
        """The step this change made the next one: its buttons name it even after an undo."""
        made = [image["key"]["id"] for image in self.images if image["table"] == "steps" and image["before"] is None]
        return made[-1] if made else None

    def _keep(self, table: Table, key: dict[str, Any], before: dict[str, Any] | None, after: dict[str, Any]) -> None:
        after = {name: value for name, value in after.items() if name not in LEFT_OUT}
        was = None if before is None else changes.image(before)
        self.images.append({"table": table.name, "key": key, "before": was, "after": changes.image(after)})


def made_of(kind: Callable[..., R], row: dict[str, Any]) -> R:
    """The record of a row given by column names."""
    return kind(**row)


class Joined(Database):
    """A database inside one transaction: every verb that begins in it joins that, with a change of its own."""

    def __init__(self, tx: Connection) -> None:
        """``tx`` is the transaction that runs already."""
        self.tx = tx

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """The transaction that runs already."""
        yield self.tx

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """The same: what was written in it is seen."""
        yield self.tx


class Together(Database):
    """A database inside one transaction: every verb that begins in it joins that, and becomes part of one change."""

    def __init__(self, recorder: Recorder) -> None:
        """``recorder`` is that of the whole change."""
        self.recorder = recorder

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """The transaction that runs already."""
        yield self.recorder.tx

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """The same: what was written in it is seen."""
        yield self.recorder.tx

    def part(self, actor: Actor, kind: ChangeKind, now: datetime) -> Recorder:
        """A recorder whose rows go into the whole change; its own change says only what was done to whom."""
        acting = replace(actor, origin=Origin.TOGETHER, request_id=None)
        return Recorder(self.recorder.tx, acting, kind, now, [], self.recorder, touched=self.recorder.touched)


def _key(table: Table, row: Any) -> dict[str, Any]:
    named = {column.name: getattr(row, column.name) for column in table.primary_key}
    return named if isinstance(row, Workspace) else named | {"workspace_id": row.workspace_id}
