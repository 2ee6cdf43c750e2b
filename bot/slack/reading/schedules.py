"""Days and times of the digests, as `settings` and `team` take them."""

import re

from babel import Locale

from bot.services.members import AUTOMATIC
from bot.slack.commands import (
    DigestSwitch,
    DigestTime,
    Language,
    Switch,
    Team,
    TeamAmounts,
    TeamOff,
    TeamSchedule,
    Weekly,
    Workdays,
    Zone,
)
from bot.slack.reading.dates import read_time
from bot.slack.reading.weekdays import named, read_days
from language import languages

LONGEST = 120
_SWITCHES = {"on": True, "yes": True, "off": False, "no": False, "none": False, "stop": False}
WEEKLY = frozenset({"weekly", "wöchentlich"})
_RHYTHM = re.compile(
    r"(?:(?:digest|rhythm):? )?(?P<often>weekly|daily|wöchentlich|täglich)(?: only)?(?: (?P<switch>on|off))?"
)
_SWITCHED = re.compile(
    r"(?:(?P<second_nudge>(?:second |2nd )?(?:nudge|reminder)s?)|(?P<recap>(?:weekly )?recaps?)"
    r"|(?P<all_clear>all[ -]clear|clear)):?(?: (?P<switch>on|off|yes|no|none|stop))?"
)
_LANGUAGE = re.compile(r"(?:language|lang|sprache):?\s+(?P<name>.+)")
_ZONE = re.compile(r"(?:time ?)?zone:?\s+(?P<words>.+)|zeitzone:?\s+(?P<german>.+)")
_AUTOMATIC = frozenset({"auto", "automatic", "automatisch", "slack", "as in slack", "wie in slack", "default", "none"})
_SUBJECT = re.compile(r"(?:(?:daily|digest|time|at|days|day|workdays|on)(?: |[:=] ?|(?=$)))+(?=.)")
_TEAM_VERB = re.compile(r"^(?:digest |set |every |weekly |on |here )+")
_AMOUNTS = re.compile(r"(show|hide|no|with|without) (?:amounts?|money|values?)")


def read_change(text: str) -> DigestTime | Workdays | DigestSwitch | Weekly | Switch | Language | Zone | None:
    """`9:15`, `time 8:30`, `days mon-thu`, `digest off`, `nudge on`, `language english`; None when it is none."""
    said = text.lower().strip()
    if len(said) > LONGEST:
        return None
    if spoken := _LANGUAGE.fullmatch(said):
        return Language(_language(spoken["name"]))
    if placed := _ZONE.fullmatch(said):
        return Zone(placed["words"] or placed["german"])
    value = _SUBJECT.sub("", said, count=1)
    if switched := _SWITCHED.fullmatch(said):
        return _switch(switched)
    if rhythm := _RHYTHM.fullmatch(said):
        return Weekly((rhythm["often"] in WEEKLY) is _SWITCHES[rhythm["switch"] or "on"])
    if value in _SWITCHES and "day" not in said:
        return DigestSwitch(_SWITCHES[value])
    if at := read_time(value):
        return DigestTime(at)
    days = read_days(value) or read_days(said)
    return Workdays(days) if days else None


def _switch(found: re.Match[str]) -> Switch:
    on = _SWITCHES[found["switch"] or "on"]
    if found["second_nudge"]:
        return Switch("second_nudge", on)
    return Switch("recap" if found["recap"] else "all_clear", on)


def _language(name: str) -> str:
    """A language's code, from its code or its name in any language that is spoken here: `german`, `deutsch`."""
    if name in _AUTOMATIC:
        return AUTOMATIC
    for code in languages():
        named = {Locale(code).get_display_name(other) or "" for other in languages()}
        if name in {code, *map(str.lower, named)}:
            return code
    return name


def read_team(text: str) -> Team | None:
    """`mon 09:30`, `fri 4pm`, `off`, `hide amounts`, or nothing; None when it is none of them."""
    said = text.lower().strip()
    if len(said) > LONGEST:
        return None
    if said in ("", "status", "show"):
        return Team()
    if said in ("off", "stop", "none"):
        return Team(TeamOff())
    if said in ("on", "here", "set", "start", "weekly"):
        return Team(TeamSchedule())
    if found := _AMOUNTS.fullmatch(said):
        return Team(TeamAmounts(found[1] in ("show", "with")))
    return _schedule(_TEAM_VERB.sub("", said))


def _schedule(said: str) -> Team | None:
    word, _, rest = said.partition(" ")
    day = named(word)
    if day is None:
        at = read_time(said)
        return Team(TeamSchedule(None, at)) if at else None
    at = read_time(rest) if rest else None
    return Team(TeamSchedule(day, at)) if at or not rest else None
