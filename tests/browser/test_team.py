"""Monday in the team channel, seen by three people."""

import pytest
from playwright.async_api import expect

from tests.browser.window import Window

pytestmark = pytest.mark.asyncio(loop_scope="session")
DIFFERENT_OWNERS = 3


async def monday(window: Window, person: str) -> None:
    await window.page.get_by_role("button", name="Next Monday").click()
    await window.becomes(person)
    await window.opens("deals")
    await window.sees("stalled deals")


async def mornings_in_new_york(window: Window) -> None:
    """Ben hears nothing at half past three in the morning, where he is."""
    for _ in range(5):
        await window.page.get_by_role("button", name="+1 hour").click()


async def test_on_monday_the_channel_sees_the_stalled_deals_of_several_owners_with_a_thread(window: Window) -> None:
    await monday(window, "Ana")
    rows = window.newest.locator(".blocks").first.locator(".is-section").filter(has_text="idle for")
    texts = await rows.all_inner_texts()
    owners = {text.splitlines()[0].rsplit(" · ", 1)[1] for text in texts}
    assert len(texts) >= 4
    assert len(owners) == DIFFERENT_OWNERS
    await window.newest.locator("summary").click()
    await expect(window.newest.locator(".replies > .message")).to_have_count(DIFFERENT_OWNERS)


async def test_the_manager_nudges_an_owner_and_takes_a_deal_over(window: Window) -> None:
    await monday(window, "Cleo")
    await window.page.get_by_role("button", name="Nudge owner Ben about Gus Variable").click()
    await window.sees("nudge for Ben: comes 14:00")
    await window.page.get_by_role("button", name="Take over Ines Example").click()
    await window.sees("✓ Ines Example · Example Energy – taken over by Cleo 09:30")
    await mornings_in_new_york(window)
    await window.becomes("Ben")
    await window.opens("coach")
    await window.sees("Cleo asks how Gus Variable at Variable Valves is going")
    await window.sees("Cleo took over Ines Example at Example Energy from you")


async def test_a_teammate_asks_for_a_deal_and_the_owner_says_yes(window: Window) -> None:
    await monday(window, "Ben")
    await window.page.locator("#scroll").evaluate("box => { box.scrollTop = 0 }")
    await window.page.get_by_role("button", name="Take over Jon Specimen").click()
    await window.presses("New message")
    await window.sees("Cleo was asked to hand Jon Specimen at Specimen Steel over to you", window.newest)
    await expect(window.newest).to_be_in_viewport()
    await window.becomes("Cleo")
    await window.opens("coach")
    await window.page.get_by_text("Yes, hand over").click()
    await mornings_in_new_york(window)
    await window.becomes("Ben")
    await window.opens("coach")
    await window.sees("Jon Specimen")


async def test_the_owner_says_no_and_whoever_asks_again_reads_that(window: Window) -> None:
    await monday(window, "Ben")
    await window.types("/followup take jon")
    await window.sees("Cleo was asked to hand Jon Specimen at Specimen Steel over to you", window.newest)
    await window.becomes("Cleo")
    await window.opens("coach")
    await window.page.get_by_text("No, I keep it").click()
    await window.sees("✓ You keep Jon Specimen at Specimen Steel. Ben will be told Mon 23 Nov 14:00 (your time).")
    await expect(window.page.get_by_text("Yes, hand over")).to_have_count(0)
    await window.becomes("Ben")
    await window.opens("deals")
    await window.types("/followup take jon")
    await window.sees("Cleo answered already (03:30) and keeps Jon Specimen at Specimen Steel.", window.newest)
    await mornings_in_new_york(window)
    await window.opens("coach")
    await window.sees("Cleo keeps Jon Specimen at Specimen Steel.")


async def test_where_the_app_is_missing_it_says_the_exact_invitation_and_retries(window: Window) -> None:
    await window.opens("general")
    await window.types("/followup team")
    await window.sees("Type /invite @coach there, then press Retry")
    await window.types("/invite @coach")
    await window.sees("coach is in #general now", window.page.locator("#toasts"))
    await window.presses("Retry")
    await window.sees("Stalled deals will be posted here on Mondays at 09:30")
