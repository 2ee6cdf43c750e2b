"""The page without a mouse: every control has a name, and the focus is never left nowhere."""

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.browser.window import DANA, Window, looking

pytestmark = pytest.mark.asyncio(loop_scope="session")

NAMELESS = """() => [...document.querySelectorAll("button, a, select, input, textarea")]
    .filter((each) => each.checkVisibility() && !each.labels?.length && !each.ariaLabel
        && (each.matches("select, input, textarea") || !each.innerText.trim()))
    .map((each) => each.outerHTML.slice(0, 200))"""
SPOKEN_OTHERWISE = """() => [...document.querySelectorAll("button[aria-label]")]
    .filter((each) => each.innerText.trim())
    .map((each) => [each.innerText.trim().toLowerCase().replace(/…$/, ""), each.ariaLabel.toLowerCase()])
    .filter(([shown, spoken]) => !spoken.includes(shown))"""
"""Whoever steers by voice says what stands on a button: its spoken name must hold it."""


async def test_every_control_has_a_name_that_holds_what_stands_on_it(window: Window) -> None:
    await window.types(DANA)
    await window.page.get_by_role("button", name="Next Monday").click()
    await expect(window.digest).to_be_visible()
    await has_names(window)
    await window.opens("Home")
    await window.sees("Today", window.page.locator("#home"))
    await has_names(window)
    await window.page.locator("#home").get_by_role("button", name="Settings").first.click()
    await window.sees("Second nudge", window.page.locator("#home"))
    await has_names(window)
    await window.opens("deals")
    await window.sees("Gus Variable")
    await has_names(window)


async def test_the_focus_goes_back_to_what_opened_a_form(window: Window) -> None:
    await window.moves_to_morning()
    for name in ("Log call", "as won", "as lost"):
        opener = window.row("Rosa Sample").get_by_role("button", name=name)
        await opener.press("Enter")
        await expect(window.form).to_be_visible()
        await window.closes()
        await expect(opener).to_be_focused()
    opener = window.row("Rosa Sample").get_by_role("button", name="as won")
    await opener.press("Enter")
    await window.form.get_by_role("button", name="Cancel").press("Enter")
    await expect(opener).to_be_focused()


async def test_the_focus_goes_to_the_undo_of_a_row_that_was_worked_on(window: Window) -> None:
    await window.moves_to_morning()
    await window.row("Rosa Sample").get_by_role("button", name="Log call").press("Enter")
    await window.form.get_by_role("button", name="Log as connected").press("Enter")
    await expect(undo(window, "Rosa Sample")).to_be_focused()
    snooze = window.row("Nils Example").get_by_role("combobox")
    await snooze.focus()
    await snooze.select_option(label="Tomorrow: Thu 19 Nov")
    await expect(undo(window, "Nils Example")).to_be_focused()


async def test_a_phone_s_width_shows_everything_and_nothing_is_cut(browser: Browser) -> None:
    async with looking(browser, viewport={"width": 400, "height": 860}) as window:
        await window.moves_to_morning()
        cut = "(list) => list.scrollWidth > list.clientWidth || list.scrollHeight > list.clientHeight"
        for name in ("Next morning", "+1 hour", "+1 day", "Next Monday"):
            await expect(window.page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
        for name in (".conversations", ".acting"):
            assert not await window.page.locator(name).evaluate(cut), name
        assert await window.page.locator(".stage").evaluate("stage => stage.offsetHeight > innerHeight * 3 / 4")
        await window.becomes("Cleo")
        window.check()


async def has_names(window: Window) -> None:
    assert await window.page.evaluate(NAMELESS) == []
    assert await window.page.evaluate(SPOKEN_OTHERWISE) == []


def undo(window: Window, name: str) -> Locator:
    return window.line(name).get_by_role("button", name="Undo")
