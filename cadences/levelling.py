"""Many steps at once, spread over the days: after a leave, after an import, after a change to everybody's plans.

The least of these in all, in this order, and exactly so:

1. what no promise excuses above the caps, as flat as can be: the sum of its squares over the days, the due and the new;
2. what stands above the cap because promises take the room: a day holds at most the cap and its promises;
3. the shift in business days;
4. the shift times the score, so that the less urgent moves, and of two that are late the more urgent comes first;
5. steps made earlier than they were wanted.

A step that is new counts for both caps; a promise counts as due, stays on its date and is turned away by neither.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cadences import calendar
from cadences.exchange import NEVER, Exchange
from cadences.load import Caps, Day, Load
from cadences.work_calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Item:
    """One step that needs a day, no other than these; without `last_on` any later day will do."""

    id: int
    wanted_on: date
    first_on: date
    last_on: date | None = None
    score: int = 0
    """The higher, the more urgent."""
    is_new: bool = False
    promised: bool = False


@dataclass(frozen=True, slots=True)
class Over:
    """A day that holds more than caps and promises allow: by how many steps, by how many new ones."""

    on: date
    due: int
    new: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """The day of each item, and what it comes to."""

    days: dict[int, date]
    load: Load
    """With every item on its day."""
    shift: int
    """In business days, of all items together."""
    over: tuple[Over, ...] = ()
    missed: tuple[int, ...] = ()
    """Promises whose date has passed; they have not been moved."""


@dataclass(frozen=True, slots=True)
class _Window:
    """Where items may go on the line of workdays: the first index, the one they would like, and the last."""

    first: int
    wanted: int
    last: int


@dataclass(frozen=True, slots=True)
class _Weights:
    """What each aim weighs, so that one unit of it outweighs all there can be of those below."""

    urgency: int
    shift: int
    squeezed: int
    over: int


def level(items: Sequence[Item], load: Load, caps: Caps, cal: WorkCalendar, today: date) -> Assignment:
    """A workday from today on for each item; `load` is everything else the member has to do."""
    promises = [item for item in items if item.promised]
    days = {item.id: item.wanted_on for item in promises}
    for item in promises:
        load = load.plus(item.wanted_on, new=item.is_new, promised=True)
    movable = sorted((item for item in items if not item.promised), key=lambda item: -item.score)
    line = _line(movable, load, caps, cal, today)
    windows = _windows(movable, line, today)
    found = _spread(movable, windows, [load.on(on) for on in line], caps)
    days |= {item.id: line[found[index]] for index, item in enumerate(movable)}
    shift = sum(abs(found[index] - window.wanted) for index, window in enumerate(windows))
    after = _with(load, [(days[item.id], item.is_new) for item in movable])
    missed = tuple(item.id for item in promises if item.wanted_on < today)
    return Assignment(days, after, shift, _over(after, set(days.values()), caps), missed)


def _line(items: Sequence[Item], load: Load, caps: Caps, cal: WorkCalendar, today: date) -> list[date]:
    """The workdays that matter, long enough that whatever may be late as it likes finds room on them."""
    if not items:
        return []
    on = calendar.next_workday(max(today, min(item.first_on for item in items)), cal)
    waits_from = max((max(item.first_on, item.wanted_on) for item in items if item.last_on is None), default=None)
    last_on = max(max(item.first_on, item.last_on or item.wanted_on) for item in items)
    room = 0 if waits_from is not None else len(items)
    line = [on]
    while True:
        if waits_from is not None and on >= waits_from:
            day = load.on(on)
            room += max(0, min(caps.due - day.due, caps.new - day.new))
        if on >= last_on and room >= len(items):
            return line
        on = calendar.next_workday(on + calendar.ONE_DAY, cal)
        line.append(on)


def _windows(items: Sequence[Item], line: list[date], today: date) -> list[_Window]:
    """The window of each item; those that are alike, as after a leave, share one."""
    known: dict[tuple[date, date, date | None], _Window] = {}
    found = []
    for item in items:
        key = (item.first_on, item.wanted_on, item.last_on)
        if key not in known:
            known[key] = _window(item, line, today)
        found.append(known[key])
    return found


def _window(item: Item, line: list[date], today: date) -> _Window:
    """What lies in the past begins today; a window without a workday is the next one."""
    first = _index(line, max(item.first_on, today))
    last = len(line) - 1
    if item.last_on is not None:
        last = max(first, _index(line, item.last_on + calendar.ONE_DAY) - 1)
    return _Window(first, min(max(first, _index(line, item.wanted_on)), last), last)


def _index(line: list[date], on: date) -> int:
    """The index of the first workday that is not before a date."""
    return bisect_left(line, on)


def _spread(items: Sequence[Item], windows: Sequence[_Window], days: Sequence[Day], caps: Caps) -> dict[int, int]:
    """The index of the day for each item, by its own index: the exact least."""
    lowest = min((item.score for item in items), default=0)
    weights = _weigh([item.score - lowest for item in items], len(days))

    def rise(day: int, count: int) -> int:
        excess = days[day].due + count - caps.due
        if excess <= 0:
            return 0
        return _odd(excess - days[day].promised) * weights.over + weights.squeezed

    def new_rise(day: int, count: int) -> int:
        return _odd(days[day].new + count - caps.new) * weights.over

    exchange = Exchange(len(days), rise, new_rise)
    known: dict[tuple[_Window, int], list[int]] = {}
    for index, (item, window) in enumerate(zip(items, windows, strict=True)):
        if (costs := known.get((window, item.score))) is None:
            a_day = weights.shift + weights.urgency * (item.score - lowest)
            costs = known[window, item.score] = _costs(window, len(days), a_day)
        exchange.put(index, costs, new=item.is_new)
    return exchange.placed()


def _odd(count: int) -> int:
    """What the count-th adds to the square: 1, 3, 5, ..."""
    return max(0, 2 * count - 1)


def _costs(window: _Window, days: int, a_day: int) -> list[int]:
    early = [1 + a_day * (window.wanted - day) for day in range(window.first, window.wanted)]
    late = [a_day * (day - window.wanted) for day in range(window.wanted, window.last + 1)]
    return [*[NEVER] * window.first, *early, *late, *[NEVER] * (days - window.last - 1)]


def _weigh(scores: Sequence[int], days: int) -> _Weights:
    count = len(scores)
    urgency = 1 + count
    shift = urgency * (1 + days * sum(scores))
    squeezed = shift * (1 + days * count)
    return _Weights(urgency, shift, squeezed, over=squeezed * (1 + count))


def _with(load: Load, added: Iterable[tuple[date, bool]]) -> Load:
    days = dict(load.days)
    for on, new in added:
        days[on] = days.get(on, Day()).plus(new=new)
    return Load(days)


def _over(load: Load, touched: set[date], caps: Caps) -> tuple[Over, ...]:
    found = [Over(on, load.on(on).above(caps), load.on(on).new_above(caps)) for on in sorted(touched)]
    return tuple(over for over in found if over.due or over.new)
