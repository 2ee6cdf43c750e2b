"""App Home: what one of its tabs shows, and of whom."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from bot.services import digests, stalling, travel
from bot.services.digests import View
from bot.services.finding import Page
from bot.services.stalling import Stalled
from bot.storage import home, members, prospects, saved_views
from bot.storage.engine import Database
from bot.storage.records import Member, Prospect, SavedView, StepRow
from cadences import calendar
from cadences.model import Stage

PAGE_ROWS = 18
PEOPLE_OFFERED = 99
"""A menu takes no more, with everybody as one of them."""
WEEK = timedelta(days=7)


EVERYBODY = "EVERYBODY"
"""In place of an owner: the whole team's, for who manages."""


class Tab(StrEnum):
    """The parts of App Home, in order."""

    TODAY = "today"
    STALLED = "stalled"
    SNOOZED = "snoozed"
    CADENCES = "cadences"
    WEEK = "week"
    SETTINGS = "settings"
    VIEW = "view"
    """Somebody's saved view: it is chosen from a menu, not from the row of tabs."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody looks at: a tab, maybe of another member, of one stage, and which page of it."""

    tab: Tab = Tab.TODAY
    owner_id: str | None = None
    stage: Stage | None = None
    page: int = 0
    view: str | None = None
    """A saved view, as the menu names it."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a week: touches made, and steps that are still to be done."""

    on: date
    done: int
    planned: int


@dataclass(frozen=True, slots=True)
class Result:
    """What a saved view found, and what it was understood to look for; or why it can't be shown."""

    name: str
    understood: str = ""
    page: Page | None = None
    problem: str = ""


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
    views: tuple[SavedView, ...] = ()
    found: Result | None = None
    """What a saved view found."""
    elsewhere: str | None = None
    """The zone that Slack says she is in, and that nobody asked her about."""

    owners: Mapping[str, str] = field(default_factory=dict)
    """The names of whose prospects stand in the list, where they are everybody's."""

    @property
    def is_own(self) -> bool:
        """True when she looks at her own."""
        return self.owner.id == self.viewer.id and not self.is_everybodys

    @property
    def is_everybodys(self) -> bool:
        """True when she looks at the whole team's; days are her own then."""
        return self.choice.owner_id == EVERYBODY

    @property
    def whose(self) -> home.Whose:
        """Whose rows are read."""
        return self.viewer.workspace_id, None if self.is_everybodys else self.owner.id

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
        kept = tuple(saved_views.of(tx, viewer.workspace_id, viewer.id))
        looked_at = EVERYBODY if viewer.may_manage and choice.owner_id == EVERYBODY else owner.id
        shown = Home(viewer, owner, replace(choice, owner_id=looked_at), now, people, views=kept)
        shown = _owned(tx, _listed(tx, shown))
    if choice.tab is Tab.TODAY and not shown.is_everybodys:
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
            of_team = shown.is_everybodys
            found = stalling.stalled_in(tx, owner.workspace_id, now) if of_team else stalling.stalled_of(tx, owner, now)
            deals = [deal for deal in found if stage in (None, deal.prospect.stage)]
            shown = _counted(shown, len(deals))
            first = shown.choice.page * PAGE_ROWS
            return replace(shown, stalled=tuple(deals[first : first + PAGE_ROWS]))
        case Tab.SNOOZED:
            tomorrow_at = _tomorrow_at(owner, now)  # who comes back today stands in today's list
            _, count = home.waiting(tx, shown.whose, tomorrow_at, stage, first=0, limit=0)
            shown = _counted(shown, count)
            first = shown.choice.page * PAGE_ROWS
            rows, _ = home.waiting(tx, shown.whose, tomorrow_at, stage, first=first, limit=PAGE_ROWS)
            return replace(shown, listed=tuple(rows))
        case Tab.CADENCES:
            on_cadence = home.how_many_on(tx, shown.whose, stage)
            shown = _counted(shown, sum(on_cadence.values()))
            first = shown.choice.page * PAGE_ROWS
            rows, _ = home.on_cadences(tx, shown.whose, stage, first=first, limit=PAGE_ROWS)
            return replace(shown, listed=tuple(rows), on_cadence=on_cadence)
        case Tab.WEEK:
            return replace(shown, week=_week(tx, shown))
        case Tab.TODAY if shown.is_everybodys:
            return _due(tx, shown)
        case Tab.SETTINGS:
            return replace(shown, elsewhere=travel.unasked(tx, shown.viewer))
        case Tab.TODAY | Tab.VIEW:
            return shown


def _due(tx: Connection, shown: Home) -> Home:
    """Everybody's list of today, by the viewer's days."""
    before_at, stage = _tomorrow_at(shown.viewer, shown.now), shown.choice.stage
    _, count = home.due(tx, shown.whose, before_at, stage, first=0, limit=0)
    shown = _counted(shown, count)
    rows, _ = home.due(tx, shown.whose, before_at, stage, first=shown.choice.page * PAGE_ROWS, limit=PAGE_ROWS)
    return replace(shown, listed=tuple(rows))


def _tomorrow_at(member: Member, now: datetime) -> datetime:
    """When her today is over."""
    zone = member.calendar.zone
    return calendar.day_bounds(calendar.local_date(now, zone), zone)[1]


def _owned(tx: Connection, shown: Home) -> Home:
    """With the owners' names, where the rows are several people's."""
    if not shown.is_everybodys:
        return shown
    ids = {prospect.owner_id for prospect, _ in shown.listed} | {deal.prospect.owner_id for deal in shown.stalled}
    people = members.named(tx, shown.viewer.workspace_id, sorted(ids))
    return replace(shown, owners={number: member.name for number, member in people.items()})


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
        rows = tuple(item for item in day.rows if item.row.prospect_id in fitting)
        day = replace(day, rows=rows, beyond={})  # of those behind the rows nobody knows the stage
    shown = _counted(shown, len(day.rows))
    return replace(shown, today=day)


def _week(tx: Connection, shown: Home) -> tuple[Day, ...]:
    """Monday to Sunday of this week."""
    zone = shown.owner.calendar.zone
    today = calendar.local_date(shown.now, zone)
    monday = today - timedelta(days=today.weekday())
    from_at = calendar.day_bounds(monday, zone)[0]
    before_at = calendar.day_bounds(monday + WEEK, zone)[0]
    made = Counter(calendar.local_date(at, zone) for at in home.touched(tx, shown.whose, from_at, before_at))
    planned = Counter(calendar.local_date(at, zone) for at in home.planned(tx, shown.whose, from_at, before_at))
    days = [monday + timedelta(days=number) for number in range(WEEK.days)]
    return tuple(Day(on, made[on], planned[on]) for on in days)
