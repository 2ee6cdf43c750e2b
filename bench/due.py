"""How long one rep waits among very many prospects: it must not depend on how many there are."""

import random
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Table, insert, text

from bench.apps import STARTS_AT, ZONE
from bench.timing import Timing
from bot.services import digests, members, rows
from bot.services.members import Profile
from bot.storage import migrations, prospects
from bot.storage.engine import Database
from bot.storage.records import Member
from bot.storage.tables import prospects as prospect_table
from bot.storage.tables import steps as step_table
from cadences import calendar
from cadences.model import Channel, FollowUpType, Purpose, Stage

WORKSPACE = "T0BENCH"
HELD = 100
"""Prospects of one rep, whatever the team's size."""
DUE = 10
"""Of those, due today or before."""
BATCH = 5_000
WARM_UP = 20
SEED = 7
ASKED_AT = STARTS_AT + timedelta(hours=1)

Row = dict[str, Any]


def measure(url: str, kind: str, count: int, rounds: int) -> list[Timing]:
    """The due rows of a rep, her whole day as ``/followup`` answers it, and an add's look for doubles."""
    db = Database(url)
    try:
        reps = _fill(db, count)
        chance = random.Random(SEED)  # noqa: S311  # nosec B311: it picks reps to ask for, no secrets
        asked = [chance.choice(reps) for _ in range(WARM_UP + rounds)]
        name = f"{kind}, {count:,} prospects"
        return [
            Timing(f"due rows, {name}", _times(_due_rows, db, asked)),
            Timing(f"whole day, {name}", _times(_day, db, asked)),
            Timing(f"likely double, {name}", _times(_double, db, asked)),
        ]
    finally:
        db.close()


def _times(ask: Callable[[Database, Member], int], db: Database, reps: list[Member]) -> tuple[float, ...]:
    taken = []
    for rep in reps:
        started = time.perf_counter()
        found = ask(db, rep)
        taken.append(time.perf_counter() - started)
        if found < DUE:
            raise RuntimeError(f"{found} due where {DUE} must be: the times would mean nothing")
    return tuple(taken[WARM_UP:])


def _due_rows(db: Database, rep: Member) -> int:
    ends_at = calendar.day_bounds(rep.local(ASKED_AT).date(), rep.calendar.zone)[1]
    with db.read() as tx:
        return len(prospects.due(tx, WORKSPACE, rep.id, ends_at, rows.DUE_AT_MOST))


def _day(db: Database, rep: Member) -> int:
    return len(digests.my_day(db, rep, ASKED_AT).rows)


def _double(db: Database, rep: Member) -> int:
    """Every add looks for one; somebody new has none, so that nothing ends the search early."""
    with db.read() as tx:
        found = prospects.alike(tx, WORKSPACE, "new@example.com", "+15550100", f"new of {rep.name}", "new company")
    return DUE if found is None else 0


def _fill(db: Database, count: int) -> list[Member]:
    """Grow the database to ``count`` prospects; all of its reps."""
    migrations.upgrade(db)
    members.ensure_workspace(db, WORKSPACE, "Sample team", "U0BOT", STARTS_AT)
    ids = [f"U{number}" for number in range(count // HELD)]
    reps = [members.ensure(db, WORKSPACE, Profile(member_id, member_id, ZONE), STARTS_AT) for member_id in ids]
    with db.read() as tx:
        held = tx.execute(text("SELECT COALESCE(MAX(id), 0) FROM prospects")).scalar_one()
    write(db, prospect_table, (prospect(number) for number in range(held, count)))
    write(db, step_table, (step(number) for number in range(held, count)))
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    return reps


def write(db: Database, table: Table, rows: Iterator[Row]) -> None:
    """Put rows into a table, some thousand at a time."""
    while batch := list(islice(rows, BATCH)):
        with db.begin() as tx:
            tx.execute(insert(table), batch)


def prospect(number: int) -> Row:
    """A row of a numbered prospect."""
    owner_id = f"U{number // HELD}"
    return {
        "id": number + 1,
        "workspace_id": WORKSPACE,
        "owner_id": owner_id,
        "name": f"Sample {number}",
        "name_key": f"sample {number}",
        "company": f"Company {number}",
        "company_key": f"company {number}",
        "email": f"sample{number}@example.com",
        "stage": Stage.WORKING,
        "stage_since_at": STARTS_AT,
        "active_at": STARTS_AT,
        "active_kind": "call",
        "active_by": owner_id,
        "created_at": STARTS_AT,
    }


def step(number: int) -> Row:
    """A row of the next step of a numbered prospect."""
    return {
        "id": number + 1,
        "workspace_id": WORKSPACE,
        "prospect_id": number + 1,
        "owner_id": f"U{number // HELD}",
        "channel": Channel.CALL,
        "type": FollowUpType.REMINDER,
        "purpose": Purpose.PROPOSE_MEETING,
        "due_at": _due_at(number % HELD),
        "timed": False,
        "promised": False,
        "snoozes": 0,
    }


def _due_at(place: int) -> datetime:
    return STARTS_AT - timedelta(hours=place) if place < DUE else STARTS_AT + timedelta(days=place)
