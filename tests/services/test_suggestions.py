"""Which cadence is suggested: by value, industry and source, the most specific rule first, and never forced."""

from typing import Any

import pytest

from bot.services import cadences, changes, closing, rules
from bot.services.actor import Actor
from bot.services.amounts import Money
from bot.services.errors import Gone, InvalidInput, NotAllowed
from bot.services.rules import Conditions
from bot.storage.engine import Database
from cadences import library
from cadences.model import LostReason
from tests.support.cast import HOUR, NOW, Cast, added, by_prospect, shown
from tests.support.rows import everything

BIG = Conditions(value_from=Money(50_000_00, "USD"))
SMALL = Conditions(value_below=Money(10_000_00, "USD"))
SOFTWARE = Conditions(industry="software")
BIG_SOFTWARE = Conditions(value_from=Money(50_000_00, "USD"), industry="Software")


def ruled(db: Database, cast: Cast, **wanted: Conditions) -> None:
    """Cleo makes these rules, one after the other; keys with ``_`` for their hyphens."""
    for number, (key, conditions) in enumerate(wanted.items()):
        rules.add(db, cast.cleo, key.replace("_", "-"), conditions, NOW + number * HOUR)


def suggested(db: Database, actor: Actor, **details: Any) -> str | None:
    return added(db, actor, **details).suggested


def test_nothing_is_suggested_without_a_rule(db: Database, cast: Cast) -> None:
    assert suggested(db, cast.ana, value_minor=90_000_00, currency="USD") is None


@pytest.mark.parametrize(
    ("details", "key"),
    [
        ({"value_minor": 60_000_00, "currency": "USD"}, "persistent"),
        ({"value_minor": 50_000_00, "currency": "EUR"}, "persistent"),
        ({"value_minor": 60_000, "currency": "JPY"}, "persistent"),
        ({"value_minor": 49_999_99, "currency": "USD"}, None),
        ({"value_minor": 9_999_99, "currency": "USD"}, "re-engage"),
        ({"value_minor": 10_000_00, "currency": "USD"}, None),
        ({"value_minor": 10_000_000, "currency": "KWD"}, None),
        ({}, None),
        ({"industry": "Software"}, "nudge"),
        ({"industry": "software and services"}, "nudge"),
        ({"industry": "hardware"}, None),
        ({"value_minor": 60_000_00, "currency": "USD", "industry": "SOFTWARE"}, "no-show"),
    ],
)
def test_the_rule_that_fits_best_suggests(db: Database, cast: Cast, details: dict[str, Any], key: str | None) -> None:
    ruled(db, cast, no_show=BIG_SOFTWARE, persistent=BIG, re_engage=SMALL, nudge=SOFTWARE)
    assert suggested(db, cast.ana, **details) == key


def test_of_two_alike_the_newest_counts(db: Database, cast: Cast) -> None:
    ruled(db, cast, nudge=SOFTWARE, persistent=SOFTWARE)
    assert suggested(db, cast.ana, industry="software") == "persistent"
    assert [rule.cadence for rule in rules.listed(db, cast.ben)] == ["persistent", "nudge"]


def test_it_is_on_the_card_until_it_runs(db: Database, cast: Cast) -> None:
    ruled(db, cast, persistent=SOFTWARE)
    card = added(db, cast.ana, industry="software")
    assert shown(db, cast.ana, card).suggested == "persistent"
    persistent = library.get("persistent")
    assert persistent is not None
    cadences.start(db, cast.ana, by_prospect(card), persistent, NOW)
    assert shown(db, cast.ana, card).suggested is None


def test_a_closed_deal_is_left_alone(db: Database, cast: Cast) -> None:
    ruled(db, cast, persistent=SOFTWARE)
    card = added(db, cast.ana, industry="software")
    closing.lost(db, cast.ana, by_prospect(card), LostReason.PRICING, "", NOW)
    assert shown(db, cast.ana, card).suggested is None


def test_only_a_manager_makes_and_removes_rules(db: Database, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        rules.add(db, cast.ana, "nudge", SOFTWARE, NOW)
    _, rule = rules.add(db, cast.cleo, "nudge", SOFTWARE, NOW)
    before = everything(db)
    with pytest.raises(NotAllowed):
        rules.remove(db, cast.ana, rule.id, NOW)
    with pytest.raises(Gone):
        rules.remove(db, cast.otto, rule.id, NOW)
    assert everything(db) == before


def test_a_rule_for_everybody_or_for_an_unknown_cadence_is_refused(db: Database, cast: Cast) -> None:
    for words, conditions in (("nudge", Conditions()), ("hope", SOFTWARE)):
        with pytest.raises(InvalidInput):
            rules.add(db, cast.cleo, words, conditions, NOW)
    assert rules.listed(db, cast.cleo) == []


def test_making_and_removing_are_undone_exactly(db: Database, cast: Cast) -> None:
    empty = everything(db)
    _, rule = rules.add(db, cast.cleo, "nudge", SOFTWARE, NOW)
    made = everything(db)
    rules.remove(db, cast.cleo, rule.id, NOW)
    assert rules.listed(db, cast.cleo) == []
    assert suggested(db, cast.ana, industry="software") is None
    with pytest.raises(Gone):
        rules.remove(db, cast.cleo, rule.id, NOW)
    changes.undo(db, cast.ana, None, NOW)
    changes.undo(db, cast.cleo, None, NOW)
    assert everything(db) == made
    changes.undo(db, cast.cleo, None, NOW)
    assert everything(db) == empty


def test_an_outsider_has_rules_of_another_place(db: Database, cast: Cast) -> None:
    ruled(db, cast, nudge=SOFTWARE)
    assert rules.listed(db, cast.otto) == []
    assert suggested(db, cast.otto, industry="software") is None
