"""The two-minute day: several rows answered in one typed line, all or none."""

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import assert_never

from bot.services import batch, closing, contact, giving_up, notes, positions, putting_off, snoozes, touches
from bot.services.actor import Actor
from bot.services.batch import Act, Answer
from bot.services.cards import Done
from bot.services.errors import DomainError, InvalidInput, MovedOn
from bot.services.targets import Target
from bot.slack import commands, errors, mentions
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.closing import win_of
from bot.slack.free_days import worked
from bot.slack.reading import batch_grammar
from bot.slack.touches import reply_of, touch_of, wish_of
from bot.storage.engine import Database
from bot.views import batch as views
from bot.views import deeds, words
from cadences.model import LostReason
from cadences.words import capital
from language import say


async def rows(visit: Visit, command: commands.Batch) -> Reply:
    """All of it and one confirmation, or nothing and every bad part by its number."""
    answers = [Answer(part.number, partial(_do, await _spelt_out(visit, part.command))) for part in command.parts]
    run = visit.house.db.run
    try:
        answered = await run(batch.answer, visit.actor, answers, visit.now)
    except batch.Refused as refused:
        verbs = {part.number: part.command.verb for part in command.parts}
        return Reply(views.refused([_problem(visit, n, verbs.get(n, ""), why) for n, why in refused.problems]))
    done = Done(answered.change)
    others = tuple(each.card for _, each in answered.parts if each.card is not None)
    asked = [await run(snoozes.ask_after, visit.actor, each, visit.now) for _, each in answered.parts]
    why_again = [each for each in asked if each is not None]
    told = views.answered(answered, visit.member, visit.now, why_again, await _given_up(visit, command, answered))
    return Reply(told, done, others=others)


async def _given_up(visit: Visit, command: commands.Batch, answered: batch.Answered) -> list[giving_up.GivenUp]:
    """Who was given up before enough was tried; not those of whom it was said to be lost anyway."""
    lost = [(part.number, part.command) for part in command.parts if isinstance(part.command, commands.Lost)]
    insisted = {number for number, each in lost if each.insists}
    parts = [done for number, done in answered.parts if number not in insisted]
    found = [await visit.house.db.run(giving_up.ask_after, done) for done in parts]
    return [each for each in found if each is not None]


async def snooze_all(visit: Visit, command: commands.SnoozeAll) -> Reply:
    """Several rows put off, spread where the day is full, with one undo."""
    wish = wish_of(command.when)
    on = wish.on if wish else visit.member.local(visit.now).date()
    put_off = await visit.house.db.run(putting_off.snooze_all, visit.actor, command.which, on, visit.now)
    others = tuple(each.card for each in put_off.parts if each.card is not None)
    return Reply(views.put_off(put_off, visit.member, visit.now), Done(put_off.change), others=others)


async def _spelt_out(visit: Visit, command: commands.PartCommand) -> commands.PartCommand:
    """The part with names in what is kept of it, in place of mentions."""
    match command:
        case commands.Skip() | commands.Jump() | commands.Restart():
            return replace(command, reason=await mentions.spelt_out(visit, command.reason))
        case commands.Note():
            return replace(command, words=await mentions.spelt_out(visit, command.words))
        case commands.Align() | commands.Unreadable():
            return command
        case _:
            return replace(command, note=await mentions.spelt_out(visit, command.note))


def _do(command: commands.PartCommand, db: Database, actor: Actor, target: Target, now: dt.datetime) -> Done:
    return _deed(command, actor.member.local(now).date())(db, actor, target, now)


def _deed(command: commands.PartCommand, today: dt.date) -> Act:  # noqa: C901 - one flat table, a verb a line
    """What a part does to its row. InvalidInput for what was not understood, or is not complete."""
    match command:
        case commands.Log(note=note):
            return lambda db, actor, target, now: touches.log(
                db, actor, target, touch_of(command, note, actor.member, now), now
            )
        case commands.Replied(note=note):
            return lambda db, actor, target, now: touches.log(db, actor, target, reply_of(command, note, today), now)
        case commands.Snooze(when=when, note=note, why=because):
            wish = wish_of(when)
            on, at = (wish.on, wish.at) if wish else (today, None)
            return lambda db, actor, target, now: snoozes.snooze(
                db, actor, target, worked(actor.member, now, when, on), at, now, note, because, asks=False
            )
        case commands.Won(note=note):
            return lambda db, actor, target, now: closing.won(db, actor, target, win_of(command, note), now)
        case commands.Lost(reason=LostReason() as reason, note=note, again_in_months=again):
            return _lost(reason, note, again)
        case commands.Lost():
            raise InvalidInput("reason", say("say why it is lost"))
        case commands.Park(when=until, note=note):
            later = wish_of(until)
            until_on = later.on if later else None
            return lambda db, actor, target, now: snoozes.park(db, actor, target, until_on, now, note)
        case commands.Skip(reason=why):
            return lambda db, actor, target, now: positions.skip(db, actor, target, why, now)
        case commands.Jump(number=number, reason=why):
            return lambda db, actor, target, now: positions.jump(db, actor, target, number, why, now)
        case commands.Restart(reason=why):
            return lambda db, actor, target, now: positions.restart(db, actor, target, why, now)
        case commands.Align():
            return positions.align
        case commands.OutOfOffice(when=when, note=note):
            back = wish_of(when)
            if back is None:
                raise InvalidInput("when", say("until when are they away?"))
            return lambda db, actor, target, now: touches.out_of_office(db, actor, target, back.on, now, note)
        case commands.StopContact(note=note):
            return lambda db, actor, target, now: contact.stop(db, actor, target, note, now)
        case commands.Note(words=text):
            return lambda db, actor, target, now: notes.add(db, actor, target, text, now)
        case commands.Unreadable(problem=problem):
            why = problem.reason
            if problem.words:
                why = say("“{words}”: {reason}", words=problem.words, reason=why)
            raise InvalidInput("words", why)
    assert_never(command)


def _lost(reason: LostReason, note: str, again: int | None) -> Act:
    return lambda db, actor, target, now: closing.lost(
        db, actor, target, reason, note, now, again_in_months=again, asks=False
    )


def _problem(visit: Visit, number: int, verb: str, error: DomainError) -> views.Problem:
    """What is wrong with one part, with what would work."""
    example = f"{number or 1} {batch_grammar.EXAMPLES.get(verb, batch_grammar.EXAMPLES['log'])}"
    match error:
        case InvalidInput(why=why):
            return views.Problem(number, capital(why), example)
        case MovedOn(prospect=prospect, since=since, by=by):
            who = words.who(prospect.name, prospect.company)
            what = deeds.deed(since, visit.member, visit.now) if since else say("it was planned anew")
            moved_on = say("{who} moved on since: {what}", who=who, what=what)
            if by is not None and by.id != visit.member.id:
                moved_on = say("{who} moved on since: {what} by {name}", who=who, what=what, name=by.name)
            return views.Problem(number, moved_on, "")
        case _:
            return views.Problem(number, errors.briefly(error, visit), "")
