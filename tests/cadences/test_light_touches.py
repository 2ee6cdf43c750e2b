"""A like or a comment is a light touch: what follows waits for its own delay, and for nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cadences import engine, pace, planning, shorthand
from cadences.decisions import Advance, Facts, PlannedStep, Reach
from cadences.definition import DefinitionError, dump, load
from cadences.delays import parse_delay
from cadences.lint import lint
from cadences.load import USUAL_CAPS, Day, Load
from cadences.model import Cadence, Channel, End, EndAction, FollowUpType, Outcome, Purpose, Step
from cadences.preview import preview
from cadences.work_calendar import WorkCalendar

ANA = WorkCalendar(ZoneInfo("Europe/Berlin"))
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
LINKEDIN, CALL, EMAIL = Channel.LINKEDIN, Channel.CALL, Channel.EMAIL
SENT = Outcome.SENT


def step(
    after: str, channel: Channel = LINKEDIN, purpose: Purpose = Purpose.SHARE_VALUE, *, light: bool = False
) -> Step:
    return Step(parse_delay(after), channel, FollowUpType.REMINDER, purpose, light=light)


def cadence_of(*steps: Step) -> Cadence:
    return Cadence("sample", "Sample", 1, steps, End(EndAction.ASK))


LIKE_FIRST = cadence_of(step("1h", light=True), step("1bd", light=True), step("1h", EMAIL))


def after(
    cadence: Cadence, number: int, outcome: Outcome = SENT, facts: Facts | None = None, **made: Channel
) -> PlannedStep:
    """What follows this step, made on Monday at ten in Berlin."""
    channel = made.get("channel", cadence.steps[number - 1].channel)
    light = pace.is_light(cadence, number, channel, outcome)
    known = facts or Facts(Reach(email=True, phone=True))
    decision = engine.after_touch(cadence, number, outcome, MONDAY, MONDAY, ANA, known, channel=channel, light=light)
    assert isinstance(decision, Advance)
    return decision.step


def on(planned: PlannedStep) -> date:
    return planned.due_at.astimezone(ANA.zone).date()


def test_what_follows_a_light_touch_comes_after_its_own_delay() -> None:
    assert on(after(LIKE_FIRST, 1)) == TUESDAY


def test_nor_does_a_light_touch_use_up_the_one_touch_of_a_day() -> None:
    assert on(after(LIKE_FIRST, 2)) == MONDAY.date()


def test_the_same_steps_keep_the_gap_where_they_are_not_light() -> None:
    heavy = cadence_of(*(replace(each, light=False) for each in LIKE_FIRST.steps))
    assert on(after(heavy, 1)) == WEDNESDAY
    assert on(after(heavy, 2)) == TUESDAY


@pytest.mark.parametrize(
    ("outcome", "channel"), [(SENT, CALL), (SENT, EMAIL), (Outcome.CONNECTED, LINKEDIN), (Outcome.VOICEMAIL, CALL)]
)
def test_made_another_way_or_with_somebody_at_the_other_end_it_is_a_touch_like_any_other(
    outcome: Outcome, channel: Channel
) -> None:
    assert on(after(LIKE_FIRST, 1, outcome, channel=channel)) == WEDNESDAY


def test_the_gap_after_a_mail_holds_through_the_like_that_came_between() -> None:
    """A mail on Monday, a like an hour later: the comment waits for the mail's gap."""
    mailed = Facts(Reach(email=True), last_touch_at=MONDAY - timedelta(hours=1))
    assert on(after(LIKE_FIRST, 1, facts=mailed)) == WEDNESDAY


def test_a_light_touch_keeps_its_distance_itself() -> None:
    decision = engine.start(LIKE_FIRST, MONDAY, ANA, Facts(last_touch_at=MONDAY))
    assert isinstance(decision, Advance)
    assert on(decision.step) == TUESDAY


@pytest.mark.parametrize(
    ("facts", "light", "last", "light_at"),
    [
        (Facts(), True, None, 0),
        (Facts(), False, 0, None),
        (Facts(last_touch_at=MONDAY - DAY), True, -1, 0),
        (Facts(last_touch_at=MONDAY + DAY), True, 1, None),
        (Facts(last_touch_at=MONDAY - 2 * DAY, light_at=MONDAY - DAY), False, 0, None),
        (Facts(last_touch_at=MONDAY - 2 * DAY, light_at=MONDAY + DAY), False, 0, 1),
        (Facts(light_at=MONDAY + DAY), True, None, 1),
    ],
)
def test_of_all_touches_the_latest_and_the_latest_that_keeps_others_away_are_known(
    facts: Facts, light: bool, last: int | None, light_at: int | None
) -> None:
    """Days from Monday, on which the touch is told of."""
    found = pace.among(facts, MONDAY, light=light)
    days = [None if each is None else (each - MONDAY).days for each in (found.last_touch_at, found.light_at)]
    assert days == [last, light_at]


def test_a_full_day_never_moves_a_step_closer_to_the_like_before_it() -> None:
    full = Load({TUESDAY: Day(USUAL_CAPS.due)})
    liked = pace.among(Facts(), MONDAY, light=True)
    decision = planning.planned(Advance(after(LIKE_FIRST, 1)), LIKE_FIRST, full, USUAL_CAPS, MONDAY, ANA, liked)
    assert isinstance(decision, Advance)
    assert on(decision.step) == WEDNESDAY


def test_a_light_step_that_can_not_be_made_keeps_nothing_away_either() -> None:
    cadence = cadence_of(step("1h", EMAIL, light=True), step("1h", CALL))
    found = preview(cadence, MONDAY, ANA, Facts(Reach(phone=True)))
    assert [each.planned.due_at.date() for each in found.steps] == [MONDAY.date()]


def test_the_preview_says_the_same_dates() -> None:
    found = preview(LIKE_FIRST, MONDAY, ANA, Facts(Reach(email=True)))
    assert [each.due_at.astimezone(ANA.zone).date() for each in found.steps] == [MONDAY.date(), TUESDAY, TUESDAY]


def test_nothing_is_too_close_to_a_light_touch() -> None:
    told = [each.words for each in lint(LIKE_FIRST) if each.step]
    assert told == []


@pytest.mark.parametrize(
    ("light", "said"),
    [
        (step("3d", CALL, light=True), "call is no light touch: somebody has to take it up"),
        (
            step("3d", LINKEDIN, Purpose.PROPOSE_MEETING, light=True),
            "propose meeting is no light touch: it wants an answer",
        ),
    ],
)
def test_what_somebody_has_to_answer_is_not_light(light: Step, said: str) -> None:
    assert said in [each.words for each in lint(cadence_of(step("1d"), light))]


# --- as text

TEXT = """\
key: sample
name: Sample
steps:
  - after: 1h
    channel: linkedin
    type: value
    purpose: share value
    light: true
  - after: 1bd
    channel: linkedin
    type: value
    purpose: share value
end:
  action: ask
"""


def test_light_stands_in_a_definition_and_comes_out_again() -> None:
    found = load(TEXT, "sample.yml")
    assert [each.light for each in found.steps] == [True, False]
    assert dump(found).count("light: true") == dump(found).count("light") == 1
    assert load(dump(found), "sample.yml") == found
    assert load(TEXT.replace("true", "Yes"), "sample.yml") == found
    assert not any(each.light for each in load(TEXT.replace("true", "false"), "sample.yml").steps)


@pytest.mark.parametrize("given", ["maybe", "1", "[true]", ""])
def test_what_is_neither_true_nor_false_is_refused_by_its_line(given: str) -> None:
    with pytest.raises(DefinitionError, match=r"line 8: step 1: light: .* is neither true nor false"):
        load(TEXT.replace("true", given), "sample.yml")


@pytest.mark.parametrize(
    ("line", "light", "tolerance"),
    [
        ("1bd linkedin value: share value, light", True, None),
        ("1bd linkedin value: share value, light, may move 0d", True, "0d"),
        ("1bd linkedin value (light)", True, None),
        ("1bd linkedin value: share value", False, None),
    ],
)
def test_light_stands_behind_the_purpose_of_a_typed_step(line: str, light: bool, tolerance: str | None) -> None:
    (found,) = shorthand.read(line)
    assert (found.light, found.purpose) == (light, Purpose.SHARE_VALUE)
    assert (found.tolerance and str(found.tolerance)) == tolerance
