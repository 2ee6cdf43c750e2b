"""Prospects: one, many, by name, by what identifies a person."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, case, func, or_, select

from bot.storage.records import Prospect, StepRow, columns_of, one, record
from bot.storage.tables import prospects, steps
from cadences.model import OPEN_STAGES, Stage

PROSPECT_WIDTH = len(columns_of(Prospect))


def _alike() -> Select[Any]:
    # The workspace stands in each part: only then does SQLite look each part up in an index of its own.
    mine = prospects.c.workspace_id == bindparam("workspace")
    address = and_(mine, prospects.c.email == bindparam("email"))
    phone = and_(mine, prospects.c.phone == bindparam("phone"))
    company = prospects.c.company_key.is_not_distinct_from(bindparam("company"))
    name = and_(mine, prospects.c.name_key == bindparam("name"), company)
    likeliest = case((address, 0), (phone, 1), else_=2)
    return select(prospects).where(or_(address, phone, name)).order_by(likeliest, prospects.c.id).limit(1)


ALIKE = _alike()


def _suppressed() -> Select[Any]:
    mine = prospects.c.workspace_id == bindparam("workspace")
    stands = prospects.alias("stands")  # the prospect itself, or the one it became part of
    same = and_(
        stands.c.workspace_id == prospects.c.workspace_id,
        stands.c.id == func.coalesce(prospects.c.merged_into_id, prospects.c.id),
    )
    known = or_(
        and_(mine, prospects.c.email == bindparam("email")), and_(mine, prospects.c.phone == bindparam("phone"))
    )
    return (
        select(stands).join_from(prospects, stands, same).where(known, stands.c.do_not_contact_at.is_not(None)).limit(1)
    )


SUPPRESSED = _suppressed()
BOTH = and_(prospects.c.workspace_id == steps.c.workspace_id, prospects.c.id == steps.c.prospect_id)
STANDS = prospects.c.merged_into_id.is_(None)
"""Who was merged into another is found as that other one."""
ONE = select(prospects).where(
    prospects.c.workspace_id == bindparam("workspace"), prospects.c.id == bindparam("prospect")
)
HELD = ONE.with_for_update()


def seen_in(workspace_id: str | ColumnElement[str]) -> ColumnElement[bool]:
    """The one place that decides whom lists, searches and names lead to: everybody of the workspace, each once."""
    return and_(prospects.c.workspace_id == workspace_id, STANDS)


def get(tx: Connection, workspace_id: str, prospect_id: int, *, lock: bool = False) -> Prospect | None:
    """A prospect, or None; ``lock`` holds its row until the transaction ends (SQLite holds everything anyway)."""
    return one(Prospect, tx.execute(HELD if lock else ONE, {"workspace": workspace_id, "prospect": prospect_id}))


def matching(tx: Connection, workspace_id: str, key: str, limit: int) -> list[Prospect]:
    """Prospects whose name or company holds ``key``, or whose e-mail is it; open ones first, then by name."""
    part = f"%{key.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
    hit = or_(
        prospects.c.name_key.like(part, escape="!"),
        prospects.c.company_key.like(part, escape="!"),
        prospects.c.email == key,
    )
    rows = tx.execute(
        select(prospects)
        .where(seen_in(workspace_id), hit)
        .order_by(prospects.c.stage.in_(OPEN_STAGES).desc(), prospects.c.name_key, prospects.c.id)
        .limit(limit)
    )
    return [record(Prospect, row) for row in rows]


def holding(tx: Connection, workspace_id: str, words: Sequence[str], limit: int) -> list[Prospect]:
    """Prospects whose name and company together hold all these words; open ones first, then by name."""
    both = prospects.c.name_key + " " + prospects.c.company_key
    hit = and_(*(both.contains(word, autoescape=True) for word in words))
    rows = tx.execute(
        select(prospects)
        .where(seen_in(workspace_id), hit)
        .order_by(prospects.c.stage.in_(OPEN_STAGES).desc(), prospects.c.name_key, prospects.c.id)
        .limit(limit)
    )
    return [record(Prospect, row) for row in rows]


def keys(tx: Connection, workspace_id: str, limit: int) -> list[tuple[int, str, str]]:
    """(id, name key, company key) of the newest prospects, for a search that forgives typos."""
    rows = tx.execute(
        select(prospects.c.id, prospects.c.name_key, func.coalesce(prospects.c.company_key, ""))
        .where(seen_in(workspace_id))
        .order_by(prospects.c.id.desc())
        .limit(limit)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def many(tx: Connection, workspace_id: str, ids: Sequence[int]) -> dict[int, Prospect]:
    """Prospects by id; those that are gone are left out."""
    rows = tx.execute(select(prospects).where(prospects.c.workspace_id == workspace_id, prospects.c.id.in_(ids)))
    return {row.id: record(Prospect, row) for row in rows}


def alike(
    tx: Connection, workspace_id: str, email: str | None, phone: str | None, name_key: str, company_key: str | None
) -> Prospect | None:
    """The likeliest double of a person: same e-mail, else same phone, else same name at the same company."""
    known = {"workspace": workspace_id, "email": email, "phone": phone, "name": name_key, "company": company_key}
    found = one(Prospect, tx.execute(ALIKE, known))
    return found and standing(tx, workspace_id, found.id, found)


def standing(tx: Connection, workspace_id: str, prospect_id: int, known: Prospect | None = None) -> Prospect | None:
    """The prospect, or the one that it became part of."""
    found = known or get(tx, workspace_id, prospect_id)
    if found is None or found.merged_into_id is None:
        return found
    return get(tx, workspace_id, found.merged_into_id)


def addresses(tx: Connection, workspace_id: str, first: str, hosts: Iterable[str]) -> list[tuple[int, str]]:
    """(id, e-mail) of who has an address with these hosts that begins with a letter."""
    there = or_(*(prospects.c.email.like(f"{first}%@{host}") for host in hosts))
    rows = tx.execute(select(prospects.c.id, prospects.c.email).where(prospects.c.workspace_id == workspace_id, there))
    return [(row[0], row[1]) for row in rows]


def keys_from(tx: Connection, workspace_id: str, first: str) -> list[tuple[int, str, str]]:
    """(id, name key, company key) of who is called by a name with this first letter and has a company."""
    # A range and no LIKE: only that is looked up in the index on SQLite.
    named = and_(prospects.c.name_key >= first, prospects.c.name_key < chr(ord(first) + 1))
    rows = tx.execute(
        select(prospects.c.id, prospects.c.name_key, prospects.c.company_key).where(
            prospects.c.workspace_id == workspace_id, named, prospects.c.company_key.is_not(None)
        )
    )
    return [(row[0], row[1], row[2]) for row in rows]


def suppressed(tx: Connection, workspace_id: str, email: str | None, phone: str | None) -> Prospect | None:
    """Who asked us to stop and has this address or number."""
    if email is None and phone is None:
        return None
    return one(Prospect, tx.execute(SUPPRESSED, {"workspace": workspace_id, "email": email, "phone": phone}))


def has_source(tx: Connection, workspace_id: str, owner_id: str, source: str) -> bool:
    """True when an owner has somebody who came from there."""
    mine = (prospects.c.workspace_id == workspace_id, prospects.c.owner_id == owner_id, prospects.c.source == source)
    return tx.execute(select(prospects.c.id).where(*mine).limit(1)).first() is not None


def due(
    tx: Connection,
    workspace_id: str,
    owner_id: str,
    before_at: datetime,
    limit: int | None,
    last: Sequence[int] = (),
) -> list[tuple[Prospect, StepRow]]:
    """An owner's prospects with a step due before a moment: promises, then the longest due first; no limit: all.

    Those of which ``last`` names the step come last.
    """
    order: list[Any] = [steps.c.promised.desc()]
    if last:
        order.insert(0, steps.c.id.in_(last))
    return _with_step(tx, _due_before(workspace_id, owner_id, before_at), limit, order)


def how_many_due(
    tx: Connection, workspace_id: str, owner_id: str, today_at: datetime, before_at: datetime
) -> tuple[int, int, int]:
    """Of these the promises, the others due before ``today_at``, and the rest."""
    is_late = steps.c.due_at < today_at
    rows = tx.execute(
        select(steps.c.promised, is_late, func.count())
        .join_from(steps, prospects, BOTH)
        .where(_due_before(workspace_id, owner_id, before_at))
        .group_by(steps.c.promised, is_late)
    )
    promised = late = others = 0
    for is_promised, was_due, count in rows:
        promised += count * is_promised
        late += count * (was_due and not is_promised)
        others += count * (not was_due and not is_promised)
    return promised, late, others


def _due_before(workspace_id: str, owner_id: str, before_at: datetime) -> ColumnElement[bool]:
    return and_(
        seen_in(workspace_id),
        steps.c.workspace_id == workspace_id,
        steps.c.owner_id == owner_id,
        steps.c.closed_at.is_(None),
        steps.c.due_at < before_at,
    )


def open_with_step(
    tx: Connection, workspace_id: str, owner_id: str | None, limit: int
) -> list[tuple[Prospect, StepRow]]:
    """Open prospects of one owner or of everybody, each with its next step."""
    mine = [prospects.c.owner_id == owner_id] if owner_id else []
    return _with_step(
        tx,
        and_(
            seen_in(workspace_id),
            prospects.c.stage.in_(OPEN_STAGES),
            steps.c.closed_at.is_(None),
            *mine,
        ),
        limit,
    )


def without_next_step(tx: Connection, workspace_id: str) -> list[Prospect]:
    """Open or parked prospects that nothing will bring back: there must be none."""
    rows = tx.execute(
        select(prospects)
        .outerjoin(
            steps,
            and_(
                steps.c.workspace_id == prospects.c.workspace_id,
                steps.c.prospect_id == prospects.c.id,
                steps.c.closed_at.is_(None),
            ),
        )
        .where(
            prospects.c.workspace_id == workspace_id,
            prospects.c.stage.in_([*OPEN_STAGES, Stage.PARKED]),
            STANDS,
            steps.c.id.is_(None),
        )
    )
    return [record(Prospect, row) for row in rows]


def _with_step(
    tx: Connection, condition: ColumnElement[bool], limit: int | None, first_by: Sequence[Any] = ()
) -> list[tuple[Prospect, StepRow]]:
    rows = tx.execute(
        select(prospects, steps)
        .join_from(steps, prospects, BOTH)
        .where(condition)
        .order_by(*first_by, steps.c.due_at, steps.c.id)
        .limit(limit)
    )
    return [(record(Prospect, row[:PROSPECT_WIDTH]), record(StepRow, row[PROSPECT_WIDTH:])) for row in rows]


def next_steps(tx: Connection, workspace_id: str, ids: Sequence[int]) -> dict[int, StepRow]:
    """The next step of each of these prospects; those without one are left out."""
    rows = tx.execute(
        select(steps).where(
            steps.c.workspace_id == workspace_id, steps.c.prospect_id.in_(ids), steps.c.closed_at.is_(None)
        )
    )
    return {row.prospect_id: record(StepRow, row) for row in rows}
