"""Modals and App Home through a real Bolt app: opening, filling in, refusing, pushing, closing."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from sandbox.model import View
from sandbox.people import Sandbox
from sandbox.refusal import NotRendered
from sandbox.screen import REQUIRED_WORDS
from tests.sandbox.conftest import Cast
from tests.sandbox.drawing import JSON, actions, asking, button, home, modal, options, section, select, text_input

FORM = modal(
    asking(block_id="name"),
    asking(select(number=3, initial_option=options(3)[1]), block_id="outcome"),
    asking({"type": "datepicker", "action_id": "on"}, block_id="when", optional=True),
    asking(select("checkboxes"), block_id="also", optional=True),
    actions(button("more"), {"type": "users_select", "action_id": "who"}, block_id="bar"),
    callback_id="form",
    private_metadata="17",
)


def opening(bolt: AsyncApp, view: JSON) -> None:
    """Lets /followup open this modal."""

    @bolt.command("/followup")
    async def open_it(ack: Any, command: JSON, client: Any) -> None:
        await client.views_open(trigger_id=command["trigger_id"], view=view)
        await ack()


def answering(bolt: AsyncApp, heard: list[JSON], **answer: Any) -> None:
    """Lets a submission of the form be answered with this."""

    @bolt.view("form")
    async def submitted(ack: Any, body: JSON) -> None:
        heard.append(body)
        await ack(**answer)


async def opened(sandbox: Sandbox, cast: Cast) -> View:
    outcome = await sandbox.type_command(cast.ana, cast.deals, "/followup")
    assert outcome.view is not None, outcome
    return outcome.view


async def test_a_submission_carries_all_values_in_slacks_shapes(bolt: AsyncApp, sandbox: Sandbox, cast: Cast) -> None:
    heard: list[JSON] = []
    opening(bolt, FORM)
    answering(bolt, heard)
    view = await opened(sandbox, cast)
    outcome = await sandbox.submit(cast.ana, view, {"name": "Dana", "on": "2026-03-09", "also": ["v1"]})
    assert (outcome.view, outcome.trouble, outcome.errors) == (None, None, {})
    shown = heard[0]["view"]
    values = shown["state"]["values"]
    assert (shown["callback_id"], shown["private_metadata"]) == ("form", "17")
    assert values["name"]["say"] == {"type": "plain_text_input", "value": "Dana"}
    assert values["outcome"]["pick"]["selected_option"]["value"] == "v1"
    assert values["when"]["on"] == {"type": "datepicker", "selected_date": "2026-03-09"}
    assert [each["value"] for each in values["also"]["pick"]["selected_options"]] == ["v1"]
    assert values["bar"]["who"] == {"type": "users_select", "selected_user": None}
    assert "more" not in values["bar"]


async def test_slack_itself_refuses_an_empty_required_input(bolt: AsyncApp, sandbox: Sandbox, cast: Cast) -> None:
    heard: list[JSON] = []
    opening(bolt, FORM)
    answering(bolt, heard)
    view = await opened(sandbox, cast)
    outcome = await sandbox.submit(cast.ana, view, {"name": ""})
    assert outcome.errors == view.errors == {"name": REQUIRED_WORDS}
    assert outcome.view is view
    assert heard == []


NUMBER = {"type": "number_input", "action_id": "n", "is_decimal_allowed": False, "min_value": "1", "max_value": "20"}
FITTING: dict[str, tuple[JSON, str, bool]] = {
    "an e-mail": ({"type": "email_text_input", "action_id": "e"}, "dana@example.com", True),
    "no e-mail": ({"type": "email_text_input", "action_id": "e"}, "dana", False),
    "a web address": ({"type": "url_text_input", "action_id": "u"}, "https://example.com", True),
    "no web address": ({"type": "url_text_input", "action_id": "u"}, "example", False),
    "a number": (NUMBER, "20", True),
    "a number too big": (NUMBER, "21", False),
    "a number too small": (NUMBER, "0", False),
    "a fraction where none is allowed": (NUMBER, "1.5", False),
    "no number": (NUMBER, "many", False),
    "a text at its length": (text_input(max_length=3), "abc", True),
    "a text past its length": (text_input(max_length=3), "abcd", False),
    "a text too short": (text_input(min_length=3), "ab", False),
}


@pytest.mark.parametrize("name", FITTING)
async def test_slack_itself_checks_what_is_typed(bolt: AsyncApp, sandbox: Sandbox, cast: Cast, name: str) -> None:
    element, typed, fits = FITTING[name]
    opening(bolt, modal(asking(element), callback_id="form"))
    answering(bolt, [])
    outcome = await sandbox.submit(cast.ana, await opened(sandbox, cast), {"ask": typed})
    assert (outcome.errors == {}) == fits


async def test_errors_keep_the_modal_open_with_words_at_their_blocks(
    bolt: AsyncApp, sandbox: Sandbox, cast: Cast
) -> None:
    opening(bolt, FORM)
    answering(bolt, [], response_action="errors", errors={"name": "Who is that?"})
    view = await opened(sandbox, cast)
    outcome = await sandbox.submit(cast.ana, view, {"name": "Dana"})
    assert outcome.errors == view.errors == {"name": "Who is that?"}
    assert sandbox.workspace.top_view(cast.ana.id) is view
    assert view.state["name"]["say"]["value"] == "Dana"


async def test_errors_at_blocks_that_arent_there_are_trouble(bolt: AsyncApp, sandbox: Sandbox, cast: Cast) -> None:
    opening(bolt, FORM)
    answering(bolt, [], response_action="errors", errors={"nowhere": "?"})
    outcome = await sandbox.submit(cast.ana, await opened(sandbox, cast), {"name": "Dana"})
    assert outcome.trouble == "errors must name input blocks of the view"
    assert outcome.view is not None
    assert outcome.view.trouble


async def test_an_update_redraws_the_modal_in_place(bolt: AsyncApp, sandbox: Sandbox, cast: Cast) -> None:
    opening(bolt, FORM)
    answering(bolt, [], response_action="update", view=modal(section(block_id="done")))
    view = await opened(sandbox, cast)
    outcome = await sandbox.submit(cast.ana, view, {"name": "Dana"})
    assert outcome.view is view
    assert [block["block_id"] for block in view.blocks] == ["done"]


async def test_a_push_lays_a_modal_on_top_and_closing_it_shows_the_one_below(
    bolt: AsyncApp, sandbox: Sandbox, cast: Cast
) -> None:
    opening(bolt, FORM)
    answering(bolt, [], response_action="push", view=modal(section()))
    below = await opened(sandbox, cast)
    outcome = await sandbox.submit(cast.ana, below, {"name": "Dana"})
    assert outcome.view is not None
    assert outcome.view.previous_view_id == below.id
    with pytest.raises(NotRendered, match="not in front"):
        await sandbox.submit(cast.ana, below, {})
    assert (await sandbox.close(cast.ana, outcome.view)).view is below


async def test_clear_closes_all(bolt: AsyncApp, sandbox: Sandbox, cast: Cast) -> None:
    opening(bolt, FORM)
    answering(bolt, [], response_action="clear")
    outcome = await sandbox.submit(cast.ana, await opened(sandbox, cast), {"name": "Dana"})
    assert (outcome.view, sandbox.workspace.views[cast.ana.id]) == (None, [])


@pytest.mark.parametrize("view", [modal(title={"type": "plain_text", "text": "x" * 25}), home(), None])
async def test_an_answer_with_a_view_slack_refuses_is_trouble(
    bolt: AsyncApp, sandbox: Sandbox, cast: Cast, view: JSON | None
) -> None:
    opening(bolt, FORM)

    @bolt.view("form")
    async def submitted(ack: Any) -> None:
        await ack({"response_action": "update", "view": view})

    outcome = await sandbox.submit(cast.ana, await opened(sandbox, cast), {"name": "Dana"})
    assert outcome.trouble is not None
    assert outcome.view is not None


async def test_an_app_that_fails_leaves_the_modal_open(bolt: AsyncApp, sandbox: Sandbox, cast: Cast) -> None:
    opening(bolt, FORM)
    outcome = await sandbox.submit(cast.ana, await opened(sandbox, cast), {"name": "Dana"})
    assert outcome.trouble == "http_client_error"
    assert outcome.view is not None


@pytest.mark.parametrize("wanted", [True, False])
async def test_closing_is_told_only_when_asked_for(bolt: AsyncApp, sandbox: Sandbox, cast: Cast, wanted: bool) -> None:
    heard: list[JSON] = []
    opening(bolt, modal(section(), callback_id="form", notify_on_close=wanted))

    @bolt.view_closed("form")
    async def closed(ack: Any, body: JSON) -> None:
        heard.append(body)
        await ack()

    assert (await sandbox.close(cast.ana, await opened(sandbox, cast))).view is None
    assert [body["is_cleared"] for body in heard] == ([False] if wanted else [])


async def test_a_button_in_a_modal_carries_the_view_and_a_trigger_that_can_push(
    bolt: AsyncApp, sandbox: Sandbox, cast: Cast
) -> None:
    heard: list[JSON] = []
    opening(bolt, FORM)

    @bolt.action("more")
    async def more(ack: Any, body: JSON, client: Any) -> None:
        heard.append(body)
        await client.views_push(trigger_id=body["trigger_id"], view=modal(section()))
        await ack()

    view = await opened(sandbox, cast)
    outcome = await sandbox.click(cast.ana, view, "more")
    assert heard[0]["container"] == {"type": "view", "view_id": view.id}
    assert heard[0]["view"]["state"]["values"]["outcome"]["pick"]["selected_option"]["value"] == "v1"
    assert "response_url" not in heard[0]
    assert outcome.view is not None
    assert outcome.view.previous_view_id == view.id


async def test_an_input_that_dispatches_tells_the_app_at_once(bolt: AsyncApp, sandbox: Sandbox, cast: Cast) -> None:
    heard: list[JSON] = []
    opening(bolt, modal(asking(select(), block_id="kind", dispatch_action=True), asking()))

    @bolt.action("pick")
    async def picked(ack: Any, action: JSON) -> None:
        heard.append(action)
        await ack()

    view = await opened(sandbox, cast)
    await sandbox.click(cast.ana, view, "say", value="typed")
    assert heard == []
    await sandbox.click(cast.ana, view, "pick", value="v1")
    assert heard[0]["selected_option"]["value"] == "v1"


async def test_visiting_home_is_told_and_shows_what_is_published(bolt: AsyncApp, sandbox: Sandbox, cast: Cast) -> None:
    visits: list[JSON] = []

    @bolt.event("app_home_opened")
    async def visited(event: JSON, client: Any) -> None:
        visits.append(event)
        await client.views_publish(user_id=event["user"], view=home(actions(button("start"))))

    first = await sandbox.open_home(cast.ana)
    second = await sandbox.open_home(cast.ana)
    assert first is not None
    assert first is second is sandbox.workspace.home[cast.ana.id]
    assert ["view" in visit for visit in visits] == [False, True]
    assert (visits[0]["tab"], visits[0]["channel"]) == ("home", sandbox.workspace.im_with(cast.ana.id).id)


async def test_shortcuts_carry_what_they_were_used_on(bolt: AsyncApp, sandbox: Sandbox, cast: Cast) -> None:
    heard: list[JSON] = []

    @bolt.shortcut("capture")
    async def anywhere(ack: Any, body: JSON) -> None:
        heard.append(body)
        await ack()

    @bolt.shortcut("from_message")
    async def on_message(ack: Any, body: JSON) -> None:
        heard.append(body)
        await ack()

    message = sandbox.workspace.say(cast.ben.id, cast.deals.id, "call Dana")
    await sandbox.global_shortcut(cast.ana, "capture")
    await sandbox.message_shortcut(cast.ana, message, "from_message")
    assert [body["type"] for body in heard] == ["shortcut", "message_action"]
    assert (heard[1]["message"]["text"], heard[1]["message"]["user"]) == ("call Dana", cast.ben.id)
    with pytest.raises(NotRendered, match="offered"):
        await sandbox.global_shortcut(cast.ana, "other")
