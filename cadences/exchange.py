"""Puts units on days at the least cost in all, exactly: each takes the cheapest way in, exchanging places if need be.

This is a flow at least cost, grown one unit at a time. Each door to a day has a price: what it costs to get one unit
more through it, by the cheapest chain of exchanges. Prices only ever rise, so an old one is still a lower bound: they
are worked out again only when the cheapest door turns out to be shut, and not for every unit.
"""

from collections.abc import Callable, Sequence
from operator import add

NEVER = 1 << 256
"""Dearer than any chain of moves."""

Costs = Sequence[int]
Rise = Callable[[int, int], int]
"""What the n-th unit put on a day adds to the cost, by day and n from 1; never falls with n."""


class Exchange:
    """Days side by side, each with two doors: the first for any unit, the second for new ones, which count twice.

    Doors are numbered: the first ones are the days, the second ones follow in the same order.
    """

    def __init__(self, days: int, rise: Rise, new_rise: Rise) -> None:
        self.days = days
        self._rise, self._new_rise = rise, new_rise
        self._new_counts = [0] * days
        self._counts = [0] * days
        self._asks = [rise(day, 1) for day in range(days)]
        """By day: what the next unit adds to the cost, and what it adds more if it is new."""
        self._new_asks = [new_rise(day, 1) for day in range(days)]
        self._prices: list[int] = self._asks + list(map(add, self._asks, self._new_asks))
        self._hops: list[int | None] = [None] * (2 * days)
        """By door: the next one on the chain that its price stands for; None where the day takes the unit."""
        self._held: list[dict[int, Costs]] = [{} for _ in range(2 * days)]
        self._moves = [[NEVER] * days for _ in range(2 * days)]
        """By door and day: the least it adds to the cost to move one unit held here to there."""

    def put(self, unit: int, costs: Costs, *, new: bool) -> None:
        """Put one unit more on a day; `costs` by day, NEVER where it may not be."""
        door = self._cheapest(costs, new=new)
        if not self._is_open(door):
            self._reprice()
            door = self._cheapest(costs, new=new)
        if self._is_open(door):
            self._let_in(door)
        else:
            self._make_way(door)
        self._hold(door, unit, costs)

    def placed(self) -> dict[int, int]:
        """The day of each unit."""
        return {unit: door % self.days for door, held in enumerate(self._held) for unit in held}

    def _cheapest(self, costs: Costs, *, new: bool) -> int:
        """The door with the least cost and price; among equals one that is open, so that nobody has to move."""
        first = self.days if new else 0
        sums = list(map(add, costs, self._prices[first : first + self.days]))
        least = min(sums)
        best = day = sums.index(least)
        for _ in range(sums.count(least) - 1):
            if self._is_open(first + best):
                break
            best = sums.index(least, best + 1)
        return first + (best if self._is_open(first + best) else day)

    def _is_open(self, door: int) -> bool:
        """True when the price is what the day itself asks: then nothing has to be exchanged."""
        if door < self.days:
            return self._asks[door] == self._prices[door]
        day = door - self.days
        asks = self._asks[day]
        return asks == self._prices[day] and asks + self._new_asks[day] == self._prices[door]

    def _let_in(self, door: int) -> None:
        if door >= self.days:
            self._count_new(door - self.days, 1)
        self._count(door % self.days)

    def _make_way(self, door: int) -> None:
        """Follow the cheapest chain from this door to a day that takes one more, moving one unit at each exchange."""
        moving: list[tuple[int, int, int]] = []
        while (to := self._hops[door]) is not None:
            if to % self.days == door % self.days:
                self._count_new(door % self.days, 1 if to < door else -1)
            else:
                moving.append((self._leaver(door, to), door, to))
            door = to
        self._count(door)
        for unit, left, to in moving:
            self._hold(to, unit, self._release(left, unit))

    def _count(self, day: int) -> None:
        self._counts[day] += 1
        self._asks[day] = self._rise(day, self._counts[day] + 1)

    def _count_new(self, day: int, change: int) -> None:
        self._new_counts[day] += change
        self._new_asks[day] = self._new_rise(day, self._new_counts[day] + 1)

    def _leaver(self, door: int, to: int) -> int:
        here, there, held = door % self.days, to % self.days, self._held[door]
        return min(held, key=lambda unit: held[unit][there] - held[unit][here])

    def _hold(self, door: int, unit: int, costs: Costs) -> None:
        held = self._held[door]
        # Units that are alike often come in a row, and offer nothing that the one before does not.
        is_known = bool(held) and next(reversed(held.values())) is costs
        held[unit] = costs
        if not is_known:
            self._lower(door, costs)

    def _release(self, door: int, unit: int) -> Costs:
        costs = self._held[door].pop(unit)
        self._moves[door] = [NEVER] * self.days
        for left in self._held[door].values():
            self._lower(door, left)
        return costs

    def _lower(self, door: int, costs: Costs) -> None:
        base = costs[door % self.days]
        known = self._moves[door]
        self._moves[door] = [
            least if least <= there - base else there - base for least, there in zip(known, costs, strict=True)
        ]

    def _reprice(self) -> None:
        """Work out the prices and their chains as Bellman and Ford do, from the days that take one more backwards."""
        days, bounds = self.days, self._prices
        prices = self._asks + list(map(add, self._asks, self._new_asks))
        hops: list[int | None] = [None] * days + list(range(days))
        # A price that is down to its lower bound can't fall further.
        waiting = [door for door in reversed(range(2 * days)) if prices[door] > bounds[door]]
        changed = True
        while changed:
            changed = False
            for door in waiting:
                price, hop = self._best_hop(door, prices)
                if price < prices[door]:
                    prices[door], hops[door], changed = price, hop, True
        self._prices, self._hops = prices, hops

    def _best_hop(self, door: int, prices: list[int]) -> tuple[int, int]:
        """The cheapest way on from a door: to another day, or through the other door of the same one."""
        days = self.days
        day, first = door % days, door - door % days
        sums = list(map(add, self._moves[door], prices[first : first + days]))
        price = min(sums)
        hop = first + sums.index(price)
        if door >= days:
            past, other = self._new_asks[day] + prices[day], day
        elif self._new_counts[day]:
            past, other = prices[door + days] - self._new_rise(day, self._new_counts[day]), door + days
        else:
            return price, hop
        return (past, other) if past < price else (price, hop)
