"""Ana gives Dana up after two mails; the app asks first, wherever she does it, and offers the way nobody tried."""

from datetime import UTC, datetime

from bot.views import ids
from cadences.model import LostReason, Stage
from sandbox.model import Message, View
from tests.support.app import Story, labels, read

DANA = "add Dana Li, Acme, dana@acme.com, +4930123456, email tomorrow 10am"
MONDAY_MORNING = datetime(2026, 11, 23, 7, 45, tzinfo=UTC)
ASKED = "Dana Li at Acme: given up after 2 touches on 1 channel? Nothing was changed yet."
LITTLE = "How often such a silence ends here: not enough data yet, 0 of 20 prospects."
OFFERED = "Nobody tried this way: call. One more try on Fri 20 Nov, and I draft what to say?"


async def silent(story: Story) -> None:
    """Two mails, no answer."""
    await story.told(story.ana, DANA)
    await story.told(story.ana, "log dana email")
    await story.told(story.ana, "log dana email")


def asks(surface: Message | View) -> list[str]:
    return [label for label in labels(surface) if label in {"One more try", "Lost anyway"}]


async def test_a_typed_loss_is_asked_about_and_one_more_try_comes_with_its_draft(both: Story) -> None:
    story = both
    await silent(story)
    before = (await story.told(story.ana, "show dana")).text
    asked = await story.told(story.ana, "lost dana unresponsive -- went quiet")
    assert asked.text == f"{ASKED} {LITTLE} {OFFERED}"
    assert asks(asked) == ["One more try", "Lost anyway"]
    assert story.prospect("Dana Li").stage is Stage.WORKING

    await story.clicks(story.ana, asked, ids.ONE_MORE)

    told = story.screen(story.ana)
    assert "One more try: call Fri 20 Nov" in told.text
    assert "Next: call Fri 20 Nov" in (await story.told(story.ana, "show dana")).text
    await story.clicks(story.ana, told, ids.DRAFT)
    assert "Dana Li" in read(story.form(story.ana))
    assert "What stands in square brackets is filled in" in read(story.form(story.ana))
    await story.told(story.ana, "undo")
    assert (await story.told(story.ana, "show dana")).text == before


async def test_lost_anyway_is_one_click_and_keeps_the_note_and_the_months(both: Story) -> None:
    story = both
    await silent(story)
    asked = await story.told(story.ana, "lost dana ghosted, try again in 3 months -- went quiet")
    await story.clicks(story.ana, asked, ids.LOST_ANYWAY)
    assert "Lost (unresponsive), tried again in 3 months" in story.heard()
    assert story.prospect("Dana Li").lost_reason is LostReason.UNRESPONSIVE
    assert story.prospect("Dana Li").close_note == "went quiet"
    await story.told(story.ana, "undo")
    assert story.prospect("Dana Li").stage is Stage.WORKING


async def test_typed_with_anyway_it_is_not_asked(story: Story) -> None:
    await silent(story)
    assert "Lost (unresponsive)" in (await story.told(story.ana, "lost dana unresponsive anyway")).text


async def test_who_answered_and_who_was_tried_enough_are_not_asked_about(story: Story) -> None:
    await silent(story)
    await story.told(story.ana, "log dana call connected")
    assert "Lost (unresponsive)" in (await story.told(story.ana, "lost dana unresponsive")).text
    await story.told(story.ana, "add Eve Sample, Beta, eve@beta.example, +4930123457")
    for channel in ("email", "call no answer", "linkedin", "email", "call voicemail"):
        await story.told(story.ana, f"log eve {channel}")
    assert "Lost (unresponsive)" in (await story.told(story.ana, "lost eve unresponsive")).text


async def test_the_form_asks_in_its_place_and_the_row_shows_what_became_of_it(story: Story) -> None:
    await silent(story)
    await story.told(story.ana, "snooze dana mon")
    await story.moves_to(MONDAY_MORNING)
    await story.clicks(story.ana, story.digest(story.ana), ids.LOST)
    await story.submits(story.ana, reason="unresponsive", note="went quiet")
    form = story.form(story.ana)
    assert ASKED in read(form)
    assert asks(form) == ["One more try", "Lost anyway"]
    await story.clicks(story.ana, form, ids.LOST_ANYWAY)
    assert "Lost (unresponsive)" in read(story.form(story.ana))
    assert "lost (unresponsive)" in read(story.digest(story.ana))


async def test_the_form_s_other_way_shows_in_the_row_too(story: Story) -> None:
    await silent(story)
    await story.told(story.ana, "snooze dana mon")
    await story.moves_to(MONDAY_MORNING)
    await story.clicks(story.ana, story.digest(story.ana), ids.LOST)
    await story.submits(story.ana, reason="unresponsive")
    await story.clicks(story.ana, story.form(story.ana), ids.ONE_MORE)
    assert "one more try: call Tue 24 Nov" in read(story.digest(story.ana))


async def test_focus_asks_above_the_card_and_goes_on_with_the_answer(story: Story) -> None:
    await silent(story)
    await story.told(story.ana, "snooze dana mon")
    await story.moves_to(MONDAY_MORNING)
    await story.clicks(story.ana, story.digest(story.ana), ids.FOCUS)
    await story.clicks(story.ana, story.form(story.ana), ids.FOCUS_LOST, "unresponsive")
    assert ASKED in read(story.form(story.ana))
    await story.clicks(story.ana, story.form(story.ana), ids.ONE_MORE)
    assert "one more try: call Tue 24 Nov" in read(story.form(story.ana))
    assert "Nothing is left in your list." in read(story.form(story.ana))


async def test_what_is_called_dead_is_asked_about_as_well(story: Story) -> None:
    await silent(story)
    dead = await story.told(story.ana, "snooze dana dead -- went quiet")
    await story.clicks(story.ana, dead, ids.WHY_LOST, "unresponsive")
    asked = story.screen(story.ana)
    assert ASKED in asked.text
    await story.clicks(story.ana, asked, ids.LOST_ANYWAY)
    assert story.prospect("Dana Li").close_note == "went quiet"


async def test_a_line_of_several_carries_it_out_and_says_it_afterwards(story: Story) -> None:
    await silent(story)
    await story.told(story.ana, "snooze dana mon")
    await story.moves_to(MONDAY_MORNING)
    answer = await story.told(story.ana, "1 lost unresponsive")
    assert story.prospect("Dana Li").stage is Stage.LOST
    assert f"Dana Li at Acme was given up after 2 touches on 1 channel. {LITTLE}" in answer.text
    await story.clicks(story.ana, answer, ids.UNDO)
    assert story.prospect("Dana Li").stage is Stage.WORKING
    assert "given up" not in (await story.told(story.ana, "1 lost unresponsive anyway")).text


async def test_the_team_digest_s_button_asks_the_manager(story: Story) -> None:
    await story.told(story.cleo, "team mon 09:30", story.deals)
    await silent(story)
    await story.moves_to(datetime(2026, 12, 14, 8, 35, tzinfo=UTC))
    digest = next(each for each in story.messages(story.deals) if ids.LOST in str(each.blocks))
    await story.clicks(story.cleo, digest, ids.LOST)
    await story.submits(story.cleo, reason="unresponsive")
    assert ASKED in read(story.form(story.cleo))
    await story.clicks(story.cleo, story.form(story.cleo), ids.LOST_ANYWAY)
    assert story.prospect("Dana Li").lost_reason is LostReason.UNRESPONSIVE
    assert "lost (unresponsive)" in read(digest)


async def test_an_answer_pressed_twice_is_carried_out_once(story: Story) -> None:
    await silent(story)
    asked = (await story.told(story.ana, "lost dana unresponsive")).snapshot()
    await story.clicks(story.ana, asked, ids.ONE_MORE)
    await story.clicks(story.ana, asked, ids.LOST_ANYWAY)
    assert story.prospect("Dana Li").stage is Stage.WORKING
    assert "Nothing was changed now" in story.heard()


async def test_with_enough_of_them_the_team_s_own_figures_stand_in_the_question(story: Story) -> None:
    for number in range(20):
        await story.told(story.ben, f"add Sample Number{number}, Beta {number}, s{number}@beta.example")
        await story.told(story.ben, f"log number{number} email")
        await story.told(story.ben, f"log number{number} email")
        if number < 5:
            await story.told(story.ben, f"log number{number} call connected")
    await silent(story)
    asked = await story.told(story.ana, "lost dana unresponsive")
    assert "Of 20 prospects still silent after 2 touches, 5 answered later (95 %: 11–47 %)." in asked.text
    assert "15 of the others are followed up still and may yet answer." in asked.text
