"""How often prospects of a workspace answered after a silence, counted from their touches."""

from sqlalchemy import Connection, and_, bindparam, case, func, select

from bot.storage.tables import prospects, touches
from cadences.engine import NOBODY_ANSWERED
from cadences.giving_up import Rate
from cadences.model import OPEN_STAGES, Outcome, Stage

SILENT, ANSWER = "s", "a"
_LETTER = case(
    (touches.c.outcome.in_(NOBODY_ANSWERED), SILENT), (touches.c.outcome == Outcome.OUT_OF_OFFICE, ""), else_=ANSWER
)
_IN_TURN = (
    select(touches.c.prospect_id, _LETTER.label("letter"))
    .where(touches.c.workspace_id == bindparam("workspace"), touches.c.prospect_id != bindparam("but_for"))
    .order_by(touches.c.prospect_id, touches.c.happened_at, touches.c.id)
    .subquery()
)
_STORIES = (
    select(_IN_TURN.c.prospect_id, func.aggregate_strings(_IN_TURN.c.letter, "").label("story"))
    .group_by(_IN_TURN.c.prospect_id)
    .subquery()
)
"""Each prospect's touches as one word, `ssas`: both databases take the rows of a sorted subquery in its order, and the
index has them in it. Counting with windows takes three times as long."""
_ANSWERED = _STORIES.c.story.like(bindparam("and_then"))
_MAY_ANSWER = and_(
    ~_ANSWERED,
    prospects.c.stage.in_([*OPEN_STAGES, Stage.PARKED]),
    prospects.c.do_not_contact_at.is_(None),
)
RATE = (
    select(func.count(), func.count(case((_ANSWERED, 1))), func.count(case((_MAY_ANSWER, 1))))
    .join_from(
        _STORIES,
        prospects,
        and_(prospects.c.workspace_id == bindparam("workspace"), prospects.c.id == _STORIES.c.prospect_id),
    )
    .where(_STORIES.c.story.like(bindparam("silent")))
)


def rate(tx: Connection, workspace_id: str, count: int, but_for: int) -> Rate:
    """Who was silent through so many touches in a row, this prospect left out, and who of them answered later."""
    silent = f"%{SILENT * count}%"
    known = {"workspace": workspace_id, "but_for": but_for, "silent": silent, "and_then": f"{silent}{ANSWER}%"}
    row = tx.execute(RATE, known).one()
    return Rate(row[0], row[1], row[2])
