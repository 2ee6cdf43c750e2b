"""What another version means for somebody who is on it: pure, person by person."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from cadences import calendar, editing, library, shorthand
from cadences.decisions import Advance, Facts, Finish, PlannedStep, Reach
from cadences.editing import Place
from cadences.model import Cadence, Channel, End, EndAction, Stage
from cadences.work_calendar import WorkCalendar

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
"""A Friday."""
CAL = WorkCalendar(ZoneInfo("Europe/Berlin"))
DAY = timedelta(days=1)
REACHED = Facts(Reach(email=True, phone=True))


def nudge() -> Cadence:
    cadence = library.get("nudge")
    assert cadence is not None
    return cadence


def edited(text: str, end: EndAction = EndAction.ASK) -> Cadence:
    return replace(nudge(), version=2, steps=shorthand.read(text), end=End(end))


def at(number: int | None, done: int, due_in: int = 3, **more: Any) -> Place:
    """Waiting for a step of nudge, the one before it made yesterday."""
    written = nudge().steps[(number or 1) - 1]
    step = PlannedStep(NOW + due_in * DAY, written.channel, written.type, written.purpose, number)
    return Place(done, replace(step, **more), NOW - DAY)


def carried(new: Cadence, place: Place, facts: Facts = REACHED) -> Advance | Finish | None:
    return editing.carry_over(nudge(), new, place, NOW, CAL, facts)


def test_what_comes_after_the_next_step_moves_nobody() -> None:
    new = edited("3d email value\n4d call feedback\n20d email reminder: propose meeting\n9d email: close the loop")
    assert carried(new, at(1, 0)) is None
    assert carried(new, at(2, 1)) is None
    assert carried(new, at(3, 2)) is not None


def test_another_template_or_tolerance_moves_nobody() -> None:
    steps = tuple(replace(step, template="other", tolerance=None) for step in nudge().steps)
    assert carried(replace(nudge(), version=2, steps=steps), at(2, 1)) is None


def test_another_delay_counts_from_the_last_touch() -> None:
    following = carried(edited("3d email value\n10d call feedback"), at(2, 1))
    assert isinstance(following, Advance)
    assert following.step.number == 2
    assert calendar.local_date(following.step.due_at, CAL.zone) == (NOW - DAY + 11 * DAY).date()  # a Sunday's Monday


def test_another_channel_keeps_the_date() -> None:
    place = at(2, 1)
    following = carried(edited("3d email value\n4d video feedback"), place)
    assert isinstance(following, Advance)
    assert (following.step.channel, following.step.due_at) == (Channel.VIDEO, place.step.due_at)


def test_what_was_put_off_keeps_its_date_whatever_changes() -> None:
    place = replace(at(2, 1, due_in=30), is_held=True)
    following = carried(edited("3d email value\n10d email feedback"), place)
    assert isinstance(following, Advance)
    assert (following.step.channel, following.step.due_at) == (Channel.EMAIL, place.step.due_at)


def test_a_promise_and_what_was_planned_by_hand_stay() -> None:
    new = edited("9d sms feedback")
    assert carried(new, at(2, 1, promised=True)) is None
    assert carried(new, at(None, 1)) is None


def test_past_the_end_of_a_shorter_one_comes_its_end() -> None:
    asks = carried(edited("3d email value"), at(3, 2))
    parks = carried(edited("3d email value", EndAction.STOP), at(3, 2))
    assert isinstance(asks, Finish)
    assert isinstance(parks, Finish)
    assert (asks.stage, parks.stage) == (None, Stage.PARKED)
    assert asks.step is not None
    assert editing.done_on(edited("3d email value"), 2) == 1


def test_a_call_that_is_tried_again_is_not_begun_anew() -> None:
    following = carried(edited("3d email value\n9d call feedback"), at(2, 1, attempt=2))
    assert isinstance(following, Advance)
    assert following.step.attempt == 2


lines = st.sampled_from(
    [
        "3d email value",
        "4d call feedback",
        "7d email: close the loop",
        "2bd sms reminder: propose meeting",
        "1d video value",
    ]
)


@given(st.lists(lines, min_size=1, max_size=6), st.integers(1, 3), st.integers(-3, 30), st.booleans())
def test_nobody_goes_back_and_nobody_is_forgotten(new: list[str], number: int, due_in: int, held: bool) -> None:
    place = replace(at(number, number - 1, due_in), is_held=held)
    following = carried(edited("\n".join(new)), place)
    if following is None:
        assert number <= len(new)
        return
    assert following.step is not None
    if isinstance(following, Advance):
        assert following.step.number is not None
        assert place.done_number < following.step.number <= len(new)
    if held and not (isinstance(following, Finish) and following.park_until_on):
        assert following.step.due_at == place.step.due_at
    elif following.step.due_at != place.step.due_at:
        assert following.step.due_at > NOW
        assert calendar.is_workday(calendar.local_date(following.step.due_at, CAL.zone), CAL)
