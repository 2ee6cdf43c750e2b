"""A running app for each story."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from functools import partial

import pytest

from bot.storage.engine import Database
from tests.support.app import Story, telling

Opened = Callable[..., AbstractAsyncContextManager[Story]]


def address(db: Database) -> str:
    """Where a database is."""
    return db.url.render_as_string(hide_password=False)


@pytest.fixture
async def story(sqlite_db: Database) -> AsyncIterator[Story]:
    """A story on SQLite."""
    async with telling(address(sqlite_db)) as told:
        yield told


@pytest.fixture
async def both(db: Database) -> AsyncIterator[Story]:
    """A story that is told once on each database."""
    async with telling(address(db)) as told:
        yield told


@pytest.fixture
def opened(sqlite_db: Database) -> Opened:
    """Opens a story that is a little different: other scopes, Socket Mode, another moment."""
    return partial(telling, address(sqlite_db))
