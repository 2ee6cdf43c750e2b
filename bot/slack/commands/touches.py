"""Commands about what happened: touches, replies, meetings."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.slack.reading.dates import Reading
from cadences.model import Channel, FollowUpType, LostReason, Mood, Outcome


class ReplyWay(StrEnum):
    """Which way a reply went."""

    INTERESTED = "interested"
    QUESTION = "question"
    NOT_NOW = "not now"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Log:
    """A touch that was made, and when to try again if that was said."""

    verb: ClassVar[str] = "log"
    who: str
    channel: Channel | None = None
    outcome: Outcome | None = None
    note: str = ""
    retry: Reading | None = None
    mood: Mood | None = None
    when: Reading | None = None
    """The day it was made on, where that was said."""
    via: str | None = None
    """A channel of the team's own."""
    kind: FollowUpType | None = None


@dataclass(frozen=True, slots=True)
class Fix:
    """One's last touch with somebody as it really was; what is None stays."""

    verb: ClassVar[str] = "fix"
    told: Log
    back: int = 0
    """So many touches before the last one."""


@dataclass(frozen=True, slots=True)
class DeleteTouch:
    """One's last touch with somebody was none."""

    verb: ClassVar[str] = "delete"
    who: str
    back: int = 0


@dataclass(frozen=True, slots=True)
class Replied:
    """They answered, and which way if that was said."""

    verb: ClassVar[str] = "replied"
    who: str
    note: str = ""
    way: ReplyWay | None = None
    when: Reading | None = None
    """Until when it is not now."""
    reason: LostReason | None = None
    """Why it is no."""


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting that took place; who it was with may be new."""

    verb: ClassVar[str] = "met"
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class OutOfOffice:
    """They are away until a date, that day included."""

    verb: ClassVar[str] = "ooo"
    who: str
    when: Reading
    note: str = ""
