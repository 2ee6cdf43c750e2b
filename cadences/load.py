"""How many steps a member has on each local date, and how many she can take."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from cadences.work_calendar import DUE_A_DAY, NEW_A_DAY


@dataclass(frozen=True, slots=True)
class Caps:
    """What a day can take: steps in all, and first steps of a cadence among them."""

    due: int = DUE_A_DAY
    new: int = NEW_A_DAY

    def __post_init__(self) -> None:
        if min(self.due, self.new) < 1:
            raise ValueError(f"a day that takes no step never gets anything done: {self}")


USUAL_CAPS = Caps()


@dataclass(frozen=True, slots=True)
class Day:
    """The steps of one date. Promised ones are among those due and never among the new: no cap turns them away."""

    due: int = 0
    new: int = 0
    promised: int = 0

    def plus(self, *, new: bool = False, promised: bool = False) -> "Day":
        """The day with one step more."""
        return Day(self.due + 1, self.new + (new and not promised), self.promised + promised)

    def above(self, caps: Caps) -> int:
        """Steps above the cap that no promise excuses."""
        return max(0, self.due - self.promised - caps.due)

    def new_above(self, caps: Caps) -> int:
        """First steps above their own cap."""
        return max(0, self.new - caps.new)

    def squeezed(self, caps: Caps) -> int:
        """Steps above the cap, whether promises are the reason or not."""
        return max(0, self.due - caps.due)


EMPTY = Day()


@dataclass(frozen=True, slots=True)
class Load:
    """A member's steps by local date."""

    days: Mapping[date, Day] = field(default_factory=dict)

    @classmethod
    def of(cls, steps: Iterable[tuple[date, bool, bool]]) -> "Load":
        """The load of many steps, each told as its date, whether it is new and whether it was promised."""
        days: dict[date, Day] = {}
        for on, new, promised in steps:
            days[on] = days.get(on, EMPTY).plus(new=new, promised=promised)
        return cls(days)

    def on(self, on: date) -> Day:
        """What is there on a date."""
        return self.days.get(on, EMPTY)

    def plus(self, on: date, *, new: bool = False, promised: bool = False) -> "Load":
        """The load with one step more."""
        return Load({**self.days, on: self.on(on).plus(new=new, promised=promised)})


NO_LOAD = Load()


def fullness(day: Day, caps: Caps, *, new: bool) -> tuple[int, int, int]:
    """How full a day is with one step more, to compare: above cap and promises, above the cap, in all."""
    then = day.plus(new=new)
    return then.above(caps) + (then.new_above(caps) if new else 0), then.squeezed(caps), then.due


def has_room(day: Day, caps: Caps, *, new: bool) -> bool:
    """True when one step more stays within the caps, promises counted."""
    return fullness(day, caps, new=new)[:2] == (0, 0)
