"""Where the browser is, and how it is started."""

import os
import shutil
from functools import cache
from typing import Final

REQUIRE: Final = "FOLLOWUP_TEST_REQUIRE_BROWSER"
"""Set where a run without a browser must fail, as in CI."""
NAMES: Final = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# The browser looks at nothing but this machine: no sandbox of its own as root, no calls home.
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
LEFT_OUT: Final = "browser: the BROWSER TESTS ARE LEFT OUT: no chromium on this machine (Debian: chromium)"


@cache
def executable() -> str | None:
    """The system's Chromium, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def is_required() -> bool:
    """Whether a missing browser is an error."""
    return os.environ.get(REQUIRE, "") not in {"", "0"}
