"""Which prospect is meant: by part, through typos, one's own first; and never somebody else's workspace."""

import pytest

from bot.services import targets
from bot.services.errors import NotFound, SeveralFound
from bot.services.names import key_of
from bot.storage.engine import Database
from tests.support import verbs
from tests.support.cast import NOW, Cast, added, by_prospect


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller & Söhne GmbH", "muller sohne"),
        ("ACME, Inc.", "acme"),
        ("Zoë  Ångström", "zoe angstrom"),
        ("O'Brien", "o brien"),
        ("Co", "co"),
        ("STRASSE", "straße"),
    ],
)
def test_two_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    "words", ["dana", "DANA LI", "acme", "acm", "Acme GmbH", "dnaa li", "Acmee", "dana@example.com"]
)
def test_a_name_is_found_by_part_company_address_and_through_typos(db: Database, cast: Cast, words: str) -> None:
    added(db, cast.ana, email="dana@example.com")
    added(db, cast.ana, "Eli Else", "Nowhere Sample")
    assert targets.named(db, cast.ana, words).name == "Dana Li"
    found, people = targets.search(db, cast.ana, words)
    assert [prospect.name for prospect in found] == ["Dana Li"]
    assert [member.name for member in people.values()] == ["Ana"]


@pytest.mark.parametrize("words", ["", "   ", "!!!", "%", "_", "xyzzy"])
def test_words_that_name_nobody_find_nobody(db: Database, cast: Cast, words: str) -> None:
    added(db, cast.ana, company=None)
    with pytest.raises(NotFound) as missing:
        targets.named(db, cast.ana, words)
    assert missing.value.near == ()
    assert targets.search(db, cast.ana, words)[0] == ()


def test_two_of_a_name_are_asked_about(db: Database, cast: Cast) -> None:
    added(db, cast.ana, "Dana Li", "Acme")
    added(db, cast.ana, "Dana Li", "Other")
    with pytest.raises(SeveralFound) as several:
        targets.named(db, cast.ana, "dana")
    assert [prospect.company for prospect in several.value.found] == ["Acme", "Other"]


def test_ones_own_comes_before_a_teammates(db: Database, cast: Cast) -> None:
    added(db, cast.ben, "Dana Li", "Bens")
    added(db, cast.ana, "Dana Li", "Anas")
    assert targets.named(db, cast.ana, "dana").company == "Anas"
    assert targets.named(db, cast.ben, "dana").company == "Bens"


def test_an_open_one_comes_before_a_closed_one(db: Database, cast: Cast) -> None:
    closed = added(db, cast.ana, "Dana Li", "Won")
    verbs.won(db, cast.ana, by_prospect(closed), NOW)
    added(db, cast.ana, "Dana Li", "Open")
    assert targets.named(db, cast.ana, "dana").company == "Open"


def test_a_whole_name_comes_before_a_part_of_a_longer_one(db: Database, cast: Cast) -> None:
    added(db, cast.ana, "Dana Lindberg", "Longer")
    added(db, cast.ana, "Dana Li", "Whole")
    assert targets.named(db, cast.ana, "dana li").company == "Whole"


def test_of_several_ways_to_split_a_line_the_first_that_names_somebody_counts(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, "Dana Li", "Acme Sample")
    candidates = [("acme sample next fri", ""), ("acme sample", "next fri"), ("acme", "sample next fri")]
    assert targets.first_named(db, cast.ana, candidates) == (card.prospect, "next fri")


def test_nobody_is_found_in_another_workspace(db: Database, cast: Cast) -> None:
    added(db, cast.ana, email="dana@example.com")
    for words in ("dana", "acme", "dana@example.com", "dnaa"):
        with pytest.raises(NotFound) as missing:
            targets.named(db, cast.otto, words)
        assert missing.value.near == ()
        assert targets.search(db, cast.otto, words) == ((), {})
