"""Cadences made in Slack: written in a form, looked at, saved, changed while people are on them, deleted, suggested."""

import pytest
from sqlalchemy import select

from bot.storage.records import Enrollment, record
from bot.storage.tables import enrollments
from bot.views import ids
from cadences import library
from cadences.definition import dump, load
from sandbox.model import Message, Person
from sandbox.screen import state_of
from tests.support.app import Story, labels, options, read

STEPS = "d0 email thank-you\n3bd call reminder: propose meeting\n  > Ask for 20 minutes\n7d email: share value"
LIGHTER = "3d email value: share value\n9d email feedback: ask feedback\n7d email reminder: close the loop"
"""Nudge with another second step."""


def typed(story: Story, person: Person, block_id: str) -> str:
    """What stands in a field of the form in front of somebody."""
    view = story.form(person)
    values = state_of(view.blocks, view.state)[block_id][block_id]
    return str(values.get("value") or "")


def on_versions(story: Story, key: str) -> list[int]:
    with story.db.read() as tx:
        rows = tx.execute(select(enrollments).order_by(enrollments.c.prospect_id))
        running = [record(Enrollment, row) for row in rows]
    return [each.version for each in running if each.cadence == key and each.ended_at is None]


async def makes(story: Story, person: Person, line: str, **fields: str) -> Message:
    """Somebody opens the form with a line, fills it in, looks at it and saves it; what she then reads."""
    await story.types(person, line)
    await story.submits(person, **fields)
    await story.submits(person)
    return story.screen(person)


async def on_nudge(story: Story, name: str, done: int) -> None:
    phone = f"+49 30 9018{ord(name[0])}"
    await story.told(story.ana, f"add {name} Sample, {name} Inc, {name.lower()}@example.com, {phone}")
    await story.told(story.ana, f"cadence start {name} nudge")
    for _ in range(done):
        await story.told(story.ana, f"log {name}")


async def test_a_cadence_is_written_looked_at_and_saved(story: Story) -> None:
    """Ana makes one for leads from a fair, and puts Dana on it."""
    await story.types(story.ana, "cadence new Fair leads")
    assert typed(story, story.ana, "name") == "Fair leads"
    await story.submits(story.ana, steps=STEPS, end="ask", description="After the fair")

    looked_at = read(story.form(story.ana))
    for said in [
        "fair-leads, new, your own",
        "Step 1: no purpose was given, taken as thank",
        "Step 3: no type was given, taken as value",
        "no closing step",
        "1. Thu 19 Nov 2026 16:00 · email to say thank you",
        "2. Tue 24 Nov 2026 09:00 · call to propose a meeting",
        "Then: you are asked",
    ]:
        assert said in looked_at
    assert "Save anyway" in str(story.form(story.ana).submit)
    await story.submits(story.ana)

    assert "✓ Saved Fair leads (fair-leads, version 1, yours)." in story.heard()
    await story.told(story.ana, "add Dana Li, Acme, dana@acme.com, +49 30 901820")
    assert "Started fair-leads" in (await story.told(story.ana, "cadence start acme on fair leads")).text
    assert "*fair-leads* · 3 steps · yours" in read(await story.told(story.ana, "cadence list"))
    assert "fair-leads" not in (await story.told(story.ben, "cadence list")).text


async def test_what_can_not_be_read_is_said_at_its_field_and_nothing_is_lost(story: Story) -> None:
    await story.types(story.ana, "cadence new")
    outcome = await story.submits(story.ana, steps="3d email value\n5d call reminder\n2d pigeon", every="often")
    assert set(outcome.errors) == {"name", "steps", "every"}
    assert outcome.errors["name"] == "A cadence needs a name."
    for said in ["Line 2: step 2: purpose is missing", "line 3: step 3: unknown channel 'pigeon'"]:
        assert said in outcome.errors["steps"]
    assert typed(story, story.ana, "steps").endswith("2d pigeon")
    more = await story.submits(story.ana, name="Sample", every="4 weeks", steps="3d email value", steps_2="3d call\n4d")
    assert set(more.errors) == {"steps_2"}
    assert "Line 1: step 2: type and purpose are missing" in more.errors["steps_2"]
    assert "line 2: step 3: channel is missing" in more.errors["steps_2"]
    await story.submits(story.ana, steps_2="3d call feedback")
    assert "something useful every 28 days" in read(story.form(story.ana))


async def test_the_fields_can_be_changed_once_more_before_it_is_saved(story: Story) -> None:
    await story.types(story.ana, "cadence new Sample")
    await story.submits(story.ana, steps="3d email value")
    await story.clicks(story.ana, story.form(story.ana), label="Change it")
    assert typed(story, story.ana, "steps") == "3d email value: share value"
    await story.submits(story.ana, steps="4d email value")
    await story.submits(story.ana)
    assert "4 days later" in read(await story.told(story.ana, "cadence show sample"))


@pytest.mark.parametrize("key", library.KEYS)
async def test_as_text_and_back_again_it_is_the_same_to_the_letter(story: Story, key: str) -> None:
    """Cleo copies a cadence as text, gives it another key, and has the same one under that key."""
    shown = await story.told(story.cleo, f"cadence show {key} yaml")
    pieces = [block["elements"][0]["elements"][0]["text"] for block in shown.blocks if block["type"] == "rich_text"]
    text = "\n".join(pieces)
    cadence = library.get(key)
    assert cadence is not None
    assert text == dump(cadence)

    renamed = text.replace(f"key: {key}", f"key: {key}-2", 1)
    await story.types(story.cleo, f"cadence new\n{renamed}")
    await story.submits(story.cleo)
    await story.clicks(story.cleo, story.form(story.cleo), label="Change it")
    await story.submits(story.cleo)
    await story.submits(story.cleo)
    again = await story.told(story.cleo, f"cadence show {key}-2 as text")
    pieces = [block["elements"][0]["elements"][0]["text"] for block in again.blocks if block["type"] == "rich_text"]
    assert "\n".join(pieces) == renamed
    assert load(renamed, "text").steps == cadence.steps


async def test_a_definition_that_can_not_be_used_is_said_to_the_line(story: Story) -> None:
    await story.types(story.ana, "cadence new")
    outcome = await story.submits(
        story.ana, steps="key: x\nname: X\nsteps:\n  - after: 3d\n    channel: call\nend: ask"
    )
    assert "line 4: step 1: type is missing" in outcome.errors["steps"]


async def test_a_long_definition_goes_over_several_fields(story: Story) -> None:
    steps = "".join(
        f"  - after: 3d\n    channel: email\n    type: value\n    purpose: share value\n    template: {'x' * 900}\n"
        for _ in range(14)
    )
    await story.types(story.ana, f"cadence new key: long-one\nname: Long\nsteps:\n{steps}end:\n  action: ask")
    assert {"steps", "steps_2", "steps_3", "steps_4"} <= {block["block_id"] for block in story.form(story.ana).blocks}
    await story.submits(story.ana)
    await story.submits(story.ana)
    await story.types(story.ana, "cadence show long-one yaml")
    form = story.form(story.ana)
    parts = [typed(story, story.ana, str(block["block_id"])) for block in form.blocks]
    assert load("\n".join(parts), "text").steps[11].template == "x" * 900


# --- Changing one that people are on.


async def test_an_edit_tells_each_persons_dates_before_and_after(story: Story) -> None:
    """Two of Ana's wait for the second step, one for the first; Cleo changes the second."""
    for name, done in (("Dana", 1), ("Fay", 0), ("Sam", 1)):
        await on_nudge(story, name, done)
    await story.types(story.cleo, "cadence edit nudge")
    assert "4d call feedback: ask feedback" in typed(story, story.cleo, "steps")
    await story.submits(story.cleo, steps=LIGHTER)

    form = story.form(story.cleo)
    assert "3 people are on v1: 1 unaffected, 2 would move." in read(form)
    people = options(form, "move_1")
    assert list(people) == ["Dana Sample at Dana Inc", "Sam Sample at Sam Inc"]
    assert "call Mon 23 Nov → email Mon 30 Nov" in read(form)
    await story.submits(story.cleo, move_1=[people["Sam Sample at Sam Inc"]])

    assert "✓ Saved Nudge 3-7-14 (nudge, version 2, the team’s)." in story.heard()
    assert "1 person went to version 2. 2 people finish on the version they are on." in story.heard()
    assert on_versions(story, "nudge") == [1, 1, 2]
    assert "Mon 30 Nov" in (await story.told(story.ana, "show sam")).text
    assert "Mon 23 Nov" in (await story.told(story.ana, "show dana")).text

    await story.told(story.cleo, "undo")
    assert on_versions(story, "nudge") == [1, 1, 1]
    assert "Mon 23 Nov" in (await story.told(story.ana, "show sam")).text


async def test_an_old_button_of_somebody_who_was_moved_says_what_happened(story: Story) -> None:
    await on_nudge(story, "Dana", 1)
    old = await story.told(story.ana, "show dana")
    await story.types(story.cleo, "cadence edit nudge")
    await story.submits(story.cleo, steps=LIGHTER)
    await story.submits(story.cleo, move=["everybody"])
    await story.clicks(story.ana, old, ids.WON)
    assert "saved version 2 of nudge. Nothing was changed now. Next: email Mon 30 Nov" in story.heard()


async def test_keeping_is_the_default_and_all_is_one_tick(story: Story) -> None:
    for name, done in (("Dana", 1), ("Fay", 0)):
        await on_nudge(story, name, done)
    await makes(story, story.cleo, "cadence edit nudge", steps=LIGHTER)
    assert on_versions(story, "nudge") == [1, 1]
    await story.types(story.cleo, "cadence edit nudge")
    await story.submits(story.cleo, steps=LIGHTER.replace("9d", "8d"))
    await story.submits(story.cleo, move=["everybody"])
    assert on_versions(story, "nudge") == [3, 3]


async def test_two_at_once_are_not_overwritten(story: Story) -> None:
    """Cleo has the form open; Ben, a manager too, saves his first. She sees his, and decides."""
    await story.told(story.ben, "cadence list")
    await story.told(story.cleo, "role <@U0BEN> manager")
    await story.types(story.cleo, "cadence edit nudge")
    await makes(story, story.ben, "cadence edit nudge", steps="5d email value\n9d email: close the loop")

    await story.submits(story.cleo, steps=LIGHTER)
    form = read(story.form(story.cleo))
    assert "ben saved version 2" in form
    assert "Nothing was overwritten." in form
    assert "5d email value: share value; 9d email reminder: close the loop" in form
    assert typed(story, story.cleo, "steps") == LIGHTER
    await story.submits(story.cleo)
    assert "nudge, version 3" in read(story.form(story.cleo))
    await makes(story, story.ben, "cadence edit nudge", steps="6d email value\n9d email: close the loop")
    await story.submits(story.cleo)
    assert "ben saved version 3" in read(story.form(story.cleo))


async def test_a_rep_who_edits_the_teams_gets_a_copy_of_her_own(story: Story) -> None:
    await story.types(story.ana, "cadence edit nudge")
    assert "saving makes your own copy" in read(story.form(story.ana))
    await story.submits(story.ana, steps=LIGHTER)
    assert "nudge-3-7-14-copy, a copy of nudge, your own" in read(story.form(story.ana))
    await story.submits(story.ana)
    assert "9 days later" not in read(await story.told(story.ana, "cadence show nudge"))
    assert "9 days later" in read(await story.told(story.ana, "cadence show nudge-3-7-14-copy"))


async def test_somebody_elses_own_can_be_copied_from_where_it_is_shown(story: Story) -> None:
    await makes(story, story.ben, "cadence new Bens way", steps=LIGHTER)
    refused = await story.told(story.ana, "cadence start acme bens-way")
    assert "somebody’s own; make a copy" in refused.text
    shown = await story.told(story.ana, "cadence show bens-way")
    assert "Edit" not in labels(shown)
    await story.clicks(story.ana, shown, label="Make my own copy")
    await story.submits(story.ana)
    await story.submits(story.ana)
    assert "bens-way-copy" in (await story.told(story.ana, "cadence list")).text


# --- Deleting.


async def test_deleting_asks_what_becomes_of_those_on_it(story: Story) -> None:
    """Ana lets Dana finish; then takes that back, and takes Dana off."""
    await makes(story, story.ana, "cadence new Mine", steps=LIGHTER)
    await story.told(story.ana, "add Dana Li, Acme, dana@acme.com")
    await story.told(story.ana, "cadence start acme mine")
    shown = await story.told(story.ana, "cadence show mine")
    await story.clicks(story.ana, shown, label="Delete")
    asked = story.screen(story.ana)
    assert "1 person is on it" in asked.text

    await story.clicks(story.ana, asked, label="They finish it")
    finished = story.screen(story.ana)
    assert "1 person will finish it" in finished.text
    assert "on mine" in read(await story.told(story.ana, "show acme"))
    assert "Mine was deleted" in (await story.told(story.ana, "cadence start acme mine")).text
    await story.told(story.ana, "undo")

    await story.clicks(story.ana, await story.told(story.ana, "cadence delete mine"), label="They come off it")
    assert "1 person came off it" in story.screen(story.ana).text
    assert "on mine" not in read(await story.told(story.ana, "show acme"))
    await story.told(story.ana, "undo")
    assert "on mine" in read(await story.told(story.ana, "show acme"))


async def test_what_comes_with_the_program_stays(story: Story) -> None:
    answer = await story.told(story.cleo, "cadence delete nudge")
    assert "Nudge comes with the program and stays" in answer.text
    assert "cadence fork nudge" in answer.text


# --- Suggested.


async def test_a_rule_suggests_and_one_click_starts(story: Story) -> None:
    """Cleo wants big software deals on persistent; Ana adds one."""
    line = "cadence rule persistent value>50k source referral"
    assert "Only a manager can make a rule" in (await story.told(story.ana, line)).text
    assert (
        "✓ Made a rule for persistent for a value from $50,000, source referral."
        in (await story.told(story.cleo, line)).text
    )
    assert "1. persistent for a value from $50,000" in (await story.told(story.ana, "cadence rules")).text

    small = await story.told(story.ana, "add Fay Small, Tiny, fay@example.com, $10k, source referral")
    assert "persistent" not in small.text
    answer = await story.told(story.ana, "add Dana Li, Acme, dana@acme.com, $60k, source referral")
    assert "Suggested for Dana Li at Acme: persistent" in answer.text
    await story.clicks(story.ana, answer, label="Start persistent")
    assert "on persistent" in read(await story.told(story.ana, "show acme"))
    assert "Suggested" not in (await story.told(story.ana, "show acme")).text

    rules = await story.told(story.cleo, "cadence rules")
    await story.clicks(story.cleo, rules, label="Remove")
    assert "There are no rules yet" in (await story.told(story.cleo, "cadence rules")).text
    await story.told(story.cleo, "undo")
    assert "1. persistent" in (await story.told(story.cleo, "cadence rules")).text


async def test_making_and_moving_says_the_same_on_both_databases(both: Story) -> None:
    await on_nudge(both, "Dana", 1)
    await both.types(both.cleo, "cadence edit nudge")
    await both.submits(both.cleo, steps=LIGHTER)
    await both.submits(both.cleo, move=["everybody"])
    assert on_versions(both, "nudge") == [2]
    await both.told(both.cleo, "undo")
    assert on_versions(both, "nudge") == [1]
