"""What was shown for three days and not touched is counted and asked about: re-plan, park or drop."""

from datetime import UTC, datetime

import pytest

from bot.views import ids
from cadences.model import Stage
from tests.support.app import Story, labels, read
from tests.support.rows import forgotten

FRIDAY = datetime(2026, 11, 20, 7, 45, tzinfo=UTC)
"""08:45 in Berlin: the first digest that shows them."""


async def ignored_for_days(story: Story) -> None:
    """Two prospects, due on Friday, shown on Friday, Monday and Tuesday, and never touched."""
    for name in ("Dana Li, Acme", "Eli Wu, Beta"):
        await story.told(story.ana, f"add {name}")
    for day in (20, 23, 24, 25):
        await story.moves_to(datetime(2026, 11, day, 7, 45, tzinfo=UTC))


async def test_after_three_days_they_are_one_line_with_a_question(both: Story) -> None:
    """Ana looks at the same two names on three mornings, and then they are asked about."""
    await ignored_for_days(both)
    digest = both.digest(both.ana)
    assert "2 were in your list three days and not touched: Dana Li at Acme, Eli Wu at Beta." in digest.text
    assert labels(digest)[:3] == ["Re-plan 2", "Park 2", "Drop 2"]
    assert "All clear" not in read(digest)


@pytest.mark.parametrize(
    ("action", "stage"),
    [(ids.IGNORED_REPLAN, Stage.NEW), (ids.IGNORED_PARK, Stage.PARKED), (ids.IGNORED_DROP, Stage.LOST)],
)
async def test_one_press_decides_about_all_of_them_and_one_undo_takes_it_back(
    story: Story, action: str, stage: Stage
) -> None:
    await ignored_for_days(story)
    digest = story.digest(story.ana)
    await story.clicks(story.ana, digest, action)
    assert {each.stage for each in story.prospects()} == {stage}
    assert "not touched" not in read(story.digest(story.ana))
    assert labels(story.screen(story.ana)) == ["Undo"]
    assert forgotten(story.db, story.sandbox.workspace.team_id) == []

    assert "Undone" in (await story.told(story.ana, "undo")).text
    assert {each.stage for each in story.prospects()} == {Stage.NEW}
    assert "2 were in your list three days and not touched" in read(story.digest(story.ana))


async def test_the_same_question_pressed_twice_decides_once(story: Story) -> None:
    await ignored_for_days(story)
    old = story.digest(story.ana).snapshot()
    await story.clicks(story.ana, old, ids.IGNORED_PARK)
    await story.clicks(story.ana, old, ids.IGNORED_DROP)
    assert {each.stage for each in story.prospects()} == {Stage.PARKED}


async def test_what_was_followed_up_in_time_is_not_asked_about(story: Story) -> None:
    for name in ("Dana Li, Acme", "Eli Wu, Beta"):
        await story.told(story.ana, f"add {name}")
    await story.moves_to(FRIDAY)
    await story.told(story.ana, "snooze acme mon")
    for day in (23, 24, 25):
        await story.moves_to(datetime(2026, 11, day, 7, 45, tzinfo=UTC))
    digest = story.digest(story.ana)
    assert "1 was in your list three days and not touched: Eli Wu at Beta." in digest.text
    assert "Dana Li" in read(digest)
    await story.clicks(story.ana, digest, ids.IGNORED_REPLAN)
    assert "1 follow-up today" in story.digest(story.ana).text


@pytest.mark.parametrize(("line", "stage"), [("replan ignored", Stage.NEW), ("park the ignored", Stage.PARKED)])
async def test_a_typed_line_decides_about_all_of_them_too_and_the_typed_list_says_so(
    story: Story, line: str, stage: Stage
) -> None:
    await ignored_for_days(story)
    listed = await story.told(story.ana, "")
    assert "replan ignored" in read(listed)
    await story.clicks(story.ana, await story.told(story.ana, line), ids.UNDO)
    assert {each.stage for each in story.prospects()} == {Stage.NEW}
    await story.told(story.ana, line)
    assert {each.stage for each in story.prospects()} == {stage}
    assert "not touched" not in (await story.told(story.ana, "")).text
    assert "Nothing was ignored" in (await story.told(story.ana, line)).text
