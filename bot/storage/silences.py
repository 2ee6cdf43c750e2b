"""How often prospects of a workspace answered after a silence: counted from the runs that each of them keeps.

A prospect's runs say what its touches say, and nobody sets them but :func:`settle`.
"""

from collections.abc import Collection
from itertools import groupby

from sqlalchemy import Connection, and_, bindparam, case, func, select, text, update

from bot.storage.tables import prospects, touches
from cadences.giving_up import Rate, Runs, runs
from cadences.model import OPEN_STAGES, Stage

_ANSWERED = prospects.c.answered_run >= bindparam("count")
_MAY_ANSWER = and_(
    ~_ANSWERED,
    prospects.c.stage.in_([*OPEN_STAGES, Stage.PARKED]),
    prospects.c.do_not_contact_at.is_(None),
)
RATE = select(func.count(), func.count(case((_ANSWERED, 1))), func.count(case((_MAY_ANSWER, 1)))).where(
    prospects.c.workspace_id == bindparam("workspace"),
    text("silent_run > 0"),  # word for word as the index says it, or SQLite would not look there
    prospects.c.silent_run >= bindparam("count"),
    prospects.c.id != bindparam("but_for"),
)
_STORIES = (
    select(prospects.c.id, prospects.c.silent_run, prospects.c.answered_run, touches.c.outcome)
    .join_from(
        prospects,
        touches,
        and_(touches.c.workspace_id == prospects.c.workspace_id, touches.c.prospect_id == prospects.c.id),
        isouter=True,
    )
    .where(
        prospects.c.workspace_id == bindparam("workspace"),
        prospects.c.id.in_(bindparam("numbers", expanding=True)),
    )
    .order_by(prospects.c.id, touches.c.happened_at, touches.c.id)
)
_SET = (
    update(prospects)
    .where(prospects.c.workspace_id == bindparam("workspace"), prospects.c.id == bindparam("number"))
    .values(silent_run=bindparam("silent"), answered_run=bindparam("answered"))
)


def rate(tx: Connection, workspace_id: str, count: int, but_for: int) -> Rate:
    """Who was silent through so many touches in a row, this prospect left out, and who of them answered later."""
    row = tx.execute(RATE, {"workspace": workspace_id, "count": max(1, count), "but_for": but_for}).one()
    return Rate(row[0], row[1], row[2])


def settle(tx: Connection, workspace_id: str, prospect_ids: Collection[int]) -> dict[int, Runs]:
    """Make the runs of these prospects say what their touches say; by number, those that there are."""
    settled = {}
    rows = tx.execute(_STORIES, {"workspace": workspace_id, "numbers": sorted(prospect_ids)}).all()
    for number, group in groupby(rows, key=lambda row: row.id):
        story = list(group)
        kept = Runs(story[0].silent_run, story[0].answered_run)
        true = runs(row.outcome for row in story if row.outcome is not None)
        settled[number] = true
        if kept != true:
            values = {"workspace": workspace_id, "number": number, "silent": true.silent, "answered": true.answered}
            tx.execute(_SET, values)
    return settled
