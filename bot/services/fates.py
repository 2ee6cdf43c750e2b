"""What became of a message that somebody else is to hear: said, to come, under way, or never."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.services import handed_over, quiet, silence
from bot.services.errors import Gone
from bot.storage import deliveries, members
from bot.storage.engine import Database
from bot.storage.records import Delivery, Member
from bot.storage.tables import DeliveryKind, DeliveryState


class Stand(StrEnum):
    """How far a message is."""

    SAID = "said"
    LATER = "later"
    UNDER_WAY = "under way"
    NEVER = "never"
    NEEDLESS = "needless"
    """What it would tell of went back before it was heard."""


class Why(StrEnum):
    """What a message waits for."""

    AWAY = "away"
    OUT_OF_HOURS = "out of hours"
    ENOUGH = "enough"
    DISTURBED = "disturbed"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of it; ``at`` and ``why`` where it comes later, ``reason`` (a kept text) where it never does."""

    reader: Member
    stand: Stand
    at: datetime | None = None
    why: Why | None = None
    reason: str = ""


def of(db: Database, workspace_id: str, delivery_id: int, now: datetime) -> Fate:
    """The fate of a delivery, as far as it is known. Gone without one."""
    with db.read() as tx:
        delivery = deliveries.get(tx, workspace_id, delivery_id)
        reader = members.get(tx, workspace_id, delivery.recipient_id) if delivery else None
    if delivery is None or reader is None:
        raise Gone
    match delivery.state:
        case DeliveryState.SENT:
            return Fate(reader, Stand.SAID)
        case DeliveryState.FAILED | DeliveryState.SKIPPED:
            return Fate(reader, Stand.NEVER, reason=delivery.reason or "")
        case DeliveryState.PENDING if handed_over.is_needless(db, delivery):
            return Fate(reader, Stand.NEEDLESS)
        case DeliveryState.PENDING if delivery.not_before_at > now:
            return Fate(reader, Stand.LATER, delivery.not_before_at, _why(delivery, reader, now))
    return Fate(reader, Stand.UNDER_WAY)


def _why(delivery: Delivery, reader: Member, now: datetime) -> Why | None:
    """What it waits for; None where Slack just did not take it."""
    if not quiet.is_here(reader, reader.local(now).date()):
        return Why.AWAY
    if quiet.is_quiet(reader, now):
        return Why.OUT_OF_HOURS
    if delivery.reason == silence.DISTURBED:
        return Why.DISTURBED
    is_crowded = delivery.kind is DeliveryKind.NUDGE and delivery.reason in {None, silence.NUDGED}
    return Why.ENOUGH if is_crowded else None
