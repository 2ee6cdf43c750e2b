"""Public holidays by country and part of a country, from the holidays package, and how people write such a place."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from itertools import chain
from types import MappingProxyType

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from language import SOURCE, reader, say

ENGLISH = "en_US"
"""Each country speaks it, or has had its names in English to begin with; never the language of the machine."""

YEARS_KEPT = 512
NEAR_MATCHES = 3
NEAR_ENOUGH = 0.65
AS_NEAR = 0.1
"""What is so much further off than the nearest one was not meant."""

A_NAME = 4
"""A part without its country is known by a name of so many letters or more: `BY` alone is Belarus."""

SMALL_WORDS = frozenset({"And", "Of", "The", "Da"})

# What people call a place, where the package knows only its own language's word for it.
OTHER_COUNTRY_NAMES = {
    "america": "US",
    "britain": "GB",
    "czech republic": "CZ",
    "deutschland": "DE",
    "espana": "ES",
    "great britain": "GB",
    "holland": "NL",
    "italia": "IT",
    "osterreich": "AT",
    "schweiz": "CH",
    "suisse": "CH",
}
OTHER_PART_NAMES: Mapping[str, Mapping[str, str]] = {
    "AT": {
        "carinthia": "2",
        "lower austria": "3",
        "styria": "6",
        "tyrol": "7",
        "upper austria": "4",
        "vienna": "9",
    },
    "CH": {"geneva": "GE", "grisons": "GR", "lucerne": "LU", "st gallen": "SG"},
    "DE": {
        "bavaria": "BY",
        "hesse": "HE",
        "lower saxony": "NI",
        "mecklenburg western pomerania": "MV",
        "north rhine westphalia": "NW",
        "nrw": "NW",
        "rhineland palatinate": "RP",
        "saxony": "SN",
        "saxony anhalt": "ST",
        "thuringia": "TH",
    },
    "ES": {
        "andalusia": "AN",
        "balearic islands": "IB",
        "basque country": "PV",
        "canary islands": "CN",
        "catalonia": "CT",
        "navarre": "NC",
    },
    "IT": {
        "florence": "FI",
        "genoa": "GE",
        "milan": "MI",
        "naples": "NA",
        "rome": "RM",
        "turin": "TO",
        "venice": "VE",
    },
}


@lru_cache(maxsize=YEARS_KEPT)
def names(country: str, subdivision: str | None, year: int, language: str = ENGLISH) -> Mapping[date, str]:
    """The public holidays of a year and what that language calls them; an unknown place is refused in words."""
    import holidays  # noqa: PLC0415 - a second of imports that nobody without a country has to wait for

    check(country, subdivision)
    found = holidays.country_holidays(
        country, subdiv=subdivision, years=year, language=language, categories=holidays.PUBLIC
    )
    # Substitute days may spill over: New Year's Day on a Saturday is also kept on 31 December.
    return MappingProxyType({on: name for on, name in sorted(found.items()) if on.year == year})


def language_of(country: str) -> str:
    """The reader's language where the holidays of this country have names in it, else English."""
    import holidays  # noqa: PLC0415 - as above

    known = getattr(holidays, country).supported_languages
    wanted = (str(reader()), reader().language) if reader().language != SOURCE else ()
    return next((language for language in wanted if language in known), ENGLISH)


@cache
def countries() -> Mapping[str, str]:
    """The country codes whose holidays are known, and what the countries are called."""
    return MappingProxyType({code: _title(name) for name, code, *_ in sorted(_registry(), key=lambda row: row[1])})


@cache
def subdivisions(country: str) -> Mapping[str, str]:
    """The codes of a country's parts and what the parts are called."""
    import holidays  # noqa: PLC0415 - as above

    entity = getattr(holidays, country)
    called = {code: name for name, code in reversed(entity.subdivisions_aliases.items()) if len(name) >= A_NAME}
    return MappingProxyType({code: called.get(code, code) for code in entity.subdivisions})


def check(country: str, subdivision: str | None = None) -> None:
    """Refuse a code that has no holidays here, and say which ones come near."""
    if country not in countries():
        raise ValueError(_no_country(country))
    if subdivision is not None and subdivision not in subdivisions(country):
        raise ValueError(_no_part(country, subdivision))


def title(country: str, subdivision: str | None = None) -> str:
    """The place in words: `Germany, Bayern`."""
    name = countries()[country]
    if reader().language != SOURCE:
        name = reader().territories.get(country, name)
    return name if subdivision is None else f"{name}, {subdivisions(country)[subdivision]}"


def read(words: str) -> tuple[str, str | None]:
    """The country and part that somebody wrote: `de`, `DE-BY`, `Germany`, `germany bavaria`, `Bayern`."""
    said = folded(words).split()
    if not said:
        raise ValueError(say("Which country? For example DE, US-CA or Germany Bavaria."))
    splits = list(_splits(said))
    for country, rest in splits:
        if not rest or rest in _part_codes(country):
            return country, _part_codes(country)[rest] if rest else None
    return _part_alone(words, " ".join(said), splits)


def folded(words: str) -> str:
    """The words without case, accents and punctuation, so that `Baden-Württemberg` is `baden wurttemberg`."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", letters))


def _splits(said: list[str]) -> Iterable[tuple[str, str]]:
    """Every way to read the words as a country and the rest: the longest name first, then the country last."""
    known = _country_codes()
    for cut in range(len(said), 0, -1):
        if (name := " ".join(said[:cut])) in known:
            yield known[name], " ".join(said[cut:])
    for cut in range(1, len(said)):
        if (name := " ".join(said[cut:])) in known:
            yield known[name], " ".join(said[:cut])


def _part_alone(words: str, name: str, splits: list[tuple[str, str]]) -> tuple[str, str | None]:
    """A part named without its country, where only one country has a part of this name."""
    found = _parts_by_name().get(name, ())
    if len(found) > 1:
        joined = " " + say("or") + " "
        places = joined.join(f"{country}-{part}" for country, part in found)
        why = say("“{typed}” is in more than one country: {places}?", typed=words.strip(), places=places)
        raise ValueError(why)
    if not found:
        raise ValueError(_no_part(*splits[0]) if splits else _no_country(words))
    return found[0]


def _registry() -> Iterable[tuple[str, ...]]:
    """Per country its name as one word, its two-letter code, and its other codes."""
    from holidays.registry import COUNTRIES  # noqa: PLC0415 - as above

    return COUNTRIES.values()


@cache
def _country_codes() -> Mapping[str, str]:
    """Every folded way to write a country, and its code."""
    called = {folded(name): code for code, name in countries().items()}
    codes = {folded(short): row[1] for row in _registry() for short in row[1:]}
    return {**OTHER_COUNTRY_NAMES, **called, **codes}


@cache
def _part_codes(country: str) -> Mapping[str, str]:
    """Every folded way to write a part of this country, and its code."""
    import holidays  # noqa: PLC0415 - as above

    aliases = {folded(name): code for name, code in getattr(holidays, country).subdivisions_aliases.items()}
    return {**OTHER_PART_NAMES.get(country, {}), **aliases, **{folded(code): code for code in subdivisions(country)}}


@cache
def _parts_by_name() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The parts of all countries by their folded names."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for country in countries():
        for name, code in _part_codes(country).items():
            if len(name) >= A_NAME:
                found[name] = (*found.get(name, ()), (country, code))
    return found


def _title(name: str) -> str:
    """A class name as words: `IsleOfMan` is `Isle of Man`."""
    words = re.findall(r"[A-Z]+(?![a-z])|(?:Mc)?[A-Z][a-z]+", name)
    return " ".join(word.lower() if word in SMALL_WORDS else word for word in words)


def _no_country(typed: str) -> str:
    near, said = _near(typed, countries()), typed.strip()
    if near:
        return say("I know no holidays for “{typed}”; did you mean {near}?", typed=said, near=_either(near))
    return say("I know no holidays for “{typed}”.", typed=said)


def _no_part(country: str, typed: str) -> str:
    near, said = [f"{country}-{code}" for code in _near(typed, subdivisions(country))], typed.strip()
    if near:
        return say(
            "I know no part “{typed}” of {country}; did you mean {near}?",
            typed=said,
            country=title(country),
            near=_either(near),
        )
    return say("I know no part “{typed}” of {country}.", typed=said, country=title(country))


def _near(typed: str, called: Mapping[str, str]) -> list[str]:
    """The codes that look like what was typed, or whose names do; the nearest first."""
    ways = dict(chain(((folded(name), code) for code, name in called.items()), ((folded(c), c) for c in called)))
    scorer = JaroWinkler.normalized_similarity  # a wrong beginning is rarer than a wrong end
    said = folded(typed)
    found = process.extract(said, list(ways), scorer=scorer, score_cutoff=NEAR_ENOUGH, limit=None)
    ranked = sorted((-score, way[:1] != said[:1], way) for way, score, _ in found)
    close = [ways[way] for score, _, way in ranked if score <= ranked[0][0] + AS_NEAR]
    return list(dict.fromkeys(close))[:NEAR_MATCHES]


def _either(codes: list[str]) -> str:
    """``DE-BY, DE-BE or DE-BB``."""
    return " ".join([", ".join(codes[:-1]), say("or"), codes[-1]]) if codes[1:] else codes[0]
