"""The chain of migrations leads from nothing to the tables, and each link leads back."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import inspect

from bot.storage import migrations
from bot.storage.engine import Database
from bot.storage.tables import metadata

VERSION_TABLE = "alembic_version"


def chain() -> list[Script]:
    """Every migration, the first one first."""
    return list(ScriptDirectory.from_config(migrations.config()).walk_revisions())[::-1]


def go(db: Database, direction: str, revision: str) -> None:
    """Walk the chain up or down to a revision."""
    settings = migrations.config()
    with db.engine.connect() as connection:
        settings.attributes["connection"] = connection
        (command.upgrade if direction == "up" else command.downgrade)(settings, revision)


def tables_in(db: Database) -> set[str]:
    with db.engine.connect() as connection:
        return set(inspect(connection).get_table_names()) - {VERSION_TABLE}


def test_the_chain_from_nothing_makes_exactly_the_tables_we_know(bare_db: Database) -> None:
    migrations.upgrade(bare_db)
    # On SQLite Alembic takes an empty text as no default, and would find one missing that is there.
    options = {"compare_type": True, "compare_server_default": not bare_db.is_sqlite}
    with bare_db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
    assert tables_in(bare_db) == set(metadata.tables)


def test_each_migration_can_be_gone_up_down_and_up_again(bare_db: Database) -> None:
    for link in chain():
        before = link.down_revision or "base"
        assert isinstance(before, str), "the chain has one line, no branches"
        go(bare_db, "up", link.revision)
        after = tables_in(bare_db)
        go(bare_db, "down", before)
        go(bare_db, "up", link.revision)
        assert tables_in(bare_db) == after


def test_all_the_way_down_leaves_nothing(bare_db: Database) -> None:
    migrations.upgrade(bare_db)
    go(bare_db, "down", "base")
    assert tables_in(bare_db) == set()


def test_a_database_knows_whether_it_is_current(bare_db: Database) -> None:
    assert not migrations.is_current(bare_db)
    migrations.upgrade(bare_db)
    assert migrations.is_current(bare_db)


def test_upgrading_twice_changes_nothing(db: Database) -> None:
    before = tables_in(db)
    migrations.upgrade(db)
    assert tables_in(db) == before
    assert migrations.is_current(db)


def test_the_chain_has_one_end() -> None:
    assert len(ScriptDirectory.from_config(migrations.config()).get_heads()) == 1
