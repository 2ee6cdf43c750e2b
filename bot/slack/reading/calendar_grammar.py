"""Days as they are typed: `away 1–14 aug @sam`, `dayoff 24 dec -- Christmas Eve for team`, `holidays de-by`. Pure."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import ClassVar

from bot.services.calendars import Level, Scope
from bot.slack.reading import dates
from bot.slack.reading.escapes import mentioned
from bot.slack.reading.segments import split_note
from bot.slack.reading.spans import Garbled, ReadDate, read_day, read_span
from language import mark, say

MINE = Scope()

TWICE = mark("Name one deputy with @.")
NOT_YET = mark("“{words}” is not understood after `calendar`: I read remove, and a day.")
ALONE = mark("`back` ends your leave today; type it alone.")


@dataclass(frozen=True, slots=True)
class Calendar:
    """My days as they apply."""

    verb: ClassVar[str] = "calendar"


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """The public holidays of a country and part, as typed; nothing takes them off again."""

    verb: ClassVar[str] = "holidays"
    place: str
    scope: Scope = MINE


@dataclass(frozen=True, slots=True)
class FreeDay:
    """A day off."""

    verb: ClassVar[str] = "dayoff"
    on: dt.date
    name: str = ""
    scope: Scope = MINE


@dataclass(frozen=True, slots=True)
class ExtraDay:
    """A day that is worked although it would be free."""

    verb: ClassVar[str] = "workday"
    on: dt.date
    scope: Scope = MINE


@dataclass(frozen=True, slots=True)
class ForgetDay:
    """What was said of one day is taken back."""

    verb: ClassVar[str] = "calendar"
    on: dt.date
    scope: Scope = MINE


@dataclass(frozen=True, slots=True)
class Away:
    """A leave, both days included, and who stands in; a handle without Slack's mention names nobody we know."""

    verb: ClassVar[str] = "away"
    starts_on: dt.date
    ends_on: dt.date
    deputy_id: str | None = None
    handle: str = ""


@dataclass(frozen=True, slots=True)
class Back:
    """The leave ends today."""

    verb: ClassVar[str] = "back"


@dataclass(frozen=True, slots=True)
class Hours:
    """I work, and hear from the app, between these two."""

    opens: dt.time
    closes: dt.time


@dataclass(frozen=True, slots=True)
class DueCap:
    """A day takes at most so many follow-ups."""

    count: int


@dataclass(frozen=True, slots=True)
class NewCap:
    """A day takes at most so many first ones."""

    count: int


@dataclass(frozen=True, slots=True)
class TeamName:
    """The team whose days are mine too; no name: none."""

    name: str


_HOURS = re.compile(r"(?:work(?:ing)? |office )?hours:?\s+(?:from )?(?P<hours>.+)", re.IGNORECASE)
_CAP = re.compile(
    r"(?P<what>cap|due|limit|new)(?: cap| a day| per day)?:?\s+(?P<count>[0-9]{1,6})(?: a day| per day)?", re.IGNORECASE
)
_TEAM = re.compile(r"team:?\s+(?P<name>.{1,100})", re.IGNORECASE)
_SCOPE = re.compile(
    r"(?:^|\s)(?:for|fuer|für)\s+(?:the |my |our |all of )*(?:"
    r"(?P<workspace>workspace|everybody|everyone|company|all)|team(?:\s+(?P<team>\S.{0,60}?))?|(?P<mine>me|myself))\s*$",
    re.IGNORECASE,
)
_NONE = re.compile(r"(?:none|off|no|remove|clear|-)", re.IGNORECASE)
_REMOVE = re.compile(
    r"(?:remove|delete|forget|drop|clear)\s+(?:the |dayoff |day off |workday )*(?P<day>.+)", re.IGNORECASE
)
_DEPUTY_WORDS = re.compile(r"(?:^|\s)(?:deputy|with|cover(?:ed)?|by|stand-?in|vertretung|,)\s*$", re.IGNORECASE)
_END = re.compile(r"(?:[ ,!]|(?<![0-9])\.)+$")
_PERSON = re.compile(r"<@[UW][A-Z0-9]{1,30}>|@[^\s,]+")


def read_calendar(rest: str, now: dt.datetime, read: ReadDate) -> Calendar | ForgetDay | Garbled:
    """Nothing shows the days; `remove 24 dec for team` takes one back."""
    head, scope = split_scope(rest)
    if head.lower() in ("", "show", "list"):
        return Calendar()
    found = _REMOVE.fullmatch(head)
    if not found:
        return Garbled(head, say(NOT_YET, words=head))
    on = read_day(found["day"], now, read)
    return on if isinstance(on, Garbled) else ForgetDay(on, scope)


def read_holidays(rest: str, now: dt.datetime, read: ReadDate) -> Calendar | PublicHolidays | Away | Garbled:
    """`de-by`, `germany bavaria for team`, `none`; days make it a leave, which many call holidays too."""
    head, scope = split_scope(rest)
    if head.lower() in ("", "show", "list"):
        return Calendar()
    if re.search("[0-9]", head):
        return read_away(rest, now, read)
    return PublicHolidays("" if _NONE.fullmatch(head) else head, scope)


def read_day_off(rest: str, now: dt.datetime, read: ReadDate) -> FreeDay | Garbled:
    """`24 dec -- Christmas Eve for team`, `24 dec for team -- Christmas Eve`."""
    head, name = split_note(rest)
    head, scope = split_scope(head)
    if scope == MINE:
        name, scope = split_scope(name)
    on = read_day(head, now, read)
    return on if isinstance(on, Garbled) else FreeDay(on, name, scope)


def read_workday(rest: str, now: dt.datetime, read: ReadDate) -> ExtraDay | Garbled:
    """`sat 5 dec for workspace`."""
    head, scope = split_scope(split_note(rest)[0])
    on = read_day(head, now, read)
    return on if isinstance(on, Garbled) else ExtraDay(on, scope)


def read_away(rest: str, now: dt.datetime, read: ReadDate) -> Away | Garbled:
    """`1–14 aug`, `28 jul to 3 aug @sam`, `until mon` (back on Monday), `thu-fri`, `next week`, `2 weeks`."""
    people = _PERSON.findall(rest)
    if len(people) > 1:
        return Garbled(rest, say(TWICE))
    text = rest
    if people:
        before, _, after = rest.partition(people[0])
        text = f"{_DEPUTY_WORDS.sub('', before.rstrip())} {after}"
    span = read_span(_END.sub("", split_note(text)[0].strip()), now, read)
    if isinstance(span, Garbled):
        return span
    who = people[0] if people else ""
    deputy_id = mentioned(who)
    return Away(span[0], span[1], deputy_id, "" if deputy_id else who.removeprefix("@"))


def read_setting(text: str) -> Hours | DueCap | NewCap | TeamName | None:
    """`hours 8:00-18:00`, `cap 20`, `new 10`, `team EMEA`; None when it is another setting."""
    said = " ".join(text.split())
    if found := _CAP.fullmatch(said):
        count = int(found["count"])
        return NewCap(count) if found["what"].lower() == "new" else DueCap(count)
    if found := _TEAM.fullmatch(said):
        return TeamName("" if _NONE.fullmatch(found["name"]) else found["name"])
    found = _HOURS.fullmatch(said)
    ends = (
        re.split(r"\s*(?:–|—|-|\bto\b|\buntil\b|\bbis\b)\s*", found["hours"].strip(), flags=re.IGNORECASE)
        if found
        else []
    )
    times = [at for end in ends if (at := dates.read_time(end)) is not None]
    return Hours(times[0], times[1]) if len(ends) == len(times) == 2 else None


def read_back(rest: str, _now: dt.datetime, _read: ReadDate) -> Back | Garbled:
    """It stands alone: what else could be meant?"""
    return Garbled(rest, say(ALONE)) if rest else Back()


def split_scope(text: str) -> tuple[str, Scope]:
    """The words before `for team`, `for workspace` or `for team EMEA`, and whose days are meant."""
    found = _SCOPE.search(text)
    if not found:
        return text.strip(), MINE
    head = text[: found.start()].strip()
    if found["workspace"]:
        return head, Scope(Level.WORKSPACE)
    return head, MINE if found["mine"] else Scope(Level.TEAM, (found["team"] or "").strip())
