"""Everything that can be typed, and what is asked back when a line can be read in two ways."""

import pytest

from bot.slack.reading.examples import EXAMPLES
from bot.views import ids
from cadences.model import Stage
from tests.support.app import Story, labels, read

DANA = "add Dana Li, Acme, dana@acme.com, $12k, call tomorrow 10am -- demo went well"
BEFORE = {
    "add": ["help"],
    "resume": ["pause 2d"],
    "met": ["help"],
    "align": [f"{DANA}".replace(", call tomorrow 10am", ", decides 15 march")],
    "lift": [DANA, "stop acme"],
    "reopen": [DANA, "lost acme pricing"],
    "back": ["away today"],
    "fix": [DANA, "log acme call voicemail"],
    "delete": [DANA, "log acme call voicemail"],
    "take": [DANA, "assign acme <@U0BEN>"],
    "nudge": [DANA, "assign acme <@U0BEN>"],
    "merge": [DANA, "add Dana Lee, Other"],
    "rows": [*(f"add {who}, {who} Ltd, call today 5pm" for who in ("Dana Li", "Sam Sample", "Pia Probe")), ""],
}
"""What is typed before a verb that needs more than a prospect to work on."""
OPENS_A_FORM = {"focus", "merge"}
"""What answers with a form alone."""


@pytest.mark.parametrize("verb", EXAMPLES)
async def test_every_example_of_the_help_really_works(story: Story, verb: str) -> None:
    """Cleo, an admin, types each line of the help as it stands there."""
    await story.told(story.ben, "help")  # somebody else is here
    for before in BEFORE.get(verb, [DANA]):
        await story.told(story.cleo, before)
    line = EXAMPLES[verb][0]

    if verb in OPENS_A_FORM:
        await story.types(story.cleo, line, story.deals)
        assert "went wrong" not in read(story.form(story.cleo))
        return
    answer = await story.told(story.cleo, line, story.deals)

    assert "Nothing was" not in answer.text or verb == "today"
    assert "went wrong" not in answer.text


async def test_help_lists_every_line(story: Story) -> None:
    answer = await story.told(story.ana, "help")
    assert [line for line, _ in EXAMPLES.values() if f"/followup {line}".strip() not in answer.text] == []


async def test_each_verb_says_what_it_did_and_what_is_next(story: Story) -> None:
    """Ana does with typed lines whatever buttons do."""
    ana = story.ana
    await story.told(ana, DANA)
    assert "Noted: Dana Li at Acme" in (await story.told(ana, "note acme wants SSO")).text
    assert story.notes() == ["demo went well", "wants SSO"]
    logged = await story.told(ana, "log acme call voicemail -- left the pricing answer")
    assert "Called, voicemail: Dana Li at Acme. Next: email" in logged.text
    assert "They replied: Dana Li at Acme" in (await story.told(ana, "replied acme")).text
    assert "Snoozed to Fri 27 Nov" in (await story.told(ana, "snooze acme fri 27 nov")).text
    assert "Parked until Mon 1 Mar 2027" in (await story.told(ana, "park acme until march")).text
    assert "parked" in (await story.told(ana, "show acme")).text
    assert "Dana Li at Acme (parked, yours)" in (await story.told(ana, "find acm")).text
    assert "Won $12,000: Dana Li at Acme" in (await story.told(ana, "won acme")).text
    assert "Undone: won" in (await story.told(ana, "undo")).text
    assert "Lost (timing): Dana Li at Acme" in (await story.told(ana, "lost acme timing")).text
    history = await story.told(ana, "history")
    assert len(labels(history, ids.UNDO)) == 7
    assert story.prospect("Dana Li").stage is Stage.LOST


async def test_a_date_that_can_be_two_is_asked_with_two_buttons_and_nothing_is_stored_before(story: Story) -> None:
    """4/12 is April to one and December to another."""
    asked = await story.told(story.ana, "add Dana Li, Acme, call 4/12 3pm -- demo")
    assert len(labels(asked)) == 2
    assert "Fri 4 Dec 2026 15:00" in labels(asked)
    assert story.prospects() == []

    await story.clicks(story.ana, asked, label="Fri 4 Dec 2026 15:00")

    assert "Next: call Fri 4 Dec 15:00" in story.screen(story.ana).text
    assert story.prospect("Dana Li").company == "Acme"
    assert story.notes() == ["demo"]


async def test_choosing_a_date_twice_adds_one(story: Story) -> None:
    asked = await story.told(story.ana, "add Dana Li, Acme, call 4/12")
    first, second = asked.snapshot(), asked.snapshot()
    await story.clicks(story.ana, first, f"{ids.ADD_AT}0")
    await story.clicks(story.ana, second, f"{ids.ADD_AT}1")
    assert len(story.prospects()) == 1
    assert "Nothing was" in story.screen(story.ana).text


async def test_a_likely_double_is_opened_or_added_anyway(story: Story) -> None:
    """Ana has a Dana Li at Acme already."""
    await story.told(story.ana, DANA)
    asked = await story.told(story.ana, "add Dana Li, Acme -- another one")
    assert "You have Dana Li at Acme already (new). Nothing was added yet." in asked.text
    assert labels(asked) == ["Open existing", "Add anyway", "Merge…"]
    assert len(story.prospects()) == 1

    shown = asked.snapshot()
    await story.clicks(story.ana, shown, label="Open existing")
    assert "$12,000" in read(story.screen(story.ana))

    await story.clicks(story.ana, shown, label="Add anyway")
    await story.clicks(story.ana, shown, label="Add anyway")
    assert len(story.prospects()) == 2


async def test_a_double_with_a_date_that_can_be_two_is_asked_each_thing_once(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, "add Dana Li, Acme, call 4/12 -- another one")
    await story.clicks(story.ana, story.screen(story.ana), f"{ids.ADD_AT}0")
    assert labels(story.screen(story.ana)) == ["Open existing", "Add anyway", "Merge…"]

    await story.clicks(story.ana, story.screen(story.ana), label="Add anyway")

    assert len(story.prospects()) == 2
    assert "Added Dana Li at Acme. Next: call" in story.screen(story.ana).text


async def test_when_two_match_it_asks_which(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme")
    await story.told(story.ana, "add Dan Wu, Acme")
    asked = await story.told(story.ana, "won acme")
    assert "Which “acme” do you mean?" in asked.text
    assert len(labels(asked, ids.SHOW)) == 2
    assert {each.stage for each in story.prospects()} == {Stage.NEW}


async def test_names_match_through_typos(story: Story) -> None:
    await story.told(story.ana, DANA)
    assert "Won" in (await story.told(story.ana, "won dnana li 9k")).text


async def test_what_is_typed_in_a_channel_is_answered_for_ones_own_eyes(story: Story) -> None:
    answer = await story.told(story.ana, DANA, story.deals)
    assert answer.ephemeral_to == story.ana.id
    assert story.messages(story.deals) == []


async def test_settings_are_typed_shown_and_undone(story: Story) -> None:
    assert "08:45 (Europe/Berlin) on Mon–Fri" in (await story.told(story.ana, "settings")).text
    assert "07:30" in (await story.told(story.ana, "settings time 7:30")).text
    days = await story.told(story.ana, "settings days mon-thu")
    assert "Mon–Thu" in days.text
    assert "off" in (await story.told(story.ana, "settings digest off")).text
    assert story.member(story.ana).next_digest_at is None
    await story.told(story.ana, "undo")
    assert story.member(story.ana).next_digest_at is not None
    assert "on: 07:30" in (await story.told(story.ana, "settings")).text


async def test_a_pause_is_typed_and_ended(story: Story) -> None:
    assert "No digests until Mon 23 Nov" in (await story.told(story.ana, "pause mon")).text
    assert "on again" in (await story.told(story.ana, "resume")).text
    assert "off" in (await story.told(story.ana, "pause")).text


async def test_an_admin_makes_somebody_a_manager_and_a_rep_can_not(story: Story) -> None:
    await story.told(story.ben, "help")
    assert "Only an admin can change roles" in (await story.told(story.ana, "role @ben manager")).text
    assert not story.member(story.ben).may_manage
    assert "Made ben manager" in (await story.told(story.cleo, "role @ben manager")).text
    assert story.member(story.ben).may_manage


async def test_the_typed_list_is_drawn_again_after_each_press_with_what_was_done_above_it(story: Story) -> None:
    """Ana types /followup, logs one of two calls in it, takes that back, and never loses the list."""
    for name in ("Dana Li", "Sam Sample"):
        await story.told(story.ana, f"add {name}, {name[:3]} Ltd, call tomorrow 10am")
    await story.waits(days=1)
    await story.clicks(story.ana, await story.told(story.ana, ""), ids.LOG, row="Dana Li")
    await story.submits(story.ana)

    shown = story.screen(story.ana)
    assert "Called, connected: *Dana Li at Dan Ltd*" in read(shown)
    assert "2. Sam Sample" in shown.text

    await story.clicks(story.ana, shown, ids.UNDO)
    shown = story.screen(story.ana)
    assert "Undone: called" in read(shown)
    assert "Dana Li" in shown.text
    assert "Sam Sample" in shown.text


async def test_the_pages_of_a_long_list_are_typed_and_the_last_is_the_last(story: Story) -> None:
    for number in range(9):
        await story.told(story.ana, f"add Sample {number}, Company {number}, call today 5pm")
    assert "1. Sample" in (await story.told(story.ana, "")).text
    second = (await story.told(story.ana, "today 2")).text
    assert "8. Sample" in second
    assert (await story.told(story.ana, "today 9")).text == second
