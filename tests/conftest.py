"""What every test may ask for: a database of its own on each engine, and the cast in it."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from bot.storage.engine import Database
from tests.support import cast as people
from tests.support import databases
from tests.support.cast import Cast
from tests.support.databases import Databases

# A deadline measures the machine, which other work may share, and not the code.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")


def pytest_configure() -> None:
    """Nothing starts where PostgreSQL is required and missing."""
    databases.kinds()


def pytest_report_header() -> str:
    """Which databases the tests run on."""
    return databases.header()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A half that was left out is said in quiet runs too, which have no header."""
    if databases.POSTGRESQL not in databases.kinds():
        terminalreporter.write_line(databases.header())


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for a database runs once on each."""
    if "database_kind" in metafunc.fixturenames:
        metafunc.parametrize("database_kind", databases.kinds(), scope="session")


@pytest.fixture(scope="session")
def databases_here() -> Iterator[Databases]:
    """Makes databases; a PostgreSQL server runs from the first one asked for to the end of the run."""
    made = Databases()
    yield made
    made.close()


@pytest.fixture
def db(databases_here: Databases, database_kind: str) -> Iterator[Database]:
    """An empty, migrated database; the test runs once on each kind."""
    with databases_here.emptied(database_kind) as emptied:
        yield emptied


@pytest.fixture
def sqlite_db(databases_here: Databases) -> Iterator[Database]:
    """An empty, migrated SQLite database, for what does not depend on the database."""
    with databases_here.emptied(databases.SQLITE) as emptied:
        yield emptied


@pytest.fixture
def own_db(databases_here: Databases, database_kind: str) -> Iterator[Database]:
    """A database that the test may close, change and break."""
    with databases_here.fresh(database_kind) as fresh:
        yield fresh


@pytest.fixture
def bare_db(databases_here: Databases, database_kind: str) -> Iterator[Database]:
    """A database without any table."""
    with databases_here.fresh(database_kind, migrated=False) as fresh:
        yield fresh


@pytest.fixture(scope="session")
def the_cast(databases_here: Databases) -> Cast:
    """Who everybody is, as the services made them once."""
    with databases_here.fresh(databases.SQLITE) as db:
        return people.gather(db)


@pytest.fixture
def cast(db: Database, the_cast: Cast) -> Cast:
    """Ana, Ben, Cleo and Otto in the database of this test."""
    people.gather_again(db, the_cast)
    return the_cast
