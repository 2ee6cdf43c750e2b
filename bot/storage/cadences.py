"""Cadences made in Slack: every version is a row that never changes, but for the day it is retired."""

from sqlalchemy import Connection, and_, bindparam, exists, func, select

from bot.storage.records import CadenceRow, CadenceRule, Enrollment, Prospect, StepRow, columns_of, one, record
from bot.storage.tables import cadence_rules, cadences, enrollments, prospects, steps

NO_CADENCE = ""
"""What a removed rule leads to: its row stays, so that removing it can be undone."""

MINE = (cadences.c.workspace_id == bindparam("workspace"), cadences.c.key == bindparam("key"))
ONE = select(cadences).where(*MINE, cadences.c.version == bindparam("version"))
LATEST = select(cadences).where(*MINE).order_by(cadences.c.version.desc()).limit(1)
RULES = (
    select(cadence_rules)
    .where(cadence_rules.c.workspace_id == bindparam("workspace"), cadence_rules.c.cadence != NO_CADENCE)
    .order_by(cadence_rules.c.id.desc())
)
ON_IT = (
    enrollments.c.workspace_id == bindparam("workspace"),
    enrollments.c.cadence == bindparam("key"),
    enrollments.c.ended_at.is_(None),
)
ENROLLMENT_WIDTH = len(columns_of(Enrollment))


def get(tx: Connection, workspace_id: str, key: str, version: int) -> CadenceRow | None:
    """A version, retired or not."""
    return one(CadenceRow, tx.execute(ONE, {"workspace": workspace_id, "key": key, "version": version}))


def latest(tx: Connection, workspace_id: str, key: str) -> CadenceRow | None:
    """The newest version of this key, retired or not."""
    return one(CadenceRow, tx.execute(LATEST, {"workspace": workspace_id, "key": key}))


def all_latest(tx: Connection, workspace_id: str) -> list[CadenceRow]:
    """The newest version of every cadence made here, in the order of their keys."""
    rows = tx.execute(
        select(cadences)
        .where(cadences.c.workspace_id == workspace_id)
        .order_by(cadences.c.key, cadences.c.version.desc())
    )
    newest = {row.key: row for row in reversed(rows.all())}
    return [record(CadenceRow, newest[key]) for key in sorted(newest)]


def people_on(tx: Connection, workspace_id: str, key: str) -> list[tuple[Enrollment, StepRow | None]]:
    """Everybody on a cadence, whichever version, with what is next; what is due first comes first."""
    is_next = and_(
        steps.c.workspace_id == enrollments.c.workspace_id,
        steps.c.prospect_id == enrollments.c.prospect_id,
        steps.c.closed_at.is_(None),
    )
    rows = tx.execute(
        select(enrollments, steps)
        .outerjoin(steps, is_next)
        .where(*ON_IT)
        .order_by(steps.c.due_at, enrollments.c.prospect_id),
        {"workspace": workspace_id, "key": key},
    )
    return [(record(Enrollment, row[:ENROLLMENT_WIDTH]), _step(row[ENROLLMENT_WIDTH:])) for row in rows]


def hold_people_on(tx: Connection, workspace_id: str, key: str) -> dict[int, Prospect]:
    """Everybody on a cadence by number, each locked, in one order: two who save at once don't wait for each other."""
    on_it = select(enrollments.c.prospect_id).where(*ON_IT)
    rows = tx.execute(
        select(prospects)
        .where(prospects.c.workspace_id == bindparam("workspace"), prospects.c.id.in_(on_it))
        .order_by(prospects.c.id)
        .with_for_update(),
        {"workspace": workspace_id, "key": key},
    )
    return {row.id: record(Prospect, row) for row in rows}


def count_on(tx: Connection, workspace_id: str, key: str) -> int:
    """How many are on a cadence."""
    found = tx.execute(
        select(func.count()).select_from(enrollments).where(*ON_IT), {"workspace": workspace_id, "key": key}
    )
    return int(found.scalar_one())


def on_version(tx: Connection, workspace_id: str, key: str, version: int) -> set[int]:
    """The numbers of the enrollments that run on a version."""
    mine = (enrollments.c.version == bindparam("version"), *ON_IT)
    found = tx.execute(
        select(enrollments.c.id).where(*mine), {"workspace": workspace_id, "key": key, "version": version}
    )
    return set(found.scalars())


def is_used(tx: Connection, workspace_id: str, key: str) -> bool:
    """True when somebody is or ever was on a cadence of this key: it means something else no more."""
    ever = exists().where(enrollments.c.workspace_id == workspace_id, enrollments.c.cadence == key)
    return bool(tx.execute(select(ever)).scalar_one())


def rules(tx: Connection, workspace_id: str) -> list[CadenceRule]:
    """Which cadence is suggested for whom, the newest rule first."""
    return [record(CadenceRule, row) for row in tx.execute(RULES, {"workspace": workspace_id})]


def rule(tx: Connection, workspace_id: str, rule_id: int) -> CadenceRule | None:
    """One rule, its row locked; None when there is none, or it was removed."""
    mine = (cadence_rules.c.workspace_id == workspace_id, cadence_rules.c.id == rule_id)
    found = one(CadenceRule, tx.execute(select(cadence_rules).where(*mine).with_for_update()))
    return None if found is None or found.cadence == NO_CADENCE else found


def _step(columns: tuple[object, ...]) -> StepRow | None:
    return None if columns[0] is None else record(StepRow, columns)
