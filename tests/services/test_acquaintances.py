"""Whom somebody has met: one who is known is found by half a name, and nobody is taken for somebody else."""

import pytest

from bot.services import acquaintances, contact, targets
from bot.services.details import Details
from bot.services.errors import DoNotContact, InvalidInput, SeveralFound
from bot.storage.engine import Database
from tests.support.cast import NOW, Cast, added, by_prospect


@pytest.mark.parametrize(
    "who",
    [
        Details("Dana", "Acme"),
        Details("li dana", "ACME GmbH"),
        Details("Dana"),
        Details("acme"),
        Details("D. L.", "Elsewhere", email="dana@acme.com"),
        Details("", email="dana@acme.com"),
    ],
)
def test_part_of_a_name_the_company_or_the_address_is_enough(db: Database, cast: Cast, who: Details) -> None:
    card = added(db, cast.ana, email="dana@acme.com")
    found = acquaintances.known(db, cast.ana, who)
    assert found is not None
    assert found.id == card.prospect.id


@pytest.mark.parametrize("who", [Details("Dana", "Beta"), Details("Dan"), Details("Sam Roe", "Acme"), Details("Li Po")])
def test_somebody_else_is_new(db: Database, cast: Cast, who: Details) -> None:
    added(db, cast.ana)
    assert acquaintances.known(db, cast.ana, who) is None


def test_half_a_name_alone_is_never_a_teammates_prospect(db: Database, cast: Cast) -> None:
    added(db, cast.ben)
    assert acquaintances.known(db, cast.ana, Details("Dana")) is None
    assert acquaintances.known(db, cast.otto, Details("Dana Li", "Acme")) is None


def test_one_of_several_is_asked_about(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    added(db, cast.ana, "Dana Roe")
    with pytest.raises(SeveralFound):
        acquaintances.known(db, cast.ana, Details("Dana", "Acme"))


def test_a_name_that_is_nearly_somebodys_is_neither_taken_nor_kept(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    with pytest.raises(InvalidInput):
        acquaintances.known(db, cast.ana, Details("Dana Lii", "Acme"))


def test_an_address_that_asked_us_to_stop_is_nobody_new(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, email="dana@acme.com")
    contact.stop(db, cast.ana, by_prospect(card), "", NOW)
    with pytest.raises(DoNotContact):
        acquaintances.known(db, cast.ana, Details("Neu Name", email="dana@acme.com"))


def test_a_name_with_its_company_names_one_of_two(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    other = added(db, cast.ana, company="Beta_100%")
    for typed in ("Dana Li at Beta_100%", "dana beta_100", "beta_100 dana", "Dana Li @ Beta_100%"):
        assert targets.named(db, cast.ana, typed).id == other.prospect.id
    with pytest.raises(SeveralFound):
        targets.named(db, cast.ana, "dana li")
