"""The outbox: one row per recipient, kind and local date; leased before it is said, sent after."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, or_, select, text, update

from bot.storage.engine import insert_once
from bot.storage.records import Delivery, one, record
from bot.storage.tables import DeliveryKind, DeliveryState, deliveries

OPEN_STATES = (DeliveryState.PENDING, DeliveryState.LEASED)
STILL_OPEN = text("state IN ('pending', 'leased')")
"""In the very words of the partial index: bound values would hide from SQLite that it may use it."""


OF_MESSAGE = select(deliveries).where(
    deliveries.c.workspace_id == bindparam("workspace"),
    deliveries.c.channel == bindparam("channel"),
    deliveries.c.ts == bindparam("ts"),
)
LAST_SENT = (
    select(deliveries)
    .where(
        deliveries.c.workspace_id == bindparam("workspace"),
        deliveries.c.kind == bindparam("kind"),
        deliveries.c.recipient_id == bindparam("recipient"),
        deliveries.c.state == DeliveryState.SENT,
        deliveries.c.subject == "",
    )
    .order_by(deliveries.c.local_on.desc())
    .limit(1)
)


def open_once(
    tx: Connection,
    workspace_id: str,
    kind: DeliveryKind,
    recipient_id: str,
    local_on: date,
    now: datetime,
    *,
    subject: str = "",
    content: dict[str, Any] | None = None,
    silent_because: str | None = None,
    not_before_at: datetime | None = None,
) -> int | None:
    """Open a delivery, or log why there is none; None when this recipient has one of this kind and date already."""
    values = {
        "workspace_id": workspace_id,
        "kind": kind,
        "recipient_id": recipient_id,
        "local_on": local_on,
        "subject": subject,
        "state": DeliveryState.SKIPPED if silent_because else DeliveryState.PENDING,
        "reason": silent_because,
        "content": None if silent_because else content,
        "not_before_at": not_before_at or now,
        "created_at": now,
    }
    statement = insert_once(tx, deliveries).values(**values).on_conflict_do_nothing().returning(deliveries.c.id)
    return tx.execute(statement).scalar_one_or_none()


def open_again(
    tx: Connection, skipped: Delivery, content: dict[str, Any], now: datetime, not_before_at: datetime
) -> bool:
    """Compare-and-set: what was not said, as there was nothing left to say, is to be said after all."""
    seen = (
        deliveries.c.workspace_id == skipped.workspace_id,
        deliveries.c.id == skipped.id,
        deliveries.c.state == DeliveryState.SKIPPED,
    )
    values = {"content": content, "reason": None, "created_at": now, "not_before_at": not_before_at, "attempts": 0}
    return tx.execute(update(deliveries).where(*seen).values(state=DeliveryState.PENDING, **values)).rowcount == 1


def get(tx: Connection, workspace_id: str, delivery_id: int) -> Delivery | None:
    """A delivery, or None."""
    return one(
        Delivery,
        tx.execute(select(deliveries).where(deliveries.c.workspace_id == workspace_id, deliveries.c.id == delivery_id)),
    )


def of_day(
    tx: Connection, workspace_id: str, kind: DeliveryKind, recipient_id: str, local_on: date, subject: str = ""
) -> Delivery | None:
    """What a recipient was sent, or was not, on a date."""
    return one(
        Delivery,
        tx.execute(
            select(deliveries).where(
                deliveries.c.workspace_id == workspace_id,
                deliveries.c.kind == kind,
                deliveries.c.recipient_id == recipient_id,
                deliveries.c.local_on == local_on,
                deliveries.c.subject == subject,
            )
        ),
    )


def of_kinds_on(
    tx: Connection,
    workspace_id: str,
    kinds: Sequence[DeliveryKind],
    recipient_id: str,
    on: date,
    bounds: tuple[datetime, datetime],
) -> list[Delivery]:
    """What a recipient is told of these kinds on a date, or was told between its ``bounds``; silences are left out.

    Whoever flew on heard it outside of these bounds, on a day that was this date where she was.
    """
    sent = and_(deliveries.c.sent_at >= bounds[0], deliveries.c.sent_at < bounds[1])
    rows = tx.execute(
        select(deliveries).where(
            deliveries.c.workspace_id == workspace_id,
            deliveries.c.kind.in_(kinds),
            deliveries.c.recipient_id == recipient_id,
            deliveries.c.state != DeliveryState.SKIPPED,
            or_(sent, deliveries.c.local_on == on),
        )
    )
    return [record(Delivery, row) for row in rows]


def of_subject(tx: Connection, workspace_id: str, kind: DeliveryKind, subject: str) -> Delivery | None:
    """The first delivery of a kind about this subject, to whomever and whenever."""
    mine = (deliveries.c.workspace_id == workspace_id, deliveries.c.kind == kind, deliveries.c.subject == subject)
    return one(Delivery, tx.execute(select(deliveries).where(*mine).order_by(deliveries.c.id).limit(1)))


def about(tx: Connection, workspace_id: str, kind: DeliveryKind, recipient_id: str, subject: str) -> list[Delivery]:
    """Every delivery of a kind to somebody whose subject begins so, the oldest first."""
    to_her = (deliveries.c.kind == kind, deliveries.c.recipient_id == recipient_id)
    mine = (
        deliveries.c.workspace_id == workspace_id,
        *to_her,
        deliveries.c.subject.startswith(subject, autoescape=True),
    )
    return [record(Delivery, row) for row in tx.execute(select(deliveries).where(*mine).order_by(deliveries.c.id))]


def of_message(tx: Connection, workspace_id: str, channel: str, ts: str) -> Delivery | None:
    """The delivery that a message of ours is."""
    return one(Delivery, tx.execute(OF_MESSAGE, {"workspace": workspace_id, "channel": channel, "ts": ts}))


def last_sent(tx: Connection, workspace_id: str, kind: DeliveryKind, recipient_id: str) -> Delivery | None:
    """A recipient's newest message of a kind."""
    wanted = {"workspace": workspace_id, "kind": kind, "recipient": recipient_id}
    return one(Delivery, tx.execute(LAST_SENT, wanted))


def last_with_content(
    tx: Connection, workspace_id: str, kind: DeliveryKind, recipient_id: str, after_on: date
) -> Delivery | None:
    """A recipient's newest delivery of a kind that had something to say, of a date after this one."""
    mine = (
        deliveries.c.workspace_id == workspace_id,
        deliveries.c.kind == kind,
        deliveries.c.recipient_id == recipient_id,
        deliveries.c.local_on > after_on,
        deliveries.c.content.is_not(None),
    )
    return one(Delivery, tx.execute(select(deliveries).where(*mine).order_by(deliveries.c.local_on.desc()).limit(1)))


def sent_to(
    tx: Connection, workspace_id: str, kind: DeliveryKind, recipient_ids: Sequence[str], since_at: datetime
) -> list[Delivery]:
    """What these people were told of a kind since a moment."""
    rows = tx.execute(
        select(deliveries).where(
            deliveries.c.workspace_id == workspace_id,
            deliveries.c.kind == kind,
            deliveries.c.recipient_id.in_(recipient_ids),
            deliveries.c.state == DeliveryState.SENT,
            deliveries.c.created_at >= since_at,
        )
    )
    return [record(Delivery, row) for row in rows]


def sent_about(
    tx: Connection, workspace_id: str, kind: DeliveryKind, subject: str, since_at: datetime
) -> list[Delivery]:
    """What anybody was told of a kind since a moment, where the subject begins so."""
    of_kind = (deliveries.c.workspace_id == workspace_id, deliveries.c.kind == kind)
    sent = (deliveries.c.state == DeliveryState.SENT, deliveries.c.created_at >= since_at)
    about = deliveries.c.subject.startswith(subject, autoescape=True)
    return [record(Delivery, row) for row in tx.execute(select(deliveries).where(*of_kind, *sent, about))]


def opened_since(
    tx: Connection, workspace_id: str, kinds: Iterable[DeliveryKind], since_at: datetime
) -> list[Delivery]:
    """Every delivery of these kinds that was opened after a moment, said or not."""
    mine = (deliveries.c.workspace_id == workspace_id, deliveries.c.kind.in_(list(kinds)))
    return [
        record(Delivery, row) for row in tx.execute(select(deliveries).where(*mine, deliveries.c.created_at > since_at))
    ]


def opened_for(
    tx: Connection, workspace_id: str, kind: DeliveryKind, recipient_id: str, since_at: datetime
) -> list[Delivery]:
    """Every delivery of a kind to somebody since a moment, said or not, the oldest first."""
    hers = (deliveries.c.kind == kind, deliveries.c.recipient_id == recipient_id)
    mine = (deliveries.c.workspace_id == workspace_id, *hers, deliveries.c.created_at >= since_at)
    return [record(Delivery, row) for row in tx.execute(select(deliveries).where(*mine).order_by(deliveries.c.id))]


def nudges(tx: Connection, workspace_id: str, owner_ids: Sequence[str], moment: datetime) -> list[Delivery]:
    """The nudges these owners were sent since a moment."""
    rows = tx.execute(
        select(deliveries).where(
            deliveries.c.workspace_id == workspace_id,
            deliveries.c.kind == DeliveryKind.NUDGE,
            deliveries.c.recipient_id.in_(owner_ids),
            deliveries.c.created_at >= moment,
        )
    )
    return [record(Delivery, row) for row in rows]


def waiting(tx: Connection, now: datetime, limit: int) -> list[Delivery]:
    """What may be taken now: pending ones whose moment has come, and leases that ran out."""
    free = or_(deliveries.c.leased_until_at.is_(None), deliveries.c.leased_until_at <= now)
    rows = tx.execute(
        select(deliveries)
        .where(STILL_OPEN, deliveries.c.not_before_at <= now, free)
        .order_by(deliveries.c.not_before_at, deliveries.c.id)
        .limit(limit)
    )
    return [record(Delivery, row) for row in rows]


def lease(tx: Connection, delivery: Delivery, until_at: datetime) -> bool:
    """Compare-and-set: take the delivery for oneself; False when another process was first."""
    seen = (
        deliveries.c.state == delivery.state,
        deliveries.c.attempts == delivery.attempts,
        deliveries.c.id == delivery.id,
        deliveries.c.workspace_id == delivery.workspace_id,
    )
    taken = {"state": DeliveryState.LEASED, "leased_until_at": until_at, "attempts": delivery.attempts + 1}
    return tx.execute(update(deliveries).where(*seen).values(**taken)).rowcount == 1


def defer(tx: Connection, delivery: Delivery, reason: str, at: datetime) -> bool:
    """Compare-and-set: put back what is leased to us until a moment; False when our lease ran out and is another's."""
    return _settle_ours(tx, delivery, state=DeliveryState.PENDING, reason=reason, not_before_at=at)


def skip_leased(tx: Connection, delivery: Delivery, reason: str) -> bool:
    """Compare-and-set: what is leased to us will not be said; False as for :func:`defer`."""
    return _settle_ours(tx, delivery, state=DeliveryState.SKIPPED, reason=reason)


def _settle_ours(tx: Connection, delivery: Delivery, **values: Any) -> bool:
    ours = (
        deliveries.c.state == DeliveryState.LEASED,
        deliveries.c.attempts == delivery.attempts,
        deliveries.c.id == delivery.id,
        deliveries.c.workspace_id == delivery.workspace_id,
    )
    return tx.execute(update(deliveries).where(*ours).values(leased_until_at=None, **values)).rowcount == 1


def change(tx: Connection, workspace_id: str, delivery_id: int, **values: Any) -> None:
    """Set columns of a delivery."""
    mine = (deliveries.c.workspace_id == workspace_id, deliveries.c.id == delivery_id)
    tx.execute(update(deliveries).where(*mine).values(**values))


def latest(tx: Connection, workspace_id: str, kind: DeliveryKind, recipient_id: str) -> Delivery | None:
    """A recipient's newest delivery of a kind, said or not."""
    mine = (
        deliveries.c.workspace_id == workspace_id,
        deliveries.c.kind == kind,
        deliveries.c.recipient_id == recipient_id,
    )
    query = select(deliveries).where(*mine).order_by(deliveries.c.local_on.desc(), deliveries.c.id.desc()).limit(1)
    return one(Delivery, tx.execute(query))


def last_contents(
    tx: Connection, workspace_id: str, kind: DeliveryKind, recipient_id: str, before_on: date, limit: int
) -> list[tuple[date, dict[str, Any]]]:
    """(date, content) of the newest messages of a kind that a recipient was sent before a date."""
    mine = (
        deliveries.c.workspace_id == workspace_id,
        deliveries.c.kind == kind,
        deliveries.c.recipient_id == recipient_id,
        deliveries.c.local_on < before_on,
        deliveries.c.state == DeliveryState.SENT,
    )
    query = select(deliveries.c.local_on, deliveries.c.content).where(*mine).order_by(deliveries.c.local_on.desc())
    return [(row[0], row[1] or {}) for row in tx.execute(query.limit(limit))]
