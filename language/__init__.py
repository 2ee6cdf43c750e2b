"""What is said, in the language of whoever reads it: English stands in the code, other languages in catalogues here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGUES = Path(__file__).parent
SOURCE = "en"
"""The language of the texts in the code; it needs no catalogue."""

_reader: ContextVar[Locale | None] = ContextVar("_reader", default=None)


def say(text: str, /, **values: object) -> str:
    """``text`` in the reader's language, its ``{names}`` filled with ``values``."""
    said = _catalogue(reader().language).gettext(text) if text else ""  # a catalogue keeps its head under no text
    return said.format(**values) if values else said


def say_n(one: str, many: str, count: int, /, **values: object) -> str:
    """The form of the text that this ``count`` takes in the reader's language; ``{count}`` is filled too."""
    said = _catalogue(reader().language).ngettext(one, many, count)
    return said.format(count=count, **values)


def mark(text: str, /) -> str:
    """A text that is kept as it is and goes through ``say`` where it is shown: for tables of words."""
    return text


@contextmanager
def speaking(name: str | None) -> Iterator[None]:
    """Inside, everything is said for a reader with this locale (``de-DE``); None or an unknown one is English."""
    token = _reader.set(locale_of(name))
    try:
        yield
    finally:
        _reader.reset(token)


def reader() -> Locale:
    """Whom we speak to now: how dates and money are written follows it, even where the words are English."""
    return _reader.get() or locale_of(None)


@cache
def locale_of(name: str | None) -> Locale:
    """The locale by Slack's name for it (``de-DE``); English when there is none or it is not known."""
    try:
        return Locale.parse((name or SOURCE).replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale(SOURCE)


@cache
def languages() -> tuple[str, ...]:
    """The languages we have all words in: ``("en", "de")``."""
    return (SOURCE, *sorted(path.stem for path in CATALOGUES.glob("*.po")))


@cache
def _catalogue(language: str) -> NullTranslations:
    """The words of a language, read once; a language without a catalogue speaks English."""
    file = CATALOGUES / f"{language}.po"
    if not file.exists():
        return NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as lines:
        write_mo(compiled, read_po(lines, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
