"""Prospects by what is known of them: tests for a search to sift with, and the rows of those that are shown."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Text, and_, bindparam, cast, func, select

from bot.storage import members
from bot.storage.prospects import PROSPECT_WIDTH, seen_in
from bot.storage.records import Enrollment, Prospect, StepRow, record
from bot.storage.tables import enrollments, notes, prospects, steps, touches
from bot.storage.tables import members as people
from cadences.model import OPEN_STAGES, LostReason, Stage, WorkCalendar

WITH_STEP = prospects.outerjoin(
    steps,
    and_(
        steps.c.workspace_id == prospects.c.workspace_id,
        steps.c.prospect_id == prospects.c.id,
        steps.c.closed_at.is_(None),
    ),
)
THESE = prospects.c.id.in_(bindparam("numbers", expanding=True))
# Putting a statement together costs more than reading twenty rows by it: these are built once.
AMONG = select(prospects, steps).select_from(WITH_STEP).where(THESE)
ENROLLED = and_(
    enrollments.c.workspace_id == bindparam("workspace"),
    enrollments.c.prospect_id.in_(bindparam("numbers", expanding=True)),
)
LATEST = select(enrollments).where(
    enrollments.c.id.in_(select(func.max(enrollments.c.id)).where(ENROLLED).group_by(enrollments.c.prospect_id))
)
HERE = people.c.workspace_id == bindparam("workspace")
NAMES = select(people.c.id, people.c.name).where(HERE)
MAKES_DAYS = ("zone", "workdays", "team", "opens_time", "closes_time", "rules", "leave")
DAYS = select(people.c.id, *(cast(people.c[name], Text) for name in MAKES_DAYS)).where(HERE)
"""As text: most of a team share their days, and reading those of hundreds one by one takes longer than a search."""
NOTED = {notes.name: (notes, notes.c.text), touches.name: (touches, touches.c.note)}


@dataclass(frozen=True, slots=True)
class Known:
    """What a search sifts and sorts a prospect by."""

    owner_id: str
    name_key: str
    stage: Stage
    is_open: bool
    active_at: datetime
    value_minor: int | None
    currency: str | None
    source: str
    industry: str
    lost_reason: LostReason | None
    do_not_contact_at: datetime | None
    due_at: datetime | None
    """When the next step comes; None: nothing is next."""
    is_put_off: bool
    """Snoozed by hand, or they are away."""
    cadence: str
    """The one that runs."""


Test = Callable[[Known], bool]


def is_open(known: Known) -> bool:
    """Neither closed nor parked."""
    return known.is_open


def owned_by(member_ids: Collection[str]) -> Test:
    """Held by one of these members."""
    wanted = frozenset(member_ids)
    return lambda known: known.owner_id in wanted


def at_stage(stage: Stage) -> Test:
    """Where the deal stands."""
    return lambda known: known.stage is stage


def worth(currency: str, *, least: int | None = None, most: int | None = None) -> Test:
    """An amount in this currency, both limits included."""

    def test(known: Known) -> bool:
        value = known.value_minor
        if value is None or known.currency != currency:
            return False
        return (least is None or value >= least) and (most is None or value <= most)

    return test


def from_source(words: str) -> Test:
    """The source holds these words."""
    wanted = words.lower()
    return lambda known: wanted in known.source


def of_industry(words: str) -> Test:
    """The industry holds these words."""
    wanted = words.lower()
    return lambda known: wanted in known.industry


def lost_for(reason: LostReason) -> Test:
    """A deal that is lost, for this reason."""
    return lambda known: known.stage is Stage.LOST and known.lost_reason is reason


def on_cadence(key: str) -> Test:
    """On a cadence whose key begins like this."""
    return lambda known: known.cadence.startswith(key)


def due(after_at: datetime | None, before_at: datetime) -> Test:
    """The next step comes before a moment, and not before another."""

    def test(known: Known) -> bool:
        at = known.due_at
        return at is not None and at < before_at and (after_at is None or at >= after_at)

    return test


def idle_before(moments: Mapping[str, datetime]) -> Test:
    """Open, and without activity since before the moment that counts for the owner."""

    def test(known: Known) -> bool:
        before_at = moments.get(known.owner_id)
        return known.is_open and before_at is not None and known.active_at < before_at

    return test


def none_of(test: Test) -> Test:
    """Not so."""
    return lambda known: not test(known)


def names_in(tx: Connection, workspace_id: str) -> list[tuple[str, str]]:
    """(id, name) of everybody who may hold prospects, those included who left."""
    return [(row[0], row[1]) for row in tx.execute(NAMES, {"workspace": workspace_id})]


def calendars_in(
    tx: Connection, workspace_id: str, member_ids: Collection[str] = ()
) -> list[tuple[WorkCalendar, list[str]]]:
    """When people work, and whose days these are; ``member_ids``: only of these."""
    shared: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for member_id, *days in tx.execute(DAYS, {"workspace": workspace_id}):
        if not member_ids or member_id in member_ids:
            shared[tuple(days)].append(member_id)
    known = members.named(tx, workspace_id, [ids[0] for ids in shared.values()])
    return [(known[ids[0]].calendar, ids) for ids in shared.values()]


def among(tx: Connection, workspace_id: str, numbers: Sequence[int]) -> dict[int, tuple[Prospect, StepRow | None]]:
    """Those of these prospects that are to be seen, each with its next step."""
    if not numbers:
        return {}
    rows = tx.execute(AMONG.where(seen_in(workspace_id)), {"numbers": list(numbers)})
    return {row[0]: _pair(row) for row in rows}


def latest_enrollments(tx: Connection, workspace_id: str, numbers: Sequence[int]) -> dict[int, Enrollment]:
    """The newest enrollment of each of these prospects, running or ended."""
    rows = tx.execute(LATEST, {"workspace": workspace_id, "numbers": list(numbers)})
    return {row.prospect_id: record(Enrollment, row) for row in rows}


def noted(tx: Connection, workspace_id: str, table: str, numbers: Sequence[int]) -> dict[int, str]:
    """The texts of notes, or of what was noted with touches, by number."""
    kept, text = NOTED[table]
    # Said like this SQLite looks the numbers up, where else it would read through all notes of the workspace.
    mine = (kept.c.workspace_id.concat("") == workspace_id, kept.c.id.in_(numbers))
    rows = tx.execute(select(kept.c.id, text).where(*mine))
    return {row[0]: row[1] or "" for row in rows}


def known_of(row: Any) -> Known:
    """What is kept of a prospect's row, read with its next step and the cadence that runs."""
    return Known(
        owner_id=row.owner_id,
        name_key=row.name_key,
        stage=row.stage,
        is_open=row.stage in OPEN_STAGES,
        active_at=row.active_at,
        value_minor=row.value_minor,
        currency=row.currency,
        source=(row.source or "").lower(),
        industry=(row.industry or "").lower(),
        lost_reason=row.lost_reason,
        do_not_contact_at=row.do_not_contact_at,
        due_at=row.due_at,
        is_put_off=bool(row.snoozes) or row.paused_until_on is not None,
        cadence=row.cadence or "",
    )


def _pair(row: Any) -> tuple[Prospect, StepRow | None]:
    step_id = row[PROSPECT_WIDTH]
    return record(Prospect, row[:PROSPECT_WIDTH]), None if step_id is None else record(StepRow, row[PROSPECT_WIDTH:])
