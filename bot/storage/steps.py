"""Next steps and the cadence a prospect is on."""

from sqlalchemy import Connection, bindparam, select

from bot.storage.records import Enrollment, StepRow, one
from bot.storage.tables import enrollments, steps

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


def get(tx: Connection, workspace_id: str, step_id: int) -> StepRow | None:
    """A step, open or closed, or None."""
    return one(StepRow, tx.execute(ONE, {"workspace": workspace_id, "step": step_id}))


def open_of(tx: Connection, workspace_id: str, prospect_id: int) -> StepRow | None:
    """The prospect's next step."""
    return one(StepRow, tx.execute(OPEN, {"workspace": workspace_id, "prospect": prospect_id}))


def enrollment_of(tx: Connection, workspace_id: str, prospect_id: int) -> Enrollment | None:
    """The prospect's running enrollment."""
    return one(Enrollment, tx.execute(RUNNING, {"workspace": workspace_id, "prospect": prospect_id}))
