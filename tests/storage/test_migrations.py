"""The chain of migrations leads from nothing to the tables, and each link leads back."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import inspect, select

from bot.services import giving_up, touches
from bot.services.changes import undo
from bot.services.touches import Made
from bot.storage import migrations
from bot.storage.engine import Database
from bot.storage.tables import ChangeKind, changes, metadata
from bot.storage.tables import prospects as kept
from cadences.model import Outcome
from tests.support import laws, verbs
from tests.support.cast import DAY, ELSEWHERE, NOW, WORKSPACE, Cast, added, by_prospect
from tests.support.rows import everything

VERSION_TABLE = "alembic_version"
SILENT, ANSWERED, AWAY = Outcome.NO_ANSWER, Outcome.CONNECTED, Outcome.OUT_OF_OFFICE


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


def test_how_long_everybody_was_silent_is_counted_from_the_touches_that_are_there(db: Database, cast: Cast) -> None:
    stories = [(SILENT, SILENT, ANSWERED, SILENT), (SILENT, AWAY, SILENT), (ANSWERED,), ()]
    for number, story in enumerate(stories):
        card = added(db, cast.otto if number == 1 else cast.ana, f"Sample {number}", now=NOW - 30 * DAY)
        for day, outcome in enumerate(story):
            made = Made(outcome=outcome, happened_at=NOW - (9 - day) * DAY)
            touches.log(db, cast.otto if number == 1 else cast.ana, by_prospect(card), made, NOW)
    before = everything(db)
    go(db, "down", "0004")
    go(db, "up", "0005")
    assert everything(db) == before
    assert laws.miscounted(db) == []
    with db.read() as tx:
        runs = tx.execute(select(kept.c.silent_run, kept.c.answered_run).order_by(kept.c.id)).all()
    assert [tuple(row) for row in runs] == [(2, 2), (2, 0), (0, 0), (0, 0)]


def test_they_are_counted_in_portions(db: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ScriptDirectory.from_config(migrations.config()).get_revision("0005").module
    for number in range(7):
        card = added(db, cast.otto if number == 3 else cast.ana, f"Sample {number}", now=NOW - 30 * DAY)
        touches.log(db, cast.otto if number == 3 else cast.ana, by_prospect(card), Made(outcome=SILENT), NOW)
    with db.read() as tx:
        monkeypatch.setattr(module, "PORTION", 2)
        portions = sorted(module._portions(tx))
    assert portions == [(ELSEWHERE, 4, 4), (WORKSPACE, 1, 2), (WORKSPACE, 3, 5), (WORKSPACE, 6, 7)]


def test_one_more_try_was_kept_as_a_snooze_and_is_one_no_more(db: Database, cast: Cast) -> None:
    """What was done before is undone after, exactly."""
    card = added(db, cast.ana, now=NOW - 30 * DAY)
    touches.log(db, cast.ana, by_prospect(card), Made(outcome=SILENT), NOW)
    before = everything(db)
    once_more = giving_up.once_more(db, cast.ana, by_prospect(card), NOW)
    snoozed = verbs.snooze(db, cast.ana, by_prospect(card), NOW)
    go(db, "down", "0004")
    with db.begin() as tx:
        mine = changes.c.id == once_more.change.id
        tx.execute(changes.update().where(mine).values(facts=once_more.change.facts | {"why": "one_more"}))
        assert set(tx.scalars(select(changes.c.kind).where(changes.c.id >= once_more.change.id))) == {
            ChangeKind.SNOOZED
        }
    go(db, "up", "0005")
    with db.read() as tx:
        numbers = [once_more.change.id, snoozed.change.id]
        kinds = tx.scalars(select(changes.c.kind).where(changes.c.id.in_(numbers)).order_by(changes.c.id)).all()
    assert kinds == [ChangeKind.ONE_MORE, ChangeKind.SNOOZED]
    for _ in numbers:
        undo(db, cast.ana, None, NOW)
    assert everything(db) == before
