"""Hears Slack: one catch-all per surface that looks the id up; a listener each would cost every request."""

import re
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.house import House
from bot.services.errors import DomainError, InvalidInput
from bot.slack import actor, answering, commands, errors, members, routes, shorthands
from bot.slack.actor import Outsider, Payload, Unreachable, Visit
from bot.slack.answering import Reply
from bot.slack.reading import examples, grammar, line
from bot.slack.routes import Press
from bot.views import answers, ids
from bot.views.blocks import Block, Message
from language import mark, say, speaking

log = structlog.get_logger(__name__)

ANY = re.compile(".*", re.DOTALL)
EXAMPLE_PREFIX = f"{ids.COMMAND} "
WORD_QUOTED = 40
UNKNOWN_BUTTON = mark("I don't know that button any more. Nothing was changed; `/followup` shows your day.")
HOME_OPENED = "app_home_opened"


def register(app: AsyncApp, house: House) -> None:
    """Put the catch-alls into a Bolt app."""

    async def on_command(ack: AsyncAck, body: Payload) -> None:
        # Nothing to say (a form was opened) is an empty answer: Slack takes no empty message.
        await ack(await _command(house, body) or "")

    async def on_action(ack: AsyncAck, body: Payload) -> None:
        await _action(house, body)
        await ack()

    async def on_shortcut(ack: AsyncAck, body: Payload) -> None:
        await _shortcut(house, body)
        await ack()

    async def on_typing(ack: AsyncAck, body: Payload) -> None:
        await ack(options=await _suggestions(house, body))

    async def on_submission(ack: AsyncAck, body: Payload) -> None:
        await ack(**await _submission(house, body))

    async def on_event(body: Payload, event: Payload) -> None:
        await _event(house, body, event)

    async def on_error(error: Exception, request: AsyncBoltRequest) -> BoltResponse:
        del request
        errors.apology(error)
        return BoltResponse(status=500, body="")

    app.command(ANY)(on_command)
    app.action(ANY)(on_action)
    app.shortcut(ANY)(on_shortcut)
    app.options(ANY)(on_typing)
    app.view(ANY)(on_submission)
    app.event(ANY)(on_event)
    app.error(on_error)


async def _command(house: House, body: Payload) -> dict[str, Any] | None:
    """A typed line: what it means, done, and the answer for the same response."""
    try:
        visit = await actor.from_command(house, body)
    except (Outsider, Unreachable) as error:
        return answering.body(errors.stranger(error))
    with speaking(visit.member.speaks):
        return await answering.command(visit, await _answered(visit, _obey))


async def _answered(visit: Visit, work: Press) -> Reply:
    """What ``work`` says, or what went wrong, in words."""
    try:
        return await work(visit)
    except DomainError as error:
        return Reply(await errors.explain(visit, error))
    except Exception as error:  # noqa: BLE001 - the one handler that apologises for what nobody foresaw
        return Reply(errors.apology(error))


async def _obey(visit: Visit) -> Reply:
    typed = grammar.read(visit.text, visit.member.local(visit.now), prefs=await shorthands.habits(visit))
    match typed:
        case commands.Help(topic=topic):
            return _help(topic)
        case commands.Unknown(text=line_typed, understood=understood, nearest=nearest):
            text = say("I don't know “{word}”.", word=_first_word(line_typed))
            if understood:
                text = say("I understood {what}, but not what to do with it.", what=understood)
            unchanged = say("{what} Nothing was changed.", what=text)
            return Reply(answers.problem(unchanged, (nearest or "help").removeprefix(EXAMPLE_PREFIX)))
        case commands.Unreadable(problem=problem):
            quoted = problem.reason
            if problem.words not in problem.reason:
                quoted = say("“{words}”: {reason}", words=problem.words, reason=problem.reason)
            text = say("{what} Nothing was changed.", what=quoted)
            return Reply(answers.problem(text, problem.example.removeprefix(EXAMPLE_PREFIX)))
        case _:
            return await _done(visit, typed)


async def _done(visit: Visit, typed: commands.Command) -> Reply:
    """What a line comes to; the example of a mistake is about whom it named."""
    try:
        return await routes.COMMANDS[type(typed)](visit, typed)
    except InvalidInput as error:
        named = "" if isinstance(typed, commands.Edit) else getattr(typed, "who", "")  # an edit's may hold details
        error.example = line.about(error.example, named)
        raise


def _first_word(text: str) -> str:
    return next(iter(text.split()), "")[:WORD_QUOTED]


def _help(topic: str | None) -> Reply:
    known = examples.EXAMPLES.get(topic or "")
    rows = [known, *examples.FURTHER.get(topic or "", ())] if known else examples.EXAMPLES.values()
    return Reply(answers.help_text(rows, topic if known else None))


async def _action(house: House, body: Payload) -> None:
    try:
        visit = await actor.from_action(house, body)
    except (Outsider, Unreachable) as error:
        await _tell_stranger(house, body, error)
        return
    with speaking(visit.member.speaks):
        await answering.press(visit, await _answered(visit, _handler(visit) or _unknown))


async def _unknown(_visit: Visit) -> Reply:
    """A button of a message so old that its action is gone."""
    return Reply(answers.problem(say(UNKNOWN_BUTTON)))


async def _nothing(_visit: Visit) -> Reply:
    """Nothing was asked; what is shown is drawn anew, as it is."""
    return Reply()


def _handler(visit: Visit) -> Press | None:
    """The feature behind an id. Inputs of a form send no press that means anything by itself."""
    if visit.is_emptied:
        return _nothing
    action_id = str(visit.action.get("action_id", ""))
    if action_id == ids.MORE:
        return routes.MENU.get(visit.chosen)
    for prefix, handler in routes.PREFIXED.items():
        if action_id.startswith(prefix):
            return handler
    return routes.ACTIONS.get(action_id)


async def _shortcut(house: House, body: Payload) -> None:
    """A shortcut, from a message's menu or from anywhere."""
    try:
        visit = await actor.from_shortcut(house, body)
    except (Outsider, Unreachable) as error:
        await _tell_stranger(house, body, error)
        return
    with speaking(visit.member.speaks):
        await answering.shortcut(visit, await _answered(visit, routes.SHORTCUTS.get(body["callback_id"], _unknown)))


async def _suggestions(house: House, body: Payload) -> list[Block]:
    """What a menu offers for what was typed into it so far; nothing where there is nobody to ask."""
    try:
        visit = await actor.from_typing(house, body)
        with speaking(visit.member.speaks):
            return await routes.SUGGESTIONS[body["action_id"]](visit)
    except (Outsider, Unreachable, KeyError):
        return []
    except Exception as error:  # noqa: BLE001 - as for commands; a menu has no room for an apology
        errors.apology(error)
        return []


async def _submission(house: House, body: Payload) -> dict[str, Any]:
    """A form: closed when it was carried out; an error is shown at its field, and nothing typed is lost."""
    try:
        visit = await actor.from_submission(house, body)
    except (Outsider, Unreachable) as error:
        return _turned_away(body["view"], errors.stranger(error))
    with speaking(visit.member.speaks):
        return await _sent(visit, body)


async def _sent(visit: Visit, body: Payload) -> dict[str, Any]:
    try:
        reply = await routes.FORMS[body["view"]["callback_id"]](visit)
    except DomainError as error:
        if isinstance(error, InvalidInput) and _inputs(body["view"]):
            return _at_field(body["view"], error)
        reply = Reply(await errors.explain(visit, error))
        return {"response_action": "update", "view": answering.as_form(reply, body["view"])}
    except Exception as error:  # noqa: BLE001 - as for commands
        return {"response_action": "update", "view": answering.as_form(Reply(errors.apology(error)))}
    if reply.form is not None:
        return {"response_action": "update", "view": reply.form}
    await answering.submission(visit, reply)
    return {"response_action": "clear"}


def _turned_away(view: Payload, why: Message) -> dict[str, Any]:
    """To whoever may not send it: at the first field, or in place of a form that only asks for a yes."""
    if _inputs(view):
        return _at_field(view, InvalidInput("", why.text))
    return {"response_action": "update", "view": answering.as_form(Reply(why))}


def _at_field(view: Payload, error: InvalidInput) -> dict[str, Any]:
    inputs = _inputs(view)
    said = {_field(inputs, each): errors.sentence(each.why) for each in (error, *error.also)}
    return {"response_action": "errors", "errors": said}


def _inputs(view: Payload) -> list[str]:
    """The fields of a form; one that only asks for a yes has none."""
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def _field(inputs: list[str], error: InvalidInput) -> str:
    wanted = error.field if error.field in inputs else routes.FIELD_OF_ERROR.get(error.field, error.field)
    return wanted if wanted in inputs else inputs[0]


async def _event(house: House, body: Payload, event: Payload) -> None:
    """Something happened in Slack. A redelivered event finds everything done: each handler may run twice."""
    kind = str(event.get("type"))
    if kind == HOME_OPENED:
        try:
            now = house.clock()
            member = await actor.who(house, str(body.get("team_id", "")), event["user"], now)
        except (Outsider, Unreachable):
            return
        with speaking(member.speaks):
            await members.home_opened(house, event, member)
    elif kind in routes.EVENTS:
        await routes.EVENTS[kind](house, event)


async def _tell_stranger(house: House, body: Payload, error: Outsider | Unreachable) -> None:
    url = body.get("response_url")
    if url:
        said = {**answering.body(errors.stranger(error)), "replace_original": False}
        house.background.start(house.gateway.respond(url, said))
