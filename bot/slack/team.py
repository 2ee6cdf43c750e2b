"""The team digest: set up in its channel; nudge and take over in its rows. And ``stalled``."""

import datetime as dt
from dataclasses import replace
from typing import Any

from bot import outbox
from bot.gateway import Refused, Said
from bot.services import changes, handover, stalling, team
from bot.services.errors import InvalidInput
from bot.services.handover import Sent
from bot.services.targets import ByProspect, ByStep
from bot.slack import answering, commands
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.leavers import give_all
from bot.slack.prospects import named
from bot.views import answers, notices, words
from bot.views import team as views


async def set_up(visit: Visit, command: commands.Team) -> Reply:
    """Set the channel's digest up, or change it; posting the announcement proves that we may post there."""
    match command.change:
        case commands.TeamSchedule(weekday=weekday, at=at):
            return await _set_up(visit, weekday=weekday, post_time=at)
        case commands.TeamAmounts(shown=shown):
            return await _set_up(visit, shows_money=shown)
        case commands.TeamOff():
            return await _switch_off(visit)
        case None:
            return await _shown_or_set_up(visit)


async def press_retry(visit: Visit) -> Reply:
    """Try again after the invitation, as it was typed: the button names the set-up that was taken back."""
    wanted = await visit.house.db.run(team.wanted, visit.member.workspace_id, visit.number)
    if wanted is None:
        return await _shown_or_set_up(visit)
    return await _shown_or_set_up(visit, weekday=wanted.weekday, post_time=wanted.post_time)


async def stalled(visit: Visit, _command: commands.Stalled) -> Reply:
    """My stalled deals; for a manager, the team's."""
    everybody = visit.member.may_manage
    deals = await visit.house.db.run(stalling.stalled_deals, visit.member, visit.now, everybody=everybody)
    return Reply(views.stalled(deals, visit.member, everybody=everybody))


async def press_nudge(visit: Visit) -> Reply:
    """One polite message to the owner, once a day."""
    sent = await visit.house.db.run(handover.nudge, visit.actor, ByStep(visit.step_id), visit.now)
    await outbox.send_one(visit.house, sent.delivery_id, visit.now)
    asked = _when(visit, sent, f"{sent.owner.name} was asked about {_who(sent)}.")
    return Reply(answers.problem(asked))


async def press_take_over(visit: Visit) -> Reply:
    """A manager takes over at once; anybody else with the owner's yes."""
    sent = await visit.house.db.run(handover.take_over, visit.actor, ByStep(visit.step_id), visit.now)
    await outbox.send_one(visit.house, sent.delivery_id, visit.now)
    if sent.done is not None:
        return answering.told(sent.done, visit, _when(visit, sent, f"{sent.owner.name} was told."))
    asked = "was asked already today" if sent.delivery_id is None else "was asked"
    text = f"{sent.owner.name} {asked} to hand {_who(sent)} over to you. You will hear the answer."
    return Reply(answers.problem(_when(visit, sent, text)))


async def assign(visit: Visit, command: commands.Assign) -> Reply:
    """Typed: somebody else has it from now on."""
    if command.user_id is None:
        raise InvalidInput("owner", "name them with an @-mention", "assign acme @ben")
    if command.from_id is not None:
        return await give_all(visit, command.from_id, command.user_id)
    prospect, _ = await named(visit, command.who)
    target = ByProspect(prospect.id)
    assigned = await visit.house.db.run(handover.assign, visit.actor, target, command.user_id, visit.now)
    for delivery_id in assigned.delivery_ids:
        await outbox.send_one(visit.house, delivery_id, visit.now)
    told = [person.name for person in (assigned.to, assigned.owner) if person.id != visit.member.id]
    return answering.told(assigned.done, visit, f"{' and '.join(told)} {'was' if len(told) == 1 else 'were'} told.")


async def press_yes(visit: Visit) -> Reply:
    """The owner hands over."""
    return await _answered(visit, yes=True)


async def press_no(visit: Visit) -> Reply:
    """The owner keeps it."""
    return await _answered(visit, yes=False)


async def _shown_or_set_up(visit: Visit, **wanted: Any) -> Reply:
    """What stands is shown; setting it up again would announce it again."""
    digest = await visit.house.db.run(team.current, visit.member.workspace_id, visit.channel or "")
    if digest is None or not digest.is_on:
        return await _set_up(visit, **wanted)
    text = f"Stalled deals are posted here on {views.schedule(digest.weekday, digest.post_time)}. Nothing was changed."
    return Reply(answers.problem(text, commands.EXAMPLES["team"][0]))


async def _set_up(
    visit: Visit, *, weekday: int | None = None, post_time: dt.time | None = None, shows_money: bool | None = None
) -> Reply:
    channel = visit.channel or ""
    done = await visit.house.db.run(
        team.set_up,
        visit.actor,
        channel,
        visit.now,
        weekday=weekday,
        post_time=post_time,
        shows_money=shows_money,
    )
    digest = await visit.house.db.run(team.current, visit.member.workspace_id, channel)
    if digest is None:
        raise InvalidInput("channel", "this channel has no digest")
    announcement = views.announced(digest)
    answer = await visit.house.gateway.post(channel, announcement.text, announcement.blocks)
    if isinstance(answer, Said):
        return Reply(answers.done(f"Done: {views.schedule(digest.weekday, digest.post_time)}.", done.change.id))
    await visit.house.db.run(changes.undo, replace(visit.actor, request_id=None), done.change.id, visit.now)
    await visit.house.db.run(team.replan, visit.member.workspace_id, channel, visit.now)
    if isinstance(answer, Refused):
        return Reply(views.not_in_channel(visit.channel_name, visit.house.identity.bot_name, done.change.id))
    return Reply(answers.problem("Slack did not take the announcement just now, so nothing was set up.", "team"))


async def _switch_off(visit: Visit) -> Reply:
    channel = visit.channel or ""
    if await visit.house.db.run(team.current, visit.member.workspace_id, channel) is None:
        return Reply(answers.problem("This channel has no team digest. Nothing was changed.", "team mon 09:30"))
    done = await visit.house.db.run(team.set_up, visit.actor, channel, visit.now, is_on=False)
    return Reply(answers.done("No more team digests in this channel.", done.change.id))


async def _answered(visit: Visit, *, yes: bool) -> Reply:
    sent = await visit.house.db.run(handover.answer, visit.actor, visit.number, visit.now, yes=yes)
    await outbox.send_one(visit.house, sent.delivery_id, visit.now)
    notice = handover.Notice(
        handover.Tone.ASKED,
        sent.prospect.id,
        None,
        sent.prospect.name,
        sent.prospect.company,
        sent.owner.id,
        sent.owner.name,
    )
    if visit.channel and visit.message_ts:
        said = notices.answered(notice, yes=yes)
        visit.house.background.start(
            visit.house.gateway.update(visit.channel, visit.message_ts, said.text, said.blocks)
        )
    return Reply(None, sent.done)


def _when(visit: Visit, sent: Sent, text: str) -> str:
    """What was done, and when the other hears of it where that is outside their hours now."""
    if sent.heard_at is None:
        return text
    local = visit.member.local(sent.heard_at)
    on = words.day(local.date(), visit.member.local(visit.now).date())
    return f"{text} It is outside {sent.owner.name}’s hours: the message comes {on} {words.clock(local)} (your time)."


def _who(sent: Sent) -> str:
    return words.who(sent.prospect.name, sent.prospect.company)
