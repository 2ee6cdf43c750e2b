"""How long the figures before somebody is given up take: counted among very many prospects and touches."""

import random
import time
from datetime import timedelta

from sqlalchemy import select, text

from bench import due
from bench.apps import STARTS_AT, ZONE
from bench.due import SEED, WARM_UP, WORKSPACE, Row
from bench.timing import Timing
from bot.services import members
from bot.services.members import Profile
from bot.storage import migrations, silences
from bot.storage.engine import Database
from bot.storage.tables import prospects, touches
from cadences.model import Channel, FollowUpType, Outcome, Stage

PROSPECTS = 50_000
TOUCHES = 250_000
REPS = 250
SILENT_FOR = (1, 2, 4)
SHARE_SILENT = 0.8
"""Of the touches."""
SETTLED_TOGETHER = 5_000


def measure(url: str, kind: str, rounds: int) -> list[Timing]:
    """The figures for so many touches without an answer."""
    db = Database(url)
    try:
        _fill(db)
        return [
            Timing(f"after {count} touches, {kind}", tuple(_rate(db, count) for _ in range(WARM_UP + rounds))[WARM_UP:])
            for count in SILENT_FOR
        ]
    finally:
        db.close()


def _rate(db: Database, count: int) -> float:
    started = time.perf_counter()
    with db.read() as tx:
        found = silences.rate(tx, WORKSPACE, count, 1)
    passed = time.perf_counter() - started
    if not found.is_enough or not found.answered:
        raise RuntimeError(f"{found}: the times would mean nothing")
    return passed


def _fill(db: Database) -> None:
    migrations.upgrade(db)
    members.ensure_workspace(db, WORKSPACE, "Sample team", "U0BOT", STARTS_AT)
    for number in range(REPS):
        members.ensure(db, WORKSPACE, Profile(f"U{number}", f"Rep {number}", ZONE), STARTS_AT)
    chance = random.Random(SEED)  # noqa: S311  # nosec B311: it makes sample touches, no secrets
    due.write(db, prospects, (_prospect(number) for number in range(PROSPECTS)))
    due.write(db, touches, (_touch(number, chance) for number in range(TOUCHES)))
    with db.begin() as tx:
        numbers = tx.scalars(select(prospects.c.id)).all()
        for start in range(0, PROSPECTS, SETTLED_TOGETHER):
            silences.settle(tx, WORKSPACE, numbers[start : start + SETTLED_TOGETHER])
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if not db.is_sqlite else "ANALYZE"))


def _prospect(number: int) -> Row:
    return due.prospect(number) | {"owner_id": f"U{number % REPS}", "stage": list(Stage)[number // REPS % len(Stage)]}


def _touch(number: int, chance: random.Random) -> Row:
    made_at = STARTS_AT - timedelta(days=30) + timedelta(hours=number // PROSPECTS)
    return {
        "workspace_id": WORKSPACE,
        "prospect_id": number % PROSPECTS + 1,
        "member_id": f"U{number % REPS}",
        "channel": Channel.EMAIL,
        "type": FollowUpType.VALUE,
        "outcome": Outcome.SENT if chance.random() < SHARE_SILENT else Outcome.REPLIED,
        "happened_at": made_at,
        "created_at": made_at,
    }
