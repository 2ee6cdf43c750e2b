"""Lines about shorthands, as they may be typed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.corrections import FIELDS, Taught
from bot.slack.commands import Command, DeleteShorthand, Shorthands, TeachShorthand, Unreadable
from bot.slack.reading import grammar

NOW = datetime(2026, 11, 19, 14, 0, tzinfo=UTC)


def taught(words: str, field: str, meaning: str) -> Shorthands:
    return Shorthands(TeachShorthand(Taught(words, field, meaning)))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("shorthand", Shorthands()),
        ("shorthands", Shorthands()),
        ("shorthand acme", Shorthands(query="acme")),
        ("shorthand AC = company Acme Corp", taught("AC", "company", "Acme Corp")),
        ("shorthand AC=company: Acme Corp", taught("AC", "company", "Acme Corp")),
        ("shorthand AC = Acme Corp, company", taught("AC", "company", "Acme Corp")),
        ("shorthand add “AC” = Firma „Acme Corp“", taught("AC", "company", "Acme Corp")),
        ("shorthand AC means company Acme, Inc.", taught("AC", "company", "Acme, Inc.")),
        ("abbreviation ops -&gt; role Head of Operations", taught("ops", "role", "Head of Operations")),
        ("shorthand the fair = source trade fair", taught("the fair", "source", "trade fair")),
        ("shorthand sw = Branche Software", taught("sw", "industry", "Software")),
        ("shorthand CTO = title Chief Technology Officer", taught("CTO", "role", "Chief Technology Officer")),
        ("shorthand delete AC", Shorthands(DeleteShorthand("AC"))),
        ("shorthand forget “the fair”", Shorthands(DeleteShorthand("the fair"))),
    ],
)
def test_a_line_about_shorthands_is_read(line: str, expected: Command) -> None:
    assert grammar.read(line, NOW) == expected


@given(
    st.text("ACHWabc&.+ 0-9", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool),
    st.sampled_from(FIELDS),
    st.text("ABCabc&.,-= 0123", min_size=1, max_size=30).map(lambda text: " ".join(text.split())).filter(bool),
)
@settings(max_examples=200, deadline=None)
def test_what_is_typed_is_what_is_taught_unless_it_is_refused(words: str, field: str, meaning: str) -> None:
    read = grammar.read(f"shorthand {words} = {field}: {meaning}", NOW)
    if not isinstance(read, Unreadable):
        assert read == taught(words, field, meaning)


@pytest.mark.parametrize(
    ("line", "words", "reason"),
    [
        ("shorthand AC =", "AC =", "Say what it means"),
        ("shorthand AC = Acme Corp", "Acme Corp", "Say what it means"),
        ("shorthand AC = company", "company", "Say what it means"),
        ("shorthand = company Acme", "= company Acme", "There are no words"),
        ("shorthand delete", "delete", "There are no words"),
        ("shorthand $12k = company Acme", "$12k", "says by itself"),
        ("shorthand call thu = company Acme", "call thu", "says by itself"),
        ("shorthand +49 30 901820 = company Acme", "+49 30 901820", "says by itself"),
        ("shorthand dana@acme.com = company Acme", "dana@acme.com", "says by itself"),
        ("shorthand note: AC = company Acme", "note: AC", "says by itself"),
        ("shorthand via AC = source Acme", "via AC", "says by itself"),
        ("shorthand stage proposal = role Buyer", "stage proposal", "says by itself"),
        ("shorthand AC, Ops = company Acme", "AC, Ops", "says by itself"),
        ("shorthand AC -- Ops = company Acme", "AC -- Ops", "says by itself"),
    ],
)
def test_what_is_wrong_with_it_is_said_in_its_own_words(line: str, words: str, reason: str) -> None:
    read = grammar.read(line, NOW)
    assert isinstance(read, Unreadable)
    assert read.problem.words == words
    assert reason in read.problem.reason


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("add Dana, AC", True), ("/followup new Dana", True), ("edit acme, AC", True), ("add", False), ("", False),
        ("find AC", False), ("met Dana @ AC", False), ("1 note AC; 2 won", False),
    ],
)  # fmt: skip
def test_only_a_line_that_may_hold_one_asks_for_them(line: str, holds: bool) -> None:
    """A meeting asks for itself, and only where nobody is known by the typed name."""
    assert grammar.may_hold_shorthands(line) is holds
