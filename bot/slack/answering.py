"""How an answer reaches the person: in the row it belongs to, in place of the card, or for her eyes only."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import structlog

from bot import outbox
from bot.gateway import Refused
from bot.services import deputy_news, digests, handed_over
from bot.services.cards import Card, Done
from bot.services.home import Choice
from bot.slack import home, opening
from bot.slack.actor import Visit
from bot.storage.records import Delivery
from bot.storage.tables import ChangeKind
from bot.views import answers, forms, receipts
from bot.views import digests as digest_views
from bot.views import home as homes
from bot.views.blocks import Block, Message, cut
from language import mark, say

log = structlog.get_logger(__name__)

EPHEMERAL = "ephemeral"
NOTE_SHOWN = 120
HASH_CONFLICT = "hash_conflict"
"""Another press in the same form was faster; what it came to is shown."""
NOT_DRAWN = mark("Slack did not show what became of your last press in the form. Close the form and open it again.")


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say, and the change it tells of: messages that show its prospect are drawn anew."""

    message: Message | None = None
    done: Done | None = None
    form: Block | None = None
    """What the form that was sent goes on with; nothing is final yet."""
    others: tuple[Card, ...] = ()
    """Whom else it was about: messages that show them are drawn anew too."""
    beside: Message | None = None
    """What is asked below a message whose row says by itself what was done."""
    is_aside: bool = False
    """True for what is said below the message that was pressed in, and never in its place."""


def told(done: Done, visit: Visit, *remarks: str, note: str = "", asked_on: date | None = None) -> Reply:
    """The usual reply to a change: what was done, what is next, Undo; ``note`` is what was kept beside it.

    ``asked_on``: the day off that was said for the next step, which is planned for the working day after it.
    """
    kept = (say("Note: {note}", note=cut(note, NOTE_SHOWN)),) if note else ()
    said = receipts.done(done, visit.member, visit.now, (*kept, *remarks), asked_on)
    return Reply(said, done, beside=receipts.free_day(done, visit.now, asked_on))


def body(message: Message) -> dict[str, Any]:
    """A message for the person's eyes only, as an answer to a command carries it."""
    return {"response_type": EPHEMERAL, "text": message.text, "blocks": message.blocks}


async def command(visit: Visit, reply: Reply) -> dict[str, Any] | None:
    """The answer to a typed command: it goes back in the same response."""
    if reply.done and reply.done.change.kind is not ChangeKind.ADDED:  # somebody new stands in no message yet
        visit.house.background.start(_redrawn(visit, reply, None))
    return body(reply.message) if reply.message else None


async def press(visit: Visit, reply: Reply) -> None:
    """The answer to a button: in its own row where the message has rows, else in place of the card."""
    visit.house.background.start(_pressed(visit, reply))


async def shortcut(visit: Visit, reply: Reply) -> None:
    """The answer to a shortcut: beside the message it was used on, else as a direct message."""
    if reply.message is not None:
        visit.house.background.start(said_aside(visit, visit.response_url, reply.message))


async def submission(visit: Visit, reply: Reply) -> None:
    """The answer to a form: where the form was opened from."""
    visit.house.background.start(_submitted(visit, reply))


async def open_form(visit: Visit, form: Block, typed: str = "") -> Reply:
    """Open a form, the only way to do so; where it does not open, a button is offered that opens it as it is."""
    offer = await opening.opened(visit, form, typed)
    return Reply() if offer is None else Reply(offer, is_aside=True)


def as_form(reply: Reply, sent: Block | None = None) -> Block:
    """A reply as a form that only says it; in place of one that was ``sent`` it remembers where that was opened."""
    if reply.message is None:
        raise ValueError("there is nothing to say")
    form = forms.said(reply.message)
    return {**form, "private_metadata": sent["private_metadata"]} if sent else form


async def show_in_form(visit: Visit, form: Block, news: Message | None = None) -> None:
    """Put another content into the form at hand; where Slack does not, that, or the ``news``, is said beside it."""
    if visit.view is None:
        return
    view_id, view_hash = visit.view["id"], visit.view.get("hash")
    form = opening.from_home(visit, form)
    answer = await visit.house.gateway.call("views.update", view_id=view_id, hash=view_hash, view=form)
    if isinstance(answer, dict) or (isinstance(answer, Refused) and answer.error == HASH_CONFLICT):
        return
    log.warning("form_not_redrawn", answer=str(answer))
    said = news or answers.problem(say(NOT_DRAWN))
    visit.house.background.start(said_aside(visit, visit.opened_from.response_url, said))


async def _pressed(visit: Visit, reply: Reply) -> None:
    if visit.view is not None:
        await _pressed_in_view(visit, reply)
        return
    own = await _delivery(visit, visit.channel, None if visit.is_ephemeral else visit.message_ts)
    await _redrawn(visit, reply, own)
    if reply.message is not None and not (own and _in_its_row(reply)):
        in_place = not (visit.stays or reply.is_aside)
        message = await _in_list(visit, reply.message) if visit.is_listed and in_place else reply.message
        await _respond(visit, visit.response_url, message, replace=visit.is_ephemeral and in_place)
    elif reply.beside is not None:
        await _respond(visit, visit.response_url, reply.beside, replace=False)


async def _pressed_in_view(visit: Visit, reply: Reply) -> None:
    view = visit.view or {}
    if view.get("type") == "modal":
        if reply.message is not None:
            await show_in_form(visit, forms.said(reply.message), reply.message)
        await _submitted(visit, Reply(None, reply.done))
        return
    await _redrawn(visit, reply, None)
    news = reply.message
    if news is not None and reply.done is None and not reply.is_aside:
        form = opening.from_home(visit, forms.said(news))
        news = news if await opening.asked(visit, form) else None
    await _shown_at_home(visit, home.after(view, visit.action), news)


async def _shown_at_home(visit: Visit, choice: Choice, news: Message | None) -> None:
    """App Home as it is now with the news on top; where Slack does not draw it, they are a direct message."""
    is_drawn = await home.publish(visit.house, visit.member, choice, news)
    if news is not None and not is_drawn:
        await _direct(visit, news)


async def _submitted(visit: Visit, reply: Reply) -> None:
    origin = visit.opened_from
    own = await _delivery(visit, origin.channel, origin.ts)
    await _redrawn(visit, reply, own)
    if origin.is_alone and reply.message is not None:
        await said_aside(visit, None, reply.message)
    elif origin.response_url is None:
        await _shown_at_home(visit, homes.read(origin.home or ""), reply.message)
    elif reply.message is not None and not (own and _in_its_row(reply)):
        message = await _in_list(visit, reply.message) if origin.is_listed else reply.message
        await _respond(visit, origin.response_url, message, replace=own is None and origin.ts is not None)
    elif reply.beside is not None:
        await _respond(visit, origin.response_url, reply.beside, replace=False)


async def _in_list(visit: Visit, news: Message) -> Message:
    """The list as it is now, with what was just done above it."""
    day = await visit.house.db.run(digests.my_day, visit.member, visit.house.clock())
    return digest_views.my_day(day, news)


def _in_its_row(reply: Reply) -> bool:
    """True for what a message's rows show by themselves; settings, notes, edits, several at once are told beside it."""
    change = reply.done.change if reply.done else None
    return change is not None and change.kind in digests.ROW_KINDS and change.prospect_id is not None


async def _redrawn(visit: Visit, reply: Reply, own: Delivery | None) -> None:
    """Draw every message anew that shows what changed: the one pressed in, and the digests of whose it is and was."""
    house, stale = visit.house, {own.id: own} if own else {}
    cards_now = [*([reply.done.card] if reply.done and reply.done.card else []), *reply.others]
    before = await house.db.run(handed_over.people, reply.done.change) if reply.done else []
    if reply.done and before:
        told = await house.db.run(handed_over.told, reply.done.change, visit.now)
        stale |= {each.id: each for each in told}
    if reply.done and reply.done.change.kind is ChangeKind.LEAVE:
        stale |= {each.id: each for each in await house.db.run(deputy_news.told, reply.done.change, visit.now)}
    for card in cards_now:
        for person in {each.id: each for each in (card.owner, visit.member, *before)}.values():
            shown = await house.db.run(digests.shown_today, person, card.prospect.id, visit.now)
            stale |= {each.id: each for each in shown}
    if reply.done and reply.done.change.prospect_id is None:  # it was about several, and their names are not at hand
        for person in {each.id: each for each in (visit.member, *before)}.values():
            shown = await house.db.run(digests.shown_today, person, None, visit.now)
            stale |= {each.id: each for each in shown}
    for delivery in stale.values():
        await outbox.redraw(house, delivery)


async def _delivery(visit: Visit, channel: str | None, ts: str | None) -> Delivery | None:
    if channel is None or ts is None:
        return None
    return await visit.house.db.run(digests.delivery_of, visit.member.workspace_id, channel, ts)


async def said_aside(visit: Visit, url: str | None, message: Message) -> None:
    """Beside whatever stands there; without an address, or with one that is too old, as a direct message."""
    if url is not None:
        await _respond(visit, url, message, replace=False)
        return
    await _direct(visit, message)


async def _direct(visit: Visit, message: Message) -> None:
    gateway = visit.house.gateway
    channel = await gateway.direct_channel(visit.member.id)
    if isinstance(channel, str):
        await gateway.post(channel, message.text, message.blocks)


async def _respond(visit: Visit, url: str | None, message: Message, *, replace: bool) -> None:
    """Say it at the response address; one that is too old takes nothing any more, then as a direct message."""
    if url is None:
        return
    gateway = visit.house.gateway
    if not await gateway.respond(url, {**body(message), "replace_original": replace}):
        await _direct(visit, message)
