"""The verbs of a typed line, and every word and pair of words that means one of them."""

import re

_PREFIX = re.compile(r"^/?followup\b\s*", re.IGNORECASE)
_SYNONYM_WORDS = {
    "today": "due list me day mine",
    "add": "new create",
    "edit": "update correct",
    "log": "logged touch",
    "fix": "correct amend",
    "delete": "remove",
    "replied": "reply answered response responded",
    "met": "",
    "ooo": "out-of-office outofoffice vacation",
    "focus": "work",
    "rows": "row numbers number",
    "skip": "skipped",
    "jump": "goto",
    "restart": "rewind",
    "align": "",
    "stop": "dnc unsubscribe",
    "lift": "allow",
    "reopen": "re-open",
    "note": "notes comment",
    "hook": "hooks",
    "draft": "drafts write compose",
    "resource": "resources library",
    "snooze": "later postpone delay",
    "won": "win closed-won",
    "lost": "lose closed-lost",
    "park": "parked",
    "assign": "handover give",
    "take": "takeover",
    "nudge": "",
    "merge": "dedupe",
    "show": "open card",
    "why": "score",
    "find": "search lookup",
    "view": "views",
    "shorthand": "shorthands abbreviation abbreviations",
    "undo": "oops revert",
    "history": "changes",
    "recap": "week",
    "samples": "sample tour",
    "settings": "setting config preferences prefs",
    "calendar": "days",
    "holidays": "holiday",
    "dayoff": "day-off",
    "workday": "",
    "away": "leave",
    "back": "",
    "pause": "mute",
    "resume": "unpause unmute",
    "team": "channel",
    "cadence": "cadences sequence sequences",
    "stalled": "stale stuck",
    "role": "roles",
    "help": "? commands",
}
SYNONYMS = {word: verb for verb, words in _SYNONYM_WORDS.items() for word in [verb, *words.split()]}
_TWO_WORD_VERBS = {
    "close won": "won",
    "closed won": "won",
    "close lost": "lost",
    "closed lost": "lost",
    "my day": "today",
    "take over": "take",
    "my days": "calendar",
    "my calendar": "calendar",
    "my week": "recap",
    "day off": "dayoff",
    "working day": "workday",
    "on leave": "away",
    "i'm back": "back",
    "out of": "ooo",
    "stop contacting": "stop",
    "do not": "stop",
    "don't contact": "stop",
    "don’t contact": "stop",
    "asked to": "stop",
}


def bare(line: str) -> str:
    """The line without the command in front, which many type out of habit."""
    return _PREFIX.sub("", line)


def split(line: str) -> tuple[str, str]:
    """The first word in small letters, a second one where two make the verb, and what follows."""
    line = bare(line)
    found = re.match(r"(\S+)(?:\s+(\S+))?", line)
    if not found:
        return "today", ""
    pair = f"{found[1]} {found[2]}".lower()
    if pair in _TWO_WORD_VERBS:
        return _TWO_WORD_VERBS[pair], line[found.end() :].strip()
    return found[1].lower().lstrip("/").rstrip(":,.!") or found[1], line[found.end(1) :].strip()
