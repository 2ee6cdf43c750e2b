"""A typed line read back: each field as understood, with the words it came from."""

from dataclasses import dataclass

from bot.views import field_names
from bot.views.blocks import escape
from cadences.words import capital
from language import say


@dataclass(frozen=True, slots=True)
class Echo:
    """A field, its value, the words it came from, and those of them that are a shorthand of who typed them."""

    field: str
    value: str
    words: str
    shorthand: str = ""


def field(echo: Echo) -> str:
    """A line of the answer; the words are said where they are not the value."""
    source = ""
    if echo.shorthand:
        source = "   " + say("_from “{words}”, your shorthand_", words=escape(echo.shorthand))
    elif echo.words != echo.value:
        source = "   " + say("_from “{words}”_", words=escape(echo.words))
    return f"*{capital(field_names.word(echo.field))}*  {escape(echo.value)}{source}"


def told(echo: Echo) -> str:
    """The same for a notification, and where one field alone is read back."""
    label = field_names.label(echo.field)
    if echo.shorthand:
        words = echo.shorthand
        return say("{field} {value} (from “{words}”, your shorthand)", field=label, value=echo.value, words=words)
    return say("{field} {value} (from “{words}”)", field=label, value=echo.value, words=echo.words)
