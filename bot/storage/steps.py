"""Next steps and the cadence a prospect is on."""

from sqlalchemy import Connection, select

from bot.storage.records import Enrollment, StepRow, one
from bot.storage.tables import enrollments, steps


def get(tx: Connection, workspace_id: str, step_id: int) -> StepRow | None:
    """A step, open or closed, or None."""
    return one(StepRow, tx.execute(select(steps).where(steps.c.workspace_id == workspace_id, steps.c.id == step_id)))


def open_of(tx: Connection, workspace_id: str, prospect_id: int) -> StepRow | None:
    """The prospect's next step."""
    return one(
        StepRow,
        tx.execute(
            select(steps).where(
                steps.c.workspace_id == workspace_id, steps.c.prospect_id == prospect_id, steps.c.closed_at.is_(None)
            )
        ),
    )


def enrollment_of(tx: Connection, workspace_id: str, prospect_id: int) -> Enrollment | None:
    """The prospect's running enrollment."""
    return one(
        Enrollment,
        tx.execute(
            select(enrollments).where(
                enrollments.c.workspace_id == workspace_id,
                enrollments.c.prospect_id == prospect_id,
                enrollments.c.ended_at.is_(None),
            )
        ),
    )
