"""Direct messages about one prospect, frozen when they are opened; the outbox says what is left of them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection

from bot.services import quiet
from bot.storage import deliveries, steps
from bot.storage.records import Delivery, Member, Prospect
from bot.storage.tables import DeliveryKind, DeliveryState


class Tone(StrEnum):
    """What a notice to one person is about."""

    NUDGE = "nudge"
    TAKEN_OVER = "taken_over"
    ASKED = "asked"
    REFUSED = "refused"
    GIVEN = "given"
    ASSIGNED = "assigned"
    ASSIGNED_AWAY = "assigned_away"
    ASSIGNED_MANY = "assigned_many"


@dataclass(frozen=True, slots=True)
class Notice:
    """A direct message about one prospect, frozen when its delivery was opened."""

    tone: Tone
    prospect_id: int
    step_id: int | None
    name: str
    company: str | None
    by_id: str
    by_name: str
    to_name: str = ""
    """Whose it is now, where that is neither the reader nor ``by``."""
    count: int = 1
    """How many of hers are given at once, where ``name`` is the one they belonged to."""
    is_idle: bool = True
    """Of a nudge: nothing has happened there for as long as its stage allows."""


OF_CHANGE = "change:"
"""What begins so tells of a change, and is taken back with it."""
NOTICES = frozenset({DeliveryKind.NUDGE, DeliveryKind.NEWS, DeliveryKind.QUESTION})
NOTICE: TypeAdapter[Notice] = TypeAdapter(Notice)


def question(delivery: Delivery | None) -> Notice | None:
    """The notice a delivery carries, or None when it carries something else."""
    if delivery is None or delivery.kind not in NOTICES or "tone" not in (delivery.content or {}):
        return None
    return NOTICE.validate_python(delivery.content)


def said_since(tx: Connection, by: Member, since_at: datetime) -> bool:
    """True where somebody asked, nudged or answered a person after a moment: what is no change of hers."""
    for each in deliveries.opened_since(tx, by.workspace_id, NOTICES, since_at):
        notice = question(each)
        if notice is not None and notice.by_id == by.id and not each.subject.startswith(OF_CHANGE):
            return True
    return False


def about(tx: Connection, tone: Tone, prospect: Prospect, by: Member) -> Notice:
    """A message about a prospect as it stands, by whoever caused it."""
    step = steps.open_of(tx, prospect.workspace_id, prospect.id)
    return Notice(tone, prospect.id, step.id if step else None, prospect.name, prospect.company, by.id, by.name)


def opened(
    tx: Connection,
    kind: DeliveryKind,
    to: Member,
    subject: str,
    notice: Notice,
    now: datetime,
    nudged_at: datetime | None = None,
) -> int | None:
    """``nudged_at``: when a nudge is said, and of which day it is; everything else is of the day it happened on."""
    local_on = to.local(nudged_at or now).date()
    content = NOTICE.dump_python(notice, mode="json")
    heard_at = nudged_at or quiet.heard_at(to, now)
    new = deliveries.open_once(
        tx, to.workspace_id, kind, to.id, local_on, now, subject=subject, content=content, not_before_at=heard_at
    )
    return new or _open_again(tx, kind, to, local_on, subject, content, now, heard_at)


def _open_again(
    tx: Connection,
    kind: DeliveryKind,
    to: Member,
    local_on: date,
    subject: str,
    content: dict[str, Any],
    now: datetime,
    heard_at: datetime,
) -> int | None:
    """The same of the same day was opened, and skipped as nothing was left to say: now there is."""
    earlier = deliveries.of_day(tx, to.workspace_id, kind, to.id, local_on, subject)
    if earlier is None or earlier.state is not DeliveryState.SKIPPED:
        return None
    return earlier.id if deliveries.open_again(tx, earlier, content, now, heard_at) else None
