"""Which deals have stalled, and what a manager or a teammate may do about one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.storage import members, prospects
from bot.storage.engine import Database
from bot.storage.records import Member, Prospect, StepRow
from cadences.stalled import DealFacts, Verdict, judge, rank

LOOKED_AT = 5_000
"""Open deals judged at most; the longest due come first."""


@dataclass(frozen=True, slots=True)
class Stalled:
    """A deal that stands still, how long and why, and who holds it."""

    prospect: Prospect
    step: StepRow
    owner: Member
    active_by: Member
    verdict: Verdict


def stalled_deals(db: Database, viewer: Member, now: datetime, *, everybody: bool = False) -> tuple[Stalled, ...]:
    """Stalled deals of one member, or of the whole team; the most worth looking at first."""
    with db.read() as tx:
        return tuple(stalled_in(tx, viewer.workspace_id, now) if everybody else stalled_of(tx, viewer, now))


def stalled_of(tx: Connection, member: Member, now: datetime) -> list[Stalled]:
    """A member's own stalled deals."""
    return _judged(
        tx, prospects.open_with_step(tx, member.workspace_id, member.id, LOOKED_AT), member.workspace_id, now
    )


def stalled_in(tx: Connection, workspace_id: str, now: datetime) -> list[Stalled]:
    """The whole team's stalled deals."""
    return _judged(tx, prospects.open_with_step(tx, workspace_id, None, LOOKED_AT), workspace_id, now)


def _judged(
    tx: Connection, deals: Iterable[tuple[Prospect, StepRow]], workspace_id: str, now: datetime
) -> list[Stalled]:
    deals = list(deals)
    ids = {person for prospect, _ in deals for person in (prospect.owner_id, prospect.active_by)}
    people = members.named(tx, workspace_id, list(ids))
    found = []
    for prospect, step in deals:
        owner = people[prospect.owner_id]
        facts = DealFacts(prospect.stage, prospect.active_at, prospect.stage_since_at, prospect.close_on, step.due_at)
        verdict = judge(facts, now, owner.calendar)
        if verdict.stalled:
            found.append(Stalled(prospect, step, owner, people.get(prospect.active_by, owner), verdict))
    return sorted(found, key=lambda item: rank(item.prospect.value_minor, item.verdict.idle_days))
