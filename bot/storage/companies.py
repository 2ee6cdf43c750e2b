"""Who else is known at a company, and what colleagues did there lately."""

from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, select

from bot.storage.records import Prospect, StepRow, columns_of, record
from bot.storage.tables import members, prospects, steps, touches
from cadences.model import OPEN_STAGES, Channel

AT_ONE_COMPANY = 200
PROSPECT_WIDTH = len(columns_of(Prospect))

LATEST = (
    select(members.c.name, prospects.c.name, touches.c.channel, touches.c.happened_at)
    .join_from(
        prospects,
        touches,
        and_(touches.c.workspace_id == prospects.c.workspace_id, touches.c.prospect_id == prospects.c.id),
    )
    .join(members, and_(members.c.workspace_id == touches.c.workspace_id, members.c.id == touches.c.member_id))
    .where(
        prospects.c.workspace_id == bindparam("workspace"),
        prospects.c.company_key == bindparam("company"),
        prospects.c.id != bindparam("prospect"),
        touches.c.member_id != bindparam("reader"),
    )
    .order_by(touches.c.happened_at.desc(), touches.c.id.desc())
    .limit(1)
)
Latest = tuple[str, str, Channel, datetime]


def touched_by_others(
    tx: Connection, workspace_id: str, company_key: str, prospect_id: int, reader_id: str
) -> Latest | None:
    """(by, with whom, how, when) of the latest touch that somebody else made with another person of a company."""
    known = {"workspace": workspace_id, "company": company_key, "prospect": prospect_id, "reader": reader_id}
    row = tx.execute(LATEST, known).one_or_none()
    return None if row is None else (row[0], row[1], row[2], row[3])


def running_at(tx: Connection, workspace_id: str, company_key: str, without_id: int) -> list[tuple[Prospect, StepRow]]:
    """The open deals with others at a company, each with its next step, in the order in which they are held."""
    rows = tx.execute(
        select(prospects, steps)
        .join_from(
            prospects,
            steps,
            and_(steps.c.workspace_id == prospects.c.workspace_id, steps.c.prospect_id == prospects.c.id),
        )
        .where(
            prospects.c.workspace_id == workspace_id,
            prospects.c.company_key == company_key,
            prospects.c.id != without_id,
            prospects.c.stage.in_(OPEN_STAGES),
            steps.c.closed_at.is_(None),
        )
        .order_by(prospects.c.id)
        .limit(AT_ONE_COMPANY)
    )
    return [(record(Prospect, row[:PROSPECT_WIDTH]), record(StepRow, row[PROSPECT_WIDTH:])) for row in rows]
