"""What a typed line can mean: one frozen value for each command, and the one list of examples that the help shows."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.services.amounts import Money
from bot.services.putting_off import Group
from bot.slack import calendar_grammar as days
from bot.slack.cadence_commands import CADENCE_EXAMPLES, Cadence
from bot.slack.capture import Capture, Problem
from bot.slack.dates import Reading
from cadences.model import Channel, LostReason, Mood, Outcome


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
    when: Reading
    note: str = ""


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


@dataclass(frozen=True, slots=True)
class Lost:
    """The deal is lost; the reason is asked for when it was not said."""

    verb: ClassVar[str] = "lost"
    who: str
    reason: LostReason | None = None
    note: str = ""
    again_in_months: int | None = None


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
class Find:
    """A search that forgives typing."""

    verb: ClassVar[str] = "find"
    query: str


@dataclass(frozen=True, slots=True)
class Undo:
    """My last change, undone."""

    verb: ClassVar[str] = "undo"


@dataclass(frozen=True, slots=True)
class History:
    """My changes."""

    verb: ClassVar[str] = "history"


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
class Merge:
    """Two entries of one person become one; where they differ the second is right."""

    verb: ClassVar[str] = "merge"
    who: str
    into: str


@dataclass(frozen=True, slots=True)
class Weekly:
    """The digest comes once a week, or daily again."""

    on: bool


@dataclass(frozen=True, slots=True)
class Settings:
    """My settings: shown, or one of them changed."""

    verb: ClassVar[str] = "settings"
    change: (
        DigestTime | Workdays | DigestSwitch | Weekly | days.Hours | days.DueCap | days.NewCap | days.TeamName | None
    ) = None


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
    Today | Focus | Batch | Add | AddForm | Met | Note | Log | Replied | OutOfOffice | Skip | Jump | Restart | Align
    | StopContact | Lift | Reopen | Merge | Assign | Snooze | SnoozeAll
    | Won | Lost | Park | Show | Find | Undo | History | Settings
    | days.Calendar | days.PublicHolidays | days.FreeDay | days.ExtraDay | days.ForgetDay | days.Away | days.Back
    | Pause | Resume | Team | Cadence | Stalled | Role | Help | Unknown | Unreadable
    | Draft | Hook | Resource
)  # fmt: skip

EXAMPLES: dict[str, tuple[str, str]] = {
    "today": ("", "your day: what is due now"),
    "add": (
        "add Dana Li, Acme, dana@acme.com, $12k, call thu 10am -- demo went well",
        "adds a prospect; `add` alone opens a form",
    ),
    "met": (
        "met Dana Li @ Acme -- wants SSO, budget in March",
        "logs a meeting and starts its follow-up: 24 hours, a week, a month",
    ),
    "log": ("log acme call voicemail -- left the pricing answer", "logs a touch; the cadence moves on"),
    "replied": (
        "replied acme interested -- wants a quote",
        "they answered: the cadence stops; `question`, `not now until march` or `no pricing` say which way",
    ),
    "ooo": ("ooo acme until 3 dec", "they are away: the next step waits until they are back"),
    "note": ("note acme wants SSO", "adds a note"),
    "hook": ("hook acme cares about SSO", "keeps what they care about, for the next draft to refer to"),
    "draft": ("draft acme", "drafts what to say next; you send it yourself"),
    "resource": (
        'resource add "SSO in two weeks" https://example.com/sso industry software objection security',
        "keeps something worth sending; `help resource` says how to find it and take it away",
    ),
    "snooze": ("snooze acme fri", "brings it back on that day"),
    "focus": ("focus", "works the list one card at a time: log, snooze, skip, next"),
    "rows": (
        "1 called no answer; 2 snooze fri; 3 won 12k",
        "answers several rows of today’s digest or list by their numbers, with one undo",
    ),
    "skip": ("skip acme -- met them at the fair", "leaves the next step out, and says why"),
    "jump": ("jump acme 3 -- they asked for it", "makes another step of the cadence the next one"),
    "restart": ("restart acme -- new contact person", "begins the cadence again"),
    "align": ("align acme", "waits for their decision date: one step two weeks ahead of it"),
    "won": ("won acme 12k", "closes the deal as won, for this amount"),
    "lost": (
        "lost acme pricing, try again in 6 months",
        "closes the deal as lost, with the reason; tried again only if you say so",
    ),
    "stop": ("stop acme -- asked us by mail", "they asked us to stop: nobody contacts them again"),
    "reopen": ("reopen acme -- they called back", "opens a closed deal again"),
    "lift": ("lift acme -- they wrote to us again", "lets an admin lift a do-not-contact, with the reason"),
    "park": ("park acme until march", "sets it aside until then"),
    "assign": ("assign acme @ben", "gives it to somebody else, with its history and place on the cadence"),
    "merge": ("merge dana lee into dana li", "makes one of two entries of the same person, with the history of both"),
    "show": ("show acme", "the card and what happened so far"),
    "find": ("find acm stage:proposal owner:me", "searches names, companies and notes, forgives typing, and filters"),
    "cadence": (
        "cadence start acme persistent",
        "starts a cadence; `help cadence` says how to see, make, change and stop one",
    ),
    "undo": ("undo", "takes back your last change"),
    "history": ("history", "your changes, newest first"),
    "settings": (
        "settings time 8:30",
        "your digest and your day: `settings days mon-thu`, `settings hours 8:00-18:00`, `settings cap 20`",
    ),
    "calendar": ("calendar", "your days as they apply: hours, holidays, leave; `calendar remove 24 dec`"),
    "holidays": ("holidays de-by", "that place’s public holidays are free; `… for team`, `… for workspace`"),
    "dayoff": ("dayoff 24 dec -- Christmas Eve", "a day off; `… for team`, `… for workspace`"),
    "workday": ("workday 5 dec", "you work on that day although it would be free"),
    "away": ("away 1–14 aug", "your leave; `away until mon`, `away thu-fri @sam` names who stands in"),
    "back": ("back", "ends your leave today"),
    "pause": ("pause 2d", "no digests until then"),
    "resume": ("resume", "digests again"),
    "team": ("team mon 09:30", "stalled deals in this channel every week; `team off`, `team hide amounts`"),
    "stalled": ("stalled", "deals that nobody has touched for too long"),
    "role": ("role @cleo manager", "makes somebody rep, manager or admin"),
    "help": ("help snooze", "this list, or one command of it"),
}
"""Verb → a line that parses to it (a test proves each), and what it does."""

FURTHER: dict[str, tuple[tuple[str, str], ...]] = {
    "snooze": (
        ("snooze overdue to tomorrow", "puts off what is overdue, spread where the day is full, with one undo"),
        ("snooze all low to monday", "the same for all of today’s that is not urgent; promises stay"),
        ("snooze 4-9 to fri", "the same for rows by their numbers"),
    ),
    "settings": (("settings weekly", "one digest a week, on your first working day; `settings weekly off`"),),
    "resource": (
        ("resource sso", "what is worth sending about it, and who had it; `resource` alone lists everything"),
        ("resource delete sso", "offers it no more; who had it stays known"),
    ),
    "cadence": tuple(example for action, example in CADENCE_EXAMPLES.items() if action != "start"),
}
"""More examples of a verb that does many things; the help for that verb shows them."""
