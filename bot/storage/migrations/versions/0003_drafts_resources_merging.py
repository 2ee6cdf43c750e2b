"""What drafts are made of, what is sent along, who became part of whom, and how often somebody wants to hear."""

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "resources",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("industry", sa.String(length=200), nullable=True),
        sa.Column("objection", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_resources_workspace_id_member_id_members"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resources")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_resources_workspace_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "hooks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("prospect_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False, comment="what they care about, for a draft to refer to"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_hooks_workspace_id_member_id_members"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "prospect_id"],
            ["prospects.workspace_id", "prospects.id"],
            name=op.f("fk_hooks_workspace_id_prospect_id_prospects"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hooks")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_hooks_workspace_id_prospect_id_id"), "hooks", ["workspace_id", "prospect_id", "id"])

    op.create_table(
        "resource_uses",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("prospect_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("resource_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_resource_uses_workspace_id_member_id_members"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "prospect_id"],
            ["prospects.workspace_id", "prospects.id"],
            name=op.f("fk_resource_uses_workspace_id_prospect_id_prospects"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "resource_id"],
            ["resources.workspace_id", "resources.id"],
            name=op.f("fk_resource_uses_workspace_id_resource_id_resources"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource_uses")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_resource_uses_workspace_id_prospect_id_id"), "resource_uses", ["workspace_id", "prospect_id", "id"]
    )

    op.add_column("members", sa.Column("rhythm", sa.String(length=24), server_default="daily", nullable=False))
    op.add_column("members", sa.Column("second_nudge", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column(
        "members",
        sa.Column("recap", sa.Boolean(), server_default=sa.false(), nullable=False, comment="wants the weekly recap"),
    )
    op.add_column("members", sa.Column("onboarded_at", sa.DateTime(timezone=True), nullable=True))

    op.add_column(
        "prospects",
        sa.Column(
            "temperature", sa.String(length=24), nullable=True, comment="set by hand; without it the score tells"
        ),
    )
    op.add_column("prospects", sa.Column("preferred_channel", sa.String(length=24), nullable=True))
    op.add_column("prospects", sa.Column("best_time", sa.Time(), nullable=True, comment="on their wall clock"))
    op.add_column(
        "prospects",
        sa.Column(
            "merged_into_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="the prospect that this one became part of",
        ),
    )
    op.create_index(op.f("ix_prospects_workspace_id_company_key"), "prospects", ["workspace_id", "company_key"])


def downgrade() -> None:
    op.drop_index(op.f("ix_prospects_workspace_id_company_key"), "prospects")
    op.drop_column("prospects", "merged_into_id")
    op.drop_column("prospects", "best_time")
    op.drop_column("prospects", "preferred_channel")
    op.drop_column("prospects", "temperature")

    op.drop_column("members", "onboarded_at")
    op.drop_column("members", "recap")
    op.drop_column("members", "second_nudge")
    op.drop_column("members", "rhythm")

    op.drop_index(op.f("ix_resource_uses_workspace_id_prospect_id_id"), "resource_uses")

    op.drop_table("resource_uses")
    op.drop_index(op.f("ix_hooks_workspace_id_prospect_id_id"), "hooks")

    op.drop_table("hooks")
    op.drop_table("resources")
