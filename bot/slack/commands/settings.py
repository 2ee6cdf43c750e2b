"""Commands about how the app behaves for a member or a channel."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Literal

from bot.slack.reading import calendar_grammar as days
from bot.slack.reading.dates import Reading


@dataclass(frozen=True, slots=True)
class Samples:
    """Three sample prospects to try everything with."""

    verb: ClassVar[str] = "samples"


@dataclass(frozen=True, slots=True)
class SendNow:
    """Today's digest ahead of its time."""

    verb: ClassVar[str] = "today"


@dataclass(frozen=True, slots=True)
class DigestTime:
    """The digest comes at this local time."""

    at: dt.time


@dataclass(frozen=True, slots=True)
class Workdays:
    """The digest comes on these days, Monday being 0."""

    days: frozenset[int]


@dataclass(frozen=True, slots=True)
class DigestSwitch:
    """The digest comes, or it does not."""

    on: bool


@dataclass(frozen=True, slots=True)
class Weekly:
    """The digest comes once a week, or daily again."""

    on: bool


@dataclass(frozen=True, slots=True)
class Switch:
    """Something beside the digest comes, or it does not: the member's column that says so."""

    setting: Literal["second_nudge", "recap", "all_clear"]
    on: bool


@dataclass(frozen=True, slots=True)
class Language:
    """The language I am spoken to in, by its code; a word that names none is kept as it was typed."""

    code: str


@dataclass(frozen=True, slots=True)
class Zone:
    """Where I am: a time zone, or a city that names one, as it was typed."""

    words: str


Setting = (
    DigestTime | Workdays | DigestSwitch | Weekly | Switch | Language | Zone | days.Hours | days.DueCap | days.NewCap
)
"""What is a member's own."""


@dataclass(frozen=True, slots=True)
class Settings:
    """My settings: shown, or one of them changed."""

    verb: ClassVar[str] = "settings"
    change: Setting | days.TeamName | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """No digests until then; None is until they resume."""

    verb: ClassVar[str] = "pause"
    until: Reading | None = None


@dataclass(frozen=True, slots=True)
class Resume:
    """Digests again."""

    verb: ClassVar[str] = "resume"


@dataclass(frozen=True, slots=True)
class TeamSchedule:
    """The team digest comes to this channel; what is None stays as it is."""

    weekday: int | None = None
    at: dt.time | None = None


@dataclass(frozen=True, slots=True)
class TeamOff:
    """No team digest in this channel."""


@dataclass(frozen=True, slots=True)
class TeamAmounts:
    """The team digest shows money, or it does not."""

    shown: bool


@dataclass(frozen=True, slots=True)
class Team:
    """The team digest of this channel: shown, or changed."""

    verb: ClassVar[str] = "team"
    change: TeamSchedule | TeamOff | TeamAmounts | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A member's role, given by an admin; without Slack's mention only the handle that was typed is known."""

    verb: ClassVar[str] = "role"
    user_id: str | None
    handle: str
    role: str
