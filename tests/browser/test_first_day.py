"""What a newcomer does first: adds somebody, gets the digest, acts on it, takes something back."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.window import DANA, Window

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_guide_writes_the_line_and_the_card_shows_what_was_understood(window: Window) -> None:
    await window.page.get_by_label("Try this").get_by_role("link").first.click()
    await expect(window.page.locator("#say")).to_have_value(DANA)
    await window.page.keyboard.press("Enter")
    for said in ("Added Dana Li", "$12,000 from “$12k”", "Wed 18 Nov 10:00 (Europe/Berlin)", "demo went well"):
        await window.sees(said, window.newest)


async def test_a_slash_offers_the_commands_and_tab_completes_them(window: Window) -> None:
    await window.page.locator("#say").press_sequentially("/f")
    await expect(window.page.get_by_role("option")).to_have_count(1)
    await window.page.keyboard.press("Tab")
    await expect(window.page.locator("#say")).to_have_value("/followup ")


async def test_words_without_a_slash_are_not_met_with_silence(window: Window) -> None:
    await window.types("hello there")
    await window.sees("does not read messages. Start with /followup", window.page.locator("#toasts"))


async def test_a_call_is_logged_with_two_clicks_and_its_row_turns_in_place(window: Window) -> None:
    await window.types(DANA)
    await window.sees("Added Dana Li", window.newest)
    await window.moves_to_morning()
    await window.row("Dana Li").get_by_role("button", name="Log call").click()
    await window.answers("Voicemail")
    await window.sees("✓ Dana Li · Acme – called 08:45, voicemail; next: email Mon 23 Nov", window.line("Dana Li"))
    await window.sees("1 of 9 done", window.digest)
    await window.closes()


async def test_one_is_snoozed_one_won_one_lost_and_one_undone(window: Window) -> None:
    await window.moves_to_morning()
    await window.row("Tom Placeholder").get_by_role("combobox").select_option(label="Tomorrow: Thu 19 Nov")
    await window.sees("snoozed to Thu 19 Nov", window.line("Tom Placeholder"))
    await window.row("Rosa Sample").get_by_role("button", name="as won").click()
    await window.form.get_by_label("Amount").fill("$21k")
    await window.answers("Mark as won")
    await window.sees("won $21,000", window.line("Rosa Sample"))
    await window.row("Nora Fictional").get_by_role("button", name="as lost").click()
    await window.answers("Mark as lost")
    await window.sees("Please complete this required field", window.form)
    await window.form.get_by_label("Pricing").check()
    await window.answers("Mark as lost")
    await window.sees("lost (pricing)", window.line("Nora Fictional"))
    await window.line("Nora Fictional").get_by_role("button", name="Undo").click()
    await expect(window.row("Nora Fictional").get_by_role("button", name="Log email")).to_be_visible()
    await window.sees("2 of 8 done", window.digest)


async def test_the_rest_of_the_digest_is_one_click_away_and_so_is_the_way_back(window: Window) -> None:
    await window.moves_to_morning()
    await window.presses("Show 1 more")
    await window.sees("Pavel Mock", window.digest)
    await window.presses("Show the rows before these")
    await window.sees("Rosa Sample", window.digest)


async def test_the_menu_logs_a_reply_adds_a_note_and_parks(window: Window) -> None:
    await window.moves_to_morning()
    await window.takes("Omar Specimen", "They replied")
    await window.sees("they replied 08:45; next: email Thu 19 Nov", window.line("Omar Specimen"))
    await window.takes("Lena Muster", "Add a note")
    await window.form.get_by_label("Note").fill("Likes short answers")
    await window.answers("Save")
    await expect(window.form).to_have_count(0)
    await window.takes("Lena Muster", "Park")
    await window.form.get_by_label("Until").fill("2027-03-01")
    await window.answers("Park")
    await window.sees("parked until Mon 1 Mar 2027", window.line("Lena Muster"))


async def test_the_menu_opens_the_card_with_its_timeline_and_logs_another_channel(window: Window) -> None:
    await window.moves_to_morning()
    await window.takes("Lena Muster", "Open card")
    await window.sees("Left the pricing answer")
    await window.takes("Lena Muster", "Log another channel")
    await window.form.get_by_label("Channel", exact=True).select_option(label="Call")
    await window.answers("No answer")
    await window.sees("called 08:45, no answer", window.line("Lena Muster"))


async def test_the_footer_changes_the_settings_and_pauses_the_digest(window: Window) -> None:
    await window.moves_to_morning()
    await window.presses("Settings: digest")
    await window.form.get_by_label("Time", exact=True).fill("07:30")
    await window.answers("Save")
    await window.sees("07:30 (Europe/Berlin)")
    await window.presses("Pause digests")
    await window.answers("Pause")
    await window.sees("paused until Wed 25 Nov")


async def test_the_home_tab_shows_the_day_and_adds_somebody(window: Window) -> None:
    await window.opens("Home")
    home = window.page.locator("#home")
    await window.sees("Today", home)
    await home.get_by_role("button", name="Add a prospect").click()
    await window.form.get_by_label("Name").fill("Zoe Sample")
    await window.answers("Add")
    await expect(window.form).to_have_count(0)
    await window.opens("Messages")
    await window.types("/followup show zoe")
    await window.sees("Zoe Sample", window.newest)


async def test_the_form_says_every_error_at_its_field_and_keeps_what_was_typed(window: Window) -> None:
    await window.types("/followup add")
    await window.form.get_by_label("Name").fill("Zoe Sample")
    await window.form.get_by_label("Email").fill("zoe at sample")
    await window.form.get_by_label("Deal value").fill("lots")
    await window.answers("Add")
    errors = window.form.locator(".has-error .error")
    await expect(errors).to_have_text([re.compile("no email address"), re.compile("can't read that amount")])
    await window.form.get_by_label("Email").fill("zoe@sample.example")
    await window.form.get_by_label("Deal value").fill("$3k")
    await window.answers("Add")
    await window.sees("Added Zoe Sample", window.newest)
    await window.types("/followup show zoe")
    await window.sees("$3,000", window.newest)


async def test_every_question_typed_gets_an_answer(window: Window) -> None:
    answers = {
        "help": "What you can type",
        "find smaple": "Rosa Sample",
        "show rosa": "Wants a call after their board meeting",
        "stalled": "have stalled",
        "history": "Your last changes",
        "undo": "Undone",
        "frobnicate": "I don't know “frobnicate”. Nothing was changed.",
        "show nobody like this": "I know nobody called",
    }
    for line, answer in answers.items():
        await window.types(f"/followup {line}")
        await window.sees(answer, window.newest)
