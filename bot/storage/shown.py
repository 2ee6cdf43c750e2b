"""The rows of those who were found, and of the team: read for a whole page at once."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, Text, and_, bindparam, case, cast, func, select

from bot.storage import members
from bot.storage.prospects import PROSPECT_WIDTH, seen_in
from bot.storage.records import Enrollment, Prospect, StepRow, record
from bot.storage.tables import enrollments, notes, prospects, steps, touches
from bot.storage.tables import members as people
from cadences.work_calendar import WorkCalendar

WITH_STEP = prospects.outerjoin(
    steps,
    and_(
        steps.c.workspace_id == prospects.c.workspace_id,
        steps.c.prospect_id == prospects.c.id,
        steps.c.closed_at.is_(None),
    ),
)
# Putting a statement together costs more than reading twenty rows by it: these are built once.
WORKSPACE: BindParameter[str] = bindparam("workspace")
THESE: BindParameter[Sequence[int]] = bindparam("numbers", expanding=True)
AMONG = select(prospects, steps).select_from(WITH_STEP).where(seen_in(WORKSPACE), prospects.c.id.in_(THESE))
ENROLLED = and_(enrollments.c.workspace_id == WORKSPACE, enrollments.c.prospect_id.in_(THESE))
RUNNING_OR_LAST = func.coalesce(
    func.max(case((enrollments.c.ended_at.is_(None), enrollments.c.id))), func.max(enrollments.c.id)
)
"""One that was merged in may have ended and be newer."""
LATEST = select(enrollments).where(
    enrollments.c.id.in_(select(RUNNING_OR_LAST).where(ENROLLED).group_by(enrollments.c.prospect_id))
)
HERE = people.c.workspace_id == WORKSPACE
NAMES = select(people.c.id, people.c.name).where(HERE)
MAKES_DAYS = ("zone", "workdays", "team", "opens_time", "closes_time", "rules", "leave")
DAYS = select(people.c.id, *(cast(people.c[name], Text) for name in MAKES_DAYS)).where(HERE)
"""As text: most of a team share their days, and reading those of hundreds one by one takes longer than a search."""
# Said like this SQLite looks the numbers up, where else it would read through all notes of the workspace.
NOTED = {
    kept.name: select(kept.c.id, text).where(kept.c.workspace_id.concat("") == WORKSPACE, kept.c.id.in_(THESE))
    for kept, text in ((notes, notes.c.text), (touches, touches.c.note))
}


def names_in(tx: Connection, workspace_id: str) -> list[tuple[str, str]]:
    """(id, name) of everybody who may hold prospects, those included who left."""
    return [(row[0], row[1]) for row in tx.execute(NAMES, {"workspace": workspace_id})]


def calendars_in(
    tx: Connection, workspace_id: str, member_ids: Collection[str] = ()
) -> list[tuple[WorkCalendar, list[str]]]:
    """When people work, and whose days these are; ``member_ids``: only of these."""
    shared: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for member_id, *days in tx.execute(DAYS, {"workspace": workspace_id}):
        if not member_ids or member_id in member_ids:
            shared[tuple(days)].append(member_id)
    known = members.named(tx, workspace_id, [ids[0] for ids in shared.values()])
    return [(known[ids[0]].calendar, ids) for ids in shared.values()]


def among(tx: Connection, workspace_id: str, numbers: Sequence[int]) -> dict[int, tuple[Prospect, StepRow | None]]:
    """Those of these prospects that are to be seen, each with its next step."""
    if not numbers:
        return {}
    rows = tx.execute(AMONG, {"workspace": workspace_id, "numbers": list(numbers)})
    return {row[0]: _pair(row) for row in rows}


def latest_enrollments(tx: Connection, workspace_id: str, numbers: Sequence[int]) -> dict[int, Enrollment]:
    """The newest enrollment of each of these prospects, running or ended."""
    rows = tx.execute(LATEST, {"workspace": workspace_id, "numbers": list(numbers)})
    return {row.prospect_id: record(Enrollment, row) for row in rows}


def noted(tx: Connection, workspace_id: str, table: str, numbers: Sequence[int]) -> dict[int, str]:
    """The texts of notes, or of what was noted with touches, by number."""
    rows = tx.execute(NOTED[table], {"workspace": workspace_id, "numbers": list(numbers)})
    return {row[0]: row[1] or "" for row in rows}


def _pair(row: Any) -> tuple[Prospect, StepRow | None]:
    step_id = row[PROSPECT_WIDTH]
    return record(Prospect, row[:PROSPECT_WIDTH]), None if step_id is None else record(StepRow, row[PROSPECT_WIDTH:])
