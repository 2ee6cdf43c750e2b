"""What many tests of the verbs begin with."""

import pytest

from bot.services.cards import Card
from bot.storage.engine import Database
from tests.support.cast import Cast, added


@pytest.fixture
def card(db: Database, cast: Cast) -> Card:
    """Dana Li at Acme, whom Ana added just now."""
    return added(db, cast.ana)
