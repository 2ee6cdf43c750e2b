"""Working the list: one card at a time in one form, by button, typed, or from App Home."""

import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.services import closing, focus, notes, prospects, snoozes, touches
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.errors import AsksOnceMore, AsksWhy, DomainError, InvalidInput
from bot.services.focus import Place
from bot.services.targets import ByStep
from bot.services.touches import Made
from bot.slack import answering, commands, errors
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.closing import win_in_form
from bot.views import deeds, giving_up, ids, whys
from bot.views import focus as views
from bot.views.blocks import Block
from bot.views.forms import Origin
from cadences.model import LostReason, Outcome

Act = Callable[[], Awaitable[Done]]


async def work(visit: Visit, _command: commands.Focus) -> Reply:
    """The first card, or the one where she was."""
    return await press_focus(visit)


async def press_focus(visit: Visit) -> Reply:
    """The same, by a button."""
    place = await visit.house.db.run(focus.resume, visit.member, visit.now)
    origin = Origin(channel=visit.channel, ts=visit.message_ts)
    return await answering.open_form(visit, views.view(place, visit.member, origin, (), visit.now))


async def press_next(visit: Visit) -> Reply:
    """The next card, without a change to this one."""
    return await _turned(visit, 1)


async def press_back(visit: Visit) -> Reply:
    """The card before."""
    return await _turned(visit, -1)


async def press_log(visit: Visit) -> Reply:
    """How it went: logged with the note that was typed, and the next card."""
    outcome = Outcome(str(visit.action["action_id"]).removeprefix(ids.FOCUS_LOG))
    return await _pressed(visit, lambda: _log(visit, outcome))


async def press_snooze(visit: Visit) -> Reply:
    """Not now, but then; and the next card."""
    on = dt.date.fromisoformat(visit.chosen)
    step, actor = ByStep(_step(visit)), _actor(visit)
    note = _typed(visit)
    return await _pressed(visit, lambda: visit.house.db.run(snoozes.snooze, actor, step, on, None, visit.now, note))


async def press_note(visit: Visit) -> Reply:
    """The note alone; the card stays."""
    text = _typed(visit)
    if not text.strip():
        return await _turned(visit, 0)
    step = ByStep(_step(visit))
    form, done = await _acted(visit, lambda: visit.house.db.run(notes.add, visit.actor, step, text, visit.now), 0)
    await answering.show_in_form(visit, form)
    return Reply(None, done)


def is_here(visit: Visit) -> bool:
    """True for a press in the form where the list is worked."""
    return (visit.view or {}).get("callback_id") == ids.FORM_FOCUS


async def pressed(visit: Visit, act: Act) -> Reply:
    """What another feature does to the card in hand, and the next card."""
    return await _pressed(visit, act)


async def shown(visit: Visit, asked: Sequence[Block]) -> None:
    """The card in hand with a question above it."""
    await answering.show_in_form(visit, await _view(visit, 0, asked=asked))


async def press_won(visit: Visit) -> Reply:
    """What was agreed is asked in place of the card."""
    try:
        card = await visit.house.db.run(prospects.card, visit.actor, ByStep(_step(visit)))
    except DomainError as error:
        form = await _view(visit, 0, (await errors.explain(visit, error)).text)
    else:
        form = views.won(card, visit.opened_from, _typed(visit), visit.now)
    await answering.show_in_form(visit, form)
    return Reply()


async def press_stay(visit: Visit) -> Reply:
    """Back from that question to the card, with nothing changed."""
    return await _turned(visit, 0)


async def submit_won(visit: Visit) -> Reply:
    """The deal closed as won, and the next card; what can't be is said at its field."""
    win, step = win_in_form(visit), ByStep(_step(visit))
    try:
        done = await visit.house.db.run(closing.won, _actor(visit), step, win, visit.now)
    except InvalidInput:
        raise
    except DomainError as error:
        said = await errors.explain(visit, error)
        return Reply(form=await _view(visit, 0, said.text))
    await answering.submission(visit, Reply(None, done))
    return Reply(form=await _view(visit, 1, _told(visit, done)))


async def press_lost(visit: Visit) -> Reply:
    """Lost for the chosen reason, with the note that was typed, and the next card."""
    reason, step, note = LostReason(visit.chosen), ByStep(_step(visit)), _typed(visit)
    return await _pressed(visit, lambda: visit.house.db.run(closing.lost, _actor(visit), step, reason, note, visit.now))


async def submit(visit: Visit) -> Reply:
    """The form's own button: logged as usual, and the next card in the same form."""
    form, done = await _acted(visit, lambda: _log(visit, None))
    await answering.submission(visit, Reply(None, done))
    return Reply(form=form)


async def _log(visit: Visit, outcome: Outcome | None) -> Done:
    made = Made(None, outcome, _typed(visit))
    return await visit.house.db.run(touches.log, _actor(visit), ByStep(_step(visit)), made, visit.now)


async def _pressed(visit: Visit, act: Act) -> Reply:
    form, done = await _acted(visit, act)
    await answering.show_in_form(visit, form)
    return Reply(None, done)


async def _acted(visit: Visit, act: Act, by: int = 1) -> tuple[Block, Done | None]:
    """The form after an action; one that was refused is explained above the card that is next."""
    try:
        done = await act()
    except AsksWhy as asks:
        return await _view(visit, 0, asked=whys.question_blocks(asks, visit.member, visit.now)), None
    except AsksOnceMore as asks:
        return await _view(visit, 0, asked=giving_up.question_blocks(asks, visit.member, visit.now)), None
    except DomainError as error:
        said = await errors.explain(visit, error)
        return await _view(visit, 0, said.text), None
    return await _view(visit, by, _told(visit, done)), done


def _told(visit: Visit, done: Done) -> str:
    """What was just done, above the next card."""
    told = ", ".join(filter(None, [deeds.deed(done.change, visit.member, visit.now), deeds.outcome(done.change)]))
    return f"✓ {deeds.about(done.change)}: {told}"


async def _turned(visit: Visit, by: int) -> Reply:
    await answering.show_in_form(visit, await _view(visit, by))
    return Reply()


async def _view(visit: Visit, by: int, *remarks: str, asked: Sequence[Block] = ()) -> Block:
    place: Place = await visit.house.db.run(focus.go, visit.member, _step(visit), by, visit.now)
    return views.view(place, visit.member, visit.opened_from, remarks, visit.now, asked)


def _typed(visit: Visit) -> str:
    """The note on the card in hand."""
    fields = (visit.view or {}).get("state", {}).get("values", {})
    return next((visit.value(name) for name in fields if name.startswith(ids.FOCUS_TYPED)), "")


def _step(visit: Visit) -> int:
    """The step of the card in hand."""
    return visit.opened_from.step_id or 0


def _actor(visit: Visit) -> Actor:
    """A card is answered once, however often its buttons are pressed; the form stays the same one for all cards."""
    view_id = (visit.view or {}).get("id")
    return replace(visit.actor, request_id=f"focus:{view_id}:{_step(visit)}")
