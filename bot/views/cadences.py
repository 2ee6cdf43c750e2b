"""Cadences in words and blocks: the list, one of them, its dates, and what a start or a stop did."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.services.cadences import Switched
from bot.views import cadence_deeds, deeds, ids, words
from bot.views.blocks import Block, Message, button, context, divider, escape, message, section
from bot.views.blocks import listed as told
from bot.views.step_buttons import buttons
from cadences import calendar, library
from cadences.engine import NURTURE_EVERY
from cadences.model import Cadence, Delay, DelayUnit, EndAction, Stage, StartsAfter, Step
from cadences.preview import Dated, Missing, Preview, Shift, Skipped
from cadences.words import capital, named
from language import dates, mark, places, say, say_n

AFTER_WORDS = {
    StartsAfter.MEETING: mark("after a meeting"),
    StartsAfter.NO_SHOW: mark("after a no-show"),
    StartsAfter.SILENCE: mark("after silence"),
    StartsAfter.REPLY: mark("after a reply"),
    StartsAfter.SALE: mark("after the sale"),
    StartsAfter.CHECK_IN: mark("after a positive check-in"),
}
MISSING_WORDS = {
    Missing.EMAIL: mark("no email"),
    Missing.PHONE: mark("no phone"),
    Missing.RENEWAL: mark("no renewal date"),
    Missing.TOO_LATE: mark("too close to the renewal"),
}
STEPS_A_BLOCK = 10
"""So that thirty steps stay within a section's 3,000 characters."""


def previewed(preview: Preview, who: str = "") -> Message:
    """The dates it would come to, each with what moved it; ``who`` it was worked out for."""
    cadence = preview.cadence
    head = _if_it_starts(library.name(cadence), who)
    lines, end = dated_lines(preview), say("Then: {end}.", end=dated_end(preview))
    blocks = [section(f"*{escape(head)}*"), *in_sections(lines), context(escape(end))]
    counted = say("Each delay counts from the touch before it.")
    blocks.append(context(escape(f"{_worked(preview)} {counted}")))
    return message(f"{head}: {told(lines)} {end} {_worked(preview)}", blocks)


def started(switched: Switched, now: datetime) -> Message:
    """The prospect is on it: what is next, what ended, Undo."""
    remarks = []
    if switched.ended is not None:
        remarks.append(_ended(switched.ended.cadence, switched.ended.done_number))
    if switched.kept:
        kept = say(
            "You promised that one: it stays in front, and {cadence} goes on from there.", cadence=switched.cadence
        )
        remarks.append(kept)
    return message(*_switched(switched, now, remarks))


def stopped(switched: Switched, now: datetime) -> Message:
    """The prospect is off it: what is next, and the buttons that decide what becomes of it."""
    card = switched.done.card
    remarks = [say("The date somebody named stays.")] if switched.kept else []
    asks = card is not None and card.step is not None and not switched.kept
    if asks:
        remarks.append(say("What is to become of it? Start another cadence, or close, snooze or park it here."))
    text, blocks = _switched(switched, now, remarks)
    if card is not None and card.step is not None and card.is_mine:
        bar = buttons(card.step, card.prospect, card.owner, now)
        blocks += [divider(), bar]
    return message(text, blocks)


def dated_lines(preview: Preview) -> list[str]:
    """Each step in its order: with its date, or with what is missing to make it."""
    lines = {dated.planned.number or 0: dated_line(preview, step, dated) for step, dated in preview.rows}
    lines |= {each.number: _skipped(each) for each in preview.skipped}
    return [f"{number}. {lines[number]}" for number in sorted(lines)]


def _skipped(each: Skipped) -> str:
    missing = say(MISSING_WORDS[each.missing])
    return " · ".join([_what(each.step), say("skipped: {missing}", missing=missing)])


def dated_line(preview: Preview, step: Step, dated: Dated) -> str:
    """``Mon 23 Nov 2026 09:00 · email to say thank you · may move by 1 business day (moved: …)``."""
    parts = [moment(preview, dated), _what(step), _window(step)]
    return " · ".join(parts) + "".join(f" ({why})" for why in shifts(dated))


def dated_end(preview: Preview) -> str:
    """What follows the last step, with its date."""
    if preview.then is None:
        return end_words(preview.cadence)
    on = told_day(calendar.local_date(preview.then.due_at, preview.cal.zone))
    moved = "".join(f" ({why})" for why in shifts(preview.then))
    match preview.cadence.end.action:
        case EndAction.NURTURE:
            return say("{end}, first {day}", end=end_words(preview.cadence), day=on) + moved
        case EndAction.ASK:
            return f"{end_words(preview.cadence)}, {on}{moved}"
        case EndAction.STOP:
            return say("{end}, until {day}", end=end_words(preview.cadence), day=on) + moved


def moment(preview: Preview, dated: Dated) -> str:
    """``Mon 23 Nov 2026 09:00`` on the wall clock it was made for."""
    local = calendar.local(dated.due_at, preview.cal.zone)
    return f"{told_day(local.date())} {dates.clock(local)}"


def shifts(dated: Dated) -> list[str]:
    """Why a date is later than its delay alone would have it, each in words."""
    on = words.day(dated.wanted_on)
    said = {
        Shift.FREE_DAY: _free(dated, on),
        Shift.LEAVE: say("moved: you are away"),
        Shift.NIGHT: say("moved: nothing is due outside of your working hours"),
        Shift.GAP: say("moved: kept apart from the touch before"),
        Shift.FULL_DAY: say("moved: {day} is full", day=on),
    }
    return [why for shift, why in said.items() if shift in dated.shifts]


def _free(dated: Dated, on: str) -> str:
    plain = dates.weekday(dated.wanted_on.weekday())
    if dated.free_because in {None, plain}:
        return say("moved: {day} is a day off", day=on)
    return say("moved: {day} is a day off ({why})", day=on, why=dated.free_because)


def _if_it_starts(name: str, who: str) -> str:
    if who:
        return say("{name} with {who}, if it starts now and nobody answers", name=name, who=who)
    return say("{name}, if it starts now and nobody answers", name=name)


def _ended(cadence: str, done: int) -> str:
    """What ended, and how far it had come."""
    if not done:
        return say("It was on {cadence}, which ended before its first step.", cadence=cadence)
    return say_n(
        "It was on {cadence}, which ended after {count} step.",
        "It was on {cadence}, which ended after {count} steps.",
        done,
        cadence=cadence,
    )


def _switched(switched: Switched, now: datetime, remarks: Sequence[str]) -> tuple[str, list[Block]]:
    change = switched.done.change
    about, deed = deeds.about(change), cadence_deeds.deed(change.facts)
    line, following = f"✓ {capital(deed)}", _next(switched, now)
    spoken = say("Undo: {deed} for {who}", deed=deed, who=about)
    undo = button(say("Undo"), ids.UNDO, change.id, spoken=spoken)
    coming = say("*Next*  {step}", step=escape(following))
    blocks = [section(f"{escape(line)}: *{escape(about)}*", undo), context(coming)]
    blocks += [context(escape(remark)) for remark in remarks]
    return " ".join([f"{line}: {about}.", say("Next: {step}.", step=following), *remarks]), blocks


def _next(switched: Switched, now: datetime) -> str:
    card = switched.done.card
    if card is None or card.step is None:
        return say("nothing planned, the deal is {stage}", stage=named(Stage.WON))
    step = card.step
    place = words.position(step.number, step.of, step.cadence)
    parts = [f"{words.channel(step.channel)} {words.due(step, card.owner, now, zone=True)}"]
    parts += [say("as promised")] if step.promised else []
    parts += [place] if place else []
    return ", ".join([*parts, say("to {purpose}", purpose=words.purpose(step.purpose))])


def step_line(step: Step) -> str:
    """``3 days later · call to propose a meeting · may move by 1 business day``."""
    delay = _delay(step.delay)
    when = say("{delay} before the renewal", delay=delay) if step.before_renewal else say("{delay} later", delay=delay)
    light = [say("light touch")] if step.light else []
    return " · ".join([when, _what(step), *light, _window(step)])


def _what(step: Step) -> str:
    return say("{channel} to {purpose}", channel=words.channel(step.channel), purpose=words.purpose(step.purpose))


def _window(step: Step) -> str:
    return say("may move by {delay}", delay=_delay(step.window)) if step.window.amount else say("must not move")


def _delay(delay: Delay) -> str:
    match delay.unit:
        case DelayUnit.HOURS:
            return say_n("{count} hour", "{count} hours", delay.amount)
        case DelayUnit.DAYS:
            return words.days(delay.amount)
        case DelayUnit.BUSINESS_DAYS:
            return words.business_days(delay.amount)


def end_words(cadence: Cadence) -> str:
    """What follows the last step when nobody answered."""
    match cadence.end.action:
        case EndAction.NURTURE:
            return say("nurture, something useful every {delay}", delay=_delay(cadence.end.every or NURTURE_EVERY))
        case EndAction.ASK:
            return say("you are asked: won, lost or park")
        case EndAction.STOP:
            return say("it is parked")


def in_sections(lines: Sequence[str]) -> list[Block]:
    """Lines below each other, some to a block."""
    parts = [lines[first : first + STEPS_A_BLOCK] for first in range(0, len(lines), STEPS_A_BLOCK)]
    return [section("\n".join(escape(line) for line in part)) for part in parts]


def hint(cadence: Cadence) -> str:
    """What it is meant for, and how to start it."""
    start = say("Start it: {command}", command=f"{ids.COMMAND} cadence start acme {cadence.key}")
    if cadence.starts_after is None:
        return start
    return " ".join([say("Meant for {after}.", after=say(AFTER_WORDS[cadence.starts_after])), start])


def _worked(preview: Preview) -> str:
    return say("For {days}, {zone}.", days=dates.weekdays(preview.cal.workdays), zone=places.zone(preview.cal.zone.key))


def told_day(on: date) -> str:
    """``Mon 23 Nov 2026``; a preview runs far ahead, so the year is always said."""
    return dates.day(on, year=True)
