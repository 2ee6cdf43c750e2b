"""Amounts in the ways salespeople write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.amounts import MINOR_DIGITS, Money
from bot.slack.reading.money import looks_like_money, read, read_tail


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("$12k", "$12,000"),
        ("12k", "$12,000"),
        ("12K", "$12,000"),
        ("$ 12 k", "$12,000"),
        ("1.5m", "$1,500,000"),
        ("$3M", "$3,000,000"),
        ("€1.2m", "€1,200,000"),
        ("1,2m €", "€1,200,000"),
        ("12.000 €", "€12,000"),
        ("12,000 USD", "$12,000"),
        ("12000 eur", "€12,000"),
        ("EUR 12k", "€12,000"),
        ("£3.5k", "£3,500"),
        ("¥5000", "¥5,000"),
        ("CHF 5'000", "CHF 5,000"),
        ("CHF 5’000", "CHF 5,000"),
        ("1.200,50 €", "€1,200.50"),
        ("$1,200.50", "$1,200.50"),
        ("12,50 €", "€12.50"),
        ("12 000 €", "€12,000"),
        ("12,000", "$12,000"),
        ("1.250.000", "$1,250,000"),
        ("1.250k", "$1,250"),
        ("~$12k", "$12,000"),
        ("budget 12k", "$12,000"),
        ("12k ARR", "$12,000"),
        ("3 million dollars", "$3,000,000"),
        ("12 tsd euro", "€12,000"),
        ("C$5k", "CAD 5,000"),
        ("0.5m", "$500,000"),
        ("$12k USD", "$12,000"),
        ("$12k CAD", "CAD 12,000"),
        ("KWD 1.5k", "KWD 1,500"),
    ],
)
def test_an_amount_is_read_in_its_currency(typed: str, shown: str) -> None:
    money = read(typed, "USD")
    assert money is not None
    assert money.text() == shown


@pytest.mark.parametrize(
    "typed",
    ["2026", "1999", "3M", "12000", "500", "$-5", "-5", "$12k/mo", "$10-15k", "12k users", "¥12.5", "1,25,000",
     "$1,2,3", "$12kk", "$12k EUR", "Studio 54", "24 Hour Fitness", "$", "k", "", "$9999999999999999", "١٢k", "12 34"],
)  # fmt: skip
def test_what_is_no_single_amount_is_none(typed: str) -> None:
    assert read(typed, "USD") is None


def test_a_plain_number_is_an_amount_only_where_one_is_expected() -> None:
    assert read("12000", "EUR", bare=True) == Money(1_200_000, "EUR")
    assert read("2026", "EUR", bare=True) is None
    assert read("54", "EUR", bare=True) is None
    assert read("20261127", "EUR", bare=True) is None


@pytest.mark.parametrize(
    ("typed", "default", "currency"),
    [
        ("$5k", "CAD", "CAD"),
        ("$5k", "EUR", "USD"),
        ("¥5000", "CNY", "CNY"),
        ("5000 kr", "SEK", "SEK"),
        ("5k", "JPY", "JPY"),
    ],
)
def test_a_shared_sign_is_the_members_own_currency(typed: str, default: str, currency: str) -> None:
    money = read(typed, default)
    assert money is not None
    assert money.currency == currency


def test_a_sign_that_nobody_can_place_is_not_guessed() -> None:
    assert read("5000 kr", "USD") is None


@pytest.mark.parametrize(
    ("typed", "rest", "shown"),
    [
        ("acme 12k", "acme", "$12,000"),
        ("acme 12 000 €", "acme", "€12,000"),
        ("studio 54 12k", "studio 54", "$12,000"),
        ("acme 12k USD", "acme", "$12,000"),
    ],
)
def test_an_amount_at_the_tail_leaves_the_name(typed: str, rest: str, shown: str) -> None:
    found = read_tail(typed, "USD")
    assert found is not None
    assert (found[0], found[1].text()) == (rest, shown)


def test_a_name_that_ends_in_a_number_has_no_amount() -> None:
    assert read_tail("studio 54", "USD", bare=True) is None
    assert read_tail("acme 2026", "USD", bare=True) is None


def test_an_unreadable_amount_still_looks_like_one() -> None:
    assert looks_like_money("$12k/mo")
    assert not looks_like_money("3M")


@given(st.integers(0, 10**13), st.sampled_from(["USD", "EUR", "JPY", "KWD", "CHF"]))
def test_what_is_shown_reads_back_to_the_same_amount(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    if Decimal(minor).scaleb(-MINOR_DIGITS.get(currency, 2)) < 10**12:
        read_back = read(money.text(), "EUR")
        assert currency == "KWD" or read_back == money


@given(st.text())
def test_nothing_typed_raises(text: str) -> None:
    read(text, "USD", bare=True)
    read_tail(text, "USD")
    looks_like_money(text)
