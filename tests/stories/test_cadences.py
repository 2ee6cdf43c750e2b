"""Cadences as people use them: looked at, previewed, started, stopped and taken back, all typed or clicked."""

from datetime import UTC, datetime

import pytest

from bot.views import ids
from cadences import library
from cadences.model import Stage
from sandbox.model import Message
from tests.support.app import Story, labels, read

DANA = "add Dana Li, Acme, dana@acme.com"
PROMISED = "add Dana Li, Acme, call tomorrow 10am"


def spoken(surface: Message) -> str:
    """What is read aloud and what is seen, both."""
    return f"{surface.text}\n{read(surface)}"


async def test_the_list_names_every_cadence_and_opens_each(story: Story) -> None:
    """Ana looks what there is, and at one of them, and at its dates."""
    answer = await story.told(story.ana, "cadence list")
    assert [key for key in library.KEYS if key not in answer.text or key not in read(answer)] == []
    assert labels(answer, ids.CADENCE_SHOW) == ["Show"] * len(library.KEYS)

    await story.clicks(story.ana, answer, row="no-show", label="Show")
    shown = story.screen(story.ana)
    for words in ["24 hours later · call to propose a meeting · must not move", "Meant for after a no-show"]:
        assert words in read(shown)

    await story.clicks(story.ana, shown, label="With dates")
    assert "1. Fri 20 Nov 2026 15:00 · call" in read(story.screen(story.ana))


async def test_every_cadence_can_be_shown_and_previewed(story: Story) -> None:
    for key in library.KEYS:
        shown = await story.told(story.ana, f"cadence show {key}")
        dated = await story.told(story.ana, f"cadence preview {key}")
        cadence = library.get(key)
        assert cadence is not None
        for answer in (shown, dated):
            assert all(f"{number}. " in read(answer) for number in range(1, len(cadence.steps) + 1))
            assert cadence.name in answer.text
            assert "Then: " in answer.text


async def test_a_preview_is_in_my_own_zone_and_on_my_own_days(story: Story) -> None:
    """Ben in New York works Sunday to Thursday; Ana in Berlin as most do. It is Thursday."""
    await story.told(story.ben, "settings days sun-thu")
    ben = spoken(await story.told(story.ben, "cadence preview nudge"))
    ana = spoken(await story.told(story.ana, "cadence preview nudge"))
    assert "1. Sun 22 Nov 2026 09:00" in ben
    assert "America/New_York" in ben
    assert "1. Mon 23 Nov 2026 09:00" in ana
    assert "moved: Sun 22 Nov is a day off" in ana
    assert "Mon–Fri, Europe/Berlin" in ana


async def test_starting_says_what_is_next_and_what_ended_and_is_undone_with_one_click(story: Story) -> None:
    await story.told(story.ana, DANA)
    before = await story.told(story.ana, "show acme")
    assert "on post-meeting" in read(before)

    answer = await story.told(story.ana, "cadence start acme persistent")

    assert (
        "✓ Started persistent: Dana Li at Acme. Next: email Fri 20 Nov 09:00 (Europe/Berlin), step 1 of 8"
        in answer.text
    )
    assert "It was on post-meeting, which ended before its first step." in spoken(answer)
    shown = await story.told(story.ana, "show acme")
    assert "on persistent" in read(shown)

    await story.clicks(story.ana, answer, label="Undo")
    assert "on post-meeting" in read(await story.told(story.ana, "show acme"))
    assert read(await story.told(story.ana, "show acme")) == read(before)


async def test_what_the_preview_said_is_what_the_days_bring(story: Story) -> None:
    """Ana reads the dates, starts it, and does each step on its day."""
    await story.told(story.ana, f"{DANA}, +49 30 901820")
    dated = (await story.told(story.ana, "cadence preview nudge for acme")).text
    assert "with Dana Li at Acme" in dated
    answer = await story.told(story.ana, "cadence start acme nudge")
    for day, number in ((23, 1), (27, 2)):
        at = datetime(2026, 11, day, 9, 0, tzinfo=UTC)
        when = f"{at:%a} {day} Nov"
        assert f"{number}. {when} 2026 09:00" in dated
        assert f"{when}" in answer.text
        await story.moves_to(at)
        answer = await story.told(story.ana, "log acme")
    assert "3. Fri 4 Dec 2026 09:00" in dated
    assert "Fri 4 Dec" in answer.text


async def test_a_preview_for_somebody_says_what_can_not_be_made(story: Story) -> None:
    await story.told(story.ana, DANA)
    dated = spoken(await story.told(story.ana, "cadence preview nudge for acme"))
    assert "2. call to ask for feedback · skipped: no phone" in dated
    assert "skipped" not in spoken(await story.told(story.ana, "cadence preview nudge"))


async def test_a_promise_stays_in_front(story: Story) -> None:
    await story.told(story.ana, PROMISED)
    answer = await story.told(story.ana, "cadence start acme persistent")
    assert "Next: call Fri 20 Nov 10:00 (Europe/Berlin), as promised" in answer.text
    assert "You promised that one: it stays in front" in spoken(answer)
    await story.moves_to(datetime(2026, 11, 20, 10, 0, tzinfo=UTC))
    logged = await story.told(story.ana, "log acme call voicemail")
    assert "step 1 of 8 (persistent)" in logged.text


async def test_stopping_asks_what_is_to_become_of_it(story: Story) -> None:
    """Ana stops it, and parks the deal right there."""
    await story.told(story.ana, DANA)
    answer = await story.told(story.ana, "cadence stop acme")
    assert "✓ Stopped post-meeting: Dana Li at Acme. Next: email Fri 20 Nov 09:00 (Europe/Berlin)" in answer.text
    assert "What is to become of it?" in spoken(answer)
    assert {"Undo", "Won", "Lost"} <= set(labels(answer))

    await story.chooses(story.ana, answer, ids.PARK)
    await story.submits(story.ana, on="2027-03-01")

    assert story.prospect("Dana Li").stage is Stage.PARKED


async def test_stopping_is_undone_with_one_click(story: Story) -> None:
    await story.told(story.ana, DANA)
    before = read(await story.told(story.ana, "show acme"))
    answer = await story.told(story.ana, "cadence stop acme")
    assert "on post-meeting" not in read(await story.told(story.ana, "show acme"))
    await story.clicks(story.ana, answer, label="Undo")
    assert read(await story.told(story.ana, "show acme")) == before


async def test_stopping_keeps_a_date_somebody_named(story: Story) -> None:
    await story.told(story.ana, PROMISED)
    answer = await story.told(story.ana, "cadence stop acme")
    assert "as promised" in answer.text
    assert "The date somebody named stays." in spoken(answer)
    assert "What is to become of it?" not in answer.text


async def test_the_buttons_of_a_promise_still_work_after_a_start(story: Story) -> None:
    """The digest of the morning shows it; Ana starts a cadence, and then logs the call from the digest."""
    await story.told(story.ana, PROMISED)
    await story.moves_to(datetime(2026, 11, 20, 9, 0, tzinfo=UTC))
    await story.told(story.ana, "cadence start acme persistent")

    await story.clicks(story.ana, story.digest(story.ana), ids.LOG, row="Dana Li")
    await story.clicks(story.ana, story.form(story.ana), label="Voicemail")

    assert "called" in read(story.digest(story.ana))
    assert "step 1 of 8 (persistent)" in read(await story.told(story.ana, "show acme"))


async def test_a_button_of_a_step_that_a_start_replaced_says_so(story: Story) -> None:
    await story.told(story.ana, DANA)
    old = await story.told(story.ana, "show acme")
    await story.told(story.ana, "cadence start acme persistent")
    await story.clicks(story.ana, old, ids.MORE, ids.REPLIED)
    assert "Nothing was changed now. Next: email Fri 20 Nov 09:00" in story.heard()
    assert "step 1 of 8 (persistent)" in story.heard()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("cadence start acme hope", "I know no cadence called “hope”; there are post-meeting, nudge"),
        ("cadence show hope", "I know no cadence called “hope”"),
        ("cadence preview hope", "I know no cadence called “hope”"),
        ("cadence start acme", "Name somebody and a cadence"),
        ("cadence start", "Name somebody and a cadence"),
        ("cadence stop", "Whose cadence? There is no name"),
        ("cadence dance", "I read list, show, preview, start, stop, new"),
        ("cadence start zeppelin nudge", "I know nobody called “zeppelin”"),
        ("cadence start acme post-meeting", "Dana Li is on post-meeting already, 0 of 3 steps done. Nothing"),
    ],
)
async def test_what_can_not_be_done_is_said_and_changes_nothing(story: Story, line: str, said: str) -> None:
    await story.told(story.ana, DANA)
    before = read(await story.told(story.ana, "show acme"))
    answer = await story.told(story.ana, line)
    assert said in answer.text
    assert "Nothing was changed" in answer.text
    assert read(await story.told(story.ana, "show acme")) == before


async def test_a_teammates_prospect_is_left_to_the_teammate(story: Story) -> None:
    await story.told(story.ana, DANA)
    answer = await story.told(story.ben, "cadence start acme nudge")
    assert "Dana Li at Acme is ana’s. Nothing was changed" in answer.text


async def test_who_is_on_none_is_told_how_to_get_on_one(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, "replied acme")
    answer = await story.told(story.ana, "cadence stop acme")
    assert "Dana Li is on no cadence. Nothing was changed." in answer.text
    assert "/followup cadence start acme nudge" in answer.text


async def test_a_start_with_a_note_is_one_change(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, "cadence start acme on re engage -- asked for spring")
    assert story.notes() == ["asked for spring"]
    await story.told(story.ana, "undo")
    assert story.notes() == []
    assert "on post-meeting" in read(await story.told(story.ana, "show acme"))


async def test_a_start_says_the_same_on_both_databases(both: Story) -> None:
    await both.told(both.ana, DANA)
    assert "Started nudge" in (await both.told(both.ana, "cadence start acme nudge")).text
    assert "Stopped nudge" in (await both.told(both.ana, "cadence stop acme")).text
    await both.told(both.ana, "undo")
    assert "on nudge" in read(await both.told(both.ana, "show acme"))
