"""What a typed line can mean: one frozen value for each command."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Literal

from bot.services.amounts import Money
from bot.services.corrections import Taught
from bot.services.putting_off import Group
from bot.slack import calendar_grammar as days
from bot.slack.cadence_commands import Cadence
from bot.slack.capture import Capture, Problem, Understood
from bot.slack.dates import Reading
from bot.slack.steps import PlannedStep
from cadences.model import Channel, LostReason, Mood, Outcome
from cadences.snoozing import Why


class ReplyWay(StrEnum):
    """Which way a reply went."""

    INTERESTED = "interested"
    QUESTION = "question"
    NOT_NOW = "not now"
    NO = "no"


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
class Add:
    """A prospect typed in one line; its problems are inside."""

    verb: ClassVar[str] = "add"
    capture: Capture


@dataclass(frozen=True, slots=True)
class AddForm:
    """`add` alone opens the form."""

    verb: ClassVar[str] = "add"


@dataclass(frozen=True, slots=True)
class Edit:
    """Details of somebody, and a next step, that change; without any the form is meant."""

    verb: ClassVar[str] = "edit"
    who: str
    said: Mapping[str, object] = field(default_factory=dict)
    step: PlannedStep | None = None
    note: str = ""
    short: tuple[Understood, ...] = ()
    """What was said in words of one's own."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note; where the name ends only the stored names can tell, see ``grammar.who_candidates``."""

    verb: ClassVar[str] = "note"
    words: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What could be written or said next."""

    verb: ClassVar[str] = "draft"
    who: str


@dataclass(frozen=True, slots=True)
class Hook:
    """What they care about; where the name ends only the stored names can tell."""

    verb: ClassVar[str] = "hook"
    words: str


@dataclass(frozen=True, slots=True)
class AddResource:
    """Something worth sending is kept."""

    title: str
    url: str
    industry: str | None = None
    objection: str | None = None


@dataclass(frozen=True, slots=True)
class DeleteResource:
    """The resource that these words name is offered no more."""

    words: str


@dataclass(frozen=True, slots=True)
class Resource:
    """The library: listed, or searched for ``query``, or changed."""

    verb: ClassVar[str] = "resource"
    change: AddResource | DeleteResource | None = None
    query: str = ""


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


@dataclass(frozen=True, slots=True)
class Fix:
    """One's last touch with somebody as it really was; what is None stays."""

    verb: ClassVar[str] = "fix"
    told: Log


@dataclass(frozen=True, slots=True)
class DeleteTouch:
    """One's last touch with somebody was none."""

    verb: ClassVar[str] = "delete"
    who: str


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
class Focus:
    """My day, one card at a time."""

    verb: ClassVar[str] = "focus"


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
class Show:
    """One prospect's card and timeline."""

    verb: ClassVar[str] = "show"
    who: str


@dataclass(frozen=True, slots=True)
class WhyNow:
    """How much a prospect presses, line by line."""

    verb: ClassVar[str] = "why"
    who: str


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
class Samples:
    """Three sample prospects to try everything with."""

    verb: ClassVar[str] = "samples"


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
class Assign:
    """A prospect is somebody else's from now on; without Slack's mention only the handle is known."""

    verb: ClassVar[str] = "assign"
    who: str
    user_id: str | None
    handle: str
    from_id: str | None = None
    """Whose prospects all go, where a person was named in place of a prospect."""


@dataclass(frozen=True, slots=True)
class Nudge:
    """Whose it is is asked about it, politely and once a day."""

    verb: ClassVar[str] = "nudge"
    who: str


@dataclass(frozen=True, slots=True)
class Take:
    """Somebody else's prospect is to be mine."""

    verb: ClassVar[str] = "take"
    who: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Two entries of one person become one, as a preview shows first; where they differ the second is preselected."""

    verb: ClassVar[str] = "merge"
    who: str
    into: str


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
class PauseCompany:
    """One's own at a company are left alone until then."""

    verb: ClassVar[str] = "pause"
    who: str
    until: Reading


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
class Stalled:
    """Deals that have stalled."""

    verb: ClassVar[str] = "stalled"


@dataclass(frozen=True, slots=True)
class Role:
    """A member's role, given by an admin; without Slack's mention only the handle that was typed is known."""

    verb: ClassVar[str] = "role"
    user_id: str | None
    handle: str
    role: str


@dataclass(frozen=True, slots=True)
class Help:
    """Everything that can be typed, or one command of it."""

    verb: ClassVar[str] = "help"
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """No command: what could be understood in words, and the nearest line that would work."""

    verb: ClassVar[str] = ""
    text: str
    understood: str
    nearest: str | None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A command that lacks something or has something that can't be read."""

    verb: str
    problem: Problem


PartCommand = (
    Log | Replied | Snooze | Won | Lost | Park | Skip | Jump | Restart | Align | OutOfOffice | StopContact | Note
    | Unreadable
)  # fmt: skip
"""What can stand behind a row's number."""


@dataclass(frozen=True, slots=True)
class Part:
    """One row's number and what is to be done with it."""

    number: int
    command: PartCommand


@dataclass(frozen=True, slots=True)
class Batch:
    """Several rows of the day answered in one line."""

    verb: ClassVar[str] = "rows"
    parts: tuple[Part, ...]


Command = (
    Today | Ignored | Nudge | Take
    | Focus | Batch | Add | AddForm | Met | Note | Log | Replied | OutOfOffice | Skip | Jump | Restart | Align
    | StopContact | Lift | Reopen | Merge | Assign | Snooze | SnoozeAll
    | Won | Lost | Park | Show | Find | Undo | History | Settings
    | days.Calendar | days.PublicHolidays | days.FreeDay | days.ExtraDay | days.ForgetDay | days.Away | days.Back
    | Pause | PauseCompany | Resume | Team | Cadence | Stalled | Role | Help | Unknown | Unreadable
    | Draft | Hook | Resource | Fix | DeleteTouch | View | SavedViews | Shorthands | Edit | WhyNow | Recap | Samples
)  # fmt: skip
