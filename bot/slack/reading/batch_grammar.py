"""The two-minute day: `1 called no answer; 2 snooze fri; 3 won 12k`, each part read as if it named the prospect."""

import re
from collections.abc import Callable

from bot.services.putting_off import Group
from bot.slack.commands import (
    Align,
    Batch,
    Command,
    Jump,
    Log,
    Lost,
    Note,
    OutOfOffice,
    Park,
    Part,
    PartCommand,
    Replied,
    Restart,
    Skip,
    Snooze,
    StopContact,
    Unreadable,
    Won,
)
from bot.slack.reading.date_languages import fold
from bot.slack.reading.doubts import NOT_SURE
from bot.slack.reading.line import echo
from bot.slack.reading.outcome_languages import PHRASES, row
from bot.slack.reading.outcomes import parted
from bot.slack.reading.said import DONE_BY
from bot.slack.reading.segments import split_note
from bot.slack.reading.understood import Problem
from language import mark, say

FIRST = "/followup 1 called no answer"
IT = "Row"
"""Stands where the name would: a word that is no channel, outcome, date or amount."""
MOST_PARTS = 40
EXAMPLES: dict[str, str] = {
    "log": "called no answer",
    "replied": "replied interested",
    "snooze": "snooze fri",
    "won": "won 12k",
    "lost": "lost pricing",
    "park": "park until march",
    "skip": "skip -- met them at the fair",
    "jump": "jump 3 -- they asked for it",
    "restart": "restart -- new contact person",
    "align": "align",
    "ooo": "ooo until 3 dec",
    "stop": "stop -- asked us by mail",
    "note": "note wants SSO",
}
"""What works behind a number, by verb."""
_SEPARATOR = re.compile(r"[;\n]")
_NAMED = (
    Log, Replied, Snooze, Won, Lost, Park, Skip, Jump, Restart, Align, OutOfOffice, StopContact,
)  # fmt: skip
_GROUPS = {
    "all": Group.ALL,
    "everything": Group.ALL,
    "all overdue": Group.OVERDUE,
    "overdue": Group.OVERDUE,
    "all low": Group.LOW,
    "low priority": Group.LOW,
    "all low priority": Group.LOW,
}
_RANGE = r"#?\d{1,3}(?:\s*[-–]\s*#?\d{1,3})?"
_LIST = rf"{_RANGE}(?:(?:\s*,\s*|\s+and\s+){_RANGE})*"
_RANGES = rf"(?:rows? )?{_LIST}"
_NUMBERS = re.compile(rf"(?P<numbers>{_LIST})[.:),]?(?:\s+(?P<rest>.*))?", re.DOTALL)
_FIRST_AND_LAST = re.compile(r"(\d{1,3})(?:\s*[-–]\s*#?(\d{1,3}))?")
_ANOTHER_ROW = re.compile(rf"\s#?\d{{1,3}}[.:)]?\s+(?:{'|'.join([*EXAMPLES, *DONE_BY, *PHRASES])})\b", re.IGNORECASE)
"""Another row's answer in the words of this one: without a semicolon it would become a note."""
NO_SEMICOLON = mark("Put a semicolon before the next row’s number.")
Read = Callable[[str], Command]


def is_batch(line: str) -> bool:
    """True for a line that begins with a row's number."""
    return re.match(rf"{_LIST}[.:),]?(?=\s|$)", line) is not None


def several(who: str) -> Group | tuple[int, ...] | None:
    """`all low to`, `overdue`, `4-9`, `1, 3`: what is said of several rows in place of a name, or None."""
    said = re.sub(r"\s+(?:to|until|till)$", "", who.lower().strip())
    if said in _GROUPS:
        return _GROUPS[said]
    if re.fullmatch(_RANGES, said) is None:
        return None
    numbers: list[int] = []
    for first, last in _FIRST_AND_LAST.findall(said):
        numbers += range(int(first), int(last or first) + 1)
    return tuple(dict.fromkeys(numbers)) or None


def read(line: str, read_one: Read) -> Command:
    """Every part with its number; one that can't be read is kept with the reason."""
    parts: list[Part] = []
    for text in _split(line):
        parts += _parts(text, read_one)
        if len(parts) > MOST_PARTS:
            return _unreadable(1, line, say("I take at most {count} rows at once.", count=MOST_PARTS), "log")
    return Batch(tuple(parts))


def _split(line: str) -> list[str]:
    """The parts between semicolons or lines; a semicolon inside a note, with no number behind it, stays there."""
    parts: list[str] = []
    for text in filter(None, (piece.strip() for piece in _SEPARATOR.split(line))):
        if parts and not is_batch(text) and split_note(parts[-1])[1]:
            parts[-1] = f"{parts[-1]}; {text}"
        else:
            parts.append(text)
    return parts


def _parts(text: str, read_one: Read) -> list[Part]:
    found = _NUMBERS.fullmatch(text)
    if found is None:
        unnumbered = Problem(echo(text), say("There is no row’s number before it."), FIRST)
        return [Part(0, Unreadable("rows", unnumbered))]
    numbers: list[int] = []
    for first, last in ((int(one), int(other or one)) for one, other in _FIRST_AND_LAST.findall(found["numbers"])):
        if not first <= last < first + MOST_PARTS:
            backwards = Problem(echo(text), say("These numbers make no range."), FIRST)
            return [Part(first, Unreadable("rows", backwards))]
        numbers += range(first, last + 1)
    rest = found["rest"] or ""
    return [Part(number, _command(number, rest, read_one)) for number in numbers]


def _command(number: int, words: str, read_one: Read) -> PartCommand:
    if not words:
        return _unreadable(number, "", say("What shall I do with it?"), "log")
    verb, rest = row(words) or (words.partition(" ")[0], words.partition(" ")[2])
    if verb.lower() != Note.verb and _ANOTHER_ROW.search(fold(split_note(words)[0])):
        return _unreadable(number, words, say(NO_SEMICOLON), "log")
    read = read_one(f"{verb} {IT} {rest}".strip())
    if verb == Snooze.verb and isinstance(read, Unreadable):
        # `Fr` behind a name may be a part of it; behind a number it is none.
        again = read_one(f"{verb} {IT} until {rest}")
        read = again if isinstance(again, Snooze) else read
    if isinstance(read, Note):
        return Note(read.words.removeprefix(IT).strip())
    if isinstance(read, _NAMED):
        return read if read.who == IT else _unreadable(number, words, _left(read.who), read.verb)
    if isinstance(read, Unreadable):
        return _unreadable(number, words, read.problem.reason, read.verb)
    told = read_one(f"log {IT} {_small(words)}")
    if isinstance(told, Log) and told.who == IT and (told.channel or told.outcome):
        return told
    if isinstance(told, Unreadable) and told.problem.reason == say(NOT_SURE):
        return _unreadable(number, words, told.problem.reason, "log")
    return _unreadable(number, words, say("I don’t know what that means for a row."), "log")


def _small(words: str) -> str:
    """A sentence’s first word without its capital where it is a word for what happened: `Angerufen, Mailbox`."""
    small = f"{words[:1].lower()}{words[1:]}"
    return small if parted(f"{IT} {words}")[0] != IT and parted(f"{IT} {small}")[0] == IT else words


def _left(who: str) -> str:
    unread = re.sub(rf"^{IT}\s*", "", who)
    return say("I can’t read “{words}”.", words=echo(unread))


def _unreadable(number: int, words: str, reason: str, verb: str) -> Unreadable:
    example = f"/followup {number} {EXAMPLES.get(verb, EXAMPLES['log'])}"
    return Unreadable(verb, Problem(echo(words), reason, example))
