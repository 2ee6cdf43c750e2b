"""Won and lost: by form, or typed."""

import datetime as dt

from bot.gateway import Said
from bot.services import closing, prospects
from bot.services.cards import Done
from bot.services.closing import Win
from bot.services.errors import InvalidInput
from bot.services.targets import ByProspect, ByStep
from bot.slack import answering, commands
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.prospects import named
from bot.slack.reading import money
from bot.slack.reading.prefs import prefs_of
from bot.slack.touches import origin, wish_of
from bot.views import answers, deeds, forms
from bot.views.blocks import message, section
from cadences.model import LostReason
from language import say


async def won(visit: Visit, command: commands.Won) -> Reply:
    """Won, for the amount that was typed or the one expected."""
    prospect, note = await named(visit, command.who, command.note)
    win = win_of(command, note)
    done = await visit.house.db.run(closing.won, visit.actor, ByProspect(prospect.id), win, visit.now)
    return answering.told(done, visit, note=note)


def win_of(command: commands.Won, note: str) -> Win:
    """A typed win."""
    amount, day = command.amount, wish_of(command.on)
    minor, currency = (amount.amount_minor, amount.currency) if amount else (None, None)
    assumed = amount is not None and amount.assumed
    return Win(minor, currency, day.on if day else None, note, command.post_sale, assumed)


async def lost(visit: Visit, command: commands.Lost) -> Reply:
    """Lost, with the reason; without one the form asks for it."""
    prospect, note = await named(visit, command.who, command.note)
    target = ByProspect(prospect.id)
    if command.reason is None:
        card = await visit.house.db.run(prospects.card, visit.actor, target)
        form = forms.lost(card, origin(visit, card), note)
        return await answering.open_form(visit, form)
    done = await visit.house.db.run(
        closing.lost,
        visit.actor,
        target,
        command.reason,
        note,
        visit.now,
        again_in_months=command.again_in_months,
        asks=not command.insists,
    )
    return answering.told(done, visit, note=note)


async def reopen(visit: Visit, command: commands.Reopen) -> Reply:
    """A closed deal is open again."""
    prospect, note = await named(visit, command.who, command.note)
    done = await visit.house.db.run(closing.reopen, visit.actor, ByProspect(prospect.id), visit.now, note)
    return answering.told(done, visit, note=note)


async def press_reopen(visit: Visit) -> Reply:
    """The same, by the button on a closed deal's card."""
    done = await visit.house.db.run(closing.reopen, visit.actor, ByProspect(visit.number), visit.now)
    return answering.told(done, visit)


async def press_won(visit: Visit) -> Reply:
    """The form: amount, day, what decided it."""
    card = await visit.house.db.run(prospects.card, visit.actor, ByStep(visit.step_id))
    return await answering.open_form(visit, forms.won(card, origin(visit, card), visit.now))


async def press_lost(visit: Visit) -> Reply:
    """The form: why."""
    card = await visit.house.db.run(prospects.card, visit.actor, ByStep(visit.step_id))
    return await answering.open_form(visit, forms.lost(card, origin(visit, card)))


async def submit_won(visit: Visit) -> Reply:
    """Won, as the form says; a channel hears of it if one was chosen."""
    win = win_in_form(visit)
    target = ByStep(visit.opened_from.step_id or 0)
    done = await visit.house.db.run(closing.won, visit.actor, target, win, visit.now)
    if visit.value("tell"):
        visit.house.background.start(_tell(visit, done, visit.value("tell")))
    return answering.told(done, visit)


def win_in_form(visit: Visit) -> Win:
    """The win as a form says it. InvalidInput for an amount that can't be read."""
    typed = visit.value("amount")
    amount = money.read(typed, prefs_of(visit.member).default_currency, bare=True) if typed else None
    if typed and amount is None:
        raise InvalidInput("amount", say("I can't read that amount: try $12k or 12000 EUR"))
    return Win(
        amount.amount_minor if amount else None,
        amount.currency if amount else None,
        dt.date.fromisoformat(visit.value("on")),
        visit.value("note"),
        post_sale=forms.POST_SALE in visit.values("after"),
        currency_assumed=amount is not None and amount.assumed,
    )


async def submit_lost(visit: Visit) -> Reply:
    """Lost, for the chosen reason."""
    target, reason = ByStep(visit.opened_from.step_id or 0), LostReason(visit.value("reason"))
    again = visit.value("again")
    done = await visit.house.db.run(
        closing.lost,
        visit.actor,
        target,
        reason,
        visit.value("note"),
        visit.now,
        again_in_months=int(again) if again.isdecimal() else None,
    )
    return answering.told(done, visit)


async def _tell(visit: Visit, done: Done, channel: str) -> None:
    """The good news, without the amount; a channel that we can't see is said to the one who chose it."""
    text = say("🏆 {name} won {who}!", name=visit.member.name, who=deeds.about(done.change))
    news = message(text, [section(text)])
    answer = await visit.house.gateway.post(channel, news.text, news.blocks)
    if not isinstance(answer, Said):
        name = visit.house.identity.bot_name
        text = say("The deal is won, but I can't post in that channel: type /invite @{name} there.", name=name)
        await answering.said_aside(visit, visit.opened_from.response_url, answers.problem(text))
