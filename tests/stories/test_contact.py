"""They asked us to stop: final for everybody, and lifted only by an admin who says why."""

from bot.views import ids
from cadences.model import Stage
from tests.support.app import Story, labels, read

DANA = "add Dana Li, Acme, dana@acme.com, +49 30 901820"
WORDS = "asked us to stop, so nothing was changed. Only an admin can lift that, with a reason."


async def test_who_asks_to_stop_is_left_alone_whatever_is_typed(both: Story) -> None:
    """Dana wrote that she wants no more mail from us."""
    await both.told(both.ana, DANA)
    answer = await both.told(both.ana, "stop acme -- asked us by mail")
    assert "Marked do-not-contact: Dana Li at Acme" in answer.text
    assert "Nobody will be reminded to contact them again" in answer.text
    assert both.prospect("Dana Li").stage is Stage.LOST
    for line in ("log acme call", "snooze acme fri", "reopen acme", "cadence start acme nudge", "won acme 9k",
                 "met Dana Li @ Acme", "add D. Li, Acme Sample, dana@acme.com", "replied acme"):  # fmt: skip
        assert WORDS in (await both.told(both.ana, line)).text, line
    assert len(both.prospects()) == 1
    await both.waits(days=40)
    assert both.messages(both.ana) == []


async def test_the_card_says_it_and_offers_nothing_but_to_edit(story: Story) -> None:
    await story.told(story.ana, DANA)
    card = await story.told(story.ana, "show acme")
    await story.clicks(story.ana, card, ids.STOP_CONTACT)
    assert "Marked do-not-contact" in story.heard()
    card = await story.told(story.ana, "show acme")
    assert "do not contact" in read(card).lower()
    assert labels(card, ids.REOPEN) == []


async def test_a_slip_of_the_finger_is_undone_within_the_hour_and_not_after_it(story: Story) -> None:
    await story.told(story.ana, DANA)
    answer = await story.told(story.ana, "stop acme")
    await story.clicks(story.ana, answer, ids.UNDO)
    assert story.prospect("Dana Li").stage is Stage.NEW

    await story.told(story.ana, "stop acme")
    await story.waits(minutes=61)
    assert "isn’t undone" in (await story.told(story.ana, "undo")).text
    assert story.prospect("Dana Li").do_not_contact_at is not None


async def test_an_admin_lifts_it_with_a_reason_and_the_deal_is_opened_again(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, "stop acme")
    assert "Only an admin can lift" in (await story.told(story.ana, "lift acme -- they called")).text
    assert "Say why" in (await story.told(story.cleo, "lift acme")).text
    lifted = await story.told(story.cleo, "lift acme -- they wrote to us again")
    assert "Do-not-contact lifted" in lifted.text
    assert story.notes() == ["Do-not-contact lifted: they wrote to us again"]
    assert "Next: email" in (await story.told(story.ana, "reopen acme")).text
    assert story.prospect("Dana Li").stage is Stage.WORKING


async def test_another_prospect_is_not_given_their_address_in_the_form(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, "stop acme")
    await story.told(story.ana, "add Eli Wu, Beta")
    card = await story.told(story.ana, "show beta")
    await story.clicks(story.ana, card, ids.EDIT)
    await story.submits(story.ana, email="dana@acme.com")
    assert story.prospect("Eli Wu").email is None
