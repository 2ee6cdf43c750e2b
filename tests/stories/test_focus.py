"""Focus mode: Ana works her list one card at a time, in one form."""

from bot.views import ids
from cadences.model import Stage
from sandbox.model import View
from tests.stories.test_two_minute_day import digest_of_three
from tests.support.app import Story, labels, options, read


def card(story: Story) -> str:
    return read(story.form(story.ana))


def note_field(story: Story) -> str:
    """The one thing to type into."""
    return str(next(block["block_id"] for block in story.form(story.ana).blocks if block["type"] == "input"))


async def opened(story: Story) -> View:
    """The first card, by the button of her digest."""
    await digest_of_three(story)
    await story.clicks(story.ana, story.digest(story.ana), ids.FOCUS)
    return story.form(story.ana)


async def test_each_answer_brings_the_next_card_and_the_end_says_what_was_done(both: Story) -> None:
    story = both
    form = await opened(story)
    assert "1 of 3" in read(form)
    assert "Dana Li" in read(form)
    assert form.blocks[2]["element"]["focus_on_load"] is True

    await story.clicks(story.ana, form, f"{ids.FOCUS_LOG}voicemail")
    assert "2 of 3" in card(story)
    assert "✓ Dana Li at Dana Ltd: called, voicemail" in card(story)

    await story.submits(story.ana, **{note_field(story): "wants a quote & <more>"})
    assert "3 of 3" in card(story)
    assert "✓ Sam Sample at Sam Ltd: called" in card(story)

    monday = next(value for label, value in options(story.form(story.ana), ids.FOCUS_SNOOZE).items() if "Mon" in label)
    await story.clicks(story.ana, story.form(story.ana), ids.FOCUS_SNOOZE, monday)
    assert "Nothing is left in your list." in card(story)
    assert "3 follow-ups done" in card(story)
    assert len(labels(story.form(story.ana), ids.UNDO)) == 3
    assert "3 of 3 done" in read(story.digest(story.ana))

    await story.clicks(story.ana, story.form(story.ana), ids.UNDO, row="Dana Li")
    assert "Undone: called" in card(story)
    assert "2 of 3 done" in read(story.digest(story.ana))


async def test_skip_changes_nothing_and_back_returns_to_the_card(story: Story) -> None:
    form = await opened(story)
    assert "Back" not in labels(form), "there is no card before the first"
    await story.clicks(story.ana, form, ids.FOCUS_NEXT)
    assert "2 of 3" in card(story)
    await story.clicks(story.ana, story.form(story.ana), ids.FOCUS_BACK)
    assert "1 of 3" in card(story)
    assert "Back" not in labels(story.form(story.ana))
    assert {each.stage for each in story.prospects()} == {Stage.NEW}


async def test_it_keeps_its_place_and_leaves_out_who_moved_on_with_a_word(story: Story) -> None:
    """Ana skips to the second card and closes the form; Cleo calls that one meanwhile."""
    form = await opened(story)
    await story.clicks(story.ana, form, ids.FOCUS_NEXT)
    await story.types(story.ana, "focus")
    assert "2 of 3" in card(story)
    await story.told(story.cleo, "log sam call connected")
    await story.types(story.ana, "focus")
    assert "Sam Sample at Sam Ltd moved on since and is left out." in card(story)
    assert "3 of 3" in card(story)


async def test_a_card_that_was_overtaken_says_what_happened_and_shows_the_next(story: Story) -> None:
    form = await opened(story)
    await story.told(story.cleo, "won dana 9k")
    await story.clicks(story.ana, form, f"{ids.FOCUS_LOG}voicemail")
    assert "won $9,000" in card(story).lower()
    assert "2 of 3" in card(story)
    assert story.prospect("Dana Li").stage is Stage.WON


async def test_a_note_alone_is_kept_and_the_card_stays(story: Story) -> None:
    form = await opened(story)
    await story.clicks(story.ana, form, ids.FOCUS_NOTE)
    assert story.notes() == []
    await story.sandbox.click(story.ana, story.form(story.ana), note_field(story), value="likes cats")
    await story.clicks(story.ana, story.form(story.ana), ids.FOCUS_NOTE)
    assert "✓ Dana Li at Dana Ltd: noted" in card(story)
    assert "1 of 3" in card(story)
    assert story.notes() == ["likes cats"]
    await story.clicks(story.ana, story.form(story.ana), f"{ids.FOCUS_LOG}voicemail")
    assert "2 of 3" in card(story)


async def test_with_nothing_due_it_says_so(story: Story) -> None:
    await story.types(story.ana, "focus")
    assert "Nothing is left in your list." in card(story)


async def test_won_is_asked_in_place_of_the_card_and_the_next_card_comes(both: Story) -> None:
    story = both
    form = await opened(story)
    await story.sandbox.click(story.ana, form, note_field(story), value="signed at the fair")
    await story.clicks(story.ana, story.form(story.ana), ids.FOCUS_WON)
    assert story.form(story.ana).callback_id == ids.FORM_FOCUS_WON
    assert "Tell a channel" not in card(story)

    refused = await story.submits(story.ana, amount="12 bananas")
    assert list(refused.errors) == ["amount"]
    refused = await story.submits(story.ana, amount="", on="2027-01-01")
    assert list(refused.errors) == ["on"]
    await story.submits(story.ana, amount="$9k", on="2026-11-20")
    assert "2 of 3" in card(story)
    assert "✓ Dana Li at Dana Ltd: won $9,000" in card(story)
    kept = story.prospect("Dana Li")
    assert (kept.stage, kept.value_minor, kept.close_note) == (Stage.WON, 900_000, "signed at the fair")
    assert "1 of 3 done" in read(story.digest(story.ana))


async def test_back_from_won_is_the_same_card_with_nothing_changed(story: Story) -> None:
    form = await opened(story)
    await story.clicks(story.ana, form, ids.FOCUS_WON)
    await story.clicks(story.ana, story.form(story.ana), ids.FOCUS_STAY)
    assert "1 of 3" in card(story)
    assert story.form(story.ana).callback_id == ids.FORM_FOCUS
    assert story.prospect("Dana Li").stage is Stage.NEW


async def test_lost_takes_one_pick_of_the_reason_and_keeps_the_note(story: Story) -> None:
    form = await opened(story)
    await story.sandbox.click(story.ana, form, note_field(story), value="too dear")
    await story.clicks(story.ana, story.form(story.ana), ids.FOCUS_LOST, "pricing")
    assert "2 of 3" in card(story)
    assert "✓ Dana Li at Dana Ltd: lost (pricing)" in card(story)
    kept = story.prospect("Dana Li")
    assert (kept.stage, kept.close_note) == (Stage.LOST, "too dear")


async def test_won_on_a_card_that_was_overtaken_says_what_happened(story: Story) -> None:
    form = await opened(story)
    await story.told(story.cleo, "lost dana pricing")
    await story.clicks(story.ana, form, ids.FOCUS_WON)
    assert "lost (pricing)" in card(story).lower()
    assert "2 of 3" in card(story)
    await story.clicks(story.ana, story.form(story.ana), ids.FOCUS_WON)
    await story.told(story.cleo, "won sam 5k")
    await story.submits(story.ana, amount="")
    assert "won $5,000" in card(story).lower()
    assert "3 of 3" in card(story)
