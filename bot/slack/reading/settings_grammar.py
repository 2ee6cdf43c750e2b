"""Typed lines about the app itself: settings, pause, the team's digest, roles."""

import re

from bot.slack.commands import Command, Pause, PauseCompany, Resume, Role, Settings, Unreadable
from bot.slack.reading import calendar_grammar, schedules
from bot.slack.reading.escapes import mentioned
from bot.slack.reading.line import NO_DATE, Line, clean, did_you_mean, echo
from bot.slack.reading.understood import Problem
from language import mark, say

ROLES = ("rep", "manager", "admin")
UNTIL_WHEN = mark("To leave a company alone, say until when.")
ENDS = mark("A pause has an end: say until when, or have no digest at all with `settings digest off`.")
_ENDLESS = re.compile(
    r"\s*\b(?:for\s*ever|always|never|indefinitely|(?:für )?immer|ewig|nie|niemals|unbegrenzt)\W*$",
    re.IGNORECASE,
)
"""Words for a time without an end, behind a company or alone: no company is called so."""
SETTING_EXAMPLES = {
    "days": "settings days mon-thu",
    "hours": "settings hours 8:00-18:00",
    "cap": "settings cap 20",
    "new": "settings new 10",
    "team": "settings team EMEA",
    "digest": "settings digest off",
    "weekly": "settings weekly off",
    "nudge": "settings nudge on",
    "recap": "settings recap on",
    "all": "settings all clear on",
}
"""Of the setting that was begun; else the first of them."""
SETTINGS_READ = mark(
    "I read a time, days, hours, cap, new, team, zone, language, "
    "and digest, weekly, nudge, recap or all clear on or off."
)


def read_settings(line: Line) -> Command:
    """All settings, or the one that changes."""
    change = calendar_grammar.read_setting(line.rest) or schedules.read_change(line.rest) if line.rest else None
    if line.rest and not change:
        first = re.split(r"[\s:=]", line.rest.lower())[0]
        example = SETTING_EXAMPLES.get(first, "settings time 8:30")
        return Unreadable(line.verb, Problem(echo(line.rest), say(SETTINGS_READ), f"/followup {example}"))
    return Settings(change)


def read_pause(line: Line) -> Command:
    """A pause of the digest, or of everybody at a company until a day."""
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
    who = clean(_ENDLESS.sub("", line.rest))
    if not who:
        return Unreadable(line.verb, Problem(echo(line.rest), say(ENDS), "/followup pause 2 weeks"))
    return Unreadable(line.verb, Problem(echo(line.rest), say(UNTIL_WHEN), echo(f"/followup pause {who} 2 weeks")))


def read_team(line: Line) -> Command:
    """When the team's digest comes to this channel, or what it leaves out."""
    reason = say("I read a weekday and a time, off, or hide amounts.")
    return schedules.read_team(line.rest) or line.unreadable(line.rest, reason)


def read_role(line: Line) -> Command:
    """Who becomes what, in any order."""
    words = [word.strip(",.") for word in line.rest.split()]
    people = [word for word in words if mentioned(word) or re.fullmatch(r"@\S+", word)]
    roles = [role for word in words if (role := word.lower().rstrip("s")) in ROLES]
    if len(people) != 1:
        return line.unreadable(line.rest, say("Name one person with @."))
    if len(roles) != 1:
        return line.unreadable(line.rest, say("A role is one of: {roles}.", roles=", ".join(ROLES)))
    return Role(mentioned(people[0]), "" if mentioned(people[0]) else people[0][1:], roles[0])
