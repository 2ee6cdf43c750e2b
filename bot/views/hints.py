"""The small print of a next step, in words: each a line of its own."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.services.hints import Hints, LeftOut, Theirs
from bot.storage.records import Member
from bot.views import ids, words
from bot.views.blocks import Block, button
from cadences.model import Channel

MISSING = {Channel.EMAIL: "e-mail address", None: "renewal date"}

CONTACTED = {
    Channel.CALL: "called",
    Channel.EMAIL: "emailed",
    Channel.LINKEDIN: "wrote on LinkedIn to",
    Channel.SMS: "texted",
    Channel.MEETING: "met",
    Channel.VIDEO: "sent a video to",
    Channel.LETTER: "sent a letter to",
}


def lines(hints: Hints, reader: Member, now: datetime) -> list[str]:
    """What is worth knowing beside the plan; mostly nothing."""
    today = reader.local(now).date()
    said = [f"for {hints.for_name}, who is away"] if hints.for_name else []
    said += warning(hints, reader, now)
    if hints.attempt > 1:
        said.append(f"try {hints.attempt} at this step")
    if hints.away_until is not None:
        said.append(f"out of office until {words.day(hints.away_until, today)}")
    if hints.moved_from is not None:
        said.append(f"moved from {words.day(hints.moved_from, today)}: that day is full")
    if hints.theirs is not None:
        said.append(their_time(hints.theirs, reader, now))
    if hints.left_out:
        said.append(left_out(hints.left_out))
    if hints.sent_before:
        said.append(f"sent to them before, send something else: {', '.join(hints.sent_before)}")
    if hints.decides_on is not None:
        said.append(f"they decide {words.day(hints.decides_on, today)}")
    return said


def warning(hints: Hints, reader: Member, now: datetime) -> list[str]:
    """`Ben called Eve at Acme yesterday`: before a second person writes to one company within the gap."""
    colleague = hints.colleague
    if colleague is None or not colleague.is_close(reader, now):
        return []
    ago = (reader.local(now).date() - reader.local(colleague.happened_at).date()).days
    on = {0: "today", 1: "yesterday"}.get(ago, words.day(reader.local(colleague.happened_at).date()))
    whom = f"{colleague.with_name} at {colleague.company}"
    return [f"{colleague.name} {CONTACTED[colleague.channel]} {whom} {on}"]


def left_out(steps: tuple[LeftOut, ...]) -> str:
    """`step 2 (call) skipped: no phone number`."""
    return "; ".join(f"step {each.number} ({_what(each)}) skipped: {_because(each)}" for each in steps)


def their_time(theirs: Theirs, reader: Member, now: datetime) -> str:
    """`14:10 for them (Lisbon, by their phone number); both at work 10:00–17:00`."""
    there = now.astimezone(ZoneInfo(theirs.zone))
    place = theirs.zone.rpartition("/")[2].replace("_", " ")
    source = ", by their phone number" if theirs.inferred else ""
    said = f"{words.clock(there)} for them ({place}{source})"
    if theirs.from_at is None or theirs.until_at is None:
        return f"{said}; no shared hours that day"
    shared = f"{words.clock(reader.local(theirs.from_at))}–{words.clock(reader.local(theirs.until_at))}"
    return f"{said}; both at work {shared}"


def remedies(hints: Hints, prospect_id: int, step_id: int, who: str, today: date) -> list[Block]:
    """Buttons that a hint asks for: the missing detail, or waiting for their date."""
    found = []
    missing = next((_missing(each) for each in hints.left_out if not each.too_close), None)
    if missing:
        found.append(button(f"Add {missing}", ids.EDIT, prospect_id, spoken=f"Add a {missing} for {who}"))
    if hints.decides_on is not None:
        label = f"Wait for {words.day(hints.decides_on, today)}"
        spoken = f"Leave {who} alone until two weeks before they decide"
        found.append(button(label, ids.ALIGN, step_id, spoken=spoken))
    return found


def _what(step: LeftOut) -> str:
    return "before renewal" if step.channel is None else words.CHANNEL_NAMES[step.channel]


def _because(step: LeftOut) -> str:
    return "too close to the renewal" if step.too_close else f"no {_missing(step)}"


def _missing(step: LeftOut) -> str:
    return MISSING.get(step.channel, "phone number")
