"""Any button in any message ever posted answers properly: it acts, or says what happened since and shows the card."""

from datetime import UTC, datetime

import pytest

from bot.services import handover
from bot.services.actor import Actor, Origin
from bot.services.targets import ByProspect
from bot.views import ids
from sandbox.model import Message
from tests.support.app import Story, labels, read
from tests.support.rows import change_count, everything

FRIDAY_MORNING = datetime(2026, 11, 20, 7, 45, tzinfo=UTC)
DAYS_LATER = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
DANA = "add Dana Li, Acme, $12k, call tomorrow 10am"
PRESSES = [
    (ids.LOG, None), (ids.SNOOZE, "2026-11-23"), (ids.SNOOZE, ids.PICK_DATE), (ids.WON, None), (ids.LOST, None),
    (ids.MORE, ids.REPLIED), (ids.MORE, ids.LOG), (ids.MORE, ids.PARK),
]  # fmt: skip
"""Everything in a row that asks for its step to be the next one."""


async def logged(story: Story) -> None:
    await story.told(story.ana, "log dana call voicemail")


async def won(story: Story) -> None:
    await story.told(story.ana, "won dana 9k")


async def lost(story: Story) -> None:
    await story.told(story.ana, "lost dana timing")


async def parked(story: Story) -> None:
    await story.told(story.ana, "park dana until march")


async def handed_over(story: Story) -> None:
    await story.told(story.cleo, "help")
    cleo = Actor(story.member(story.cleo), Origin.BUTTON)
    handover.take_over(story.db, cleo, ByProspect(story.prospect("Dana Li").id), story.now)


async def added_undone(story: Story) -> None:
    await story.told(story.ana, "undo")


SINCE = {
    "logged": (logged, "called, voicemail"),
    "won": (won, "won $9,000"),
    "lost": (lost, "lost (timing)"),
    "parked": (parked, "parked until Mon 1 Mar"),
    "handed over": (handed_over, "is cleo’s"),
    "undone": (added_undone, "no longer here"),
}


async def old_digest(story: Story) -> Message:
    await story.told(story.ana, DANA)
    await story.moves_to(FRIDAY_MORNING)
    return story.digest(story.ana).snapshot()


@pytest.mark.parametrize("since", SINCE)
async def test_every_button_clicked_days_later_says_what_happened_and_changes_nothing(story: Story, since: str) -> None:
    digest = await old_digest(story)
    happened, said = SINCE[since]
    await happened(story)
    await story.moves_to(DAYS_LATER)
    kept, count = everything(story.db), change_count(story.db)

    for action_id, entry in PRESSES:
        heard = len(story.overheard.said)
        await story.clicks(story.ana, digest, action_id, entry)
        assert len(story.overheard.said) == heard + 1, f"{action_id} {entry} was not answered"
        assert said in story.heard(), f"{action_id} {entry}"
        assert ("Dana Li" in story.heard()) is (since != "undone")

    assert story.sandbox.workspace.top_view(story.ana.id) is None
    assert (everything(story.db), change_count(story.db)) == (kept, count)


@pytest.mark.parametrize("since", SINCE)
async def test_the_card_can_always_be_opened_while_there_is_one(story: Story, since: str) -> None:
    digest = await old_digest(story)
    await SINCE[since][0](story)
    await story.moves_to(DAYS_LATER)
    await story.clicks(story.ana, digest, ids.MORE, ids.OPEN)
    assert ("no longer here" if since == "undone" else "Timeline") in read(story.screen(story.ana))


async def test_the_answer_to_an_old_button_has_the_card_with_buttons_that_work_now(story: Story) -> None:
    digest = await old_digest(story)
    await logged(story)
    await story.moves_to(DAYS_LATER)
    await story.clicks(story.ana, digest, ids.WON)
    card = story.screen(story.ana)
    assert "Log email" in labels(card)
    await story.clicks(story.ana, card, ids.WON)
    await story.submits(story.ana, amount="8k")
    assert "Won $8,000" in story.screen(story.ana).text


async def test_a_form_left_open_while_somebody_else_acted_says_so_and_changes_nothing(story: Story) -> None:
    """Ana opens Won and gets a call; meanwhile Cleo marks the deal lost."""
    digest = await old_digest(story)
    await story.clicks(story.ana, digest, ids.WON)
    await story.told(story.cleo, "lost dana pricing")
    kept = everything(story.db)
    await story.submits(story.ana, amount="9k")
    assert "Already done by cleo 08:45: lost (pricing)" in read(story.form(story.ana))
    assert everything(story.db) == kept


async def test_an_undo_of_what_somebody_changed_since_names_it_and_changes_nothing(story: Story) -> None:
    added = await story.told(story.ana, DANA)
    shown = added.snapshot()
    await story.told(story.cleo, "won dana 9k")
    kept = everything(story.db)
    await story.clicks(story.ana, shown, label="Undo")
    assert "Can't undo that: since then cleo did this" in story.screen(story.ana).text
    assert everything(story.db) == kept


async def test_buttons_of_a_card_posted_long_ago_in_a_whisper_still_answer(story: Story) -> None:
    card = (await story.told(story.ana, DANA)).snapshot()
    await story.told(story.ana, "undo")
    await story.moves_to(DAYS_LATER)
    for label in ("Edit", "Undo"):
        await story.clicks(story.ana, card, label=label)
        assert "undone" in story.heard()
    assert story.prospects() == []
