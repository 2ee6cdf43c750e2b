"""Several rows answered at once: one confirmation with one Undo, or what was wrong with each part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.services.batch import Answered
from bot.services.cards import Done
from bot.services.putting_off import PutOff
from bot.storage.records import Member
from bot.views import deeds, ids, words
from bot.views.blocks import Block, Message, button, context, escape, listed, message, section, short

LINES_A_BLOCK = 7
"""So many fit a small line, however long the names are."""
FULL_STOP = "."
NAMES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one part, by its number, and what would work."""

    number: int
    why: str
    example: str


def answered(result: Answered, viewer: Member, now: datetime) -> Message:
    """Each row with what became of it and what is next, and one Undo for all."""
    count = len(result.parts)
    title = f"✓ {words.several(count, 'follow-up')} answered"
    undo = button(
        "Undo" if count == 1 else f"Undo all {count}",
        ids.UNDO,
        result.change.id,
        spoken=f"Undo all {count} answers" if count > 1 else f"Undo: {_line(*result.parts[0], viewer, now)}",
    )
    lines = [_line(number, done, viewer, now) for number, done in result.parts]
    return message(f"{title}: {listed(lines)}", [section(f"*{title}*", undo), *_in_blocks(lines)])


def put_off(result: PutOff, viewer: Member, now: datetime) -> Message:
    """Each follow-up with its new day, those that were promised and stay, and one Undo for all."""
    title = f"✓ {words.several(len(result.parts), 'follow-up')} snoozed"
    undo = button("Undo all", ids.UNDO, result.change.id, spoken="Undo all: bring them back to where they were")
    lines = [_said(done, viewer, now) for done in result.parts]
    if result.promised:
        names = ", ".join(words.who(short(each.name), short(each.company)) for each in result.promised[:NAMES_SHOWN])
        more = len(result.promised) - NAMES_SHOWN
        lines.append(f"Promised, so left alone: {names}{f' and {more} more' if more > 0 else ''}.")
    return message(f"{title}: {listed(lines)}", [section(f"*{title}*", undo), *_in_blocks(lines)])


def refused(problems: Sequence[Problem]) -> Message:
    """Nothing was changed: every bad part by its number, each with an example that works."""
    title = "Nothing was changed" + (
        ": one part can’t be done." if len(problems) == 1 else f": {len(problems)} parts can’t be done."
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
    following = f"; next: {words.next_step(step, viewer, now)}" if step is not None and leads_on else ""
    return f"{who}: {said}{following}."


def _why(problem: Problem) -> str:
    number = f"{problem.number}: " if problem.number else ""
    why = problem.why.rstrip(" .") + FULL_STOP
    example = f" For example: {ids.COMMAND} {problem.example}" if problem.example else ""
    return f"{number}{why}{example}"


def _in_blocks(lines: Sequence[str]) -> list[Block]:
    return [
        context("\n".join(escape(line) for line in lines[start : start + LINES_A_BLOCK]))
        for start in range(0, len(lines), LINES_A_BLOCK)
    ]
