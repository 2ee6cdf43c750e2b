"""`edit acme hot, prefers call, $15k`: which details of somebody change, each read as in an add line. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.services.names import wording_of
from bot.slack.commands import Command, Edit, Unreadable
from bot.slack.reading import capture, deal_evidence
from bot.slack.reading.escapes import mentioned
from bot.slack.reading.line import NO_WHO, Line, about, clean
from bot.slack.reading.segments import segments, split_note
from bot.slack.reading.steps import PlannedStep
from bot.slack.reading.understood import Capture, Understood
from language import mark, say

LONGEST_WHO = 6
"""Words of a name in front of the first field."""
STAND_IN = "X"
"""The name in front of a segment, so that it is read as one behind a name."""
NOT_A_FIELD = mark("I can't read that as one of their details.")
EMPTY = mark("none")
OWNER = "owner_id"
"""Whose it is from now on: no detail, but changed like one; nothing where Slack did not say who is meant."""

_FIELDS = {
    "company": ("company",), "role": ("role",), "email": ("email",), "phone": ("phone",), "stage": ("stage",),
    "value": ("value_minor", "currency", "currency_assumed"), "source": ("source",), "industry": ("industry",),
    "zone": ("zone",),
    "decides": ("close_on",), "renews": ("renewal_on",), "temperature": ("temperature",),
    "prefers": ("preferred_channel",), "best time": ("best_time",), "profile": ("profile_url",),
}  # fmt: skip
"""What a line calls a field, and the details behind it."""
_OTHER_NAMES = {
    "title": "role", "e-mail": "email", "mail": "email", "telephone": "phone", "number": "phone", "amount": "value",
    "time zone": "zone", "close date": "decides", "decision": "decides", "renewal": "renews", "temp": "temperature",
    "preference": "prefers", "preferred channel": "prefers", "channel": "prefers", "best": "best time",
    "linkedin": "profile", "page": "profile",
}  # fmt: skip
_EMPTIED = {name: name for name in _FIELDS if name != "stage"} | _OTHER_NAMES
_NO = re.compile(rf"(?:no|clear|without|remove) (?P<field>{'|'.join(sorted(_EMPTIED, key=len, reverse=True))})", re.I)
_RENAME = re.compile(r"(?:name|rename(?:d)?(?: to)?)[:=]? (?P<name>\S.*)", re.IGNORECASE)
_COMPANY = re.compile(r"(?:company|firma)\b", re.IGNORECASE)
_MOVED_TO = re.compile(r"(?:company|[Ff]irma) (?P<company>[^\s:=].*)")
_OWNER = re.compile(r"owner[:=]? (?P<person>\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Read:
    """What segments change: details, the next step, and both as they are read back."""

    said: Mapping[str, object] = field(default_factory=dict)
    step: PlannedStep | None = None
    understood: tuple[Understood, ...] = ()

    def with_(self, other: "_Read") -> "_Read":
        """Both; of two steps the first stands."""
        return _Read({**self.said, **other.said}, self.step or other.step, (*self.understood, *other.understood))


def read_edit(line: Line) -> Command:
    """The name and what changes; without a change the form is meant."""
    head, note = split_note(line.rest)
    first, *others = segments(head) or [""]
    if not first:
        return line.unreadable(line.rest, NO_WHO)
    who, read = _first(line, first)
    for segment in others:
        also = _field(line, segment)
        if isinstance(also, Unreadable):
            return replace(also, problem=replace(also.problem, example=about(also.problem.example, clean(who))))
        read = read.with_(also)
    return Edit(clean(who), read.said, read.step, note, read.understood)


def _first(line: Line, segment: str) -> tuple[str, _Read]:
    """The name, and a detail that follows it with no comma between: `acme hot`.

    A shorthand alone is none: `dana ac` may name Dana at a company that is called so.
    """
    everybodys = replace(line, prefs=replace(line.prefs, shorthands={}))
    words = segment.split()
    for cut in range(1, min(len(words), LONGEST_WHO + 1)):
        rest = " ".join(words[cut:])
        read = _field(everybodys, rest)
        if not isinstance(read, Unreadable):
            own = _field(line, rest)
            return " ".join(words[:cut]), read if isinstance(own, Unreadable) else own
    return segment, _Read()


def _field(line: Line, segment: str) -> _Read | Unreadable:
    """What one segment changes."""
    if segment.lower() in _EMPTIED:  # `phone`: the number is missing; no call is meant
        return line.unreadable(segment, say(NOT_A_FIELD))
    if found := _NO.fullmatch(segment):
        name = found["field"].lower()
        field_name = _OTHER_NAMES.get(name, name)
        return _Read(dict.fromkeys(_FIELDS[field_name]), understood=(Understood(field_name, say(EMPTY), segment),))
    if found := _RENAME.fullmatch(segment):
        return _Read({"name": found["name"]}, understood=(Understood("name", found["name"], segment),))
    if found := _OWNER.fullmatch(segment):
        return _Read({OWNER: mentioned(found["person"]) or ""})
    prefs = line.prefs
    if (found := _MOVED_TO.fullmatch(segment)) and wording_of(found["company"]) not in prefs.shorthands:
        return _Read({"company": found["company"]}, understood=(Understood("company", found["company"], segment),))
    labelled = deal_evidence.has_label(segment)
    read = capture.read_add(
        f"{STAND_IN}, {STAND_IN}, {segment}" if labelled else f"{STAND_IN}, {segment}",
        line.now,
        default_region=prefs.default_region,
        default_currency=prefs.default_currency,
        date_order=prefs.date_order,
        workdays=prefs.workdays,
        shorthands=prefs.shorthands,
    )
    if read.problems:
        problem = read.problems[0]
        return line.unreadable(problem.words, problem.reason)
    understood = tuple(each for each in read.understood if not each.inferred and each.words != STAND_IN)
    named = [each.field for each in understood]
    is_short = any(each.shorthand for each in understood)
    guessed = "company" in named and not _COMPANY.match(segment) and not is_short
    if len(named) != 1 or guessed or "note" in named:
        return line.unreadable(segment, say(NOT_A_FIELD))
    if named == ["step"]:
        return _Read(step=read.step, understood=understood)
    details = _details(read)
    return _Read({detail: details[detail] for detail in _FIELDS[named[0]]}, understood=understood)


def _details(read: Capture) -> Mapping[str, object]:
    """A line's fields by the names under which they are kept."""
    return {
        "company": read.company,
        "role": read.role,
        "email": read.email,
        "phone": read.phone,
        "stage": read.stage,
        "value_minor": read.value.amount_minor if read.value else None,
        "currency": read.value.currency if read.value else None,
        "currency_assumed": read.value is not None and read.value.assumed,
        "source": read.source,
        "industry": read.industry,
        "zone": read.zone,
        "close_on": read.close_on,
        "renewal_on": read.renewal_on,
        "temperature": read.temperature,
        "preferred_channel": read.preferred_channel,
        "best_time": read.best_time,
        "profile_url": read.profile_url,
    }
