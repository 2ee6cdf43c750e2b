"""Add and edit lines with words of one's own: read as what they mean, said so, and nothing else is."""

import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.names import wording_of
from bot.slack.commands import Edit, Unreadable
from bot.slack.reading import grammar
from bot.slack.reading.capture import read_add
from bot.slack.reading.escapes import plain
from bot.slack.reading.line import Prefs
from bot.slack.reading.understood import Capture
from bot.slack.shorthands import said_in
from bot.storage.records import Shorthand
from tests.slack.corpus import CAPTURES, NOW, PROBLEMS
from tests.slack.test_capture import ANY_LINE, PIECES, add, filled, words_kept, words_of

Own = Mapping[str, Shorthand]


def own(**meanings: tuple[str, str]) -> Own:
    """Words → (field, meaning); an underscore stands for a space."""
    words = {name.replace("_", " "): meaning for name, meaning in meanings.items()}
    return {wording_of(each): short(each, *meaning) for each, meaning in words.items()}


def short(words: str, field: str, meaning: str) -> Shorthand:
    return Shorthand("T0SAMPLE", "U0ANA", wording_of(words), words, field, meaning, NOW)


AC = own(AC=("company", "Acme Corp"), ops=("role", "Head of Operations"), the_fair=("source", "Trade fair"))


def added(text: str, mine: Own = AC) -> Capture:
    return read_add(text, NOW, default_region="US", shorthands=mine)


def echoed(capture: Capture) -> dict[str, str]:
    return {each.field: each.shorthand for each in capture.understood if each.shorthand}


@pytest.mark.parametrize(
    ("line", "fields", "words"),
    [
        ("Dana Li, AC", {"company": "Acme Corp"}, {"company": "AC"}),
        ("Dana Li, ac, $12k", {"company": "Acme Corp", "value": "$12,000"}, {"company": "ac"}),
        ("Dana Li, Beta, Ops", {"company": "Beta", "role": "Head of Operations"}, {"role": "Ops"}),
        ("Dana Li, Ops, The  Fair", {"role": "Head of Operations", "source": "Trade fair"},
         {"role": "Ops", "source": "The  Fair"}),
        ("Dana Li @ AC", {"company": "Acme Corp"}, {"company": "AC"}),
        ("Dana Li (ops, AC)", {"role": "Head of Operations", "company": "Acme Corp"}, {"role": "ops", "company": "AC"}),
        ("Dana Li, CTO at AC", {"role": "CTO", "company": "Acme Corp"}, {"company": "AC"}),
        ("Dana Li, company: AC", {"company": "Acme Corp"}, {"company": "AC"}),
        ("Dana Li, via the fair", {"source": "Trade fair"}, {"source": "the fair"}),
    ],
)  # fmt: skip
def test_words_of_ones_own_are_read_as_what_they_mean(line: str, fields: dict[str, str], words: dict[str, str]) -> None:
    capture = added(line)
    assert filled(capture) == {"name": "Dana Li"} | fields
    assert echoed(capture) == words
    assert capture.problems == ()


@pytest.mark.parametrize(
    "line",
    [
        "AC", "AC, dana@beta.example", "Dana Li, AC GmbH", "Dana Li, A C", "Dana Li, role: AC", "Dana Li -- AC",
        "Dana Li, note: AC", "Dana Li, dana@ac.com", "Dana Li @ ops", "Dana Li, AC Beta",
    ],
)  # fmt: skip
def test_a_name_a_note_and_other_words_are_none(line: str) -> None:
    assert echoed(added(line)) == {}
    assert filled(added(line)) == filled(add(line))


@pytest.mark.parametrize(
    "words",
    ["12k", "$3m", "2M", "thu", "call thu 10am", "sun", "dana@acme.com", "dana@acme", "+49 30 901820", "hot",
     "prefers calls", "best 14:00", "stage proposal", "decides 15 march", "company: AC",
     "linkedin.com/in/dana", "email"],
)  # fmt: skip
def test_what_says_by_itself_what_it_is_stays_that(words: str) -> None:
    """Even were it kept as a shorthand once, or did it begin to say something only later."""
    mine = {wording_of(words): short(words, "role", "Buyer")}
    line = f"Dana Li, Acme, {words}"
    assert filled(added(line, mine)) == filled(add(line))
    assert added(line, mine).problems == add(line).problems


def test_a_company_that_looks_like_an_amount_to_nobody_can_be_one() -> None:
    assert added("Dana Li, 3m", own(**{"3M": ("company", "3M Sample")})).company == "Dana Li"[:0]
    assert added("Dana Li, 3M", own(**{"3M": ("company", "3M Sample")})).company == "3M Sample"


def test_a_meaning_is_not_read_once_more() -> None:
    mine = own(AC=("company", "Beta"), Beta=("company", "Gamma"))
    assert added("Dana Li, AC", mine).company == "Beta"


def test_a_field_that_was_said_already_stays_and_it_is_told() -> None:
    capture = added("Dana Li, Beta, AC")
    assert capture.company == "Beta"
    assert [problem.words for problem in capture.problems] == ["AC"]


@pytest.mark.parametrize("line", [*CAPTURES, *PROBLEMS])
def test_every_line_reads_the_same_beside_a_shorthand_that_is_not_in_it(line: str) -> None:
    assert added(line, own(zzz=("company", "Zebra"), Zebra_Ltd=("role", "Buyer"))) == add(line)


MEANINGS = st.tuples(
    st.sampled_from([*PIECES, "AC", "ops"]).map(str.strip).filter(bool) | st.text(min_size=1, max_size=12),
    st.sampled_from(["company", "role", "source", "industry"]),
    st.sampled_from(["Acme Corp", "Head of Operations", "Zebra & Sons"]),
)


@given(ANY_LINE, st.lists(MEANINGS, max_size=4))
@settings(max_examples=300, deadline=None)
def test_no_word_is_lost_whatever_shorthands_there_are(line: str, meanings: list[tuple[str, str, str]]) -> None:
    mine = {wording_of(plain(each[0])): short(*each) for each in meanings}
    capture = added(line, mine)
    assert words_of(line) <= words_kept(capture)
    for each in capture.understood:
        if each.shorthand:
            assert each.shorthand in re.sub(r"\n", " ", plain(line))
            assert mine[wording_of(each.shorthand)].meaning == each.value_text


def edited(line: str) -> object:
    return grammar.read(line, NOW, prefs=Prefs(shorthands=AC))


def test_an_edit_line_is_read_with_them_behind_its_first_comma() -> None:
    read = edited("edit dana, AC, ops")
    assert isinstance(read, Edit)
    assert (read.who, read.said) == ("dana", {"company": "Acme Corp", "role": "Head of Operations"})
    assert [each.shorthand for each in read.understood] == ["AC", "ops"]


def test_the_name_in_an_edit_line_is_no_shorthand() -> None:
    assert edited("edit dana ac") == Edit("dana ac")
    assert edited("edit ac, hot") == grammar.read("edit ac, hot", NOW)
    assert isinstance(edited("edit dana, ac gmbh"), Unreadable)


def test_a_detail_with_its_name_is_read_with_them_also_without_a_comma() -> None:
    read = edited("edit dana company: ac")
    assert isinstance(read, Edit)
    assert (read.who, read.said, read.understood[0].shorthand) == ("dana", {"company": "Acme Corp"}, "ac")


def test_what_a_line_said_is_kept_where_a_correction_may_teach_something() -> None:
    said = said_in(added("Dana Li, AC, CTO, dana@x.example, $12k, went well today, x, via the fair -- a note"))
    assert [(each.field, each.words) for each in said] == [
        ("company", "AC"), ("role", "CTO"), ("source", "the fair"), ("note", "went well today"),
    ]  # fmt: skip
    assert said_in(added("Dana Li, dana@acme.com")) == ()
    assert said_in(added("Dana Li, a rather long text that nobody would ever type as a shorthand of anything")) == ()
