"""Time acts: one tick does everything that is due; the heartbeat only calls it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import outbox, standing
from bot.house import House
from bot.services import checkup, deputies, digests, recap, second_nudge, team, welcome
from bot.storage.engine import Database

log = structlog.get_logger(__name__)

CHECK_HOURS = 24
BATCH = 100
"""Rows looked at in one go: the loop breathes in between."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a tick did."""

    at: datetime
    digests: int = 0
    team_digests: int = 0
    messages: int = 0
    second_nudges: int = 0
    recaps: int = 0


async def tick(house: House, now: datetime) -> Ticked:
    """Do all that is due at ``now``: settle what deputies hold, open what comes by itself, say it; twice is as once."""
    await house.db.run(deputies.settle, now)
    # Before anything else: a digest above the guide would be the first thing somebody ever reads here.
    said = await _said(house, now) if await _all(welcome.open_due, house, now) else 0
    opened = await _all(digests.open_due, house, now)
    nudged = await _all(second_nudge.open_due, house, now)
    recaps = await _all(recap.open_due, house, now)
    team_opened = await _all(team.open_due, house, now)
    said += await _said(house, now)
    return Ticked(now, opened, team_opened, said, nudged, recaps)


class Heartbeat:
    """Calls ``tick`` every few seconds; what is due lives in the database, so a missed beat loses nothing."""

    def __init__(self, house: House, seconds: int) -> None:
        """``seconds`` between two beats."""
        self._house = house
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._scheduler.add_job(self._check, "interval", hours=CHECK_HOURS, coalesce=True, max_instances=1)
        # At once too: what Slack told while nobody listened is lost otherwise, and with a restart a day's look as well.
        self._scheduler.add_job(self._check, misfire_grace_time=None)
        self._scheduler.add_job(
            self._beat, "interval", seconds=seconds, coalesce=True, max_instances=1, misfire_grace_time=None
        )

    def start(self) -> None:
        """Begin to beat, and to look now and once a day whether anybody is forgotten or has left."""
        self._scheduler.start()

    def stop(self) -> None:
        """Stop beating; a tick under way is finished by its own leases."""
        self._scheduler.shutdown(wait=False)

    async def _check(self) -> None:
        """Every open prospect has a next step: anything else is a bug, and is said loudly. And who is still here."""
        report = await self._house.db.run(checkup.outbox, self._house.clock())
        if report.forgotten:
            log.error("prospects_without_next_step", ids=report.forgotten)
        await standing.all_asked(self._house)

    async def _beat(self) -> None:
        try:
            done = await tick(self._house, self._house.clock())
        except Exception:
            log.exception("tick_failed")
            return
        if done.messages:
            log.info("ticked", messages=done.messages, digests=done.digests, team_digests=done.team_digests)


async def _said(house: House, now: datetime) -> int:
    """Say everything that is open; how many messages."""
    said = 0
    while taken := await outbox.send_open(house, now, BATCH):
        said += taken
        await asyncio.sleep(0)
    return said


async def _all(open_due: Callable[[Database, datetime, int], int], house: House, now: datetime) -> int:
    """Open batch after batch until nothing is due: after an outage one member may be due for several days."""
    count = 0
    while looked_at := await house.db.run(open_due, now, BATCH):
        count += looked_at
    return count
