"""Whether it is early to give somebody up as silent, how often a silence ended here, and what nobody tried yet."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import sqrt

from cadences import calendar
from cadences.decisions import PlannedStep, Reach
from cadences.engine import NOBODY_ANSWERED
from cadences.holds import snooze
from cadences.model import Channel, Outcome
from cadences.reach import can_make
from cadences.work_calendar import WorkCalendar

ENOUGH_TOUCHES = 5
ENOUGH_CHANNELS = 3
"""With fewer touches, or on fewer channels, since they last answered, silence says little."""
LEAST_SILENT = 20
"""With fewer prospects that were as silent, their share says nothing."""
Z_95 = 1.959964
"""So many standard deviations hold 95 % of a normal distribution."""
IN_TURN = (Channel.CALL, Channel.EMAIL, Channel.LINKEDIN, Channel.SMS, Channel.VIDEO, Channel.LETTER)
"""What is worth trying, the most telling first; the last two can always be made."""

Touch = tuple[Channel, str | None, Outcome]
"""How it was made, the name of a channel of the team's own, and how it ended."""


@dataclass(frozen=True, slots=True)
class Silence:
    """What was tried since they last answered; ``answered_last``: nothing yet, it is for us to speak."""

    touches: int
    channels: frozenset[tuple[Channel, str | None]]
    answered_last: bool = False

    @property
    def is_early(self) -> bool:
        """True where giving up is worth a question."""
        few = self.touches < ENOUGH_TOUCHES or len(self.channels) < ENOUGH_CHANNELS
        return few and not self.answered_last


@dataclass(frozen=True, slots=True)
class Runs:
    """Most touches in a row that nobody answered, in all and among those before the last answer."""

    silent: int
    answered: int


@dataclass(frozen=True, slots=True)
class Rate:
    """Of ``silent`` prospects ``answered`` did later, and ``waiting`` others are followed up still: they may yet."""

    silent: int
    answered: int
    waiting: int

    @property
    def is_enough(self) -> bool:
        """True where there were enough of them to speak of a share."""
        return self.silent >= LEAST_SILENT

    @property
    def interval(self) -> tuple[float, float]:
        """Between which shares the true one lies, in 95 of 100 cases. Who may answer yet counts as silent."""
        return wilson(self.answered, self.silent)


def silence(made: Iterable[Touch]) -> Silence:
    """The silence that these touches, the newest first, end in. A machine that says they are away is no answer."""
    count, channels = 0, set[tuple[Channel, str | None]]()
    for channel, via, outcome in made:
        if outcome in NOBODY_ANSWERED:
            count += 1
            channels.add((channel, via))
        elif outcome is not Outcome.OUT_OF_OFFICE:
            return Silence(count, frozenset(channels), answered_last=not count)
    return Silence(count, frozenset(channels))


def runs(outcomes: Iterable[Outcome]) -> Runs:
    """The longest silences of a whole story, told from its beginning. A machine that says they are away ends none."""
    longest, answered, run = 0, 0, 0
    for outcome in outcomes:
        if outcome in NOBODY_ANSWERED:
            run += 1
            longest = max(longest, run)
        elif outcome is not Outcome.OUT_OF_OFFICE:
            answered, run = longest, 0
    return Runs(longest, answered)


def wilson(hits: int, of: int, z: float = Z_95) -> tuple[float, float]:
    """The Wilson interval of a share: honest for few cases too, and never outside of 0 to 1."""
    share, spread = hits / of, z * z / of
    middle = (share + spread / 2) / (1 + spread)
    half = sqrt(share * (1 - share) * spread + spread * spread / 4) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def untried(found: Silence, reach: Reach) -> Channel:
    """The channel to try before giving up: it reaches them and was not used since they last answered, theirs first."""
    tried = {channel for channel, _ in found.channels}
    first = (reach.preferred, *IN_TURN) if reach.preferred else IN_TURN
    possible = [channel for channel in first if can_make(channel, reach)]
    return next((channel for channel in possible if channel not in tried), possible[0])


def once_more(step: PlannedStep, channel: Channel, now: datetime, cal: WorkCalendar) -> PlannedStep:
    """The same step on another channel, on the next working day."""
    tomorrow = calendar.next_workday(calendar.local_date(now, cal.zone) + timedelta(days=1), cal)
    return replace(snooze(replace(step, timed=False), tomorrow, None, cal).step, channel=channel, attempt=1)
