"""first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "workspaces",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("bot_user_id", sa.String(length=32), nullable=False),
        sa.Column("currency", sa.String(length=3), server_default="USD", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uninstalled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces")),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column(
            "recipient_id", sa.String(length=32), nullable=False, comment="a member, or the channel of a team digest"
        ),
        sa.Column("local_on", sa.Date(), nullable=False),
        sa.Column(
            "subject",
            sa.String(length=64),
            server_default="",
            nullable=False,
            comment="what it is about; a digest has none",
        ),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True, comment="why it was skipped or failed, in words"),
        sa.Column(
            "content",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=True,
        ),
        sa.Column("page", sa.Integer(), server_default="0", nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=True),
        sa.Column("ts", sa.String(length=32), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_deliveries_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint(
            "workspace_id",
            "kind",
            "recipient_id",
            "local_on",
            "subject",
            name=op.f("uq_deliveries_workspace_id_kind_recipient_id_local_on_subject"),
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_deliveries_open",
            ["not_before_at"],
            unique=False,
            postgresql_where=sa.text("state IN ('pending', 'leased')"),
            sqlite_where=sa.text("state IN ('pending', 'leased')"),
        )
        batch_op.create_index(
            batch_op.f("ix_deliveries_workspace_id_channel_ts"), ["workspace_id", "channel", "ts"], unique=False
        )

    op.create_table(
        "members",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("is_deleted", sa.Boolean(), nullable=False),
        sa.Column("dm_channel", sa.String(length=32), nullable=True),
        sa.Column("digest_time", sa.Time(), nullable=False),
        sa.Column("workdays", sa.String(length=7), nullable=False),
        sa.Column("digest_on", sa.Boolean(), nullable=False),
        sa.Column("all_clear", sa.Boolean(), nullable=False, comment="wants to hear that nothing is due"),
        sa.Column("paused_until_on", sa.Date(), nullable=True),
        sa.Column("next_digest_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_members_workspace_id_workspaces")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_members")),
    )
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_members_next_digest_at"),
            ["next_digest_at"],
            unique=False,
            postgresql_where=sa.text("next_digest_at IS NOT NULL"),
            sqlite_where=sa.text("next_digest_at IS NOT NULL"),
        )

    op.create_table(
        "changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("request_id", sa.String(length=255), nullable=True),
        sa.Column("prospect_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "step_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="the step it made the next one",
        ),
        sa.Column(
            "facts",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="what its words are made of",
        ),
        sa.Column(
            "images",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undoes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_changes_workspace_id_member_id_members"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_changes_workspace_id_member_id_id"), ["workspace_id", "member_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_changes_workspace_id_prospect_id_id"), ["workspace_id", "prospect_id", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_changes_workspace_id_step_id"), ["workspace_id", "step_id"], unique=False)
        batch_op.create_index(
            "uq_changes_request",
            ["workspace_id", "request_id"],
            unique=True,
            postgresql_where=sa.text("undone_at IS NULL AND request_id IS NOT NULL"),
            sqlite_where=sa.text("undone_at IS NULL AND request_id IS NOT NULL"),
        )

    op.create_table(
        "drafts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False, comment="what was typed, kept while a question about it is open"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_drafts_workspace_id_member_id_members"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "prospects",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("company", sa.String(length=200), nullable=True),
        sa.Column("company_key", sa.String(length=200), nullable=True),
        sa.Column("role", sa.String(length=200), nullable=True),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("value_minor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("stage", sa.String(length=24), nullable=False),
        sa.Column("stage_since_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=True),
        sa.Column("close_on", sa.Date(), nullable=True),
        sa.Column("parked_until_on", sa.Date(), nullable=True),
        sa.Column("lost_reason", sa.String(length=24), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("close_note", sa.Text(), nullable=True),
        sa.Column(
            "active_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="last done touch, reply or note: the stalled clock",
        ),
        sa.Column(
            "active_kind",
            sa.String(length=24),
            nullable=False,
            comment="what reset that clock: a channel, reply, note or added",
        ),
        sa.Column("active_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_prospects_workspace_id_owner_id_members"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prospects")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_prospects_workspace_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("prospects", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prospects_workspace_id_email"), ["workspace_id", "email"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_prospects_workspace_id_name_key"), ["workspace_id", "name_key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_prospects_workspace_id_owner_id_stage"), ["workspace_id", "owner_id", "stage"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_prospects_workspace_id_phone"), ["workspace_id", "phone"], unique=False)

    op.create_table(
        "team_digests",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("post_time", sa.Time(), nullable=False),
        sa.Column("shows_money", sa.Boolean(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("next_digest_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_team_digests_workspace_id_member_id_members"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", name=op.f("pk_team_digests")),
    )
    with op.batch_alter_table("team_digests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_team_digests_next_digest_at"),
            ["next_digest_at"],
            unique=False,
            postgresql_where=sa.text("next_digest_at IS NOT NULL"),
            sqlite_where=sa.text("next_digest_at IS NOT NULL"),
        )

    op.create_table(
        "enrollments",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("prospect_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cadence", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("done_number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "prospect_id"],
            ["prospects.workspace_id", "prospects.id"],
            name=op.f("fk_enrollments_workspace_id_prospect_id_prospects"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrollments")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("enrollments", schema=None) as batch_op:
        batch_op.create_index(
            "uq_enrollments_active",
            ["workspace_id", "prospect_id"],
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "notes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("prospect_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_notes_workspace_id_member_id_members"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "prospect_id"],
            ["prospects.workspace_id", "prospects.id"],
            name=op.f("fk_notes_workspace_id_prospect_id_prospects"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_notes_workspace_id_prospect_id_created_at"),
            ["workspace_id", "prospect_id", "created_at"],
            unique=False,
        )

    op.create_table(
        "steps",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("prospect_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=False),
        sa.Column("cadence", sa.String(length=64), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("of", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("type", sa.String(length=24), nullable=False),
        sa.Column("purpose", sa.String(length=24), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("timed", sa.Boolean(), nullable=False),
        sa.Column("promised", sa.Boolean(), nullable=False),
        sa.Column("snoozes", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_steps_workspace_id_owner_id_members"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "prospect_id"],
            ["prospects.workspace_id", "prospects.id"],
            name=op.f("fk_steps_workspace_id_prospect_id_prospects"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steps")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("steps", schema=None) as batch_op:
        batch_op.create_index(
            "ix_steps_due",
            ["workspace_id", "owner_id", "due_at"],
            unique=False,
            postgresql_where=sa.text("closed_at IS NULL"),
            sqlite_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            "uq_steps_open",
            ["workspace_id", "prospect_id"],
            unique=True,
            postgresql_where=sa.text("closed_at IS NULL"),
            sqlite_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "touches",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("prospect_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("type", sa.String(length=24), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("cadence", sa.String(length=64), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_touches_workspace_id_member_id_members"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "prospect_id"],
            ["prospects.workspace_id", "prospects.id"],
            name=op.f("fk_touches_workspace_id_prospect_id_prospects"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touches")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("touches", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_touches_workspace_id_prospect_id_happened_at"),
            ["workspace_id", "prospect_id", "happened_at"],
            unique=False,
        )


def downgrade() -> None:

    with op.batch_alter_table("touches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_touches_workspace_id_prospect_id_happened_at"))

    op.drop_table("touches")
    with op.batch_alter_table("steps", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_steps_open", postgresql_where=sa.text("closed_at IS NULL"), sqlite_where=sa.text("closed_at IS NULL")
        )
        batch_op.drop_index(
            "ix_steps_due", postgresql_where=sa.text("closed_at IS NULL"), sqlite_where=sa.text("closed_at IS NULL")
        )

    op.drop_table("steps")
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notes_workspace_id_prospect_id_created_at"))

    op.drop_table("notes")
    with op.batch_alter_table("enrollments", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_enrollments_active",
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("enrollments")
    with op.batch_alter_table("team_digests", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_team_digests_next_digest_at"),
            postgresql_where=sa.text("next_digest_at IS NOT NULL"),
            sqlite_where=sa.text("next_digest_at IS NOT NULL"),
        )

    op.drop_table("team_digests")
    with op.batch_alter_table("prospects", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prospects_workspace_id_phone"))
        batch_op.drop_index(batch_op.f("ix_prospects_workspace_id_owner_id_stage"))
        batch_op.drop_index(batch_op.f("ix_prospects_workspace_id_name_key"))
        batch_op.drop_index(batch_op.f("ix_prospects_workspace_id_email"))

    op.drop_table("prospects")
    op.drop_table("drafts")
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_changes_request",
            postgresql_where=sa.text("undone_at IS NULL AND request_id IS NOT NULL"),
            sqlite_where=sa.text("undone_at IS NULL AND request_id IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_changes_workspace_id_step_id"))
        batch_op.drop_index(batch_op.f("ix_changes_workspace_id_prospect_id_id"))
        batch_op.drop_index(batch_op.f("ix_changes_workspace_id_member_id_id"))

    op.drop_table("changes")
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_members_next_digest_at"),
            postgresql_where=sa.text("next_digest_at IS NOT NULL"),
            sqlite_where=sa.text("next_digest_at IS NOT NULL"),
        )

    op.drop_table("members")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deliveries_workspace_id_channel_ts"))
        batch_op.drop_index(
            "ix_deliveries_open",
            postgresql_where=sa.text("state IN ('pending', 'leased')"),
            sqlite_where=sa.text("state IN ('pending', 'leased')"),
        )

    op.drop_table("deliveries")
    op.drop_table("workspaces")
