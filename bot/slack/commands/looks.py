"""Commands that look at something, and the ones that take back."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.services.corrections import Taught


@dataclass(frozen=True, slots=True)
class Today:
    """My day: what is due now."""

    verb: ClassVar[str] = "today"
    page: int = 0


class Fate(StrEnum):
    """What can become of those that were shown for days and not touched."""

    REPLAN = "replan"
    PARK = "park"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Ignored:
    """All that were ignored, at once."""

    verb: ClassVar[str] = "today"
    fate: Fate


@dataclass(frozen=True, slots=True)
class Focus:
    """My day, one card at a time."""

    verb: ClassVar[str] = "focus"


@dataclass(frozen=True, slots=True)
class Find:
    """A search that forgives typing."""

    verb: ClassVar[str] = "find"
    query: str


@dataclass(frozen=True, slots=True)
class View:
    """A saved view by its name; without one of that name, a prospect."""

    verb: ClassVar[str] = "view"
    words: str


@dataclass(frozen=True, slots=True)
class SaveView:
    """A search is kept under a name."""

    name: str
    line: str


@dataclass(frozen=True, slots=True)
class DeleteView:
    """The view of this name is kept no more."""

    name: str


@dataclass(frozen=True, slots=True)
class SavedViews:
    """My saved views: listed, or one kept or deleted."""

    verb: ClassVar[str] = "view"
    change: SaveView | DeleteView | None = None


@dataclass(frozen=True, slots=True)
class TeachShorthand:
    """These words mean this from now on."""

    taught: Taught


@dataclass(frozen=True, slots=True)
class DeleteShorthand:
    """These words are read as everybody's again."""

    words: str


@dataclass(frozen=True, slots=True)
class Shorthands:
    """My shorthands: listed, all or those with some words in them, or one taught or deleted."""

    verb: ClassVar[str] = "shorthand"
    change: TeachShorthand | DeleteShorthand | None = None
    query: str = ""


@dataclass(frozen=True, slots=True)
class Undo:
    """My last change, undone."""

    verb: ClassVar[str] = "undo"


@dataclass(frozen=True, slots=True)
class History:
    """My changes."""

    verb: ClassVar[str] = "history"


@dataclass(frozen=True, slots=True)
class Recap:
    """My week so far."""

    verb: ClassVar[str] = "recap"


@dataclass(frozen=True, slots=True)
class Stalled:
    """Deals that have stalled."""

    verb: ClassVar[str] = "stalled"


@dataclass(frozen=True, slots=True)
class Greeting:
    """Somebody is polite; with thanks, or with a hello."""

    verb: ClassVar[str] = "help"
    thanks: bool = False


@dataclass(frozen=True, slots=True)
class Help:
    """Everything that can be typed, or one command of it."""

    verb: ClassVar[str] = "help"
    topic: str | None = None
