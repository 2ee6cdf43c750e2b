"""Whether somebody else was told, is to be told, or never will be: said to whoever caused it."""

from enum import StrEnum

from bot.services.fates import Fate, Stand, Why
from bot.storage.records import Member
from bot.views import words
from language import dates, mark, say
from language.kept import say_kept


class News(StrEnum):
    """What somebody else hears."""

    NUDGE = "nudge"
    QUESTION = "question"
    CHANGE = "change"


SAID = {
    News.NUDGE: mark("{name} was asked about {who}."),
    News.QUESTION: mark("{name} was asked to hand {who} over to you. You will hear the answer."),
    News.CHANGE: mark("{name} was told."),
}
LATER = {
    News.NUDGE: mark("{name} will be asked about {who} {day} {time} (your time)."),
    News.QUESTION: mark(
        "{name} will be asked {day} {time} (your time) to hand {who} over to you. You will hear the answer."
    ),
    News.CHANGE: mark("{name} will be told {day} {time} (your time)."),
}
UNDER_WAY = mark("The message to {name} is under way: Slack has not confirmed it yet.")
NEVER = mark("The message to {name} could not be delivered: {reason}.")
NEEDLESS = mark("{name} heard nothing of it yet, and now need not.")
WHY = {
    Why.AWAY: mark("{name} is not here today."),
    Why.OUT_OF_HOURS: mark("It is outside {name}’s hours."),
    Why.ENOUGH: mark("{name} hears enough from me today."),
    Why.DISTURBED: mark("{name} does not want to be disturbed now."),
}


def told(news: News, fate: Fate, viewer: Member, who: str = "") -> str:
    """One sentence, with the moment on the viewer's clock and why, where it comes later."""
    name = fate.reader.name
    match fate.stand:
        case Stand.SAID:
            return say(SAID[news], name=name, who=who)
        case Stand.LATER if fate.at is not None:
            local = viewer.local(fate.at)
            on, at = words.day(local.date()), dates.clock(local)
            later = say(LATER[news], name=name, who=who, day=on, time=at)
            return f"{later} {say(WHY[fate.why], name=name)}" if fate.why else later
        case Stand.NEEDLESS:
            return say(NEEDLESS, name=name)
        case Stand.NEVER:
            return say(NEVER, name=name, reason=say_kept(fate.reason))
    return say(UNDER_WAY, name=name)
