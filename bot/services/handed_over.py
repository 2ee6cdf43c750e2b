"""What was said of a hand-over is not the end of it: it may be taken back, or the prospect may be handed on."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.services import messages, quiet
from bot.services.messages import OF_CHANGE, Notice, Tone
from bot.storage import changes, deliveries, members, prospects
from bot.storage.engine import Database
from bot.storage.records import Change, Delivery, Member
from bot.storage.tables import ChangeKind, DeliveryKind, DeliveryState
from bot.storage.tables import prospects as prospect_rows
from bot.storage.tables import steps as step_rows

LOOKED_BACK = timedelta(days=30)
"""Older messages stay as they are: their button shows the card as it stands."""
RECEIVED = frozenset({Tone.ASSIGNED, Tone.GIVEN})
GONE = frozenset({Tone.TAKEN_OVER, Tone.ASSIGNED_AWAY})


@dataclass(frozen=True, slots=True)
class Since:
    """What became of what a notice says; ``owner`` has it now, None where it was taken back, whatever came then."""

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
        lately = [
            each
            for kind in (DeliveryKind.NEWS, DeliveryKind.QUESTION)
            for each in deliveries.sent_to(tx, change.workspace_id, kind, sorted(ids), since_at)
        ]
    return [each for each in lately if _is_about(each, change)]


def since(db: Database, delivery: Delivery, notice: Notice) -> Since | None:
    """What happened after a notice, where what it says holds no more."""
    with db.read() as tx:
        if notice.tone is Tone.ASSIGNED_MANY:
            return Since() if _is_undone(tx, delivery) else None
        if notice.tone not in RECEIVED | GONE | {Tone.REFUSED}:
            return None
        prospect = prospects.standing(tx, delivery.workspace_id, notice.prospect_id)
        if prospect is None or _still_holds(notice, prospect.owner_id, delivery.recipient_id):
            return Since() if prospect is not None and _is_undone(tx, delivery) else None
        owner = members.get(tx, delivery.workspace_id, prospect.owner_id)
        return Since(owner, owner.id == delivery.recipient_id) if owner else None


def to_say(db: Database, delivery: Delivery, notice: Notice) -> Notice | None:
    """What a notice says that nobody heard yet, as things stand; None where nothing is left of it.

    Whoever hears at nine what was done in the night, hears what came of it: not what was undone, or went back.
    """
    if delivery.state is DeliveryState.SENT:
        return notice
    with db.read() as tx:
        return _left(tx, delivery, notice)


def is_needless(db: Database, delivery: Delivery) -> bool:
    """True for a notice of which nothing is left to say."""
    notice = messages.question(delivery)
    return notice is not None and to_say(db, delivery, notice) is None


def tell_after_all(db: Database, change: Change, now: datetime) -> None:
    """Where what made a message needless was undone, it is to be said."""
    if len(_owners(change)) < 2:
        return
    with db.begin() as tx:
        for reader in members.named(tx, change.workspace_id, sorted(_owners(change))).values():
            since_at = now - LOOKED_BACK
            for each in deliveries.opened_for(tx, change.workspace_id, DeliveryKind.NEWS, reader.id, since_at):
                notice = messages.question(each)
                if notice is None or each.state is not DeliveryState.SKIPPED or not _is_about(each, change):
                    continue
                if notice.tone in RECEIVED | GONE and _left(tx, each, notice):
                    deliveries.open_again(tx, each, each.content or {}, now, quiet.heard_at(reader, now))


def _left(tx: Connection, delivery: Delivery, notice: Notice) -> Notice | None:
    if notice.tone is Tone.ASSIGNED_MANY:
        return None if _is_undone(tx, delivery) else notice
    prospect = prospects.standing(tx, delivery.workspace_id, notice.prospect_id)
    if prospect is None:
        return None
    is_hers = prospect.owner_id == delivery.recipient_id
    match notice.tone:
        case Tone.NUDGE:
            stands_still = prospect.stage.is_open and prospect.active_at <= delivery.created_at
            return notice if is_hers and stands_still else None
        case Tone.GIVEN if prospect.owner_id == notice.by_id:
            return replace(notice, tone=Tone.REFUSED)  # she took her yes back: that is her answer
        case tone if tone in RECEIVED | GONE and (_is_undone(tx, delivery) or not _is_news(tx, delivery, is_hers)):
            return None
        case Tone.ASSIGNED_AWAY:
            owner = members.get(tx, delivery.workspace_id, prospect.owner_id)
            return replace(notice, to_name=owner.name) if owner else notice
    return notice


def _still_holds(notice: Notice, owner_id: str, reader_id: str) -> bool:
    if notice.tone is Tone.REFUSED:
        return owner_id == notice.by_id
    return (owner_id == reader_id) is (notice.tone in RECEIVED)


def _is_news(tx: Connection, delivery: Delivery, is_hers: bool) -> bool:
    """True for the last thing she is to hear of a prospect, where it is not as she knows it already."""
    unheard: list[tuple[Delivery, Tone]] = []
    notice = messages.question(delivery)
    since_at = delivery.created_at - LOOKED_BACK
    for each in deliveries.opened_for(tx, delivery.workspace_id, DeliveryKind.NEWS, delivery.recipient_id, since_at):
        told = messages.question(each)
        if told is None or notice is None or told.prospect_id != notice.prospect_id or told.tone not in RECEIVED | GONE:
            continue
        unheard = [] if each.state is DeliveryState.SENT else [*unheard, (each, told.tone)]
    had = unheard[0][1] in GONE if unheard else not is_hers
    fitting = [each.id for each, tone in unheard if (tone in RECEIVED) is is_hers and not _is_undone(tx, each)]
    return had is not is_hers and fitting[-1:] == [delivery.id]


def _is_undone(tx: Connection, delivery: Delivery) -> bool:
    """True where the change that a notice tells of was taken back."""
    number = delivery.subject.removeprefix(OF_CHANGE).split(":")[0]
    change = changes.get(tx, delivery.workspace_id, int(number)) if number.isdecimal() else None
    return change is not None and change.undone_at is not None


def _owners(change: Change) -> set[str]:
    return {
        image[side]["owner_id"]
        for image in change.images
        if image["table"] in {prospect_rows.name, step_rows.name}
        for side in ("before", "after")
        if "owner_id" in (image[side] or {})
    }


def _is_about(delivery: Delivery, change: Change) -> bool:
    notice = messages.question(delivery)
    if notice is None:
        return False
    if notice.tone is Tone.ASSIGNED_MANY:
        return delivery.subject == f"{OF_CHANGE}{change.id}"
    return notice.prospect_id == change.prospect_id
