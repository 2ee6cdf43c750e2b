"""A search looks at few prospects, and finds the same in the same order as if it looked at all of them."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from bot.services import changes, finding, matching, members, merging, notes
from bot.services.amounts import Money
from bot.services.errors import DomainError
from bot.services.finding import Query, Value
from bot.services.idleness import Compare, Due, Sign
from bot.services.targets import ByProspect
from bot.storage import known, sieve, texts
from bot.storage.engine import Database
from cadences.model import LostReason, Stage
from cadences.states import State
from tests.support import cast as people
from tests.support import verbs
from tests.support.cast import DAY, NOW, Cast, added
from tests.support.scan import Scan

NAMES = ("Dana", "Danatus", "Jordana", "Eli", "Mikael", "Zoé", "Robin")
COMPANIES = (None, "Acme", "Acme Sample", "Nordwind", "Südlicht")
SAID = ("wants SSO", "asked for pricing", "met Dana at the fair", "säml later", "nothing yet")
WORDS = ("dana", "an", "el", "acme", "sample", "sso", "pricing", "dan", "rdana", "acme sample", "wants sso", "saml",
         "example.com", "mikael", "nordwnd", "acne", "danna", "nobody", "fair", "da", "e")  # fmt: skip
SOURCES = (None, "Web fair", "Webinar", "Referral")
VERBS = [verbs.snooze, verbs.log, verbs.won, verbs.lost, verbs.park, verbs.edit, verbs.note, verbs.take_over,
         verbs.stop_contact, verbs.reopen, verbs.out_of_office, verbs.skip, verbs.stop_cadence]  # fmt: skip
PEOPLE, STEPS, QUERIES = 30, 25, 6


@pytest.fixture
def cast(own_db: Database, the_cast: Cast) -> Cast:
    """The cast in a database whose numbers no other test used before: an index lives as long as its database."""
    people.gather_again(own_db, the_cast)
    return the_cast


@pytest.fixture(params=["few", "many"], autouse=True)
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As with few prospects, and on the ways that lead through very many."""
    if request.param == "many":
        monkeypatch.setattr(matching, "LOOKED_THROUGH", 3)
        monkeypatch.setattr(matching, "BROAD", 8)
        monkeypatch.setattr(sieve, "TESTED_AT_MOST", 4)
        monkeypatch.setattr(sieve, "A_TEST", 1)
        monkeypatch.setattr(texts, "A_LOOK", 1)
        monkeypatch.setattr(known, "FEW", 3)


@pytest.mark.parametrize("seed", range(2))
def test_a_search_finds_what_looking_at_everybody_finds(own_db: Database, cast: Cast, seed: int) -> None:
    """After every few things that people do, and undo, with whatever is asked."""
    chance = random.Random(seed)  # noqa: S311 - the same each time
    members.set_digest(own_db, cast.ben, NOW, workdays=frozenset({0, 2}))
    numbers = [_added(own_db, cast, chance) for _ in range(PEOPLE)]
    for _ in range(STEPS // 5):
        for _ in range(5):
            _act(own_db, cast, chance, numbers)
        scan = Scan(own_db, cast.ana, NOW)
        for query in [_query(chance) for _ in range(QUERIES)]:
            assert _found(own_db, cast, query) == scan.find(query), query


def _added(db: Database, cast: Cast, chance: random.Random) -> int:
    name = chance.choice(NAMES)
    value = chance.choice([None, 500_000, 1_000_000, 2_000_000])
    card = added(
        db,
        chance.choice([cast.ana, cast.ben]),
        f"{name} {chance.choice(NAMES)} {chance.randrange(1000)}",
        chance.choice(COMPANIES),
        now=NOW - chance.randrange(30) * DAY,
        email=chance.choice([None, f"{chance.randrange(10**9)}@example.com"]),
        note=chance.choice(["", *SAID]),
        stage=chance.choice([Stage.NEW, Stage.WORKING, Stage.ENGAGED, Stage.PROPOSAL]),
        source=chance.choice(SOURCES),
        industry=chance.choice([None, "Health"]),
        value_minor=value,
        currency=None if value is None else chance.choice(["USD", "EUR"]),
    )
    return card.prospect.id


def _act(db: Database, cast: Cast, chance: random.Random, numbers: list[int]) -> None:
    """Something that somebody does; it may be refused."""
    one, other = chance.sample(numbers, 2)
    deeds: list[Callable[[], Any]] = [
        lambda: chance.choice(VERBS)(db, cast.cleo, ByProspect(one), NOW),
        lambda: notes.add(db, cast.cleo, ByProspect(one), chance.choice(SAID), NOW),
        lambda: merging.merge(db, cast.cleo, one, other, NOW),
        lambda: changes.undo(db, cast.cleo, None, NOW),
    ]
    try:
        chance.choices(deeds, [6, 2, 1, 2])[0]()
    except DomainError:
        return


def _query(chance: random.Random) -> Query:
    """Up to three words and up to three filters."""
    filters: dict[str, Any] = {
        "owner": chance.choice(["me", "U0BEN"]),
        "stage": chance.choice(list(Stage)),
        "state": chance.choice(list(State)),
        "idle": Compare(chance.choice(list(Sign)), chance.choice([0, 1, 3, 5, 12])),
        "value": Value(chance.choice(list(Sign)), Money(1_000_000, "USD")),
        "due": chance.choice(list(Due)),
        "stalled": chance.choice([True, False]),
        "source": chance.choice(["web", "fair"]),
        "industry": "HEALTH",
        "cadence": chance.choice(["n", "quick", "standard"]),
        "lost": chance.choice(list(LostReason)),
    }
    count = chance.randrange(4)
    kept = chance.sample(sorted(filters), chance.choice([0, 1, 1, 2, 3]) if count else chance.randint(1, 3))
    return Query(tuple(chance.sample(WORDS, count)), **{name: filters[name] for name in kept})


def _found(db: Database, cast: Cast, query: Query) -> list[int]:
    pages = [finding.find(db, cast.ana, query, NOW, number) for number in range(PEOPLE // finding.PAGE + 2)]
    assert not pages[-1].has_more
    return [each.card.prospect.id for page in pages for each in page.found]
