"""The databases to measure on: on a real disk, and safe against a power cut, as in real life."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.support import postgres

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
FOLDER = Path(".bench")
DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on", "max_connections=60", "shared_buffers=128MB")
"""PostgreSQL as Debian ships it, where the tests' own server trades safety for speed."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an empty database is."""

    kind: str
    url: str


@contextmanager
def places() -> Iterator[list[Place]]:
    """An empty database of each kind there is on this machine, gone at the end."""
    FOLDER.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=FOLDER))
    found = postgres.binaries()
    with ExitStack() as opened:
        opened.callback(shutil.rmtree, folder, ignore_errors=True)
        made = [Place(SQLITE, f"sqlite:///{folder.resolve() / 'bench.sqlite3'}")]
        if found is not None:
            cluster = postgres.Cluster(found, DURABLE)
            opened.callback(cluster.stop)
            made.append(Place(POSTGRESQL, _database(cluster)))
        yield made


def _database(cluster: postgres.Cluster) -> str:
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as admin:
        admin.execute("CREATE DATABASE bench")
    return cluster.url("bench")
