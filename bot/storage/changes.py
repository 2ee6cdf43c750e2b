"""The record of every undoable action, with each row before and after."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, delete, insert, or_, select, update

from bot.storage.records import Change, one, record
from bot.storage.tables import ChangeKind, changes, metadata
from bot.storage.types import from_json, to_json

ADD = insert(changes).returning(changes.c.id)
OF_REQUEST = select(changes).where(
    changes.c.workspace_id == bindparam("workspace"),
    changes.c.request_id == bindparam("request"),
    changes.c.undone_at.is_(None),
)


PART = "together"
"""The origin of what is only a part of a change: the whole has the rows, and is what is undone."""
_WHOLE = changes.c.origin != PART


def get(tx: Connection, workspace_id: str, change_id: int, *, lock: bool = False) -> Change | None:
    """A change, or None."""
    query = select(changes).where(changes.c.workspace_id == workspace_id, changes.c.id == change_id)
    return one(Change, tx.execute(query.with_for_update() if lock else query))


def of_request(tx: Connection, workspace_id: str, request_id: str) -> Change | None:
    """What a request already did, unless that was undone."""
    return one(Change, tx.execute(OF_REQUEST, {"workspace": workspace_id, "request": request_id}))


def last_of(tx: Connection, workspace_id: str, member_id: str) -> Change | None:
    """The newest change of a member that stands and can be undone."""
    mine = (changes.c.workspace_id == workspace_id, changes.c.member_id == member_id)
    return _first(tx, *mine, _standing(), _WHOLE, changes.c.undoes_id.is_(None))


def lately(tx: Connection, workspace_id: str, member_id: str, limit: int) -> list[Change]:
    """A member's standing changes, newest first."""
    mine = (changes.c.workspace_id == workspace_id, changes.c.member_id == member_id, changes.c.undoes_id.is_(None))
    rows = tx.execute(select(changes).where(*mine, _standing(), _WHOLE).order_by(changes.c.id.desc()).limit(limit))
    return [record(Change, row) for row in rows]


def whole_of(tx: Connection, part: Change) -> Change | None:
    """The change that this one is a part of; it was written down after its parts, in the same moment."""
    whole = (
        changes.c.workspace_id == part.workspace_id,
        changes.c.member_id == part.member_id,
        changes.c.kind == ChangeKind.BATCH,
        changes.c.happened_at == part.happened_at,
        changes.c.undoes_id.is_(None),
        changes.c.id > part.id,
    )
    return one(Change, tx.execute(select(changes).where(*whole).order_by(changes.c.id).limit(1)))


def parts_of(tx: Connection, whole: Change) -> list[Change]:
    """The parts of a change, in the order in which they were done; none where it did one thing."""
    numbers = whole.facts.get("parts", [])
    mine = (changes.c.workspace_id == whole.workspace_id, changes.c.id.in_(numbers))
    if not numbers:
        return []
    return [record(Change, row) for row in tx.execute(select(changes).where(*mine).order_by(changes.c.id))]


def last_on(tx: Connection, workspace_id: str, prospect_id: int, after_id: int = 0) -> Change | None:
    """The newest standing change on a prospect that came after another."""
    mine = (changes.c.workspace_id == workspace_id, changes.c.prospect_id == prospect_id)
    return _first(tx, *mine, _standing(), changes.c.undoes_id.is_(None), changes.c.id > after_id)


def about_touch(tx: Connection, workspace_id: str, prospect_id: int, touch_id: int) -> list[Change]:
    """The standing changes that logged a touch and corrected it, newest first."""
    kinds = (ChangeKind.LOGGED, ChangeKind.TOUCH_EDITED)
    mine = (changes.c.workspace_id == workspace_id, changes.c.prospect_id == prospect_id, changes.c.kind.in_(kinds))
    rows = tx.execute(select(changes).where(*mine, _standing(), changes.c.undoes_id.is_(None)).order_by(changes.c.id))
    found = [record(Change, row) for row in rows]
    return [change for change in reversed(found) if change.facts.get("touch_id") == touch_id]


def last_of_kinds(tx: Connection, workspace_id: str, prospect_id: int, kinds: Sequence[str]) -> Change | None:
    """The newest standing change of these kinds on a prospect."""
    mine = (changes.c.workspace_id == workspace_id, changes.c.prospect_id == prospect_id)
    return _first(tx, *mine, _standing(), changes.c.kind.in_(kinds))


def on_at(tx: Connection, workspace_id: str, prospect_id: int, moment: datetime) -> Change | None:
    """The standing change that was made at exactly this moment on a prospect, or on a cadence that it is on."""
    on_cadence = and_(changes.c.prospect_id.is_(None), changes.c.kind == ChangeKind.CADENCE)
    mine = (changes.c.workspace_id == workspace_id, or_(changes.c.prospect_id == prospect_id, on_cadence))
    return _first(tx, *mine, _standing(), changes.c.undoes_id.is_(None), changes.c.happened_at == moment)


def that_planned(tx: Connection, workspace_id: str, step_id: int) -> Change | None:
    """The change that made a step the next one, undone or not."""
    return _first(tx, changes.c.workspace_id == workspace_id, changes.c.step_id == step_id)


def since(
    tx: Connection, workspace_id: str, prospect_ids: Sequence[int], kinds: Sequence[str], moment: datetime
) -> list[Change]:
    """Standing changes of these kinds on these prospects since a moment, oldest first."""
    rows = tx.execute(
        select(changes)
        .where(
            changes.c.workspace_id == workspace_id,
            changes.c.prospect_id.in_(prospect_ids),
            changes.c.kind.in_(kinds),
            changes.c.happened_at >= moment,
            _standing(),
        )
        .order_by(changes.c.id)
    )
    return [record(Change, row) for row in rows]


def add(tx: Connection, **values: Any) -> int:
    """Write a change down; its number."""
    return int(tx.execute(ADD, values).scalar_one())


def mark_undone(tx: Connection, change: Change, now: datetime) -> None:
    """The change no longer stands."""
    numbers = [change.id, *change.facts.get("parts", [])]
    mine = (changes.c.workspace_id == change.workspace_id, changes.c.id.in_(numbers))
    tx.execute(update(changes).where(*mine).values(undone_at=now))


def image(values: dict[str, Any]) -> dict[str, Any]:
    """Column values as JSON keeps them."""
    return {name: to_json(value) for name, value in values.items()}


def now_of(tx: Connection, table: Table, key: dict[str, Any]) -> dict[str, Any] | None:
    """The row as it stands, as an image, its row locked; None when it is gone."""
    row = tx.execute(select(table).where(*_at(table, key)).with_for_update(key_share=True)).one_or_none()
    return None if row is None else image(dict(zip(table.c.keys(), row, strict=True)))


def stand(stands: dict[str, Any] | None, after: dict[str, Any] | None) -> bool:
    """True where a row is as a change left it; None: it is gone, or the change took it away."""
    if stands is None or after is None:
        return stands is None and after is None
    return all(stands[name] == value for name, value in after.items())


def put_back(
    tx: Connection, table: Table, key: dict[str, Any], before: dict[str, Any] | None, *, is_gone: bool = False
) -> None:
    """Give the row the values it had; None: it was not there. ``is_gone``: it has to be made again."""
    if before is None:
        tx.execute(delete(table).where(*_at(table, key)))
        return
    values = {name: from_json(table.c[name].type, value) for name, value in before.items()}
    if is_gone:
        tx.execute(insert(table).values(**values))
    else:
        tx.execute(update(table).where(*_at(table, key)).values(**values))


def table_named(name: str) -> Table:
    """The table an image speaks of."""
    return metadata.tables[name]


def _at(table: Table, key: dict[str, Any]) -> list[ColumnElement[bool]]:
    return [table.c[name] == value for name, value in key.items()]


def _standing() -> ColumnElement[bool]:
    return changes.c.undone_at.is_(None)


def _first(tx: Connection, *conditions: ColumnElement[bool]) -> Change | None:
    return one(Change, tx.execute(select(changes).where(*conditions).order_by(changes.c.id.desc()).limit(1)))
