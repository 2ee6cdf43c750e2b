"""Says what the outbox holds and redraws what was said: render, post outside any transaction, settle."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.gateway import Answer, Later, Refused, Said, Unknown
from bot.house import House
from bot.rest import Rest
from bot.services import (
    deputy_news,
    digests,
    fates,
    handed_over,
    handover,
    members,
    messages,
    outbox,
    recap,
    second_nudge,
    silence,
    team,
)
from bot.services.handover import Settled
from bot.services.messages import Notice
from bot.services.outbox import Hush, Taken
from bot.standing import Standing
from bot.storage.engine import Database
from bot.storage.records import Delivery
from bot.storage.tables import DeliveryKind, DeliveryState
from bot.views import digests as digest_views
from bot.views import fates as fate_views
from bot.views import leave as leave_views
from bot.views import notices
from bot.views import recap as recap_views
from bot.views import second_nudge as second_nudge_views
from bot.views import team as team_views
from bot.views import welcome as welcome_views
from bot.views.blocks import Message
from bot.views.fates import News
from language import mark, speaking

log = structlog.get_logger(__name__)

LISTS = frozenset(
    {DeliveryKind.DAILY, DeliveryKind.TEAM, DeliveryKind.SECOND_NUDGE, DeliveryKind.NEWS, DeliveryKind.QUESTION}
)
"""What shows how things stand."""
AT_ONCE = 8
"""Messages under way at the same time; each goes to a conversation of its own."""
RETRY_AFTER = timedelta(seconds=30)
SLOWEST = 10
"""Each try waits longer than the one before, up to so many times as long."""
PATIENCE_SECONDS = 30
LOOK_BACK_SECONDS = 60
"""Slack's clock and ours may differ a little."""
LOST = mark("the answer was lost and it may have been said: not said twice")
"""Reasons are kept, and said in the language of whoever reads them."""


class Wave:
    """What messages that go out together need to know of their readers; asked of Slack once per person."""

    def __init__(self, house: House) -> None:
        """Nobody was asked about yet."""
        self.rest = Rest(house)
        self.standing = Standing(house)


async def send_open(house: House, now: datetime, limit: int) -> int:
    """Send what is open, a few at a time; how many were taken."""
    taken = await house.db.run(outbox.take, now, limit)
    gate, wave = asyncio.Semaphore(AT_ONCE), Wave(house)

    async def one(item: Taken) -> None:
        async with gate:
            await send(house, item, now, wave)

    await asyncio.gather(*(one(item) for item in taken))
    return len(taken)


async def send_one(house: House, delivery_id: int | None, now: datetime, *, asked_for: bool = False) -> None:
    """Send a delivery that was just opened, unless a worker is at it; ``asked_for``: by its reader's own press."""
    if delivery_id is None:
        return
    taken = await house.db.run(outbox.take_one, house.identity.workspace_id, delivery_id, now)
    if taken is not None:
        await send(house, taken, now, None if asked_for else Wave(house))


async def send(house: House, taken: Taken, now: datetime, wave: Wave | None) -> None:
    """Say one leased delivery, or settle what became of it when somebody died over it.

    Without a ``wave`` its reader has just pressed for it: she is here, and does not rest.
    """
    if wave is not None and taken.recipient is not None and not taken.recipient.is_deleted:
        taken = replace(taken, recipient=await wave.standing.of(taken.recipient))
    delivery = taken.delivery
    if taken.recipient is not None and taken.recipient.is_deleted:
        # Slack would accept the message and show it to nobody.
        await house.db.run(outbox.mark_skipped, delivery, silence.DEACTIVATED)
        return
    if delivery.kind in outbox.OUTDATED and now - delivery.created_at > silence.LATE_AT_MOST:
        await house.db.run(outbox.mark_skipped, delivery, silence.LATE)
        return
    channel = await _channel(house, taken)
    if isinstance(channel, Unknown):  # opening a conversation twice is harmless
        later = now + RETRY_AFTER * min(delivery.attempts, SLOWEST)
        await house.db.run(outbox.try_later, delivery, channel.error, later)
        return
    if not isinstance(channel, str):
        await _not_said(house, delivery, channel, now)
        return
    if taken.unsettled and not await _settled(house, delivery, channel, now):
        return
    # Only now: what was leased before may have been said, and putting that back would say it twice.
    hush = await _hush(house, taken, now, wave.rest) if wave else None
    if hush is not None:
        await house.db.run(outbox.hold_back, delivery, hush)
        return
    message = await house.db.run(_drawn, delivery, now)
    if message is None:
        await house.db.run(outbox.mark_skipped, delivery, mark("nothing left to say"))
        return
    thread_ts = (delivery.content or {}).get("thread_ts")
    answer = await house.gateway.post(
        channel, message.text, message.blocks, thread_ts=thread_ts, delivery_id=delivery.id
    )
    await _note(house, delivery, answer, now)


async def redraw(house: House, delivery: Delivery) -> None:
    """Draw a message as things stand now; of several redraws the last one wins."""
    if delivery.channel is None or delivery.ts is None or delivery.kind not in LISTS:
        return
    lock = house.drawing.setdefault(delivery.id, asyncio.Lock())
    async with lock:
        message = await house.db.run(_drawn, delivery, house.clock())
        if message is not None:
            answer = await house.gateway.update(delivery.channel, delivery.ts, message.text, message.blocks)
            if isinstance(answer, Later):
                await asyncio.sleep(min(answer.seconds, PATIENCE_SECONDS))
                answer = await house.gateway.update(delivery.channel, delivery.ts, message.text, message.blocks)
            if not isinstance(answer, Said):
                log.warning("redraw_refused", delivery=delivery.id, answer=str(answer))


async def _hush(house: House, taken: Taken, now: datetime, rest: Rest) -> Hush | None:
    """Why it is not said now: her hours are over, she heard enough today, or she asked Slack not to be disturbed."""
    hush, reader = outbox.hush(taken, now) or await house.db.run(outbox.crowded, taken, now), taken.recipient
    if hush is not None or reader is None or taken.delivery.kind is DeliveryKind.TEAM:
        return hush
    ends_at = await rest.until(reader.id, now)
    return outbox.disturbed(taken.delivery, reader, ends_at) if ends_at else None


def _drawn(db: Database, delivery: Delivery, now: datetime) -> Message | None:
    """The message as things stand, in its reader's language, whoever's press it is drawn for."""
    with speaking(outbox.spoken_to(db, delivery)):
        return _render(db, delivery, now)


def _render(db: Database, delivery: Delivery, now: datetime) -> Message | None:
    match delivery.kind:
        case DeliveryKind.DAILY:
            view = digests.view(db, delivery.workspace_id, delivery.id, now)
            return digest_views.digest(view) if view else None
        case DeliveryKind.SECOND_NUDGE:
            nudged = second_nudge.view(db, delivery.workspace_id, delivery.id, now)
            return second_nudge_views.nudge(nudged) if nudged else None
        case DeliveryKind.RECAP:
            week = recap.of(delivery)
            return recap_views.told(week) if week else None
        case DeliveryKind.WELCOME:
            reader = members.get(db, delivery.workspace_id, delivery.recipient_id)
            return welcome_views.guide(reader) if reader else None
        case DeliveryKind.TEAM:
            team_view = team.view(db, delivery.workspace_id, delivery.id, now)
            if team_view is None:
                return None
            return team_views.thread(team_view) if team_view.owner_id else team_views.digest(team_view)
        case DeliveryKind.NEWS if (stands_in := deputy_news.news(delivery)) is not None:
            if deputy_news.stands(db, delivery, stands_in):
                return leave_views.news(stands_in)
            return leave_views.no_longer(stands_in) if delivery.state is DeliveryState.SENT else None
        case DeliveryKind.ZONE:
            zone = members.asked_zone(delivery)
            return notices.zone_asked(zone, delivery.id) if zone else None
        case _:
            notice = messages.question(delivery)
            settled = handover.settled(db, delivery, notice) if notice else None
            if notice and settled:
                return _settled_question(db, delivery, notice, settled, now)
            notice = handed_over.to_say(db, delivery, notice) if notice else None
            return notices.notice(notice, delivery.id, handed_over.since(db, delivery, notice)) if notice else None


def _settled_question(
    db: Database, delivery: Delivery, notice: Notice, settled: Settled, now: datetime
) -> Message | None:
    """A question that stands there says how it ended; one that was not put yet is put no more."""
    reader = members.get(db, delivery.workspace_id, delivery.recipient_id)
    if delivery.state is not DeliveryState.SENT or reader is None:
        return None
    heard = fates.of(db, delivery.workspace_id, settled.answer_id, now) if settled.answer_id else None
    return notices.settled(notice, settled, reader, fate_views.told(News.CHANGE, heard, reader) if heard else "")


async def _channel(house: House, taken: Taken) -> str | Refused | Later | Unknown:
    """Where it is said: the channel itself, or the member's direct messages, opened once."""
    delivery, member = taken.delivery, taken.recipient
    if delivery.kind is DeliveryKind.TEAM:
        return delivery.recipient_id
    if member is None:
        return Refused("user_not_found")
    if member.dm_channel is not None:
        return member.dm_channel
    channel = await house.gateway.direct_channel(member.id)
    if isinstance(channel, str):
        await house.db.run(members.remember_dm, member, channel)
    return channel


async def _settled(house: House, delivery: Delivery, channel: str, now: datetime) -> bool:
    """Whoever held this before is gone. True: it was certainly not said and may be said now.

    Slack has no idempotency key. In our own direct messages we look (with im:history); where we may not look, or can't,
    saying it never is better than saying it twice: App Home shows what was withheld.
    """
    found: Answer | None = Refused("missing_scope")
    if delivery.kind is not DeliveryKind.TEAM:
        since_ts = str(int(delivery.created_at.timestamp()) - LOOK_BACK_SECONDS)
        found = await house.gateway.find_delivery(channel, delivery.id, since_ts)
    if isinstance(found, Said):
        await house.db.run(outbox.mark_sent, delivery, found.channel, found.ts, house.clock())
        return False
    if found is None:
        return True
    since_at = await house.db.run(outbox.first_chance, delivery)
    if isinstance(found, Later | Unknown) and now - since_at <= outbox.PATIENCE:
        return False  # it stays leased, and the next look is at the lease's end
    await house.db.run(outbox.mark_failed, delivery, LOST)
    return False


async def _note(house: House, delivery: Delivery, answer: Answer, now: datetime) -> None:
    if isinstance(answer, Said):
        await house.db.run(outbox.mark_sent, delivery, answer.channel, answer.ts, now)
    else:
        await _not_said(house, delivery, answer, now)


async def _not_said(house: House, delivery: Delivery, answer: Refused | Later | Unknown, now: datetime) -> None:
    match answer:
        case Later(seconds):
            later = now + timedelta(seconds=max(1, seconds))
            await house.db.run(outbox.try_later, delivery, mark("rate limited"), later)
        case Refused(error):
            await house.db.run(outbox.mark_failed, delivery, error)
            log.warning("delivery_refused", delivery=delivery.id, kind=delivery.kind.value, error=error)
        case Unknown(error):
            # It stays leased: when the lease runs out it is settled by evidence.
            log.warning("delivery_unknown", delivery=delivery.id, kind=delivery.kind.value, error=error)
