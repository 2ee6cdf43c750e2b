"""Where a time zone is, as its reader calls the city: ``Europe/Lisbon`` is Lisbon, Lissabon, Lisbonne."""

from babel.dates import get_timezone_location

from language import SOURCE, reader


def zone(name: str) -> str:
    """``Lissabon (Europe/Lisbon)`` said short: the city in the reader's language; in English the zone's own name."""
    return name if reader().language == SOURCE else city(name)


def city(name: str) -> str:
    """The city that a zone is named after: ``Lisbon``, ``New York``, ``Lissabon``."""
    if reader().language == SOURCE:
        return name.rpartition("/")[2].replace("_", " ")
    return str(get_timezone_location(name, locale=reader(), return_city=True)).rpartition("/")[2]
