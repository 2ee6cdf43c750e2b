"""Typed lines about shorthands: `shorthand AC = company Acme Corp`, `shorthand delete AC`, `shorthand` lists them."""

import datetime as dt
import re

from bot.services.corrections import Taught
from bot.slack.commands import Command, DeleteShorthand, Shorthands, TeachShorthand
from bot.slack.reading import capture
from bot.slack.reading.line import Line, Prefs
from language import mark

NO_WORDS = mark("Which one? There are no words.")
NO_MEANING = mark("Say what it means: company, role, source or industry, and then the text.")
SAYS_ITSELF = mark("An address, a number, a date or something with a label says by itself what it is.")
FIELDS = {
    "company": "company", "firma": "company", "role": "role", "title": "role", "rolle": "role", "source": "source",
    "quelle": "source", "industry": "industry", "branche": "industry",
}  # fmt: skip
_WORDS = "|".join(FIELDS)
_DELETE = re.compile(r"(?:delete|remove|forget)\b\s*(?P<words>.*)", re.IGNORECASE | re.DOTALL)
_TEACH = re.compile(r"(?P<words>.*?)\s*(?:=>?|→|->|\bmeans\b)\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_ADD = re.compile(r"(?:add|teach)\s+(?=\S)", re.IGNORECASE)
_AHEAD = re.compile(rf"(?P<field>{_WORDS})\b\s*[:=]?\s*(?P<text>.*)", re.IGNORECASE | re.DOTALL)
_BEHIND = re.compile(rf"(?P<text>.*\S)\s*,\s*(?P<field>{_WORDS})", re.IGNORECASE | re.DOTALL)
_QUOTES = ' "“”„«»'


def read(line: Line) -> Command:
    """What is to be done with shorthands; words alone are looked for, nothing lists all."""
    text = line.rest.strip()
    if deleting := _DELETE.fullmatch(text):
        words = deleting["words"].strip(_QUOTES)
        return Shorthands(DeleteShorthand(words)) if words else line.unreadable(text, NO_WORDS)
    if teaching := _TEACH.fullmatch(text):
        return _teach(line, _ADD.sub("", teaching["words"], count=1).strip(_QUOTES), teaching["rest"])
    return Shorthands(query=text.strip(_QUOTES))


def _teach(line: Line, words: str, rest: str) -> Command:
    found = _BEHIND.fullmatch(rest) or _AHEAD.fullmatch(rest)
    meaning = found["text"].strip(_QUOTES) if found else ""
    if not words:
        return line.unreadable(line.rest, NO_WORDS)
    if not found or not meaning:
        return line.unreadable(rest or line.rest, NO_MEANING)
    if says_itself(words, line.now, line.prefs):
        return line.unreadable(words, SAYS_ITSELF)
    return Shorthands(TeachShorthand(Taught(words, FIELDS[found["field"].lower()], meaning)))


def says_itself(words: str, now: dt.datetime, prefs: Prefs) -> bool:
    """True for words that no shorthand gives another meaning."""
    return capture.says_itself(
        words,
        now,
        default_region=prefs.default_region,
        default_currency=prefs.default_currency,
        date_order=prefs.date_order,
        workdays=prefs.workdays,
    )
