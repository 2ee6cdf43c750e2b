"""The built-in cadences keep the rules that the program preaches."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from cadences import engine, library
from cadences.decisions import Advance, Decision, Facts, Reach
from cadences.definition import dump, load
from cadences.lint import lint
from cadences.model import Cadence, Channel, DelayUnit, EndAction, Outcome, Purpose, StartsAfter
from cadences.work_calendar import WorkCalendar

LAZY = re.compile(
    r"just (checking in|following up)|touch(ing)? base|any (news|updates)\b|bump(ing)? this", re.IGNORECASE
)
VARIABLE = re.compile(r"\{\{ (.+?) \}\}")
HURRIED = "no-show"
"""A missed meeting is mended at once or not at all: days 1, 2 and 4."""
EXPECTED_ADVICE = {
    "no-show": ("step 2: 24h after the step before can be", "step 3: 48h after the step before can be"),
    "post-meeting": ("no closing step",),
    "post-sale": ("no closing step",),
}
"""The hurried one is meant to be; a conversation and a customer are not closed but nurtured."""
KNOWN_VARIABLES = {"prospect.first_name", "prospect.company"}

UTC = ZoneInfo("UTC")
WEEK = WorkCalendar(UTC)
MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)

every_cadence = pytest.mark.parametrize("cadence", library.all(), ids=lambda cadence: cadence.key)


def library_cadence(key: str) -> Cadence:
    cadence = library.get(key)
    assert cadence is not None
    return cadence


def delays(key: str) -> list[str]:
    return [str(step.delay) for step in library_cadence(key).steps]


def test_the_library_offers_its_cadences_by_key() -> None:
    keys = "post-meeting nudge persistent meeting no-show re-engage post-sale referral linkedin"
    assert [cadence.key for cadence in library.all()] == keys.split()
    assert all(library.get(cadence.key) is cadence for cadence in library.all())


@pytest.mark.parametrize("key", ["", "unknown", "Nudge", "../nudge", "nudge.yml", "__init__"])
def test_an_unknown_key_is_no_cadence(key: str) -> None:
    assert library.get(key) is None


def test_after_a_meeting_the_touches_come_after_24_hours_a_week_and_a_month() -> None:
    assert delays("post-meeting") == ["24h", "6d", "23d"]


def test_after_a_sale_the_check_ins_come_on_day_3_30_and_90_and_then_before_the_renewal() -> None:
    assert delays("post-sale") == ["3d", "27d", "60d", "90d", "60d", "30d"]
    assert [step.before_renewal for step in library_cadence("post-sale").steps] == [False] * 3 + [True] * 3


def dates_of(key: str, facts: Facts) -> list[date]:
    """The dates of a built-in whose every step is made when it is due, and nobody answers."""
    cadence = library_cadence(key)
    decision: Decision = engine.start(cadence, MONDAY, WEEK, facts)
    dates: list[date] = []
    while isinstance(decision, Advance):
        number, due_at = decision.step.number, decision.step.due_at
        dates.append(due_at.date())
        decision = engine.after_touch(cadence, number, Outcome.SENT, due_at, due_at, WEEK, facts)
        facts = replace(facts, last_touch_at=due_at, unanswered=facts.unanswered + 1)
    return dates


def test_the_check_ins_before_a_renewal_are_90_60_and_30_days_before_it() -> None:
    renewal_on = date(2027, 11, 22)
    known = dates_of("post-sale", Facts(Reach(renewal_on=renewal_on)))
    assert [(renewal_on - on).days for on in known[3:]] == [90, 60, 28]  # 30 days before is a Saturday
    assert dates_of("post-sale", Facts()) == known[:3]


def test_the_interested_are_asked_for_a_meeting_within_a_day() -> None:
    assert delays("meeting") == ["24h", "2bd", "3bd", "5bd"]
    meeting = library_cadence("meeting")
    assert meeting.starts_after is StartsAfter.REPLY
    assert [step.channel for step in meeting.steps] == [Channel.EMAIL, Channel.CALL, Channel.EMAIL, Channel.EMAIL]
    assert meeting.steps[0].purpose is Purpose.PROPOSE_MEETING
    assert meeting.end.action is EndAction.ASK


def test_eight_touches_of_the_persistent_one_stand_as_they_are_written() -> None:
    assert len(dates_of("persistent", Facts())) == 8


def test_the_nudge_comes_on_day_3_7_and_14() -> None:
    assert delays("nudge") == ["3d", "4d", "7d"]


def test_the_persistent_one_has_eight_touches_on_mixed_channels() -> None:
    persistent = library.get("persistent")
    assert persistent is not None
    channels = [step.channel for step in persistent.steps]
    assert len(channels) == 8
    assert set(channels) == {Channel.EMAIL, Channel.CALL, Channel.LINKEDIN, Channel.VIDEO}
    assert all(first is not second for first, second in pairwise(channels))


def test_after_a_no_show_the_touches_come_on_day_1_2_and_4() -> None:
    assert delays("no-show") == ["24h", "24h", "48h"]
    assert [(on - MONDAY.date()).days for on in dates_of("no-show", Facts())] == [1, 2, 4]


def test_the_quiet_are_asked_again_after_weeks_and_then_months() -> None:
    assert delays("re-engage") == ["14d", "21d", "30d", "60d"]


def test_a_referral_is_asked_for_after_a_positive_check_in_only() -> None:
    referral = library_cadence("referral")
    assert referral.starts_after is StartsAfter.CHECK_IN
    assert "Only after a positive check-in" in referral.description


@every_cadence
def test_each_says_what_it_follows_or_fits_anywhere(cadence: Cadence) -> None:
    assert (cadence.starts_after is None) == (cadence.key in {"persistent", "linkedin"})


@every_cadence
def test_each_gets_only_the_advice_that_is_expected_of_it(cadence: Cadence) -> None:
    told = [str(advice) for advice in lint(cadence)]
    expected = EXPECTED_ADVICE.get(cadence.key, ())
    assert len(told) == len(expected)
    assert all(words.startswith(start) for words, start in zip(told, expected, strict=True))


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("persistent", "persistent"),
        ("Meeting", "meeting"),
        ("meting", "meeting"),
        ("post-meting", "post-meeting"),
        ("Post meeting", "post-meeting"),
        ("no_show", "no-show"),
        ("persistant", "persistent"),
        ("reengage", "re-engage"),
        ("", None),
        ("acme", None),
        ("persistent " * 4_000, None),
    ],
)
def test_a_cadence_is_found_as_people_type_it(typed: str, key: str | None) -> None:
    assert library.named(typed) == key


def test_only_the_exact_name_counts_where_it_must() -> None:
    assert library.named("persistant", forgiving=False) is None
    assert library.named("no show", forgiving=False) == "no-show"


@every_cadence
def test_each_brings_value_and_none_pesters(cadence: Cadence) -> None:
    assert any(step.purpose is Purpose.SHARE_VALUE for step in cadence.steps)
    later = [step.delay for before, step in pairwise(cadence.steps) if not before.light]
    if cadence.key != HURRIED:
        assert all(delay.unit is not DelayUnit.HOURS and delay.amount >= 2 for delay in later)


@every_cadence
def test_each_closes_politely_or_goes_on_nurturing(cadence: Cadence) -> None:
    assert cadence.steps[-1].purpose is Purpose.CLOSE_THE_LOOP or cadence.end.action is EndAction.NURTURE


@every_cadence
def test_each_template_says_something_and_names_only_what_is_known(cadence: Cadence) -> None:
    for step in cadence.steps:
        assert len(step.template.split()) >= 15
        assert not LAZY.search(step.template)
        assert set(VARIABLE.findall(step.template)) <= KNOWN_VARIABLES
        assert step.template.count("{{") == len(VARIABLE.findall(step.template))


@every_cadence
def test_each_survives_being_written_and_read(cadence: Cadence) -> None:
    assert load(dump(cadence), "copy.yml") == cadence


def test_eight_touches_take_more_than_a_month() -> None:
    business_days = sum(int(delay.removesuffix("bd")) for delay in delays("persistent"))
    assert timedelta(days=business_days * 7 / 5) > timedelta(days=30)


def test_on_linkedin_three_light_touches_come_before_anything_is_asked_elsewhere() -> None:
    known = library_cadence("linkedin")
    assert [step.channel for step in known.steps] == [Channel.LINKEDIN] * 3 + [Channel.EMAIL]
    assert [step.template.split()[0] for step in known.steps[:2]] == ["Like", "Comment"]
    assert [step.light for step in known.steps] == [True, True, False, False]
    assert delays("linkedin") == ["1h", "1bd", "3bd", "5bd"]
    assert list(lint(known)) == []
