"""Skip, jump, restart and waiting for their date: typed, or with the card's button, always with a reason."""

import pytest

from bot.views import ids
from cadences.model import Stage
from tests.support.app import Story, labels, options, read

DANA = "add Dana Li, Acme, dana@acme.com, +49 30 901820"


async def test_each_move_is_typed_with_its_reason_and_says_what_is_next(story: Story) -> None:
    """Ana knows better than the cadence, and says why."""
    await story.told(story.ana, DANA)
    skipped = await story.told(story.ana, "skip acme -- met them at the fair")
    assert "Skipped step 1 (met them at the fair): Dana Li at Acme. Next: email" in skipped.text
    jumped = await story.told(story.ana, "jump acme 3 -- they asked for it")
    assert "Went to step 3 (they asked for it): Dana Li at Acme. Next: call" in jumped.text
    again = await story.told(story.ana, "restart acme -- new contact person")
    assert "Began the cadence again (new contact person): Dana Li at Acme. Next: email" in again.text
    for deed in ("began the cadence again", "went to step 3", "skipped step 1"):
        assert f"Undone: {deed}" in (await story.told(story.ana, "undo")).text


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("jump acme 9 -- because", "Post-meeting has steps 1 to 3. Nothing was changed."),
        ("jump acme 2", "Say why in a word or two. Nothing was changed."),
        ("restart acme", "Say why in a word or two. Nothing was changed."),
        ("align acme", "Dana Li has no decision date ahead"),
        ("skip nobody -- because", "I know nobody called “nobody”"),
    ],
)
async def test_what_can_not_be_done_is_said_and_changes_nothing(story: Story, line: str, answer: str) -> None:
    await story.told(story.ana, DANA)
    before = (await story.told(story.ana, "show acme")).text
    assert answer in (await story.told(story.ana, line)).text
    assert (await story.told(story.ana, "show acme")).text == before


async def test_without_a_typed_reason_the_form_asks_for_it(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.types(story.ana, "skip acme")
    assert "The reason stays with the step" in read(story.form(story.ana))
    await story.submits(story.ana, reason="met them at the fair")
    assert "Skipped step 1 (met them at the fair)" in story.heard()


async def test_the_card_s_button_offers_every_other_step(story: Story) -> None:
    """Ana opens the card and goes to the call."""
    await story.told(story.ana, DANA)
    card = await story.told(story.ana, "show acme")
    await story.clicks(story.ana, card, ids.MOVE)
    form = story.form(story.ana)
    assert list(options(form, "move")) == [
        "Skip this step", "Go to step 2 of 3", "Go to step 3 of 3", "Begin the cadence again"
    ]  # fmt: skip
    await story.submits(story.ana, move="3", reason="they asked for a call")
    assert "Went to step 3 (they asked for a call)" in story.heard()


async def test_a_blank_reason_keeps_the_form_open_and_says_so(story: Story) -> None:
    await story.told(story.ana, DANA)
    card = await story.told(story.ana, "show acme")
    await story.clicks(story.ana, card, ids.MOVE)
    await story.sandbox.submit(story.ana, story.form(story.ana), {"reason": "   "})
    await story.settle()
    assert "Why?" in read(story.form(story.ana))
    assert "step 1 of 3" in (await story.told(story.ana, "show acme")).text


async def test_a_decision_far_ahead_is_waited_for_with_one_press(story: Story) -> None:
    """They decide in April; nothing comes before the first of April."""
    await story.told(story.ana, DANA)
    card = await story.told(story.ana, "show acme")
    await story.clicks(story.ana, card, ids.EDIT)
    await story.submits(story.ana, close_on="2027-04-15")
    card = await story.told(story.ana, "show acme")
    assert "they decide Thu 15 Apr 2027" in read(card)
    assert labels(card, ids.ALIGN) == ["Wait for Thu 15 Apr 2027"]
    await story.clicks(story.ana, card, ids.ALIGN)
    assert "Waiting for their date, next Thu 1 Apr 2027" in story.heard()
    assert labels(await story.told(story.ana, "show acme"), ids.ALIGN) == []


async def test_a_step_for_want_of_a_number_is_seen_and_added_with_one_press(story: Story) -> None:
    """Only the e-mail address is known: the call is passed over, until there is a number."""
    await story.told(story.ana, "add Dana Li, Acme, dana@acme.com")
    await story.told(story.ana, "cadence start acme persistent")
    logged = await story.told(story.ana, "log acme email sent")
    assert "Step 2 (call) skipped: no phone number" in logged.text
    card = await story.told(story.ana, "show acme")
    assert "Add phone number" in labels(card, ids.EDIT)
    await story.clicks(story.ana, card, ids.EDIT, label="Add phone number")
    await story.submits(story.ana, phone="+49 30 901820")
    card = await story.told(story.ana, "show acme")
    assert "skipped" not in read(card)
    assert "step 2 of 8" in read(card)


async def test_a_form_that_was_overtaken_moves_nothing(story: Story) -> None:
    """Cleo wins the deal while Ana looks at the form."""
    await story.told(story.ana, DANA)
    card = await story.told(story.ana, "show acme")
    await story.clicks(story.ana, card, ids.MOVE)
    await story.told(story.cleo, "won acme 9k")
    await story.sandbox.submit(story.ana, story.form(story.ana), {"reason": "too late"})
    await story.settle()
    assert story.prospect("Dana Li").stage is Stage.WON
    assert "skipped" not in read(await story.told(story.ana, "show acme"))
