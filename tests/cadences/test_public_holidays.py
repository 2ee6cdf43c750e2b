"""Public holidays: which days, what they are called, and how people name a place."""

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadences import public_holidays
from cadences.day_rules import DAY_OFF, called
from cadences.work_calendar import DayOff, DayRules
from language import say, speaking


def test_holidays_are_those_of_the_country_or_of_its_part() -> None:
    germany = public_holidays.names("DE", None, 2026)
    bavaria = public_holidays.names("DE", "BY", 2026)
    assert germany[date(2026, 4, 6)] == "Easter Monday"
    assert bavaria[date(2026, 1, 6)] == "Epiphany"
    assert date(2026, 1, 6) not in germany
    assert set(germany) < set(bavaria)


def test_only_public_holidays_count() -> None:
    assert date(2026, 10, 31) not in public_holidays.names("US", None, 2026)
    assert date(2026, 2, 14) not in public_holidays.names("US", None, 2026)


def test_a_substitute_day_belongs_to_the_year_it_is_in() -> None:
    assert public_holidays.names("US", None, 2027)[date(2027, 12, 31)] == "New Year's Day (observed)"
    assert date(2027, 12, 31) not in public_holidays.names("US", None, 2028)


@pytest.mark.parametrize("country", public_holidays.countries())
def test_every_country_has_its_holidays_in_english_and_is_read_back_from_its_code_and_name(country: str) -> None:
    named = public_holidays.names(country, None, 2027)
    assert all(on.year == 2027 and name for on, name in named.items())
    assert public_holidays.read(country) == (country, None)
    assert public_holidays.read(public_holidays.title(country).upper()) == (country, None)


@pytest.mark.parametrize("country", public_holidays.countries())
def test_every_part_of_every_country_is_read_back_from_its_code_and_name(country: str) -> None:
    for part in public_holidays.subdivisions(country):
        assert public_holidays.read(f"{country}-{part}") == (country, part)
        assert public_holidays.read(public_holidays.title(country, part)) == (country, part)
        public_holidays.check(country, part)


def test_no_country_speaks_the_language_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    public_holidays.names.cache_clear()
    assert public_holidays.names("DE", None, 2026)[date(2026, 12, 25)] == "Christmas Day"
    assert public_holidays.names("JP", None, 2026)[date(2026, 1, 1)] == "New Year's Day"


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("de", ("DE", None)),
        ("  DE-BY ", ("DE", "BY")),
        ("Germany", ("DE", None)),
        ("germany bavaria", ("DE", "BY")),
        ("Germany, Bayern", ("DE", "BY")),
        ("Bavaria, Germany", ("DE", "BY")),
        ("Bayern", ("DE", "BY")),
        ("Deutschland", ("DE", None)),
        ("us-ca", ("US", "CA")),
        ("USA", ("US", None)),
        ("CA", ("CA", None)),
        ("CA, USA", ("US", "CA")),
        ("California", ("US", "CA")),
        ("Georgia", ("GE", None)),
        ("Georgia, US", ("US", "GA")),
        ("uk", ("GB", None)),
        ("united kingdom scotland", ("GB", "SCT")),
        ("Wien", ("AT", "9")),
        ("zurich", ("CH", "ZH")),
        ("Baden-Wurttemberg", ("DE", "BW")),
        ("new south wales", ("AU", "NSW")),
        ("são paulo", ("BR", "SP")),
        ("La Spezia", ("IT", "SP")),
    ],
)
def test_a_place_is_read_as_people_write_it(words: str, place: tuple[str, str | None]) -> None:
    assert public_holidays.read(words) == place


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("DX", "I know no holidays for “DX”; did you mean DE, DJ or DK?"),
        ("Germny", "I know no holidays for “Germny”; did you mean DE?"),
        ("xyzzy", "I know no holidays for “xyzzy”."),
        ("DE-BX", "I know no part “bx” of Germany; did you mean DE-BB, DE-BE or DE-BW?"),
        ("germany bavria", "I know no part “bavria” of Germany; did you mean DE-BY or DE-BE?"),
        ("sg-xx", "I know no part “xx” of Singapore."),
        (" -- ", "Which country? For example DE, US-CA or Germany Bavaria."),
    ],
)
def test_an_unknown_place_is_refused_with_what_comes_near(words: str, answer: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the whole text is compared
        public_holidays.read(words)
    assert str(refused.value) == answer


def test_a_part_that_two_countries_have_is_asked_about() -> None:
    with pytest.raises(ValueError, match=r"“La Paz” is in more than one country: BO-L or SV-PA\?"):
        public_holidays.read("La Paz")


@pytest.mark.parametrize(("country", "part"), [("DX", None), ("de", None), ("DE", "by"), ("DE", "")])
def test_a_code_that_has_no_holidays_is_refused_everywhere(country: str, part: str | None) -> None:
    with pytest.raises(ValueError, match="I know no"):
        public_holidays.check(country, part)
    with pytest.raises(ValueError, match="I know no"):
        public_holidays.names(country, part, 2026)


def test_what_other_languages_call_a_place_leads_to_a_place_that_is_known() -> None:
    assert set(public_holidays.OTHER_COUNTRY_NAMES.values()) <= set(public_holidays.countries())
    for country, parts in public_holidays.OTHER_PART_NAMES.items():
        assert set(parts.values()) <= set(public_holidays.subdivisions(country))
        assert all(name == public_holidays.folded(name) for name in parts)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_known_place_or_a_refusal_in_words(words: str) -> None:
    try:
        place = public_holidays.read(words)
    except ValueError as refused:
        assert str(refused)[-1] in ".?"  # noqa: PT017 - either way is right
    else:
        public_holidays.check(*place)


def test_nobody_waits_for_the_holidays_of_the_world_before_a_country_is_named() -> None:
    asked = "import sys, cadences.calendar; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


@pytest.mark.parametrize(
    ("reader", "christmas"),
    [
        (None, "Christmas Day"),
        ("en-GB", "Christmas Day"),
        ("de-AT", "Erster Weihnachtstag"),
        ("it-IT", "Christmas Day"),
    ],
)
def test_a_holiday_is_called_as_its_reader_calls_it(reader: str | None, christmas: str) -> None:
    """Where the country has names in that language, else in English; what somebody called a day stays as it is."""
    eve, after = date(2026, 12, 24), date(2026, 12, 28)
    rules = (DayRules(country="DE", days_off=(DayOff(eve, DAY_OFF), DayOff(after, "Quiet day"))),)
    with speaking(reader):
        assert called(date(2026, 12, 25), rules) == christmas
        assert called(eve, rules) == say(DAY_OFF)
        assert called(after, rules) == "Quiet day"
        assert called(date(2026, 12, 29), rules) is None


def test_a_place_is_called_as_its_reader_calls_it() -> None:
    assert public_holidays.title("DE", "BY") == "Germany, Bayern"
    with speaking("de-DE"):
        assert public_holidays.title("DE", "BY") == "Deutschland, Bayern"
