"""Ana logs what she did on another day, puts a touch right, takes one away, and uses a channel of her own."""

from datetime import UTC, datetime

import pytest

from bot.views import ids
from cadences.model import Channel, Stage
from tests.support.app import Story, labels, options, read

DANA = "add Dana Li, Acme, dana@acme.com, call tomorrow 10am"
FRIDAY_MORNING = datetime(2026, 11, 20, 7, 45, tzinfo=UTC)


async def entry(story: Story, choice: str) -> None:
    """The menu of the only touch in the timeline."""
    card = await story.told(story.ana, "show dana")
    await story.clicks(story.ana, card, ids.TOUCH, choice)


async def test_a_touch_of_yesterday_is_typed_and_what_is_next_counts_from_there(both: Story) -> None:
    await both.told(both.ana, "add Dana Li, Acme")
    answer = await both.told(both.ana, "log dana call yesterday voicemail -- left the answer")
    assert "Called Wed 18 Nov, voicemail" in answer.text
    card = await both.told(both.ana, "show dana")
    assert "*Wed 18 Nov*  called, voicemail" in read(card), "no time of day was told, so none is shown"
    assert "left the answer" in read(card)
    await both.told(both.ana, "log dana call yesterday 12:00 connected")
    assert "*Wed 18 Nov 12:00*  called, connected" in read(await both.told(both.ana, "show dana"))


async def test_the_row_of_a_touch_of_another_day_has_the_time_that_was_told_or_none(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, "add Eli Wu, Beta, call tomorrow 10am")
    await story.moves_to(FRIDAY_MORNING)
    digest = story.digest(story.ana)
    await story.told(story.ana, "log dana call yesterday voicemail")
    await story.told(story.ana, "log eli call yesterday 15:30 voicemail")
    assert "– called Thu 19 Nov, voicemail; next:" in read(digest)
    assert "– called Thu 19 Nov 15:30, voicemail; next:" in read(digest)


async def test_the_day_of_a_touch_is_who_made_it_s_own_on_every_clock(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme")
    await story.told(story.ana, "log dana call yesterday voicemail")
    await story.told(story.cleo, "settings zone Auckland")
    assert "*Wed 18 Nov*  called, voicemail" in read(await story.told(story.cleo, "show dana"))


async def test_the_form_has_the_day_and_refuses_one_ahead_at_its_field(story: Story) -> None:
    await story.told(story.ana, DANA)
    card = await story.told(story.ana, "show dana")
    await story.clicks(story.ana, card, ids.LOG)
    outcome = await story.submits(story.ana, on="2026-11-24", note="spoke")
    assert "has not come yet" in str(outcome)
    await story.clicks(story.ana, story.form(story.ana), f"{ids.OUTCOME}voicemail")
    assert "That day has not come yet" in read(story.form(story.ana))
    await story.submits(story.ana, on="2026-11-17", note="spoke")
    assert "Tue 17 Nov" in read(await story.told(story.ana, "show dana"))


async def test_a_touch_is_put_right_from_the_timeline_and_the_difference_is_said(both: Story) -> None:
    story = both
    await story.told(story.ana, DANA)
    await story.told(story.ana, "log dana call voicemail -- left the answer")
    await entry(story, ids.TOUCH_EDIT)
    form = story.form(story.ana)
    assert "left the answer" in str(form.blocks)
    await story.submits(story.ana, outcome="replied", note="she called back")
    heard = story.heard()
    assert "Corrected: called" in heard
    assert "What was next before: " in heard
    assert story.prospect("Dana Li").stage is Stage.ENGAGED
    assert "she called back" in read(await story.told(story.ana, "show dana"))
    await story.told(story.ana, "undo")
    assert story.prospect("Dana Li").stage is Stage.WORKING


async def test_saving_the_form_as_it_was_changes_nothing(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, "log dana call yesterday voicemail")
    before = read(await story.told(story.ana, "show dana"))
    await entry(story, ids.TOUCH_EDIT)
    outcome = await story.submits(story.ana)
    assert "stands already" in str(outcome)
    assert read(await story.told(story.ana, "show dana")) == before


async def test_a_deleted_touch_opens_the_row_of_the_digest_again(both: Story) -> None:
    story = both
    await story.told(story.ana, DANA)
    await story.moves_to(FRIDAY_MORNING)
    digest = story.digest(story.ana)
    await story.clicks(story.ana, digest, ids.LOG)
    await story.clicks(story.ana, story.form(story.ana), f"{ids.OUTCOME}voicemail")
    assert "called 08:45, voicemail" in read(story.digest(story.ana))

    await entry(story, ids.TOUCH_DELETE)

    assert "Deleted: called" in story.heard()
    assert "voicemail" not in read(story.digest(story.ana))
    assert "Log call" in labels(story.digest(story.ana))
    assert "Nothing happened yet" in read(await story.told(story.ana, "show dana"))
    await story.told(story.ana, "undo")
    assert "called 08:45, voicemail" in read(story.digest(story.ana))


async def test_both_can_be_typed(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, "log dana call voicemail")
    assert "Corrected: emailed" in (await story.told(story.ana, "fix last dana email sent -- the deck")).text
    assert "the deck" in read(await story.told(story.ana, "show dana"))
    assert "Corrected: emailed Tue 17 Nov" in (await story.told(story.ana, "fix last dana on tue")).text
    assert "Deleted: emailed" in (await story.told(story.ana, "delete last dana")).text
    assert "you logged nothing with them" in (await story.told(story.ana, "delete last dana")).text.lower()


async def test_after_a_win_only_the_record_is_put_right_and_it_says_so(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, "log dana call voicemail")
    await story.told(story.ana, "won dana 12k")
    answer = await story.told(story.ana, "fix last dana call connected")
    assert "stays as it is" in answer.text
    assert story.prospect("Dana Li").stage is Stage.WON


@pytest.mark.parametrize("line", ["fix last dana", "fix last dana voicemail", "delete last dana"])
async def test_nobody_puts_somebody_elses_touch_right(story: Story, line: str) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, "log dana call voicemail")
    before = read(await story.told(story.ana, "show dana"))
    await story.told(story.ben, line)
    card = await story.told(story.ben, "show dana")
    assert not options_of(card)
    assert read(await story.told(story.ana, "show dana")) == before


def options_of(card: object) -> list[str]:
    """The menus of touches."""
    return [block for block in card.blocks if str(block.get("block_id", "")).startswith(ids.TOUCH_BLOCK)]  # type: ignore[attr-defined]


async def test_a_channel_of_ones_own_is_kept_by_its_name_and_offered_again(both: Story) -> None:
    story = both
    await story.told(story.ana, DANA)
    answer = await story.told(story.ana, "log dana via Trade Fair, met the CTO")
    assert "Contacted via Trade Fair" in answer.text
    card = await story.told(story.ana, "show dana")
    assert "contacted via Trade Fair, sent" in read(card)
    assert "active 15:00 (Trade Fair)" in read(card)
    assert "met the CTO" in read(card)

    await story.told(story.ana, "add Sam Sample, Newco")
    card = await story.told(story.ana, "show sam")
    await story.clicks(story.ana, card, ids.MORE, ids.LOG)
    form = story.form(story.ana)
    choices = options(form, "channel")
    assert "Trade Fair" in choices
    assert "Another…" in choices
    await story.submits(story.ana, channel=choices["Trade Fair"])
    assert "contacted via Trade Fair" in read(await story.told(story.ana, "show sam"))


async def test_another_channel_is_named_in_the_form(story: Story) -> None:
    await story.told(story.ana, DANA)
    card = await story.told(story.ana, "show dana")
    await story.clicks(story.ana, card, ids.MORE, ids.LOG)
    assert "which channel" in str(await story.submits(story.ana, channel=Channel.OTHER.value))
    await story.submits(story.ana, channel=Channel.OTHER.value, via="fax")
    assert "contacted via fax" in read(await story.told(story.ana, "show dana"))
    await story.moves_to(datetime(2026, 12, 10, 7, 45, tzinfo=UTC))
    assert "contacted via fax" in read(story.digest(story.ana))


async def test_a_touch_of_an_earlier_day_that_ends_a_promise_says_so(both: Story) -> None:
    """Yesterday's voicemail is told after tomorrow's call was promised: the call must not vanish without a word."""
    await both.told(both.ana, "add Dana Li, Acme, call fri 10am")
    answer = await both.told(both.ana, "log dana call yesterday voicemail")
    assert "What you promised for Fri 20 Nov counts as done with this" in answer.text
    await both.told(both.ana, "undo")
    assert "counts as done" not in (await both.told(both.ana, "log dana call voicemail")).text
