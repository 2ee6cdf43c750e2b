"""Which channel somebody answers on, as far as enough touches tell."""

from collections.abc import Iterable
from dataclasses import dataclass

from cadences.model import Channel, Outcome
from cadences.reach import EXCHANGED

FEWEST_MADE = 3
"""Touches on a channel before it says anything."""
LEAST_SHARE = 0.5
CLEARLY_MORE = 1 / 3
"""So much more often than on any other channel that was tried must they have answered."""
AT_ONCE = frozenset({Outcome.CONNECTED, Outcome.MEETING_BOOKED, Outcome.NOT_NOW, Outcome.NOT_INTERESTED})
"""Somebody was there and said something."""
NOT_MADE = frozenset({Outcome.OUT_OF_OFFICE, Outcome.ASKED_TO_STOP, Outcome.NO_SHOW})


@dataclass(frozen=True, slots=True)
class Tally:
    """How many touches were made on a channel, and how many of them were answered."""

    channel: Channel
    made: int
    answered: int

    @property
    def share(self) -> float:
        """The part that was answered."""
        return self.answered / self.made


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The channel that is worth preferring, and the others that were tried."""

    best: Tally
    others: tuple[Tally, ...]


def tallies(made: Iterable[tuple[Channel, Outcome]]) -> tuple[Tally, ...]:
    """Touches by channel, oldest first; a reply answers the touch before it, whatever channel it came by."""
    count: dict[Channel, int] = {}
    answered: dict[Channel, int] = {}
    waiting: Channel | None = None
    for channel, outcome in made:
        if outcome is Outcome.REPLIED:
            if waiting is not None:
                answered[waiting] = answered.get(waiting, 0) + 1
            waiting = None
        elif outcome not in NOT_MADE:
            count[channel] = count.get(channel, 0) + 1
            at_once = outcome in AT_ONCE
            answered[channel] = answered.get(channel, 0) + at_once
            waiting = None if at_once else channel
    return tuple(Tally(channel, number, answered[channel]) for channel, number in count.items())


def suggestion(found: Iterable[Tally]) -> Suggestion | None:
    """The one channel that clearly does better than every other; None where that can't honestly be said."""
    ranked = sorted((each for each in found if each.channel in EXCHANGED), key=lambda each: -each.share)
    best = next((each for each in ranked if each.made >= FEWEST_MADE), None)
    if best is None or best.share < LEAST_SHARE:
        return None
    others = tuple(each for each in ranked if each is not best)
    if any(each.share > best.share - CLEARLY_MORE for each in others):
        return None
    return Suggestion(best, others)
