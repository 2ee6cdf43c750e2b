"""What a typed line can mean: one frozen value for each command."""

from dataclasses import dataclass
from typing import ClassVar

from bot.slack.commands.cadences import Cadence
from bot.slack.commands.deals import (
    Add,
    AddForm,
    AddResource,
    Assign,
    DeleteResource,
    Draft,
    Edit,
    Hook,
    HookUsed,
    Keep,
    Merge,
    Note,
    Nudge,
    Resource,
    Show,
    Take,
    WhyNow,
)
from bot.slack.commands.looks import (
    DeleteShorthand,
    DeleteView,
    Fate,
    Find,
    Focus,
    Greeting,
    Help,
    History,
    Ignored,
    Recap,
    SavedViews,
    SaveView,
    Shorthands,
    Stalled,
    TeachShorthand,
    Today,
    Undo,
    View,
)
from bot.slack.commands.positions import (
    Align,
    Jump,
    Lift,
    Lost,
    Park,
    PauseCompany,
    Reopen,
    Restart,
    Skip,
    Snooze,
    SnoozeAll,
    StopContact,
    Won,
)
from bot.slack.commands.settings import (
    DigestSwitch,
    DigestTime,
    Language,
    Pause,
    Resume,
    Role,
    Samples,
    SendNow,
    Setting,
    Settings,
    Switch,
    Team,
    TeamAmounts,
    TeamOff,
    TeamSchedule,
    Weekly,
    Workdays,
    Zone,
)
from bot.slack.commands.touches import DeleteTouch, Fix, Log, Met, OutOfOffice, Replied, ReplyWay
from bot.slack.reading import calendar_grammar as days
from bot.slack.reading.understood import Problem

__all__ = [
    "Add",
    "AddForm",
    "AddResource",
    "Align",
    "Assign",
    "Batch",
    "Command",
    "DeleteResource",
    "DeleteShorthand",
    "DeleteTouch",
    "DeleteView",
    "DigestSwitch",
    "DigestTime",
    "Draft",
    "Edit",
    "Fate",
    "Find",
    "Fix",
    "Focus",
    "Greeting",
    "Help",
    "History",
    "Hook",
    "HookUsed",
    "Ignored",
    "Jump",
    "Keep",
    "Language",
    "Lift",
    "Log",
    "Lost",
    "Merge",
    "Met",
    "Note",
    "Nudge",
    "OutOfOffice",
    "Park",
    "Part",
    "PartCommand",
    "Pause",
    "PauseCompany",
    "Recap",
    "Reopen",
    "Replied",
    "ReplyWay",
    "Resource",
    "Restart",
    "Resume",
    "Role",
    "Samples",
    "SaveView",
    "SavedViews",
    "SendNow",
    "Setting",
    "Settings",
    "Shorthands",
    "Show",
    "Skip",
    "Snooze",
    "SnoozeAll",
    "Stalled",
    "StopContact",
    "Switch",
    "Take",
    "TeachShorthand",
    "Team",
    "TeamAmounts",
    "TeamOff",
    "TeamSchedule",
    "Today",
    "Undo",
    "Unknown",
    "Unreadable",
    "View",
    "Weekly",
    "WhyNow",
    "Won",
    "Workdays",
    "Zone",
]


@dataclass(frozen=True, slots=True)
class Unknown:
    """No command: what could be understood in words, and the nearest line that would work."""

    verb: ClassVar[str] = ""
    text: str
    understood: str
    nearest: str | None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A command that lacks something or has something that can"t be read."""

    verb: str
    problem: Problem


PartCommand = (
    Log | Replied | Snooze | Won | Lost | Park | Skip | Jump | Restart | Align | OutOfOffice | StopContact | Note
    | Unreadable
)  # fmt: skip
"""What can stand behind a row"s number."""


@dataclass(frozen=True, slots=True)
class Part:
    """One row"s number and what is to be done with it."""

    number: int
    command: PartCommand


@dataclass(frozen=True, slots=True)
class Batch:
    """Several rows of the day answered in one line."""

    verb: ClassVar[str] = "rows"
    parts: tuple[Part, ...]


Command = (
    Today | SendNow | Ignored | Nudge | Take | Keep
    | Focus | Batch | Add | AddForm | Met | Note | Log | Replied | OutOfOffice | Skip | Jump | Restart | Align
    | StopContact | Lift | Reopen | Merge | Assign | Snooze | SnoozeAll
    | Won | Lost | Park | Show | Find | Undo | History | Settings
    | days.Calendar | days.PublicHolidays | days.FreeDay | days.ExtraDay | days.ForgetDay | days.Away | days.Back
    | Pause | PauseCompany | Resume | Team | Cadence | Stalled | Role | Greeting | Help | Unknown | Unreadable
    | Draft | Hook | HookUsed
    | Resource | Fix | DeleteTouch | View | SavedViews | Shorthands | Edit | WhyNow | Recap | Samples
)  # fmt: skip
