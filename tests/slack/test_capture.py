"""The add line: every field it fills, every problem it names, and nothing lost."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.reading.capture import LONGEST_NAME, LONGEST_NOTE, read_add
from bot.slack.reading.escapes import plain
from bot.slack.reading.segments import segments, split_note
from bot.slack.reading.understood import Capture
from bot.views import field_names
from language import speaking
from tests.slack.corpus import CAPTURES, NOW, PROBLEMS, shown

FIELDS = ("name", "company", "role", "email", "phone", "stage", "source", "industry", "zone", "note")
PIECES = (
    "Dana Li", "Acme", "Acme, Inc.", "dana@acme.com", "dana@acme", "$12k", "12k", "3M", "3m", "2026", "call thu 10am",
    "call", "4/5", "decides 15 march", "renews", "renews 1 june", "industry: software", "zone: Lisbon", "zone: Mars",
    "30 feb", "email the deck tomorrow", "CTO", "Head of Sales", "(CTO, Acme)", "Dana @ Acme",
    "stage won", "stage proposal", "via referral", "source: web", "note: hi", "name: Bo", "+49 30 901820",
    "0170 1234567", "--", "—", "\n", ",", ", ", " ", "<@U1>", "hot", "temp: cold", "prefers calls",
    "prefers owls", "best 14:00", "best time: soon", "linkedin.com/in/dana", "https://acme.com", "demo went well",
    "mon or tue", "🙂",
    "דנה", "\x00", "(", ")", "@",
)  # fmt: skip
ANY_LINE = (
    st.text()
    | st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)
    | st.lists(st.sampled_from(PIECES), max_size=10).map(", ".join)
)


def add(text: str) -> Capture:
    return read_add(text, NOW, default_region="US", default_currency="USD", date_order=None)


def filled(capture: Capture) -> dict[str, str]:
    fields = {name: getattr(capture, name) for name in FIELDS}
    fields["value"] = capture.value.text() if capture.value else ""
    step = capture.step
    theirs = {"decides": capture.close_on, "renews": capture.renewal_on}
    fields |= {name: f"{on:%a %d %b %Y}" if on else "" for name, on in theirs.items()}
    fields |= {"temperature": capture.temperature or "", "prefers": capture.preferred_channel or ""}
    fields |= {"best time": f"{capture.best_time:%H:%M}" if capture.best_time else "", "profile": capture.profile_url}
    fields["step"] = f"{step.channel or ''} {shown(step.when)}".strip() if step else ""
    return {name: value for name, value in fields.items() if value}


@pytest.mark.parametrize(("line", "fields"), CAPTURES.items())
def test_a_line_fills_these_fields_and_no_others(line: str, fields: dict[str, str]) -> None:
    capture = add(line)
    assert filled(capture) == fields
    assert capture.problems == ()


@pytest.mark.parametrize(("line", "words"), PROBLEMS.items())
def test_what_cannot_be_read_is_said_in_the_persons_own_words(line: str, words: str) -> None:
    (problem,) = add(line).problems
    assert problem.words == words
    assert problem.reason
    assert problem.example


@pytest.mark.parametrize("line", CAPTURES)
def test_every_field_is_echoed_with_the_words_it_came_from(line: str) -> None:
    capture = add(line)
    assert {understood.field for understood in capture.understood} == set(filled(capture))
    for understood in capture.understood:
        if understood.field != "note":
            assert understood.words in plain(line)


@pytest.mark.parametrize("line", CAPTURES)
def test_every_field_that_is_echoed_has_a_name(line: str) -> None:
    for understood in add(line).understood:
        assert field_names.label(understood.field) == f"{field_names.word(understood.field)}:"


def test_fields_are_echoed_in_the_readers_language_and_kept_as_they_are_in_all() -> None:
    with speaking("de-DE"):
        capture = add("Dana Li, $12k, stage proposal, hot, prefers calls, renews 1 june, sms 3 dec 10am")
        told = {field_names.word(each.field): each.value_text for each in capture.understood}
    assert told == {
        "Name": "Dana Li", "Wert": "12.000\xa0$", "Phase": "Angebot", "Temperatur": "heiß", "bevorzugt": "Anruf",
        "Verlängerung": "Di., 1. Juni 2027", "nächster Schritt": "SMS Do., 3. Dez. 2026 10:00",
    }  # fmt: skip
    assert (capture.stage, capture.temperature, capture.preferred_channel) == ("proposal", "hot", "call")


def test_a_problem_is_said_in_the_readers_language() -> None:
    with speaking("de-DE"):
        (problem,) = add("Dana Li, $12k, $13k").problems
    assert problem.words == "$13k"
    assert problem.reason == "Das steht zweimal da: Wert. Behalten habe ich: 12.000\xa0$."


def test_a_company_taken_from_the_address_says_so() -> None:
    (company,) = [one for one in add("Dana, dana@big-acme.com").understood if one.field == "company"]
    assert (company.value_text, company.words, company.inferred) == ("Big Acme", "dana@big-acme.com", True)


def test_a_company_that_was_typed_wins_over_the_address() -> None:
    assert add("Dana, dana@mail.test.acme.com, Other Ltd").company == "Other Ltd"


def test_the_members_region_reads_a_local_number() -> None:
    assert read_add("Dana, 0170 1234567", NOW, default_region="DE").phone == "+491701234567"
    assert read_add("Dana, 0170 1234567", NOW, default_region=None).problems[0].words == "0170 1234567"


def test_the_members_currency_is_the_one_of_a_bare_amount() -> None:
    capture = read_add("Dana, 12k", NOW, default_currency="EUR")
    assert capture.value is not None
    assert capture.value.text() == "€12,000"


def test_the_members_order_of_day_and_month_settles_a_date() -> None:
    capture = read_add("Dana, call 4/5", NOW, date_order="dmy")
    assert capture.step is not None
    assert shown(capture.step.when) == "2027-05-04"


def test_a_name_and_a_note_have_a_longest_length() -> None:
    assert add("D" * LONGEST_NAME).problems == ()
    assert "at most 200" in add("D" * (LONGEST_NAME + 1)).problems[0].reason
    assert add(f"Dana -- {'x' * LONGEST_NOTE}").problems == ()
    assert "at most 10,000" in add(f"Dana -- {'x' * (LONGEST_NOTE + 1)}").problems[0].reason


def test_a_note_begins_at_the_first_dash_or_line() -> None:
    assert split_note("Dana -- a -- b") == ("Dana", "a -- b")
    assert split_note("Dana — a\nb") == ("Dana", "a\nb")
    assert split_note("call thu 10am-- went well") == ("call thu 10am", "went well")
    assert split_note("Meyer—Schmidt") == ("Meyer—Schmidt", "")
    assert split_note("a--b@acme.com") == ("a--b@acme.com", "")


def test_a_comma_that_belongs_to_its_words_separates_nothing() -> None:
    assert segments("Dana, Acme, Inc., 12,000 USD, mar 15, 2027") == [
        "Dana",
        "Acme, Inc.",
        "12,000 USD",
        "mar 15, 2027",
    ]
    assert segments("Dana (CTO, Acme), tue") == ["Dana (CTO, Acme)", "tue"]
    assert segments(",,a,, b ,") == ["a", "b"]


def words_of(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"\w+", plain(text))}


def words_kept(capture: Capture) -> set[str]:
    parts = [getattr(capture, name) for name in FIELDS]
    parts += [part for understood in capture.understood for part in (understood.words, understood.value_text)]
    parts += [problem.words for problem in capture.problems]
    return words_of(" ".join(parts))


@given(ANY_LINE)
@settings(max_examples=400, deadline=None)
def test_no_word_is_silently_lost(line: str) -> None:
    assert words_of(line) <= words_kept(add(line))


@given(ANY_LINE)
@settings(deadline=None)
def test_a_capture_has_a_name_or_says_that_it_has_none(line: str) -> None:
    capture = add(line)
    assert capture.name or any("name" in problem.reason for problem in capture.problems)
    assert "\x00" not in capture.name + capture.note


@pytest.mark.parametrize(
    "piece",
    ["a,", "call thu 10am ", "dana ", "@", "(,", "$12k ", "a@b.co ", "1", "1 ", "<", "fri ", "from ", "call ", "(",
     "((a", "dana@acme.com,",
     "call thu 10am,", "-", "--", "— ", "\n", "🙂", "ש", "\x00", "stage ", "1,", "'", "Inc, "],
)  # fmt: skip
def test_forty_thousand_characters_are_read_at_once(piece: str) -> None:
    line = (piece * 40_000)[:40_000]
    started = time.process_time()
    capture = add(line)
    assert time.process_time() - started < 0.5  # measured at under 0.03; a quadratic slip takes minutes
    assert words_of(line) <= words_kept(capture)


def test_quotation_marks_around_a_name_and_a_company_are_no_part_of_them() -> None:
    read = read_add('"Eli Wu", “Beta & Sons”', NOW)
    assert (read.name, read.company) == ("Eli Wu", "Beta & Sons")


@pytest.mark.parametrize("line", ["\U0001f600", "?!, Acme", "\U0001f600\U0001f600 -- met at the fair"])
def test_what_holds_no_letter_is_no_name(line: str) -> None:
    assert "There is no name." in [problem.reason for problem in read_add(line, NOW).problems]
