"""One mechanism for undo, audit and history: every write goes through a recorder that keeps before and after."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Table, insert, update
from sqlalchemy.exc import IntegrityError

from bot.services import cards
from bot.services.actor import Actor, Origin
from bot.services.cards import Card
from bot.services.errors import (
    AlreadyDone,
    DomainError,
    DoNotContactStands,
    Gone,
    InvalidInput,
    NotAllowed,
    NothingToUndo,
    NotYours,
    UndoConflict,
    UndoneBefore,
)
from bot.storage import absences, cadences, changes, members, prospects, resources, silences, steps, tables
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
from bot.storage.tables import ChangeKind, Role
from bot.storage.types import Kept, to_json
from language import say, say_n

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
HISTORY_LENGTH = 10
SLIP_OF_THE_FINGER = timedelta(hours=1)
"""So long a do-not-contact that was set by mistake may be taken back; later only an admin lifts it."""

MERGED_FOR_GOOD = timedelta(days=30)


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


@contextmanager
def writing(db: Database, actor: Actor, kind: ChangeKind, now: datetime) -> Iterator[Recorder]:
    """The one transaction of a service. AlreadyDone when the request was carried out before."""
    if isinstance(db, Together):
        yield db.part(actor, kind, now)
        return
    try:
        with db.begin() as tx:
            recorder = Recorder(tx, actor, kind, now, [])
            yield recorder
            recorder.settle()
    except (IntegrityError, DomainError):
        # Looking first would cost every request a query. A repeated one runs into the index of requests at the latest
        # when its change is written, or finds the prospect moved on, by itself: only then is it worth a look.
        with db.read() as tx:
            _refuse_repeat(tx, actor)
        raise


@dataclass(frozen=True, slots=True)
class Undone:
    """A change that was taken back; ``prospect`` is how it stands now, None when it is gone or was never about one."""

    change: Change
    prospect_id: int | None
    prospect: Prospect | None
    card: Card | None = None
    others: tuple[Card, ...] = ()
    """How those stand whom a change of several things was about."""


def undo(db: Database, actor: Actor, change_id: int | None, now: datetime) -> Undone:
    """Take back a change (None: the actor's last), exactly, or say what moved since and change nothing."""
    with writing(db, actor, ChangeKind.UNDONE, now) as recorder:
        change = _wanted(recorder.tx, actor, change_id, now)
        _refuse_used(recorder.tx, change)
        _refuse_outgrown_merge(recorder.tx, change, now)
        if change.prospect_id is None:
            _hold_all(recorder.tx, change)
        for image in reversed(change.images):
            _take_back(recorder, change, image)
        changes.mark_undone(recorder.tx, change, now)
        recorder.settle()
        others = _others(recorder, change)
        _note_undo(recorder, change)
        prospect = change.prospect_id and prospects.get(recorder.tx, actor.workspace_id, change.prospect_id)
        card = cards.of(recorder.tx, actor.member, prospect) if prospect else None
        return Undone(change, change.prospect_id, prospect or None, card, others)


def history(db: Database, actor: Actor) -> list[Change]:
    """The actor's own changes that stand, newest first."""
    with db.read() as tx:
        return changes.lately(tx, actor.workspace_id, actor.member.id, HISTORY_LENGTH)


def _wanted(tx: Connection, actor: Actor, change_id: int | None, now: datetime) -> Change:
    if change_id is None:
        found = changes.last_of(tx, actor.workspace_id, actor.member.id)
        if found is None:
            raise NothingToUndo
        change_id = found.id
    change = changes.get(tx, actor.workspace_id, change_id)
    if change is not None and change.origin == Origin.TOGETHER:
        change = changes.whole_of(tx, change)
    if change is None or change.undoes_id is not None:
        raise Gone
    if change.prospect_id is not None:
        # Every verb locks the prospect before any other row: so does its undo, or the two would wait for each other.
        prospects.get(tx, actor.workspace_id, change.prospect_id, lock=True)
    change = changes.get(tx, actor.workspace_id, change.id, lock=True) or change
    if change.undone_at is not None:
        raise UndoneBefore(change, change.undone_at)
    if change.facts.get("do_not_contact") and now - change.happened_at > SLIP_OF_THE_FINGER:
        raise DoNotContactStands(change)
    if change.member_id != actor.member.id:
        _refuse_strangers_undo(tx, actor, change)
    return change


def _refuse_strangers_undo(tx: Connection, actor: Actor, change: Change) -> None:
    """Managers and the owner may take back what others did to a prospect; settings and roles only an admin."""
    if change.kind is ChangeKind.BATCH:
        if not actor.member.may_manage:
            raise NotAllowed(say("take back what somebody else did to several at once"), say("a manager"))
        return
    if change.prospect_id is None:
        if actor.member.role is not Role.ADMIN:
            raise NotAllowed(say("take back what somebody else set"), say("an admin"))
        return
    if actor.member.may_manage:
        return
    prospect = change.prospect_id and prospects.get(tx, actor.workspace_id, change.prospect_id)
    if not prospect:
        raise Gone
    if prospect.owner_id != actor.member.id:
        owner = members.get(tx, actor.workspace_id, prospect.owner_id)
        if owner is None:
            raise Gone
        raise NotYours(prospect, owner)


def _refuse_used(tx: Connection, change: Change) -> None:
    """A version of a cadence on which somebody was put since it was saved is not taken from under them.

    Nor is a resource that somebody was sent, or a prospect with whom something happened since.
    """
    moved = {image["key"]["id"] for image in change.images if image["table"] == tables.enrollments.name}
    for image in change.images:
        begun = image["table"] == tables.prospects.name and image["before"] is None
        if begun and changes.last_on(tx, change.workspace_id, image["key"]["id"], change.id):
            raise _conflict(tx, change)
        if image["table"] == tables.cadences.name and image["before"] is None:
            key = image["key"]
            if cadences.on_version(tx, change.workspace_id, key["key"], key["version"]) - moved:
                raise UndoConflict(change, None, None)
        added = image["table"] == tables.resources.name and image["before"] is None
        if added and resources.is_used(tx, change.workspace_id, image["key"]["id"]):
            raise UndoConflict(change, None, None)


def _others(recorder: Recorder, change: Change) -> tuple[Card, ...]:
    """The cards of those a change of several things was about, as they stand now."""
    tx, workspace_id = recorder.tx, change.workspace_id
    numbers = sorted({part.prospect_id for part in changes.parts_of(tx, change) if part.prospect_id is not None})
    standing = prospects.many(tx, workspace_id, numbers)
    return tuple(cards.of(tx, recorder.actor.member, standing[number]) for number in numbers if number in standing)


def _refuse_outgrown_merge(tx: Connection, change: Change, now: datetime) -> None:
    """Two that were merged are told apart again for a month, and only while what was next then is next now."""
    if change.kind is not ChangeKind.MERGED or change.prospect_id is None:
        return
    if now - change.happened_at > MERGED_FOR_GOOD:
        why = say_n(
            "a merge can be undone for {count} day, and this one is older",
            "a merge can be undone for {count} days, and this one is older",
            MERGED_FOR_GOOD.days,
        )
        raise InvalidInput("when", why)
    step = steps.open_of(tx, change.workspace_id, change.prospect_id)
    running = steps.enrollment_of(tx, change.workspace_id, change.prospect_id)
    left = (change.facts.get("step_id"), change.facts.get("running_id"))
    if (step and step.id, running and running.id) != left:
        raise _conflict(tx, change)


def _hold_all(tx: Connection, change: Change) -> None:
    """Hold what a change of many rows touched in the order in which such changes do: who and when, prospects, steps."""
    for image in change.images:
        if image["table"] != tables.steps.name:
            changes.now_of(tx, changes.table_named(image["table"]), image["key"])
    moved = {image["key"]["id"] for image in change.images if image["table"] == tables.steps.name}
    absences.hold_prospects(tx, change.workspace_id, sorted(moved))


def _take_back(recorder: Recorder, change: Change, image: dict[str, Any]) -> None:
    if not recorder.take_back(image):
        raise _conflict(recorder.tx, change)


def _conflict(tx: Connection, change: Change) -> UndoConflict:
    since = change.prospect_id and changes.last_on(tx, change.workspace_id, change.prospect_id, change.id)
    by = members.get(tx, change.workspace_id, since.member_id) if since else None
    return UndoConflict(change, since or None, by)


def _note_undo(recorder: Recorder, change: Change) -> None:
    changes.add(
        recorder.tx,
        workspace_id=change.workspace_id,
        member_id=recorder.actor.member.id,
        kind=ChangeKind.UNDONE,
        origin=recorder.actor.origin.value,
        request_id=recorder.actor.request_id,
        prospect_id=change.prospect_id,
        facts=change.facts,
        images=recorder.images,
        happened_at=recorder.now,
        undoes_id=change.id,
    )


def _refuse_repeat(tx: Connection, actor: Actor) -> None:
    if actor.request_id is None:
        return
    first = changes.of_request(tx, actor.workspace_id, actor.request_id)
    if first is not None:
        raise AlreadyDone(first)


def _key(table: Table, row: Any) -> dict[str, Any]:
    named = {column.name: getattr(row, column.name) for column in table.primary_key}
    return named if isinstance(row, Workspace) else named | {"workspace_id": row.workspace_id}
