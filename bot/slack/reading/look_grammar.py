"""Typed lines that look at something, or need no more than a name."""

import re

from bot.slack.commands import Command, Find, Help, History, Nudge, Show, Take, Today, Undo, WhyNow
from bot.slack.reading.line import NO_WHO, Line, clean
from bot.slack.reading.verbs import SYNONYMS
from language import say

_ALL = re.compile(r"\s+(?:all|everything|alles)$", re.IGNORECASE)


def read_today(line: Line) -> Command:
    """The day; a number behind it is a page."""
    return Today(max(0, int(line.rest) - 1) if re.fullmatch(r"[0-9]{1,2}", line.rest) else 0)


def read_show(line: Line) -> Command:
    """The card; `all` behind the name: with more of what happened."""
    who = _ALL.sub("", line.rest)
    return Show(who, everything=who != line.rest) if who else line.unreadable("", NO_WHO)


def read_history(line: Line) -> Command:
    """My own changes; with a name what happened with them."""
    who = re.sub(r"^(?:of|with|for)\s+", "", clean(line.rest), flags=re.IGNORECASE)
    return Show(who, everything=True) if who else History()


def read_why(line: Line) -> Command:
    """Why somebody is in the list now."""
    return WhyNow(line.rest) if line.rest else line.unreadable("", NO_WHO)


def read_find(line: Line) -> Command:
    """What is looked for; its filters are read where it is shown."""
    return Find(line.rest) if line.rest else line.unreadable("", say("What shall I look for?"))


def read_nudge(line: Line) -> Command:
    """Whose colleague shall be asked."""
    return Nudge(line.rest) if line.rest else line.unreadable("", NO_WHO)


def read_take(line: Line) -> Command:
    """Who becomes one's own."""
    return Take(line.rest) if line.rest else line.unreadable("", NO_WHO)


def read_undo(line: Line) -> Command:
    """Only ever the last change: with a name behind it something else may have been meant."""
    return line.unreadable(line.rest, say("I undo your last change; type it alone.")) if line.rest else Undo()


def read_help(line: Line) -> Command:
    """All commands, or the one that is named."""
    return Help(SYNONYMS.get(line.rest.lower().lstrip("/")))
