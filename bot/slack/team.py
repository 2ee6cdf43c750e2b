"""The team digest: set up in its channel; nudge and take over in its rows. And ``stalled``."""

import datetime as dt
from dataclasses import replace
from typing import Any

from bot import outbox
from bot.gateway import Refused, Said
from bot.services import changes, handover, quiet, stalling, team
from bot.services.errors import InvalidInput
from bot.services.handover import Sent
from bot.services.targets import ByProspect, ByStep, Target
from bot.slack import answering, commands
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.handover import check_receiver, look_at_owner, told
from bot.slack.leavers import give_all
from bot.slack.prospects import named
from bot.slack.reading import examples
from bot.views import answers, notices, words
from bot.views import team as views
from language import dates, say


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
    return await _nudged(visit, ByStep(visit.step_id))


async def nudge(visit: Visit, command: commands.Nudge) -> Reply:
    """The same, typed."""
    prospect, _ = await named(visit, command.who)
    return await _nudged(visit, ByProspect(prospect.id))


async def _nudged(visit: Visit, target: Target) -> Reply:
    await look_at_owner(visit, target)
    sent = await visit.house.db.run(handover.nudge, visit.actor, target, visit.now)
    await outbox.send_one(visit.house, sent.delivery_id, visit.now)
    asked = _when(visit, sent, say("{name} was asked about {who}.", name=sent.owner.name, who=_who(sent)))
    return Reply(answers.problem(asked))


async def press_take_over(visit: Visit) -> Reply:
    """A manager takes over at once; anybody else with the owner's yes."""
    return await _taken(visit, ByStep(visit.step_id))


async def take(visit: Visit, command: commands.Take) -> Reply:
    """The same, typed."""
    prospect, _ = await named(visit, command.who)
    return await _taken(visit, ByProspect(prospect.id))


async def _taken(visit: Visit, target: Target) -> Reply:
    await look_at_owner(visit, target)
    sent = await visit.house.db.run(handover.take_over, visit.actor, target, visit.now)
    await outbox.send_one(visit.house, sent.delivery_id, visit.now)
    if sent.done is not None:
        told_of_it = [_when(visit, sent, say("{name} was told.", name=sent.owner.name))] if sent.delivery_id else []
        return answering.told(sent.done, visit, *told_of_it)
    name, who = sent.owner.name, _who(sent)
    text = say("{name} was asked to hand {who} over to you. You will hear the answer.", name=name, who=who)
    if sent.delivery_id is None:
        text = say(
            "{name} was asked already today to hand {who} over to you. You will hear the answer.", name=name, who=who
        )
    return Reply(answers.problem(_when(visit, sent, text)))


async def assign(visit: Visit, command: commands.Assign) -> Reply:
    """Typed: somebody else has it from now on."""
    if command.user_id is None:
        raise InvalidInput("owner", say("name them with an @-mention"), "assign acme @ben")
    if command.from_id is not None:
        return await give_all(visit, command.from_id, command.user_id)
    prospect, _ = await named(visit, command.who)
    await check_receiver(visit, command.user_id)
    await look_at_owner(visit, ByProspect(prospect.id))
    done = await visit.house.db.run(handover.assign, visit.actor, ByProspect(prospect.id), command.user_id, visit.now)
    return answering.told(done, visit, *await told(visit, done))


async def press_yes(visit: Visit) -> Reply:
    """The owner hands over."""
    return Reply(None, (await _answered_here(visit, yes=True)).done)


async def press_no(visit: Visit) -> Reply:
    """The owner keeps it."""
    return Reply(None, (await _answered_here(visit, yes=False)).done)


async def keep(visit: Visit, command: commands.Keep) -> Reply:
    """The same, typed; of several who asked the first."""
    prospect, _ = await named(visit, command.who)
    asked = await visit.house.db.run(handover.asked_about, visit.actor, prospect.id)
    sent = await _answered_at(visit, asked.id, asked.channel, asked.ts, yes=False)
    kept = say("{who} stays yours. {name} was told.", who=_who(sent), name=sent.owner.name)
    return Reply(answers.problem(_when(visit, sent, kept)))


async def _shown_or_set_up(visit: Visit, **wanted: Any) -> Reply:
    """What stands is shown; setting it up again would announce it again."""
    digest = await visit.house.db.run(team.current, visit.member.workspace_id, visit.channel or "")
    if digest is None or not digest.is_on:
        return await _set_up(visit, **wanted)
    when = views.schedule(digest.weekday, digest.post_time)
    text = say("Stalled deals are posted here on {when}. Nothing was changed.", when=when)
    return Reply(answers.problem(text, examples.EXAMPLES["team"][0]))


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
        raise InvalidInput("channel", say("this channel has no digest"))
    announcement = views.announced(digest)
    answer = await visit.house.gateway.post(channel, announcement.text, announcement.blocks)
    if isinstance(answer, Said):
        when = views.schedule(digest.weekday, digest.post_time)
        return Reply(answers.done(say("Done: {when}.", when=when), done.change.id))
    await visit.house.db.run(changes.undo, replace(visit.actor, request_id=None), done.change.id, visit.now)
    await visit.house.db.run(team.replan, visit.member.workspace_id, channel, visit.now)
    if isinstance(answer, Refused):
        return Reply(views.not_in_channel(visit.channel_name, visit.house.identity.bot_name, done.change.id))
    not_taken = say("Slack did not take the announcement just now, so nothing was set up.")
    return Reply(answers.problem(not_taken, "team"))


async def _switch_off(visit: Visit) -> Reply:
    channel = visit.channel or ""
    if await visit.house.db.run(team.current, visit.member.workspace_id, channel) is None:
        none = say("This channel has no team digest. Nothing was changed.")
        return Reply(answers.problem(none, "team mon 09:30"))
    done = await visit.house.db.run(team.set_up, visit.actor, channel, visit.now, is_on=False)
    return Reply(answers.done(say("No more team digests in this channel."), done.change.id))


async def _answered_here(visit: Visit, *, yes: bool) -> Sent:
    return await _answered_at(visit, visit.number, visit.channel, visit.message_ts, yes=yes)


async def _answered_at(visit: Visit, asked_id: int, channel: str | None, ts: str | None, *, yes: bool) -> Sent:
    """The question answered, and its message, where it stands already, says so."""
    sent = await visit.house.db.run(handover.answer, visit.actor, asked_id, visit.now, yes=yes)
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
    if channel and ts:
        said = notices.answered(notice, yes=yes)
        visit.house.background.start(visit.house.gateway.update(channel, ts, said.text, said.blocks))
    return sent


def _when(visit: Visit, sent: Sent, text: str) -> str:
    """What was done, and when the other hears of it where that is later than now, and why."""
    if sent.heard_at is None:
        return text
    local = visit.member.local(sent.heard_at)
    on = words.day(local.date(), visit.member.local(visit.now).date())
    if not quiet.is_quiet(sent.owner, visit.now):
        enough = say(
            "{name} hears enough from me today: the message comes {day} {time} (your time).",
            name=sent.owner.name,
            day=on,
            time=dates.clock(local),
        )
        return f"{text} {enough}"
    outside = say(
        "It is outside {name}’s hours: the message comes {day} {time} (your time).",
        name=sent.owner.name,
        day=on,
        time=dates.clock(local),
    )
    return f"{text} {outside}"


def _who(sent: Sent) -> str:
    return words.who(sent.prospect.name, sent.prospect.company)
