"""A demo and a window on it for each story; one browser for all of them."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.browser import chromium
from tests.browser.window import Window, looking
from tests.support.databases import MEMORY


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Without a browser the stories are left out. UsageError where one is required."""
    if chromium.executable() is not None or not collection_path.name.startswith("test_"):
        return None
    if chromium.is_required():
        raise pytest.UsageError(f"{chromium.REQUIRE} is set, but there is no chromium on this machine")
    return True


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was left out is said in quiet runs too, which have no header."""
    if chromium.executable() is None:
        terminalreporter.write_line(chromium.LEFT_OUT)


@pytest.fixture(scope="session", autouse=True)
def in_memory() -> Iterator[None]:
    """The demos' databases wait for no disk."""
    with pytest.MonkeyPatch.context() as patch:
        if MEMORY.is_dir():
            patch.setattr(tempfile, "tempdir", str(MEMORY))
        yield


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(in_memory: None) -> AsyncIterator[Browser]:
    """A headless Chromium, started once."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium.executable(), args=list(chromium.FLAGS))
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="session")
async def window(browser: Browser) -> AsyncIterator[Window]:
    """Ana's window on a fresh demo, on a Tuesday afternoon."""
    async with looking(browser) as opened:
        yield opened
        opened.check()
