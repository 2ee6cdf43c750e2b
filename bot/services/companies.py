"""Several people at one company: when one of them answers, the others may be left alone for some days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.services import changes, plans, targets
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.closing import months_after
from bot.services.errors import Gone, InvalidInput, NotFound, SeveralFound
from bot.services.facts import ANSWERS
from bot.services.names import key_of
from bot.services.plans import Ended
from bot.services.recorder import Recorder
from bot.services.targets import ByProspect
from bot.storage import companies, members, timeline
from bot.storage import prospects as kept
from bot.storage.engine import Database
from bot.storage.records import Member, Prospect, StepRow
from bot.storage.tables import ChangeKind, StepEnd
from cadences import calendar
from language import say

PAUSED_FOR = 5
"""Business days: as long as it mostly takes until an answer has led to something."""
PAUSED_WEEKS, PAUSED_MONTHS = 2, 1
"""What else is offered."""
PAUSED_AT_MOST = timedelta(days=366)
EXAMPLE = "pause acme 2w"
NOBODY = 0
"""No prospect has this number: nobody is left out."""
FOUND_AT_MOST = 200
"""People whose company or name the typed words may mean."""


@dataclass(frozen=True, slots=True)
class Others:
    """Who else at a company would be contacted in the next days; ``theirs``: with the names of their owners."""

    prospect: Prospect
    company: str
    mine: tuple[Prospect, ...]
    theirs: tuple[tuple[Prospect, str], ...]
    until_on: date
    two_weeks_on: date
    month_on: date


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
        if not mine:
            return None
        today, cal = owner.local(now).date(), owner.calendar
        two_weeks_on = calendar.next_workday(today + timedelta(weeks=PAUSED_WEEKS), cal)
        month_on = calendar.next_workday(months_after(today, PAUSED_MONTHS), cal)
        return Others(prospect, prospect.company, mine, theirs, until_on, two_weeks_on, month_on)


def pause(db: Database, actor: Actor, prospect_id: int, now: datetime, until_on: date | None = None) -> Done:
    """Leave the owner's others at the company alone until a date, or for some days; what was promised stays.

    One change, one undo.
    """
    with changes.writing(db, actor, ChangeKind.REPLANNED, now) as recorder:
        tx = recorder.tx
        prospect = kept.standing(tx, actor.workspace_id, prospect_id)
        if prospect is None:
            raise Gone
        owner = targets.owner_of(tx, prospect)
        until_on = _until(owner, now) if until_on is None else until_on
        count = _paused(recorder, owner, _of_owner(tx, prospect), until_on)
        if not count:
            company = prospect.company or prospect.name
            raise InvalidInput("who", say("nobody else at {company} is due by then", company=company))
        return Done(recorder.close(None, count=count, until_on=until_on, deed="paused", company=prospect.company))


def pause_company(db: Database, actor: Actor, words: str, until_on: date, now: datetime) -> Done:
    """Leave one's own at a company alone until a date; who answered last, and what was promised, stays."""
    with changes.writing(db, actor, ChangeKind.REPLANNED, now) as recorder:
        tx, owner = recorder.tx, actor.member
        meant = _meant(tx, actor, words)
        found = companies.running_at(tx, actor.workspace_id, meant.company_key or "", NOBODY)
        mine = [each.id for each, _ in found if each.owner_id == owner.id]
        last = timeline.last_touches(tx, actor.workspace_id, mine)
        silent = [number for number in mine if number not in last or last[number].outcome not in ANSWERS]
        count, company = _paused(recorder, owner, silent, until_on), meant.company or words
        if not count:
            raise InvalidInput("who", say("nobody of yours at {company} is due by then", company=company), EXAMPLE)
        return Done(recorder.close(None, count=count, until_on=until_on, deed="paused", company=company))


def _meant(tx: Connection, actor: Actor, words: str) -> Prospect:
    """Somebody at the one company that the words name. NotFound, or SeveralFound with one of each."""
    key = key_of(words)
    found = kept.matching(tx, actor.workspace_id, key, FOUND_AT_MOST) if key else []
    at = {each.company_key: each for each in found if each.company_key and key in each.company_key}
    if not at:
        raise NotFound(words)
    if key in at:
        return at[key]
    if len(at) > 1:
        raise SeveralFound(words, tuple(at.values()))
    return next(iter(at.values()))


def _paused(recorder: Recorder, owner: Member, numbers: Sequence[int], until_on: date) -> int:
    """How many of them were moved to that date. InvalidInput for one that has passed, or that nobody means."""
    today = owner.local(recorder.now).date()
    if until_on <= today:
        raise InvalidInput("when", say("that date has passed"), EXAMPLE)
    if until_on - today > PAUSED_AT_MOST:
        raise InvalidInput("when", say("that is more than a year ahead"), EXAMPLE)
    count = 0
    for number in numbers:
        held = targets.hold(recorder.tx, recorder.actor, ByProspect(number))
        if held.owner.id != owner.id or not _is_pausable(held.step, owner, until_on):
            continue
        at = calendar.local_time(held.step.due_at, owner.calendar.zone)
        to = replace(held.step.planned, due_at=calendar.on_workday(until_on, at, owner.calendar))
        plans.move(recorder, owner, held.step, to, Ended(StepEnd.PAUSED), held.step.snoozes)
        count += 1
    return count


def _of_owner(tx: Connection, prospect: Prospect) -> list[int]:
    if prospect.company_key is None:
        return []
    found = companies.running_at(tx, prospect.workspace_id, prospect.company_key, prospect.id)
    return [each.id for each, _ in found if each.owner_id == prospect.owner_id]


def _is_pausable(step: StepRow, owner: Member, until_on: date) -> bool:
    return not step.promised and calendar.local_date(step.due_at, owner.calendar.zone) < until_on


def _until(owner: Member, now: datetime) -> date:
    return calendar.add_workdays(owner.local(now).date(), PAUSED_FOR, owner.calendar)
