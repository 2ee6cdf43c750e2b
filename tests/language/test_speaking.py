"""Whom we speak to decides how something is said."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.amounts import Money, home_currency
from bot.slack.reading import money
from bot.storage.engine import Database
from language import languages, reader, say, say_n, speaking
from language.amounts import number
from language.dates import clock, day, weekday, weekdays

THURSDAY = date(2026, 11, 26)
NINE = time(9, 5)
ELSEWHERE = ("en-CA", "en-AU", "de-CH", "fr-CA", "pt-PT", "es-LA", "en")
LARGEST = 10**12
"""So many are read, whatever the currency."""
AMOUNT_FIELD = 40
"""Characters that the field of an amount takes."""
WRITTEN = {
    "en-US": ("Thu 26 Nov", "Wed 6 Jan 2027", "09:05", "Monday", "Mon–Fri", "€12,000", "12,000"),
    "en-GB": ("Thu 26 Nov", "Wed 6 Jan 2027", "09:05", "Monday", "Mon–Fri", "€12,000", "12,000"),
    "de-DE": ("Do., 26. November", "Mi., 6. Jan. 2027", "09:05", "Montag", "Mo–Fr", "12.000\xa0€", "12.000"),
    "fr-FR": ("jeu. 26 nov.", "mer. 6 janv. 2027", "09:05", "lundi", "lun.–ven.", "12\u202f000\xa0€", "12\u202f000"),
    "es-ES": ("jue, 26 de noviembre", "mié, 6 de enero de 2027", "9:05", "lunes", "lun–vie", "12.000\xa0€", "12.000"),
    "pt-BR": (
        "qui., 26 de novembro", "qua., 6 de janeiro de 2027",
        "09:05", "segunda-feira", "seg.–sex.", "€\xa012.000", "12.000",
    ),
    "nl-NL": ("do 26 nov", "wo 6 jan 2027", "09:05", "maandag", "ma–vr", "€\xa012.000", "12.000"),
}  # fmt: skip


@pytest.mark.parametrize("locale", WRITTEN)
def test_dates_and_money_are_written_as_their_reader_writes_them(locale: str) -> None:
    with speaking(locale):
        shown = (
            day(THURSDAY),
            day(date(2027, 1, 6), year=True),
            clock(NINE),
            weekday(0),
            weekdays({0, 1, 2, 3, 4}),
            Money(12_000_00, "EUR").text(),
            number(12_000),
        )
    assert shown == WRITTEN[locale]


@pytest.mark.parametrize(
    "locale", [*WRITTEN, "en-CA", "en-AU", "en-IN", "de-CH", "fr-CA", "pt-PT", "es-LA", "ja-JP", "en"]
)
@given(amount=st.integers(0, LARGEST), currency=st.sampled_from(sorted(money.CODES)))
def test_an_amount_that_a_form_is_filled_with_is_read_as_the_same_amount(
    locale: str, amount: int, currency: str
) -> None:
    """Whoever opens the form: what stands in it is what would be kept, to the smallest coin, in the same currency."""
    kept = Money(amount, currency)
    with speaking(locale):
        filled = kept.typed(locale)
    assert money.read(filled, home_currency(locale), bare=True) == kept, filled
    assert len(filled) <= AMOUNT_FIELD


@pytest.mark.parametrize(
    ("locale", "filled"),
    [
        ("en-US", ["$12,000", "€12,000", "GBP 12,000", "KWD 12.3450"]),
        ("en-CA", ["USD 12,000", "€12,000", "GBP 12,000", "KWD 12.3450"]),
        ("de-DE", ["12.000 USD", "12.000 €", "12.000 GBP", "12,3450 KWD"]),
    ],
)
def test_a_form_is_filled_with_amounts_as_its_reader_types_them(locale: str, filled: list[str]) -> None:
    kept = [Money(12_000_00, "USD"), Money(12_000_00, "EUR"), Money(12_000_00, "GBP"), Money(12_345, "KWD")]
    with speaking(locale):
        assert [each.typed(locale) for each in kept] == filled


def test_half_a_euro_has_both_digits_and_a_yen_has_none() -> None:
    with speaking("de-DE"):
        shown = [Money(12_50, "EUR").text(), Money(1_250, "JPY").text(), Money(12_500, "KWD").text()]
    assert shown == ["12,50\xa0€", "1.250\xa0¥", "12,500\xa0KWD"]


def test_a_form_of_plural_follows_the_language() -> None:
    with speaking("de-DE"):
        said = [say_n("{count} day", "{count} days", count) for count in (0, 1, 2)]
    assert said == ["0 Tage", "1 Tag", "2 Tage"]


@pytest.mark.parametrize("locale", [None, "", "xx-XX", "not a locale", "en-US", "fr-FR", "ja-JP"])
def test_whoever_speaks_another_language_reads_english(locale: str | None) -> None:
    with speaking(locale):
        assert say("nothing planned") == "nothing planned"


@pytest.mark.parametrize("locale", ["de-DE", "de-AT", "de-CH", "de", "de_DE"])
def test_german_is_spoken_wherever_it_is_spoken(locale: str) -> None:
    with speaking(locale):
        assert say("nothing planned") == "nichts geplant"


def test_who_is_spoken_to_ends_with_the_sentence() -> None:
    with speaking("de-DE"):
        with speaking("en-US"):
            inside = say("nothing planned")
        assert (inside, say("nothing planned")) == ("nothing planned", "nichts geplant")
    assert say("nothing planned") == "nothing planned"


def test_what_people_typed_is_never_taken_for_a_placeholder() -> None:
    assert say("{name} at {company}", name="{company}", company="{0} {x!r}") == "{company} at {0} {x!r}"


async def test_the_database_threads_speak_the_same_language(sqlite_db: Database) -> None:
    def spoken(_db: Database) -> str:
        return reader().language

    with speaking("de-DE"):
        inside = await sqlite_db.run(spoken)
    assert (inside, await sqlite_db.run(spoken)) == ("de", "en")


def test_english_and_german_are_whole_languages() -> None:
    assert languages() == ("en", "de")
