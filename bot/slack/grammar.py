"""The typed line: which command it is and what its words mean. Pure, and it never raises for anything typed."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.services.amounts import Money
from bot.slack import capture, dates, money, outcomes, schedules, steps
from bot.slack.capture import Problem
from bot.slack.commands import (
    EXAMPLES,
    Add,
    AddForm,
    Cadence,
    CadencePreview,
    CadenceShow,
    CadenceStart,
    CadenceStop,
    Command,
    Find,
    Help,
    History,
    Log,
    Lost,
    Note,
    Park,
    Pause,
    Replied,
    Resume,
    Role,
    Settings,
    Show,
    Snooze,
    Stalled,
    Today,
    Undo,
    Unknown,
    Unreadable,
    Won,
)
from bot.slack.date_rules import DAYS, MON_FRI, WEEKDAYS, DateOrder
from bot.slack.dates import Reading
from bot.slack.escapes import mentioned, undo
from bot.slack.outcomes import DONE_BY, LONGEST_WHO, joined
from bot.slack.segments import segments, split_note
from cadences import library
from cadences.model import Channel

WHO_WORDS = 5
"""A name has at most so many words when only the stored names can tell where it ends."""
NEAR_ENOUGH = 70
LONGEST_ECHO = 80
BEFORE_CADENCE = frozenset({"on", "with", "to", "the", "a", "for", "cadence"})
ROLES = ("rep", "manager", "admin")


@dataclass(frozen=True, slots=True)
class Prefs:
    """What the reading depends on beside the words: the member's own habits."""

    default_region: str | None = None
    default_currency: str = "USD"
    date_order: DateOrder | None = None
    workdays: frozenset[int] = MON_FRI


@dataclass(frozen=True, slots=True)
class _Line:
    verb: str
    rest: str
    now: dt.datetime
    prefs: Prefs

    def date(self, text: str) -> Reading | None:
        return dates.read(text, self.now, date_order=self.prefs.date_order, workdays=self.prefs.workdays)

    def date_at_tail(self, text: str) -> tuple[str, Reading, str] | None:
        return dates.read_tail(text, self.now, date_order=self.prefs.date_order, workdays=self.prefs.workdays)

    def unreadable(self, words: str, reason: str) -> Unreadable:
        return Unreadable(self.verb, Problem(_echo(words), reason, f"/followup {EXAMPLES[self.verb][0]}"))


_SYNONYM_WORDS = {
    "today": "due list me day mine",
    "add": "new create",
    "log": "logged touch",
    "replied": "reply answered response responded",
    "note": "notes comment",
    "snooze": "later postpone delay",
    "won": "win closed-won",
    "lost": "lose closed-lost",
    "park": "parked",
    "show": "open card view",
    "find": "search lookup",
    "undo": "oops revert",
    "history": "changes",
    "settings": "setting config preferences prefs",
    "pause": "mute",
    "resume": "unpause unmute",
    "team": "channel",
    "cadence": "cadences sequence sequences",
    "stalled": "stale stuck",
    "role": "roles",
    "help": "hi hello hey ? commands",
}
SYNONYMS = {word: verb for verb, words in _SYNONYM_WORDS.items() for word in [verb, *words.split()]}
_TWO_WORD_VERBS = {
    "close won": "won",
    "closed won": "won",
    "close lost": "lost",
    "closed lost": "lost",
    "my day": "today",
}


_UNTIL = re.compile(r"\s(?:until|till|til|bis)(?:\s|$)", re.IGNORECASE)
NO_WHO = "Who is it about? There is no name."
NO_DATE = "I found no date at the end that I can read."


def read(text: str, now: dt.datetime, *, prefs: Prefs = Prefs()) -> Command:
    """The command that a typed line means, as Slack sent it: escaping is undone here, once."""
    line = undo(text).strip()
    verb, rest = _verb(line)
    if verb in DONE_BY and rest:
        return _log(_Line("log", rest, now, prefs), DONE_BY[verb])
    if verb in SYNONYMS:
        verb = SYNONYMS[verb]
        return _READERS[verb](_Line(verb, rest, now, prefs))
    return _unknown(line, now, prefs) if line else Today()


def who_candidates(words: str) -> list[tuple[str, str]]:
    """Where the name may end, longest name first; a ` -- `, a new line or a colon makes it certain."""
    head, note = split_note(words)
    ends = [found.end() for found in re.finditer(r"\S+", head)][:WHO_WORDS]
    for end in ends:
        if head[:end].endswith(":") and words[end:].strip():
            return [(head[: end - 1].strip(), words[end:].strip())]
    if note:
        return [(head, note)]
    return [(head[:end].rstrip(", "), head[end:].strip()) for end in reversed(ends)]


def _verb(line: str) -> tuple[str, str]:
    """The first word in small letters, a second one where two make the verb, and what follows."""
    line = re.sub(r"^/?followup\b\s*", "", line, flags=re.IGNORECASE)
    found = re.match(r"(\S+)(?:\s+(\S+))?", line)
    if not found:
        return "today", ""
    pair = f"{found[1]} {found[2]}".lower()
    if pair in _TWO_WORD_VERBS:
        return _TWO_WORD_VERBS[pair], line[found.end() :].strip()
    return found[1].lower().lstrip("/").rstrip(":,.!") or found[1], line[found.end(1) :].strip()


# --- one reader for each verb


def _add(line: _Line) -> Command:
    if not line.rest:
        return AddForm()
    prefs = line.prefs
    return Add(
        capture.read_add(
            line.rest,
            line.now,
            default_region=prefs.default_region,
            default_currency=prefs.default_currency,
            date_order=prefs.date_order,
            workdays=prefs.workdays,
        )
    )


def _note(line: _Line) -> Command:
    if len(line.rest.split()) < 2:
        return line.unreadable(line.rest, "A note needs a name and what to note.")
    return Note(line.rest)


def _log(line: _Line, channel: Channel | None = None) -> Command:
    told = outcomes.read_log(line.rest, channel)
    if not told.who:
        return line.unreadable(line.rest, NO_WHO)
    retry = line.date(told.retry)
    if told.retry and not retry:
        return line.unreadable(told.retry, NO_DATE + _did_you_mean(told.retry))
    return Log(told.who, told.channel, told.outcome, told.note, retry)


def _replied(line: _Line) -> Command:
    who, note = _who_and_note(line.rest)
    return Replied(who, note) if who else line.unreadable(line.rest, NO_WHO)


def _snooze(line: _Line) -> Command:
    head, note = split_note(line.rest)
    found = line.date_at_tail(head.rstrip(".!"))
    if not head or (found and not found[0]):
        return line.unreadable(line.rest, NO_WHO)
    if not found:
        return line.unreadable(line.rest, NO_DATE + _did_you_mean(head))
    return Snooze(_clean(found[0]), found[1], note)


def _park(line: _Line) -> Command:
    head, note = split_note(line.rest)
    found = line.date_at_tail(head.rstrip(".!"))
    who, when = (found[0], found[1]) if found else (head, None)
    if not _clean(who):
        return line.unreadable(line.rest, NO_WHO)
    if not when and _UNTIL.search(who):
        return line.unreadable(line.rest, NO_DATE + _did_you_mean(who))
    return Park(_clean(who), when, note)


def _won(line: _Line) -> Command:
    """`acme 12k`, `acme, $12,000 -- signed`, `acme for 12k signed today`."""
    head, note = split_note(line.rest)
    first, *others = segments(head) or [""]
    who, amount, after = _amount_in(first, line.prefs.default_currency)
    left = [after] if after else []
    for segment in others:
        read_amount = None if amount else money.read(segment, line.prefs.default_currency, bare=True)
        amount = amount or read_amount
        left += [] if read_amount else [segment]
    who = re.sub(r"\s+(?:for|at|worth|with|=)$", "", who)
    if not who or money.read(who, line.prefs.default_currency):
        return line.unreadable(line.rest, NO_WHO)
    if any(money.looks_like_money(word) for word in who.split()[1:]):
        return line.unreadable(line.rest, "I can't read that amount.")
    return Won(who, amount, joined(note, left))


def _amount_in(text: str, currency: str) -> tuple[str, Money | None, str]:
    """The words before an amount, the amount, the words after it; a plain number counts at the end only."""
    words = text.split()
    if (tail := money.read_tail(text, currency, bare=True)) and tail[0]:
        return tail[0], tail[1], ""
    for cut in range(1, min(len(words), LONGEST_WHO)):
        for length in range(min(money.TAIL_WORDS, len(words) - cut), 0, -1):
            if amount := money.read(" ".join(words[cut : cut + length]), currency):
                return " ".join(words[:cut]), amount, " ".join(words[cut + length :])
    return text, None, ""


def _lost(line: _Line) -> Command:
    """`acme pricing`, `acme no decision maker`, `acme, too expensive`, `acme -- they went quiet`."""
    head, note = split_note(line.rest)
    first, *others = segments(head) or [""]
    who, reason = outcomes.reason_at_tail(first)
    left = []
    for segment in others:
        read_reason = None if reason else outcomes.read_reason(segment)
        reason = reason or read_reason
        left += [] if read_reason else [segment]
    if not who:
        return line.unreadable(line.rest, NO_WHO)
    return Lost(who, reason or outcomes.read_reason(note), joined(note, left))


def _show(line: _Line) -> Command:
    return Show(line.rest) if line.rest else line.unreadable("", NO_WHO)


def _find(line: _Line) -> Command:
    return Find(line.rest) if line.rest else line.unreadable("", "What shall I look for?")


def _settings(line: _Line) -> Command:
    change = schedules.read_change(line.rest) if line.rest else None
    if line.rest and not change:
        return line.unreadable(line.rest, "I read a time, days, or digest on or off.")
    return Settings(change)


def _pause(line: _Line) -> Command:
    said = line.rest.lower()
    if said in ("off", "stop", "end", "over"):
        return Resume()
    until = line.date(line.rest) if said else None
    return Pause(until) if until or not said else line.unreadable(line.rest, NO_DATE + _did_you_mean(said))


def _team(line: _Line) -> Command:
    reason = "I read a weekday and a time, off, or hide amounts."
    return schedules.read_team(line.rest) or line.unreadable(line.rest, reason)


def _cadence(line: _Line) -> Command:
    """`start acme persistent`, `stop acme`, `show persistent`; a name alone shows it, and nothing lists them all."""
    head, note = split_note(line.rest)
    action, _, rest = head.partition(" ")
    rest = rest.strip()
    match action.lower():
        case "" | "list" | "all":
            return Cadence()
        case "show" | "preview" if rest:
            return Cadence(CadenceShow(rest) if action.lower() == "show" else CadencePreview(rest))
        case "start":
            who, words = _who_and_cadence(rest)
            if not who:
                return line.unreadable(rest, f"Name somebody and a cadence: {', '.join(library.KEYS)}.")
            return Cadence(CadenceStart(who, words, note))
        case "stop" if _clean(rest):
            return Cadence(CadenceStop(_clean(rest), note))
        case _ if library.named(head):
            return Cadence(CadenceShow(head))
    return line.unreadable(line.rest, "I read list, show, preview, start and stop.")


def _who_and_cadence(text: str) -> tuple[str, str]:
    """`acme persistent`, `acme on no show`, `persistent for acme`: the name, and the cadence as it was typed."""
    words = text.split()
    two_last = len(words) > 2 and library.named(" ".join(words[-2:]), forgiving=False)
    who, named = (words[:-2], words[-2:]) if two_last else (words[:-1], words[-1:])
    if who and not library.named(" ".join(named)) and library.named(who[0], forgiving=False):
        who, named = words[1:], words[:1]
        who = who[1:] if who[0].lower() in BEFORE_CADENCE else who
    while len(who) > 1 and who[-1].lower().rstrip(",") in BEFORE_CADENCE:
        who.pop()
    return _clean(" ".join(who)), " ".join(named)


def _role(line: _Line) -> Command:
    words = [word.strip(",.") for word in line.rest.split()]
    people = [word for word in words if mentioned(word) or re.fullmatch(r"@\S+", word)]
    roles = [role for word in words if (role := word.lower().rstrip("s")) in ROLES]
    if len(people) != 1:
        return line.unreadable(line.rest, "Name one person with @.")
    if len(roles) != 1:
        return line.unreadable(line.rest, f"A role is one of: {', '.join(ROLES)}.")
    return Role(mentioned(people[0]), "" if mentioned(people[0]) else people[0][1:], roles[0])


def _undo(line: _Line) -> Command:
    """Only ever the last change: with a name behind it something else may have been meant."""
    return line.unreadable(line.rest, "I undo your last change; type it alone.") if line.rest else Undo()


def _help(line: _Line) -> Command:
    return Help(SYNONYMS.get(line.rest.lower().lstrip("/")))


def _alone(command: Command) -> Callable[[_Line], Command]:
    return lambda _: command


_READERS: dict[str, Callable[[_Line], Command]] = {
    "today": _alone(Today()), "add": _add, "log": _log, "replied": _replied, "note": _note, "snooze": _snooze,
    "won": _won, "lost": _lost, "park": _park, "show": _show,
    "find": _find, "undo": _undo, "history": _alone(History()),
    "settings": _settings, "pause": _pause, "resume": _alone(Resume()), "team": _team, "stalled": _alone(Stalled()),
    "cadence": _cadence, "role": _role, "help": _help,
}  # fmt: skip


# --- what is no command


def _unknown(line: str, now: dt.datetime, prefs: Prefs) -> Unknown:
    first, _, rest = line.partition(" ")
    near = process.extractOne(
        first.lower()[:LONGEST_ECHO], SYNONYMS.keys(), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH
    )
    if first.lower() in steps.CHANNELS and rest and not dates.looks_like_date(rest, whole=False):
        return Unknown(line, "", _echo(f"log {rest} {first.lower()}"))
    if near:
        return Unknown(line, "", _echo(f"{SYNONYMS[near[0]]} {rest}".strip()))
    if re.search(r"\S, *\S|\S@\S", line):
        return Unknown(line, "a line about a prospect", _echo(f"add {line}"))
    tail = dates.read_tail(line, now, date_order=prefs.date_order, workdays=prefs.workdays)
    if tail and tail[0]:
        who = rest if first.lower() in steps.CHANNELS and " " in rest else line
        return Unknown(line, f"the date “{_echo(tail[2])}”", _echo(f"snooze {who}"))
    return Unknown(line, "", None)


def _who_and_note(text: str) -> tuple[str, str]:
    head, note = split_note(text)
    who, *others = segments(head) or [""]
    return who, joined(note, others)


def _clean(who: str) -> str:
    return who.rstrip(" ,:").strip()


def _did_you_mean(text: str) -> str:
    """A day's name for the last word, when it nearly is one: `firday`."""
    last = (text.split() or [""])[-1].lower()[:LONGEST_ECHO]
    near = process.extractOne(last, [*DAYS, *WEEKDAYS], scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
    return f" Did you mean {near[0]}?" if near and near[0] != last else ""


def _echo(words: str) -> str:
    return words if len(words) <= LONGEST_ECHO else f"{words[: LONGEST_ECHO - 1]}…"
