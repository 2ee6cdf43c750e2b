"""A meeting that took place: `/followup met Dana Li @ Acme -- wants SSO`."""

import re

from bot.services import meetings, prospects, targets
from bot.services.errors import InvalidInput
from bot.services.prospects import Details
from bot.services.targets import ByProspect
from bot.slack import answering, capture, commands, examples
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.companies import offered
from bot.slack.prefs import capture_prefs
from bot.slack.prospects import details_of
from bot.slack.touches import open_for
from bot.views import cards, position_forms
from bot.views.forms import Origin
from language import say

AT = re.compile(r"\s+@\s*(?=\S)")
"""`Dana Li @ Acme`: an e-mail address has no space before its sign."""


async def met(visit: Visit, command: commands.Met) -> Reply:
    """Log the meeting with whoever is known by that name, or keep somebody new; the follow-up begins."""
    typed = AT.sub(", ", command.words)
    if typed.startswith("@"):
        raise InvalidInput("name", say("I can't read a name there"), examples.EXAMPLES["met"][0])
    found = await visit.house.db.run(targets.by_name, visit.actor, typed)
    who: ByProspect | Details
    note = command.note
    if found is not None:
        who = ByProspect(found.id)
    else:
        read = capture.read_add(typed, visit.member.local(visit.now), **capture_prefs(visit.member))
        if not read.name:
            raise InvalidInput("name", say("I can't read a name there"), examples.EXAMPLES["met"][0])
        who = details_of(read)
        note = "\n".join(part for part in (note, read.note) if part)
    done = await visit.house.db.run(meetings.met, visit.actor, who, note, visit.now)
    return await offered(visit, Reply(cards.met(done, visit.member, visit.now, note), done))


async def press_recap(visit: Visit) -> Reply:
    """The form for the points that were agreed."""
    card = await visit.house.db.run(prospects.card_to_edit, visit.actor, visit.number)
    origin = Origin(
        prospect_id=card.prospect.id, channel=visit.channel, ts=visit.message_ts, response_url=visit.response_url
    )
    return await open_for(visit, position_forms.recap(card, origin))


async def submit_recap(visit: Visit) -> Reply:
    """The points, kept as a note."""
    points = [visit.value(f"point_{number}") for number in range(1, meetings.POINTS_AT_MOST + 1)]
    prospect_id = visit.opened_from.prospect_id or 0
    done = await visit.house.db.run(meetings.recap, visit.actor, prospect_id, points, visit.now)
    return answering.told(done, visit)
