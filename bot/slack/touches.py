"""Logging touches and replies: by button and form, or typed."""

import datetime as dt
from dataclasses import replace

from bot.services import drafting, prospects, snoozes, touches
from bot.services.cards import Card
from bot.services.errors import InvalidInput
from bot.services.promises import Wish
from bot.services.targets import ByProspect, ByStep
from bot.services.touches import Made, Way
from bot.slack import answering, commands
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.companies import offered
from bot.slack.prospects import named
from bot.slack.reading import dates
from bot.storage.records import Member
from bot.views import forms, hints, ids
from bot.views import touches as views
from bot.views.forms import Origin
from cadences import calendar
from cadences.model import Channel, Mood, Outcome
from language import say

SNOOZE = "snooze acme fri"
RETRY = "log acme call no answer, retry fri"
NOT_NOW_FOR = dt.timedelta(days=snoozes.PARKED_DAYS)
WAYS: dict[commands.ReplyWay | None, Way] = {
    commands.ReplyWay.INTERESTED: Way.INTERESTED,
    commands.ReplyWay.QUESTION: Way.QUESTION,
}


async def log(visit: Visit, command: commands.Log) -> Reply:
    """A typed touch: the cadence moves, and the answer says what is next."""
    prospect, note = await named(visit, command.who, command.note)
    made = touch_of(command, note, visit.member, visit.now)
    done = await visit.house.db.run(touches.log, visit.actor, ByProspect(prospect.id), made, visit.now)
    return await offered(visit, answering.told(done, visit, *views.kind(command.kind), *views.promise(done), note=note))


async def replied(visit: Visit, command: commands.Replied) -> Reply:
    """They answered: everything planned stops, and which way it went decides what is next."""
    prospect, note = await named(visit, command.who, command.note)
    made = reply_of(command, note, visit.member.local(visit.now).date())
    done = await visit.house.db.run(touches.log, visit.actor, ByProspect(prospect.id), made, visit.now)
    return await offered(visit, answering.told(done, visit, note=note))


def touch_of(command: commands.Log, note: str, member: Member, now: dt.datetime) -> Made:
    """A typed touch as it was made."""
    retry = wish_of(command.retry, command.channel, RETRY)
    made_on = wish_of(command.when)
    made_at = moment_of(made_on.on, made_on.at, member, now) if made_on else None
    made = Made(command.channel, command.outcome, note, made_at, retry, command.mood)
    return replace(made, type=command.kind, via=command.via)


def moment_of(on: dt.date, at: dt.time | None, member: Member, now: dt.datetime) -> dt.datetime | None:
    """The moment of a touch that was made on a day; None for today, without a time: just now."""
    if at is None and on == member.local(now).date():
        return None
    return calendar.resolve(on, at or touches.UNTIMED, member.calendar.zone)


def reply_of(command: commands.Replied, note: str, today: dt.date) -> Made:
    """A typed reply, and what it comes to. InvalidInput for a no without a reason."""
    if command.way is commands.ReplyWay.NO and command.reason is None:
        raise InvalidInput("reason", say("why is it no? Say the reason behind it"), "replied acme no pricing")
    wish = wish_of(command.when, example="replied acme not now until march")
    park_until = wish.on if wish else None
    if command.way is commands.ReplyWay.NOT_NOW and park_until is None:
        park_until = today + NOT_NOW_FOR
    return Made(None, Outcome.REPLIED, note, way=WAYS.get(command.way), park_until=park_until, lost=command.reason)


async def press_way(visit: Visit) -> Reply:
    """Which way the reply went: the answer to it stays, or the meeting track begins."""
    way = Way.INTERESTED if visit.action.get("action_id") == ids.INTERESTED else Way.QUESTION
    done = await visit.house.db.run(touches.answered, visit.actor, ByStep(visit.step_id), way, visit.now)
    return answering.told(done, visit)


async def press_log(visit: Visit) -> Reply:
    """The first button of a row: the form for the step's own channel."""
    card = await visit.house.db.run(prospects.card, visit.actor, ByStep(visit.step_id))
    channel = card.step.channel if card.step else Channel.CALL
    remarks = hints.warning(card.hints, visit.member, visit.now)
    today = visit.member.local(visit.now).date()
    return await answering.open_form(visit, forms.log(card, channel, origin(visit, card), remarks=remarks, today=today))


async def press_log_other(visit: Visit) -> Reply:
    """The same, with the channel to choose."""
    card = await visit.house.db.run(prospects.card, visit.actor, ByStep(visit.step_id))
    channel = card.step.channel if card.step else Channel.CALL
    remarks = hints.warning(card.hints, visit.member, visit.now)
    own = await visit.house.db.run(touches.own_channels, visit.actor)
    today, from_here = visit.member.local(visit.now).date(), origin(visit, card)
    form = forms.log(card, channel, from_here, choose=True, remarks=remarks, own=own, today=today)
    return await answering.open_form(visit, form)


async def press_replied(visit: Visit) -> Reply:
    """They answered, in one click."""
    made = Made(None, Outcome.REPLIED)
    done = await visit.house.db.run(touches.log, visit.actor, ByStep(visit.step_id), made, visit.now)
    return await offered(visit, answering.told(done, visit))


async def press_outcome(visit: Visit) -> Reply:
    """The second click: an outcome in the form logs at once, with the note that was typed so far."""
    outcome = Outcome(ids.outcome_of(visit.action["action_id"]))
    try:
        return await _logged(visit, outcome)
    except InvalidInput as error:  # the form stays, with all that was typed
        await answering.show_in_form(visit, forms.again(visit.view or {}, error.why))
        return Reply()


async def submit_log(visit: Visit) -> Reply:
    """The form's own button: the usual outcome of the channel."""
    return await _logged(visit, None)


def origin(visit: Visit, card: Card) -> Origin:
    """Where a step's form is opened from, and which step it is about."""
    return Origin(
        step_id=card.step.id if card.step else None,
        prospect_id=card.prospect.id,
        channel=visit.channel,
        ts=visit.message_ts,
        response_url=visit.response_url,
        is_listed=visit.is_listed or None,
    )


def wish_of(reading: dates.Reading | None, channel: Channel | None = None, example: str = SNOOZE) -> Wish | None:
    """A typed date as a wish. InvalidInput when it has passed or can be read in two ways."""
    match reading:
        case None:
            return None
        case dates.When(on=on, time=at):
            return Wish(on, at, channel)
        case dates.Past(words=typed):
            raise InvalidInput("when", say("“{words}” is in the past", words=typed), example)
        case dates.Ambiguous(words=typed, readings=(first, second)):
            either = {"one": first.on.isoformat(), "other": second.on.isoformat()}
            raise InvalidInput("when", say("“{words}” can be two dates: write {one} or {other}", words=typed, **either))


async def chosen_channel(visit: Visit) -> tuple[Channel | None, str | None]:
    """The channel of a form: one we know, one of the team's own by its name, or none where it wasn't asked."""
    chosen, typed = visit.value("channel"), visit.value("via").strip()
    if typed:
        return Channel.OTHER, typed
    if chosen.startswith(ids.OWN_CHANNEL):
        number = int(chosen.removeprefix(ids.OWN_CHANNEL))
        return Channel.OTHER, await visit.house.db.run(touches.own_channel, visit.actor, number)
    if chosen == Channel.OTHER:
        raise InvalidInput("via", say("say which channel it was"), touches.EXAMPLE)
    return Channel(chosen) if chosen else None, None


def made_on(visit: Visit) -> dt.datetime | None:
    """The day of a form as a moment; None for today. InvalidInput at its field for a day ahead."""
    if not visit.value("on"):
        return None
    on = dt.date.fromisoformat(visit.value("on"))
    if on > visit.member.local(visit.now).date():
        raise InvalidInput("on", say("that day has not come yet"), "log acme call yesterday voicemail")
    return moment_of(on, None, visit.member, visit.now)


async def _logged(visit: Visit, outcome: Outcome | None) -> Reply:
    mood = visit.value("mood")
    written = visit.opened_from.draft_id
    sent = await visit.house.db.run(drafting.finished, visit.actor, written) if written else ""
    felt = Mood(mood) if mood else None
    kind = ids.type_of(visit.value("type")) if visit.value("type") else None
    channel, via = await chosen_channel(visit)
    made = Made(channel, outcome, visit.value("note"), made_on(visit), mood=felt, sent=sent, type=kind, via=via)
    target = ByStep(visit.opened_from.step_id or 0)
    done = await visit.house.db.run(touches.log, visit.actor, target, made, visit.now)
    return await offered(visit, answering.told(done, visit, *views.promise(done)))
