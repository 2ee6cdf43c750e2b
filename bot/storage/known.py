"""What is known of each prospect of a workspace, kept in memory and sorted, so that a search looks at few of them."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import datetime
from sys import intern
from typing import Any, Final

from cadences.model import OPEN_STAGES, EnrollmentState, LostReason, Stage

FEW = 16
"""One in so many: fewer than that are put in order by themselves, more are picked out of the order of all."""
GROUPED: Final = (
    *("owner_id", "stage", "cadence", "source", "industry"),
    *("lost_reason", "is_put_off", "is_barred", "fell_silent"),
)
"""Who shares one of these is kept as a set."""
Place = tuple[bool, str, int]
"""Where a prospect stands in the order of all: open before closed, then by name."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a search sifts and sorts a prospect by."""

    owner_id: str
    name_key: str
    stage: Stage
    is_open: bool
    active_at: datetime
    value_minor: int | None
    currency: str | None
    source: str
    industry: str
    lost_reason: LostReason | None
    is_barred: bool
    """They asked us to stop."""
    due_at: datetime | None
    """When the next step comes; None: nothing is next."""
    is_put_off: bool
    """Snoozed by hand, or they are away."""
    cadence: str
    """The one that runs."""
    fell_silent: bool
    """The latest one ended without an answer, and what is next, if anything, is what comes after its end."""


class Ladder:
    """Numbers of prospects in the order of something that is known of them; those it is not known of are left out."""

    def __init__(self, known: Callable[[int], Any]) -> None:
        """Nobody yet; ``known``: what they are ordered by."""
        self._known = known
        self._numbers: list[int] = []

    def put(self, number: int) -> None:
        """Take one in."""
        if self._known(number) is not None:
            insort(self._numbers, number, key=self._rung)

    def put_all(self, numbers: Iterable[int]) -> None:
        """Take in many at once: sorting them together takes a tenth of the time."""
        self._numbers += [number for number in numbers if self._known(number) is not None]
        self._numbers.sort(key=self._rung)

    def drop(self, number: int) -> None:
        """Take one out, of whom the same must be known as when it was put in."""
        if self._known(number) is not None:
            del self._numbers[bisect_left(self._numbers, self._rung(number), key=self._rung)]

    def between(self, least: Any = None, end: Any = None) -> list[int]:
        """From ``least`` on, and before ``end``."""
        numbers, known = self._numbers, self._known
        begin_at = 0 if least is None else bisect_left(numbers, least, key=known)
        return numbers[begin_at : len(numbers) if end is None else bisect_left(numbers, end, key=known)]

    def before(self, end: Any) -> int:
        """How many come before this."""
        return bisect_left(self._numbers, end, key=self._known)

    def __iter__(self) -> Iterator[int]:
        """In order."""
        return iter(self._numbers)

    def _rung(self, number: int) -> tuple[Any, int]:
        return self._known(number), number


class Shelf:
    """The prospects at one stage, by their last activity and by their next step."""

    def __init__(self, known: dict[int, Known]) -> None:
        """Nobody yet."""
        self.by_activity = Ladder(lambda number: known[number].active_at)
        self.by_due = Ladder(lambda number: known[number].due_at)

    @property
    def ladders(self) -> tuple[Ladder, Ladder]:
        """Both."""
        return self.by_activity, self.by_due


class Shelves:
    """Everybody in one workspace."""

    def __init__(self) -> None:
        """Nobody yet."""
        self.known: dict[int, Known] = {}
        self.stages = {stage: Shelf(self.known) for stage in Stage}
        self._groups: dict[str, dict[Any, set[int]]] = {name: defaultdict(set) for name in GROUPED}
        self._worth: dict[str, Ladder] = {}
        self._order = Ladder(self._name)

    def put(self, number: int, known: Known) -> None:
        """Take one in, or in again."""
        self.drop(number)
        self._note(number, known)
        for ladder in self._ladders(known):
            ladder.put(number)

    def put_all(self, everybody: Iterable[tuple[int, Known]]) -> None:
        """Take in many at once."""
        joining: dict[Ladder, list[int]] = defaultdict(list)
        for number, known in everybody:
            self._note(number, known)
            for ladder in self._ladders(known):
                joining[ladder].append(number)
        for ladder, numbers in joining.items():
            ladder.put_all(numbers)

    def drop(self, number: int) -> None:
        """Take one out, who need not be there."""
        known = self.known.get(number)
        if known is None:
            return
        for ladder in self._ladders(known):
            ladder.drop(number)
        for name, value in _shared(known):
            self._groups[name][value].discard(number)
            if not self._groups[name][value]:
                del self._groups[name][value]
        del self.known[number]

    def having(self, name: str, value: Any) -> Set[int]:
        """Who shares this."""
        return self._groups[name].get(value, frozenset())

    def values(self, name: str) -> Collection[Any]:
        """What there is to share."""
        return self._groups[name].keys()

    def worth(self, currency: str, least: int | None, end: int | None) -> list[int]:
        """Whose amounts in this currency lie between these."""
        return self._worth[currency].between(least, end) if currency in self._worth else []

    def in_order(self, numbers: Set[int] | None = None) -> Iterator[int]:
        """These, or everybody, open before closed, then by name."""
        if numbers is None:
            return iter(self._order)
        if len(numbers) * FEW < len(self.known):
            return iter(sorted(numbers, key=self.place))
        return filter(numbers.__contains__, self._order)

    def place(self, number: int) -> Place:
        """Open before closed, then by name."""
        return *self._name(number), number

    def _name(self, number: int) -> tuple[bool, str]:
        known = self.known[number]
        return not known.is_open, known.name_key

    def _note(self, number: int, known: Known) -> None:
        self.known[number] = known
        for name, value in _shared(known):
            self._groups[name][value].add(number)

    def _ladders(self, known: Known) -> Iterator[Ladder]:
        yield self._order
        yield from self.stages[known.stage].ladders
        if known.currency is not None and known.value_minor is not None:
            if known.currency not in self._worth:
                self._worth[known.currency] = Ladder(self._value)
            yield self._worth[known.currency]

    def _value(self, number: int) -> int | None:
        return self.known[number].value_minor


def _shared(known: Known) -> Iterator[tuple[str, Any]]:
    """What nothing is said of makes no group."""
    for name in GROUPED:
        if value := getattr(known, name):
            yield name, value


def known_of(row: Any) -> Known:
    """What is kept of a prospect's row, read with its next step and the cadence that runs."""
    return Known(
        owner_id=intern(row.owner_id),
        name_key=row.name_key,
        stage=row.stage,
        is_open=row.stage in OPEN_STAGES,
        active_at=row.active_at,
        value_minor=row.value_minor,
        currency=None if row.currency is None else intern(row.currency),
        source=intern((row.source or "").lower()),
        industry=intern((row.industry or "").lower()),
        lost_reason=row.lost_reason,
        is_barred=row.do_not_contact_at is not None,
        due_at=row.due_at,
        is_put_off=bool(row.snoozes) or row.paused_until_on is not None,
        cadence=intern(row.cadence or ""),
        fell_silent=_fell_silent(row),
    )


def _fell_silent(row: Any) -> bool:
    """A step that no cadence planned was set by somebody who took them off."""
    comes_after = row.due_at is None or (row.planned_by is not None and row.number is None)
    return row.ended_as is EnrollmentState.FINISHED_SILENT and comes_after
