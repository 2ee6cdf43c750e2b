"""Cadences: looked at, previewed, started and stopped."""

from typing import assert_never

from bot.services import cadences
from bot.services.targets import ByProspect
from bot.slack import commands
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.prospects import named
from bot.views import cadences as drawn
from bot.views import ids
from cadences import library
from cadences.preview import preview


async def cadence(visit: Visit, command: commands.Cadence) -> Reply:
    """Whatever was asked about cadences; nothing lists them."""
    match command.ask:
        case None:
            return Reply(drawn.listed(library.all()))
        case commands.CadenceShow(words=words):
            return _shown(words)
        case commands.CadencePreview(words=words):
            return _previewed(visit, words)
        case commands.CadenceStart():
            return await _start(visit, command.ask)
        case commands.CadenceStop():
            return await _stop(visit, command.ask)
        case _:
            assert_never(command.ask)


async def press_show(visit: Visit) -> Reply:
    """A button that names a cadence: its steps."""
    return _shown(_key(visit))


async def press_preview(visit: Visit) -> Reply:
    """The same, with dates."""
    return _previewed(visit, _key(visit))


async def _start(visit: Visit, ask: commands.CadenceStart) -> Reply:
    chosen = cadences.known(ask.words)
    prospect, note = await named(visit, ask.who, ask.note)
    target = ByProspect(prospect.id)
    switched = await visit.house.db.run(cadences.start, visit.actor, target, chosen, visit.now, note)
    return Reply(drawn.started(switched, visit.now), switched.done)


async def _stop(visit: Visit, ask: commands.CadenceStop) -> Reply:
    prospect, note = await named(visit, ask.who, ask.note)
    switched = await visit.house.db.run(cadences.stop, visit.actor, ByProspect(prospect.id), visit.now, note)
    return Reply(drawn.stopped(switched, visit.now), switched.done)


def _shown(words: str) -> Reply:
    return Reply(drawn.shown(cadences.known(words)))


def _previewed(visit: Visit, words: str) -> Reply:
    return Reply(drawn.previewed(preview(cadences.known(words), visit.now, visit.member.calendar)))


def _key(visit: Visit) -> str:
    return ids.cadence_key(str(visit.action.get("value", "")))
