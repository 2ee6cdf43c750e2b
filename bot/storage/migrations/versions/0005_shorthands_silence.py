"""Words of one's own in an add line; how long each prospect was silent."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

RUNS = {
    "silent_run": "most touches in a row nobody answered",
    "answered_run": "of those before their last answer",
}


def upgrade() -> None:
    for name, comment in RUNS.items():
        op.add_column("prospects", sa.Column(name, sa.Integer(), nullable=False, server_default="0", comment=comment))
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


def downgrade() -> None:
    op.drop_table("shorthands")
    op.drop_index("ix_prospects_silent", table_name="prospects")
    for name in RUNS:
        op.drop_column("prospects", name)
