"""What was said of a hand-over is not the end of it: it may be taken back, or the prospect may be handed on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services import handover
from bot.services.handover import Notice, Tone
from bot.storage import changes, deliveries, members, prospects
from bot.storage.engine import Database
from bot.storage.records import Change, Delivery, Member
from bot.storage.tables import ChangeKind, DeliveryKind
from bot.storage.tables import prospects as prospect_rows
from bot.storage.tables import steps as step_rows

LOOKED_BACK = timedelta(days=30)
"""Older messages stay as they are: their button shows the card as it stands."""
OF_CHANGE = "change:"
RECEIVED = frozenset({Tone.ASSIGNED, Tone.GIVEN})
GONE = frozenset({Tone.TAKEN_OVER, Tone.ASSIGNED_AWAY})


@dataclass(frozen=True, slots=True)
class Since:
    """What became of what a notice says; ``owner`` has it now, nobody else where several were taken back."""

    owner: Member | None = None
    is_reader: bool = False


def people(db: Database, change: Change) -> list[Member]:
    """Everybody whose prospect or step it was before a change or after it."""
    ids = _owners(change)
    if len(ids) < 2:
        return []
    with db.read() as tx:
        return list(members.named(tx, change.workspace_id, sorted(ids)).values())


def told(db: Database, change: Change, now: datetime) -> list[Delivery]:
    """The messages that told of hand-overs of the same prospect lately, or of this very change."""
    ids, since_at = _owners(change), now - LOOKED_BACK
    with db.read() as tx:
        if change.prospect_id is not None:
            about = [change.prospect_id]
            for earlier in changes.since(tx, change.workspace_id, about, [ChangeKind.HANDED_OVER], since_at):
                ids |= _owners(earlier)
        lately = deliveries.sent_to(tx, change.workspace_id, DeliveryKind.NEWS, sorted(ids), since_at)
    return [each for each in lately if _is_about(each, change)]


def since(db: Database, delivery: Delivery, notice: Notice) -> Since | None:
    """What happened after a notice, where what it says holds no more."""
    with db.read() as tx:
        if notice.tone is Tone.ASSIGNED_MANY:
            number = delivery.subject.removeprefix(OF_CHANGE)
            change = changes.get(tx, delivery.workspace_id, int(number)) if number.isdecimal() else None
            return Since() if change is not None and change.undone_at is not None else None
        if notice.tone not in RECEIVED | GONE:
            return None
        prospect = prospects.standing(tx, delivery.workspace_id, notice.prospect_id)
        if prospect is None or (prospect.owner_id == delivery.recipient_id) is (notice.tone in RECEIVED):
            return None
        owner = members.get(tx, delivery.workspace_id, prospect.owner_id)
        return Since(owner, owner.id == delivery.recipient_id) if owner else None


def _owners(change: Change) -> set[str]:
    return {
        image[side]["owner_id"]
        for image in change.images
        if image["table"] in {prospect_rows.name, step_rows.name}
        for side in ("before", "after")
        if "owner_id" in (image[side] or {})
    }


def _is_about(delivery: Delivery, change: Change) -> bool:
    notice = handover.question(delivery)
    if notice is None:
        return False
    if notice.tone is Tone.ASSIGNED_MANY:
        return delivery.subject == f"{OF_CHANGE}{change.id}"
    return notice.prospect_id == change.prospect_id
