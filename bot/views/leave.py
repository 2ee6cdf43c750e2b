"""Leave: what became of its steps, what a deputy is told, and the welcome back."""

from datetime import date, datetime

from bot.services.free_days import Promise
from bot.services.leave import Away, BackAgain, News
from bot.services.returns import Return
from bot.storage.records import Member
from bot.views import deeds, ids, words
from bot.views.blocks import Block, Message, actions, button, context, escape, field, listed, message, modal, section
from bot.views.cards import snooze_menu
from bot.views.forms import Origin

PROMISES_SHOWN = 10


def away(result: Away, viewer: Member, now: datetime) -> Message:
    """A leave as it was understood, with everything that moved and the promises that did not."""
    today, leave, change = viewer.local(now).date(), result.leave, result.done.change
    parts = [f"✓ Away {_days(leave.starts_on, leave.ends_on, today)}, back {words.day(result.back_on, today)}."]
    parts += _moved(result, today)
    undo = button("Undo", ids.UNDO, change.id, spoken=f"Undo: {deeds.deed(change, viewer, now)}")
    blocks: list[Block] = [section(escape(" ".join(parts)), undo)]
    promised = result.moves.promised[:PROMISES_SHOWN]
    if promised:
        parts.append(_promises(result.moves.promised, today))
        blocks.append(section(escape(parts[-1])))
        blocks += [_promise(promise, result.member, now) for promise in promised]
        blocks.append(actions([_deputy_button(leave.starts_on)]))
    blocks.append(context("No digests and no nudges on these days. `/followup back` ends it."))
    return message(listed(parts), blocks)


def back(result: BackAgain, viewer: Member, now: datetime) -> Message:
    """The leave is over, or will not be."""
    today, change = viewer.local(now).date(), result.done.change
    was = _days(result.leave.starts_on, result.leave.ends_on, today)
    parts = ["✓ Welcome back." if result.leave.starts_on <= today else f"✓ The leave {was} is cancelled."]
    if result.returned:
        parts.append(f"{words.several(result.returned, 'step is', 'steps are')} yours again.")
    elif result.leave.deputy_id is None:
        parts.append("What was moved behind it stays there; undo that leave to bring it back.")
    text = " ".join(parts)
    undo = button("Undo", ids.UNDO, change.id, spoken=f"Undo: {deeds.deed(change, viewer, now)}")
    return message(text, [section(escape(text), undo)])


def news(content: News) -> Message:
    """What a deputy is told, once."""
    days = f"{words.day(content.starts_on)} to {words.day(content.ends_on)}"
    if content.starts_on == content.ends_on:
        days = words.day(content.starts_on)
    held = "Nothing is due in these days yet"
    if content.handed:
        held = f"{words.several(content.handed, 'follow-up')} due in these days {_are(content.handed)} in your list"
    text = f"{content.away_name} is away {days} and named you to stand in. {held}; afterwards they go back."
    return message(text, [section(escape(text))])


def welcome(content: Return, died: int, delivery_id: int | None, today: date) -> tuple[str, list[Block]]:
    """The first lines of the digest after a leave: in words, and with what to do about the dead."""
    parts = ["Welcome back."]
    if content.waited:
        spread = f", the rest is spread to {words.day(content.until_on, today)}" if content.until_on else ""
        parts.append(f"{content.waited} waited; today {content.today}{spread}.")
    if content.touches and content.deputy_name:
        made = words.several(content.touches, "follow-up")
        parts.append(f"{content.deputy_name} made {made} with {words.several(content.touched, 'prospect')} of yours.")
    if died:
        parts.append(f"{died} died meanwhile.")
    text = " ".join(parts)
    blocks: list[Block] = [section(escape(text))]
    if died and delivery_id is not None:
        drop = button("Drop it" if died == 1 else f"Drop all {died}", ids.WELCOME_DROP, delivery_id)
        blocks.append(actions([drop, button("Keep them", ids.WELCOME_KEEP, delivery_id)]))
    return text, blocks


def dropped(count: int, change_id: int) -> Message:
    """What died is closed."""
    text = f"✓ {words.several(count, 'deal')} closed as lost: died while you were away."
    return message(text, [section(text, button("Undo", ids.UNDO, change_id, spoken=f"Undo: {text}"))])


def form(origin: Origin, now_on: date) -> Block:
    """A leave, and who stands in."""
    first = {"type": "datepicker", "initial_date": now_on.isoformat()}
    blocks = [
        field("starts_on", "First day away", first),
        field("ends_on", "Last day away", {"type": "datepicker"}),
        _deputy_field(optional=True),
    ]
    return modal("Add a leave", ids.FORM_LEAVE, blocks, submit="Save", metadata=origin.text())


def deputy_form(origin: Origin, starts_on: date) -> Block:
    """Who stands in for a leave that was written down without anybody."""
    first = {"type": "datepicker", "initial_date": starts_on.isoformat()}
    blocks = [field("starts_on", "The leave that begins on", first), _deputy_field(optional=False)]
    return modal("Name a deputy", ids.FORM_DEPUTY, blocks, submit="Save", metadata=origin.text())


def _deputy_field(*, optional: bool) -> Block:
    hint = "They get what is due on these days, and are told once. Afterwards it comes back to you."
    return field("deputy", "Who stands in", {"type": "users_select"}, optional=optional, hint=hint)


def _moved(result: Away, today: date) -> list[str]:
    if result.deputy is not None:
        if not result.handed:
            return [f"{result.deputy.name} stands in; nothing is due in these days yet."]
        held = words.several(result.handed, "follow-up")
        return [f"{result.deputy.name} stands in and has {held} due in these days."]
    moves = result.moves
    if not moves.moved or moves.until_on is None:
        return []
    until = f" to {words.day(moves.until_on, today)}" if moves.until_on > result.back_on else ""
    count = words.several(moves.moved, "follow-up")
    return [f"{count} moved behind it, spread from {words.day(result.back_on, today)}{until}."]


def _promises(promised: tuple[Promise, ...], today: date) -> str:
    names = "; ".join(f"{words.who(p.name, p.company)} {words.day(p.on, today)}" for p in promised)
    count = "1 promise falls" if len(promised) == 1 else f"{len(promised)} promises fall"
    return f"{count} into your leave: {names}."


def _promise(promise: Promise, viewer: Member, now: datetime) -> Block:
    who = words.who(promise.name, promise.company)
    menu = snooze_menu(who, viewer, now)
    shown = f"*{escape(who)}* {words.day(promise.on)}"
    return section(shown, menu, block_id=ids.aside_block(promise.step_id))


def _deputy_button(starts_on: date) -> Block:
    return button("Name a deputy", ids.LEAVE_DEPUTY, starts_on.isoformat())


def _days(first: date, last: date, today: date) -> str:
    return words.day(first, today) if first == last else f"{words.day(first, today)} to {words.day(last, today)}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
