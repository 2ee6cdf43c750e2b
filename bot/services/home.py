"""App Home: what one of its tabs shows, and of whom."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from bot.services import digests, stalling
from bot.services.digests import View
from bot.services.stalling import Stalled
from bot.storage import home, loads, members, prospects
from bot.storage.engine import Database
from bot.storage.records import Member, Prospect, StepRow
from cadences import calendar
from cadences.model import Stage

PAGE_ROWS = 18
PEOPLE_OFFERED = 100
"""A menu takes no more."""
WEEK = timedelta(days=7)


class Tab(StrEnum):
    """The parts of App Home, in order."""

    TODAY = "today"
    STALLED = "stalled"
    SNOOZED = "snoozed"
    CADENCES = "cadences"
    WEEK = "week"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody looks at: a tab, maybe of another member, of one stage, and which page of it."""

    tab: Tab = Tab.TODAY
    owner_id: str | None = None
    stage: Stage | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a week: touches made, and steps that are still to be done."""

    on: date
    done: int
    planned: int


@dataclass(frozen=True, slots=True)
class Home:
    """One tab, filled: only what belongs to it is there."""

    viewer: Member
    owner: Member
    choice: Choice
    now: datetime
    people: tuple[tuple[str, str], ...] = ()
    """(id, name) of whom she may look at; nobody but herself where it is empty."""
    today: View | None = None
    stalled: tuple[Stalled, ...] = ()
    listed: tuple[tuple[Prospect, StepRow], ...] = ()
    on_cadence: dict[str, int] | None = None
    week: tuple[Day, ...] = ()
    count: int = 0
    """Rows on all pages."""

    @property
    def is_own(self) -> bool:
        """True when she looks at her own."""
        return self.owner.id == self.viewer.id

    @property
    def pages(self) -> int:
        """How many pages the tab has."""
        return max(1, -(-self.count // PAGE_ROWS))


def look(db: Database, viewer: Member, choice: Choice, now: datetime) -> Home:
    """The chosen tab as it stands now. Only managers see another's, who sees the same in her own Home."""
    with db.read() as tx:
        viewer = members.get(tx, viewer.workspace_id, viewer.id) or viewer
        owner = _owner(tx, viewer, choice)
        people = tuple(home.people(tx, viewer.workspace_id, PEOPLE_OFFERED)) if viewer.may_manage else ()
        shown = Home(viewer, owner, replace(choice, owner_id=owner.id), now, people)
        shown = _listed(tx, shown)
    if choice.tab is Tab.TODAY:
        return _today(db, shown)
    return shown


def onboarded(db: Database, member: Member, now: datetime) -> None:
    """The first-use guide was read. No change of hers to be undone: `undo` must find what she did to a prospect."""
    with db.begin() as tx:
        members.change(tx, member.workspace_id, member.id, onboarded_at=now)


def _owner(tx: Connection, viewer: Member, choice: Choice) -> Member:
    if choice.owner_id is None or not viewer.may_manage:
        return viewer
    return members.get(tx, viewer.workspace_id, choice.owner_id) or viewer


def _listed(tx: Connection, shown: Home) -> Home:
    owner, stage, now = shown.owner, shown.choice.stage, shown.now
    match shown.choice.tab:
        case Tab.STALLED:
            deals = [deal for deal in stalling.stalled_of(tx, owner, now) if stage in (None, deal.prospect.stage)]
            shown = _counted(shown, len(deals))
            first = shown.choice.page * PAGE_ROWS
            return replace(shown, stalled=tuple(deals[first : first + PAGE_ROWS]))
        case Tab.SNOOZED:
            _, count = home.waiting(tx, owner, now, stage, first=0, limit=0)
            shown = _counted(shown, count)
            first = shown.choice.page * PAGE_ROWS
            rows, _ = home.waiting(tx, owner, now, stage, first=first, limit=PAGE_ROWS)
            return replace(shown, listed=tuple(rows))
        case Tab.CADENCES:
            on_cadence = home.how_many_on(tx, owner, stage)
            shown = _counted(shown, sum(on_cadence.values()))
            first = shown.choice.page * PAGE_ROWS
            rows, _ = home.on_cadences(tx, owner, stage, first=first, limit=PAGE_ROWS)
            return replace(shown, listed=tuple(rows), on_cadence=on_cadence)
        case Tab.WEEK:
            return replace(shown, week=_week(tx, owner, now))
        case Tab.TODAY | Tab.SETTINGS:
            return shown


def _counted(shown: Home, count: int) -> Home:
    """With the number of rows, on a page that there is: rows may be gone since the button was drawn."""
    shown = replace(shown, count=count)
    page = min(max(0, shown.choice.page), shown.pages - 1)
    return replace(shown, choice=replace(shown.choice, page=page))


def _today(db: Database, shown: Home) -> Home:
    day = digests.my_day(db, shown.owner, shown.now)
    if shown.choice.stage is not None:
        with db.read() as tx:
            known = prospects.many(tx, shown.owner.workspace_id, [item.row.prospect_id for item in day.rows])
        fitting = {number for number, each in known.items() if each.stage is shown.choice.stage}
        day = replace(day, rows=tuple(item for item in day.rows if item.row.prospect_id in fitting))
    shown = _counted(shown, len(day.rows))
    return replace(shown, today=day)


def _week(tx: Connection, owner: Member, now: datetime) -> tuple[Day, ...]:
    """Monday to Sunday of this week."""
    zone = owner.calendar.zone
    today = calendar.local_date(now, zone)
    monday = today - timedelta(days=today.weekday())
    from_at = calendar.day_bounds(monday, zone)[0]
    before_at = calendar.day_bounds(monday + WEEK, zone)[0]
    made = Counter(calendar.local_date(at, zone) for at in home.touched(tx, owner, from_at, before_at))
    due = loads.between(tx, owner.workspace_id, owner.id, from_at, before_at)
    planned = Counter(calendar.local_date(at, zone) for at, _, _ in due)
    days = [monday + timedelta(days=number) for number in range(WEEK.days)]
    return tuple(Day(on, made[on], planned[on]) for on in days)
