"""The built-in cadences keep the rules that the program preaches."""

import re
from datetime import timedelta
from itertools import pairwise

import pytest

from cadences import library
from cadences.definition import dump, load
from cadences.model import Cadence, Channel, DelayUnit, EndAction, Purpose

LAZY = re.compile(
    r"just (checking in|following up)|touch(ing)? base|any (news|updates)\b|bump(ing)? this", re.IGNORECASE
)
VARIABLE = re.compile(r"\{\{ (.+?) \}\}")
KNOWN_VARIABLES = {"prospect.first_name", "prospect.company"}

every_cadence = pytest.mark.parametrize("cadence", library.all(), ids=lambda cadence: cadence.key)


def delays(key: str) -> list[str]:
    cadence = library.get(key)
    assert cadence is not None
    return [str(step.delay) for step in cadence.steps]


def test_the_library_offers_its_cadences_by_key() -> None:
    assert [cadence.key for cadence in library.all()] == ["post-meeting", "nudge", "persistent", "post-sale"]
    assert all(library.get(cadence.key) is cadence for cadence in library.all())


@pytest.mark.parametrize("key", ["", "unknown", "Nudge", "../nudge", "nudge.yml", "__init__"])
def test_an_unknown_key_is_no_cadence(key: str) -> None:
    assert library.get(key) is None


def test_after_a_meeting_the_touches_come_after_24_hours_a_week_and_a_month() -> None:
    assert delays("post-meeting") == ["24h", "6d", "23d"]


def test_after_a_sale_the_check_ins_come_on_day_3_30_and_90() -> None:
    assert delays("post-sale") == ["3d", "27d", "60d"]


def test_the_nudge_comes_on_day_3_7_and_14() -> None:
    assert delays("nudge") == ["3d", "4d", "7d"]


def test_the_persistent_one_has_eight_touches_on_mixed_channels() -> None:
    persistent = library.get("persistent")
    assert persistent is not None
    channels = [step.channel for step in persistent.steps]
    assert len(channels) == 8
    assert set(channels) == {Channel.EMAIL, Channel.CALL, Channel.LINKEDIN, Channel.VIDEO}
    assert all(first is not second for first, second in pairwise(channels))


@every_cadence
def test_each_brings_value_and_none_pesters(cadence: Cadence) -> None:
    assert any(step.purpose is Purpose.SHARE_VALUE for step in cadence.steps)
    later = [step.delay for step in cadence.steps[1:]]
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
