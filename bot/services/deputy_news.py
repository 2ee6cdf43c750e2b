"""What a deputy is told: that she stands in, and where that was taken back, that she does no longer."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pydantic import TypeAdapter

from bot.services import quiet
from bot.services.recorder import Recorder
from bot.storage import changes, deliveries, members
from bot.storage.engine import Database
from bot.storage.records import Change, Delivery, Member
from bot.storage.tables import DeliveryKind
from cadences.work_calendar import Leave

NEWS = "leave"
TOLD_LATELY = timedelta(days=30)
"""Older messages stay as they are."""


@dataclass(frozen=True, slots=True)
class News:
    """What a deputy is told, once."""

    away_id: str
    away_name: str
    starts_on: date
    ends_on: date
    handed: int
    late: int = 0
    """Of these, how many were late already."""
    begins: bool = False
    """True where the leave was still to begin: what is late by then comes as well."""


CONTENT: TypeAdapter[News] = TypeAdapter(News)


def tell(recorder: Recorder, deputy: Member, content: News, change_id: int) -> int | None:
    """Somebody hears that she stands in; the delivery, None where this was told already."""
    return deliveries.open_once(
        recorder.tx,
        deputy.workspace_id,
        DeliveryKind.NEWS,
        deputy.id,
        deputy.local(recorder.now).date(),
        recorder.now,
        subject=f"{NEWS}:{change_id}",
        content=CONTENT.dump_python(content, mode="json"),
        not_before_at=quiet.heard_at(deputy, recorder.now),
    )


def news(delivery: Delivery | None) -> News | None:
    """What a delivery tells a deputy, or None when it tells something else."""
    if delivery is None or delivery.content is None or not delivery.subject.startswith(f"{NEWS}:"):
        return None
    return CONTENT.validate_python(delivery.content)


def stands(db: Database, delivery: Delivery, content: News) -> bool:
    """True while what a deputy is told holds: that leave is hers to stand in for, and was not undone."""
    number = delivery.subject.removeprefix(f"{NEWS}:")
    with db.read() as tx:
        change = changes.get(tx, delivery.workspace_id, int(number)) if number.isdecimal() else None
        away = members.get(tx, delivery.workspace_id, content.away_id)
    if away is None or (change is not None and change.undone_at is not None):
        return False
    return Leave(content.starts_on, content.ends_on, delivery.recipient_id) in away.leave


def told(db: Database, change: Change, now: datetime) -> list[Delivery]:
    """What deputies were told lately of the leaves of whoever made a change to hers."""
    with db.read() as tx:
        lately = deliveries.sent_about(tx, change.workspace_id, DeliveryKind.NEWS, f"{NEWS}:", now - TOLD_LATELY)
    return [each for each in lately if (content := news(each)) and content.away_id == change.member_id]
