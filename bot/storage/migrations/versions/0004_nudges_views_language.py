"""When nudge and recap are due, the language spoken, searches kept by name, channels of one's own, profile pages."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("next_nudge_at", "next_recap_at"):
        op.add_column("members", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        wanted = sa.text(f"{name} IS NOT NULL")
        op.create_index(op.f(f"ix_members_{name}"), "members", [name], sqlite_where=wanted, postgresql_where=wanted)
    op.add_column(
        "members",
        sa.Column("language", sa.String(length=16), nullable=True, comment="chosen by hand; else as in Slack"),
    )
    op.add_column(
        "touches",
        sa.Column("via", sa.String(length=200), nullable=True, comment="a channel of the team's own, by its name"),
    )
    op.add_column(
        "prospects",
        sa.Column(
            "profile_url",
            sa.Text(),
            nullable=True,
            comment="their page on LinkedIn, or wherever they show themselves",
        ),
    )
    op.create_index(
        op.f("ix_touches_workspace_id_member_id_happened_at"),
        "touches",
        ["workspace_id", "member_id", "happened_at"],
    )
    op.create_table(
        "saved_views",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("line", sa.Text(), nullable=False, comment="what would be typed behind find"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_saved_views_workspace_id_member_id_members"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "member_id", "key", name=op.f("pk_saved_views")),
    )


def downgrade() -> None:
    op.drop_table("saved_views")
    op.drop_index(op.f("ix_touches_workspace_id_member_id_happened_at"), table_name="touches")
    op.drop_column("prospects", "profile_url")
    op.drop_column("touches", "via")
    op.drop_column("members", "language")
    for name in ("next_recap_at", "next_nudge_at"):
        op.drop_index(op.f(f"ix_members_{name}"), table_name="members")
        op.drop_column("members", name)
