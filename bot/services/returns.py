"""The first digest after a leave: what waited, what was done meanwhile, and what died."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from bot.services import quiet
from bot.storage import absences, deliveries, prospects
from bot.storage import members as people
from bot.storage.records import Member, Prospect, StepRow
from bot.storage.tables import DeliveryKind
from cadences import calendar
from cadences.returning import died
from cadences.stalled import DealFacts
from cadences.work_calendar import Leave

LOOKED_BACK = timedelta(days=30)
"""Whoever hears from us again later than this after a leave needs no welcome any more."""
ONE_DAY = timedelta(days=1)
LOOKED_AT = 5_000


@dataclass(frozen=True, slots=True)
class Return:
    """The welcome of a digest, frozen when its delivery was opened."""

    waited: int
    today: int
    until_on: date | None
    """The day the last of them waits for; None when all are due today."""
    deputy_name: str | None
    touches: int
    touched: int
    """What was done meanwhile with her prospects, and with how many of them."""
    died: tuple[int, ...]
    """The numbers of the prospects that died meanwhile."""
    kept: bool = False
    """True when she said that they are to stay."""


def ended_before(tx: Connection, member: Member, today: date) -> Leave | None:
    """The leave that ended last, if this is her first digest since."""
    ended = [leave for leave in member.leave if today - LOOKED_BACK <= leave.ends_on < today]
    last = max(ended, key=lambda leave: leave.ends_on, default=None)
    if last is None or quiet.leave_of(member, today) is not None:
        return None
    since = deliveries.last_with_content(tx, member.workspace_id, DeliveryKind.DAILY, member.id, last.ends_on)
    return None if since else last


def of(tx: Connection, member: Member, today: date) -> Return | None:
    """What to say to somebody who is back; None when she was not away, or nothing happened."""
    leave = ended_before(tx, member, today)
    if leave is None:
        return None
    zone = member.calendar.zone
    from_at, before_at = (calendar.day_bounds(on, zone)[0] for on in (leave.starts_on, leave.ends_on + ONE_DAY))
    waited = absences.waited(tx, member, from_at, before_at)
    days = [calendar.local_date(step.due_at, zone) for _, step in waited]
    last_on = max(days, default=today)
    deputies = [leave.deputy_id] if leave.deputy_id else []
    deputy = people.get(tx, member.workspace_id, leave.deputy_id) if leave.deputy_id else None
    touches, touched = absences.made_by(tx, member.workspace_id, deputies, member.id, from_at, before_at)
    found = Return(
        waited=len(waited),
        today=sum(on <= today for on in days),
        until_on=last_on if last_on > today else None,
        deputy_name=deputy.name if deputy else None,
        touches=touches,
        touched=touched,
        died=tuple(prospect.id for prospect in _dead(tx, member, leave, today)),
    )
    return found if found.waited or found.touches or found.died else None


def still_dead(tx: Connection, member: Member, content: Return) -> list[tuple[Prospect, StepRow]]:
    """Those of the dead that nobody has closed, or given away, since."""
    ids = set(content.died)
    deals = prospects.open_with_step(tx, member.workspace_id, member.id, LOOKED_AT)
    return [(prospect, step) for prospect, step in deals if prospect.id in ids]


def _dead(tx: Connection, member: Member, leave: Leave, today: date) -> list[Prospect]:
    # Days of a leave are no silence of theirs, whoever stood in.
    cal = quiet.days_here(member)
    now_at = calendar.day_bounds(today, member.calendar.zone)[0]
    alone = replace(leave, deputy_id=None)
    found = []
    for prospect, step in prospects.open_with_step(tx, member.workspace_id, member.id, LOOKED_AT):
        if step.promised and step.due_at >= now_at:
            continue  # they were told a day that is still to come
        facts = DealFacts(prospect.stage, prospect.active_at, prospect.stage_since_at, prospect.close_on, step.due_at)
        if died(facts, alone, today, cal):
            found.append(prospect)
    return found
