"""Which details an edit line changes, and what it can't read."""

import datetime as dt

import pytest

from bot.slack.commands import Edit, Unreadable
from bot.slack.reading import grammar
from bot.slack.reading.edit_grammar import NOT_A_FIELD
from cadences.model import Channel, Temperature
from tests.slack.corpus import NOW

HOT = {"temperature": Temperature.HOT}
FIFTEEN = {"value_minor": 1_500_000, "currency": "USD", "currency_assumed": False}


@pytest.mark.parametrize(
    ("line", "who", "said"),
    [
        ("edit acme hot", "acme", HOT),
        ("edit acme, hot", "acme", HOT),
        ("update dana li prefers calls", "dana li", {"preferred_channel": Channel.CALL}),
        ("edit acme best 2pm", "acme", {"best_time": dt.time(14)}),
        ("edit acme hot, prefers call, best 14:00", "acme",
         HOT | {"preferred_channel": Channel.CALL, "best_time": dt.time(14)}),
        ("edit acme value: $15k, stage proposal", "acme",
         {**FIFTEEN, "stage": "proposal"}),
        ("edit acme $15k", "acme", FIFTEEN),
        ("edit acme 15k", "acme", FIFTEEN | {"currency_assumed": True}),
        ("edit acme value 15000", "acme", FIFTEEN | {"currency_assumed": True}),
        ("edit acme Wert 15000,00", "acme", FIFTEEN | {"currency_assumed": True}),
        ("edit acme value 15000.00", "acme", FIFTEEN | {"currency_assumed": True}),
        ("edit dana li hot, Wert 15.000,00", "dana li", HOT | FIFTEEN | {"currency_assumed": True}),
        ("edit acme 12k, $15k", "acme", FIFTEEN),
        ("edit dana dana@beta.example", "dana", {"email": "dana@beta.example"}),
        ("edit dana company: Beta", "dana", {"company": "Beta"}),
        ("edit dana, Head of Sales", "dana", {"role": "Head of Sales"}),
        ("edit dana rename Dana Lee", "dana", {"name": "Dana Lee"}),
        ("edit acme profile: linkedin.com/in/dana-li", "acme", {"profile_url": "https://linkedin.com/in/dana-li"}),
        ("edit acme owner: <@U0BEN>", "acme", {"owner_id": "U0BEN"}),
        ("edit acme hot, owner: @ben", "acme", HOT | {"owner_id": ""}),
        ("edit acme, hot, owner <@U0BEN>", "acme", HOT | {"owner_id": "U0BEN"}),
        ("edit acme no temperature", "acme", {"temperature": None}),
        ("edit acme no value, clear best time", "acme", {**dict.fromkeys(FIFTEEN), "best_time": None}),
        ("edit dana industry software", "dana", {"industry": "software"}),
        ("edit dana, industry software, zone Lisbon", "dana", {"industry": "software", "zone": "Europe/Lisbon"}),
        ("edit dana li zone lisbon", "dana li", {"zone": "Europe/Lisbon"}),
        ("edit dana role CTO", "dana", {"role": "CTO"}),
        ("edit dana company Acme Corp", "dana", {"company": "Acme Corp"}),
        ("edit dana source fair, industry: software", "dana", {"source": "fair", "industry": "software"}),
        ("edit dana Branche Software", "dana", {"industry": "Software"}),
        ("edit dana Rolle: CTO, Quelle: Messe", "dana", {"role": "CTO", "source": "Messe"}),
        ("edit dana Wert: 12k, Zeitzone: Lissabon", "dana",
         {"value_minor": 1_200_000, "currency": "USD", "currency_assumed": True, "zone": "Europe/Lisbon"}),
        ("edit value partners hot", "value partners", HOT),
        ("edit Acme Industry Partners", "Acme Industry Partners", {}),
        ("edit blue zone labs", "blue zone labs", {}),
        ("edit acme", "acme", {}),
    ],
)  # fmt: skip
def test_a_line_names_who_and_what_changes(line: str, who: str, said: dict[str, object]) -> None:
    assert grammar.read(line, NOW) == Edit(who, said)


def test_a_detail_is_read_back_with_the_words_it_came_from() -> None:
    read = grammar.read("edit dana industry software, company Beta", NOW)
    assert isinstance(read, Edit)
    assert [(each.field, each.words) for each in read.understood] == [
        ("industry", "industry software"), ("company", "company Beta"),
    ]  # fmt: skip


def test_a_next_step_and_a_note_may_come_along() -> None:
    read = grammar.read("edit acme hot, call thu 10am -- asked for it", NOW)
    assert isinstance(read, Edit)
    assert (read.said, read.note) == (HOT, "asked for it")
    assert read.step is not None
    assert read.step.channel is Channel.CALL


@pytest.mark.parametrize(
    ("line", "words", "reason"),
    [
        ("edit acme, blub blub", "blub blub", NOT_A_FIELD),
        ("edit acme, Beta", "Beta", NOT_A_FIELD),
        ("edit acme, phone", "phone", NOT_A_FIELD),
        ("edit acme, stage won", "stage won", "A prospect starts as one of"),
        ("edit acme, dana@beta", "dana@beta", "not a complete email address"),
        ("edit", "", "Who is it about?"),
    ],
)
def test_what_is_no_detail_is_said_in_its_own_words(line: str, words: str, reason: str) -> None:
    read = grammar.read(line, NOW)
    assert isinstance(read, Unreadable)
    assert read.problem.words == words
    assert reason in read.problem.reason
