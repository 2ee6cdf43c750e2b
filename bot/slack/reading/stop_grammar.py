"""A stop is for good: one that says for how long is no stop, and the snooze that does it is offered instead."""

import re

from bot.slack.commands import Command, StopContact, Unreadable
from bot.slack.reading.doubts import FOR_A_WHILE
from bot.slack.reading.examples import EXAMPLES
from bot.slack.reading.line import NO_WHO, Line, echo, who_and_note
from bot.slack.reading.segments import split_note
from bot.slack.reading.understood import Problem
from language import mark, say

SNOOZE, ANYBODY, ANY_DAY = EXAMPLES["snooze"][0].split()
"""What does it instead; of whom, and until when, where a line does not say so."""
_ENDS = re.compile(
    r"(?:until|till|til|bis|before)\s|for (?:now|a while|a bit|some time)\b|(?:this|next) (?:week|month|quarter|year)",
    re.IGNORECASE,
)
_LEFT_ALONE = re.compile(
    rf"(?P<who>.*?)(?:^|[\s,])(?P<long>(?:bis|{'|'.join(sorted(FOR_A_WHILE - {'yet', 'now'}))})\s+\S.*)",
    re.IGNORECASE | re.DOTALL,
)
NOT_FOR_GOOD = mark(
    "A stop is for good: nobody is reminded to contact them again. To leave them alone for a while, snooze them."
)


def read_stop(line: Line) -> Command:
    """`acme -- asked us by mail`."""
    whom = re.sub(r"^(?:contacting|contact|stop) ", "", line.rest)
    if alone := left_alone(line, split_note(whom)[0]):
        return alone
    who, note = who_and_note(whom)
    return StopContact(who, note) if who else line.unreadable(line.rest, NO_WHO)


def left_alone(line: Line, text: str, who: str = "") -> Unreadable | None:
    """`gus until march`: no stop for good, so the snooze that does it is offered; None where no end is said."""
    found = _for_a_while(text)
    if found is None:
        return None
    until = line.date(found[1]) is not None
    if not until and not _ENDS.match(found[1]):
        return None
    day = found[1] if until else ANY_DAY
    example = f"/followup {SNOOZE} {who or found[0] or ANYBODY} {day}"
    return Unreadable(SNOOZE, Problem(echo(found[1]), say(NOT_FOR_GOOD), echo(example)))


def _for_a_while(text: str) -> tuple[str, str] | None:
    """`gus until march`: whom to leave alone, and the words that say for how long; None where it is for good."""
    found = _LEFT_ALONE.fullmatch(text)
    return (found["who"].rstrip(" ,:"), found["long"]) if found else None
