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
SETTINGS_READ = mark(
    "I read a time, days, hours, cap, new, team, zone, language, "
    "and digest, weekly, nudge, recap or all clear on or off."
)


def read_settings(line: Line) -> Command:
    """All settings, or the one that changes."""
    change = calendar_grammar.read_setting(line.rest) or schedules.read_change(line.rest) if line.rest else None
    if line.rest and not change:
        return line.unreadable(line.rest, say(SETTINGS_READ))
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
    example = echo(f"/followup pause {clean(line.rest)} 2 weeks")
    return Unreadable(line.verb, Problem(echo(line.rest), say(UNTIL_WHEN), example))


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
