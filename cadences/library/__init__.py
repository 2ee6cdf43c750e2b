"""The cadences that come with the program, read once from the files beside this module."""

import difflib
import re
from dataclasses import replace
from functools import cache
from importlib import resources

from cadences.definition import load
from cadences.model import Cadence
from language import say

KEYS = ("post-meeting", "nudge", "persistent", "meeting", "no-show", "re-engage", "post-sale", "referral", "linkedin")
"""In the order in which they are offered; each is a file of that name."""

SPELT_NEARLY = 0.8
LONGEST_TYPED = 40


def get(key: str) -> Cadence | None:
    """The built-in cadence of this key, if there is one."""
    return _load(key) if key in KEYS else None


def all() -> tuple[Cadence, ...]:  # noqa: A001 - read as `library.all()`
    """Every built-in cadence, in the order in which they are offered."""
    return tuple(_load(key) for key in KEYS)


def name(cadence: Cadence) -> str:
    """What a cadence is called; the name that one comes with is said in the reader's language."""
    built_in = get(cadence.key)
    return say(cadence.name) if built_in and built_in.name == cadence.name else cadence.name


def description(cadence: Cadence) -> str:
    """What a cadence is for, in the same way."""
    built_in, said = get(cadence.key), cadence.description
    return say(said) if said and built_in and built_in.description == said else said


def said(cadence: Cadence) -> Cadence:
    """A cadence as its reader would have it, to make another one of: what comes with the program in her language."""
    built_in = cadence is get(cadence.key)
    steps = tuple(
        replace(step, template=say(step.template)) if built_in and step.template else step for step in cadence.steps
    )
    return replace(cadence, name=name(cadence), description=description(cadence), steps=steps)


def named(words: str, *, forgiving: bool = True) -> str | None:
    """The key that somebody typed: `Post meeting` is `post-meeting`, and so is `post-meting` when forgiving."""
    typed = re.sub(r"[\s_-]+", "-", words.strip().lower())
    if typed in KEYS or not forgiving or len(typed) > LONGEST_TYPED:
        return typed if typed in KEYS else None
    near = difflib.get_close_matches(typed, KEYS, n=1, cutoff=SPELT_NEARLY)
    return near[0] if near else None


@cache
def _load(key: str) -> Cadence:
    file = resources.files(__name__) / f"{key}.yml"
    return load(file.read_text(encoding="utf-8"), file.name)
