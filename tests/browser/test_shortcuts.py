"""The app's shortcuts, where Slack shows them: in a message's menu, and beside the message box."""

import pytest
from playwright.async_api import expect

from tests.browser.window import Window

pytestmark = pytest.mark.asyncio(loop_scope="session")

SAID = "Rosa asked for the security paper by Friday"


async def from_the_newest_message(window: Window, entry: str) -> None:
    """Takes an entry of the newest message's menu."""
    await window.newest.hover()
    await window.newest.get_by_role("button", name="Shortcuts for this message").click()
    await window.page.get_by_role("menuitem", name=entry).click()


async def said_in_deals(window: Window) -> None:
    await window.opens("deals")
    await window.types(SAID)
    await window.sees(SAID, window.newest)


async def test_a_message_becomes_a_prospect_with_its_words_in_the_note(window: Window) -> None:
    await said_in_deals(window)
    await from_the_newest_message(window, "Follow up on this")
    note = window.form.get_by_label("Note")
    assert SAID in await note.input_value()
    await window.form.get_by_label("Name").fill("Zoe Sample")
    await window.answers("Add")
    await window.sees("Added Zoe Sample", window.newest)


async def test_a_message_becomes_a_note_with_somebody_found_while_typing(window: Window) -> None:
    await said_in_deals(window)
    await from_the_newest_message(window, "Add as a note")
    await window.answers("Save")
    await window.sees("Please complete this required field", window.form)
    await window.form.get_by_label("Prospect").press_sequentially("ros")
    await expect(window.form.get_by_role("option", name="Rosa Sample")).to_be_visible()
    await window.page.keyboard.press("ArrowDown")
    await expect(window.form.get_by_label("Matches")).to_be_focused()
    await window.answers("Save")
    await window.sees("Noted: Rosa Sample", window.newest)


async def test_somebody_new_is_added_from_beside_the_message_box(window: Window) -> None:
    await window.page.get_by_role("button", name="Shortcuts", exact=True).click()
    await window.page.get_by_role("menuitem", name="Add a prospect").click()
    await window.form.get_by_label("Name").fill("Zoe Sample")
    await window.answers("Add")
    await window.sees("Added Zoe Sample", window.newest)


async def test_a_menu_is_worked_with_the_keyboard_alone(window: Window) -> None:
    await said_in_deals(window)
    await window.newest.get_by_role("button", name="Shortcuts for this message").focus()
    await window.page.keyboard.press("Enter")
    await expect(window.page.get_by_role("menuitem", name="Follow up on this")).to_be_focused()
    await window.page.keyboard.press("ArrowDown")
    await window.page.keyboard.press("Enter")
    await expect(window.form.get_by_label("Prospect")).to_be_focused()
    await window.closes()


async def test_what_only_she_sees_has_no_shortcuts_as_in_slack(window: Window) -> None:
    await window.types("/followup help")
    await window.sees("What you can type", window.newest)
    await expect(window.newest.get_by_role("button", name="Shortcuts for this message")).to_have_count(0)
