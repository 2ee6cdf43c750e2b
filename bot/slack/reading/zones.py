"""A time zone as people write it: `Europe/Lisbon`, `lisbon`, `New York`, `Lissabon`."""

from collections.abc import Iterator, Mapping
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from cadences.public_holidays import folded

LANGUAGES = ("en", "de", "fr", "es", "pt", "nl")
"""Whose names of cities are understood, whatever the reader's own language."""


def named(words: str) -> str | None:
    """The IANA zone of that name, or of the city that names one; None when there is none, or more than one."""
    exact = _zones().get("_".join(words.split()).casefold())
    if exact is not None:
        return exact
    return _of_city(words) or _cities().get(folded(words))


def _of_city(words: str) -> str | None:
    typed = "_".join(words.split()).casefold()
    cities = {zone for key, zone in _zones().items() if key.rpartition("/")[2] == typed and "/" in key}
    ways = cities if len(cities) == 1 else {_today(zone) for zone in cities}
    return ways.pop() if len(ways) == 1 else None


def _today(zone: str) -> str:
    """What a zone is called now: `Asia/Calcutta` is `Asia/Kolkata`."""
    return str(get_global("zone_aliases").get(zone, zone))


@cache
def _zones() -> Mapping[str, str]:
    return {zone.casefold(): zone for zone in sorted(available_timezones())}


@cache
def _cities() -> Mapping[str, str]:
    """The zones by what their cities are called elsewhere; a name of two zones is none."""
    found: dict[str, set[str]] = {}
    for name, zone in _called():
        found.setdefault(folded(name), set()).add(zone)
    return {name: zones.pop() for name, zones in found.items() if len(zones) == 1}


def _called() -> Iterator[tuple[str, str]]:
    """Every city of every language, with its zone."""
    for language in LANGUAGES:
        for zone, known in Locale(language).time_zones.items():
            if "city" in known and zone.casefold() in _zones():
                yield str(known["city"]), _today(zone)
