"""Takes the README's pictures from the running demo: ``uv run python -m tests.browser.pictures``."""

import asyncio
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, ViewportSize, async_playwright, expect

from tests.browser import chromium
from tests.browser.window import DANA, Window, looking

FOLDER: Final = Path(__file__).parents[2] / "docs" / "images"
SIZE: Final[ViewportSize] = {"width": 1280, "height": 800}
SCREEN: Final = {"viewport": SIZE}


async def take(window: Window, name: str) -> None:
    """One picture, once nothing glows or notifies any more."""
    await expect(window.page.locator(".is-fresh")).to_have_count(0)
    await window.page.screenshot(path=FOLDER / f"{name}.png", animations="disabled", caret="hide")


async def day(window: Window) -> None:
    """From the typed line to the digest that was worked on."""
    await window.types(DANA)
    await window.sees("Added Dana Li", window.newest)
    await take(window, "added")
    await window.moves_to_morning()
    await take(window, "digest")
    await window.row("Dana Li").get_by_role("button", name="Log call").click()
    await window.form.get_by_label("Note").fill("Left the pricing answer")
    await take(window, "log")
    await window.answers("Voicemail")
    await window.sees("called", window.line("Dana Li"))
    await window.closes()
    await window.row("Nils Example").get_by_role("combobox").select_option(label="Tomorrow: Thu 19 Nov")
    await window.sees("snoozed", window.line("Nils Example"))
    await window.row("Rosa Sample").get_by_role("button", name="as won").click()
    await window.answers("Mark as won")
    await window.sees("won", window.line("Rosa Sample"))
    await window.digest.evaluate("message => message.scrollIntoView()")
    await take(window, "worked")


async def team(window: Window) -> None:
    """Monday in the channel, a nudge and a deal taken over."""
    await window.page.get_by_role("button", name="Next Monday").click()
    await window.becomes("Cleo")
    await window.opens("deals")
    await window.page.get_by_role("button", name="Nudge owner Ben about Gus Variable").click()
    await window.sees("nudge for Ben: comes")
    await window.page.get_by_role("button", name="Take over Ines Example").click()
    await window.sees("taken over")
    await window.page.locator("#messages > .message").first.evaluate("message => message.scrollIntoView()")
    await take(window, "team")


async def home(window: Window) -> None:
    """App Home, in the dark."""
    await window.moves_to_morning()
    await window.opens("Home")
    await window.presses("Got it")
    await expect(window.page.get_by_text("How it works")).to_have_count(0)
    await window.sees("Today", window.page.locator("#home"))
    await take(window, "home-dark")


async def focus(window: Window) -> None:
    """One card at a time."""
    await window.moves_to_morning()
    await window.types("/followup focus")
    await window.sees("1 of", window.form)
    await take(window, "focus")


async def german(window: Window) -> None:
    """The same day for whoever chose German."""
    await window.types("/followup settings language deutsch")
    await window.sees("Sprache: Deutsch", window.newest)
    await window.page.get_by_role("button", name="Next morning").click()
    await window.sees("heute", window.newest)
    await window.newest.evaluate("message => message.scrollIntoView()")
    await take(window, "german")


async def pictures(browser: Browser) -> None:
    """All of them, each story on a demo of its own."""
    for story, scheme in ((day, "light"), (team, "light"), (home, "dark"), (focus, "light"), (german, "light")):
        async with looking(browser, color_scheme=scheme, **SCREEN) as window:
            await story(window)
            window.check()


async def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium.executable(), args=list(chromium.FLAGS))
        await pictures(browser)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
