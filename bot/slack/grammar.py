"""The typed line: which command it is and what its words mean. Pure, and it never raises for anything typed."""

import datetime as dt
import re
from collections.abc import Callable

from bot.slack import (
    batch_grammar,
    cadence_grammar,
    calendar_grammar,
    capture,
    deal_grammar,
    draft_grammar,
    edit_grammar,
    guesses,
    position_grammar,
    schedules,
    shorthand_grammar,
    small_talk,
    view_grammar,
)
from bot.slack.capture import Problem
from bot.slack.commands import (
    Add,
    AddForm,
    Command,
    Fate,
    Find,
    Focus,
    Help,
    History,
    Ignored,
    Keep,
    Note,
    Nudge,
    Pause,
    PauseCompany,
    Recap,
    Resume,
    Role,
    Samples,
    SendNow,
    Settings,
    Show,
    Stalled,
    Take,
    Today,
    Undo,
    Unreadable,
    WhyNow,
)
from bot.slack.escapes import mentioned, undo
from bot.slack.line import NO_DATE, NO_HABITS, NO_WHO, Line, Prefs, clean, did_you_mean, echo
from bot.slack.outcomes import DONE_BY
from bot.slack.segments import split_note
from bot.slack.spans import Garbled, ReadDate, reader_for
from language import mark, say

WHO_WORDS = 5
"""A name has at most so many words when only the stored names can tell where it ends."""
_PREFIX = re.compile(r"^/?followup\b\s*", re.IGNORECASE)
_IGNORED = re.compile(r"(?P<fate>replan|park|drop)\s+(?:the\s+)?ignored", re.IGNORECASE)
_SEND_NOW = re.compile(r"(?:today )?send(?: now)?(?: (?:my|the|today[’']s) (?:day|list|digest))?", re.IGNORECASE)
_KEEP = re.compile(r"keep\s+(?P<who>[^\s,:].*)", re.IGNORECASE | re.DOTALL)
_ALL = re.compile(r"\s+(?:all|everything|alles)$", re.IGNORECASE)
ROLES = ("rep", "manager", "admin")
UNTIL_WHEN = mark("To leave a company alone, say until when.")
HOLD_SHORTHANDS = frozenset({"add", "edit"})
SETTINGS_READ = mark(
    "I read a time, days, hours, cap, new, team, zone, language, "
    "and digest, weekly, nudge, recap or all clear on or off."
)


_Reader = Callable[[Line], Command]
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
    "asked to": "stop",
}


def read(text: str, now: dt.datetime, *, prefs: Prefs = NO_HABITS) -> Command:
    """The command that a typed line means, as Slack sent it: escaping is undone here, once."""
    line = undo(text).strip()
    bare = _PREFIX.sub("", line)
    return _rows(Line("rows", bare, now, prefs)) if batch_grammar.is_batch(bare) else _read(line, now, prefs)


def _read(line: str, now: dt.datetime, prefs: Prefs) -> Command:
    if found := _IGNORED.fullmatch(line):
        return Ignored(Fate(found["fate"].lower()))
    if _SEND_NOW.fullmatch(line):
        return SendNow()
    if found := _KEEP.fullmatch(line):
        return Keep(clean(found["who"]))
    if polite := small_talk.read(line):
        return polite
    verb, rest = _verb(line)
    if verb in DONE_BY and verb != "met" and rest:
        return deal_grammar.read_log(Line("log", rest, now, prefs), DONE_BY[verb])
    if verb in SYNONYMS:
        verb = SYNONYMS[verb]
        return _READERS[verb](Line(verb, rest, now, prefs))
    return guesses.nearest(Line("", line, now, prefs), SYNONYMS) if line else Today()


def may_hold_shorthands(text: str) -> bool:
    """True for a typed line in which words of one's own would be read as what they mean."""
    bare = _PREFIX.sub("", undo(text).strip())
    verb, rest = ("rows", "") if batch_grammar.is_batch(bare) else _verb(bare)
    return SYNONYMS.get(verb) in HOLD_SHORTHANDS and bool(rest)


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
    line = _PREFIX.sub("", line)
    found = re.match(r"(\S+)(?:\s+(\S+))?", line)
    if not found:
        return "today", ""
    pair = f"{found[1]} {found[2]}".lower()
    if pair in _TWO_WORD_VERBS:
        return _TWO_WORD_VERBS[pair], line[found.end() :].strip()
    return found[1].lower().lstrip("/").rstrip(":,.!") or found[1], line[found.end(1) :].strip()


# --- one reader for each verb


def _add(line: Line) -> Command:
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
            shorthands=prefs.shorthands,
        )
    )


def _rows(line: Line) -> Command:
    if not batch_grammar.is_batch(line.rest):
        return line.unreadable(line.rest, say("Begin with a row’s number."))
    return batch_grammar.read(line.rest, lambda part: _read(part, line.now, line.prefs))


def _note(line: Line) -> Command:
    if len(line.rest.split()) < 2:
        return line.unreadable(line.rest, say("A note needs a name and what to note."))
    return Note(line.rest)


def _today(line: Line) -> Command:
    return Today(max(0, int(line.rest) - 1) if re.fullmatch(r"[0-9]{1,2}", line.rest) else 0)


def _nudge(line: Line) -> Command:
    return Nudge(line.rest) if line.rest else line.unreadable("", NO_WHO)


def _take(line: Line) -> Command:
    return Take(line.rest) if line.rest else line.unreadable("", NO_WHO)


def _show(line: Line) -> Command:
    """The card; `all` behind the name: with more of what happened."""
    who = _ALL.sub("", line.rest)
    return Show(who, everything=who != line.rest) if who else line.unreadable("", NO_WHO)


def _history(line: Line) -> Command:
    """My own changes; with a name what happened with them."""
    who = re.sub(r"^(?:of|with|for)\s+", "", clean(line.rest), flags=re.IGNORECASE)
    return Show(who, everything=True) if who else History()


def _why(line: Line) -> Command:
    return WhyNow(line.rest) if line.rest else line.unreadable("", NO_WHO)


def _find(line: Line) -> Command:
    return Find(line.rest) if line.rest else line.unreadable("", say("What shall I look for?"))


def _settings(line: Line) -> Command:
    change = calendar_grammar.read_setting(line.rest) or schedules.read_change(line.rest) if line.rest else None
    if line.rest and not change:
        return line.unreadable(line.rest, say(SETTINGS_READ))
    return Settings(change)


def _pause(line: Line) -> Command:
    said = line.rest.lower()
    if said in ("off", "stop", "end", "over"):
        return Resume()
    until = line.date(line.rest) if said else None
    if until or not said:
        return Pause(until)
    company = line.date_at_tail(line.rest)
    if company and (who := clean(company[0])):
        return PauseCompany(who, company[1])
    if near := did_you_mean(said):
        return line.unreadable(line.rest, say(NO_DATE) + near)
    example = echo(f"/followup pause {clean(line.rest)} 2 weeks")
    return Unreadable(line.verb, Problem(echo(line.rest), say(UNTIL_WHEN), example))


def _team(line: Line) -> Command:
    reason = say("I read a weekday and a time, off, or hide amounts.")
    return schedules.read_team(line.rest) or line.unreadable(line.rest, reason)


def _cadence(line: Line) -> Command:
    read = cadence_grammar.read(line.rest, line.prefs.default_currency)
    return Unreadable(line.verb, read) if isinstance(read, Problem) else read


def _role(line: Line) -> Command:
    words = [word.strip(",.") for word in line.rest.split()]
    people = [word for word in words if mentioned(word) or re.fullmatch(r"@\S+", word)]
    roles = [role for word in words if (role := word.lower().rstrip("s")) in ROLES]
    if len(people) != 1:
        return line.unreadable(line.rest, say("Name one person with @."))
    if len(roles) != 1:
        return line.unreadable(line.rest, say("A role is one of: {roles}.", roles=", ".join(ROLES)))
    return Role(mentioned(people[0]), "" if mentioned(people[0]) else people[0][1:], roles[0])


def _undo(line: Line) -> Command:
    """Only ever the last change: with a name behind it something else may have been meant."""
    return line.unreadable(line.rest, say("I undo your last change; type it alone.")) if line.rest else Undo()


def _help(line: Line) -> Command:
    return Help(SYNONYMS.get(line.rest.lower().lstrip("/")))


def _days(reader: Callable[[str, dt.datetime, ReadDate], Command | Garbled]) -> _Reader:
    def read_line(line: Line) -> Command:
        read_date = reader_for(line.prefs.date_order, line.prefs.workdays)
        found = reader(line.rest, line.now, read_date)
        return line.unreadable(found.words, found.reason) if isinstance(found, Garbled) else found

    return read_line


def _alone(command: Command) -> Callable[[Line], Command]:
    return lambda _: command


_READERS: dict[str, Callable[[Line], Command]] = {
    "today": _today,
    "add": _add,
    "edit": edit_grammar.read_edit,
    "log": deal_grammar.read_log,
    "fix": deal_grammar.read_fix,
    "delete": deal_grammar.read_delete,
    "replied": deal_grammar.read_replied,
    "met": deal_grammar.read_met,
    "ooo": deal_grammar.read_ooo,
    "focus": _alone(Focus()),
    "rows": _rows,
    "skip": position_grammar.read_skip,
    "jump": position_grammar.read_jump,
    "restart": position_grammar.read_restart,
    "align": position_grammar.read_align,
    "stop": deal_grammar.read_stop,
    "lift": position_grammar.read_lift,
    "reopen": position_grammar.read_reopen,
    "note": _note,
    "hook": draft_grammar.read_hook,
    "draft": draft_grammar.read_draft,
    "resource": draft_grammar.read_resource,
    "snooze": deal_grammar.read_snooze,
    "won": deal_grammar.read_won,
    "lost": deal_grammar.read_lost,
    "park": deal_grammar.read_park,
    "assign": position_grammar.read_assign,
    "take": _take,
    "nudge": _nudge,
    "merge": position_grammar.read_merge,
    "show": _show,
    "why": _why,
    "find": _find,
    "view": view_grammar.read,
    "shorthand": shorthand_grammar.read,
    "undo": _undo,
    "history": _history,
    "recap": _alone(Recap()),
    "samples": _alone(Samples()),
    "calendar": _days(calendar_grammar.read_calendar),
    "holidays": _days(calendar_grammar.read_holidays),
    "dayoff": _days(calendar_grammar.read_day_off),
    "workday": _days(calendar_grammar.read_workday),
    "away": _days(calendar_grammar.read_away),
    "back": _days(calendar_grammar.read_back),
    "settings": _settings,
    "pause": _pause,
    "resume": _alone(Resume()),
    "team": _team,
    "stalled": _alone(Stalled()),
    "cadence": _cadence,
    "role": _role,
    "help": _help,
}
