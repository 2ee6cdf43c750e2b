"""A member's days as they apply: the week, what differs from it ahead, and the level each difference comes from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.services.calendars import Level
from bot.storage import members as people
from bot.storage import teams
from bot.storage.engine import Database
from bot.storage.records import Member, Team
from bot.storage.tables import Role
from cadences import calendar, public_holidays
from cadences.day_rules import called
from cadences.work_calendar import DayRules, Leave
from language import say

SHOWN_AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Named:
    """A day that differs from the week, and the level that says so; `own` when that level names the day itself."""

    on: date
    name: str
    level: Level
    own: bool


@dataclass(frozen=True, slots=True)
class View:
    """A member's days as they apply."""

    member: Member
    today: date
    team: Team | None
    country: str | None
    country_level: Level | None
    free: tuple[Named, ...]
    worked: tuple[Named, ...]
    leave: tuple[Leave, ...]
    people: dict[str, Member]
    may_set_team: bool
    may_set_workspace: bool


def view(db: Database, member: Member, now: datetime) -> View:
    """When a member works, as every level together says."""
    today = member.local(now).date()
    with db.read() as tx:
        team = teams.get(tx, member.workspace_id, member.team) if member.team else None
        ahead = tuple(leave for leave in member.leave if leave.ends_on >= today)
        deputies = [leave.deputy_id for leave in ahead if leave.deputy_id]
        named = people.named(tx, member.workspace_id, deputies)
    home = next((each for each in _levels(member) if each[1].country), None)
    return View(
        member=member,
        today=today,
        team=team,
        country=_title(home[1]) if home else None,
        country_level=home[0] if home else None,
        free=tuple(_free(member, today)),
        worked=tuple(_worked(member, today)),
        leave=tuple(sorted(ahead, key=lambda leave: leave.starts_on)),
        people=named,
        may_set_team=member.may_manage and team is not None,
        may_set_workspace=member.role is Role.ADMIN,
    )


def _levels(member: Member) -> tuple[tuple[Level, DayRules], ...]:
    return (
        (Level.MINE, member.rules),
        (Level.TEAM, member.team_rules),
        (Level.WORKSPACE, member.workspace_rules),
    )


def _free(member: Member, today: date) -> Iterator[Named]:
    """Workdays of the week that are free ahead, each with the nearest level that says so."""
    for on in _days_ahead(today):
        name = _ruled(member, on)
        if name is not None and on.weekday() in member.workdays:
            own = next((level for level, rules in _levels(member) if any(day.on == on for day in rules.days_off)), None)
            home = next((level for level, rules in _levels(member) if rules.country), Level.WORKSPACE)
            yield Named(on, name, own or home, own is not None)


def _worked(member: Member, today: date) -> Iterator[Named]:
    """Days worked ahead that the week, or a holiday, would have free."""
    for level, rules in _levels(member):
        for on in rules.extra_days:
            if on >= today and calendar.is_workday(on, replace(member.calendar, leave=())):
                yield Named(on, say("working day"), level, own=True)


def _ruled(member: Member, on: date) -> str | None:
    rules = member.calendar.rules
    return called(on, rules) if rules else None


def _days_ahead(today: date) -> Iterator[date]:
    return (today + timedelta(days=number) for number in range(SHOWN_AHEAD.days))


def _title(rules: DayRules) -> str | None:
    return public_holidays.title(rules.country, rules.subdivision) if rules.country else None
