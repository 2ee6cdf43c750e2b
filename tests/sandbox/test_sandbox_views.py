"""views.* through the real client: triggers, the stack, hashes, homes."""

from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.people import Sandbox
from sandbox.workspace import Workspace
from tests.sandbox.conftest import Cast
from tests.sandbox.drawing import asking, home, modal, plain, section
from tests.sandbox.test_sandbox_chat import refusal


async def test_a_trigger_opens_one_modal_once(client: AsyncWebClient, cast: Cast, workspace: Workspace) -> None:
    trigger = workspace.issue_trigger(cast.ana.id)
    answer = await client.views_open(trigger_id=trigger, view=modal(section(), callback_id="c"))
    view = workspace.top_view(cast.ana.id)
    assert view is not None
    assert (answer["view"]["id"], answer["view"]["callback_id"]) == (view.id, "c")
    assert await refusal(client.views_open(trigger_id=trigger, view=modal())) == "exchanged_trigger_id"


@pytest.mark.parametrize(("seconds", "code"), [(3.0, None), (3.1, "expired_trigger_id")])
async def test_a_trigger_lives_three_seconds(
    client: AsyncWebClient, cast: Cast, sandbox: Sandbox, seconds: float, code: str | None
) -> None:
    trigger = sandbox.workspace.issue_trigger(cast.ana.id)
    sandbox.clock.advance(timedelta(seconds=seconds))
    if code is None:
        assert (await client.views_open(trigger_id=trigger, view=modal()))["ok"]
    else:
        assert await refusal(client.views_open(trigger_id=trigger, view=modal())) == code


async def test_a_made_up_trigger_is_invalid(client: AsyncWebClient) -> None:
    assert await refusal(client.views_open(trigger_id="1.2.3", view=modal())) == "invalid_trigger_id"


async def test_a_bad_view_is_refused_in_words_and_spends_no_trigger(
    client: AsyncWebClient, cast: Cast, workspace: Workspace
) -> None:
    trigger = workspace.issue_trigger(cast.ana.id)
    with pytest.raises(SlackApiError) as caught:
        await client.views_open(trigger_id=trigger, view=modal(title=plain("x" * 25)))
    assert caught.value.response["error"] == "invalid_arguments"
    assert caught.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    assert (await client.views_open(trigger_id=trigger, view=modal()))["ok"]


async def test_a_view_that_is_too_large_has_its_own_code(
    client: AsyncWebClient, cast: Cast, workspace: Workspace
) -> None:
    big = modal(*({"type": "section", "text": plain("x" * 3000)} for _ in range(100)))
    trigger = workspace.issue_trigger(cast.ana.id)
    assert await refusal(client.views_open(trigger_id=trigger, view=big)) == "view_too_large"


async def test_a_stack_is_three_deep(client: AsyncWebClient, cast: Cast, workspace: Workspace) -> None:
    await client.views_open(trigger_id=workspace.issue_trigger(cast.ana.id), view=modal())
    for _ in range(2):
        top = workspace.top_view(cast.ana.id)
        assert top is not None
        trigger = workspace.issue_trigger(cast.ana.id, top.id)
        pushed = await client.views_push(trigger_id=trigger, view=modal())
        assert pushed["view"]["previous_view_id"] == top.id
        assert pushed["view"]["root_view_id"] == workspace.views[cast.ana.id][0].id
    trigger = workspace.issue_trigger(cast.ana.id, pushed["view"]["id"])
    assert await refusal(client.views_push(trigger_id=trigger, view=modal())) == "push_limit_reached"


async def test_a_push_needs_a_trigger_from_a_modal(client: AsyncWebClient, cast: Cast, workspace: Workspace) -> None:
    assert (
        await refusal(client.views_push(trigger_id=workspace.issue_trigger(cast.ana.id), view=modal())) == "not_found"
    )


async def test_the_hash_guards_an_update(client: AsyncWebClient, cast: Cast, workspace: Workspace) -> None:
    opened = await client.views_open(trigger_id=workspace.issue_trigger(cast.ana.id), view=modal())
    first = {"view_id": opened["view"]["id"], "hash": opened["view"]["hash"]}
    updated = await client.views_update(**first, view=modal(section()))
    assert updated["view"]["hash"] != first["hash"]
    assert await refusal(client.views_update(**first, view=modal())) == "hash_conflict"
    assert (await client.views_update(view_id=first["view_id"], view=modal()))["ok"]


async def test_an_update_finds_a_view_by_its_external_id(
    client: AsyncWebClient, cast: Cast, workspace: Workspace
) -> None:
    await client.views_open(trigger_id=workspace.issue_trigger(cast.ana.id), view=modal(external_id="mine"))
    assert (await client.views_update(external_id="mine", view=modal(external_id="mine")))["ok"]
    assert await refusal(client.views_update(external_id="other", view=modal())) == "not_found"


async def test_what_was_typed_stays_through_an_update(
    client: AsyncWebClient, cast: Cast, workspace: Workspace, sandbox: Sandbox
) -> None:
    opened = await client.views_open(
        trigger_id=workspace.issue_trigger(cast.ana.id), view=modal(asking(), asking(block_id="gone"))
    )
    view = workspace.find_view(opened["view"]["id"])
    await sandbox.click(cast.ana, view, block_id="ask", value="typed")
    await sandbox.click(cast.ana, view, block_id="gone", value="typed")
    updated = await client.views_update(view_id=view.id, view=modal(section(), asking()))
    assert updated["view"]["state"]["values"] == {"ask": {"say": {"type": "plain_text_input", "value": "typed"}}}


async def test_a_home_is_published_and_published_again(
    client: AsyncWebClient, cast: Cast, workspace: Workspace
) -> None:
    first = await client.views_publish(user_id=cast.ana.id, view=home(section()))
    second = await client.views_publish(user_id=cast.ana.id, view=home(), hash=first["view"]["hash"])
    assert first["view"]["id"] == second["view"]["id"] == workspace.home[cast.ana.id].id
    stale = client.views_publish(user_id=cast.ana.id, view=home(), hash=first["view"]["hash"])
    assert await refusal(stale) == "hash_conflict"


async def test_a_home_is_refused_for_nobody_as_a_modal_or_when_it_is_off(
    client: AsyncWebClient, cast: Cast, workspace: Workspace
) -> None:
    assert await refusal(client.views_publish(user_id="U404", view=home())) == "user_not_found"
    assert await refusal(client.views_publish(user_id=cast.ana.id, view=modal())) == "invalid_arguments"
    workspace.app.home_tab = False
    assert await refusal(client.views_publish(user_id=cast.ana.id, view=home())) == "not_enabled"
