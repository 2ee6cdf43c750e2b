"""Commands about what is next, or never: moving in a cadence, snoozing, closing."""

from dataclasses import dataclass
from typing import ClassVar

from bot.services.amounts import Money
from bot.services.putting_off import Group
from bot.slack.reading.dates import Reading
from cadences.model import LostReason
from cadences.snoozing import Why


@dataclass(frozen=True, slots=True)
class Skip:
    """The next step is left out, for a reason."""

    verb: ClassVar[str] = "skip"
    who: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Jump:
    """Another step of the cadence is next, for a reason."""

    verb: ClassVar[str] = "jump"
    who: str
    number: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Restart:
    """The cadence begins again, for a reason."""

    verb: ClassVar[str] = "restart"
    who: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Align:
    """Nothing before their own date but one step two weeks ahead of it."""

    verb: ClassVar[str] = "align"
    who: str


@dataclass(frozen=True, slots=True)
class StopContact:
    """They asked us to stop: for good."""

    verb: ClassVar[str] = "stop"
    who: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reopen:
    """A closed deal is open again."""

    verb: ClassVar[str] = "reopen"
    who: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lift:
    """An admin lifts a do-not-contact, for a reason."""

    verb: ClassVar[str] = "lift"
    who: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Snooze:
    """Not now, but then."""

    verb: ClassVar[str] = "snooze"
    who: str
    when: Reading | None
    """None only with a reason that names its own day, or none."""
    note: str = ""
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class SnoozeAll:
    """Several rows of the day, put off together: a group of them, or these numbers."""

    verb: ClassVar[str] = "snooze"
    which: Group | tuple[int, ...]
    when: Reading


@dataclass(frozen=True, slots=True)
class Won:
    """The deal is won, for this amount if one was said."""

    verb: ClassVar[str] = "won"
    who: str
    amount: Money | None = None
    note: str = ""
    on: Reading | None = None
    """The day it was won, where it was not today."""
    post_sale: bool = False
    """The check-ins after the sale begin."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The deal is lost; the reason is asked for when it was not said."""

    verb: ClassVar[str] = "lost"
    who: str
    reason: LostReason | None = None
    note: str = ""
    again_in_months: int | None = None
    insists: bool = False
    """True when it was said to be lost anyway."""


@dataclass(frozen=True, slots=True)
class Park:
    """Parked, until a date if one was said."""

    verb: ClassVar[str] = "park"
    who: str
    when: Reading | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PauseCompany:
    """One's own at a company are left alone until then."""

    verb: ClassVar[str] = "pause"
    who: str
    until: Reading
