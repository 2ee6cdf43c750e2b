"""Typed lines about a prospect's place on its cadence, and about a deal that was closed for good."""

import re

from bot.slack.commands import Align, Assign, Command, Jump, Lift, Merge, Reopen, Restart, Skip, Unreadable
from bot.slack.reading.escapes import mentioned
from bot.slack.reading.examples import EXAMPLES
from bot.slack.reading.line import NO_WHO, SOMEBODY, Line, about, clean, echo, name_in, who_and_note
from bot.slack.reading.understood import Problem
from language import say


def read_skip(line: Line) -> Command:
    """`acme -- met them at the fair`."""
    who, reason = who_and_note(line.rest)
    return Skip(who, reason) if who else line.unreadable(line.rest, NO_WHO)


def read_jump(line: Line) -> Command:
    """`acme 3 -- they asked`, `acme to step 3`."""
    who, reason = who_and_note(line.rest)
    found = re.fullmatch(r"(?P<who>.+?)\s+(?:to\s+)?(?:step\s+|#)?(?P<number>[0-9]{1,2})", who)
    if found is None:
        return line.unreadable(line.rest, say("Name somebody and the step's number."), name_in(line.rest))
    return Jump(clean(found["who"]), int(found["number"]), reason)


def read_restart(line: Line) -> Command:
    """`acme -- new contact person`."""
    who, reason = who_and_note(line.rest)
    return Restart(who, reason) if who else line.unreadable(line.rest, NO_WHO)


def read_align(line: Line) -> Command:
    """`acme`."""
    return Align(clean(line.rest)) if clean(line.rest) else line.unreadable("", NO_WHO)


def read_lift(line: Line) -> Command:
    """`acme -- they wrote to us again`."""
    who, reason = who_and_note(line.rest)
    return Lift(who, reason) if who else line.unreadable(line.rest, NO_WHO)


def read_reopen(line: Line) -> Command:
    """`acme -- they called back`."""
    who, note = who_and_note(line.rest)
    return Reopen(who, note) if who else line.unreadable(line.rest, NO_WHO)


def read_merge(line: Line) -> Command:
    """`dana lee into dana li`."""
    found = re.fullmatch(r"(?P<who>.+?)\s+(?:into|with|to)\s+(?P<into>.+)", line.rest, re.IGNORECASE | re.DOTALL)
    if found is None or not (clean(found["who"]) and clean(found["into"])):
        example = EXAMPLES["merge"][0].replace("dana lee", SOMEBODY)
        why, who = say("Name both, with “into” between them."), name_in(line.rest) or "dana lee"
        return Unreadable(line.verb, Problem(echo(line.rest), why, about(f"/followup {example}", who)))
    return Merge(clean(found["who"]), clean(found["into"]))


def read_assign(line: Line) -> Command:
    """`acme @sam`, `acme to @sam`; `@ben to @sam` for all that Ben left behind."""
    *words, person = line.rest.split() or [""]
    who = clean(" ".join(words[:-1] if words[-1:] == ["to"] else words))
    user_id = mentioned(person)
    if not who or not (user_id or re.fullmatch(r"@\S+", person)):
        why = say("Name somebody, and who shall have it with an @ at the end.")
        return line.unreadable(line.rest, why, name_in(line.rest))
    return Assign(who, user_id, "" if user_id else person[1:], mentioned(who))
