"""Words of one's own in an add line; how long each prospect was silent; one more try is no snooze."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

RUNS = {
    "silent_run": "most touches in a row nobody answered",
    "answered_run": "of those before their last answer",
}
NOBODY_ANSWERED = {"voicemail", "no_answer", "sent", "no_show"}
NO_TOUCH = "out_of_office"
PORTION = 1_000
"""Prospects that are counted together."""

prospects = sa.table("prospects", sa.column("workspace_id"), sa.column("id"), *map(sa.column, RUNS))
touches = sa.table("touches", *map(sa.column, ("workspace_id", "prospect_id", "outcome", "happened_at", "id")))
changes = sa.table(
    "changes",
    sa.column("kind", sa.String()),
    sa.column("facts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql")),
)


def upgrade() -> None:
    for name, comment in RUNS.items():
        op.add_column("prospects", sa.Column(name, sa.Integer(), nullable=False, server_default="0", comment=comment))
    _count_silences(op.get_bind())
    wanted = sa.text("silent_run > 0")
    op.create_index(
        "ix_prospects_silent",
        "prospects",
        ["workspace_id", "silent_run", "answered_run", "stage", "do_not_contact_at", "id"],
        sqlite_where=wanted,
        postgresql_where=wanted,
    )
    op.create_table(
        "shorthands",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False, comment="as they are typed in an add line"),
        sa.Column("field", sa.String(length=24), nullable=False, comment="what of a prospect they say"),
        sa.Column("meaning", sa.Text(), nullable=False, comment="what is kept in their place"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_shorthands_workspace_id_member_id_members"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "member_id", "key", name=op.f("pk_shorthands")),
    )
    one_more = (changes.c.kind == "snoozed", changes.c.facts["why"].as_string() == "one_more")
    op.execute(sa.update(changes).where(*one_more).values(kind="one_more"))


def downgrade() -> None:
    op.execute(sa.update(changes).where(changes.c.kind == "one_more").values(kind="snoozed"))
    op.drop_table("shorthands")
    op.drop_index("ix_prospects_silent", table_name="prospects")
    for name in RUNS:
        op.drop_column("prospects", name)


def _count_silences(tx: sa.Connection) -> None:
    set_runs = (
        sa.update(prospects)
        .where(prospects.c.workspace_id == sa.bindparam("workspace"), prospects.c.id == sa.bindparam("number"))
        .values(silent_run=sa.bindparam("silent"), answered_run=sa.bindparam("answered"))
    )
    for workspace_id, first, last in _portions(tx):
        mine = (touches.c.workspace_id == workspace_id, touches.c.prospect_id.between(first, last))
        told = sa.select(touches.c.prospect_id, touches.c.outcome).where(*mine)
        rows = tx.execute(told.order_by(touches.c.prospect_id, touches.c.happened_at, touches.c.id))
        counted = [
            {"workspace": workspace_id, "number": number, "silent": silent, "answered": answered}
            for number, story in groupby(rows, key=lambda row: row.prospect_id)
            for silent, answered in [_runs(row.outcome for row in story)]
            if silent
        ]
        if counted:
            tx.execute(set_runs, counted)


def _portions(tx: sa.Connection) -> Iterator[tuple[str, int, int]]:
    """Each workspace's prospects, from one number to another."""
    for workspace_id in tx.scalars(sa.select(prospects.c.workspace_id).distinct()).all():
        after = 0
        while True:
            mine = (prospects.c.workspace_id == workspace_id, prospects.c.id > after)
            numbers = tx.scalars(sa.select(prospects.c.id).where(*mine).order_by(prospects.c.id).limit(PORTION)).all()
            if not numbers:
                break
            yield workspace_id, numbers[0], numbers[-1]
            after = numbers[-1]


def _runs(outcomes: Iterable[str]) -> tuple[int, int]:
    """The longest run without an answer in all, and before the last answer."""
    longest, answered, run = 0, 0, 0
    for outcome in outcomes:
        if outcome in NOBODY_ANSWERED:
            run += 1
            longest = max(longest, run)
        elif outcome != NO_TOUCH:
            answered, run = longest, 0
    return longest, answered
