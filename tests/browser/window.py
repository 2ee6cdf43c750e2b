"""A window on a running demo, used as a newcomer uses it: by what stands on the page."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from bot.demo import Demo, demo

TUESDAY = datetime(2026, 11, 17, 13, 0, tzinfo=UTC)
"""14:00 in Berlin: where the demo begins."""
PATIENCE = 30_000
DANA = "/followup add Dana Li, Acme, dana@acme.com, $12k, call tomorrow 10am -- demo went well"


@dataclass
class Window:
    """One browser window, and what went wrong in it."""

    page: Page
    demo: Demo
    troubles: list[str] = field(default_factory=list)

    # Doing

    async def types(self, line: str) -> None:
        """Writes a line into the message box and sends it."""
        box = self.page.locator("#say")
        await box.fill(line)
        await box.press("Enter")

    async def opens(self, name: str) -> None:
        """Opens a conversation of the sidebar, or a tab."""
        await self.page.get_by_role("link", name=name, exact=False).first.click()

    async def becomes(self, name: str) -> None:
        """Acts as another person."""
        await self.page.get_by_label("Act as").get_by_role("link", name=name).click()
        await expect(self.page.locator(f'[aria-label="Act as"] [aria-current]:has-text("{name}")')).to_be_visible()

    async def presses(self, name: str) -> None:
        """Presses the last button of that name: the newest."""
        await self.page.get_by_role("button", name=name).last.click()

    async def answers(self, name: str) -> None:
        """Presses a button of the form in front."""
        await self.form.get_by_role("button", name=name, exact=True).click()

    async def takes(self, row: str, entry: str) -> None:
        """Takes an entry of a row's ⋯ menu."""
        await self.row(row).get_by_role("button", name=re.compile("More", re.IGNORECASE)).click()
        await self.page.get_by_role("menuitem", name=entry).click()

    async def moves_to_morning(self) -> None:
        """Moves the clock to the next morning; the digest arrives."""
        await self.page.get_by_role("button", name="Next morning").click()
        await expect(self.digest).to_be_visible()

    async def closes(self) -> None:
        """Closes the form in front, by the keyboard."""
        await self.page.keyboard.press("Escape")
        await expect(self.form).to_have_count(0)

    # Looking

    @property
    def messages(self) -> Locator:
        """Everything said in the open conversation."""
        return self.page.locator("#messages")

    @property
    def newest(self) -> Locator:
        """The newest message."""
        return self.page.locator("#messages > .message").last

    @property
    def digest(self) -> Locator:
        """The newest digest."""
        return self.page.locator("#messages > .message", has=self.page.locator("h3", has_text="follow-up")).last

    @property
    def form(self) -> Locator:
        """The form in front."""
        return self.page.locator("#modal > dialog[open]")

    def line(self, name: str) -> Locator:
        """What a digest says of one prospect."""
        return self.digest.locator(".block.is-section", has_text=name)

    def row(self, name: str) -> Locator:
        """The buttons under a prospect's line."""
        return self.line(name).locator("xpath=following-sibling::*[1]")

    async def sees(self, text: str, where: Locator | None = None) -> None:
        """The text stands there, or appears in time."""
        await expect(where or self.page.locator("#main")).to_contain_text(text)

    def check(self) -> None:
        """The page itself never stumbled."""
        assert not self.troubles, "\n".join(self.troubles)


@asynccontextmanager
async def looking(browser: Browser, **context: Any) -> AsyncIterator[Window]:
    """A demo on a port of its own, its clock standing, and a window on it."""
    async with demo(0, starts_at=TUESDAY, moving=False, patience=PATIENCE / 1000) as running:
        yield await window_on(
            running, await browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | context)
        )
        for each in browser.contexts:
            await each.close()


async def window_on(running: Demo, context: BrowserContext) -> Window:
    """A new window that notes every error of the page."""
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page = await context.new_page()
    window = Window(page, running)
    page.on("pageerror", lambda error: window.troubles.append(f"error: {error}"))
    page.on("console", lambda said: window.troubles.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("dialog", lambda dialog: window.troubles.append(f"dialog: {dialog.message}"))
    await page.goto(running.url)
    return window
