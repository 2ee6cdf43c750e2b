"""`edit acme hot, prefers call, $15k`: which details of somebody change, each read as in an add line. Pure."""

import re
from collections.abc import Mapping

from bot.slack import capture
from bot.slack.capture import Capture
from bot.slack.commands import Command, Edit, Unreadable
from bot.slack.line import NO_WHO, Line, clean
from bot.slack.segments import segments, split_note
from bot.slack.steps import PlannedStep
from language import mark, say

LONGEST_WHO = 6
"""Words of a name in front of the first field."""
STAND_IN = "X"
"""The name in front of a segment, so that it is read as one behind a name."""
NOT_A_FIELD = mark("I can't read that as one of their details.")

_FIELDS = {
    "company": ("company",), "role": ("role",), "email": ("email",), "phone": ("phone",), "stage": ("stage",),
    "value": ("value_minor", "currency"), "source": ("source",), "industry": ("industry",), "zone": ("zone",),
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

Said = dict[str, object]


def read_edit(line: Line) -> Command:
    """The name and what changes; without a change the form is meant."""
    head, note = split_note(line.rest)
    first, *others = segments(head) or [""]
    if not first:
        return line.unreadable(line.rest, NO_WHO)
    who, said, step = _first(line, first)
    for segment in others:
        read = _field(line, segment)
        if isinstance(read, Unreadable):
            return read
        said |= read[0]
        step = step or read[1]
    return Edit(clean(who), said, step, note)


def _first(line: Line, segment: str) -> tuple[str, Said, PlannedStep | None]:
    """The name, and a detail that follows it with no comma between: `acme hot`."""
    words = segment.split()
    for cut in range(1, min(len(words), LONGEST_WHO + 1)):
        read = _field(line, " ".join(words[cut:]))
        if not isinstance(read, Unreadable):
            return " ".join(words[:cut]), *read
    return segment, {}, None


def _field(line: Line, segment: str) -> tuple[Said, PlannedStep | None] | Unreadable:
    """What one segment changes."""
    if found := _NO.fullmatch(segment):
        name = found["field"].lower()
        return dict.fromkeys(_FIELDS[_OTHER_NAMES.get(name, name)]), None
    if found := _RENAME.fullmatch(segment):
        return {"name": found["name"]}, None
    prefs = line.prefs
    read = capture.read_add(
        f"{STAND_IN}, {segment}",
        line.now,
        default_region=prefs.default_region,
        default_currency=prefs.default_currency,
        date_order=prefs.date_order,
        workdays=prefs.workdays,
    )
    if read.problems:
        problem = read.problems[0]
        return line.unreadable(problem.words, problem.reason)
    named = [each.field for each in read.understood if not each.inferred and each.field != "name"]
    guessed = "company" in named and not _COMPANY.match(segment)
    if len(named) != 1 or guessed or "note" in named:
        return line.unreadable(segment, say(NOT_A_FIELD))
    if named == ["step"]:
        return {}, read.step
    details = _details(read)
    return {detail: details[detail] for detail in _FIELDS[named[0]]}, None


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
