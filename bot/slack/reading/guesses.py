"""What is no command: what of it can be understood, and the nearest line that would work. Pure."""

import itertools
import re
from collections.abc import Mapping
from dataclasses import replace

from rapidfuzz import fuzz, process

from bot.slack.commands import Unknown
from bot.slack.reading import calendar_grammar, dates, outcome_languages, outcomes, schedules, steps
from bot.slack.reading.line import LONGEST_ECHO, NEAR_ENOUGH, Line, echo
from bot.slack.reading.segments import split_note
from cadences.model import Channel
from language import say

SHORTEST_GUESSED = 4
"""Shorter words are near to too much: `all` to `allow`."""
VERY_NEAR = 80
SOME_ROWS = "1-3"
QUESTIONS = frozenset(
    {
        "what", "what's", "what’s", "who", "who's", "who’s", "how", "when", "where", "which", "can", "could", "do",
        "does", "is", "are", "was", "wer", "wie", "wann", "wo", "wen", "kann",
    }
)  # fmt: skip
DAY_WORDS = frozenset({"today", "due", "next", "now", "heute", "fällig", "dran", "jetzt"})
_REMIND = re.compile(
    r"(?:please )?remind(?: me)?(?: to)? (?=\S)|(?:bitte )?erinner(?:e)? mich(?: daran)?(?: an)? (?=\S)", re.IGNORECASE
)
_WITH = re.compile(r"^(?:with|to|mit) ", re.IGNORECASE)
MEANT_ELSEWHERE = {
    "heute": "today", "hilfe": "help", "rückgängig": "undo", "notiz": "note", "neu": "add", "eintragen": "add",
    "suche": "find", "suchen": "find", "finde": "find", "zeig": "show", "zeige": "show", "einstellungen": "settings",
    "entwurf": "draft", "urlaub": "away", "kalender": "calendar",
}  # fmt: skip
"""German words for our verbs; those for what is done to a row are known already."""
SETTINGS = frozenset({"cap", "time", "hours", "digest", "weekly", "daily", "zone", "language", "lang"})
"""What a line begins with that is meant as a setting."""


def nearest(line: Line, verbs: Mapping[str, str]) -> Unknown:
    """What a line without a verb of ours was meant as; ``verbs`` are the words for a verb, with the verb."""
    if found := _REMIND.match(line.rest):
        return replace(nearest(replace(line, rest=line.rest[found.end() :]), verbs), text=line.rest)
    first, _, rest = line.rest.partition(" ")
    meant = _by_first_word(line, first, rest, verbs) or _touch_or_setting(line, first, rest)
    if meant:
        return Unknown(line.rest, "", echo(meant))
    if is_how(first) and rest and (dated := line.date_at_tail(_WITH.sub("", rest))) and dated[0]:
        return _dated(line, dated, dated[0])
    near = _misspelt(first, verbs)
    return Unknown(line.rest, "", echo(f"{near} {rest}".strip())) if near else _as_told(line)


def _by_first_word(line: Line, first: str, rest: str, verbs: Mapping[str, str]) -> str:
    """All rows at once, a row's answer without its number, a question, a verb in German."""
    if first.lower() == "all" and rest and (outcomes.is_said(rest) or rest.split(maxsplit=1)[0].lower() in verbs):
        return f"{SOME_ROWS} {rest}"
    if first.lower() in QUESTIONS and rest:
        return _asked(rest, verbs)
    if rest and (meant := outcome_languages.row(line.rest)):
        return f"{meant[0]} {meant[1]}"
    verb = MEANT_ELSEWHERE.get(first.lower().rstrip(".!"))
    return f"{verb} {rest}".strip() if verb else ""


def _touch_or_setting(line: Line, first: str, rest: str) -> str:
    """What was done, said before the name; or a setting by its own name."""
    if is_how(first) and rest and not dates.looks_like_date(rest, whole=False):
        return _as_logged(first.lower(), rest)
    if first.lower() in SETTINGS and rest and _is_setting(line.rest):
        return f"settings {line.rest}"
    if not rest or is_how(first) or not outcomes.is_said(first):
        return ""
    whom = _WITH.sub("", rest)
    name, _, day = whom.partition(" ")
    return f"log {name} {first.lower()} {day}" if line.past(day) else _as_logged(first.lower(), whom)


def _misspelt(first: str, verbs: Mapping[str, str]) -> str:
    """The verb that a word nearly is; a channel is none."""
    enough = NEAR_ENOUGH if len(first) >= SHORTEST_GUESSED else VERY_NEAR
    near = process.extractOne(first.lower()[:LONGEST_ECHO], verbs.keys(), scorer=fuzz.ratio, score_cutoff=enough)
    return verbs[near[0]] if near and not is_how(first) else ""


def _as_told(line: Line) -> Unknown:
    """A line that begins with a name: what was done, who it is, or until when."""
    name, said = outcomes.parted(line.rest)
    tail = line.date_at_tail(line.rest)
    if name and said and not (tail and isinstance(tail[1], dates.When)):
        return Unknown(line.rest, "", echo(f"log {line.rest}"))
    if re.search(r"\S, *\S|\S@\S", line.rest):
        return Unknown(line.rest, say("a line about a prospect"), echo(f"add {line.rest}"))
    if tail and tail[0] and not isinstance(tail[1], dates.Past) and not is_how(tail[0]):
        return _dated(line, tail, name if said else tail[0])
    return Unknown(line.rest, "", None)


def _dated(line: Line, tail: tuple[str, dates.Reading, str], who: str) -> Unknown:
    """A name and a day, and no word of what is to be done then."""
    return Unknown(line.rest, say("the date “{words}”", words=echo(tail[2])), echo(f"snooze {who} {tail[2]}"))


def _asked(rest: str, verbs: Mapping[str, str]) -> str:
    """Where a question finds its answer: the day, or the help for the verb that it names."""
    words = re.findall(r"\w+", rest.lower())
    if not DAY_WORDS.isdisjoint(words):
        return "today"
    return next((f"help {verbs[word]}" for word in words if word in verbs), "help")


def _is_setting(text: str) -> bool:
    return calendar_grammar.read_setting(text) is not None or schedules.read_change(text) is not None


def is_how(word: str) -> bool:
    """True for a word that says how it was done: `call`, `angerufen`."""
    return word.lower() in steps.CHANNELS or isinstance(outcome_languages.HAPPENED.whole(word, frozenset), Channel)


def _as_logged(channel: str, rest: str) -> str:
    """`call acme no answer` as it is logged: `log acme call no answer`; a remark goes behind the dashes."""
    head, note = split_note(rest)
    who, said = outcomes.parted(head)
    if not said:
        words = head.split()
        name = list(itertools.takewhile(lambda word: word[:1].isupper(), words)) or words[:1]
        who, remark = " ".join(name).rstrip(",:"), " ".join(words[len(name) :])
        note = " ".join(filter(None, [remark, note]))
    logged = " ".join(filter(None, ["log", who, channel, said]))
    return f"{logged} -- {note}" if note else logged
