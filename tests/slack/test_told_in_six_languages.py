"""What reps type about what happened, in six languages: right in its own, right, asked or left a note in the others."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.commands import Batch, Command, Log, Lost, Park, Replied, Snooze, Unknown, Unreadable, Won
from bot.slack.reading import answer_words, outcome_words
from bot.slack.reading.batch_grammar import NO_SEMICOLON
from bot.slack.reading.doubts import NOT_SURE
from bot.slack.reading.grammar import read
from bot.slack.reading.lost_reasons import REASONS
from bot.slack.reading.outcome_languages import spelt_out
from bot.slack.reading.said import SAID
from language import say, speaking
from tests.slack.corpus import NOW, shown
from tests.slack.told_in_six_languages import TOLD

LANGUAGES = tuple(TOLD)
ALL = [(language, line) for language, lines in TOLD.items() for line in lines]
ASKED = "?"
PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
NAMES = ("acme", "Row")


def told(line: str) -> str:
    """What a line comes to, in short; `?` where it is asked. Words that stay in the name become the note."""
    return in_short(read(line, NOW))


def in_short(command: Command) -> str:
    match command:
        case Batch(parts=parts):
            return "; ".join(in_short(part.command) for part in parts)
        case Unreadable():
            return ASKED
        case Lost(reason=None):
            return ASKED
        case Log(who=who) | Replied(who=who) | Lost(who=who) | Won(who=who) | Snooze(who=who) | Park(who=who):
            name, _, left = who.partition(" ")
            assert name in NAMES
            return " ".join([*_words(command), *([f"/ {left}"] if left else [])])
    return type(command).__name__


def _words(command: Command) -> list[str]:
    match command:
        case Log(channel=channel, outcome=outcome, note=note, retry=retry, when=when):
            days = [f"on {shown(when)}" if when else "", f"retry {shown(retry)}" if retry else ""]
            said = [channel or "", outcome or "", *days, note and f"/ {note}"]
        case Replied(way=way, when=when, reason=reason, note=note):
            said = ["replied", way or "", (when and shown(when)) or "", reason or "", note and f"/ {note}"]
        case Lost(reason=reason, note=note):
            said = ["lost", reason or "", note and f"/ {note}"]
        case Won(amount=amount, note=note):
            said = ["won", f"{amount.amount_minor // 100}" if amount else "", note and f"/ {note}"]
        case Snooze(when=when) | Park(when=when):
            said = [command.verb, shown(when)]
        case _:
            raise AssertionError(command)
    return [word for word in said if word]


def told_in(language: str, line: str) -> str:
    with speaking(language):
        return told(line)


def test_there_are_twenty_five_lines_and_more_of_each_language() -> None:
    assert min(map(len, TOLD.values())) >= 25


@pytest.mark.parametrize(("language", "line"), ALL)
def test_a_line_is_right_in_its_language(language: str, line: str) -> None:
    assert told_in(language, line) == TOLD[language][line]


@pytest.mark.parametrize(("language", "line"), ALL)
def test_a_line_is_right_or_asked_or_left_a_note_in_every_other_language(language: str, line: str) -> None:
    meant = TOLD[language][line].split("; ")
    for other in LANGUAGES:
        for part, right in zip(told_in(other, line).split("; "), meant, strict=True):
            noted, _, note = part.partition("/ ")
            words = set(re.findall(r"[a-z_]+", noted)) <= set(re.findall(r"[a-z_]+", f"{right} replied"))
            kept = words and all(said in line for said in note.split(" / "))
            assert part in (right, ASKED) or kept, other


@pytest.mark.parametrize("line", TOLD["en"])
def test_english_is_read_alike_whatever_language_the_reader_speaks(line: str) -> None:
    unsure = "absent" in line.split()
    assert unsure or {told_in(language, line) for language in LANGUAGES} == {TOLD["en"][line]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_two_meanings_is_asked_and_the_channel_settles_it(language: str) -> None:
    for line, meant in {
        "log acme contestó": ASKED,
        "log acme call, contestó": "call connected",
        "log acme email, contestó": "email replied",
        "log acme afwezig": ASKED,
        "log acme demo, afwezig": "meeting no_show",
        "log acme email, afwezig": "email out_of_office",
    }.items():
        assert told_in(language, line) == meant, line
    read_line = read("log acme contestó", NOW)
    assert isinstance(read_line, Unreadable)
    assert (read_line.problem.words, read_line.problem.reason) == ("contestó", say(NOT_SURE))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "log acme hat angerufen"),
        ("de", "log acme soll angerufen werden"),
        ("de", "log acme Anruf, nicht gesprochen"),
        ("de", "log acme angerufen aber nicht gesprochen"),
        ("de", "log acme angerufen, antwortete nicht"),
        ("fr", "log acme doit être appelé"),
        ("fr", "log acme pas parlé"),
        ("es", "log acme ha llamado"),
        ("pt", "log acme não falei"),
        ("nl", "log acme niet gesproken"),
        ("de", "lost acme nicht Preis"),
    ],
)
def test_what_did_not_happen_or_another_did_is_never_logged_as_done(language: str, line: str) -> None:
    assert told_in(language, line) == ASKED
    assert told_in("en", line) == ASKED


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", ["Robin Preis", "Grand Prix", "Parada Mande", "Anders Berg", "Banco Enviado", "Jan Appel", "Otro Mundo"]
)
def test_a_name_stays_whole_where_a_word_of_it_is_one_of_these(language: str, name: str) -> None:
    with speaking(language):
        log = read(f"log {name} call, no answer", NOW)
    assert isinstance(log, Log)
    assert (log.who, log.outcome) == (name, "no_answer")


def test_a_surname_is_a_reason_only_where_the_language_has_the_word() -> None:
    assert told_in("en", "lost acme prix") == ASKED
    assert told_in("fr", "lost acme prix") == "lost pricing"
    assert told_in("en", "lost acme, prix") == "lost pricing"


@pytest.mark.parametrize(
    "tables", [outcome_words.HAPPENED, answer_words.ANSWERS, answer_words.REASONS, answer_words.ROWS]
)
def test_no_phrase_has_two_meanings(tables: Mapping[str, Mapping[object, str]]) -> None:
    meanings: dict[str, set[object]] = {}
    for table in tables.values():
        for meaning, phrases in table.items():
            for phrase in spelt_out(phrases):
                meanings.setdefault(phrase, set()).add(meaning)
    assert {phrase: meant for phrase, meant in meanings.items() if len(meant) > 1} == {}


def test_no_phrase_means_something_else_in_english() -> None:
    for table in outcome_words.HAPPENED.values():
        for meaning, phrases in table.items():
            for phrase in spelt_out(phrases):
                assert SAID.get(phrase, meaning) is meaning, phrase
    for reasons in answer_words.REASONS.values():
        for reason, phrases in reasons.items():
            for phrase in spelt_out(phrases):
                assert REASONS.get(phrase, reason) is reason, phrase


@given(st.sampled_from(LANGUAGES), st.lists(st.sampled_from(ALL), min_size=1, max_size=3), st.text(max_size=6))
@settings(max_examples=100, deadline=None)
def test_lines_of_all_languages_mixed_raise_nothing(language: str, lines: list[tuple[str, str]], between: str) -> None:
    told_in(language, f" {between} ".join(line for _, line in lines))


@pytest.mark.parametrize(("language", "line"), [each for each in ALL if each[1].startswith("log")])
def test_no_word_of_a_remark_is_lost(language: str, line: str) -> None:
    with speaking(language):
        log = read(f"{line}, Quaggaprodukt", NOW)
    assert isinstance(log, Unreadable) or (isinstance(log, Log) and "Quaggaprodukt" in log.note)


@pytest.mark.parametrize(
    ("line", "nearest", "meant"),
    [
        ("angerufen acme niemand erreicht", "log acme angerufen niemand erreicht", "call no_answer"),
        ("gebeld acme geen gehoor", "log acme gebeld geen gehoor", "call no_answer"),
        ("appelé acme, pas de réponse", "log acme, appelé pas de réponse", "call no_answer"),
        ("gewonnen acme 12k", "won acme 12k", "won 12000"),
        ("perdu acme trop cher", "lost acme trop cher", "lost pricing"),
        ("verschieben acme fri", "snooze acme fri", "snooze 2026-11-27"),
    ],
)
def test_a_commands_verb_stays_english_and_the_line_that_works_is_offered(line: str, nearest: str, meant: str) -> None:
    unknown = read(line, NOW)
    assert isinstance(unknown, Unknown)
    assert (unknown.nearest, told(nearest)) == (nearest, meant)


@pytest.mark.parametrize("line", ["1 angerufen 2 gewonnen 12k", "1 gebeld 2 verloren prijs", "1 appelé 2 perdu"])
def test_a_row_without_its_semicolon_is_asked_in_each_language(line: str) -> None:
    rows = read(line, NOW)
    assert isinstance(rows, Batch)
    assert [part.command.problem.reason for part in rows.parts if isinstance(part.command, Unreadable)] == [
        say(NO_SEMICOLON)
    ]


@pytest.mark.parametrize(("name", "language"), [("German", "de"), ("French", "fr"), ("Spanish", "es"),
                                               ("Portuguese", "pt"), ("Dutch", "nl")])  # fmt: skip
def test_every_example_of_the_page_is_understood(name: str, language: str) -> None:
    page = PAGE.read_text().partition("## What happened, in your language")[2].partition("\n## ")[0]
    row = next(line for line in page.splitlines() if line.startswith(f"| {name} |"))
    examples = re.findall(r"`([^`]+)`", row)
    assert len(examples) >= 4
    for example in examples:
        assert ASKED not in told_in(language, example).split("; "), example
