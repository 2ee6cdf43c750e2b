"""The two-minute day: Ana answers her whole digest in one typed line."""

from datetime import timedelta

from bot.views import ids
from cadences.model import Stage
from tests.support.app import Story, labels, read

NAMES = ("Dana Li", "Sam Sample", "Pia Probe")


async def digest_of_three(story: Story) -> None:
    """Thursday's adds stand in Friday's digest at 08:45."""
    for number, name in enumerate(NAMES):
        await story.told(story.ana, f"add {name}, {name.split()[0]} Ltd, $5k, call tomorrow {9 + number}am")
    await story.moves_to(story.now + timedelta(hours=18))


async def test_three_rows_are_answered_in_one_line_and_taken_back_with_one_undo(both: Story) -> None:
    story = both
    await digest_of_three(story)
    assert "1. Dana Li" in story.digest(story.ana).text

    answer = await story.told(story.ana, "1 called no answer; 2 snooze mon; 3 won 12k")

    assert "3 follow-ups answered" in answer.text
    assert "1. Dana Li at Dana Ltd: called, no answer; next: email Tue 24 Nov" in answer.text
    assert "2. Sam Sample at Sam Ltd: snoozed to Mon 23 Nov." in answer.text
    assert "3. Pia Probe at Pia Ltd: won $12,000." in answer.text
    assert labels(answer) == ["Undo all 3"]
    digest = story.digest(story.ana)
    assert "3 of 3 done" in read(digest)
    assert len(labels(digest, ids.UNDO)) == 3

    await story.clicks(story.ana, answer, label="Undo all 3")

    assert "Undone: answered 3 follow-ups together" in story.screen(story.ana).text
    assert {each.stage for each in story.prospects()} == {Stage.NEW}
    assert "3 of 3 done" not in read(story.digest(story.ana))


async def test_the_undo_of_one_row_in_the_digest_takes_the_whole_answer_back(story: Story) -> None:
    await digest_of_three(story)
    await story.told(story.ana, "1 voicemail; 2 lost pricing")
    await story.clicks(story.ana, story.digest(story.ana), ids.UNDO, row="Sam Sample")
    assert {each.stage for each in story.prospects()} == {Stage.NEW}
    assert "done" not in read(story.digest(story.ana))


async def test_one_bad_part_and_nothing_is_changed_and_each_is_named_with_an_example(story: Story) -> None:
    await digest_of_three(story)
    answer = await story.told(story.ana, "1 called; 2 snooze firday; 3 lost; 7 won")
    assert "Nothing was changed: 3 parts can’t be done." in answer.text
    assert "2: “snooze firday”" in answer.text
    assert "For example: /followup 2 snooze fri" in answer.text
    assert "3: Say why it is lost. For example: /followup 3 lost pricing" in answer.text
    assert "7: There is no such row: today’s rows are 1 to 3" in answer.text
    assert {each.stage for each in story.prospects()} == {Stage.NEW}
    assert story.notes() == []


async def test_who_moved_on_since_is_named_and_nothing_is_changed(story: Story) -> None:
    """Cleo calls Dana while Ana types."""
    await digest_of_three(story)
    await story.told(story.cleo, "log dana call connected")
    answer = await story.told(story.ana, "1 called no answer; 2 won 9k")
    assert "1: Dana Li at Dana Ltd moved on since: called by" in answer.text
    assert story.prospect("Sam Sample").stage is Stage.NEW


async def test_without_a_digest_the_numbers_are_those_of_the_list(story: Story) -> None:
    """Ana's digest is off; she types /followup, logs the first, and the others keep their numbers."""
    await story.told(story.ana, "settings digest off")
    await digest_of_three(story)
    shown = await story.told(story.ana, "")
    assert "3. Pia Probe" in shown.text
    await story.told(story.ana, "1 called")
    assert "2. Sam Sample" in (await story.told(story.ana, "")).text
    answer = await story.told(story.ana, "3 replied interested -- wants a quote; 2 note likes cats & dogs <b>")
    assert "3. Pia Probe at Pia Ltd: they replied: interested" in answer.text
    assert sorted(story.notes()) == ["likes cats & dogs <b>"]


async def test_the_rows_of_a_snoozed_digest_count_until_midnight_only(story: Story) -> None:
    await digest_of_three(story)
    await story.waits(hours=20)
    assert "Nothing was changed" in (await story.told(story.ana, "1 called")).text


async def test_rows_are_put_off_together_and_brought_back_with_one_undo(story: Story) -> None:
    await digest_of_three(story)
    answer = await story.told(story.ana, "snooze 2-3 to wed")
    assert "2 follow-ups snoozed: Sam Sample at Sam Ltd: snoozed to Wed 25 Nov." in answer.text
    assert "2 of 3 done" in read(story.digest(story.ana))
    await story.clicks(story.ana, answer, label="Undo all")
    assert "done" not in read(story.digest(story.ana))
    assert "Nothing was changed" in (await story.told(story.ana, "snooze overdue to mon")).text


async def test_a_weekly_digest_is_typed_shown_and_taken_back(story: Story) -> None:
    assert (
        "Your weekly digest is on: 08:45 (Europe/Berlin) on Mon. Next: Mon 23 Nov"
        in (await story.told(story.ana, "settings weekly")).text
    )
    assert "Your daily digest is on" in (await story.told(story.ana, "settings weekly off")).text
    await story.told(story.ana, "undo")
    assert "Your weekly digest is on" in (await story.told(story.ana, "settings")).text
