"""What is asked every minute is answered from an index that holds only the rows that count."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert

from bot.storage import deliveries, members, prospects, silences, steps
from bot.storage.engine import Database
from bot.storage.tables import MEMBER_MOMENTS
from bot.storage.tables import steps as step_table
from cadences.model import Channel, FollowUpType, Purpose
from tests.support.cast import NOW, WORKSPACE, Cast, added

OLD_STEPS = 3_000
Question = Callable[[Connection], object]


def plan_of(db: Database, question: Question) -> str:
    """How the database would answer: the plan of the statement that the question sends."""
    sent: list[tuple[str, Any]] = []

    def keep(_tx: object, _cursor: object, statement: str, parameters: Any, *_more: object) -> None:
        sent.append((statement, parameters))

    with db.read() as tx:
        event.listen(db.engine, "before_cursor_execute", keep)
        question(tx)
        event.remove(db.engine, "before_cursor_execute", keep)
        if not db.is_sqlite:
            tx.exec_driver_sql("SET LOCAL enable_seqscan = off")
        statement, parameters = sent[-1]
        words = "EXPLAIN QUERY PLAN " if db.is_sqlite else "EXPLAIN "
        return "\n".join(str(tuple(row)) for row in tx.exec_driver_sql(words + statement, parameters))


@pytest.fixture
def years_of_steps(db: Database, cast: Cast) -> None:
    """One open step behind thousands that are done."""
    card = added(db, cast.ana)
    done = {
        "workspace_id": WORKSPACE, "prospect_id": card.prospect.id, "owner_id": "U0ANA", "channel": Channel.CALL,
        "type": FollowUpType.VALUE, "purpose": Purpose.SHARE_VALUE, "timed": False, "promised": False, "snoozes": 0,
    }  # fmt: skip
    with db.begin() as tx:
        moments = [NOW - timedelta(hours=number) for number in range(OLD_STEPS)]
        tx.execute(insert(step_table), [{**done, "due_at": moment, "closed_at": moment} for moment in moments])


@pytest.mark.usefixtures("years_of_steps")
def test_who_is_due_is_answered_from_the_open_steps_of_one_owner_in_their_order(db: Database) -> None:
    plan = plan_of(db, lambda tx: prospects.due(tx, WORKSPACE, "U0ANA", NOW, 200))
    assert "ix_steps_due" in plan
    assert "SCAN steps" not in plan


@pytest.mark.usefixtures("years_of_steps")
def test_the_next_step_of_one_prospect_is_answered_from_the_open_steps(db: Database) -> None:
    plan = plan_of(db, lambda tx: steps.open_of(tx, WORKSPACE, 1))
    assert "uq_steps_open" in plan or "ix_steps_due" in plan


@pytest.mark.parametrize("moment", MEMBER_MOMENTS)
def test_whose_moment_has_come_is_answered_from_those_who_have_one(sqlite_db: Database, moment: str) -> None:
    assert f"ix_members_{moment}" in plan_of(sqlite_db, lambda tx: members.due(tx, moment, NOW, 50))


def test_what_waits_in_the_outbox_is_found_without_reading_what_was_said(db: Database, cast: Cast) -> None:
    assert "ix_deliveries_open" in plan_of(db, lambda tx: deliveries.waiting(tx, NOW, 50))


def test_a_message_of_ours_is_found_by_where_it_stands(db: Database, cast: Cast) -> None:
    plan = plan_of(db, lambda tx: deliveries.of_message(tx, WORKSPACE, "D1", "1.1"))
    assert "ix_deliveries_workspace_id_channel_ts" in plan


def test_how_often_a_silence_ended_is_answered_from_who_was_silent(db: Database, cast: Cast) -> None:
    plan = plan_of(db, lambda tx: silences.rate(tx, WORKSPACE, 3, 1))
    assert "ix_prospects_silent" in plan
    assert "touches" not in plan
