"""Typed lines about saved views: keep a search, use it, delete it, list all."""

import re

from bot.slack.commands import Command, DeleteView, SavedViews, SaveView, Unreadable, View
from bot.slack.reading import find_grammar
from bot.slack.reading.line import Line
from bot.slack.reading.understood import Problem
from language import mark

NO_NAME = mark("A view needs a name and what it looks for.")
NO_SUCH = mark("Which one? There is no name.")
_SAVE = re.compile(r"(?:save|keep|add|new)\b\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_DELETE = re.compile(r"(?:delete|remove|forget)\b\s*(?P<name>.*)", re.IGNORECASE | re.DOTALL)
_NAMED = re.compile(r'(?:"(?P<quoted>[^"]+)"|(?P<word>[^\s":]+)(?=\s|$))\s*(?P<line>.*)', re.DOTALL)
_QUOTES = str.maketrans("“”„«»", '"""""')


def read(line: Line) -> Command:
    """What is to be done with saved views; a name alone is used, nothing lists them."""
    text = line.rest.translate(_QUOTES).strip()
    if saving := _SAVE.fullmatch(text):
        return _save(line, saving["rest"])
    if deleting := _DELETE.fullmatch(text):
        name = deleting["name"].strip(' "')
        return SavedViews(DeleteView(name)) if name else line.unreadable(text, NO_SUCH)
    return View(text.strip('"')) if text else SavedViews()


def _save(line: Line, rest: str) -> Command:
    named = _NAMED.fullmatch(rest)
    if named is None or not named["line"]:
        return line.unreadable(rest, NO_NAME)
    query = find_grammar.read(named["line"], line.prefs)
    if isinstance(query, Problem):
        return Unreadable(line.verb, query)
    if query.is_empty:
        return line.unreadable(rest, NO_NAME)
    return SavedViews(SaveView((named["quoted"] or named["word"]).strip(), named["line"]))
