"""What was done and what is said."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from bot.storage.tables import ChangeKind, DeliveryKind, DeliveryState


@dataclass(frozen=True, slots=True)
class Change:
    """One undoable action: who, when, from where, which rows, before and after."""

    id: int
    workspace_id: str
    member_id: str
    kind: ChangeKind
    origin: str
    request_id: str | None
    prospect_id: int | None
    step_id: int | None
    facts: dict[str, Any]
    images: list[dict[str, Any]]
    happened_at: datetime
    undone_at: datetime | None
    undoes_id: int | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something to be said once: the outbox's row."""

    id: int
    workspace_id: str
    kind: DeliveryKind
    recipient_id: str
    local_on: date
    subject: str
    state: DeliveryState
    reason: str | None
    content: dict[str, Any] | None
    page: int
    channel: str | None
    ts: str | None
    attempts: int
    not_before_at: datetime
    leased_until_at: datetime | None
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class TeamDigest:
    """Where and when a channel hears of its stalled deals."""

    workspace_id: str
    channel_id: str
    member_id: str
    zone: str
    weekday: int
    post_time: time
    shows_money: bool
    is_on: bool
    next_digest_at: datetime | None
    created_at: datetime
