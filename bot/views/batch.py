"""Several rows answered at once: one confirmation with one Undo, or what was wrong with each part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.services.batch import Answered
from bot.services.cards import Done
from bot.services.errors import AsksWhy
from bot.services.giving_up import GivenUp
from bot.services.putting_off import PutOff
from bot.storage.records import Member, Prospect
from bot.views import deeds, giving_up, ids, whys, words
from bot.views.blocks import SENTENCE_ENDS, Block, Message, button, context, escape, listed, message, section, short
from language import say, say_n

LINES_A_BLOCK = 7
"""So many fit a small line, however long the names are."""
FULL_STOP = "."
NAMES_SHOWN = 5
QUESTIONS_SHOWN = 5
"""More at once would be an interrogation; the others are asked the next time."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one part, by its number, and what would work."""

    number: int
    why: str
    example: str


def answered(
    result: Answered, viewer: Member, now: datetime, asked: Sequence[AsksWhy] = (), early: Sequence[GivenUp] = ()
) -> Message:
    """Each row with what became of it and what is next, one Undo for all, and why some were put off once more.

    ``early`` are those who were given up before enough was tried.
    """
    count = len(result.parts)
    title = say_n("✓ {count} follow-up answered", "✓ {count} follow-ups answered", count)
    lines = [_line(number, done, viewer, now) for number, done in result.parts]
    label, spoken = say("Undo"), say("Undo: {deed}", deed=lines[0])
    if count > 1:
        label, spoken = say("Undo all {count}", count=count), say("Undo all {count} answers", count=count)
    undo = button(label, ids.UNDO, result.change.id, spoken=spoken)
    blocks = [section(f"*{title}*", undo), *_in_blocks(lines)]
    for asks in asked[:QUESTIONS_SHOWN]:
        blocks += whys.question_after(asks, viewer, now)
    questions = [whys.follow_up(asks, viewer, now) for asks in asked[:QUESTIONS_SHOWN]]
    remarks = [giving_up.said_after(each) for each in early[:QUESTIONS_SHOWN]]
    blocks += [context(escape(remark)) for remark in remarks]
    return message(" ".join([f"{title}: {listed(lines)}", *questions, *remarks]), blocks)


def put_off(result: PutOff, viewer: Member, now: datetime) -> Message:
    """Each follow-up with its new day, those that were promised and stay, and one Undo for all."""
    title = say_n("✓ {count} follow-up snoozed", "✓ {count} follow-ups snoozed", len(result.parts))
    spoken = say("Undo all: bring them back to where they were")
    undo = button(say("Undo all"), ids.UNDO, result.change.id, spoken=spoken)
    lines = [_said(done, viewer, now) for done in result.parts]
    if result.promised:
        lines.append(_promised(result.promised))
    if result.serial:
        lines.append(_serial(result.serial))
    if result.left:
        lines.insert(0, _left(result.left, len(result.parts)))
    return message(f"{title}: {listed(lines)}", [section(f"*{title}*", undo), *_in_blocks(lines)])


def _promised(found: Sequence[Prospect]) -> str:
    """Whose step was promised for its day."""
    names, more = _names(found), len(found) - NAMES_SHOWN
    if more > 0:
        return say("Promised, so left alone: {names} and {count} more.", names=names, count=more)
    return say("Promised, so left alone: {names}.", names=names)


def _left(count: int, done: int) -> str:
    """How many were too many for one line, and how they are reached: first, as nobody reads hundreds of lines."""
    return say_n(
        "I put off {most} at a time: {count} more stays where it is. Type the same line again for it.",
        "I put off {most} at a time: {count} more stay where they are. Type the same line again for them.",
        count,
        most=done,
    )


def _serial(found: Sequence[Prospect]) -> str:
    """Who was put off once too often; alone they would have been asked about."""
    names, more = _names(found), len(found) - NAMES_SHOWN
    if more > 0:
        return say(
            "For the third time in a row or more: {names} and {count} more. Say why with `{line}`.",
            names=names,
            count=more,
            line=whys.SNOOZE_LINE,
        )
    line = whys.SNOOZE_LINE
    return say("For the third time in a row or more: {names}. Say why with `{line}`.", names=names, line=line)


def _names(found: Sequence[Prospect]) -> str:
    return ", ".join(words.who(short(each.name), short(each.company)) for each in found[:NAMES_SHOWN])


def refused(problems: Sequence[Problem]) -> Message:
    """Nothing was changed: every bad part by its number, each with an example that works."""
    title = say_n(
        "Nothing was changed: one part can’t be done.",
        "Nothing was changed: {count} parts can’t be done.",
        len(problems),
    )
    lines = [_why(problem) for problem in problems]
    return message(f"{title} {listed(lines)}", [section(f"*{title}*"), *_in_blocks(lines)])


def _line(number: int, done: Done, viewer: Member, now: datetime) -> str:
    """`1. Dana Li at Acme: called, no answer; next: email Thu 26 Nov`."""
    return f"{number}. {_said(done, viewer, now)}"


def _said(done: Done, viewer: Member, now: datetime) -> str:
    change = done.change
    who = words.who(short(change.facts["name"]), short(change.facts.get("company")))
    said = ", ".join(filter(None, [deeds.deed(change, viewer, now), deeds.outcome(change)]))
    step = done.card.step if done.card else None
    leads_on = step is not None and change.kind in deeds.LEADS_ON
    if step is None or not leads_on:
        return f"{who}: {said}."
    return say("{who}: {deed}; next: {step}.", who=who, deed=said, step=words.next_step(step, viewer, now))


def _why(problem: Problem) -> str:
    number = f"{problem.number}: " if problem.number else ""
    why = problem.why.rstrip(" .")
    why += "" if why.endswith(SENTENCE_ENDS) else FULL_STOP
    told = f"{number}{why}"
    if not problem.example:
        return told
    return " ".join([told, say("For example: {line}", line=f"{ids.COMMAND} {problem.example}")])


def _in_blocks(lines: Sequence[str]) -> list[Block]:
    return [
        context("\n".join(escape(line) for line in lines[start : start + LINES_A_BLOCK]))
        for start in range(0, len(lines), LINES_A_BLOCK)
    ]
