"""Cadences in words and blocks: the list, one of them, its dates, and what a start or a stop did."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.services.cadences import Switched
from bot.views import cards, ids, words
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
AT_NIGHT = f"moved: nothing is due outside {calendar.WINDOW_STARTS:%H:%M} to {calendar.WINDOW_ENDS:%H:%M}"


def listed(cadences: Sequence[Cadence]) -> Message:
    """Every cadence with what it is for, and a button to look at it."""
    blocks, lines = [section("*Cadences*")], []
    for cadence in cadences:
        steps = words.several(len(cadence.steps), "step")
        look = _button("Show", ids.CADENCE_SHOW, cadence, "Show the cadence")
        blocks.append(section(f"*{cadence.key}* · {steps}\n{escape(cadence.description)}", look))
        lines.append(f"{cadence.key} ({steps}): {cadence.description}")
    hint = f"{ids.COMMAND} cadence start acme persistent"
    blocks.append(context(f"Put somebody on one: `{hint}`"))
    return message(f"Cadences: {told(lines)} Put somebody on one: {hint}", blocks)


def shown(cadence: Cadence) -> Message:
    """One cadence, step by step, and its end."""
    lines = [f"{number}. {_step(step)}" for number, step in enumerate(cadence.steps, start=1)]
    end = f"Then: {_end(cadence)}."
    dates = _button("With dates", ids.CADENCE_PREVIEW, cadence, "Preview with dates")
    head = f"*{escape(cadence.name)}*\n{escape(cadence.description)}"
    blocks = [section(head, dates), *_in_sections(lines), context(escape(end)), context(escape(_hint(cadence)))]
    return message(f"{cadence.name}: {cadence.description} {told(lines)} {end} {_hint(cadence)}", blocks)


def previewed(preview: Preview) -> Message:
    """The dates it would come to, each with what moved it."""
    cadence = preview.cadence
    head = f"{cadence.name}, if it starts now and nobody answers"
    lines = [f"{number}. {dated_line(preview, *row)}" for number, row in enumerate(preview.rows, start=1)]
    end = f"Then: {dated_end(preview)}."
    blocks = [section(f"*{escape(head)}*"), *_in_sections(lines), context(escape(end))]
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


def dated_line(preview: Preview, step: Step, dated: Dated) -> str:
    """``Mon 23 Nov 2026 09:00 · email to say thank you · may move by 1 business day (moved: …)``."""
    parts = [moment(preview, dated), _what(step), _window(step)]
    return " · ".join(parts) + "".join(f" ({why})" for why in shifts(dated))


def dated_end(preview: Preview) -> str:
    """What follows the last step, with its date."""
    if preview.then is None:
        return _end(preview.cadence)
    on = told_day(calendar.local_date(preview.then.due_at, preview.cal.zone))
    moved = "".join(f" ({why})" for why in shifts(preview.then))
    match preview.cadence.end.action:
        case EndAction.NURTURE:
            return f"{_end(preview.cadence)}, first {on}{moved}"
        case EndAction.ASK:
            return f"{_end(preview.cadence)}, {on}{moved}"
        case EndAction.STOP:
            return f"{_end(preview.cadence)}, until {on}{moved}"


def moment(preview: Preview, dated: Dated) -> str:
    """``Mon 23 Nov 2026 09:00`` on the wall clock it was made for."""
    local = calendar.local(dated.due_at, preview.cal.zone)
    return f"{told_day(local.date())} {words.clock(local)}"


def shifts(dated: Dated) -> list[str]:
    """Why a date is later than its delay alone would have it, each in words."""
    said = {
        Shift.FREE_DAY: f"moved: {words.day(dated.wanted_on)} is a day off",
        Shift.NIGHT: AT_NIGHT,
        Shift.GAP: "moved: kept apart from the touch before",
    }
    return [why for shift, why in said.items() if shift in dated.shifts]


def _switched(switched: Switched, now: datetime, remarks: Sequence[str]) -> tuple[str, list[Block]]:
    change = switched.done.change
    about, deed = words.about(change), f"{switched.deed} {switched.cadence}"
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


def _step(step: Step) -> str:
    return f"{_delay(step.delay)} later · {_what(step)} · {_window(step)}"


def _what(step: Step) -> str:
    return f"{words.CHANNEL_NAMES[step.channel]} to {words.PURPOSE_WORDS[step.purpose]}"


def _window(step: Step) -> str:
    return f"may move by {_delay(step.window)}" if step.window.amount else "must not move"


def _delay(delay: Delay) -> str:
    return words.several(delay.amount, UNIT_WORDS[delay.unit])


def _end(cadence: Cadence) -> str:
    match cadence.end.action:
        case EndAction.NURTURE:
            return f"nurture, something useful every {_delay(cadence.end.every or NURTURE_EVERY)}"
        case EndAction.ASK:
            return "you are asked: won, lost or park"
        case EndAction.STOP:
            return "it is parked"


def _button(label: str, action_id: str, cadence: Cadence, spoken: str) -> Block:
    return button(label, action_id, ids.cadence_word(cadence.key), spoken=f"{spoken}: {cadence.name}")


def _in_sections(lines: Sequence[str]) -> list[Block]:
    parts = [lines[first : first + STEPS_A_BLOCK] for first in range(0, len(lines), STEPS_A_BLOCK)]
    return [section("\n".join(escape(line) for line in part)) for part in parts]


def _hint(cadence: Cadence) -> str:
    after = f"Meant for {AFTER_WORDS[cadence.starts_after]}. " if cadence.starts_after else ""
    return f"{after}Start it: {ids.COMMAND} cadence start acme {cadence.key}"


def _worked(preview: Preview) -> str:
    return f"For {words.weekdays(preview.cal.workdays)}, {preview.cal.zone.key}."


def told_day(on: date) -> str:
    """``Mon 23 Nov 2026``; a preview runs far ahead, so the year is always said."""
    return f"{words.day(on)} {on.year}"
