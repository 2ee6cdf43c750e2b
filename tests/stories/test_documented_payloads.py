"""What Slack's documentation shows and a tidy stand-in does not: fields left out, null, or empty lists for objects."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.views import ids
from sandbox.delivery import COMMAND, EVENT, INTERACTIVE, Delivery
from sandbox.model import Message
from sandbox.screen import elements
from tests.support.app import Story, read
from tests.support.rows import everything

JSON = dict[str, Any]

DANA = "add Dana Li, Acme, $12k, call tomorrow 10am"
FRIDAY_MORNING = datetime(2026, 11, 20, 7, 45, tzinfo=UTC)
WRONG = "Something went wrong"
NOT_ALWAYS = frozenset(
    {
        "message", "state", "enterprise", "is_enterprise_install", "token", "response_urls", "container", "action_ts",
        "api_app_id", "message_ts",
    }
)  # fmt: skip
"""What some payloads come without."""


async def sends(story: Story, payload: JSON, kind: str = INTERACTIVE) -> Delivery:
    """Slack sends exactly this."""
    delivery = await story.sandbox.courier.deliver(kind, payload)
    await story.settle()
    assert delivery.answer is not None
    assert delivery.answer.trouble is None, payload
    assert WRONG not in str(delivery.answer.body)
    return delivery


def last(story: Story, kind: str) -> JSON:
    """The newest payload of a kind, with a trigger of its own."""
    payload = deepcopy([each.payload for each in story.sandbox.deliveries if each.payload.get("type") == kind][-1])
    return {**payload, "trigger_id": story.sandbox.workspace.issue_trigger(story.ana.id)}


def bare(payload: JSON) -> JSON:
    """The same without what need not be there."""
    kept = {name: value for name, value in payload.items() if name not in NOT_ALWAYS}
    kept["user"] = {"id": payload["user"]["id"], "username": "ana", "team_id": payload["user"]["team_id"]}
    return kept


def emptied(pressed: JSON) -> JSON:
    """The same menu with its choice taken out."""
    return {**pressed, "actions": [{**pressed["actions"][0], "selected_option": None}]}


async def card_of_dana(story: Story) -> Message:
    await story.told(story.ana, DANA)
    return await story.told(story.ana, "show dana")


async def test_a_command_comes_without_text_and_without_what_is_deprecated(story: Story) -> None:
    await story.told(story.ana, DANA)
    typed = [each.payload for each in story.sandbox.deliveries if each.kind == COMMAND][-1]
    needed = ("team_id", "user_id", "command", "trigger_id", "response_url", "channel_id")
    delivery = await sends(story, {name: typed[name] for name in needed}, COMMAND)
    assert delivery.answer is not None
    assert "Dana Li" in str(delivery.answer.body)


async def test_a_press_in_an_ephemeral_message_brings_no_message_and_little_else(story: Story) -> None:
    card = await card_of_dana(story)
    await story.clicks(story.ana, card, ids.WON)
    await story.sandbox.close(story.ana, story.form(story.ana))
    await sends(story, bare(last(story, "block_actions")))
    assert story.form(story.ana).callback_id == ids.FORM_WON
    await story.submits(story.ana, amount="9k")
    assert "$9,000" in story.heard()


@pytest.mark.parametrize("team", [None, {"id": "T0000000001", "domain": "sample-team"}])
async def test_a_press_says_the_workspace_in_one_place_or_the_other(story: Story, team: JSON | None) -> None:
    card = await card_of_dana(story)
    await story.clicks(story.ana, card, ids.WON)
    await story.sandbox.close(story.ana, story.form(story.ana))
    pressed = bare(last(story, "block_actions")) | {"team": team}
    if team is not None:
        del pressed["user"]["team_id"]
    await sends(story, pressed)
    assert story.form(story.ana).callback_id == ids.FORM_WON


async def test_a_press_in_home_names_no_channel_and_an_empty_state_is_a_list(story: Story) -> None:
    home = await story.sandbox.open_home(story.ana)
    assert home is not None
    await story.clicks(story.ana, home, label="Add a prospect")
    await story.sandbox.close(story.ana, story.form(story.ana))
    pressed = last(story, "block_actions")
    pressed["view"]["state"] = {"values": []}
    await sends(story, bare(pressed))
    assert story.form(story.ana).callback_id == ids.FORM_ADD


@pytest.mark.parametrize("state", [{"values": []}, {}, None])
async def test_a_form_with_nothing_in_it_is_sent(story: Story, state: JSON | None) -> None:
    """Every field is as if it was left empty."""
    await story.types(story.ana, "add")
    form = story.form(story.ana)
    await story.submits(story.ana, name="Eli Wu")
    sent = last(story, "view_submission")
    sent["view"] |= {"id": f"{form.id}X", "state": state}
    delivery = await sends(story, sent)
    assert delivery.answer is not None
    assert isinstance(delivery.answer.body, dict)
    assert delivery.answer.body["response_action"] == "errors"
    assert [each.name for each in story.prospects()] == ["Eli Wu"]


async def test_a_form_that_only_asks_for_a_yes_turns_away_whoever_may_not_send_it_any_more(story: Story) -> None:
    """She opened it as a member and became a guest meanwhile; there is no field to say it at."""
    await story.told(story.ana, "add Dana Li, Acme")
    asked = await story.told(story.ana, "add Dana Li, Acme")
    await story.clicks(story.ana, asked, ids.ADD_ANYWAY)
    await story.types(story.ana, "merge dana li into Dana Li")
    assert not [block for block in story.form(story.ana).blocks if block["type"] == "input"]
    await story.sandbox.change_person(story.ana, is_restricted=True)
    await story.submits(story.ana)
    assert "for members of this workspace" in read(story.form(story.ana))
    assert len([each for each in story.prospects() if each.merged_into_id is None]) == 2


SHAPES: dict[str, JSON] = {
    "a person's": {"type": "message", "user": "U0BEN", "ts": "1.1", "text": "Eli called"},
    "a bot's": {"type": "message", "subtype": "bot_message", "bot_id": "B0OTHER", "ts": "1.1", "text": "Eli called"},
    "in a thread": {"type": "message", "user": "U0BEN", "ts": "1.2", "thread_ts": "1.1", "text": "Eli called"},
    "a file's": {"type": "message", "user": "U0BEN", "ts": "1.1", "text": "", "files": [{"title": "Eli called"}]},
    "a file without access": {"type": "message", "user": "U0BEN", "ts": "1.1", "text": "", "files": [{"id": "F0"}]},
    "attachments only": {"type": "message", "bot_id": "B0OTHER", "ts": "1.1", "attachments": [{"text": "Eli called"}]},
    "passed on": {
        "type": "message",
        "user": "U0BEN",
        "ts": "1.1",
        "text": "",
        "attachments": [{"fallback": "Eli called"}],
    },
    "without text": {"type": "message", "user": None, "ts": "1.1", "text": None, "blocks": []},
    "joined": {"type": "message", "subtype": "channel_join", "user": "U0BEN", "ts": "1.1", "text": "<@U0BEN> joined"},
}


@pytest.mark.parametrize("shortcut", [ids.SHORTCUT_FOLLOW_UP, ids.SHORTCUT_NOTE])
@pytest.mark.parametrize("message", SHAPES)
async def test_a_shortcut_opens_its_form_on_any_kind_of_message(story: Story, message: str, shortcut: str) -> None:
    story.expected_refusals = {"message_not_found", "channel_not_found"}
    said = await story.sandbox.say(story.ben, story.random, "Eli called")
    await story.sandbox.message_shortcut(story.ana, said, shortcut)
    await story.sandbox.close(story.ana, story.form(story.ana))
    used = last(story, "message_action") | {"message": SHAPES[message], "message_ts": "1.1"}
    await sends(story, {name: used[name] for name in used if name not in NOT_ALWAYS - {"message", "message_ts"}})
    (note,) = [block for block in story.form(story.ana).blocks if block["block_id"] == "note"]
    kept = note["element"].get("initial_value", "")
    assert ("Eli called" in kept) is ("Eli called" in str(SHAPES[message]))
    assert "None" not in kept


async def test_a_menu_whose_choice_is_taken_out_again_asks_for_nothing(story: Story) -> None:
    """In a message, in Home and in a form."""
    card = await card_of_dana(story)
    await story.moves_to(FRIDAY_MORNING)
    home = await story.sandbox.open_home(story.ana)
    await story.types(story.ana, "focus")
    for surface in (card, story.digest(story.ana), home, story.form(story.ana)):
        assert surface is not None
        (menu, *_) = [each for each in elements(surface.blocks) if each.action_id in {ids.SNOOZE, ids.FOCUS_SNOOZE}]
        await story.clicks(story.ana, surface, menu.action_id, menu.json["options"][0]["value"])
        await story.told(story.ana, "undo")
        kept = everything(story.db)
        await sends(story, emptied(last(story, "block_actions")))
        assert everything(story.db) == kept
        assert "unforeseen" not in [event["event"] for event in story.log]


async def test_a_filter_of_home_whose_choice_is_taken_out_shows_everybody_again(story: Story) -> None:
    await card_of_dana(story)
    await story.moves_to(FRIDAY_MORNING)
    home = await story.sandbox.open_home(story.ana)
    assert home is not None
    await story.clicks(story.ana, home, ids.HOME_STAGE, "proposal")
    assert "Dana Li" not in read(home)
    await sends(story, emptied(last(story, "block_actions")))
    assert "Dana Li" in read(home)


async def test_a_home_is_opened_for_the_first_time_and_its_messages_too(story: Story) -> None:
    for inner in (
        {"type": "app_home_opened", "user": story.ana.id, "channel": "D0000000009", "tab": "messages"},
        {"type": "app_home_opened", "user": story.ana.id, "channel": "D0000000009", "event_ts": "1515449522.000016"},
        {"type": "app_home_opened", "user": story.ana.id, "channel": "D0000000009", "tab": "home", "view": None},
    ):
        await sends(
            story,
            {
                "token": "x",
                "team_id": story.sandbox.workspace.team_id,
                "api_app_id": "A0000000001",
                "event": inner,
                "type": "event_callback",
                "event_id": story.sandbox.workspace.new_id("Ev"),
                "event_time": 1515449522,
            },
            EVENT,
        )
    assert "Add a prospect" in read(story.sandbox.workspace.home[story.ana.id])
