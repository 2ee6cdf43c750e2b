"""People who are mentioned in what is kept: Slack sends their number, a reader wants their name."""

import asyncio
import re
from collections.abc import Sequence

from bot import standing
from bot.services import members
from bot.slack.actor import Visit

MENTION = re.compile(r"<@([UW][A-Z0-9]{1,30})(?:\|[^<>]*)?>")
PEOPLE_ASKED = 5


def in_text(text: str) -> list[str]:
    """Who is mentioned, each once, and no more than are asked about."""
    return list(dict.fromkeys(MENTION.findall(text)))[:PEOPLE_ASKED]


async def spelt_out(visit: Visit, text: str) -> str:
    """The text with names in place of mentions: ``<@U123>`` is `@ana`."""
    return with_names(text, await names(visit, mentioned)) if (mentioned := in_text(text)) else text


def with_names(text: str, found: dict[str, str]) -> str:
    """The same where the names are known already; who has none is called by the number."""
    return MENTION.sub(lambda mention: f"@{found.get(mention[1], mention[1])}", text)


async def names(visit: Visit, wanted: Sequence[str]) -> dict[str, str]:
    """People's names: of those who use the app from our own rows, of others as Slack says in time."""
    found = await asyncio.gather(*(_name(visit, each) for each in wanted))
    return {each: name for each, name in zip(wanted, found, strict=True) if name}


async def _name(visit: Visit, user_id: str) -> str:
    member = await visit.house.db.run(members.get, visit.member.workspace_id, user_id)
    if member is not None:
        return member.name
    user = await standing.user(visit.house, user_id, standing.ASKING_SECONDS)
    return standing.profile(user).name if isinstance(user, dict) else ""
