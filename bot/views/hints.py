"""The small print of a next step, in words: each a line of its own."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.services.hints import Hints, LeftOut, Theirs
from bot.storage.records import Member
from bot.views import ids, words
from bot.views.blocks import Block, button, context, escape
from cadences.model import Channel
from cadences.words import capital
from language import dates, mark, places, say

MISSING = {Channel.EMAIL: mark("email address"), None: mark("renewal date")}
MISSING_ELSE = mark("phone number")

CONTACTED = {
    Channel.CALL: mark("{name} called {whom} {day}"),
    Channel.EMAIL: mark("{name} emailed {whom} {day}"),
    Channel.LINKEDIN: mark("{name} wrote on LinkedIn to {whom} {day}"),
    Channel.SMS: mark("{name} texted {whom} {day}"),
    Channel.MEETING: mark("{name} met {whom} {day}"),
    Channel.VIDEO: mark("{name} sent a video to {whom} {day}"),
    Channel.LETTER: mark("{name} sent a letter to {whom} {day}"),
    Channel.OTHER: mark("{name} contacted {whom} {day}"),
}


AGO = {0: mark("today"), 1: mark("yesterday")}


def lines(hints: Hints, reader: Member, now: datetime) -> list[str]:
    """What is worth knowing beside the plan; mostly nothing."""
    today = reader.local(now).date()
    said = [say("for {name}, who is away", name=hints.for_name)] if hints.for_name else []
    said += warning(hints, reader, now)
    if hints.attempt > 1:
        said.append(say("try {number} at this step", number=hints.attempt))
    if hints.away_until is not None:
        said.append(say("out of office until {day}", day=words.day(hints.away_until, today)))
    if hints.moved_from is not None:
        said.append(say("moved from {day}: that day is full", day=words.day(hints.moved_from, today)))
    if hints.theirs is not None:
        said.append(their_time(hints.theirs, reader, now))
    if hints.best_at is not None:
        said.append(say("best at {time} your time", time=dates.clock(reader.local(hints.best_at))))
    if hints.instead_of is not None:
        said.append(say("planned as {channel}; they prefer it this way", channel=words.channel(hints.instead_of)))
    if hints.left_out:
        said.append(left_out(hints.left_out))
    if hints.sent_before:
        said.append(say("sent to them before, send something else: {links}", links=", ".join(hints.sent_before)))
    if decision := hints.decision(today):
        said.append(say("they decide {day}", day=words.day(decision, today)))
    return said


def warning(hints: Hints, reader: Member, now: datetime) -> list[str]:
    """`Ben called Eve at Acme yesterday`: before a second person writes to one company within the gap."""
    colleague = hints.colleague
    if colleague is None or not colleague.is_close(reader, now):
        return []
    ago = (reader.local(now).date() - reader.local(colleague.happened_at).date()).days
    day = words.day(reader.local(colleague.happened_at).date())
    if ago in AGO:
        day = say(AGO[ago])
    whom = words.who(colleague.with_name, colleague.company)
    return [say(CONTACTED[colleague.channel], name=colleague.name, whom=whom, day=day)]


def told(hints: Hints, reader: Member, now: datetime) -> list[str]:
    """The same as sentences."""
    return [capital(line) + "." for line in lines(hints, reader, now)]


def warned(hints: Hints, reader: Member, now: datetime) -> list[str]:
    """The warning alone, as a sentence."""
    return [capital(line) + "." for line in warning(hints, reader, now)]


def shown(hints: Hints, reader: Member, now: datetime) -> list[Block]:
    """All of it in one block; none where there is nothing to say."""
    said = lines(hints, reader, now)
    return [context(escape(" · ".join(said)))] if said else []


def left_out(steps: tuple[LeftOut, ...]) -> str:
    """`step 2 (call) skipped: no phone number`."""
    return "; ".join(
        say("step {number} ({what}) skipped: {reason}", number=each.number, what=_what(each), reason=_because(each))
        for each in steps
    )


def their_time(theirs: Theirs, reader: Member, now: datetime) -> str:
    """`14:10 for them (Lisbon, by their phone number); both at work 10:00–17:00`."""
    there = now.astimezone(ZoneInfo(theirs.zone))
    place = places.city(theirs.zone)
    said = say("{time} for them ({place})", time=dates.clock(there), place=place)
    if theirs.inferred:
        said = say("{time} for them ({place}, by their phone number)", time=dates.clock(there), place=place)
    hours = say("no shared hours that day")
    if theirs.from_at is not None and theirs.until_at is not None:
        first, last = (dates.clock(reader.local(at)) for at in (theirs.from_at, theirs.until_at))
        hours = say("both at work {first}–{last}", first=first, last=last)
    return f"{said}; {hours}"


def remedies(hints: Hints, prospect_id: int, step_id: int, who: str, today: date) -> list[Block]:
    """Buttons that a hint asks for: the missing detail, or waiting for their date."""
    found = []
    missing = next((_missing(each) for each in hints.left_out if not each.too_close), None)
    if missing:
        spoken = say("Add {missing} for {who}", missing=missing, who=who)
        found.append(button(say("Add {missing}", missing=missing), ids.EDIT, prospect_id, spoken=spoken))
    if decision := hints.decision(today):
        label = say("Wait for {day}", day=words.day(decision, today))
        spoken = say("Wait for {day}, the decision of {who}", day=words.day(decision, today), who=who)
        found.append(button(label, ids.ALIGN, step_id, spoken=spoken))
    return found


def _what(step: LeftOut) -> str:
    return say("before renewal") if step.channel is None else words.channel(step.channel)


def _because(step: LeftOut) -> str:
    return say("too close to the renewal") if step.too_close else say("no {missing}", missing=_missing(step))


def _missing(step: LeftOut) -> str:
    return say(MISSING.get(step.channel, MISSING_ELSE))
