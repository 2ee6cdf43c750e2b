"""The typed line: which command it is and what its words mean. Pure, and it never raises for anything typed."""

import datetime as dt
import re
from collections.abc import Callable

from bot.slack.commands import (
    Add,
    AddForm,
    Command,
    Fate,
    Focus,
    Ignored,
    Keep,
    Note,
    Recap,
    Resume,
    Samples,
    SendNow,
    Stalled,
    Today,
    Unreadable,
)
from bot.slack.reading import (
    batch_grammar,
    cadence_grammar,
    calendar_grammar,
    capture,
    deal_grammar,
    draft_grammar,
    edit_grammar,
    guesses,
    look_grammar,
    position_grammar,
    settings_grammar,
    shorthand_grammar,
    small_talk,
    stop_grammar,
    verbs,
    view_grammar,
)
from bot.slack.reading.escapes import undo
from bot.slack.reading.line import NO_HABITS, Line, Prefs, clean
from bot.slack.reading.said import DONE_BY
from bot.slack.reading.spans import Garbled, ReadDate, reader_for
from bot.slack.reading.understood import Problem
from bot.slack.reading.verbs import SYNONYMS
from language import say

_IGNORED = re.compile(r"(?P<fate>replan|park|drop)\s+(?:the\s+)?ignored", re.IGNORECASE)
_SEND_NOW = re.compile(r"(?:today )?send(?: now)?(?: (?:my|the|today[’']s) (?:day|list|digest))?", re.IGNORECASE)
_KEEP = re.compile(r"keep\s+(?P<who>[^\s,:].*)", re.IGNORECASE | re.DOTALL)
HOLD_SHORTHANDS = frozenset({"add", "edit"})
_Reader = Callable[[Line], Command]


def read(text: str, now: dt.datetime, *, prefs: Prefs = NO_HABITS) -> Command:
    """The command that a typed line means, as Slack sent it: escaping is undone here, once."""
    line = undo(text).strip()
    bare = verbs.bare(line)
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
    verb, rest = verbs.split(line)
    if verb in DONE_BY and verb != "met" and rest:
        return deal_grammar.read_log(Line("log", rest, now, prefs), DONE_BY[verb])
    if verb in SYNONYMS:
        verb = SYNONYMS[verb]
        return _READERS[verb](Line(verb, rest, now, prefs))
    return guesses.nearest(Line("", line, now, prefs), SYNONYMS) if line else Today()


def may_hold_shorthands(text: str) -> bool:
    """True for a typed line in which words of one's own would be read as what they mean."""
    bare = verbs.bare(undo(text).strip())
    verb, rest = ("rows", "") if batch_grammar.is_batch(bare) else verbs.split(bare)
    return SYNONYMS.get(verb) in HOLD_SHORTHANDS and bool(rest)


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
        return line.unreadable(line.rest, say("A note needs a name and what to note."), clean(line.rest))
    return Note(line.rest)


def _cadence(line: Line) -> Command:
    read = cadence_grammar.read(line.rest, line.prefs.default_currency)
    return Unreadable(line.verb, read) if isinstance(read, Problem) else read


def _days(reader: Callable[[str, dt.datetime, ReadDate], Command | Garbled]) -> _Reader:
    def read_line(line: Line) -> Command:
        read_date = reader_for(line.prefs.date_order, line.prefs.workdays)
        found = reader(line.rest, line.now, read_date)
        return line.unreadable(found.words, found.reason) if isinstance(found, Garbled) else found

    return read_line


def _alone(command: Command) -> Callable[[Line], Command]:
    return lambda _: command


_READERS: dict[str, Callable[[Line], Command]] = {
    "today": look_grammar.read_today,
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
    "stop": stop_grammar.read_stop,
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
    "take": look_grammar.read_take,
    "nudge": look_grammar.read_nudge,
    "merge": position_grammar.read_merge,
    "show": look_grammar.read_show,
    "why": look_grammar.read_why,
    "find": look_grammar.read_find,
    "view": view_grammar.read,
    "shorthand": shorthand_grammar.read,
    "undo": look_grammar.read_undo,
    "history": look_grammar.read_history,
    "recap": _alone(Recap()),
    "samples": _alone(Samples()),
    "calendar": _days(calendar_grammar.read_calendar),
    "holidays": _days(calendar_grammar.read_holidays),
    "dayoff": _days(calendar_grammar.read_day_off),
    "workday": _days(calendar_grammar.read_workday),
    "away": _days(calendar_grammar.read_away),
    "back": _days(calendar_grammar.read_back),
    "settings": settings_grammar.read_settings,
    "pause": settings_grammar.read_pause,
    "resume": _alone(Resume()),
    "team": settings_grammar.read_team,
    "stalled": _alone(Stalled()),
    "cadence": _cadence,
    "role": settings_grammar.read_role,
    "help": look_grammar.read_help,
}
