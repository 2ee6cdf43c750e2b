"""Who rests just now: Slack's do-not-disturb, asked once per person and wave."""

from datetime import UTC, datetime

import structlog

from bot.gateway import Refused
from bot.house import House

log = structlog.get_logger(__name__)

METHOD = "dnd.info"
NOT_SCHEDULED = 1
"""The moment Slack tells where somebody has no such hours."""


class Rest:
    """What one wave of messages knows of people's do-not-disturb; lives as long as the wave."""

    def __init__(self, house: House) -> None:
        """Nobody was asked about yet."""
        self._house = house
        self._known: dict[str, datetime | None] = {}
        self._silent = False

    async def until(self, member_id: str, now: datetime) -> datetime | None:
        """When somebody's do-not-disturb ends; None when it is not on, or Slack doesn't tell."""
        if member_id not in self._known and not self._silent:
            self._known[member_id] = await self._asked(member_id, now)
        ends_at = self._known.get(member_id)
        return ends_at if ends_at and ends_at > now else None

    async def _asked(self, member_id: str, now: datetime) -> datetime | None:
        answer = await self._house.gateway.call(METHOD, user=member_id)
        if isinstance(answer, dict):
            return resting_until(answer, now)
        # Better a message at a bad moment than none; but for one unknown person, whoever is next fares the same.
        self._silent = not isinstance(answer, Refused) or answer.error == "missing_scope"
        if METHOD not in self._house.warned:
            self._house.warned.add(METHOD)
            log.warning("do_not_disturb_unknown", answer=str(answer))
        return None


def resting_until(answer: dict[str, object], now: datetime) -> datetime | None:
    """The end of the do-not-disturb that Slack's answer tells of, if it is on at this moment."""
    if not answer.get("dnd_enabled"):
        return None
    starts, ends = answer.get("next_dnd_start_ts"), answer.get("next_dnd_end_ts")
    if not isinstance(starts, int) or not isinstance(ends, int) or ends <= NOT_SCHEDULED:
        return None
    begun, over = (datetime.fromtimestamp(ts, UTC) for ts in (starts, ends))
    return over if begun <= now < over else None
