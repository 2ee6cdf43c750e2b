"""What is typed behind `cadence`: each line means what its example says, and nothing that is typed breaks it."""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.amounts import Money
from bot.services.rules import Conditions
from bot.slack.commands import Unreadable
from bot.slack.commands.cadences import (
    CADENCE_EXAMPLES,
    Cadence,
    CadenceDelete,
    CadenceEdit,
    CadenceFork,
    CadenceNew,
    CadencePreview,
    CadenceRule,
    CadenceRuleRemove,
    CadenceRules,
    CadenceShow,
    CadenceStart,
    CadenceStop,
)
from bot.slack.reading import cadence_grammar, grammar

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=ZoneInfo("Europe/Berlin"))
KINDS = {
    "list": type(None), "show": CadenceShow, "preview": CadencePreview, "start": CadenceStart, "stop": CadenceStop,
    "new": CadenceNew, "edit": CadenceEdit, "fork": CadenceFork, "delete": CadenceDelete, "rule": CadenceRule,
    "rules": CadenceRules, "ending": CadenceDelete, "remove": CadenceRuleRemove,
}  # fmt: skip
SMALL, BIG = Money(10_000_00, "USD"), Money(50_000_00, "USD")
PAGE = Path(__file__).parents[2] / "docs" / "commands.md"


def asked(line: str) -> object:
    read = grammar.read(f"cadence {line}", NOW)
    assert isinstance(read, Cadence), read
    return read.ask


@pytest.mark.parametrize("action", CADENCE_EXAMPLES)
def test_every_example_means_what_it_is_an_example_of(action: str) -> None:
    assert isinstance(asked(CADENCE_EXAMPLES[action][0].removeprefix("cadence ")), KINDS[action])


def test_every_example_stands_on_its_page_in_its_own_words() -> None:
    part = PAGE.read_text().partition("\n## cadence\n")[2].partition("\n## ")[0]
    told = dict(re.findall(r"^\| `/followup ([^`]+)` \| (.*) \|$", part, re.MULTILINE))
    assert told == dict(CADENCE_EXAMPLES.values())


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("", None),
        ("all", None),
        ("nudge", CadenceShow("nudge")),
        ("show fair leads", CadenceShow("fair leads")),
        ("show fair leads as text", CadenceShow("fair leads", as_text=True)),
        ("show nudge yaml", CadenceShow("nudge", as_text=True)),
        ("preview fair leads for acme", CadencePreview("fair leads", "acme")),
        ("start acme persistent -- asked for it", CadenceStart("acme", "persistent", "asked for it")),
        ("start dana li on fair leads", CadenceStart("dana li", "fair leads")),
        ("start acme on no show", CadenceStart("acme", "no show")),
        ("start persistent for acme", CadenceStart("acme", "persistent")),
        ("stop acme -- enough", CadenceStop("acme", "enough")),
        ("new", CadenceNew()),
        ("new key: x\nname: X", CadenceNew("key: x\nname: X")),
        ("copy nudge", CadenceFork("nudge")),
        ("remove fair leads", CadenceDelete("fair leads")),
        ("rule nudge value>50k", CadenceRule("nudge", Conditions(BIG))),
        ("rule nudge value &lt; 10k", CadenceRule("nudge", Conditions(None, SMALL))),
        ("rule nudge for value from 10k to 50k", CadenceRule("nudge", Conditions(SMALL, BIG))),
        ("rule nudge value 10k-50k", CadenceRule("nudge", Conditions(SMALL, BIG))),
        ("rule fair leads industry financial services and source fair", CadenceRule(
            "fair leads", Conditions(industry="financial services", source="fair"))),
    ],
)  # fmt: skip
def test_a_line_means_this(line: str, meant: object) -> None:
    assert asked(line) == meant


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("dance", "I read list, show"),
        ("show", "I read list, show"),
        ("start", "Name somebody and a cadence"),
        ("start acme", "Name somebody and a cadence"),
        ("stop", "Whose cadence?"),
        ("edit", "Which cadence?"),
        ("delete", "Which cadence?"),
        ("rule", "Which cadence?"),
        ("rule value>50k", "Which cadence?"),
        ("rule nudge", "A rule says for whom"),
        ("rule nudge value", "A rule says for whom"),
        ("rule nudge value>lots", "I can't read that amount."),
    ],
)
def test_what_lacks_something_is_said_with_an_example_that_works(line: str, why: str) -> None:
    read = grammar.read(f"cadence {line}", NOW)
    assert isinstance(read, Unreadable)
    assert read.problem.reason.startswith(why)
    assert isinstance(grammar.read(read.problem.example, NOW), Cadence)


@given(st.text(max_size=120) | st.text("startshowrulenewvalue ><=-0123456789kfor\n", max_size=80))
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    assert cadence_grammar.read(text.strip(), "USD")
