"""Several people at one company: when one of them answers, the others may be left alone for some days."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from bot.services import changes, plans, targets
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.errors import Gone, InvalidInput
from bot.services.plans import Ended
from bot.services.targets import ByProspect
from bot.storage import companies, members
from bot.storage import prospects as kept
from bot.storage.engine import Database
from bot.storage.records import Member, Prospect, StepRow
from bot.storage.tables import ChangeKind, StepEnd
from cadences import calendar

PAUSED_FOR = 5
"""Business days: as long as it mostly takes until an answer has led to something."""


@dataclass(frozen=True, slots=True)
class Others:
    """Who else at a company would be contacted in the next days; ``theirs``: with the names of their owners."""

    prospect: Prospect
    company: str
    mine: tuple[Prospect, ...]
    theirs: tuple[tuple[Prospect, str], ...]
    until_on: date


def others(db: Database, actor: Actor, prospect_id: int, now: datetime) -> Others | None:
    """Whom to leave alone now that this one answered; None where there is nobody."""
    with db.read() as tx:
        prospect = kept.standing(tx, actor.workspace_id, prospect_id)
        if prospect is None or prospect.company is None or prospect.company_key is None:
            return None
        owner = targets.owner_of(tx, prospect)
        until_on = _until(owner, now)
        found = companies.running_at(tx, actor.workspace_id, prospect.company_key, prospect.id)
        soon = [each for each, step in found if _is_pausable(step, owner, until_on)]
        people = members.named(tx, actor.workspace_id, [each.owner_id for each in soon])
        mine = tuple(each for each in soon if each.owner_id == owner.id)
        theirs = tuple((each, people[each.owner_id].name) for each in soon if each.owner_id != owner.id)
        return Others(prospect, prospect.company, mine, theirs, until_on) if mine else None


def pause(db: Database, actor: Actor, prospect_id: int, now: datetime) -> Done:
    """Leave the owner's others at the company alone for some days; what was promised stays. One change, one undo."""
    with changes.writing(db, actor, ChangeKind.REPLANNED, now) as recorder:
        tx = recorder.tx
        prospect = kept.standing(tx, actor.workspace_id, prospect_id)
        if prospect is None:
            raise Gone
        owner = targets.owner_of(tx, prospect)
        until_on, count = _until(owner, now), 0
        for number in _of_owner(tx, prospect):
            held = targets.hold(tx, actor, ByProspect(number))
            if held.owner.id != owner.id or not _is_pausable(held.step, owner, until_on):
                continue
            at = calendar.local_time(held.step.due_at, owner.calendar.zone)
            to = replace(held.step.planned, due_at=calendar.on_workday(until_on, at, owner.calendar))
            plans.move(recorder, owner, held.step, to, Ended(StepEnd.PAUSED), held.step.snoozes)
            count += 1
        if not count:
            raise InvalidInput("who", f"nobody else at {prospect.company or prospect.name} is due by then")
        return Done(recorder.close(None, count=count, until_on=until_on, deed="paused", company=prospect.company))


def _of_owner(tx: Connection, prospect: Prospect) -> list[int]:
    if prospect.company_key is None:
        return []
    found = companies.running_at(tx, prospect.workspace_id, prospect.company_key, prospect.id)
    return [each.id for each, _ in found if each.owner_id == prospect.owner_id]


def _is_pausable(step: StepRow, owner: Member, until_on: date) -> bool:
    return not step.promised and calendar.local_date(step.due_at, owner.calendar.zone) < until_on


def _until(owner: Member, now: datetime) -> date:
    return calendar.add_workdays(owner.local(now).date(), PAUSED_FOR, owner.calendar)
