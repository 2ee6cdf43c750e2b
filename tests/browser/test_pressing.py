"""Whoever is faster than the app: no press is lost while another one is still being answered."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Route, expect

from bot.views import ids
from tests.browser.window import DANA, Window

pytestmark = pytest.mark.asyncio(loop_scope="session")


@asynccontextmanager
async def held_back(window: Window) -> AsyncIterator[None]:
    """Inside, presses in a form are on their way and do not arrive."""
    arrive = asyncio.Event()

    async def carry(route: Route) -> None:
        if (route.request.post_data_json or {}).get("view"):
            await arrive.wait()
        await route.continue_()

    await window.page.route("**/click", carry)
    yield
    arrive.set()


async def test_escape_right_after_a_press_in_a_form_loses_neither_it_nor_the_next_one(window: Window) -> None:
    """The press is still on its way when the form is closed: whatever arrives first, the call is logged."""
    await window.types(DANA)
    await window.sees("Added Dana Li", window.newest)
    await window.moves_to_morning()
    await window.row("Dana Li").get_by_role("button", name="Log call").click()
    async with held_back(window):
        await window.answers("Voicemail")
        await window.page.keyboard.press("Escape")
        await window.row("Nils Example").get_by_role("combobox").select_option(label="Tomorrow: Thu 19 Nov")
        await window.sees("snoozed", window.line("Nils Example"))
    await window.sees("called 08:45, voicemail", window.line("Dana Li"))
    await expect(window.form).to_have_count(0)


async def test_a_press_is_not_lost_in_a_form_whose_opening_is_still_being_answered(window: Window) -> None:
    await window.moves_to_morning()
    answered = asyncio.Event()
    window.demo.sandbox.faults.slow("views.open", answered)
    await window.row("Rosa Sample").get_by_role("button", name="Log call").click()
    await window.answers("Voicemail")
    await window.page.keyboard.press("Escape")
    await window.row("Nils Example").get_by_role("combobox").select_option(label="Tomorrow: Thu 19 Nov")
    await window.sees("snoozed", window.line("Nils Example"))
    await window.sees("called", window.line("Rosa Sample"))
    answered.set()
    await expect(window.form).to_have_count(0)


async def test_what_is_chosen_while_the_choice_before_it_is_being_answered_is_what_counts(window: Window) -> None:
    await window.opens("Home")
    home = window.page.locator("#home")
    stage = home.locator(f'select[data-action="{ids.HOME_STAGE}"]')
    await expect(stage).to_be_visible()
    answered = asyncio.Event()
    # Opening it may still be drawing: that one waits too, and takes no wait away from the choice's own.
    window.demo.sandbox.faults.slow("views.publish", answered, times=5)
    await stage.select_option(label="Engaged")
    await expect(stage).to_have_attribute("aria-busy", "true")
    await stage.select_option(label="Proposal")
    answered.set()
    await expect(stage.locator("option[selected]")).to_have_text("Proposal")


async def test_a_tab_that_is_drawn_before_its_press_is_answered_is_the_chosen_one_afterwards(window: Window) -> None:
    await window.opens("Home")
    home = window.page.locator("#home")
    tab = home.locator(f'button[data-action="{ids.HOME_TAB}stalled"]')
    await expect(tab).to_be_visible()
    answered = asyncio.Event()

    async def answer_late(route: Route) -> None:
        answer = await route.fetch()
        await answered.wait()
        await route.fulfill(response=answer)

    await window.page.route("**/click", answer_late)
    await tab.click()
    await window.sees("Nothing happened for longer than", home)
    await expect(tab).to_have_attribute("aria-busy", "true")
    answered.set()
    await expect(tab).to_be_enabled()
    # At once: whatever else draws the page again later, such as the clock, would put it right as well.
    assert await tab.get_attribute("aria-label") == "Stalled: shown now"
