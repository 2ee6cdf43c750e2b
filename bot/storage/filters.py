"""Prospects by what is known of them: conditions for a search, and the rows that meet them, best first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, not_, or_, select

from bot.storage.members import WITH_RULES
from bot.storage.prospects import PROSPECT_WIDTH
from bot.storage.records import Enrollment, Member, Prospect, StepRow, record
from bot.storage.tables import enrollments, members, notes, prospects, steps, touches
from cadences.model import OPEN_STAGES, LostReason, Stage

Condition = ColumnElement[bool]
EVERYBODY: Condition = prospects.c.id.is_not(None)
IS_OPEN: Condition = prospects.c.stage.in_(OPEN_STAGES)
WITH_STEP = prospects.outerjoin(
    steps,
    and_(
        steps.c.workspace_id == prospects.c.workspace_id,
        steps.c.prospect_id == prospects.c.id,
        steps.c.closed_at.is_(None),
    ),
)
NOTED = {notes.name: (notes, notes.c.text), touches.name: (touches, touches.c.note)}


def seen_by(viewer: Member) -> Condition:
    """The one place that decides what a search shows: whoever is of the workspace sees its team's prospects."""
    return and_(prospects.c.workspace_id == viewer.workspace_id, prospects.c.merged_into_id.is_(None))


def owned_by(member_ids: Sequence[str]) -> Condition:
    """Held by one of these members."""
    return prospects.c.owner_id.in_(member_ids)


def at_stage(stage: Stage) -> Condition:
    """Where the deal stands."""
    return prospects.c.stage == stage


def worth(currency: str, *, least: int | None = None, most: int | None = None) -> Condition:
    """An amount in this currency, both limits included."""
    limits = [] if least is None else [prospects.c.value_minor >= least]
    limits += [] if most is None else [prospects.c.value_minor <= most]
    return and_(prospects.c.currency == currency, prospects.c.value_minor.is_not(None), *limits)


def about(column: str, words: str) -> Condition:
    """The source or the industry holds these words."""
    return func.lower(prospects.c[column]).contains(words.lower(), autoescape=True)


def lost_for(reason: LostReason) -> Condition:
    """A deal that is lost, for this reason."""
    return and_(prospects.c.stage == Stage.LOST, prospects.c.lost_reason == reason)


def on_cadence(key: str) -> Condition:
    """On a cadence whose key begins like this."""
    return exists().where(
        enrollments.c.workspace_id == prospects.c.workspace_id,
        enrollments.c.prospect_id == prospects.c.id,
        enrollments.c.ended_at.is_(None),
        enrollments.c.cadence.startswith(key, autoescape=True),
    )


def due(after_at: datetime | None, before_at: datetime) -> Condition:
    """The next step comes before a moment, and not before another."""
    later = [] if after_at is None else [steps.c.due_at >= after_at]
    return and_(steps.c.due_at < before_at, *later)


def idle_before(groups: Sequence[tuple[Sequence[str], datetime]]) -> Condition:
    """Open, and without activity since before the moment that counts for their owner."""
    quiet = (and_(owned_by(owners), prospects.c.active_at < before_at) for owners, before_at in groups)
    return and_(IS_OPEN, or_(*quiet))


def planned(today_at: datetime, before_at: datetime) -> Condition:
    """A step is planned from today until a moment."""
    return and_(steps.c.id.is_not(None), steps.c.due_at >= today_at, steps.c.due_at < before_at)


def none_of(condition: Condition) -> Condition:
    """Not so."""
    return not_(condition)


def people_in(tx: Connection, workspace_id: str) -> list[Member]:
    """Everybody who may hold prospects, those included who left."""
    return [record(Member, row) for row in tx.execute(WITH_RULES.where(members.c.workspace_id == workspace_id))]


def matching(
    tx: Connection, conditions: Sequence[Condition], viewer_id: str, limit: int, offset: int
) -> list[tuple[Prospect, StepRow | None]]:
    """Prospects that meet all conditions, each with its next step: the viewer's own first, open before closed."""
    first = (prospects.c.owner_id != viewer_id, not_(IS_OPEN), prospects.c.name_key, prospects.c.id)
    best = select(prospects.c.id).select_from(WITH_STEP).where(*conditions).order_by(*first).limit(limit).offset(offset)
    numbers = list(tx.execute(best).scalars())
    found = among(tx, [prospects.c.id.in_(numbers)], numbers)
    return [found[number] for number in numbers]


def among(
    tx: Connection, conditions: Sequence[Condition], numbers: Sequence[int]
) -> dict[int, tuple[Prospect, StepRow | None]]:
    """Those of these prospects that meet all conditions, each with its next step."""
    if not numbers:
        return {}
    query = select(prospects, steps).select_from(WITH_STEP).where(*conditions, prospects.c.id.in_(numbers))
    return {row[0]: _pair(row) for row in tx.execute(query)}


def latest_enrollments(tx: Connection, workspace_id: str, numbers: Sequence[int]) -> dict[int, Enrollment]:
    """The newest enrollment of each of these prospects, running or ended."""
    mine = (enrollments.c.workspace_id == workspace_id, enrollments.c.prospect_id.in_(numbers))
    newest = select(func.max(enrollments.c.id)).where(*mine).group_by(enrollments.c.prospect_id)
    rows = tx.execute(select(enrollments).where(enrollments.c.id.in_(newest)))
    return {row.prospect_id: record(Enrollment, row) for row in rows}


def noted(tx: Connection, workspace_id: str, table: str, numbers: Sequence[int]) -> dict[int, str]:
    """The texts of notes, or of what was noted with touches, by number."""
    kept, text = NOTED[table]
    # Said like this SQLite looks the numbers up, where else it would read through all notes of the workspace.
    mine = (kept.c.workspace_id.concat("") == workspace_id, kept.c.id.in_(numbers))
    rows = tx.execute(select(kept.c.id, text).where(*mine))
    return {row[0]: row[1] or "" for row in rows}


def _pair(row: Any) -> tuple[Prospect, StepRow | None]:
    step_id = row[PROSPECT_WIDTH]
    return record(Prospect, row[:PROSPECT_WIDTH]), None if step_id is None else record(StepRow, row[PROSPECT_WIDTH:])
