"""A meeting that took place: `/followup met Dana Li @ Acme -- wants SSO`."""

import re

from bot.services import acquaintances, meetings, prospects, targets
from bot.services.details import Details
from bot.services.errors import InvalidInput
from bot.services.targets import ByProspect
from bot.slack import answering, commands, mentions, shorthands
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.companies import offered
from bot.slack.prospects import details_of
from bot.slack.reading import capture, dates, examples
from bot.slack.reading.prefs import capture_prefs
from bot.slack.reading.understood import Capture
from bot.views import echoes, ids, position_forms, receipts
from bot.views.forms import Origin
from cadences.words import capital
from language import mark, say

MEETING = frozenset({"name", "company", "note", "step"})
"""What a line may say of a meeting; the rest is about the person."""
NO_NAME = mark("I can't read a name there")
AT = re.compile(r"\s+@\s*(?=\S)")
"""`Dana Li @ Acme`: an e-mail address has no space before its sign."""


async def met(visit: Visit, command: commands.Met) -> Reply:
    """Log the meeting with whoever is known by that name, or keep somebody new; the follow-up begins."""
    typed = AT.sub(", ", command.words)
    if capture.is_colleague(typed):
        raise InvalidInput("name", say(capture.COLLEAGUE), examples.EXAMPLES["met"][0])
    if typed.startswith("@"):
        raise InvalidInput("name", say(NO_NAME), examples.EXAMPLES["met"][0])
    run = visit.house.db.run
    found = await run(targets.by_name, visit.actor, typed)
    if found is not None:
        note = await mentions.spelt_out(visit, command.note)
        done = await run(meetings.met, visit.actor, ByProspect(found.id), note, visit.now)
        return await offered(visit, Reply(receipts.met(done, visit.member, visit.now, note), done))
    mine = await shorthands.known(visit)
    read = capture.read_add(typed, visit.member.local(visit.now), **capture_prefs(visit.member, mine))
    who = await _who(visit, read)
    note = await mentions.spelt_out(visit, "\n".join(part for part in (command.note, read.note) if part))
    is_new = isinstance(who, Details)
    done = await run(meetings.met, visit.actor, who, note, visit.now, shorthands.said_in(read) if is_new else ())
    name = done.card.prospect.name if done.card else read.name
    echoed = [capital(echoes.told(shorthands.echo(each))) for each in read.understood if each.shorthand]
    remarks = [*echoed, *_not_kept(read, name, is_new=is_new)]
    return await offered(visit, Reply(receipts.met(done, visit.member, visit.now, note, remarks), done))


async def _who(visit: Visit, read: Capture) -> ByProspect | Details:
    """Who is known already, by whatever the line says of them; else somebody new."""
    details = details_of(read)
    found = await visit.house.db.run(acquaintances.known, visit.actor, details)
    if found is not None:
        return ByProspect(found.id)
    if not read.name:
        raise InvalidInput("name", say(NO_NAME), examples.EXAMPLES["met"][0])
    return details


def _not_kept(read: Capture, name: str, *, is_new: bool) -> list[str]:
    """What the line said beside who was met, and what would keep it; nothing typed is lost without a word."""
    remarks = [say("“{words}”: {reason}", words=each.words, reason=each.reason) for each in read.problems if read.name]
    if not is_new and (other := [each for each in read.understood if each.field not in MEETING and not each.inferred]):
        command = f"`{ids.COMMAND} edit {name}, {', '.join(each.words for each in other)}`"
        remarks.append(say("Their details stay as they were. To change them: {command}", command=command))
    if read.step is not None and isinstance(read.step.when, dates.Past):
        command = f"`{ids.COMMAND} fix last {name} {read.step.when.words}`"
        remarks.append(say("The meeting stands as of now. To give it its day: {command}", command=command))
    elif read.step is not None and read.step.when is not None:
        command = f"`{ids.COMMAND} snooze {name} {read.step.when.words}`"
        remarks.append(
            say("What follows a meeting comes first. To have it on your own day: {command}", command=command)
        )
    return remarks


async def press_recap(visit: Visit) -> Reply:
    """The form for the points that were agreed."""
    card = await visit.house.db.run(prospects.card_to_edit, visit.actor, visit.number)
    origin = Origin(
        prospect_id=card.prospect.id, channel=visit.channel, ts=visit.message_ts, response_url=visit.response_url
    )
    return await answering.open_form(visit, position_forms.recap(card, origin))


async def submit_recap(visit: Visit) -> Reply:
    """The points, kept as a note."""
    points = [visit.value(f"point_{number}") for number in range(1, meetings.POINTS_AT_MOST + 1)]
    prospect_id = visit.opened_from.prospect_id or 0
    done = await visit.house.db.run(meetings.recap, visit.actor, prospect_id, points, visit.now)
    return answering.told(done, visit)
