"""What a typed line was read as: each field with the words it came from, and what could not be read."""

import datetime as dt
from dataclasses import dataclass

from bot.services.amounts import Money
from bot.slack.reading.steps import PlannedStep
from cadences.model import Channel, Temperature


@dataclass(frozen=True, slots=True)
class Understood:
    """One field as understood, and the words it came from; inferred means nobody said it outright."""

    field: str
    value_text: str
    words: str
    inferred: bool = False
    shorthand: str = ""
    """Those of the words that are a shorthand of who typed them."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, in the person's own words, why, and how it would work."""

    words: str
    reason: str
    example: str


@dataclass(frozen=True, slots=True)
class Capture:
    """A prospect as typed in one line."""

    name: str
    company: str
    role: str
    email: str
    phone: str
    value: Money | None
    stage: str
    source: str
    step: PlannedStep | None
    note: str
    understood: tuple[Understood, ...]
    problems: tuple[Problem, ...]
    industry: str = ""
    zone: str = ""
    close_on: dt.date | None = None
    renewal_on: dt.date | None = None
    temperature: Temperature | None = None
    preferred_channel: Channel | None = None
    best_time: dt.time | None = None
    """On their wall clock."""
    profile_url: str = ""
    unread: tuple[str, ...] = ()
    """Texts between commas that are in the note because they were read as nothing else."""
