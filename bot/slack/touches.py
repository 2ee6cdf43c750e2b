"""Logging touches and replies: by button and form, or typed."""

import datetime as dt

from bot.services import drafting, prospects, snoozes, touches
from bot.services.cards import Card
from bot.services.errors import InvalidInput
from bot.services.prospects import Wish
from bot.services.targets import ByProspect, ByStep
from bot.services.touches import Made, Way
from bot.slack import answering, commands, dates
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.companies import offered
from bot.slack.prospects import named
from bot.views import answers, forms, hints, ids
from bot.views.forms import Origin
from cadences.model import Channel, Mood, Outcome

NOT_NOW_FOR = dt.timedelta(days=snoozes.PARKED_DAYS)
WAYS: dict[commands.ReplyWay | None, Way] = {
    commands.ReplyWay.INTERESTED: Way.INTERESTED,
    commands.ReplyWay.QUESTION: Way.QUESTION,
}
TOO_SLOW = "Slack was too slow to open the form. Nothing was changed."
ONCE_MORE = "Press the button once more."


async def log(visit: Visit, command: commands.Log) -> Reply:
    """A typed touch: the cadence moves, and the answer says what is next."""
    prospect, note = await named(visit, command.who, command.note)
    made = touch_of(command, note)
    done = await visit.house.db.run(touches.log, visit.actor, ByProspect(prospect.id), made, visit.now)
    return await offered(visit, answering.told(done, visit, note=note))


async def replied(visit: Visit, command: commands.Replied) -> Reply:
    """They answered: everything planned stops, and which way it went decides what is next."""
    prospect, note = await named(visit, command.who, command.note)
    made = reply_of(command, note, visit.member.local(visit.now).date())
    done = await visit.house.db.run(touches.log, visit.actor, ByProspect(prospect.id), made, visit.now)
    return await offered(visit, answering.told(done, visit, note=note))


def touch_of(command: commands.Log, note: str) -> Made:
    """A typed touch as it was made."""
    retry = wish_of(command.retry, command.channel)
    return Made(command.channel, command.outcome, note, None, retry, command.mood)


def reply_of(command: commands.Replied, note: str, today: dt.date) -> Made:
    """A typed reply, and what it comes to. InvalidInput for a no without a reason."""
    if command.way is commands.ReplyWay.NO and command.reason is None:
        raise InvalidInput("reason", "why is it no? Say the reason behind it", "replied acme no pricing")
    wish = wish_of(command.when)
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
    return await open_for(visit, forms.log(card, channel, origin(visit, card), remarks=remarks))


async def press_log_other(visit: Visit) -> Reply:
    """The same, with the channel to choose."""
    card = await visit.house.db.run(prospects.card, visit.actor, ByStep(visit.step_id))
    channel = card.step.channel if card.step else Channel.CALL
    remarks = hints.warning(card.hints, visit.member, visit.now)
    return await open_for(visit, forms.log(card, channel, origin(visit, card), choose=True, remarks=remarks))


async def press_replied(visit: Visit) -> Reply:
    """They answered, in one click."""
    made = Made(None, Outcome.REPLIED)
    done = await visit.house.db.run(touches.log, visit.actor, ByStep(visit.step_id), made, visit.now)
    return await offered(visit, answering.told(done, visit))


async def press_outcome(visit: Visit) -> Reply:
    """The second click: an outcome in the form logs at once, with the note that was typed so far."""
    outcome = Outcome(ids.outcome_of(visit.action["action_id"]))
    return await _logged(visit, outcome)


async def submit_log(visit: Visit) -> Reply:
    """The form's own button: the usual outcome of the channel."""
    return await _logged(visit, None)


async def open_for(visit: Visit, form: dict[str, object], example: str = "") -> Reply:
    """Open a step's form; when Slack was too slow, say so, after a typed line with one that needs no form."""
    if await answering.open_form(visit, form):
        return Reply()
    if visit.action:
        return Reply(answers.problem(f"{TOO_SLOW} {ONCE_MORE}"))
    return Reply(answers.problem(f"{TOO_SLOW} You typed: {visit.text}", example))


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


def wish_of(reading: dates.Reading | None, channel: Channel | None = None) -> Wish | None:
    """A typed date as a wish. InvalidInput when it has passed or can be read in two ways."""
    match reading:
        case None:
            return None
        case dates.When(on=on, time=at):
            return Wish(on, at, channel)
        case dates.Past(words=typed):
            raise InvalidInput("when", f"“{typed}” is in the past", "snooze acme fri")
        case dates.Ambiguous(words=typed, readings=(first, second)):
            example = f"{first.on.isoformat()} or {second.on.isoformat()}"
            raise InvalidInput("when", f"“{typed}” can be two dates: write {example}")


async def _logged(visit: Visit, outcome: Outcome | None) -> Reply:
    chosen = visit.value("channel")
    mood = visit.value("mood")
    written = visit.opened_from.draft_id
    sent = await visit.house.db.run(drafting.finished, visit.actor, written) if written else ""
    felt = Mood(mood) if mood else None
    kind = ids.type_of(visit.value("type")) if visit.value("type") else None
    channel = Channel(chosen) if chosen else None
    made = Made(channel, outcome, visit.value("note"), mood=felt, sent=sent, type=kind)
    target = ByStep(visit.opened_from.step_id or 0)
    done = await visit.house.db.run(touches.log, visit.actor, target, made, visit.now)
    return await offered(visit, answering.told(done, visit))
