"""Several filters together: whom all of them let through, whether one is asked about or everybody."""

from collections.abc import Sequence, Set
from functools import cached_property

from bot.storage.filters import Filter, Pick
from bot.storage.known import Shelves

A_TEST = 10
"""To test one prospect takes as long as to put so many into a set."""
TESTED_AT_MOST = 2_000
"""Whoever asks about more is answered from the set of all who are let through."""


class Sieve:
    """Lets through whom all filters let through."""

    def __init__(self, shelves: Shelves, filters: Sequence[Filter]) -> None:
        """Sift who stands on these shelves, by one filter at least."""
        self._shelves = shelves
        counted = sorted((each.spread(shelves), at) for at, each in enumerate(filters))
        self._filters = [(filters[at], count) for count, at in counted]
        self._asked = 0

    @property
    def spread(self) -> int:
        """How many the strictest filter lets through, about."""
        return self._filters[0][1]

    @cached_property
    def numbers(self) -> Set[int]:
        """Everybody who is let through; the strictest filter begins."""
        (first, _), *others = self._filters
        pick = first.pick(self._shelves)
        found = self._settled(pick, first, set().union(*pick.perhaps))
        for each, count in others:
            if len(found) * A_TEST < count:
                found = self._tested(each, found)
            else:
                pick = each.pick(self._shelves)
                found = found & self._settled(pick, each, found & set().union(*pick.perhaps))
        return found

    def fits(self, number: int) -> bool:
        """Whether one is let through."""
        if self._asked >= TESTED_AT_MOST:
            return number in self.numbers
        self._asked += 1
        known = self._shelves.known[number]
        return all(each.test(known) for each, _ in self._filters)

    def among(self, numbers: Set[int]) -> Set[int]:
        """Who of these is let through."""
        if len(numbers) <= TESTED_AT_MOST:
            return {number for number in numbers if self.fits(number)}
        return numbers & self.numbers

    def _settled(self, pick: Pick, which: Filter, unsure: Set[int]) -> Set[int]:
        tested = self._tested(which, unsure)
        only = pick.surely[0] if len(pick.surely) == 1 else None
        return only if isinstance(only, Set) and not tested else tested.union(*pick.surely)

    def _tested(self, which: Filter, numbers: Set[int]) -> set[int]:
        known, test = self._shelves.known, which.test
        return {number for number in numbers if test(known[number])}
