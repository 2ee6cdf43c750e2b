"""How somebody likes to be reached: what their answers tell, and what the engine makes of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from cadences import call_windows, engine, library, planning
from cadences.decisions import Advance, Facts, Finish, PlannedStep, Reach
from cadences.model import Cadence, Channel, FollowUpType, Outcome, Purpose, Stage, Temperature
from cadences.preference import Tally, suggestion, tallies
from cadences.reach import by_preference, in_turn, one_off
from cadences.warmth import COLD_BELOW, HOT_FROM, of_score
from cadences.work_calendar import WorkCalendar

BERLIN = ZoneInfo("Europe/Berlin")
CAL = WorkCalendar(BERLIN)
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
BOTH = Reach(email=True, phone=True)
CALL, EMAIL, LINKEDIN, MEETING = Channel.CALL, Channel.EMAIL, Channel.LINKEDIN, Channel.MEETING
FAR_APART = 5
"""An email of the persistent cadence whose successor comes later than another try would."""
PICKED_UP, SENT, SILENT, REPLIED = Outcome.CONNECTED, Outcome.SENT, Outcome.NO_ANSWER, Outcome.REPLIED


def cadence(key: str) -> Cadence:
    found = library.get(key)
    assert found is not None
    return found


def test_a_reply_answers_the_touch_before_it_by_whatever_channel_it_came() -> None:
    made = [(EMAIL, SENT), (CALL, REPLIED), (CALL, SILENT), (CALL, PICKED_UP), (EMAIL, SENT)]
    assert set(tallies(made)) == {Tally(EMAIL, 2, 1), Tally(CALL, 2, 1)}


def test_a_reply_out_of_the_blue_and_an_absence_count_for_nothing() -> None:
    assert tallies([(EMAIL, REPLIED), (EMAIL, Outcome.OUT_OF_OFFICE)]) == ()
    assert tallies([(EMAIL, SENT), (EMAIL, REPLIED), (CALL, REPLIED)]) == (Tally(EMAIL, 1, 1),)


@pytest.mark.parametrize(
    ("found", "best"),
    [
        ([Tally(CALL, 3, 3), Tally(EMAIL, 4, 0)], CALL),
        ([Tally(CALL, 3, 3)], CALL),
        ([Tally(EMAIL, 4, 2), Tally(CALL, 6, 1)], EMAIL),
        ([Tally(CALL, 2, 2), Tally(EMAIL, 4, 0)], None),
        ([Tally(CALL, 4, 1), Tally(EMAIL, 4, 0)], None),
        ([Tally(CALL, 4, 3), Tally(EMAIL, 4, 2)], None),
        ([Tally(CALL, 4, 2), Tally(EMAIL, 1, 1)], None),
        ([Tally(MEETING, 5, 5)], None),
        ([], None),
    ],
)
def test_only_what_clearly_does_better_over_enough_touches_is_suggested(
    found: list[Tally], best: Channel | None
) -> None:
    said = suggestion(found)
    assert (said.best.channel if said else None) is best


@pytest.mark.parametrize(
    ("written", "reach", "channel"),
    [
        (CALL, replace(BOTH, preferred=EMAIL), EMAIL),
        (EMAIL, replace(BOTH, preferred=CALL), CALL),
        (EMAIL, BOTH, EMAIL),
        (EMAIL, Reach(email=True, preferred=CALL), EMAIL),
        (MEETING, replace(BOTH, preferred=EMAIL), MEETING),
        (CALL, replace(BOTH, preferred=MEETING), CALL),
        (EMAIL, Reach(preferred=LINKEDIN), LINKEDIN),
    ],
)
def test_the_preferred_channel_stands_in_where_it_says_the_same_and_can_be_made(
    written: Channel, reach: Reach, channel: Channel
) -> None:
    assert by_preference(written, reach) is channel


def test_every_step_of_a_cadence_goes_the_way_they_prefer() -> None:
    facts = Facts(replace(BOTH, preferred=EMAIL))
    first = engine.start(cadence("persistent"), NOW, CAL, facts)
    while isinstance(first, Advance):
        step = first.step
        assert step.channel not in {CALL, LINKEDIN}
        at = step.due_at
        found = engine.after_touch(cadence("persistent"), step.number, SENT, at, at, CAL, facts, channel=step.channel)
        assert isinstance(found, Advance | Finish)
        first, facts = found, replace(facts, unanswered=facts.unanswered + 1, last_touch_at=at)


def test_a_step_without_an_address_is_made_the_way_they_prefer_instead_of_left_out() -> None:
    start = engine.start(cadence("persistent"), NOW, CAL, Facts(Reach(phone=True, preferred=CALL)))
    assert isinstance(start, Advance)
    assert (start.step.number, start.step.channel, start.step.skipped) == (1, CALL, ())


def test_a_call_in_place_of_an_email_is_tried_again_as_any_call_is() -> None:
    facts = Facts(replace(BOTH, preferred=CALL))
    again = engine.after_touch(cadence("persistent"), FAR_APART, SILENT, NOW, NOW, CAL, facts, channel=CALL)
    assert isinstance(again, Advance)
    assert (again.step.number, again.step.channel, again.step.attempt) == (FAR_APART, CALL, 2)


def test_nurturing_takes_turns_unless_they_prefer_a_way() -> None:
    kind = (FollowUpType.RE_ENGAGEMENT, Purpose.SHARE_VALUE)
    assert in_turn(NOW, *kind, Facts(BOTH, last_channel=EMAIL)).channel is CALL
    assert in_turn(NOW, *kind, Facts(BOTH, last_channel=CALL)).channel is EMAIL
    assert in_turn(NOW, *kind, Facts(BOTH)).channel is EMAIL
    assert in_turn(NOW, *kind, Facts(Reach(email=True), last_channel=EMAIL)).channel is EMAIL
    assert in_turn(NOW, *kind, Facts(replace(BOTH, preferred=EMAIL), last_channel=EMAIL)).channel is EMAIL
    assert one_off(NOW, *kind, replace(BOTH, preferred=CALL)).channel is CALL


def test_the_end_of_a_cadence_takes_its_turn_from_the_touch_just_made() -> None:
    nurturing = cadence("nudge")
    last = len(nurturing.steps)
    facts = Facts(BOTH, Stage.WORKING)
    by_mail = engine.after_touch(nurturing, last, SENT, NOW, NOW, CAL, facts, channel=EMAIL)
    by_phone = engine.after_touch(nurturing, last, PICKED_UP, NOW, NOW, CAL, facts, channel=CALL)
    assert isinstance(by_mail, Finish)
    assert isinstance(by_phone, Finish)
    assert by_mail.step is not None
    assert by_phone.step is not None
    if by_mail.step.type is FollowUpType.RE_ENGAGEMENT:
        assert (by_mail.step.channel, by_phone.step.channel) == (CALL, EMAIL)


def test_a_step_on_their_channel_may_be_moved_off_a_full_day_like_any_other() -> None:
    written = cadence("persistent").steps[0]
    step = PlannedStep(NOW, CALL, written.type, written.purpose, number=1)
    assert planning.tolerance_of(step, cadence("persistent")) == written.window


@pytest.mark.parametrize(
    ("zone", "at", "best_at"),
    [
        ("Europe/Berlin", time(14), datetime(2026, 11, 24, 13, tzinfo=UTC)),
        ("America/New_York", time(10), datetime(2026, 11, 24, 15, tzinfo=UTC)),
        ("America/New_York", time(15), None),
        ("Asia/Tokyo", time(16, 30), datetime(2026, 11, 24, 7, 30, tzinfo=UTC)),
    ],
)
def test_their_best_time_counts_inside_the_hours_both_work(zone: str, at: time, best_at: datetime | None) -> None:
    on, theirs = date(2026, 11, 24), ZoneInfo(zone)
    windows = call_windows.shared_hours(on, CAL, theirs)
    assert call_windows.best_moment(on, at, theirs, windows) == best_at


def test_across_the_date_line_their_clock_may_show_it_on_another_day() -> None:
    on, auckland = date(2026, 11, 24), ZoneInfo("Pacific/Auckland")
    cal = WorkCalendar(ZoneInfo("America/Los_Angeles"))
    best_at = call_windows.best_moment(on, time(9, 30), auckland, call_windows.shared_hours(on, cal, auckland))
    assert best_at is not None
    assert best_at.astimezone(auckland).date() == on + timedelta(days=1)


def test_warm_by_points() -> None:
    assert [of_score(points) for points in (0, COLD_BELOW - 1, COLD_BELOW, HOT_FROM - 1, HOT_FROM, 200)] == [
        Temperature.COLD, Temperature.COLD, Temperature.WARM, Temperature.WARM, Temperature.HOT, Temperature.HOT,
    ]  # fmt: skip
