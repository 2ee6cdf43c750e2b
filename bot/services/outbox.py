"""The outbox's life: taken, said, settled. Nothing here talks to Slack."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services import noise, quiet, silence, team
from bot.storage import deliveries, members, team_digests
from bot.storage.engine import Database
from bot.storage.records import Delivery, Member
from bot.storage.tables import DeliveryKind, DeliveryState
from language import mark
from language.kept import keep, keep_n

LEASE = timedelta(seconds=30)
"""Longer than a post and its time-out can take; after it, whoever held the delivery is dead."""
PATIENCE = timedelta(hours=24)
"""After this nothing is said any more; a digest is out of date long before."""
REASON_LENGTH = 500
LAST_REASON_LENGTH = 200
"""Of the last try's own, inside the reason for giving up: what is kept must stay whole to be read again."""


TIMELY = frozenset({DeliveryKind.DAILY, DeliveryKind.SECOND_NUDGE, DeliveryKind.RECAP})
"""Out of date the next day: said on its own day or never."""
OUTDATED = TIMELY | {DeliveryKind.TEAM}
"""Not said any more when it is late."""
WITHOUT_QUIET = frozenset({DeliveryKind.TEAM, DeliveryKind.DAILY})
"""A channel sleeps as it likes, and a digest has its reader's own time."""


@dataclass(frozen=True, slots=True)
class Hush:
    """Why something is not said now, as it is kept; `until_at` is when it will be, None: never."""

    reason: str
    until_at: datetime | None


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
    """Lease one delivery that was just opened; None when a worker has it, it was said, or it waits for her hours."""
    with db.read() as tx:
        delivery = deliveries.get(tx, workspace_id, delivery_id)
    if delivery is None or delivery.state is not DeliveryState.PENDING or delivery.not_before_at > now:
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
    """It was certainly not said: try again, for a day at most from when its reader may hear of it."""
    if at - first_chance(db, delivery) > PATIENCE:
        given_up = keep_n(
            "given up after {count} try: {reason}",
            "given up after {count} tries: {reason}",
            delivery.attempts,
            reason=reason[:LAST_REASON_LENGTH],
        )
        mark_failed(db, delivery, given_up)
        return
    _set(db, delivery, state=DeliveryState.PENDING, reason=reason, not_before_at=at, leased_until_at=None)


def first_chance(db: Database, delivery: Delivery) -> datetime:
    """From when on a delivery could be said: its opening, or when its reader's hours began after that."""
    with db.read() as tx:
        reader = members.get(tx, delivery.workspace_id, delivery.recipient_id)
    if reader is None or delivery.kind in WITHOUT_QUIET:
        return delivery.created_at
    return quiet.heard_at(reader, delivery.created_at)


def hush(taken: Taken, now: datetime) -> Hush | None:
    """Why a delivery is not said now, and when it will be: its reader's hours are over; None: say it."""
    delivery, reader = taken.delivery, taken.recipient
    if reader is None or delivery.kind is DeliveryKind.TEAM:
        return None
    if delivery.kind is DeliveryKind.DAILY:
        # Her own time, or her press, may be outside the hours; what was opened inside is not said in the evening.
        if quiet.closed_since(reader, delivery.created_at, now):
            return Hush(keep(silence.CLOSED, time=reader.closes_time), None)
        return None
    at = quiet.heard_at(reader, now)
    return Hush(silence.OUT_OF_HOURS, None if delivery.kind in TIMELY else at) if at > now else None


def crowded(db: Database, taken: Taken, now: datetime) -> Hush | None:
    """Why a delivery is not said now: she heard enough today; None: there is room."""
    if taken.recipient is None:
        return None
    with db.read() as tx:
        at = noise.waits_until(tx, taken.delivery, taken.recipient, now)
    return Hush(silence.NUDGED, None if taken.delivery.kind in TIMELY else at) if at else None


def disturbed(delivery: Delivery, reader: Member, ends_at: datetime) -> Hush:
    """What do-not-disturb means for a delivery: it waits, and a list that would be out of date then is not said."""
    if delivery.kind in TIMELY and ends_at - delivery.created_at > silence.LATE_AT_MOST:
        why = mark("do not disturb until {time}: it merges into the next")
        return Hush(keep(why, time=reader.local(ends_at).time()), None)
    return Hush(silence.DISTURBED, ends_at)


def hold_back(db: Database, delivery: Delivery, why: Hush) -> None:
    """Put a delivery that is leased to us back until its moment, or skip it; nothing where the lease is another's."""
    with db.begin() as tx:
        if why.until_at is not None:
            deliveries.defer(tx, delivery, why.reason, why.until_at)
        else:
            deliveries.skip_leased(tx, delivery, why.reason)


def spoken_to(db: Database, delivery: Delivery) -> str | None:
    """The locale a message is written for: its reader's; a channel is spoken to as whoever set its digest up."""
    with db.read() as tx:
        member_id: str | None = delivery.recipient_id
        if delivery.kind is DeliveryKind.TEAM:
            set_up = team_digests.get(tx, delivery.workspace_id, delivery.recipient_id)
            member_id = set_up.member_id if set_up else None
        reader = members.get(tx, delivery.workspace_id, member_id) if member_id else None
    return reader.speaks if reader else None


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
