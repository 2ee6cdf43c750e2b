"""The team digest: set up in its channel; nudge and take over in its rows. And ``stalled``."""

import datetime as dt
from dataclasses import replace
from typing import Any

from bot import outbox
from bot.gateway import Refused, Said
from bot.services import changes, handover, stalling, team
from bot.services.errors import InvalidInput
from bot.services.fates import Stand
from bot.services.handover import Earlier, Sent
from bot.services.targets import ByProspect, ByStep, Target
from bot.slack import answering, commands
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.handover import check_receiver, fate_of, look_at_owner, told
from bot.slack.handover import sent as sent_now
from bot.slack.leavers import give_all
from bot.slack.prospects import named
from bot.slack.reading import examples
from bot.views import answers, fates, words
from bot.views import team as views
from bot.views.fates import News
from language import mark, say

TOMORROW = mark("Ask again tomorrow.")


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
    return Reply(answers.problem(await _told(visit, sent, News.NUDGE)))


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
    if sent.done is not None:
        told_of_it = [await _told(visit, sent, News.CHANGE)] if sent.delivery_id else []
        return answering.told(sent.done, visit, *told_of_it)
    if sent.earlier is not None:
        return Reply(answers.problem(await _asked_before(visit, sent, sent.earlier)))
    return Reply(answers.problem(await _told(visit, sent, News.QUESTION)))


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
    """The owner hands over; the question says so where it stands."""
    sent = await visit.house.db.run(handover.answer, visit.actor, visit.number, visit.now, yes=True)
    await _told(visit, sent, News.CHANGE)
    return Reply(None, sent.done)


async def press_no(visit: Visit) -> Reply:
    """The owner keeps it."""
    sent = await visit.house.db.run(handover.answer, visit.actor, visit.number, visit.now, yes=False)
    await _told(visit, sent, News.CHANGE)
    return Reply(None)


async def keep(visit: Visit, command: commands.Keep) -> Reply:
    """The same, typed; of several who asked the first."""
    prospect, _ = await named(visit, command.who)
    asked = await visit.house.db.run(handover.asked_about, visit.actor, prospect.id)
    sent = await visit.house.db.run(handover.answer, visit.actor, asked.id, visit.now, yes=False)
    told_of_it = await _told(visit, sent, News.CHANGE)
    await outbox.redraw(visit.house, asked)
    kept = say("{who} stays yours.", who=_who(sent))
    return Reply(answers.problem(f"{kept} {told_of_it}"))


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


async def _told(visit: Visit, sent: Sent, news: News) -> str:
    """The other hears of it now, or later: what became of it, in words."""
    if sent.delivery_id is None:
        return ""
    return fates.told(news, await sent_now(visit, sent.delivery_id), visit.member, _who(sent))


async def _asked_before(visit: Visit, sent: Sent, earlier: Earlier) -> str:
    """She was asked that already today: what she said to it, or whether she heard it at all."""
    name, who = sent.owner.name, _who(sent)
    if earlier.answered_at is not None:
        answered = words.moment(earlier.answered_at, visit.member, visit.now)
        if earlier.was_yes:
            again = say(
                "{name} handed {who} over already ({time}), and has it again.", name=name, who=who, time=answered
            )
            return f"{again} {say(TOMORROW)}"
        kept = say("{name} answered already ({time}) and keeps {who}.", name=name, who=who, time=answered)
        return f"{kept} {say(TOMORROW)}"
    fate = await fate_of(visit, earlier.delivery_id)
    if fate.stand is Stand.NEVER:
        return f"{fates.told(News.QUESTION, fate, visit.member, who)} {say(TOMORROW)}"
    if fate.stand is not Stand.SAID:
        return fates.told(News.QUESTION, fate, visit.member, who)
    asked = words.moment(earlier.asked_at, visit.member, visit.now)
    return say(
        "{name} was asked already ({time}) to hand {who} over to you. You will hear the answer.",
        name=name,
        who=who,
        time=asked,
    )


def _who(sent: Sent) -> str:
    return words.who(sent.prospect.name, sent.prospect.company)
