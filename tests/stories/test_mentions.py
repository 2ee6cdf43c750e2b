"""Who is mentioned in what is kept is kept by name, wherever it was typed."""

from datetime import timedelta

import pytest

from tests.support.app import Story, read

ROSA = "add Rosa Luz, Delta, call tomorrow 9am"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("log rosa call <@U0BEN> joined", "call @ben joined"),
        ("log rosa <@U0BEN> -- x", "@ben\nx"),
        ("note rosa asked <@U0BEN|ben> for help", "asked @ben for help"),
        ("snooze rosa fri -- with <@U0BEN> and <@U0CLEO>", "with @ben and @cleo"),
    ],
)
async def test_a_mention_in_a_typed_note_is_kept_as_a_name(both: Story, line: str, kept: str) -> None:
    await both.told(both.ana, ROSA)
    await both.told(both.ana, line)
    shown = read(await both.told(both.ana, "show rosa"))
    assert kept in shown
    assert "<@" not in shown.replace("&lt;", "<")


async def test_whom_slack_does_not_know_is_kept_by_the_number(story: Story) -> None:
    story.expected_refusals = {"user_not_found"}
    await story.told(story.ana, ROSA)
    await story.told(story.ana, "note rosa <@U0NOBODY> knows her")
    assert story.notes() == ["@U0NOBODY knows her"]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("log rosa ☎ 💥 <@U0BEN> -- x", "☎ 💥 @ben\nx"),
        ("log rosa 💥", "💥"),
        ("won rosa 🎉 -- signed", "🎉\nsigned"),
    ],
)
async def test_pictures_behind_a_name_are_kept_in_the_note(story: Story, line: str, kept: str) -> None:
    await story.told(story.ana, ROSA)
    await story.told(story.ana, line)
    assert kept in read(await story.told(story.ana, "show rosa"))


async def test_a_picture_that_is_in_the_name_is_no_note(story: Story) -> None:
    await story.told(story.ana, "add Rosa 🌹, Delta")
    await story.told(story.ana, "won rosa 🌹")
    assert story.prospect("Rosa 🌹").close_note is None


async def test_a_mention_in_the_note_of_an_add_or_of_a_row_is_kept_as_a_name(both: Story) -> None:
    await both.told(both.ana, f"{ROSA} -- from <@U0BEN>")
    assert both.notes() == ["from @ben"]
    await both.moves_to(both.now + timedelta(hours=18))
    await both.told(both.ana, "1 called no answer -- told <@U0BEN>")
    assert "told @ben" in read(await both.told(both.ana, "show rosa"))


@pytest.mark.parametrize(
    "line", ["edit rosa hot -- ask <@U0BEN>", "met rosa luz -- ask <@U0BEN>", "met Pia Probe @ Beta -- ask <@U0BEN>"]
)
async def test_a_mention_in_the_note_of_an_edit_or_a_meeting_is_kept_as_a_name(story: Story, line: str) -> None:
    await story.told(story.ana, ROSA)
    assert "ask @ben" in read(await story.told(story.ana, line))
    assert story.notes() == ["ask @ben"]


async def test_a_mention_in_a_hook_is_kept_as_a_name(story: Story) -> None:
    await story.told(story.ana, ROSA)
    assert "knows @ben" in read(await story.told(story.ana, "hook rosa knows <@U0BEN>"))
