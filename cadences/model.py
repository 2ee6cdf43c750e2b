"""The words of the house: how a touch is made and how it ends, where a deal stands, and what a cadence is.

Everything here is frozen. What the engine decides is in ``decisions``, when somebody works in ``work_calendar``.
"""

from dataclasses import dataclass
from enum import StrEnum


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
