"""The page over HTTP: what it shows to whom, what it lets people do, and whom it refuses."""

import json

import pytest

from sandbox.model import Shortcut, View
from sandbox.people import Sandbox
from sandbox.rendering import accepted
from tests.page.conftest import Browser, Team
from tests.page.drawing import actions, asked, button, option, plain, section

SNOOZE = {"type": "static_select", "action_id": "snooze", "placeholder": plain("Snooze"), "options": [option("A", "1")]}
OWN_ADDRESS = "This page answers on this machine's own address only."


def form(team: Team) -> View:
    """A modal with one required question, in front of Ana."""
    question = asked({"type": "plain_text_input", "action_id": "t"})
    view = View("V1", team.ana.id, "modal", accepted([question]), "h", "V1", title=plain("A form"), submit=plain("Go"))
    team.workspace.push_view(view)
    return view


async def test_the_page_shows_the_conversation_to_whoever_is_chosen(browser: Browser, team: Team) -> None:
    team.workspace.say(team.ben.id, team.deals.id, "Good *morning* <https://example.com|all>")
    status, html = await browser.read("/?as=UANA&in=CDEALS")
    assert status == 200
    assert "Good <strong>morning</strong>" in html
    assert "Friday 27 November 2026" in html
    assert "Europe/Berlin" in html


async def test_nobody_sees_a_private_channel_from_outside(browser: Browser, team: Team) -> None:
    team.workspace.say(team.ana.id, team.secret.id, "between us")
    assert "between us" in (await browser.read("/?as=UANA&in=CSECRET"))[1]
    assert "between us" not in (await browser.read("/?as=UBEN&in=CSECRET"))[1]


async def test_an_ephemeral_message_is_for_one_person_and_can_be_dismissed(browser: Browser, team: Team) -> None:
    aside = team.app_says(team.deals.id, "just you", only=team.ana.id)
    mine, yours = [(await browser.read(f"/parts?as={who}&in=CDEALS"))[1] for who in ("UANA", "UBEN")]
    assert "Only visible to you" in mine
    assert "just you" not in yours
    await browser.does("/dismiss", {"as": "UANA", "in": "CDEALS", "channel": "CDEALS", "ts": aside.ts})
    assert "just you" not in (await browser.read("/parts?as=UANA&in=CDEALS"))[1]


async def test_hostile_text_reaches_the_page_as_text(browser: Browser, team: Team) -> None:
    await browser.does("/say", {"as": "UANA", "in": "CDEALS", "text": "<script>alert(1)</script>"})
    team.app_says(team.deals.id, "x", [section("<javascript:alert(2)|go>", accessory=button('"onmouseover="x'))])
    html = (await browser.read("/parts?as=UANA&in=CDEALS"))[1]
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "javascript:" not in html
    assert '"onmouseover=' not in html


async def test_a_message_elsewhere_is_counted_until_it_is_opened(browser: Browser, team: Team) -> None:
    await browser.read("/?as=UANA&in=CDEALS")
    im = team.workspace.im_with(team.ana.id)
    team.app_says(im.id, "3 follow-ups today")
    assert 'aria-label="1 unread"' in (await browser.read("/parts?as=UANA&in=CDEALS"))[1]
    assert 'aria-label="1 unread"' not in (await browser.read(f"/parts?as=UANA&in={im.id}&tab=messages"))[1]
    assert 'aria-label="1 unread"' not in (await browser.read("/parts?as=UANA&in=CDEALS"))[1]


async def test_an_unknown_command_is_answered_by_slackbot(browser: Browser) -> None:
    await browser.does("/say", {"as": "UANA", "in": "CDEALS", "text": "/nonsense"})
    html = (await browser.read("/parts?as=UANA&in=CDEALS"))[1]
    assert "Slackbot" in html
    assert "/nonsense is not a valid command" in html


async def test_the_composer_offers_the_apps_commands(browser: Browser) -> None:
    html = (await browser.read("/?as=UANA&in=CDEALS"))[1]
    assert 'data-name="/followup"' in html
    assert "[add | help]" in html


async def test_a_click_sends_the_rendered_element_and_what_stands_beside_it(
    browser: Browser, team: Team, sandbox: Sandbox
) -> None:
    note = asked({"type": "plain_text_input", "action_id": "note"})
    message = team.app_says(team.deals.id, "x", [note, actions(button(value="p1"), SNOOZE)])
    values = {"ask": {"note": "wants SSO"}, "acts": {"snooze": None}}
    at = {"as": "UANA", "in": "CDEALS", "channel": "CDEALS", "ts": message.ts}
    await browser.does("/click", {**at, "block": "acts", "action": "go", "value": None, "values": values})
    payload = sandbox.deliveries[-1].payload
    assert payload["actions"][0]["value"] == "p1"
    assert payload["state"]["values"]["ask"]["note"]["value"] == "wants SSO"
    assert payload["state"]["values"]["acts"]["snooze"]["selected_option"] is None


async def test_a_choice_that_was_not_offered_is_refused(browser: Browser, team: Team, sandbox: Sandbox) -> None:
    message = team.app_says(team.deals.id, "x", [actions(SNOOZE)])
    at = {"as": "UANA", "in": "CDEALS", "channel": "CDEALS", "ts": message.ts}
    _, answer = await browser.does("/click", {**at, "block": "acts", "action": "snooze", "value": "99"})
    assert json.loads(answer)["ok"] is False
    assert sandbox.deliveries == []


async def test_a_modal_is_drawn_and_a_missing_answer_is_said_at_its_field(browser: Browser, team: Team) -> None:
    view = form(team)
    _, answer = await browser.does("/submit", {"as": "UANA", "view": view.id, "values": {"ask": {"t": None}}})
    assert "ask" in json.loads(answer)["errors"]
    html = (await browser.read("/parts?as=UANA&in=CDEALS"))[1]
    assert "A form" in html
    assert "Please complete this required field." in html


async def test_a_closed_modal_is_gone(browser: Browser, team: Team) -> None:
    view = form(team)
    await browser.does("/close", {"as": "UANA", "view": view.id})
    assert "A form" not in (await browser.read("/parts?as=UANA&in=CDEALS"))[1]


async def test_a_modal_that_is_not_in_front_cannot_be_used(browser: Browser, team: Team) -> None:
    form(team)
    _, answer = await browser.does("/submit", {"as": "UBEN", "view": "V1", "values": {}})
    assert "not on the screen" in json.loads(answer)["notice"]


async def test_the_home_tab_waits_kindly_for_the_app(browser: Browser) -> None:
    html = (await browser.read("/?as=UANA&tab=home"))[1]
    assert "Sample Coach is getting your Home ready" in html


async def test_moving_the_clock_wakes_whoever_hangs_on_it(browser: Browser, team: Team, sandbox: Sandbox) -> None:
    woken: list[str] = []

    async def tick() -> None:
        woken.append(team.workspace.clock.now().isoformat())

    sandbox.on_clock_moved = tick
    await browser.does("/clock/next-morning", {"as": "UANA"})
    assert woken == ["2026-11-28T07:45:00+00:00"]
    assert "Saturday 28 November 2026" in (await browser.read("/parts?as=UANA&in=CDEALS"))[1]


async def test_an_outsider_can_join_a_public_channel_only(browser: Browser, team: Team) -> None:
    assert "Join channel" in (await browser.read("/?as=UOTTO&in=CDEALS"))[1]
    await browser.does("/join", {"as": "UOTTO", "in": "CDEALS"})
    await browser.does("/join", {"as": "UOTTO", "in": "CSECRET"})
    assert team.otto.id in team.deals.members
    assert team.otto.id not in team.secret.members


async def test_events_tell_one_persons_page_what_changed(browser: Browser, team: Team) -> None:
    async with browser.session.get(browser.base_url + "/events?as=UANA") as stream:
        assert await stream.content.readline() == b"retry: 1000\n"
        await stream.content.readline()
        team.app_says(team.deals.id, "for ben", only=team.ben.id)
        mine = team.app_says(team.deals.id, "for all")
        told = json.loads((await stream.content.readline()).removeprefix(b"data: "))
    assert told == {"kind": "message", "channel": "CDEALS", "ref": mine.ts}


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"host": "evil.example"},
        {"host": "127.0.0.1.evil.example"},
        {"content-type": "text/plain"},
    ],
)
async def test_another_website_cannot_act_here(browser: Browser, team: Team, headers: dict[str, str]) -> None:
    status, _ = await browser.does("/say", {"as": "UANA", "in": "CDEALS", "text": "from afar"}, **headers)
    assert status == 403
    assert team.workspace.history("CDEALS") == []


async def test_a_rebound_name_reads_nothing(browser: Browser) -> None:
    assert await browser.read("/", host="evil.example:80") == (403, OWN_ADDRESS)
    assert await browser.read("/parts", host="evil.example") == (403, OWN_ADDRESS)


async def test_the_page_may_load_nothing_from_elsewhere(browser: Browser) -> None:
    async with browser.session.get(browser.base_url + "/") as answer:
        policy, html = answer.headers["content-security-policy"], await answer.text()
    assert "default-src 'none'; script-src 'self'" in policy
    assert "http://" not in html
    assert "https://" not in html


async def test_unreadable_requests_are_refused(browser: Browser) -> None:
    sent = {"content-type": "application/json"}
    url = browser.base_url + "/say"
    for body in (b"", b"[]", b'"x"', b"{}", b"\xff"):
        async with browser.session.post(url, data=body, headers=sent) as answer:
            assert answer.status == 400


async def test_every_file_of_the_page_is_served(browser: Browser) -> None:
    html = (await browser.read("/"))[1]
    found = [part.partition('"')[0] for part in html.split('="/static/')[1:]]
    assert len(found) > 5
    for name in found:
        async with browser.session.get(f"{browser.base_url}/static/{name}") as answer:
            assert answer.status == 200, name


async def test_a_message_offers_the_apps_shortcuts_and_the_box_the_global_ones(
    browser: Browser, team: Team, sandbox: Sandbox
) -> None:
    team.workspace.app.shortcuts += [Shortcut("keep", "Keep this", "message", "As a note"), Shortcut("new", "New one")]
    message = team.app_says(team.deals.id, "worth keeping")
    html = (await browser.read("/?as=UANA&in=CDEALS"))[1]
    assert html.count('data-shortcut="keep"') == 1
    assert "As a note" in html
    assert html.count('data-shortcut="new"') == 1
    at = {"as": "UANA", "in": "CDEALS", "channel": "CDEALS", "ts": message.ts}
    await browser.does("/shortcut", {**at, "shortcut": "keep"})
    payload = sandbox.deliveries[-1].payload
    assert (payload["type"], payload["callback_id"]) == ("message_action", "keep")
    assert payload["message"]["text"] == "worth keeping"
    await browser.does("/shortcut", {"as": "UANA", "in": "CDEALS", "shortcut": "new"})
    assert sandbox.deliveries[-1].payload["type"] == "shortcut"


async def test_a_shortcut_that_is_not_offered_there_is_refused(browser: Browser, team: Team, sandbox: Sandbox) -> None:
    team.workspace.app.shortcuts.append(Shortcut("keep", "Keep this", "message"))
    _, answer = await browser.does("/shortcut", {"as": "UANA", "in": "CDEALS", "shortcut": "keep"})
    assert json.loads(answer)["ok"] is False
    assert sandbox.deliveries == []


async def test_only_the_app_fills_a_menu_while_somebody_types(browser: Browser, team: Team) -> None:
    whom = {"type": "external_select", "action_id": "whom", "min_query_length": 2}
    message = team.app_says(team.deals.id, "x", [actions(whom, SNOOZE)])
    html = (await browser.read("/?as=UANA&in=CDEALS"))[1]
    assert 'data-least="2"' in html
    at = {"as": "UANA", "in": "CDEALS", "channel": "CDEALS", "ts": message.ts, "typed": "da"}
    _, answer = await browser.does("/suggest", {**at, "action": "snooze"})
    assert json.loads(answer)["ok"] is False
    message.offered["whom"] = [{"text": {"type": "plain_text", "text": "Dana <b>"}, "value": "7"}]
    html = (await browser.read("/parts?as=UANA&in=CDEALS"))[1]
    assert '<option value="7" >Dana &lt;b&gt;</option>' in html
