"""The demo's sample workspace: nothing is empty, nothing is a wall, and all of it is plainly sample data."""

import re
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.demo import DEALS, GUIDE, Demo, demo
from bot.sample import SAMPLES
from bot.slack.commands import Unknown, Unreadable
from bot.slack.reading import grammar
from bot.storage.tables import prospects, touches
from cadences.model import Stage
from sandbox.model import Message
from tests.views.payloads import words_in

TUESDAY = datetime(2026, 11, 17, 13, 0, tzinfo=UTC)
MORNING = TUESDAY + timedelta(hours=18, minutes=45)
MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
SATURDAY = 5
PLAINLY_SAMPLE = re.compile(
    r"Sample|Example|Specimen|Placeholder|Muster|Test|Dummy|Fictional|Invented|Mock|Draft|Blank|Filler|Pretend|Trial|"
    r"Proof|Template|Variable|Null|Demo|Sandbox|Stand-In"
)


@pytest.fixture
async def running() -> AsyncIterator[Demo]:
    async with demo(0, starts_at=TUESDAY, moving=False) as started:
        yield started


async def told(running: Demo, at: datetime, where: str) -> Sequence[Message]:
    await running.sandbox.move_clock(at)
    return running.sandbox.workspace.history(where)


def rows(running: Demo, table: Any) -> list[Any]:
    with running.house.db.read() as tx:
        return list(tx.execute(select(table)))


async def test_every_stage_is_there_and_every_name_is_plainly_sample(running: Demo) -> None:
    kept = rows(running, prospects)
    assert len(kept) == len(SAMPLES) >= 25
    assert {row.stage for row in kept} == set(Stage)
    assert [row.name for row in kept if not PLAINLY_SAMPLE.search(f"{row.name} {row.company}")] == []
    assert {row.email.rsplit(".", 1)[1] for row in kept} == {"example"}


async def test_the_sample_touches_were_made_on_working_days_in_the_past(running: Demo) -> None:
    made = [row.happened_at for row in rows(running, touches)]
    assert made
    assert max(made) < TUESDAY
    assert [at for at in made if at.weekday() >= SATURDAY] == []


async def test_the_first_digest_has_something_of_everything_and_is_no_wall(running: Demo) -> None:
    dm = running.sandbox.workspace.im_with("U0ANA").id
    (digest,) = await told(running, MORNING, dm)
    shown = " ".join(words_in(digest.blocks))
    assert "8 follow-ups today" in shown
    assert all(part in shown for part in ("1 promised", "3 overdue", "3 due today", "1 stalled"))


async def test_on_monday_the_stalled_deals_of_three_owners_stand_in_the_channel(running: Demo) -> None:
    digest, *thread = await told(running, MONDAY, DEALS)
    lines = [line for line in words_in(digest.blocks) if "idle for" in line]
    assert 4 <= len(lines) <= 10
    assert {line.splitlines()[0].rsplit(" · ", 1)[1] for line in lines} == {"Ana", "Ben", "Cleo"}
    assert len(thread) == 3


async def test_every_line_of_the_guide_is_understood() -> None:
    lines = [tip.types.removeprefix("/followup ") for tip in GUIDE if tip.types]
    assert lines
    assert [line for line in lines if isinstance(grammar.read(line, TUESDAY), Unknown | Unreadable)] == []
