"""What was done with working days, in words: of the facts that a change keeps of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.services.calendars import Deed, Level
from bot.views import words
from cadences import public_holidays
from cadences.day_rules import DAY_OFF
from language import say

Facts = Mapping[str, Any]


def leave(facts: Facts, today: date) -> str:
    """``leave Mon 7 Dec to Fri 11 Dec``."""
    first, last = (words.day(date.fromisoformat(facts[name]), today) for name in ("starts_on", "ends_on"))
    shown = first if first == last else say("{first} to {last}", first=first, last=last)
    return say("leave {days} ended", days=shown) if facts.get("ended") else say("leave {days}", days=shown)


def days(facts: Facts, today: date) -> str:
    """What somebody said of working days, and for whom."""
    if facts["deed"] == Deed.TEAM:
        return say("joined team {team}", team=facts["team"]) if "team" in facts else say("left the team")
    said = _said(facts, today)
    match facts.get("level"):
        case Level.TEAM if facts.get("team"):
            return say("{deed} for team {team}", deed=said, team=facts["team"])
        case Level.WORKSPACE:
            return say("{deed} for the workspace", deed=said)
    return said


def _said(facts: Facts, today: date) -> str:
    on = words.day(date.fromisoformat(facts["on"]), today) if "on" in facts else ""
    match facts["deed"]:
        case Deed.HOLIDAYS:
            place = _place(facts)
            if place:
                return say("public holidays of {place} are free", place=place)
            return say("public holidays are working days")
        case Deed.DAY_OFF:
            called = say(DAY_OFF) if facts["called"] == DAY_OFF else facts["called"]
            return say("{day} is free ({name})", day=on, name=called)
        case Deed.WORKDAY:
            return say("{day} is a working day", day=on)
    return say("nothing special on {day} any more", day=on)


def _place(facts: Facts) -> str | None:
    """Whose public holidays; older changes keep the place in words."""
    if "country" in facts:
        return public_holidays.title(facts["country"], facts.get("subdivision"))
    return facts.get("place")
