"""What is typed behind `cadence`: which one, for whom, and what is to be done with it. Pure, and it never raises."""

import re
from dataclasses import replace

from bot.services.amounts import Money
from bot.services.retiring import Ending
from bot.services.rules import Conditions
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
from bot.slack.reading import money
from bot.slack.reading.line import about, name_in
from bot.slack.reading.segments import split_note
from bot.slack.reading.understood import Problem
from cadences import library
from language import mark, say

BEFORE_CADENCE = frozenset({"on", "with", "to", "the", "a", "for", "cadence"})
LONGEST_ECHO = 80
ACTIONS = {
    "list": "list", "all": "list", "show": "show", "view": "show", "preview": "preview", "start": "start",
    "stop": "stop", "new": "new", "create": "new", "make": "new", "edit": "edit", "change": "edit", "fork": "fork",
    "copy": "fork", "delete": "delete", "remove": "delete", "rules": "rules", "rule": "rule",
}  # fmt: skip
ENDINGS = {"finish": Ending.FINISH, "stop": Ending.STOP}
KNOWN_ACTIONS = mark("I read list, show, preview, start, stop, new, edit, fork, delete, rule and rules.")
WHICH = mark("Which cadence? There is no name.")
WHOSE = mark("Whose cadence? There is no name.")
NO_VALUE = mark("I can't read that amount.")
NO_CONDITION = mark("A rule says for whom: a value, an industry or a source.")

_AS_TEXT = re.compile(r"(?P<words>.*?\S)\s+(?:as\s+)?(?:yaml|yml|text)", re.IGNORECASE | re.DOTALL)
_FOR = re.compile(r"(?P<words>.*\S)\s+for\s+(?P<who>\S.*)", re.IGNORECASE | re.DOTALL)
_ON = re.compile(r"(?P<who>.*\S)\s+on\s+(?:the\s+|cadence\s+)*(?P<words>\S.*)", re.IGNORECASE | re.DOTALL)
_ENDING = re.compile(
    r"(?P<words>.*?\S)\s*(?:,|--|\band\b)\s*(?:they |let them )?(?P<ending>finish|stop)(?: (?:it|them))?",
    re.IGNORECASE | re.DOTALL,
)
_REMOVED_RULE = re.compile(r"(?:remove|delete)\s+(?:rule\s+)?#?(?P<number>[0-9]{1,3})", re.IGNORECASE)
_CONDITION = re.compile(r"(?:\b(?:and|for|if|when)\s+)?\b(?P<what>value|industry|source)\b\s*[=:]?\s*", re.IGNORECASE)
_BAND = re.compile(
    r"(?P<from>>=?|over|above|at least|from)?\s*(?P<first>[^<>]*?[^<>\s])"
    r"(?:\s*(?P<below><=?|-|–|to|under|below)\s*(?P<second>[^<>]*[^<>\s]))?",
    re.IGNORECASE,
)
_BELOW = re.compile(r"(?:<=?|under|below|up to)\s*(?P<second>\S.*)", re.IGNORECASE)


def read(text: str, currency: str) -> Cadence | Problem:
    """`start acme persistent`, `new`, `edit nudge`, …; a name alone shows it, and nothing lists them all."""
    word, rest = _first_word(text)
    match ACTIONS.get(word.lower()):
        case "list":
            return Cadence()
        case "show" if rest:
            return _show(rest)
        case "preview" if rest:
            return _preview(rest)
        case "start":
            return _start(rest)
        case "stop":
            return _stop(rest)
        case "new":
            return Cadence(CadenceNew(rest))
        case "edit" | "fork" | "delete" as action:
            return _about(action, rest)
        case "rules" | "rule" if found := _REMOVED_RULE.fullmatch(rest):
            return Cadence(CadenceRuleRemove(int(found["number"])))
        case "rules":
            return Cadence(CadenceRules())
        case "rule":
            return _rule(rest, currency)
        case _ if library.named(text):
            return Cadence(CadenceShow(text))
    return Cadence() if not text else _problem(text, say(KNOWN_ACTIONS), "start")


def _first_word(text: str) -> tuple[str, str]:
    word, *rest = text.split(maxsplit=1) or [""]
    return word, rest[0].rstrip() if rest else ""


def _show(rest: str) -> Cadence:
    found = _AS_TEXT.fullmatch(rest)
    return Cadence(CadenceShow(found["words"], as_text=True) if found else CadenceShow(rest))


def _preview(rest: str) -> Cadence:
    found = _FOR.fullmatch(rest)
    if found is None or library.named(rest, forgiving=False):
        return Cadence(CadencePreview(rest))
    return Cadence(CadencePreview(found["words"], _clean(found["who"])))


def _start(rest: str) -> Cadence | Problem:
    head, note = split_note(rest)
    who, words = _who_and_cadence(head)
    if not who:
        keys = ", ".join(library.KEYS)
        problem = _problem(rest, say("Name somebody and a cadence: {cadences}.", cadences=keys), "start")
        return replace(problem, example=about(problem.example, "" if library.named(head) else name_in(head)))
    return Cadence(CadenceStart(who, words, note))


def _stop(rest: str) -> Cadence | Problem:
    head, note = split_note(rest)
    return Cadence(CadenceStop(_clean(head), note)) if _clean(head) else _problem(rest, say(WHOSE), "stop")


def _about(action: str, rest: str) -> Cadence | Problem:
    if not rest:
        return _problem(rest, say(WHICH), action)
    match action:
        case "edit":
            return Cadence(CadenceEdit(rest))
        case "fork":
            return Cadence(CadenceFork(rest))
    found = _ENDING.fullmatch(rest)
    return Cadence(CadenceDelete(found["words"], ENDINGS[found["ending"].lower()]) if found else CadenceDelete(rest))


def _who_and_cadence(text: str) -> tuple[str, str]:
    """`acme persistent`, `acme on no show`, `persistent for acme`: the name, and the cadence as it was typed."""
    words = text.split()
    two_last = len(words) > 2 and library.named(" ".join(words[-2:]), forgiving=False)
    who, named = (words[:-2], words[-2:]) if two_last else (words[:-1], words[-1:])
    if not two_last and (found := _ON.fullmatch(text)):
        return _clean(found["who"]), found["words"]
    if who and not library.named(" ".join(named)) and library.named(who[0], forgiving=False):
        who, named = words[1:], words[:1]
        who = who[1:] if who[0].lower() in BEFORE_CADENCE else who
    while len(who) > 1 and who[-1].lower().rstrip(",") in BEFORE_CADENCE:
        who.pop()
    return _clean(" ".join(who)), " ".join(named)


def _rule(rest: str, currency: str) -> Cadence | Problem:
    """`persistent value>50k industry software source referral`: the cadence, and for whom it is suggested."""
    found = list(_CONDITION.finditer(rest))
    words = _clean(rest[: found[0].start()] if found else rest)
    if not words:
        return _problem(rest, say(WHICH), "rule")
    if not found:
        return _problem(rest, say(NO_CONDITION), "rule")
    ends = [*(each.start() for each in found[1:]), len(rest)]
    said = {each["what"].lower(): _clean(rest[each.end() : end]) for each, end in zip(found, ends, strict=True)}
    if not any(said.values()):
        return _problem(rest, say(NO_CONDITION), "rule")
    conditions = Conditions(industry=said.get("industry") or None, source=said.get("source") or None)
    if "value" in said:
        band = _band(said["value"], currency)
        if band is None:
            return _problem(said["value"], say(NO_VALUE), "rule")
        conditions = Conditions(*band, conditions.industry, conditions.source)
    return Cadence(CadenceRule(words, conditions))


def _band(text: str, currency: str) -> tuple[Money | None, Money | None] | None:
    """`>50k`, `<10k`, `10k-50k`, `50k`: from an amount on, below one, or both; None where one can't be read."""
    if only := _BELOW.fullmatch(text):
        below = money.read(only["second"], currency, bare=True)
        return (None, below) if below else None
    found = _BAND.fullmatch(text)
    if found is None:
        return None
    first = money.read(found["first"], currency, bare=True)
    second = money.read(found["second"], currency, bare=True) if found["second"] else None
    return None if first is None or (found["second"] and second is None) else (first, second)


def _problem(words: str, reason: str, action: str) -> Problem:
    echo = words if len(words) <= LONGEST_ECHO else f"{words[: LONGEST_ECHO - 1]}…"
    return Problem(echo, reason, f"/followup {CADENCE_EXAMPLES[action][0]}")


def _clean(words: str) -> str:
    return words.strip(" ,:").strip()
