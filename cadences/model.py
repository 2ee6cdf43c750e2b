"""The words of the house: what a cadence is, where a prospect stands on it, and what the engine may decide.

Everything here is frozen. A moment ends in ``_at`` (aware, UTC), a local date in ``_on``, a wall clock in ``_time``.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

DEFAULT_STEP_TIME = time(9, 0)
"""A step without a clock time of its own is due at this local time, never at midnight."""

WEEKDAYS = frozenset({0, 1, 2, 3, 4})
"""Monday is 0, as in :meth:`datetime.date.weekday`."""

DAY_OPENS = time(8, 0)
DAY_CLOSES = time(18, 0)
"""Quiet hours are outside of these two, on the wall of whoever works."""


DUE_A_DAY = 20
NEW_A_DAY = 10
"""How many steps, and how many first ones among them, a member's day takes before the next is put elsewhere."""


class Channel(StrEnum):
    """The way a touch is made."""

    CALL = "call"
    EMAIL = "email"
    LINKEDIN = "linkedin"
    SMS = "sms"
    MEETING = "meeting"
    VIDEO = "video"
    LETTER = "letter"
    OTHER = "other"
    """A channel of the team's own; the touch says which."""


class FollowUpType(StrEnum):
    """The five kinds of follow-up."""

    THANK_YOU = "thank-you"
    REMINDER = "reminder"
    VALUE = "value"
    FEEDBACK = "feedback"
    RE_ENGAGEMENT = "re-engagement"


class Purpose(StrEnum):
    """What a step is for; no step goes without one."""

    THANK = "thank"
    ANSWER_OBJECTION = "answer objection"
    SHARE_VALUE = "share value"
    ASK_FEEDBACK = "ask feedback"
    PROPOSE_MEETING = "propose meeting"
    CLOSE_THE_LOOP = "close the loop"


class Outcome(StrEnum):
    """How a touch ended."""

    CONNECTED = "connected"
    REPLIED = "replied"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no_answer"
    MEETING_BOOKED = "meeting_booked"
    NO_SHOW = "no_show"
    NOT_NOW = "not_now"
    NOT_INTERESTED = "not_interested"
    ASKED_TO_STOP = "asked_to_stop"
    SENT = "sent"
    OUT_OF_OFFICE = "out_of_office"

    @property
    def words(self) -> str:
        """The outcome as people say it."""
        return self.value.replace("_", " ")


class Temperature(StrEnum):
    """How warm a prospect is, as its owner sees it."""

    HOT = "hot"
    WARM = "warm"
    COLD = "cold"


class Mood(StrEnum):
    """How somebody we spoke to feels about it, as whoever spoke to them heard it."""

    POSITIVE = "positive"
    MIXED = "mixed"
    NEGATIVE = "negative"


class Stage(StrEnum):
    """Where the deal stands."""

    NEW = "new"
    WORKING = "working"
    ENGAGED = "engaged"
    PROPOSAL = "proposal"
    WON = "won"
    LOST = "lost"
    PARKED = "parked"

    @property
    def is_open(self) -> bool:
        """True while the deal is being worked; a parked one waits and is not."""
        return self in OPEN_STAGES


OPEN_STAGES = frozenset({Stage.NEW, Stage.WORKING, Stage.ENGAGED, Stage.PROPOSAL})


class LostReason(StrEnum):
    """Why a deal was lost; one is required, a note is not."""

    PRICING = "pricing"
    COMPETITION = "competition"
    BUDGET = "budget"
    MISSING_FEATURES = "missing_features"
    LONG_CYCLE = "long_cycle"
    NO_DECISION_MAKER = "no_decision_maker"
    UNRESPONSIVE = "unresponsive"
    POOR_FIT = "poor_fit"
    TIMING = "timing"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The reason as people say it."""
        return "no decision-maker" if self is LostReason.NO_DECISION_MAKER else self.value.replace("_", " ")


class DelayUnit(StrEnum):
    """How a delay is counted."""

    HOURS = "h"
    DAYS = "d"
    BUSINESS_DAYS = "bd"


@dataclass(frozen=True, slots=True)
class Delay:
    """How long after the previous touch a step is due."""

    amount: int
    unit: DelayUnit

    def __str__(self) -> str:
        return f"{self.amount}{self.unit.value}"


DEFAULT_TOLERANCE = Delay(1, DelayUnit.BUSINESS_DAYS)
"""How far a step may be moved to even out a day's load, earlier or later, unless it says otherwise."""


@dataclass(frozen=True, slots=True)
class Step:
    """One planned touch of a cadence."""

    delay: Delay
    channel: Channel
    type: FollowUpType
    purpose: Purpose
    template: str = ""
    tolerance: Delay | None = None
    """How far it may be moved, earlier or later; None: as far as any step."""
    before_renewal: bool = False
    """True when the delay counts backwards from the day the contract is renewed, not from the touch before."""
    light: bool = False
    """True for a like or a comment: nobody has to answer it, so what follows waits for its own delay and no longer."""

    @property
    def window(self) -> Delay:
        """How far it may be moved, earlier or later."""
        return self.tolerance or DEFAULT_TOLERANCE


class StartsAfter(StrEnum):
    """What a cadence follows, where it follows something in particular."""

    MEETING = "meeting"
    NO_SHOW = "no-show"
    SILENCE = "silence"
    REPLY = "reply"
    SALE = "sale"
    CHECK_IN = "check-in"


class EndAction(StrEnum):
    """What happens when the last step is done and nobody answered."""

    NURTURE = "nurture"
    ASK = "ask"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class End:
    """The mandatory end of a cadence; ``every`` is the pause between nurturing touches."""

    action: EndAction
    every: Delay | None = None


@dataclass(frozen=True, slots=True)
class Cadence:
    """An immutable version of a cadence; steps are counted from 1."""

    key: str
    name: str
    version: int
    steps: tuple[Step, ...]
    end: End
    description: str = ""
    starts_after: StartsAfter | None = None


class EnrollmentState(StrEnum):
    """Named states of a prospect on a cadence."""

    ACTIVE = "active"
    FINISHED_REPLIED = "finished_replied"
    FINISHED_SILENT = "finished_silent"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class DayOff:
    """One day without work, and what it is called."""

    on: date
    name: str


@dataclass(frozen=True, slots=True)
class DayRules:
    """What one level (a member, her team, the workspace) says about days; what it leaves out the next one decides."""

    country: str | None = None
    """ISO 3166-1 alpha-2, `DE`: its public holidays are free."""
    subdivision: str | None = None
    """The part of ISO 3166-2 after the country, `BY`; only together with a country."""
    days_off: tuple[DayOff, ...] = ()
    extra_days: tuple[date, ...] = ()
    """Worked although the week or a holiday says otherwise."""


NO_RULES = DayRules()


@dataclass(frozen=True, slots=True)
class Leave:
    """Days away, both included; with a deputy the steps of these days go to that member, else they shift."""

    starts_on: date
    ends_on: date
    deputy_id: str | None = None

    def covers(self, on: date) -> bool:
        """True for a day of the leave."""
        return self.starts_on <= on <= self.ends_on


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """When a member works: zone, weekdays (Monday is 0), hours, and the days that differ."""

    zone: ZoneInfo
    workdays: frozenset[int] = field(default=WEEKDAYS)
    step_time: time = DEFAULT_STEP_TIME
    opens: time = DAY_OPENS
    closes: time = DAY_CLOSES
    """Nothing is due, and nothing is said, outside of these hours."""
    rules: tuple[DayRules, ...] = ()
    """The nearest level first: the member, her team, the workspace."""
    leave: tuple[Leave, ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """What is known of a prospect that decides whether a step can be made, and how."""

    email: bool = False
    phone: bool = False
    renewal_on: date | None = None
    preferred: Channel | None = None
    """How they like to be reached, where somebody said so."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the engine needs to know of a prospect."""

    reach: Reach = Reach()
    stage: Stage | None = None
    last_touch_at: datetime | None = None
    """The latest touch that keeps others away, other than the one that is being decided about."""
    unanswered: int = 0
    """Touches since the last answer, without the one that is being decided about."""
    last_channel: Channel | None = None
    """How the latest touch was made, that one included."""
    light_at: datetime | None = None
    """The latest touch, where it was a light one: delays count from it, and nothing keeps its distance from it."""

    @property
    def latest_at(self) -> datetime | None:
        """The latest touch of all."""
        return self.light_at or self.last_touch_at


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """The one next step of a prospect, before it has a row: a moment in UTC and why it is there."""

    due_at: datetime
    channel: Channel
    type: FollowUpType
    purpose: Purpose
    number: int | None = None
    """Which step of the cadence, from 1; None where no cadence planned it."""
    timed: bool = False
    """True when somebody named the clock time; else only the date was meant."""
    promised: bool = False
    """True when the date was given to the prospect: never moved by the program."""
    attempt: int = 1
    """Which try at this step: a call that nobody took is tried again before the cadence goes on."""
    skipped: tuple[int, ...] = ()
    """The steps before it that could not be made: no phone, no e-mail, no renewal date."""
    wanted_on: date | None = None
    """The date it would have, had that day not been full; None: it has it."""
    paused_until_on: date | None = None
    """They are away until then."""


@dataclass(frozen=True, slots=True)
class Advance:
    """Go on: this is the next step."""

    step: PlannedStep


@dataclass(frozen=True, slots=True)
class Finish:
    """The cadence is over; ``step`` is what keeps the open prospect from being forgotten."""

    state: EnrollmentState
    step: PlannedStep | None
    stage: Stage | None = None
    park_until_on: date | None = None
    do_not_contact: bool = False
    """True when they asked us to stop: for good."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Stay where it is; the same step, at a new moment."""

    step: PlannedStep


@dataclass(frozen=True, slots=True)
class Switch:
    """Go on with another cadence, named by its key."""

    cadence: str


Decision = Advance | Finish | Hold | Switch
