"""Next steps and the cadence a prospect is on."""

from sqlalchemy import Connection, bindparam, select

from bot.storage.records import Enrollment, StepRow, one
from bot.storage.tables import StepEnd, enrollments, steps

ONE = select(steps).where(steps.c.workspace_id == bindparam("workspace"), steps.c.id == bindparam("step"))
OPEN = select(steps).where(
    steps.c.workspace_id == bindparam("workspace"),
    steps.c.prospect_id == bindparam("prospect"),
    steps.c.closed_at.is_(None),
)
RUNNING = select(enrollments).where(
    enrollments.c.workspace_id == bindparam("workspace"),
    enrollments.c.prospect_id == bindparam("prospect"),
    enrollments.c.ended_at.is_(None),
)

LATEST = (
    select(enrollments)
    .where(enrollments.c.workspace_id == bindparam("workspace"), enrollments.c.prospect_id == bindparam("prospect"))
    .order_by(enrollments.c.ended_at.is_not(None), enrollments.c.id.desc())  # one that was merged in may be newer
    .limit(1)
)

MADE = select(steps.c.cadence, steps.c.version, steps.c.number).where(
    steps.c.workspace_id == bindparam("workspace"),
    steps.c.prospect_id == bindparam("prospect"),
    steps.c.closed_at.is_not(None),
    steps.c.ended_as == StepEnd.DONE,
    steps.c.cadence.is_not(None),
    steps.c.number.is_not(None),
)
Place = tuple[str, int | None, int]
"""A step of a cadence: its key, the version, the number."""


def get(tx: Connection, workspace_id: str, step_id: int) -> StepRow | None:
    """A step, open or closed, or None."""
    return one(StepRow, tx.execute(ONE, {"workspace": workspace_id, "step": step_id}))


def open_of(tx: Connection, workspace_id: str, prospect_id: int) -> StepRow | None:
    """The prospect's next step."""
    return one(StepRow, tx.execute(OPEN, {"workspace": workspace_id, "prospect": prospect_id}))


def enrollment_of(tx: Connection, workspace_id: str, prospect_id: int) -> Enrollment | None:
    """The prospect's running enrollment."""
    return one(Enrollment, tx.execute(RUNNING, {"workspace": workspace_id, "prospect": prospect_id}))


def latest_of(tx: Connection, workspace_id: str, prospect_id: int) -> Enrollment | None:
    """The prospect's newest enrollment, running or ended."""
    return one(Enrollment, tx.execute(LATEST, {"workspace": workspace_id, "prospect": prospect_id}))


def made_of(tx: Connection, workspace_id: str, prospect_id: int) -> list[Place]:
    """Every step of a cadence that was made with a prospect."""
    rows = tx.execute(MADE, {"workspace": workspace_id, "prospect": prospect_id})
    return [(row[0], row[1], row[2]) for row in rows]
