"""Cadences in words and blocks: the list, one of them, its dates, and what a start or a stop did."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.services.cadences import Switched
from bot.views import cards, deeds, ids, words
from bot.views.blocks import Block, Message, button, context, divider, escape, message, section
from bot.views.blocks import listed as told
from cadences import calendar
from cadences.engine import NURTURE_EVERY
from cadences.model import Cadence, Delay, DelayUnit, EndAction, Stage, StartsAfter, Step
from cadences.preview import Dated, Preview, Shift

UNIT_WORDS = {DelayUnit.HOURS: "hour", DelayUnit.DAYS: "day", DelayUnit.BUSINESS_DAYS: "business day"}
AFTER_WORDS = {
    StartsAfter.MEETING: "after a meeting",
    StartsAfter.NO_SHOW: "after a no-show",
    StartsAfter.SILENCE: "after silence",
    StartsAfter.REPLY: "after a reply",
    StartsAfter.SALE: "after the sale",
    StartsAfter.CHECK_IN: "after a positive check-in",
}
STEPS_A_BLOCK = 10
"""So that thirty steps stay within a section's 3,000 characters."""
AT_NIGHT = "moved: nothing is due outside of your working hours"


def previewed(preview: Preview, who: str = "") -> Message:
    """The dates it would come to, each with what moved it; ``who`` it was worked out for."""
    cadence = preview.cadence
    head = f"{cadence.name}{f' with {who}' if who else ''}, if it starts now and nobody answers"
    lines, end = dated_lines(preview), f"Then: {dated_end(preview)}."
    blocks = [section(f"*{escape(head)}*"), *in_sections(lines), context(escape(end))]
    blocks.append(context(escape(f"{_worked(preview)} Each delay counts from the touch before it.")))
    return message(f"{head}: {told(lines)} {end} {_worked(preview)}", blocks)


def started(switched: Switched, now: datetime) -> Message:
    """The prospect is on it: what is next, what ended, Undo."""
    remarks = []
    if switched.ended is not None:
        done = switched.ended.done_number
        when = f"after {words.several(done, 'step')}" if done else "before its first step"
        remarks.append(f"It was on {switched.ended.cadence}, which ended {when}.")
    if switched.kept:
        remarks.append(f"You promised that one: it stays in front, and {switched.cadence} goes on from there.")
    return message(*_switched(switched, now, remarks))


def stopped(switched: Switched, now: datetime) -> Message:
    """The prospect is off it: what is next, and the buttons that decide what becomes of it."""
    card = switched.done.card
    remarks = ["The date somebody named stays."] if switched.kept else []
    asks = card is not None and card.step is not None and not switched.kept
    if asks:
        remarks.append("What is to become of it? Start another cadence, or close, snooze or park it here.")
    text, blocks = _switched(switched, now, remarks)
    if card is not None and card.step is not None and card.is_mine:
        bar = cards.buttons(card.step, card.prospect.name, card.prospect.company, card.owner, now)
        blocks += [divider(), bar]
    return message(text, blocks)


def dated_lines(preview: Preview) -> list[str]:
    """Each step in its order: with its date, or with what is missing to make it."""
    lines = {dated.planned.number or 0: dated_line(preview, step, dated) for step, dated in preview.rows}
    lines |= {each.number: f"{_what(each.step)} · skipped: {each.missing}" for each in preview.skipped}
    return [f"{number}. {lines[number]}" for number in sorted(lines)]


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
            return f"{end_words(preview.cadence)}, first {on}{moved}"
        case EndAction.ASK:
            return f"{end_words(preview.cadence)}, {on}{moved}"
        case EndAction.STOP:
            return f"{end_words(preview.cadence)}, until {on}{moved}"


def moment(preview: Preview, dated: Dated) -> str:
    """``Mon 23 Nov 2026 09:00`` on the wall clock it was made for."""
    local = calendar.local(dated.due_at, preview.cal.zone)
    return f"{told_day(local.date())} {words.clock(local)}"


def shifts(dated: Dated) -> list[str]:
    """Why a date is later than its delay alone would have it, each in words."""
    on = words.day(dated.wanted_on)
    named = f" ({dated.free_because})" if dated.free_because and dated.free_because not in words.DAY_NAMES else ""
    said = {
        Shift.FREE_DAY: f"moved: {on} is a day off{named}",
        Shift.LEAVE: "moved: you are away",
        Shift.NIGHT: AT_NIGHT,
        Shift.GAP: "moved: kept apart from the touch before",
        Shift.FULL_DAY: f"moved: {on} is full",
    }
    return [why for shift, why in said.items() if shift in dated.shifts]


def _switched(switched: Switched, now: datetime, remarks: Sequence[str]) -> tuple[str, list[Block]]:
    change = switched.done.change
    about, deed = deeds.about(change), f"{switched.deed} {switched.cadence}"
    line = f"✓ {deed[:1].upper()}{deed[1:]}"
    following = _next(switched, now)
    undo = button("Undo", ids.UNDO, change.id, spoken=f"Undo: {deed} for {about}")
    blocks = [section(f"{escape(line)}: *{escape(about)}*", undo), context(f"*Next*  {escape(following)}")]
    blocks += [context(escape(remark)) for remark in remarks]
    return " ".join([f"{line}: {about}. Next: {following}.", *remarks]), blocks


def _next(switched: Switched, now: datetime) -> str:
    card = switched.done.card
    if card is None or card.step is None:
        return f"nothing planned, the deal is {Stage.WON.value}"
    step = card.step
    place = words.position(step.number, step.of, step.cadence)
    parts = [f"{words.CHANNEL_NAMES[step.channel]} {words.due(step, card.owner, now, zone=True)}"]
    parts += ["as promised"] if step.promised else []
    parts += [place] if place else []
    return ", ".join([*parts, f"to {words.PURPOSE_WORDS[step.purpose]}"])


def step_line(step: Step) -> str:
    """``3 days later · call to propose a meeting · may move by 1 business day``."""
    when = "before the renewal" if step.before_renewal else "later"
    return f"{_delay(step.delay)} {when} · {_what(step)} · {_window(step)}"


def _what(step: Step) -> str:
    return f"{words.CHANNEL_NAMES[step.channel]} to {words.PURPOSE_WORDS[step.purpose]}"


def _window(step: Step) -> str:
    return f"may move by {_delay(step.window)}" if step.window.amount else "must not move"


def _delay(delay: Delay) -> str:
    return words.several(delay.amount, UNIT_WORDS[delay.unit])


def end_words(cadence: Cadence) -> str:
    """What follows the last step when nobody answered."""
    match cadence.end.action:
        case EndAction.NURTURE:
            return f"nurture, something useful every {_delay(cadence.end.every or NURTURE_EVERY)}"
        case EndAction.ASK:
            return "you are asked: won, lost or park"
        case EndAction.STOP:
            return "it is parked"


def in_sections(lines: Sequence[str]) -> list[Block]:
    """Lines below each other, some to a block."""
    parts = [lines[first : first + STEPS_A_BLOCK] for first in range(0, len(lines), STEPS_A_BLOCK)]
    return [section("\n".join(escape(line) for line in part)) for part in parts]


def hint(cadence: Cadence) -> str:
    """What it is meant for, and how to start it."""
    after = f"Meant for {AFTER_WORDS[cadence.starts_after]}. " if cadence.starts_after else ""
    return f"{after}Start it: {ids.COMMAND} cadence start acme {cadence.key}"


def _worked(preview: Preview) -> str:
    return f"For {words.weekdays(preview.cal.workdays)}, {preview.cal.zone.key}."


def told_day(on: date) -> str:
    """``Mon 23 Nov 2026``; a preview runs far ahead, so the year is always said."""
    return f"{words.day(on)} {on.year}"
