"""Who somebody is and whether she is still here, as Slack says: told by an event, and asked where one may be lost."""

import asyncio
from contextlib import suppress
from typing import Any

import structlog

from bot.gateway import Later
from bot.house import House
from bot.services import members
from bot.services.members import Profile
from bot.storage.records import Member

log = structlog.get_logger(__name__)

METHOD = "users.info"
ASKING_SECONDS = 1.0
"""Where somebody waits: the trigger of a form lives three, and the form itself needs some of them."""
PATIENCE_SECONDS = 60
"""Slack counts calls by the minute."""

User = dict[str, Any]


class Standing:
    """What one wave of messages knows of who is still here; lives as long as the wave."""

    def __init__(self, house: House) -> None:
        """Nobody was asked about yet."""
        self._house = house
        self._known: dict[str, Member] = {}
        self._silent = False

    async def of(self, member: Member) -> Member:
        """The member as Slack knows her now; as we know her, where it doesn't tell."""
        if member.id not in self._known and not self._silent:
            answer = await asked(self._house, member.id)
            # What asks us to wait would ask so of the next one too: what is known has to do for this wave.
            self._silent = isinstance(answer, Later)
            self._known[member.id] = answer if isinstance(answer, Member) else member
        return self._known.get(member.id, member)


async def asked(house: House, member_id: str, within: float | None = None) -> Member | Later | None:
    """A member as Slack knows her now, kept; None for who never used the app, or where Slack doesn't tell.

    ``within`` so many seconds, where somebody waits for what comes of it.
    """
    answer = await user(house, member_id, within)
    if not isinstance(answer, dict):
        return answer
    await told(house, answer)
    return await house.db.run(members.get, house.identity.workspace_id, member_id)


async def user(house: House, user_id: str, within: float | None = None) -> User | Later | None:
    """Slack's user object of anybody; None where Slack doesn't tell, or not ``within`` so many seconds."""
    answer: Any = None
    with suppress(TimeoutError):
        async with asyncio.timeout(within):
            answer = await house.gateway.call(METHOD, user=user_id, include_locale=True)
    if isinstance(answer, dict) and (found := answer.get("user") or {}).get("id") == user_id:
        return dict(found)
    if isinstance(answer, Later):
        return answer
    if METHOD not in house.warned:
        house.warned.add(METHOD)
        log.warning("standing_unknown", member=user_id, answer=str(answer))
    return None


async def all_asked(house: House) -> None:
    """Ask about everybody who uses the app, one by one: what came while nobody listened is heard after all.

    Nobody waits for it, so it waits as long as Slack asks; who was not told of stays as she is known until the next
    time.
    """
    for member_id in await house.db.run(members.here, house.identity.workspace_id):
        answer = await asked(house, member_id)
        if isinstance(answer, Later):
            await asyncio.sleep(min(answer.seconds, PATIENCE_SECONDS))
            await asked(house, member_id)


async def told(house: House, user: User) -> int | None:
    """Keep what Slack says of a person; a guest or a stranger counts as gone.

    The number of the delivery that asks about her new zone, if she is to be asked.
    """
    workspace_id, news = house.identity.workspace_id, profile(user)
    if is_outsider(user, workspace_id):
        news = Profile(news.id, news.name, news.zone, news.locale, is_deleted=True)
    return await house.db.run(members.told, workspace_id, news, house.clock())


def is_outsider(user: User, workspace_id: str) -> bool:
    """Guests, Slack Connect strangers and bots."""
    strange = ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot")
    organisation = user.get("enterprise_user") or {}
    teams = {user.get("team_id", workspace_id), *(organisation.get("teams") or ())}
    return any(user.get(flag) for flag in strange) or workspace_id not in teams


def profile(user: User) -> Profile:
    """What Slack's user object tells us of a person: a name, a zone, a locale; never the e-mail address."""
    names = user.get("profile") or {}
    name = (
        names.get("display_name") or names.get("real_name") or user.get("real_name") or user.get("name") or user["id"]
    )
    return Profile(
        id=user["id"],
        name=name or user["id"],
        zone=user.get("tz"),
        locale=user.get("locale"),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        is_deleted=bool(user.get("deleted")),
    )
