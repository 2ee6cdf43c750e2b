"""Opens the database and hands out transactions: one thread for SQLite's one writer, a few for PostgreSQL."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

POSTGRES_THREADS = 8
BUSY_TIMEOUT_MS = 10_000
READ_ONLY = "read_only"
HIDE_PARAMETERS = True
"""An error is logged, and what a statement was about is names and notes."""

DEADLOCK = "40P01"
"""PostgreSQL's word for two transactions that wait for each other: it ends one of them whole."""
TRIES = 3

P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """An open database: ``begin()`` and ``read()`` lead to a connection, ``run`` leads here from async code."""

    def __init__(self, url: str) -> None:
        """Open ``url`` (``sqlite:///file`` or ``postgresql://…``); nothing is read or written yet."""
        self.url = normalised(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(self.url) if self.is_sqlite else _postgresql(self.url)
        # SQLite has one writer whatever we do: queueing for it in Python costs microseconds, in SQLite a busy loop.
        self._threads = ThreadPoolExecutor(1 if self.is_sqlite else POSTGRES_THREADS, thread_name_prefix="db")

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One writing transaction: committed at the end, rolled back on any error."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view for reading; it takes no write lock."""
        with self.engine.connect().execution_options(**{READ_ONLY: True}) as connection:
            yield connection

    async def run(self, work: Callable[Concatenate["Database", P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do ``work(self, …)``, a whole transaction, in a database thread and wait for it without stopping the loop.

        One that PostgreSQL ended because another waited for it and it for the other is done again.
        """
        loop, here = asyncio.get_running_loop(), copy_context()  # whom we speak to goes along
        once = partial(here.run, work, self, *args, **kwargs)
        return await loop.run_in_executor(self._threads, _done, once)

    def close(self) -> None:
        """Wait for running work, then close every connection."""
        self._threads.shutdown(wait=True)
        self.engine.dispose()


def _done(once: Callable[[], T]) -> T:
    for _ in range(TRIES - 1):
        try:
            return once()
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != DEADLOCK:
                raise
    return once()


def normalised(url: str) -> URL:
    """``url`` with the driver we ship: ``postgres://`` and ``postgresql://`` become psycopg 3. Else ValueError."""
    parsed = make_url(url)
    if parsed.drivername in {"postgres", "postgresql"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise ValueError(f"DATABASE_URL must start with sqlite:/// or postgresql://, not {parsed.drivername}://")
    return parsed


def insert_once(tx: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows ON CONFLICT, in the words of the database at hand."""
    return sqlite.insert(table) if tx.dialect.name == "sqlite" else postgresql.insert(table)


def _postgresql(url: URL) -> Engine:
    return create_engine(url, pool_size=POSTGRES_THREADS, hide_parameters=HIDE_PARAMETERS)


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000}, hide_parameters=HIDE_PARAMETERS)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(raw: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection: Any = raw
    # The driver's own transactions begin too late and lost half of the concurrent updates: we say BEGIN ourselves.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "synchronous=FULL",  # an acknowledged action survives a power cut, not only a crash
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
