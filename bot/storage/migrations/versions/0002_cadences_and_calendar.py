"""Cadences made in Slack, days that differ, leave, caps, and what a step came to.

Columns are added and dropped one by one: making a table anew, as a batch would on SQLite, drops rows that others name.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEPT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "teams",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("rules", KEPT, nullable=True, comment="which days differ for the team"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_teams_workspace_id_workspaces")),
        sa.PrimaryKeyConstraint("workspace_id", "key", name=op.f("pk_teams")),
    )
    op.create_table(
        "cadence_rules",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("cadence", sa.String(length=64), nullable=False),
        sa.Column("value_from_minor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("value_below_minor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("industry", sa.String(length=200), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_cadence_rules_workspace_id_member_id_members"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cadence_rules")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_cadence_rules_workspace_id_id"), "cadence_rules", ["workspace_id", "id"])

    op.create_table(
        "cadences",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False, comment="its text; a version never changes"),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=True, comment="whose own it is; NULL: everybody's"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True, comment="nobody new is put on it"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_cadences_workspace_id_member_id_members"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "key", "version", name=op.f("pk_cadences")),
    )
    op.add_column(
        "members",
        sa.Column(
            "team",
            sa.String(length=200),
            nullable=True,
            comment="the key of her team; a team that is gone sets no days",
        ),
    )
    op.add_column("members", sa.Column("opens_time", sa.Time(), server_default="08:00:00", nullable=False))
    op.add_column(
        "members",
        sa.Column("closes_time", sa.Time(), server_default="18:00:00", nullable=False, comment="quiet hours begin"),
    )
    op.add_column("members", sa.Column("due_cap", sa.Integer(), server_default="20", nullable=False))
    op.add_column("members", sa.Column("new_cap", sa.Integer(), server_default="10", nullable=False))
    op.add_column("members", sa.Column("rules", KEPT, nullable=True, comment="which days differ for her"))
    op.add_column("members", sa.Column("leave", KEPT, nullable=True))

    op.create_index(
        op.f("ix_steps_closed"),
        "steps",
        ["workspace_id", "prospect_id"],
        postgresql_where=sa.text("closed_at IS NOT NULL"),
        sqlite_where=sa.text("closed_at IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_enrollments_workspace_id_prospect_id_id"), "enrollments", ["workspace_id", "prospect_id", "id"]
    )
    op.add_column(
        "prospects",
        sa.Column(
            "zone",
            sa.String(length=64),
            nullable=True,
            comment="where they are; without it their phone number may tell",
        ),
    )
    op.add_column("prospects", sa.Column("industry", sa.String(length=200), nullable=True))
    op.add_column("prospects", sa.Column("renewal_on", sa.Date(), nullable=True))
    op.add_column("prospects", sa.Column("do_not_contact_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        op.f("ix_prospects_do_not_contact"),
        "prospects",
        ["workspace_id"],
        postgresql_where=sa.text("do_not_contact_at IS NOT NULL"),
        sqlite_where=sa.text("do_not_contact_at IS NOT NULL"),
    )

    op.add_column("steps", sa.Column("version", sa.Integer(), nullable=True, comment="of the cadence"))
    op.add_column("steps", sa.Column("attempt", sa.Integer(), server_default="1", nullable=False))
    op.add_column(
        "steps", sa.Column("skipped", KEPT, nullable=True, comment="numbers passed over before it: no phone, no e-mail")
    )
    op.add_column(
        "steps",
        sa.Column("wanted_on", sa.Date(), nullable=True, comment="where it would be, had that day not been full"),
    )
    op.add_column("steps", sa.Column("paused_until_on", sa.Date(), nullable=True, comment="they are away"))
    op.add_column("steps", sa.Column("ended_as", sa.String(length=24), nullable=True))
    op.add_column("steps", sa.Column("outcome", sa.String(length=24), nullable=True))
    op.add_column(
        "steps", sa.Column("reason", sa.Text(), nullable=True, comment="why it was skipped, or the cadence stopped")
    )

    op.add_column("touches", sa.Column("version", sa.Integer(), nullable=True, comment="of the cadence"))
    op.add_column("touches", sa.Column("mood", sa.String(length=24), nullable=True))

    op.add_column("workspaces", sa.Column("rules", KEPT, nullable=True, comment="which days differ for everybody"))


def downgrade() -> None:
    op.drop_column("workspaces", "rules")

    op.drop_column("touches", "mood")
    op.drop_column("touches", "version")

    op.drop_column("steps", "reason")
    op.drop_column("steps", "outcome")
    op.drop_column("steps", "ended_as")
    op.drop_column("steps", "paused_until_on")
    op.drop_column("steps", "wanted_on")
    op.drop_column("steps", "skipped")
    op.drop_column("steps", "attempt")
    op.drop_column("steps", "version")

    op.drop_index(op.f("ix_steps_closed"), "steps")
    op.drop_index(op.f("ix_enrollments_workspace_id_prospect_id_id"), "enrollments")
    op.drop_index(op.f("ix_prospects_do_not_contact"), "prospects")
    op.drop_column("prospects", "do_not_contact_at")
    op.drop_column("prospects", "renewal_on")
    op.drop_column("prospects", "industry")
    op.drop_column("prospects", "zone")

    op.drop_column("members", "leave")
    op.drop_column("members", "rules")
    op.drop_column("members", "new_cap")
    op.drop_column("members", "due_cap")
    op.drop_column("members", "closes_time")
    op.drop_column("members", "opens_time")
    op.drop_column("members", "team")

    op.drop_table("cadences")
    op.drop_index(op.f("ix_cadence_rules_workspace_id_id"), "cadence_rules")

    op.drop_table("cadence_rules")
    op.drop_table("teams")
