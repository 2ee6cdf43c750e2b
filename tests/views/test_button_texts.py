"""The words of our own on every button fit what Slack shows of it, in each language."""

import ast
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from bot.views import words
from bot.views.blocks import BUTTON_LENGTH
from cadences.model import Channel
from language import dates, languages, say, speaking

ROOMS = ("views", "slack")
BUTTONS = frozenset({"button", "_button", "link", "_link"})
WORDS = frozenset({"say", "say_n", "mark"})
SAMPLE_DAY = dt.date(2026, 11, 25)


def calls(tree: ast.AST, names: frozenset[str]) -> Iterator[ast.Call]:
    """The calls of functions of these names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


def labels() -> set[str]:
    """The texts that stand in the code as the label of a button, their placeholders unfilled."""
    rooms = [Path(bot.__file__).parent / room for room in ROOMS]
    trees = [ast.parse(file.read_text()) for room in rooms for file in room.rglob("*.py")]
    said = (text for tree in trees for made in calls(tree, BUTTONS) for text in worded(made.args[0], tree))
    return {
        part.value
        for text in said
        for part in text.args
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }


def worded(label: ast.expr, tree: ast.AST) -> Iterator[ast.Call]:
    """The texts of a label, also where it has a name of its own."""
    yield from calls(label, WORDS)
    if not isinstance(label, ast.Name):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for name, value in named(node.targets[0], node.value):
                if name == label.id:
                    yield from calls(value, WORDS)


def named(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """Each name that is given to something, and to what."""
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        yield from (
            (each.id, of) for each, of in zip(target.elts, value.elts, strict=True) if isinstance(each, ast.Name)
        )


LABELS = sorted(labels())


def test_the_buttons_of_the_code_were_found() -> None:
    assert len(LABELS) > 40
    assert {"Undo", "Show {count} more"} <= set(LABELS)


@pytest.mark.parametrize("language", languages())
def test_every_button_s_own_words_fit_with_a_day_a_number_and_any_channel(language: str) -> None:
    with speaking(language):
        filled = {
            "day": dates.day(SAMPLE_DAY),
            "count": "99",
            "months": "6",
            "channel": max((words.channel(each) for each in Channel), key=len),
        }
        shown = [re.sub(r"\{(\w+)\}", lambda found: filled.get(found[1], ""), said(text)) for text in LABELS]
    assert [label for label in shown if len(label) > BUTTON_LENGTH] == []


def said(text: str) -> str:
    """A text in the language spoken, its placeholders as they are."""
    names = re.findall(r"\{(\w+)\}", text)
    return say(text, **{name: f"{{{name}}}" for name in names})
