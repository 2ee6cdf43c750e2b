"""What the engine is told of a prospect, and what it may decide.

Everything here is frozen. A moment ends in ``_at`` (aware, UTC), a local date in ``_on``.
"""

from dataclasses import dataclass
from datetime import date, datetime

from cadences.model import Channel, EnrollmentState, FollowUpType, Purpose, Stage


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
