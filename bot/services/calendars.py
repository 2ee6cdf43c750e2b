"""Working days at three levels: a member's own, her team's, the workspace's; the nearer one wins."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from bot.services import changes, free_days, members
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.errors import Gone, InvalidInput, NotAllowed
from bot.services.free_days import Moves
from bot.services.names import key_of
from bot.services.recorder import Recorder
from bot.storage import members as people
from bot.storage import teams
from bot.storage.engine import Database
from bot.storage.records import Change, Member, Team, Workspace
from bot.storage.tables import ChangeKind, Role
from cadences import public_holidays
from cadences.day_rules import DAY_OFF
from cadences.work_calendar import NO_RULES, DayOff, DayRules
from language import dates, mark, say

AHEAD_AT_MOST = timedelta(days=366 * 3)
DAYS_AT_MOST = 200
"""Named days at one level: more is a mistake, and each plan looks at them."""
NAME_LENGTH = 80


class Level(StrEnum):
    """Whose days are meant."""

    MINE = "mine"
    TEAM = "team"
    WORKSPACE = "workspace"


@dataclass(frozen=True, slots=True)
class Scope:
    """A level, and which team where somebody named another than her own."""

    level: Level = Level.MINE
    team: str = ""


class Deed(StrEnum):
    """What was done with the days."""

    HOLIDAYS = "holidays"
    DAY_OFF = "day_off"
    WORKDAY = "workday"
    FORGOTTEN = "forgotten"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Changed:
    """Days that were changed: for how many people, and what of their plans moved."""

    done: Done
    moves: Moves
    people: int


def set_holidays(db: Database, actor: Actor, scope: Scope, place: str, now: datetime) -> Changed:
    """The public holidays of a country and part, as somebody wrote it, are free; nothing: none are."""
    country, subdivision = place_of(place)

    def edit(rules: DayRules) -> DayRules:
        return replace(rules, country=country, subdivision=subdivision)

    return _changed(db, actor, scope, now, edit, deed=Deed.HOLIDAYS, country=country, subdivision=subdivision)


def place_of(words: str) -> tuple[str | None, str | None]:
    """The country and part that somebody wrote. InvalidInput when there is none; nothing is none."""
    if not words.strip():
        return None, None
    try:
        return public_holidays.read(words)
    except ValueError as error:
        raise InvalidInput("country", str(error).rstrip("."), "holidays de-by") from None


def add_day_off(db: Database, actor: Actor, scope: Scope, on: date, name: str, now: datetime) -> Changed:
    """A day that nobody of this level works."""
    called = " ".join(name.split())[:NAME_LENGTH] or DAY_OFF

    def edit(rules: DayRules) -> DayRules:
        if DayOff(on, called) in rules.days_off:
            raise InvalidInput("when", say("{day} is a day off already", day=dates.day(on)), "calendar")
        kept = tuple(day for day in rules.days_off if day.on != on)
        days_off = tuple(sorted((*kept, DayOff(on, called)), key=lambda day: day.on))
        return _checked(replace(rules, days_off=days_off, extra_days=_without(rules.extra_days, on)))

    _check_ahead(actor, on, now, "dayoff 24 dec -- Christmas Eve")
    return _changed(db, actor, scope, now, edit, deed=Deed.DAY_OFF, on=on, called=called)


def add_workday(db: Database, actor: Actor, scope: Scope, on: date, now: datetime) -> Changed:
    """A day that is worked although the week or a holiday says otherwise."""

    def edit(rules: DayRules) -> DayRules:
        if on in rules.extra_days:
            raise InvalidInput("when", say("{day} is a working day already", day=dates.day(on)), "calendar")
        extra_days = tuple(sorted((*rules.extra_days, on)))
        days_off = tuple(day for day in rules.days_off if day.on != on)
        return _checked(replace(rules, extra_days=extra_days, days_off=days_off))

    _check_ahead(actor, on, now, "workday sat 5 dec")
    return _changed(db, actor, scope, now, edit, deed=Deed.WORKDAY, on=on)


def forget_day(db: Database, actor: Actor, scope: Scope, on: date, now: datetime) -> Changed:
    """Take back what a level said of one day."""

    def edit(rules: DayRules) -> DayRules:
        days_off = tuple(day for day in rules.days_off if day.on != on)
        left = replace(rules, days_off=days_off, extra_days=_without(rules.extra_days, on))
        if left == rules:
            why = say(NOTHING_SAID[scope.level], day=dates.day(on))
            raise InvalidInput("when", why, "calendar")
        return left

    return _changed(db, actor, scope, now, edit, deed=Deed.FORGOTTEN, on=on)


NOTHING_SAID = {
    Level.MINE: mark("nothing was said of {day} in your own days"),
    Level.TEAM: mark("nothing was said of {day} for the team"),
    Level.WORKSPACE: mark("nothing was said of {day} for the workspace"),
}


def join_team(db: Database, actor: Actor, name: str, now: datetime) -> Changed:
    """Share a team's days; a manager founds one by naming it, and nothing leaves the team."""
    called = " ".join(name.split())[:NAME_LENGTH]
    with changes.writing(db, actor, ChangeKind.CALENDAR, now) as recorder:
        member = _member(recorder.tx, actor)
        team = _team_named(recorder, actor, called) if called else None
        recorder.update(member, team=team.key if team else None)
        moves = _replanned(recorder, [member.id])
        return Changed(Done(recorder.close(None, deed=Deed.TEAM, team=team and team.name)), moves, 1)


def replan_digests(db: Database, change: Change, now: datetime) -> None:
    """Set the next digest of everybody concerned anew, after a change of days was undone."""
    with db.begin() as tx:
        for member_id in _concerned_by(tx, change):
            member = people.get(tx, change.workspace_id, member_id)
            if member is not None:
                members.plan_digest(tx, member, now)


def _changed(
    db: Database, actor: Actor, scope: Scope, now: datetime, edit: Callable[[DayRules], DayRules], **facts: object
) -> Changed:
    """Rules written over, and every plan and digest of those they concern, in one transaction."""
    with changes.writing(db, actor, ChangeKind.CALENDAR, now) as recorder:
        row = _row_of(recorder.tx, actor, scope)
        row = _with_rules(recorder, row, edit(row.rules))
        concerned = _concerned(recorder.tx, row)
        moves = _replanned(recorder, concerned)
        team = row.name if isinstance(row, Team) else None
        key = row.key if isinstance(row, Team) else None
        change = recorder.close(None, level=scope.level, team=team, team_key=key, moved=moves.moved, **facts)
        return Changed(Done(change), moves, len(concerned))


def _with_rules(recorder: Recorder, row: Member | Team | Workspace, rules: DayRules) -> Member | Team | Workspace:
    # Written out, because a recorder takes rows of one kind at a time.
    match row:
        case Member():
            return recorder.update(row, rules=rules)
        case Team():
            return recorder.update(row, rules=rules)
        case Workspace():
            return recorder.update(row, rules=rules)


def _replanned(recorder: Recorder, member_ids: list[str]) -> Moves:
    moves = Moves()
    # All of them before the first prospect: whoever changes her own days holds herself before her prospects, too.
    found = [people.get(recorder.tx, recorder.actor.workspace_id, each, lock=True) for each in member_ids]
    for member in found:
        if member is not None:
            moves = moves.plus(free_days.move_off(recorder, member))
            members.plan_digest(recorder.tx, member, recorder.now)
    return moves


def _row_of(tx: Connection, actor: Actor, scope: Scope) -> Member | Team | Workspace:
    """The row that keeps a level's rules, held; NotAllowed for those who may not change it."""
    match scope.level:
        case Level.MINE:
            return _member(tx, actor)
        case Level.TEAM:
            return _team(tx, actor, scope.team)
        case Level.WORKSPACE:
            if actor.member.role is not Role.ADMIN:
                raise NotAllowed(say("change everybody's days"), say("an admin"))
            people.hold_workspace(tx, actor.workspace_id)
            workspace = people.workspace(tx, actor.workspace_id)
            if workspace is None:
                raise Gone
            return workspace


def _team(tx: Connection, actor: Actor, name: str) -> Team:
    member = actor.member
    key = key_of(name) if name else member.team
    if not member.may_manage or (member.role is not Role.ADMIN and key != member.team):
        raise NotAllowed(say("change a team's days"), say("a manager in that team, or an admin"))
    if not key:
        raise InvalidInput("team", say("you are in no team: name one, or join one"), "settings team EMEA")
    team = teams.get(tx, actor.workspace_id, key, lock=True)
    if team is None:
        raise _no_team(tx, actor, name)
    return team


def _team_named(recorder: Recorder, actor: Actor, name: str) -> Team:
    team = teams.get(recorder.tx, actor.workspace_id, key_of(name))
    if team is not None:
        return team
    if not actor.member.may_manage or not key_of(name):
        raise _no_team(recorder.tx, actor, name)
    return recorder.insert(Team, key=key_of(name), name=name, rules=NO_RULES, created_at=recorder.now)


def _no_team(tx: Connection, actor: Actor, name: str) -> InvalidInput:
    known = teams.names(tx, actor.workspace_id)
    why = say("I know no team “{name}”: there is none yet; a manager founds one by joining it", name=name)
    if known:
        why = say(
            "I know no team “{name}”: there is {known}; a manager founds one by joining it",
            name=name,
            known=", ".join(known),
        )
    return InvalidInput("team", why, "calendar")


def _concerned(tx: Connection, row: Member | Team | Workspace) -> list[str]:
    if isinstance(row, Member):
        return [row.id]
    if isinstance(row, Team):
        return teams.people(tx, row.workspace_id, row.key)
    return teams.people(tx, row.id)


def _concerned_by(tx: Connection, change: Change) -> list[str]:
    match change.facts.get("level"):
        case Level.TEAM.value:
            return teams.people(tx, change.workspace_id, change.facts["team_key"])
        case Level.WORKSPACE.value:
            return teams.people(tx, change.workspace_id)
        case _:
            return [change.member_id]


def _member(tx: Connection, actor: Actor) -> Member:
    return people.get(tx, actor.workspace_id, actor.member.id, lock=True) or actor.member


def _checked(rules: DayRules) -> DayRules:
    if len(rules.days_off) + len(rules.extra_days) > DAYS_AT_MOST:
        raise InvalidInput(
            "when", say("more than {count} single days are too many", count=DAYS_AT_MOST), "holidays de-by"
        )
    return rules


def _without(days: tuple[date, ...], on: date) -> tuple[date, ...]:
    return tuple(day for day in days if day != on)


def _check_ahead(actor: Actor, on: date, now: datetime, example: str) -> None:
    today = actor.member.local(now).date()
    if on < today:
        raise InvalidInput("when", say("{day} has passed", day=dates.day(on)), example)
    if on - today > AHEAD_AT_MOST:
        raise InvalidInput("when", say("that is more than three years ahead"), example)
