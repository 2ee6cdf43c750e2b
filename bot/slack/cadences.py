"""Cadences: looked at, previewed, started and stopped, deleted, suggested."""

from typing import assert_never

from bot.services import cadences, definitions, previews, retiring, rules
from bot.services.errors import InvalidInput
from bot.services.retiring import Ending
from bot.services.targets import ByProspect
from bot.slack import answering, authoring
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.commands import cadences as cadence_commands
from bot.slack.commands.cadences import (
    Cadence,
    CadencePreview,
    CadenceRule,
    CadenceRuleRemove,
    CadenceRules,
    CadenceStart,
    CadenceStop,
)
from bot.slack.prospects import named
from bot.slack.reading.prefs import prefs_of
from bot.views import authoring as authored
from bot.views import cadence_forms, cadence_pages, ids, words
from bot.views import cadences as drawn
from cadences.definition import dump
from language import mark, say

REFERRAL = "referral"
NO_RULE = mark("there is no rule {number}; the list has their numbers")


async def cadence(visit: Visit, command: Cadence) -> Reply:
    """Whatever was asked about cadences; nothing lists them."""
    match command.ask:
        case None:
            return await _listed(visit)
        case cadence_commands.CadenceShow(words=typed, as_text=as_text):
            return await (_as_text(visit, typed) if as_text else _shown(visit, typed))
        case CadencePreview():
            return await _previewed(visit, command.ask)
        case CadenceStart():
            return await _start(visit, command.ask)
        case CadenceStop():
            return await _stop(visit, command.ask)
        case cadence_commands.CadenceNew():
            return await authoring.new(visit, command.ask)
        case cadence_commands.CadenceEdit():
            return await authoring.edit(visit, command.ask)
        case cadence_commands.CadenceFork():
            return await authoring.fork(visit, command.ask)
        case cadence_commands.CadenceDelete(words=typed, ending=ending):
            return await (_deleted_by_name(visit, typed, ending) if ending else _ask_deletion(visit, typed))
        case CadenceRule() | CadenceRuleRemove() | CadenceRules():
            return await _about_rules(visit, command.ask)
        case _:
            assert_never(command.ask)


async def _about_rules(visit: Visit, ask: CadenceRule | CadenceRuleRemove | CadenceRules) -> Reply:
    match ask:
        case CadenceRule():
            return await _rule(visit, ask)
        case CadenceRuleRemove(number=number):
            return await _rule_removed(visit, number)
        case CadenceRules():
            return await _rules(visit)


async def press_show(visit: Visit) -> Reply:
    """A button that names a cadence: its steps."""
    return await _shown(visit, authoring.key_of(visit))


async def press_preview(visit: Visit) -> Reply:
    """The same, with dates."""
    return await _previewed(visit, CadencePreview(authoring.key_of(visit)))


async def press_text(visit: Visit) -> Reply:
    """The same, as text to paste elsewhere."""
    return await _as_text(visit, authoring.key_of(visit))


async def press_referral(visit: Visit) -> Reply:
    """The referral steps with a customer who is happy."""
    return await _started(visit, visit.number, REFERRAL)


async def press_start(visit: Visit) -> Reply:
    """The cadence that was suggested, for this prospect."""
    word = str(visit.action.get("action_id", "")).removeprefix(ids.CADENCE_START)
    return await _started(visit, visit.number, ids.cadence_key(word))


async def press_delete(visit: Visit) -> Reply:
    """A cadence is to go: what becomes of those on it?"""
    return await _ask_deletion(visit, authoring.key_of(visit))


async def press_finish(visit: Visit) -> Reply:
    """Deleted; who is on it finishes it."""
    return await _deleted(visit, Ending.FINISH)


async def press_stop(visit: Visit) -> Reply:
    """Deleted; everybody comes off it."""
    return await _deleted(visit, Ending.STOP)


async def press_remove_rule(visit: Visit) -> Reply:
    """A rule, taken away."""
    return Reply(authored.ruled(await visit.house.db.run(rules.remove, visit.actor, visit.number, visit.now), ""))


async def _listed(visit: Visit) -> Reply:
    return Reply(cadence_pages.listed(await visit.house.db.run(definitions.offered, visit.actor), visit.member))


async def _shown(visit: Visit, typed: str) -> Reply:
    return Reply(cadence_pages.shown(await visit.house.db.run(definitions.named, visit.actor, typed), visit.member))


async def _as_text(visit: Visit, typed: str) -> Reply:
    """In a message where it fits, else in a form with as many fields as it takes."""
    found = await visit.house.db.run(definitions.named, visit.actor, typed)
    text = dump(found.cadence)
    said = cadence_pages.as_text(found.cadence, text)
    if said is not None:
        return Reply(said)
    return await answering.open_form(visit, cadence_forms.as_text(found.cadence, text))


async def _previewed(visit: Visit, ask: CadencePreview) -> Reply:
    found = (await visit.house.db.run(definitions.named, visit.actor, ask.words)).cadence
    if not ask.who:
        dated = await visit.house.db.run(previews.plain, visit.actor, found, visit.now)
        return Reply(drawn.previewed(dated))
    prospect, _ = await named(visit, ask.who)
    dated = await visit.house.db.run(previews.with_prospect, visit.actor, found, prospect.id, visit.now)
    return Reply(drawn.previewed(dated, words.who(prospect.name, prospect.company)))


async def _start(visit: Visit, ask: CadenceStart) -> Reply:
    await visit.house.db.run(definitions.startable, visit.actor, ask.words)
    prospect, note = await named(visit, ask.who, ask.note)
    return await _started(visit, prospect.id, ask.words, note)


async def _started(visit: Visit, prospect_id: int, typed: str, note: str = "") -> Reply:
    chosen = await visit.house.db.run(definitions.startable, visit.actor, typed)
    target = ByProspect(prospect_id)
    switched = await visit.house.db.run(cadences.start, visit.actor, target, chosen, visit.now, note)
    return Reply(drawn.started(switched, visit.now), switched.done)


async def _stop(visit: Visit, ask: CadenceStop) -> Reply:
    prospect, note = await named(visit, ask.who, ask.note)
    switched = await visit.house.db.run(cadences.stop, visit.actor, ByProspect(prospect.id), visit.now, note)
    return Reply(drawn.stopped(switched, visit.now), switched.done)


async def _ask_deletion(visit: Visit, typed: str) -> Reply:
    found, count = await visit.house.db.run(retiring.to_delete, visit.actor, typed)
    return Reply(cadence_pages.asked_deletion(found, count))


async def _deleted(visit: Visit, ending: Ending) -> Reply:
    key = authoring.key_of(visit)
    return Reply(cadence_pages.deleted(await visit.house.db.run(retiring.retire, visit.actor, key, ending, visit.now)))


async def _deleted_by_name(visit: Visit, typed: str, ending: Ending) -> Reply:
    found, _ = await visit.house.db.run(retiring.to_delete, visit.actor, typed)
    key = found.cadence.key
    return Reply(cadence_pages.deleted(await visit.house.db.run(retiring.retire, visit.actor, key, ending, visit.now)))


async def _rule_removed(visit: Visit, number: int) -> Reply:
    listed = await visit.house.db.run(rules.listed, visit.actor)
    if not 1 <= number <= len(listed):
        raise InvalidInput("rule", say(NO_RULE, number=number), "cadence rules")
    removed = await visit.house.db.run(rules.remove, visit.actor, listed[number - 1].id, visit.now)
    return Reply(authored.ruled(removed, ""))


async def _rule(visit: Visit, ask: CadenceRule) -> Reply:
    done, rule = await visit.house.db.run(rules.add, visit.actor, ask.words, ask.conditions, visit.now)
    return Reply(authored.ruled(done, authored.for_whom(rule, prefs_of(visit.member).default_currency)))


async def _rules(visit: Visit) -> Reply:
    found = await visit.house.db.run(rules.listed, visit.actor)
    return Reply(authored.rules_listed(found, visit.member, prefs_of(visit.member).default_currency))
