"""The outbox's life: taken, said, settled. Nothing here talks to Slack."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services import team
from bot.storage import deliveries, members
from bot.storage.engine import Database
from bot.storage.records import Delivery, Member
from bot.storage.tables import DeliveryKind, DeliveryState

LEASE = timedelta(seconds=30)
"""Longer than a post and its time-out can take; after it, whoever held the delivery is dead."""
PATIENCE = timedelta(hours=24)
"""After this nothing is said any more; a digest is out of date long before."""
REASON_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Taken:
    """A delivery that is ours for the length of the lease; ``unsettled``: somebody may have said it already."""

    delivery: Delivery
    recipient: Member | None
    unsettled: bool


def take(db: Database, now: datetime, limit: int) -> list[Taken]:
    """Lease what may be said now, each row by compare-and-set."""
    with db.read() as tx:
        found = deliveries.waiting(tx, now, limit)
    return [taken for delivery in found if (taken := _lease(db, delivery, now))]


def take_one(db: Database, workspace_id: str, delivery_id: int, now: datetime) -> Taken | None:
    """Lease one delivery that was just opened; None when a worker has it or it was said."""
    with db.read() as tx:
        delivery = deliveries.get(tx, workspace_id, delivery_id)
    if delivery is None or delivery.state is not DeliveryState.PENDING:
        return None
    return _lease(db, delivery, now)


def mark_sent(db: Database, delivery: Delivery, channel: str, ts: str, now: datetime) -> None:
    """It was said, in this message; a team digest's thread is opened with it."""
    with db.begin() as tx:
        deliveries.change(
            tx,
            delivery.workspace_id,
            delivery.id,
            state=DeliveryState.SENT,
            channel=channel,
            ts=ts,
            sent_at=now,
            leased_until_at=None,
            reason=None,
        )
        if delivery.kind is DeliveryKind.TEAM and not delivery.subject:
            team.open_thread(tx, delivery, ts, now)


def mark_failed(db: Database, delivery: Delivery, reason: str) -> None:
    """It will not be said, for a reason that can be read."""
    _set(db, delivery, state=DeliveryState.FAILED, reason=reason[:REASON_LENGTH], leased_until_at=None)


def mark_skipped(db: Database, delivery: Delivery, reason: str) -> None:
    """It need not be said any more."""
    _set(db, delivery, state=DeliveryState.SKIPPED, reason=reason[:REASON_LENGTH], leased_until_at=None)


def try_later(db: Database, delivery: Delivery, reason: str, at: datetime) -> None:
    """It was certainly not said: try again, for a day at most."""
    if at - delivery.created_at > PATIENCE:
        mark_failed(db, delivery, f"given up after {delivery.attempts} tries: {reason}")
        return
    _set(db, delivery, state=DeliveryState.PENDING, reason=reason, not_before_at=at, leased_until_at=None)


def unsaid(db: Database, workspace_id: str, member_id: str) -> Delivery | None:
    """The member's latest digest if it was withheld or failed: App Home says so."""
    with db.read() as tx:
        latest = deliveries.latest(tx, workspace_id, DeliveryKind.DAILY, member_id)
    return latest if latest and latest.state is DeliveryState.FAILED else None


def _lease(db: Database, delivery: Delivery, now: datetime) -> Taken | None:
    with db.begin() as tx:
        if not deliveries.lease(tx, delivery, now + LEASE):
            return None
        fresh = deliveries.get(tx, delivery.workspace_id, delivery.id)
        recipient = members.get(tx, delivery.workspace_id, delivery.recipient_id)
    unsettled = delivery.state is DeliveryState.LEASED
    return Taken(fresh or delivery, recipient, unsettled)


def _set(db: Database, delivery: Delivery, **values: object) -> None:
    with db.begin() as tx:
        deliveries.change(tx, delivery.workspace_id, delivery.id, **values)
