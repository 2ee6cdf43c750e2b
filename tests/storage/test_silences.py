"""How often somebody answered after a silence is read off what each prospect keeps, and is what its touches say."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, and_, bindparam, case, func, insert, select

from bot.storage import silences
from bot.storage.engine import Database
from bot.storage.tables import prospects, touches
from cadences.engine import NOBODY_ANSWERED
from cadences.giving_up import Rate
from cadences.model import OPEN_STAGES, Channel, FollowUpType, Outcome, Stage
from tests.support import cast as people
from tests.support import databases, laws
from tests.support.cast import ELSEWHERE, HOUR, NOW, WORKSPACE
from tests.support.databases import Databases

LONGEST = 6

# --- the definition: every touch of a workspace, read and counted for each question

_LETTER = case(
    (touches.c.outcome.in_(NOBODY_ANSWERED), "s"), (touches.c.outcome == Outcome.OUT_OF_OFFICE, ""), else_="a"
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
_ANSWERED = _STORIES.c.story.like(bindparam("and_then"))
_MAY_ANSWER = and_(
    ~_ANSWERED, prospects.c.stage.in_([*OPEN_STAGES, Stage.PARKED]), prospects.c.do_not_contact_at.is_(None)
)
DEFINITION = (
    select(func.count(), func.count(case((_ANSWERED, 1))), func.count(case((_MAY_ANSWER, 1))))
    .join_from(
        _STORIES,
        prospects,
        and_(prospects.c.workspace_id == bindparam("workspace"), prospects.c.id == _STORIES.c.prospect_id),
    )
    .where(_STORIES.c.story.like(bindparam("silent")))
)


def defined(tx: Connection, workspace_id: str, count: int, but_for: int) -> Rate:
    silent = f"%{'s' * count}%"
    known = {"workspace": workspace_id, "but_for": but_for, "silent": silent, "and_then": f"{silent}a%"}
    row = tx.execute(DEFINITION, known).one()
    return Rate(row[0], row[1], row[2])


# --- random teams

Touch = tuple[Outcome, int]
"""How it ended, and at which hour: told in any order, some at the same moment."""
TOUCH = st.tuples(
    st.sampled_from([Outcome.NO_ANSWER, Outcome.SENT, Outcome.NO_SHOW, Outcome.VOICEMAIL] * 2 + list(Outcome)),
    st.integers(0, 9),
)
STORY = st.tuples(st.lists(TOUCH, max_size=9), st.sampled_from(Stage), st.booleans(), st.booleans())


def fill(tx: Connection, stories: list[tuple[list[Touch], Stage, bool, bool]]) -> None:
    """One prospect a story; of another workspace, or with a do-not-contact, where that was drawn."""
    for number, (made, stage, is_elsewhere, is_stopped) in enumerate(stories, start=1):
        workspace_id, owner_id = (ELSEWHERE, "U0OTTO") if is_elsewhere else (WORKSPACE, "U0ANA")
        tx.execute(
            insert(prospects).values(**prospect(number, workspace_id, owner_id, stage, NOW if is_stopped else None))
        )
        for outcome, hour in made:
            tx.execute(insert(touches).values(**touch(number, workspace_id, owner_id, outcome, NOW + hour * HOUR)))


def prospect(
    number: int, workspace_id: str, owner_id: str, stage: Stage, stopped_at: datetime | None
) -> dict[str, Any]:
    return {
        "id": number, "workspace_id": workspace_id, "owner_id": owner_id, "name": "Sample", "name_key": "sample",
        "stage": stage, "stage_since_at": NOW, "active_at": NOW, "active_kind": "added", "active_by": owner_id,
        "created_at": NOW, "do_not_contact_at": stopped_at,
    }  # fmt: skip


def touch(number: int, workspace_id: str, member_id: str, outcome: Outcome, at: datetime) -> dict[str, Any]:
    return {
        "workspace_id": workspace_id, "prospect_id": number, "member_id": member_id, "channel": Channel.EMAIL,
        "type": FollowUpType.VALUE, "outcome": outcome, "happened_at": at, "created_at": at + timedelta(seconds=1),
    }  # fmt: skip


@pytest.fixture(scope="module", params=databases.kinds())
def place(request: pytest.FixtureRequest, databases_here: Databases) -> Iterator[Database]:
    with databases_here.fresh(request.param) as db:
        yield db


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stories=st.lists(STORY, min_size=1, max_size=8), but_for=st.integers(0, 8))
def test_the_rate_is_that_of_the_stories_whatever_they_are(
    place: Database, stories: list[tuple[list[Touch], Stage, bool, bool]], but_for: int
) -> None:
    databases.empty(place)
    people.gather(place)
    with place.begin() as tx:
        fill(tx, stories)
        for workspace_id in (WORKSPACE, ELSEWHERE):
            silences.settle(tx, workspace_id, range(1, len(stories) + 1))
    assert laws.miscounted(place) == []
    with place.read() as tx:
        for workspace_id in (WORKSPACE, ELSEWHERE):
            for count in range(1, LONGEST + 1):
                assert silences.rate(tx, workspace_id, count, but_for) == defined(tx, workspace_id, count, but_for)


def test_what_was_counted_wrongly_is_set_right_and_no_other_workspace_is_touched(db: Database) -> None:
    people.gather(db)
    silent = [(Outcome.SENT, 0), (Outcome.SENT, 1)]
    with db.begin() as tx:
        fill(tx, [(silent, Stage.WORKING, False, False), (silent, Stage.WORKING, True, False)])
        tx.execute(prospects.update().values(silent_run=7, answered_run=7))
        silences.settle(tx, WORKSPACE, [1, 2, 404])
        rows = tx.execute(select(prospects.c.silent_run, prospects.c.answered_run).order_by(prospects.c.id)).all()
    assert [tuple(row) for row in rows] == [(2, 0), (7, 7)]
