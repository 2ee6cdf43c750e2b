"""Slack says that somebody is in another zone: she is asked whether her days follow her, at a moment that suits her."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.services import quiet
from bot.storage import deliveries
from bot.storage.records import Delivery, Member
from bot.storage.tables import DeliveryKind, DeliveryState
from cadences import calendar
from language import mark

ASKED_AGAIN_AFTER = timedelta(days=30)
"""So long nobody is asked about a zone again: every change of a profile in Slack brings the zone along."""
SWITCHED_OFF = mark("switched off")
BACK_AGAIN = mark("Slack says otherwise by now")


def ask(tx: Connection, member: Member, zone: str, now: datetime) -> int | None:
    """Open the question, for when her pause and her free time are over; who has the digest off is asked later."""
    last = _latest(tx, member)
    asked = last is not None and last.subject == zone and last.reason != BACK_AGAIN
    if last is not None and asked and now - last.created_at < ASKED_AGAIN_AFTER:
        return None
    drop(tx, member)
    return deliveries.open_once(
        tx,
        member.workspace_id,
        DeliveryKind.ZONE,
        member.id,
        member.local(now).date(),
        now,
        subject=zone,
        content={"zone": zone},
        silent_because=None if member.digest_on else SWITCHED_OFF,
        not_before_at=_heard_at(member, now),
    )


def ask_now(tx: Connection, member: Member, now: datetime) -> None:
    """She hears of things again: what waited for that is asked now."""
    last = _latest(tx, member)
    if last is None or last.subject == member.zone or not _waits(last):
        return
    anew = {"content": {"zone": last.subject}, "created_at": now, "not_before_at": _heard_at(member, now)}
    deliveries.change(tx, member.workspace_id, last.id, state=DeliveryState.PENDING, reason=None, **anew)


def drop(tx: Connection, member: Member) -> None:
    """What was not asked yet is out of date."""
    last = _latest(tx, member)
    if last is not None and _waits(last):
        deliveries.change(tx, member.workspace_id, last.id, state=DeliveryState.SKIPPED, reason=BACK_AGAIN)


def unasked(tx: Connection, member: Member) -> str | None:
    """The zone that Slack says she is in, where she was not asked because nothing comes by itself."""
    last = _latest(tx, member)
    waits = last is not None and last.reason == SWITCHED_OFF and last.subject != member.zone
    return last.subject if last is not None and waits else None


def _latest(tx: Connection, member: Member) -> Delivery | None:
    return deliveries.latest(tx, member.workspace_id, DeliveryKind.ZONE, member.id)


def _waits(asked: Delivery) -> bool:
    return asked.state is DeliveryState.PENDING or asked.reason == SWITCHED_OFF


def _heard_at(member: Member, now: datetime) -> datetime:
    if member.paused_until_on is not None:
        now = max(now, calendar.day_bounds(member.paused_until_on, member.calendar.zone)[0])
    return quiet.heard_at(member, now)
