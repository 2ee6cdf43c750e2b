"""A form that Slack did not open: what is said is honest, stands where it can be seen, and nothing is lost."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.views import ids
from sandbox.faults import Faults
from sandbox.model import Message, View
from tests.stories.conftest import Opened
from tests.support.app import Story, labels, options, read

GUS = "add Gus Sample, Acme, $12k, call today 5pm"
LOST = "lost gus -- we heard nothing"
FRIDAY = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
EXPIRED = "expired_trigger_id"
NOT_OPENED = "the form “Lost” for Gus Sample at Acme"


async def offered(story: Story, line: str = LOST) -> Message:
    """What a line is answered with whose form did not open."""
    story.expected_refusals = {EXPIRED}
    story.sandbox.faults.error("views.open", EXPIRED)
    return await story.told(story.ana, line)


def note_in(form: View) -> str:
    (block,) = [each for each in form.blocks if each.get("block_id") == "note"]
    return str(block["element"]["initial_value"])


async def home_of(story: Story) -> View:
    home = await story.sandbox.open_home(story.ana)
    await story.settle()
    assert home is not None
    return home


@pytest.mark.parametrize("code", [EXPIRED, "trigger_expired", "exchanged_trigger_id"])
async def test_the_answer_repeats_the_line_names_whom_it_is_about_and_is_no_one_else_s_example(
    story: Story, code: str
) -> None:
    await story.told(story.ana, GUS)
    story.expected_refusals = {code}
    story.sandbox.faults.error("views.open", code)
    answer = await story.told(story.ana, LOST)
    assert f"Slack was too slow to open {NOT_OPENED}." in answer.text
    assert f"You typed: /followup {LOST}" in answer.text
    assert f"You typed: /followup {LOST}" in read(answer)
    (button,) = [each for block in answer.blocks for each in block.get("elements", []) if each.get("action_id")]
    assert button["accessibility_label"] == f"Open {NOT_OPENED}"


@pytest.mark.parametrize(
    ("befalls", "said"),
    [
        (lambda faults: faults.rate_limited("views.open"), f"Slack takes no forms just now, so {NOT_OPENED} did not"),
        (lambda faults: faults.server_error("views.open"), f"Slack did not say whether {NOT_OPENED} opened."),
        (lambda faults: faults.refuse_connection("views.open"), f"Slack did not say whether {NOT_OPENED} opened."),
        (lambda faults: faults.error("views.open", "not_allowed"), f"Slack did not open {NOT_OPENED}."),
    ],
)
async def test_whatever_befalls_is_said_as_it_is_and_the_note_stands_in_the_form_that_the_button_opens(
    story: Story, befalls: Callable[[Faults], None], said: str
) -> None:
    await story.told(story.ana, GUS)
    story.expected_refusals = {"not_allowed", "ratelimited"}
    befalls(story.sandbox.faults)
    answer = await story.told(story.ana, LOST)
    assert said in answer.text
    assert "too slow" not in answer.text
    await story.clicks(story.ana, answer, ids.KEPT_FORM)
    assert note_in(story.form(story.ana)) == "we heard nothing"


async def test_a_form_that_opened_without_slack_saying_so_is_not_said_to_be_closed(opened: Opened) -> None:
    """It is open in front of her; the answer, which comes in time, says that it may be."""
    async with opened(form_seconds=0.05) as story:
        await story.told(story.ana, GUS)
        gate = asyncio.Event()
        story.sandbox.faults.slow("views.open", gate)
        answer = await story.told(story.ana, LOST)
        assert "did not say whether" in answer.text
        assert note_in(story.form(story.ana)) == "we heard nothing"
        gate.set()


async def test_too_slow_twice_offers_it_twice_with_the_line_still_there(story: Story) -> None:
    await story.told(story.ana, GUS)
    first = await offered(story)
    story.sandbox.faults.error("views.open", EXPIRED)
    await story.clicks(story.ana, first, ids.KEPT_FORM)
    second = story.screen(story.ana)
    assert f"You typed: /followup {LOST}" in second.text
    await story.clicks(story.ana, second, ids.KEPT_FORM)
    await story.submits(story.ana, reason="timing")
    assert story.prospect("Gus Sample").close_note == "we heard nothing"


@pytest.mark.parametrize("line", ["show gus", "today"])
async def test_the_card_and_the_list_stay_and_the_offer_stands_below(story: Story, line: str) -> None:
    await story.told(story.ana, GUS)
    await story.moves_to(FRIDAY)
    shown = await story.told(story.ana, line)
    before = read(shown)
    await offered_below(story, shown)
    assert read(shown) == before
    await story.clicks(story.ana, story.screen(story.ana), ids.KEPT_FORM)
    await story.submits(story.ana, reason="timing")
    assert "lost" in read(shown).casefold()


async def offered_below(story: Story, shown: Message) -> None:
    story.expected_refusals = {EXPIRED}
    story.sandbox.faults.error("views.open", EXPIRED)
    await story.clicks(story.ana, shown, ids.LOST)
    assert labels(story.screen(story.ana)) == ["Open the form"]


@pytest.mark.parametrize(
    ("action_id", "names", "values", "done"),
    [
        (ids.LOST, "Gus Sample at Acme", {"reason": "timing"}, "lost"),
        (ids.ADD_FORM, "Add a prospect", {"name": "Eva Muster"}, "Added *Eva Muster*"),
    ],
)
async def test_app_home_says_it_at_its_top_and_its_answer_comes_back_there(
    story: Story, action_id: str, names: str, values: dict[str, str], done: str
) -> None:
    await story.told(story.ana, GUS)
    home = await home_of(story)
    story.expected_refusals = {EXPIRED}
    story.sandbox.faults.error("views.open", EXPIRED)
    await story.clicks(story.ana, home, action_id)
    assert names in read(home)
    await story.clicks(story.ana, home, ids.KEPT_FORM)
    await story.submits(story.ana, **values)
    assert done in read(home)
    assert "Slack was too slow" not in read(home)


async def test_what_can_not_be_said_in_a_form_of_app_home_is_said_at_its_top(story: Story) -> None:
    """The card that Open shows is a form too; its trigger is as old as the press."""
    await story.told(story.ana, GUS)
    home = await home_of(story)
    story.expected_refusals = {EXPIRED}
    story.sandbox.faults.error("views.open", EXPIRED)
    await story.clicks(story.ana, home, ids.MORE, ids.OPEN)
    assert ids.DRAFT in {each.get("action_id") for block in home.blocks for each in block.get("elements", [])}


async def test_a_button_in_a_form_says_it_in_that_form(story: Story) -> None:
    await story.told(story.ana, GUS)
    await story.clicks(story.ana, await home_of(story), ids.MORE, ids.OPEN)
    story.expected_refusals = {EXPIRED}
    story.sandbox.faults.error("views.open", EXPIRED)
    await story.clicks(story.ana, story.form(story.ana), ids.LOST)
    form = story.form(story.ana)
    assert NOT_OPENED in read(form)
    await story.clicks(story.ana, form, ids.KEPT_FORM)
    await story.submits(story.ana, reason="timing")
    assert "Gus Sample" in read(story.sandbox.workspace.home[story.ana.id])


async def test_app_home_that_slack_does_not_draw_is_told_of_in_a_message(story: Story) -> None:
    await story.told(story.ana, GUS)
    home = await home_of(story)
    story.expected_refusals = {EXPIRED}
    story.sandbox.faults.error("views.open", EXPIRED)
    story.sandbox.faults.server_error("views.publish")
    await story.clicks(story.ana, home, ids.LOST)
    said = story.digest(story.ana)
    assert NOT_OPENED in said.text
    await story.clicks(story.ana, said, ids.KEPT_FORM)
    assert options(story.form(story.ana), "reason")


async def test_a_form_that_slack_does_not_draw_anew_is_told_of_beside_it(story: Story) -> None:
    """The list is worked: Next is pressed, and Slack does not show the next card."""
    await story.told(story.ana, GUS)
    await story.told(story.ana, "add Eva Muster, Beta, call today 5pm")
    await story.moves_to(FRIDAY)
    await story.types(story.ana, "focus")
    story.sandbox.faults.server_error("views.update")
    await story.clicks(story.ana, story.form(story.ana), ids.FOCUS_NEXT)
    assert "Slack did not show what became of your last press" in story.screen(story.ana).text


async def test_a_form_that_waited_for_longer_than_a_day_is_opened_no_more(story: Story) -> None:
    """What stands in it would write over what is true by now."""
    await story.told(story.ana, GUS)
    answer = await offered(story, "edit gus")
    await story.waits(hours=25)
    await story.clicks(story.ana, answer.snapshot(), ids.KEPT_FORM)
    assert "waited too long" in story.heard()
    assert story.sandbox.workspace.top_view(story.ana.id) is None
