"""Databases for tests: each one fresh, migrated and its own, copied from a template in milliseconds."""

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError

from bot.storage import migrations
from bot.storage.engine import Database
from bot.storage.tables import metadata
from tests.support import postgres

SQLITE, POSTGRESQL = "sqlite", "postgresql"
REQUIRE = "FOLLOWUP_TEST_REQUIRE_POSTGRES"
"""Set where a run without PostgreSQL must fail, as in CI."""
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory, ours alone below it
TEMPLATE = "followup_template"
LOCK_WAIT = "2s"
TIMES_EMPTIED = 200
"""After so many tests a shared database is made anew: nobody sweeps up the dead rows of the earlier ones."""


def kinds() -> tuple[str, ...]:
    """The databases that tests can run on here. UsageError when PostgreSQL is required and its server is missing."""
    if postgres.binaries() is not None:
        return (SQLITE, POSTGRESQL)
    if os.environ.get(REQUIRE, "") not in {"", "0"}:
        raise pytest.UsageError(f"{REQUIRE} is set, but there are no PostgreSQL server binaries on this machine")
    return (SQLITE,)


def header() -> str:
    """The line that says what the tests run on."""
    found = postgres.binaries()
    if found is None:
        return "databases: sqlite only, the POSTGRESQL HALF IS LEFT OUT: no server binaries (Debian: postgresql)"
    return f"databases: sqlite, postgresql ({found})"


class Databases:
    """Makes databases; servers and templates are made when the first one is asked for."""

    def __init__(self) -> None:
        """Nothing is started yet."""
        self.folder = Path(tempfile.mkdtemp(prefix="followup-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
        self._numbers = count(1)
        self._open: dict[str, ExitStack] = {}
        self._shared: dict[str, Database] = {}
        self._emptied: Counter[str] = Counter()

    @contextmanager
    def emptied(self, kind: str) -> Iterator[Database]:
        """A database without any row: one that stays open, and is emptied after each test.

        Its engine remembers how each statement is said, so a test takes a third of the time it would on a new one.
        """
        if kind not in self._open:
            self._open[kind] = ExitStack()
            self._shared[kind] = self._open[kind].enter_context(self.fresh(kind))
        yield self._shared[kind]
        self._emptied[kind] += 1
        try:
            empty(self._shared[kind])
        except DBAPIError:  # the test left a transaction open in it: the next one gets another database
            self._open.pop(kind).close()
        else:
            if self._emptied[kind] % TIMES_EMPTIED == 0:
                self._open.pop(kind).close()

    @contextmanager
    def fresh(self, kind: str, *, migrated: bool = True) -> Iterator[Database]:
        """An open database of this kind, dropped at the end; ``migrated=False``: without any table."""
        with self._place(kind, migrated=migrated) as url:
            db = Database(url)
            try:
                yield db
            finally:
                db.close()

    def close(self) -> None:
        """Stop what was started and leave nothing behind."""
        for opened in self._open.values():
            opened.close()
        if "_cluster" in self.__dict__:
            self._admin.close()
            self._cluster.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def _place(self, kind: str, *, migrated: bool) -> Iterator[str]:
        number = next(self._numbers)
        if kind == SQLITE:
            file = self.folder / f"{number}.sqlite3"
            if migrated:
                shutil.copyfile(self._sqlite_template, file)
            yield f"sqlite:///{file}"
            for left in self.folder.glob(f"{file.name}*"):
                left.unlink()
            return
        name = f"followup_{number}"
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {self._postgres_template if migrated else 'template0'}")
        yield self._cluster.url(name)
        self._admin.execute(f"DROP DATABASE {name} WITH (FORCE)")

    @cached_property
    def _sqlite_template(self) -> Path:
        file = self.folder / "template.sqlite3"
        _migrate(f"sqlite:///{file}")
        return file

    @cached_property
    def _postgres_template(self) -> str:
        self._admin.execute(f"CREATE DATABASE {TEMPLATE}")
        _migrate(self._cluster.url(TEMPLATE))
        return TEMPLATE

    @cached_property
    def _admin(self) -> psycopg.Connection:
        return psycopg.connect(self._cluster.url("postgres"), autocommit=True)

    @cached_property
    def _cluster(self) -> postgres.Cluster:
        found = postgres.binaries()
        assert found is not None, "no PostgreSQL here: ask kinds() first"
        return postgres.Cluster(found)


def empty(db: Database) -> None:
    """No row is left and numbers start from 1 again."""
    tables = metadata.sorted_tables
    with db.begin() as tx:
        if not db.is_sqlite:
            tx.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'")
        for table in reversed(tables):
            tx.execute(delete(table))
        if db.is_sqlite:
            tx.exec_driver_sql("DELETE FROM sqlite_sequence")
            return
        counting = [table.name for table in tables if table.autoincrement_column is not None]
        tx.exec_driver_sql("; ".join(f"ALTER SEQUENCE {name}_id_seq RESTART" for name in counting))


def _migrate(url: str) -> None:
    db = Database(url)
    migrations.upgrade(db)
    db.close()
