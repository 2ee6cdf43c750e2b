"""How long planning takes: the dated list of a cadence, and a whole team that comes back from leave at once."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bench.timing import Timing
from cadences import calendar, library
from cadences.levelling import Item
from cadences.load import USUAL_CAPS, Day, Load
from cadences.preview import preview
from cadences.returning import ramp
from cadences.urgency import Pressing, urgency
from cadences.work_calendar import DEFAULT_STEP_TIME, DayOff, DayRules, Leave, WorkCalendar

ZONE = ZoneInfo("Europe/Berlin")
STARTS_AT = datetime(2026, 11, 19, 15, tzinfo=ZONE)
BACK_ON = date(2026, 11, 30)
AWAY = Leave(BACK_ON - timedelta(days=14), BACK_ON - timedelta(days=1))
PLAIN = WorkCalendar(ZONE)
RULED = WorkCalendar(
    ZONE,
    rules=(
        DayRules(days_off=(DayOff(date(2026, 12, 24), "Sample day"),)),
        DayRules(country="DE", subdivision="BY"),
    ),
)
RETURNING = WorkCalendar(ZONE, leave=(AWAY,))
EIGHT_STEPS = "persistent"
MEMBERS, DUE_EACH = 50, 200
ALREADY_PLANNED = 100
"""Steps that each of them has in the eight weeks after the return."""
RETURNS = 5
"""How often the team comes back: each time takes the better part of a second."""
WARM_UP = 20
SEED = 7


@dataclass(frozen=True, slots=True)
class Goal:
    """Something measured, and how long it may take, in seconds."""

    timing: Timing
    seconds: float

    @property
    def met(self) -> bool:
        """True when the median is below."""
        return self.timing.p50 < self.seconds


def measure(rounds: int) -> list[Goal]:
    """A preview on either calendar and on full days, and the return of a team."""
    days = [STARTS_AT.date() + timedelta(days=number) for number in range(200)]
    full = Load({on: Day(USUAL_CAPS.due + number % 3) for number, on in enumerate(days)})
    cadence = library.get(EIGHT_STEPS)
    if cadence is None or len(cadence.steps) != 8:
        raise RuntimeError(f"{EIGHT_STEPS} is not the cadence of 8 steps that the goal is about")
    team = _team()
    return [
        Goal(_timed("preview of 8 steps", lambda: preview(cadence, STARTS_AT, PLAIN), rounds), 0.001),
        Goal(_timed("the same with holidays", lambda: preview(cadence, STARTS_AT, RULED), rounds), 0.001),
        Goal(_timed("the same, each day full", lambda: preview(cadence, STARTS_AT, PLAIN, load=full), rounds), 0.001),
        Goal(_timed(f"{MEMBERS} back, {MEMBERS * DUE_EACH:,} prospects", lambda: _come_back(team), RETURNS, 1), 1.0),
    ]


def _timed(name: str, make: Callable[[], object], rounds: int, warm_up: int = WARM_UP) -> Timing:
    taken = []
    for _ in range(warm_up + rounds):
        started = time.perf_counter()
        make()
        taken.append(time.perf_counter() - started)
    return Timing(name, tuple(taken[warm_up:]))


def _team() -> list[tuple[list[Pressing], Load]]:
    """What was due to each in two weeks of leave, and what they have to do after it."""
    chance = random.Random(SEED)  # noqa: S311  # nosec B311: it makes sample steps, no secrets
    return [([_pressing(chance) for _ in range(DUE_EACH)], _planned(chance)) for _ in range(MEMBERS)]


def _pressing(chance: random.Random) -> Pressing:
    due_on = AWAY.starts_on + timedelta(days=chance.randrange(14))
    close_on = BACK_ON + timedelta(days=chance.randrange(-20, 90))
    return Pressing(due_on, value_minor=chance.randrange(20_000_000), close_on=close_on)


def _planned(chance: random.Random) -> Load:
    steps = [BACK_ON + timedelta(days=chance.randrange(56)) for _ in range(ALREADY_PLANNED)]
    return Load.of((on, chance.random() < 0.2, chance.random() < 0.1) for on in steps)


def _come_back(team: list[tuple[list[Pressing], Load]]) -> list[datetime]:
    """Score everything, level it, and give each step its moment."""
    moments = []
    for due, load in team:
        items = [
            Item(number, each.due_on, BACK_ON, None, urgency(each, BACK_ON, RETURNING).score, number % 4 == 0)
            for number, each in enumerate(due)
        ]
        found = ramp(items, load, USUAL_CAPS, RETURNING, BACK_ON)
        if found.over:
            raise RuntimeError(f"{found.over} above the cap: the time would mean nothing")
        at = {on: calendar.on_workday(on, DEFAULT_STEP_TIME, RETURNING) for on in set(found.days.values())}
        moments += [at[on] for on in found.days.values()]
    return moments
