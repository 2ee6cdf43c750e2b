"""The page: safe against what it shows, usable without a mouse, honest when the demo is gone."""

import socket
from urllib.parse import urlsplit

import aiohttp
import pytest
from playwright.async_api import Browser, expect

from bot.demo import demo
from tests.browser.window import DANA, PATIENCE, TUESDAY, Window, looking, window_on

pytestmark = pytest.mark.asyncio(loop_scope="session")
HOSTILE = "<img src=x onerror=alert(1)>"


async def test_a_hostile_name_stays_text_everywhere(window: Window) -> None:
    await window.types(f'/followup add {HOSTILE}, </li></ol>" onload="alert(3), call tomorrow 10am -- {HOSTILE}')
    await window.sees(HOSTILE, window.newest)
    await window.moves_to_morning()
    await window.sees(HOSTILE, window.digest)
    await window.takes(HOSTILE, "Open card")
    await window.sees(HOSTILE, window.newest)
    await window.row(HOSTILE).get_by_role("button", name="Log call").click()
    await window.sees(HOSTILE, window.form)
    await expect(window.page.locator("#main script, #main img, #modal script, #modal img")).to_have_count(0)


async def test_everything_can_be_done_with_the_keyboard_alone(window: Window) -> None:
    keyboard = window.page.keyboard
    await keyboard.type(DANA)
    await keyboard.press("Enter")
    await window.sees("Added Dana Li", window.newest)
    await window.page.get_by_role("button", name="Next morning").focus()
    await keyboard.press("Enter")
    await expect(window.digest).to_be_visible()
    await window.row("Dana Li").get_by_role("button", name="Log call").focus()
    await keyboard.press("Enter")
    await expect(window.form.get_by_label("Note")).to_be_focused()
    await keyboard.type("Wants a second call")
    await keyboard.press("Tab")
    await expect(window.form.get_by_role("button", name="Voicemail")).to_be_focused()
    await keyboard.press("Enter")
    await window.sees("called 08:45, voicemail", window.line("Dana Li"))
    await keyboard.press("Escape")
    await expect(window.form).to_have_count(0)
    more = window.row("Omar Specimen").get_by_role("button").last
    await more.focus()
    await keyboard.press("Enter")
    await expect(window.page.get_by_role("menuitem", name="They replied")).to_be_focused()
    await keyboard.press("ArrowDown")
    await expect(window.page.get_by_role("menuitem", name="Log another channel")).to_be_focused()
    await keyboard.press("Escape")
    await expect(more).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_page_is_drawn_in_both_schemes_and_in_a_narrow_window(browser: Browser, scheme: str) -> None:
    async with looking(browser, color_scheme=scheme, viewport={"width": 900, "height": 700}) as window:
        await window.moves_to_morning()
        await expect(window.row("Rosa Sample").get_by_role("button", name="Log call")).to_be_visible()
        ground = await window.page.locator(".stage").evaluate("stage => getComputedStyle(stage).backgroundColor")
        ink = await window.page.locator("body").evaluate("body => getComputedStyle(body).color")
        assert (ground == "rgb(255, 255, 255)") == (scheme == "light")
        assert ground != ink
        assert await window.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        window.check()


async def test_a_reload_keeps_the_place_and_the_half_written_line(window: Window) -> None:
    await window.becomes("Cleo")
    await window.opens("deals")
    await window.page.locator("#say").fill("/followup half a li")
    await window.page.reload()
    await expect(window.page.get_by_role("heading", name="deals", exact=True)).to_be_visible()
    await expect(window.page.locator("#say")).to_have_value("/followup half a li")
    await window.sees("Cleo", window.page.locator('[aria-label="Act as"] [aria-current]'))


async def test_the_page_says_so_when_the_demo_is_gone(browser: Browser) -> None:
    async with demo(0, starts_at=TUESDAY, moving=False, patience=PATIENCE / 1000) as running:
        window = await window_on(running, await browser.new_context())
        await expect(window.page.locator("#say")).to_be_focused()
    await expect(window.page.get_by_text("Connection lost")).to_be_visible()
    await window.types("/followup help")
    await expect(window.page.get_by_text("The local Slack does not answer")).to_be_visible()
    await expect(window.page.locator("#say")).to_have_value("/followup help")
    await window.page.context.close()


async def test_the_demo_listens_on_loopback_only_and_refuses_strangers() -> None:
    async with (
        demo(0, starts_at=TUESDAY, moving=False, patience=PATIENCE / 1000) as running,
        aiohttp.ClientSession() as session,
    ):
        address = urlsplit(running.url)
        assert address.hostname == "127.0.0.1"
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((_own_address(), address.port or 0), timeout=2).close()
        base = f"http://{address.netloc}"
        foreign = [{"host": "evil.example"}, {"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}]
        for headers in foreign:
            async with session.post(f"{base}/say", json={"text": "/followup help"}, headers=headers) as answer:
                assert answer.status == 403
        async with session.get(base, headers={"host": "evil.example"}) as answer:
            assert answer.status == 403


def _own_address() -> str:
    """An address of this machine that is not 127.0.0.1."""
    return "127.0.0.2"


async def test_what_is_wrong_with_a_field_at_the_edge_of_a_long_form_is_in_sight(window: Window) -> None:
    await window.types(DANA)
    await window.sees("Added Dana Li", window.newest)
    await window.types("/followup edit dana")
    field = window.form.get_by_label("Next step")
    await field.fill("email 2020-01-01")
    await field.evaluate("field => field.scrollIntoView({ block: 'end' })")
    await window.answers("Save")
    told = window.form.get_by_role("alert").filter(has_text=".")
    await expect(told).to_be_visible()
    await expect(told).to_be_in_viewport(ratio=1)
