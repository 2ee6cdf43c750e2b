"""What is no command: what of it can be understood, and the nearest line that would work. Pure."""

import itertools
import re
from collections.abc import Mapping

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
SETTINGS = frozenset({"cap", "time", "hours", "digest", "weekly", "daily", "zone", "language", "lang"})
"""What a line begins with that is meant as a setting."""


def nearest(line: Line, verbs: Mapping[str, str]) -> Unknown:
    """What a line without a verb of ours was meant as; ``verbs`` are the words for a verb, with the verb."""
    first, _, rest = line.rest.partition(" ")
    if first.lower() == "all" and rest and (outcomes.is_said(rest) or rest.split()[0].lower() in verbs):
        return Unknown(line.rest, "", echo(f"{SOME_ROWS} {rest}"))
    if rest and (meant := outcome_languages.row(line.rest)):
        return Unknown(line.rest, "", echo(f"{meant[0]} {meant[1]}"))
    if is_how(first) and rest and not dates.looks_like_date(rest, whole=False):
        return Unknown(line.rest, "", echo(_as_logged(first.lower(), rest)))
    if first.lower() in SETTINGS and rest and _is_setting(line.rest):
        return Unknown(line.rest, "", echo(f"settings {line.rest}"))
    enough = NEAR_ENOUGH if len(first) >= SHORTEST_GUESSED else VERY_NEAR
    near = process.extractOne(first.lower()[:LONGEST_ECHO], verbs.keys(), scorer=fuzz.ratio, score_cutoff=enough)
    if near:
        return Unknown(line.rest, "", echo(f"{verbs[near[0]]} {rest}".strip()))
    if re.search(r"\S, *\S|\S@\S", line.rest):
        return Unknown(line.rest, say("a line about a prospect"), echo(f"add {line.rest}"))
    tail = line.date_at_tail(line.rest)
    if tail and tail[0]:
        who = rest if first.lower() in steps.CHANNELS and " " in rest else line.rest
        return Unknown(line.rest, say("the date “{words}”", words=echo(tail[2])), echo(f"snooze {who}"))
    return Unknown(line.rest, "", None)


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
