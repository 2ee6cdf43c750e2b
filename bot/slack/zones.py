"""A time zone as people write it: `Europe/Lisbon`, `lisbon`, `New York`."""

from functools import cache
from zoneinfo import available_timezones


def named(words: str) -> str | None:
    """The IANA zone of that name, or of the city that names one; None when there is none, or more than one."""
    typed = "_".join(words.split()).casefold()
    exact = _zones().get(typed)
    if exact is not None:
        return exact
    cities = {zone for key, zone in _zones().items() if key.rpartition("/")[2] == typed and "/" in key}
    return cities.pop() if len(cities) == 1 else None


@cache
def _zones() -> dict[str, str]:
    return {zone.casefold(): zone for zone in sorted(available_timezones())}
