"""Whatever happens: one next step, ahead of now, in the hours of a workday, and never inside the minimum gap."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadences import calendar, engine, library
from cadences.decisions import Advance, Decision, Facts, Finish, Hold, PlannedStep, Reach, Switch
from cadences.model import (
    Cadence,
    Channel,
    Delay,
    DelayUnit,
    End,
    EndAction,
    EnrollmentState,
    FollowUpType,
    Outcome,
    Purpose,
    Stage,
    Step,
)
from cadences.work_calendar import DayOff, DayRules, Leave, WorkCalendar

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ZONES = ["Europe/Berlin", "America/New_York", "Africa/Cairo", "Pacific/Apia", "Asia/Kathmandu", "Australia/Lord_Howe"]
FRIDAY_AND_SATURDAY_OFF = frozenset({6, 0, 1, 2, 3})


@dataclass(frozen=True)
class World:
    """A moment, and a calendar with days off and a leave around it."""

    now: datetime
    cal: WorkCalendar

    def on(self, moment: datetime) -> date:
        return calendar.local_date(moment, self.cal.zone)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    now = draw(st.datetimes(datetime(2026, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
    days = st.integers(-3, 60).map(lambda count: now.date() + count * DAY)
    weeks = st.frozensets(st.integers(0, 6), min_size=1) | st.just(FRIDAY_AND_SATURDAY_OFF)
    opens, closes = sorted(draw(st.lists(st.integers(0, 23), min_size=2, max_size=2, unique=True)))
    rules = DayRules(
        days_off=tuple(DayOff(on, "Company day") for on in draw(st.lists(days, max_size=4))),
        extra_days=tuple(draw(st.lists(days, max_size=1))),
    )
    away_on = draw(days)
    cal = WorkCalendar(
        zone=ZoneInfo(draw(st.sampled_from(ZONES))),
        workdays=draw(weeks),
        step_time=time(draw(st.integers(0, 23)), draw(st.sampled_from([0, 30]))),
        opens=time(opens),
        closes=time(closes),
        rules=(rules,),
        leave=(Leave(away_on, away_on + draw(st.integers(0, 20)) * DAY),) if draw(st.booleans()) else (),
    )
    return World(now, cal)


delays = st.builds(Delay, st.integers(1, 40), st.sampled_from(DelayUnit))
steps = st.builds(
    Step, delays, st.sampled_from(Channel), st.sampled_from(FollowUpType), st.sampled_from(Purpose)
) | st.builds(
    Step,
    st.builds(Delay, st.integers(1, 90), st.just(DelayUnit.DAYS)),
    st.sampled_from(Channel),
    st.sampled_from(FollowUpType),
    st.sampled_from(Purpose),
    before_renewal=st.just(True),
)
ends = st.builds(End, st.sampled_from(EndAction))
cadences = st.builds(
    Cadence,
    st.just("sample"),
    st.just("Sample"),
    st.just(1),
    st.lists(steps, min_size=1, max_size=10).map(tuple),
    ends,
)
reaches = st.builds(Reach, st.booleans(), st.booleans(), st.none() | st.dates(date(2026, 1, 1), date(2036, 1, 1)))
outcomes = st.sampled_from(Outcome)


def step_of(decision: Decision) -> PlannedStep:
    assert isinstance(decision, Advance | Finish | Hold)
    assert decision.step is not None
    return decision.step


def may_stand(step: PlannedStep, now: datetime, world: World) -> None:
    """Ahead of now, on a workday, and in its hours; a wall time in the gap of that day is the first minute after it."""
    on = world.on(step.due_at)
    begins_at, ends_at = calendar.day_bounds(on, world.cal.zone)
    assert step.due_at > now
    assert step.due_at.tzinfo is UTC
    assert calendar.is_workday(on, world.cal)
    assert calendar.in_hours(step.due_at, world.cal) or ends_at - begins_at < DAY


def least_gap(cadence: Cadence) -> int:
    hours = any(step.delay.unit is DelayUnit.HOURS for step in cadence.steps)
    return engine.MIN_GAP_AFTER_HOURS if hours else engine.MIN_GAP


def keeps_the_gap(
    cadence: Cadence, decision: Advance | Finish | Hold, touched_at: datetime | None, world: World
) -> None:
    """Every touch of a cadence is apart from the last one; asking the owner how it ends is none."""
    step = decision.step
    if step is None or touched_at is None or (step.number is None and step.purpose is Purpose.CLOSE_THE_LOOP):
        return
    gap = calendar.business_days_between(world.on(touched_at), world.on(step.due_at), world.cal)
    assert gap >= least_gap(cadence)


@given(
    cadences, st.none() | st.integers(1, 12), outcomes, st.integers(0, 90 * 24), reaches, st.integers(0, 9), worlds()
)
def test_an_open_prospect_always_has_one_next_step_ahead_on_a_workday(
    cadence: Cadence,
    number: int | None,
    outcome: Outcome,
    hours_ago: int,
    reach: Reach,
    unanswered: int,
    world: World,
) -> None:
    now, facts = world.now, Facts(reach, unanswered=unanswered)
    decision = engine.after_touch(cadence, number, outcome, now - hours_ago * HOUR, now, world.cal, facts)
    if isinstance(decision, Switch):
        no_show = library.get(decision.cadence)
        assert no_show is not None
        decision = engine.switch(no_show, None, now, world.cal, facts)
    if isinstance(decision, Finish) and decision.do_not_contact:
        assert (decision.step, decision.stage) == (None, Stage.LOST)
        return
    step = step_of(decision)
    may_stand(step, now, world)
    assert not step.promised
    assert step.number not in step.skipped
    if isinstance(decision, Finish):
        assert step.number is None
        assert (decision.park_until_on is not None) == (decision.stage is Stage.PARKED)


@dataclass
class Walk:
    """A prospect on a cadence, and what was done about it."""

    cadence: Cadence
    world: World
    facts: Facts
    now: datetime
    step: PlannedStep | None = None

    def is_next(self, decision: Decision) -> None:
        assert isinstance(decision, Advance | Finish | Hold)
        if decision.step is not None:
            may_stand(decision.step, self.now, self.world)
        keeps_the_gap(self.cadence, decision, self.facts.last_touch_at, self.world)
        self.step = decision.step if not isinstance(decision, Finish) else None


ACTIONS = ["touch", "touch", "touch", "early", "skip", "jump", "restart", "switch", "resume", "away", "align"]
moves = st.lists(
    st.tuples(st.sampled_from(ACTIONS), st.sampled_from(sorted(engine.SAYS_NOTHING)), st.integers(0, 20 * 24)),
    max_size=12,
)


def act(walk: Walk, action: str, outcome: Outcome, hours: int) -> Decision:
    """One thing done about the prospect, some hours after its step was due, or before for what needs no due step."""
    step, cal = walk.step, walk.world.cal
    assert step is not None
    if action == "touch":
        walk.now = step.due_at + hours * HOUR
    else:
        walk.now = min(walk.now + hours * HOUR, max(walk.now, step.due_at - HOUR))
    cadence, now, facts = walk.cadence, walk.now, walk.facts
    match action:
        case "touch" | "early":
            made = engine.after_touch(
                cadence, step.number, outcome, now, now, cal, facts, attempt=step.attempt, step=step
            )
            count = 0 if outcome is Outcome.CONNECTED else facts.unanswered + 1
            walk.facts = replace(facts, last_touch_at=now, unanswered=count)
            return made
        case "skip":
            return engine.skip(cadence, step.number, now, cal, facts)
        case "jump":
            return engine.jump(cadence, hours % len(cadence.steps) + 1, now, cal, facts)
        case "restart":
            return engine.restart(cadence, now, cal, facts)
        case "switch":
            return engine.switch(cadence, step, now, cal, facts)
        case "resume":
            return engine.resume(cadence, (step.number or 1) - 1, facts.last_touch_at or now, now, cal, facts)
        case "away":
            return engine.out_of_office(step, walk.world.on(now) + (hours % 30) * DAY, cal, facts)
        case _:
            return engine.align(step, walk.world.on(now) + (hours % 60) * DAY, now, cal, facts)


@given(cadences, reaches, worlds(), moves)
def test_no_two_touches_come_closer_than_the_gap_on_any_path(
    cadence: Cadence, reach: Reach, world: World, done: list[tuple[str, Outcome, int]]
) -> None:
    walk = Walk(cadence, world, Facts(reach), world.now)
    walk.is_next(engine.start(cadence, world.now, world.cal, walk.facts))
    for action, outcome, hours in done:
        if walk.step is None:
            return
        walk.is_next(act(walk, action, outcome, hours))


@given(cadences, reaches, worlds())
def test_silence_is_never_longer_than_eight_touches(cadence: Cadence, reach: Reach, world: World) -> None:
    walk = Walk(cadence, world, Facts(reach), world.now)
    walk.is_next(engine.start(cadence, world.now, world.cal, walk.facts))
    made = []
    while walk.step is not None:
        made.append(walk.step)
        walk.is_next(act(walk, "touch", Outcome.NO_ANSWER, 0))
    assert len(made) <= engine.MAX_TOUCHES
    if len(made) == engine.MAX_TOUCHES:
        assert made[-1].purpose is Purpose.CLOSE_THE_LOOP


@given(cadences, reaches, worlds())
def test_what_can_not_be_made_is_named_and_moves_no_other_date(cadence: Cadence, reach: Reach, world: World) -> None:
    plain = tuple(step for step in cadence.steps if not step.before_renewal)[: engine.MAX_TOUCHES - 1]
    if not plain:
        return
    cadence = replace(cadence, steps=plain)
    everything = dict(dates_and_gaps(cadence, Reach(email=True, phone=True), world)[0])
    some, skipped = dates_and_gaps(cadence, reach, world)
    assert dict(some).items() <= everything.items()
    assert sorted([*dict(some), *skipped]) == list(range(1, len(plain) + 1))


def dates_and_gaps(cadence: Cadence, reach: Reach, world: World) -> tuple[list[tuple[int, datetime]], list[int]]:
    """The moment of every step that is made when it is due, and the numbers of those that are not."""
    facts, made, skipped = Facts(reach), list[tuple[int, datetime]](), list[int]()
    decision: Decision = engine.start(cadence, world.now, world.cal, facts)
    while isinstance(decision, Advance):
        number, due_at = decision.step.number, decision.step.due_at
        assert number is not None
        made.append((number, due_at))
        skipped.extend(decision.step.skipped)
        decision = engine.after_touch(cadence, number, Outcome.SENT, due_at, due_at, world.cal, facts)
        facts = replace(facts, last_touch_at=due_at)
    return made, [*skipped, *step_of(decision).skipped]


@given(cadences, worlds(), st.integers(0, 2_000))
def test_starting_never_plans_inside_the_gap_after_the_last_touch(cadence: Cadence, world: World, hours: int) -> None:
    facts = Facts(last_touch_at=world.now - hours * HOUR)
    decision = engine.start(cadence, world.now, world.cal, facts)
    may_stand(step_of(decision), world.now, world)
    keeps_the_gap(cadence, decision, facts.last_touch_at, world)


@given(cadences, worlds())
def test_the_same_facts_lead_to_the_same_decision(cadence: Cadence, world: World) -> None:
    elsewhere = world.now.astimezone(ZoneInfo("Asia/Tokyo"))
    assert engine.start(cadence, world.now, world.cal) == engine.start(cadence, elsewhere, world.cal)
    assert step_of(engine.start(cadence, elsewhere, world.cal)).due_at.tzinfo is UTC


@given(
    outcomes.filter(lambda outcome: outcome is not Outcome.NO_SHOW), st.integers(0, 200), st.integers(0, 200), worlds()
)
def test_logging_a_touch_later_never_brings_the_next_step_forward(
    outcome: Outcome, soon: int, later: int, world: World
) -> None:
    persistent = library.get("persistent")
    assert persistent is not None
    first, second = (world.now + hours * HOUR for hours in sorted((soon, later)))
    early = engine.after_touch(persistent, 2, outcome, world.now, first, world.cal)
    late = engine.after_touch(persistent, 2, outcome, world.now, second, world.cal)
    if outcome is not Outcome.ASKED_TO_STOP:
        assert step_of(late).due_at >= step_of(early).due_at


@given(worlds(), st.integers(0, 4_000), st.dates(date(2026, 1, 1), date(2035, 1, 1)), st.booleans(), st.booleans())
def test_a_snooze_changes_the_moment_alone(world: World, hours: int, on: date, at_night: bool, promised: bool) -> None:
    when = time(2, 30) if at_night else None
    due_at = world.now + hours * HOUR
    step = PlannedStep(due_at, Channel.SMS, FollowUpType.REMINDER, Purpose.THANK, 3, promised=promised)
    held = engine.snooze(step, on, when, world.cal).step
    assert (held.channel, held.type, held.purpose, held.number) == (step.channel, step.type, step.purpose, step.number)
    assert (held.promised, held.timed) == (promised, when is not None)
    assert world.on(held.due_at) >= on
    assert promised or calendar.is_workday(world.on(held.due_at), world.cal)


@given(worlds(), st.integers(-100, 2_000), st.integers(0, 60), st.booleans())
def test_nothing_is_due_while_they_are_away(world: World, hours: int, days_away: int, promised: bool) -> None:
    step = PlannedStep(
        world.now + hours * HOUR, Channel.EMAIL, FollowUpType.VALUE, Purpose.SHARE_VALUE, 2, promised=promised
    )
    until_on = world.on(world.now) + days_away * DAY
    held = engine.out_of_office(step, until_on, world.cal).step
    assert held.paused_until_on == until_on
    assert world.on(held.due_at) > until_on
    assert held.due_at >= step.due_at or not promised
    assert held.promised == (promised and held.due_at == step.due_at)
    if not held.promised:
        assert calendar.is_workday(world.on(held.due_at), world.cal)


@pytest.mark.parametrize("state", EnrollmentState)
def test_parking_ends_an_enrollment_in_any_way(state: EnrollmentState) -> None:
    assert engine.park(date(2026, 11, 30), WorkCalendar(ZoneInfo("UTC")), state).state is state
