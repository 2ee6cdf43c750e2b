"""The cadences that come with the program, read once from the files beside this module."""

from functools import cache
from importlib import resources

from cadences.definition import load
from cadences.model import Cadence

KEYS = ("post-meeting", "nudge", "persistent", "post-sale")
"""In the order in which they are offered; each is a file of that name."""


def get(key: str) -> Cadence | None:
    """The built-in cadence of this key, if there is one."""
    return _load(key) if key in KEYS else None


def all() -> tuple[Cadence, ...]:  # noqa: A001 - read as `library.all()`
    """Every built-in cadence, in the order in which they are offered."""
    return tuple(_load(key) for key in KEYS)


@cache
def _load(key: str) -> Cadence:
    file = resources.files(__name__) / f"{key}.yml"
    return load(file.read_text(encoding="utf-8"), file.name)
