"""Leave: what became of its steps, what a deputy is told, and the welcome back."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.services.deputy_news import News
from bot.services.free_days import Promise
from bot.services.leave import Away, BackAgain
from bot.services.returns import Return
from bot.storage.records import Change, Member, Prospect
from bot.views import deeds, ids, words
from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    escape,
    field,
    listed,
    message,
    modal,
    section,
    short,
)
from bot.views.forms import Origin
from bot.views.step_buttons import snooze_menu
from language import say, say_n

PROMISES_SHOWN = 10
NAMES_SHOWN = 5


def away(result: Away, viewer: Member, now: datetime) -> Message:
    """A leave as it was understood, with everything that moved and the promises that did not."""
    today, leave, change = viewer.local(now).date(), result.leave, result.done.change
    days = _days(leave.starts_on, leave.ends_on, today)
    parts = [say("✓ Away {days}, back {day}.", days=days, day=words.day(result.back_on, today))]
    parts += _moved(result, today)
    blocks: list[Block] = [section(escape(" ".join(parts)), _undo(change, viewer, now))]
    promised = result.moves.promised[:PROMISES_SHOWN]
    if promised:
        parts.append(_promises(result.moves.promised, today))
        blocks.append(section(escape(parts[-1])))
        blocks += [_promise(promise, result.member, now) for promise in promised]
        blocks.append(actions([_deputy_button(leave.starts_on)]))
    blocks.append(context(say("No digests and no nudges on these days. `/followup back` ends it.")))
    return message(listed(parts), blocks)


def back(result: BackAgain, viewer: Member, now: datetime) -> Message:
    """The leave is over, or will not be."""
    today, change = viewer.local(now).date(), result.done.change
    was = _days(result.leave.starts_on, result.leave.ends_on, today)
    cancelled = result.leave.starts_on > today
    parts = [say("✓ The leave {days} is cancelled.", days=was) if cancelled else say("✓ Welcome back.")]
    if result.returned:
        parts.append(say_n("{count} step is yours again.", "{count} steps are yours again.", result.returned))
    elif result.leave.deputy_id is None:
        parts.append(say("What was moved behind it stays there; undo that leave to bring it back."))
    text = " ".join(parts)
    return message(text, [section(escape(text), _undo(change, viewer, now))])


def news(content: News) -> Message:
    """What a deputy is told, once."""
    days = _days(content.starts_on, content.ends_on, None)
    parts = [say("{name} is away {days} and named you to stand in.", name=content.away_name, days=days), _held(content)]
    if content.begins:
        parts.append(say("What is overdue when the leave begins comes to you as well."))
    text = " ".join(parts)
    return message(text, [section(escape(text))])


def no_longer(content: News) -> Message:
    """The same message once the leave was undone, ended early, or given to another deputy."""
    days = _days(content.starts_on, content.ends_on, None)
    name = content.away_name
    text = say("{name}’s leave {days}: you stand in no longer; what you held of it went back.", name=name, days=days)
    return message(text, [section(escape(text))])


def _held(content: News) -> str:
    count, late = content.handed, content.late
    if not count:
        return say("Nothing is due in these days yet; afterwards they go back.")
    if not late:
        return say_n(
            "{count} follow-up due in these days is in your list; afterwards they go back.",
            "{count} follow-ups due in these days are in your list; afterwards they go back.",
            count,
        )
    if late == count:
        return say_n(
            "{count} overdue follow-up is in your list, and nothing else yet; afterwards it goes back.",
            "{count} overdue follow-ups are in your list, and nothing else yet; afterwards they go back.",
            count,
        )
    return say_n(
        "{count} follow-up is in your list: {late} overdue, {ahead} due in these days; afterwards it goes back.",
        "{count} follow-ups are in your list: {late} overdue, {ahead} due in these days; afterwards they go back.",
        count,
        late=late,
        ahead=count - late,
    )


def welcome(content: Return, died: Sequence[Prospect], delivery_id: int | None, today: date) -> tuple[str, list[Block]]:
    """The first lines of the digest after a leave: in words, and with what to do about the dead."""
    parts = [say("Welcome back.")]
    if content.waited:
        parts.append(_waited(content, today))
    if content.touches and content.deputy_name:
        made = say_n("{count} follow-up", "{count} follow-ups", content.touches)
        whom = say_n("{count} prospect", "{count} prospects", content.touched)
        parts.append(say("{name} made {made} with {whom} of yours.", name=content.deputy_name, made=made, whom=whom))
    if died:
        parts.append(say("{count} died meanwhile: {names}.", count=len(died), names=_names(died)))
    text = " ".join(parts)
    blocks: list[Block] = [section(escape(text))]
    if died and delivery_id is not None:
        label = say_n("Drop it", "Drop all {count}", len(died))
        drop = button(label, ids.WELCOME_DROP, delivery_id)
        blocks.append(actions([drop, button(say("Keep them"), ids.WELCOME_KEEP, delivery_id)]))
    return text, blocks


def dropped(count: int, change_id: int) -> Message:
    """What died is closed."""
    text = say_n(
        "✓ {count} deal closed as lost: died while you were away.",
        "✓ {count} deals closed as lost: died while you were away.",
        count,
    )
    undo = button(say("Undo"), ids.UNDO, change_id, spoken=say("Undo: {deed}", deed=text))
    return message(text, [section(text, undo)])


def form(origin: Origin, now_on: date) -> Block:
    """A leave, and who stands in."""
    first = {"type": "datepicker", "initial_date": now_on.isoformat()}
    blocks = [
        field("starts_on", say("First day away"), first),
        field("ends_on", say("Last day away"), {"type": "datepicker"}),
        _deputy_field(optional=True),
    ]
    return modal(say("Add a leave"), ids.FORM_LEAVE, blocks, submit=say("Save"), metadata=origin.text())


def deputy_form(origin: Origin, starts_on: date) -> Block:
    """Who stands in for a leave that was written down without anybody."""
    first = {"type": "datepicker", "initial_date": starts_on.isoformat()}
    blocks = [field("starts_on", say("The leave that begins on"), first), _deputy_field(optional=False)]
    return modal(say("Name a deputy"), ids.FORM_DEPUTY, blocks, submit=say("Save"), metadata=origin.text())


def _deputy_field(*, optional: bool) -> Block:
    hint = say("They get what is due by these days, and are told once. Afterwards it comes back to you.")
    return field("deputy", say("Who stands in"), {"type": "users_select"}, optional=optional, hint=hint)


def _moved(result: Away, today: date) -> list[str]:
    if result.deputy is not None:
        name = result.deputy.name
        return [_handed(result, name), *_late_then(result.late_now, name)]
    moves = result.moves
    if not moves.moved or moves.until_on is None:
        return []
    first = words.day(result.back_on, today)
    if moves.until_on <= result.back_on:
        return [
            say_n(
                "{count} follow-up moved behind it, spread from {day}.",
                "{count} follow-ups moved behind it, spread from {day}.",
                moves.moved,
                day=first,
            )
        ]
    return [
        say_n(
            "{count} follow-up moved behind it, spread from {first} to {last}.",
            "{count} follow-ups moved behind it, spread from {first} to {last}.",
            moves.moved,
            first=first,
            last=words.day(moves.until_on, today),
        )
    ]


def _handed(result: Away, name: str) -> str:
    """What the deputy has now."""
    count, late = result.handed, result.late
    if not count:
        return say("{name} stands in; nothing is due in these days yet.", name=name)
    if not late:
        return say_n(
            "{name} stands in and has {count} follow-up due in these days.",
            "{name} stands in and has {count} follow-ups due in these days.",
            count,
            name=name,
        )
    if late == count:
        return say_n(
            "{name} stands in and has {count} overdue follow-up; nothing is due in these days yet.",
            "{name} stands in and has {count} overdue follow-ups; nothing is due in these days yet.",
            count,
            name=name,
        )
    return say_n(
        "{name} stands in and has {count} follow-up: {late} overdue, {ahead} due in these days.",
        "{name} stands in and has {count} follow-ups: {late} overdue, {ahead} due in these days.",
        count,
        name=name,
        late=late,
        ahead=count - late,
    )


def _late_then(late_now: int | None, name: str) -> list[str]:
    """What comes to the deputy when the leave begins."""
    if late_now is None:
        return []
    if not late_now:
        return [say("What is overdue when the leave begins goes to {name} as well.", name=name)]
    return [
        say_n(
            "{count} is overdue now: if it still is when the leave begins, it goes to {name} as well.",
            "{count} are overdue now: those that still are when the leave begins go to {name} as well.",
            late_now,
            name=name,
        )
    ]


def _promises(promised: tuple[Promise, ...], today: date) -> str:
    names = "; ".join(f"{words.who(p.name, p.company)} {words.day(p.on, today)}" for p in promised)
    return say_n(
        "{count} promise falls into your leave: {names}.",
        "{count} promises fall into your leave: {names}.",
        len(promised),
        names=names,
    )


def _promise(promise: Promise, viewer: Member, now: datetime) -> Block:
    who = words.who(promise.name, promise.company)
    menu = snooze_menu(who, viewer, now)
    shown = f"*{escape(who)}* {words.day(promise.on)}"
    return section(shown, menu, block_id=ids.aside_block(promise.step_id))


def _deputy_button(starts_on: date) -> Block:
    return button(say("Name a deputy"), ids.LEAVE_DEPUTY, starts_on.isoformat())


def _undo(change: Change, viewer: Member, now: datetime) -> Block:
    return button(say("Undo"), ids.UNDO, change.id, spoken=say("Undo: {deed}", deed=deeds.deed(change, viewer, now)))


def _names(found: Sequence[Prospect]) -> str:
    names = ", ".join(words.who(short(each.name), short(each.company)) for each in found[:NAMES_SHOWN])
    more = len(found) - NAMES_SHOWN
    return say("{names} and {count} more", names=names, count=more) if more > 0 else names


def _waited(content: Return, today: date) -> str:
    if content.until_on is None:
        return say_n(
            "{count} waited and is due today.", "{count} waited, and all of them are due today.", content.waited
        )
    return say(
        "{count} waited, {today} of them today, the rest is spread to {day}.",
        count=content.waited,
        today=content.today,
        day=words.day(content.until_on, today),
    )


def _days(first: date, last: date, today: date | None) -> str:
    one, other = words.day(first, today), words.day(last, today)
    return one if first == last else say("{first} to {last}", first=one, last=other)
