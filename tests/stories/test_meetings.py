"""Straight out of a meeting: one line logs it, begins what follows, and asks what was agreed."""

import pytest

from bot.views import ids
from cadences.model import Stage
from tests.support.app import Story, labels, read

MET = "met Dana Li @ Acme -- wants SSO, budget in March"


async def test_somebody_new_is_kept_followed_up_and_asked_about(both: Story) -> None:
    """Ana comes out of a meeting; three points go into the thank-you."""
    answer = await both.told(both.ana, MET)
    assert "Met Dana Li at Acme, new with you. Next: email Fri 20 Nov 15:00" in answer.text
    assert "wants SSO, budget in March" in read(answer)
    assert labels(answer) == ["Add recap points", "Edit", "Undo"]
    assert (both.prospect("Dana Li").stage, both.prospect("Dana Li").company) == (Stage.ENGAGED, "Acme")

    await both.clicks(both.ana, answer, ids.RECAP)
    await both.submits(both.ana, point_1="SSO is a must", point_2="a price by Friday")

    assert both.notes() == ["wants SSO, budget in March", "Recap:\n• SSO is a must\n• a price by Friday"]


async def test_somebody_known_by_exactly_that_name_is_not_kept_twice(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme, dana@acme.com")
    answer = await story.told(story.ana, "met dana li @ acme -- wants SSO")
    assert "Met Dana Li at Acme. Next: email" in answer.text
    assert len(story.prospects()) == 1
    assert "type that name, or add Dana Lim, Acme first" in (await story.told(story.ana, "met Dana Lim @ Acme")).text
    assert len(story.prospects()) == 1
    await story.told(story.ana, "met Dana Lim @ Other")
    assert len(story.prospects()) == 2


@pytest.mark.parametrize(
    "line",
    ["met Dana @ Acme -- wants SSO", "met acme", "met dana", "met Dana Li @ Acme GmbH", "met D. Li, dana@acme.com"],
)
async def test_half_a_name_the_company_or_the_address_is_enough_for_somebody_known(story: Story, line: str) -> None:
    await story.told(story.ana, "add Dana Li, Acme, dana@acme.com")
    assert "Met Dana Li at Acme. Next: email" in (await story.told(story.ana, line)).text
    assert len(story.prospects()) == 1


async def test_two_people_of_that_name_ask_which(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme")
    await story.told(story.ana, "add Dana Roe, Acme")
    assert "Which “Dana” do you mean?" in (await story.told(story.ana, "met Dana @ Acme")).text
    assert len(story.prospects()) == 2


async def test_who_asked_us_to_stop_is_not_kept_again_by_a_meeting(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme, dana@acme.com")
    await story.told(story.ana, "stop dana")
    assert "asked us to stop" in (await story.told(story.ana, "met Neu Name, dana@acme.com")).text
    assert len(story.prospects()) == 1


async def test_what_a_meeting_does_not_keep_is_said_with_the_line_that_does(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme")
    answer = await story.told(story.ana, "met Dana Li @ Acme, $15k, yesterday")
    assert "Their details stay as they were. To change them: `/followup edit Dana Li, $15k`" in answer.text
    assert "To give it its day: `/followup fix last Dana Li yesterday`" in answer.text
    assert "called" not in (await story.told(story.ana, "fix last Dana Li yesterday")).text
    assert "Edited" in (await story.told(story.ana, "edit Dana Li, $15k")).text
    planned = await story.told(story.ana, "met Dana Li, call thu 10am")
    assert "`/followup snooze Dana Li thu 10am`" in planned.text
    assert "Thu 26 Nov" in (await story.told(story.ana, "snooze Dana Li thu 10am")).text


async def test_an_address_in_the_line_is_read_too(story: Story) -> None:
    await story.told(story.ana, "met Dana Li @ Acme, dana@acme.com, $12k -- wants SSO")
    kept = story.prospect("Dana Li")
    assert (kept.email, kept.value_minor, kept.company) == ("dana@acme.com", 12_000_00, "Acme")


async def test_a_meeting_is_undone_with_its_prospect(story: Story) -> None:
    answer = await story.told(story.ana, MET)
    await story.clicks(story.ana, answer, ids.UNDO)
    assert (story.prospects(), story.notes()) == ([], [])


async def test_without_a_name_nobody_was_met(story: Story) -> None:
    for line in ("met", "met @ Acme", "met -- wants SSO"):
        assert "Nothing was" in (await story.told(story.ana, line)).text
    assert story.prospects() == []


async def test_a_teammates_prospect_is_hers_to_meet(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme")
    assert "is ana’s" in (await story.told(story.ben, "met Dana Li @ Acme")).text
    assert len(story.prospects()) == 1


async def test_a_recap_without_a_point_keeps_nothing(story: Story) -> None:
    answer = await story.told(story.ana, MET)
    await story.clicks(story.ana, answer, ids.RECAP)
    await story.sandbox.submit(story.ana, story.form(story.ana), {"point_1": "  "})
    await story.settle()
    assert story.notes() == ["wants SSO, budget in March"]
