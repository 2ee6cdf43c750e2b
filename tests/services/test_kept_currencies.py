"""An amount whose currency nobody named is taken in the one that the deal already has."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.services import changes, closing, merging, prospects
from bot.services.amounts import Money
from bot.services.cards import Done
from bot.services.closing import Win
from bot.services.details import Details
from bot.services.errors import InvalidInput
from bot.services.merge_choices import Side
from bot.storage.engine import Database
from tests.support.cast import NOW, Cast, added, by_prospect
from tests.support.rows import everything

TYPED: dict[str, Any] = {"value_minor": 12_500_00, "currency": "GBP", "currency_assumed": True}


def amount(done: Done) -> tuple[int | None, str | None]:
    assert done.card is not None
    return done.card.prospect.value_minor, done.card.prospect.currency


@pytest.mark.parametrize(
    ("kept", "taken"),
    [
        ((18_000_00, "USD"), (12_500_00, "USD")),
        ((18_000, "JPY"), (12_500, "JPY")),
        ((18_000_000, "KWD"), (12_500_000, "KWD")),
        ((None, None), (12_500_00, "GBP")),
    ],
)
def test_every_way_to_change_it_counts_the_same_number_in_the_currency_that_is_kept(
    db: Database, cast: Cast, kept: tuple[int | None, str | None], taken: tuple[int, str]
) -> None:
    value_minor, currency = kept
    card = added(db, cast.ana, value_minor=value_minor, currency=currency)
    ways: list[Callable[[], Done]] = [
        lambda: prospects.edit(db, cast.ana, by_prospect(card), Details("Dana Li", **TYPED), None, NOW),
        lambda: prospects.amend(db, cast.ana, by_prospect(card), TYPED, NOW),
        lambda: closing.won(db, cast.ana, by_prospect(card), Win(**TYPED), NOW),
    ]
    for change in ways:
        done = change()
        assert amount(done) == taken
        changes.undo(db, cast.ana, done.change.id, NOW)
        again = prospects.show(db, cast.ana, card.prospect.id).card.prospect
        assert (again.value_minor, again.currency) == kept


def test_a_currency_that_was_named_is_taken_as_it_was_named(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, value_minor=18_000_00, currency="USD")
    said = TYPED | {"currency_assumed": False}
    assert amount(prospects.amend(db, cast.ana, by_prospect(card), said, NOW)) == (12_500_00, "GBP")
    assert amount(closing.won(db, cast.ana, by_prospect(card), Win(18_000, "JPY"), NOW)) == (18_000, "JPY")


def test_cents_of_a_currency_that_has_none_are_refused_and_nothing_changes(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, value_minor=18_000, currency="JPY")
    before = everything(db)
    said = TYPED | {"value_minor": 12_500_50}
    ways: list[Callable[[], Done]] = [
        lambda: prospects.amend(db, cast.ana, by_prospect(card), said, NOW),
        lambda: closing.won(db, cast.ana, by_prospect(card), Win(**said), NOW),
    ]
    for change in ways:
        with pytest.raises(InvalidInput) as refused:
            change()
        assert refused.value.field == "value"
    assert everything(db) == before


def test_who_is_added_and_merged_at_once_is_compared_in_the_currency_that_is_kept(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, value_minor=10_000_00, currency="USD")
    again = Details("Dana Li", "Acme", **TYPED)
    preview = merging.preview_new(db, cast.ana, card.prospect.id, again)
    assert [(each.newer, each.preferred) for each in preview.choices] == [((12_500_00, "USD"), Side.NEWER)]
    merged = merging.merge_new(db, cast.ana, card.prospect.id, again, NOW)
    assert amount(merged.done) == (12_500_00, "USD")


def test_two_amounts_are_the_same_whether_their_currency_was_named_or_not() -> None:
    assert Money(12_00, "USD", assumed=True) == Money(12_00, "USD")
