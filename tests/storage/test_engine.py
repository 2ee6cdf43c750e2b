"""Transactions: whole or not at all, one writer after another, and never across workspaces."""

import asyncio
from threading import Event, Thread, current_thread

import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from bot.services.cards import Card
from bot.storage.engine import Database, insert_once, normalised
from bot.storage.tables import metadata, notes, workspaces
from tests.support.cast import ELSEWHERE, NOW, WORKSPACE, Cast, added, gather
from tests.support.together import errors, together

WRITERS = 8
ROUNDS = 25


class PowerCutError(Exception):
    """Stands for whatever may go wrong in the middle of a transaction."""


def count_workspaces(db: Database) -> int:
    with db.read() as tx:
        return tx.execute(select(func.count()).select_from(workspaces)).scalar_one()


def test_an_error_inside_a_transaction_leaves_nothing(db: Database) -> None:
    def interrupted() -> None:
        with db.begin() as tx:
            tx.execute(insert(workspaces).values(id="T1", name="Sample", bot_user_id="B", created_at=NOW))
            raise PowerCutError

    with pytest.raises(PowerCutError):
        interrupted()
    assert count_workspaces(db) == 0


async def test_of_two_transactions_that_wait_for_each_other_both_are_done_in_the_end(db: Database) -> None:
    """PostgreSQL ends one of them; on SQLite one comes after the other."""
    with db.begin() as tx:
        for key in ("T1", "T2"):
            tx.execute(insert(workspaces).values(id=key, name="Sample", bot_user_id="B", created_at=NOW))
    met = {"T1": Event(), "T2": Event()}

    def marks_both(here: Database, first: str, second: str) -> None:
        with here.begin() as tx:
            for key in (first, second):
                tx.execute(update(workspaces).where(workspaces.c.id == key).values(name=workspaces.c.name + "!"))
                met[key].set()
                met[second].wait(0 if here.is_sqlite else 30)

    await asyncio.gather(db.run(marks_both, "T1", "T2"), db.run(marks_both, "T2", "T1"))
    with db.read() as tx:
        assert list(tx.scalars(select(workspaces.c.name))) == ["Sample!!"] * 2


def test_a_connection_that_dies_before_its_commit_leaves_nothing(db: Database) -> None:
    connection = db.engine.connect()
    connection.begin()
    connection.execute(insert(workspaces).values(id="T1", name="Sample", bot_user_id="B", created_at=NOW))
    connection.invalidate()
    connection.close()
    assert count_workspaces(db) == 0


def test_what_was_committed_is_seen_by_the_next_one(db: Database) -> None:
    with db.begin() as tx:
        tx.execute(insert(workspaces).values(id="T1", name="Sample", bot_user_id="B", created_at=NOW))
    assert count_workspaces(db) == 1


def test_a_transaction_that_is_not_committed_is_seen_by_nobody(db: Database) -> None:
    with db.begin() as tx:
        tx.execute(insert(workspaces).values(id="T1", name="Sample", bot_user_id="B", created_at=NOW))
        assert count_workspaces(db) == 0


def test_reading_goes_on_while_somebody_writes(db: Database, cast: Cast) -> None:
    with db.begin() as tx:
        tx.execute(update(workspaces).values(name="Renamed"))
        with db.read() as other:
            names = other.execute(select(workspaces.c.name)).scalars().all()
    assert set(names) == {"Sample team"}


def test_a_row_that_points_nowhere_is_refused(db: Database, cast: Cast) -> None:
    with pytest.raises(IntegrityError), db.begin() as tx:
        tx.execute(
            insert(notes).values(
                workspace_id=WORKSPACE, prospect_id=99, member_id="U0ANA", text="to nobody", created_at=NOW
            )
        )


def test_a_row_that_points_into_another_workspace_is_refused(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    with pytest.raises(IntegrityError), db.begin() as tx:
        tx.execute(
            insert(notes).values(
                workspace_id=ELSEWHERE, prospect_id=card.prospect.id, member_id="U0OTTO", text="peek", created_at=NOW
            )
        )


def test_concurrent_increments_are_all_counted(bare_db: Database) -> None:
    with bare_db.begin() as tx:
        tx.execute(text("CREATE TABLE counter (n INTEGER NOT NULL)"))
        tx.execute(text("INSERT INTO counter VALUES (0)"))

    def count_up() -> None:
        for _ in range(ROUNDS):
            with bare_db.begin() as tx:
                lock = "" if bare_db.is_sqlite else " FOR UPDATE"
                seen = tx.execute(text(f"SELECT n FROM counter{lock}")).scalar_one()  # noqa: S608
                tx.execute(text("UPDATE counter SET n = :n"), {"n": seen + 1})

    assert errors(together(*[count_up] * WRITERS)) == []
    with bare_db.read() as tx:
        assert tx.execute(text("SELECT n FROM counter")).scalar_one() == WRITERS * ROUNDS


def test_of_many_who_insert_the_same_row_once_one_wins(db: Database) -> None:
    def insert_it() -> str | None:
        values = {"id": "T1", "name": "Sample", "bot_user_id": "B", "created_at": NOW}
        with db.begin() as tx:
            statement = insert_once(tx, workspaces).values(**values).on_conflict_do_nothing()
            return tx.execute(statement.returning(workspaces.c.id)).scalar_one_or_none()

    outcomes = together(*[insert_it] * WRITERS)
    assert errors(outcomes) == []
    assert sum(won is not None for won in outcomes) == 1
    assert count_workspaces(db) == 1


async def test_async_code_waits_for_a_database_thread(db: Database) -> None:
    def who(_db: Database, greeting: str) -> tuple[str, Thread]:
        return greeting, current_thread()

    greeting, thread = await db.run(who, "hello")
    assert greeting == "hello"
    assert thread is not current_thread()


async def test_an_error_in_a_database_thread_reaches_whoever_waits(db: Database) -> None:
    def fail(_db: Database) -> None:
        raise PowerCutError

    with pytest.raises(PowerCutError):
        await db.run(fail)


async def test_closing_waits_for_what_is_running(own_db: Database) -> None:
    ana = gather(own_db).ana

    def add(db: Database, name: str) -> Card:
        return added(db, ana, name)

    work = [asyncio.ensure_future(own_db.run(add, f"Sample {n}")) for n in range(5)]
    await asyncio.sleep(0)  # lets each one start; no time passes
    await asyncio.to_thread(own_db.close)
    assert len(await asyncio.gather(*work)) == len(work)


@pytest.mark.parametrize(
    ("typed", "driver"),
    [
        ("sqlite:///followup.sqlite3", "sqlite"),
        ("postgres://someone@host/name", "postgresql+psycopg"),
        ("postgresql://someone@host/name", "postgresql+psycopg"),
        ("postgresql+psycopg://someone@host/name", "postgresql+psycopg"),
    ],
)
def test_a_url_is_given_the_driver_we_ship(typed: str, driver: str) -> None:
    assert normalised(typed).drivername == driver


@pytest.mark.parametrize("typed", ["mysql://host/name", "oracle://host", "file.sqlite3"])
def test_a_url_of_another_database_is_refused(typed: str) -> None:
    with pytest.raises(Exception, match=r"DATABASE_URL|Could not parse"):
        normalised(typed)


def test_sqlite_keeps_what_it_acknowledged_through_a_power_cut(sqlite_db: Database) -> None:
    with sqlite_db.engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_every_table_was_made(db: Database) -> None:
    with db.read() as tx:
        for table in metadata.sorted_tables:
            assert tx.execute(select(func.count()).select_from(table)).scalar_one() == 0
