"""One mechanism for undo, audit and history: every write is one change, and each can be taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot.services import cards, messages
from bot.services.actor import Actor, Origin
from bot.services.cards import Card
from bot.services.errors import (
    AlreadyDone,
    DomainError,
    DoNotContactStands,
    Gone,
    InvalidInput,
    NotAllowed,
    NothingToUndo,
    NotYours,
    SaidSince,
    UndoConflict,
    UndoneBefore,
)
from bot.services.recorder import Recorder, Together
from bot.storage import absences, cadences, changes, members, prospects, resources, steps, tables
from bot.storage.engine import Database
from bot.storage.records import (
    Change,
    Prospect,
)
from bot.storage.tables import ChangeKind, Role
from language import say, say_n

HISTORY_LENGTH = 10
SAID_LATELY = timedelta(days=1)
"""So long somebody may still mean what she asked or answered when she says undo."""
SLIP_OF_THE_FINGER = timedelta(hours=1)
"""So long a do-not-contact that was set by mistake may be taken back; later only an admin lifts it."""

MERGED_FOR_GOOD = timedelta(days=30)


@contextmanager
def writing(db: Database, actor: Actor, kind: ChangeKind, now: datetime) -> Iterator[Recorder]:
    """The one transaction of a service. AlreadyDone when the request was carried out before."""
    if isinstance(db, Together):
        yield db.part(actor, kind, now)
        return
    try:
        with db.begin() as tx:
            recorder = Recorder(tx, actor, kind, now, [])
            yield recorder
            recorder.settle()
    except (IntegrityError, DomainError):
        # Looking first would cost every request a query. A repeated one runs into the index of requests at the latest
        # when its change is written, or finds the prospect moved on, by itself: only then is it worth a look.
        with db.read() as tx:
            _refuse_repeat(tx, actor)
        raise


@dataclass(frozen=True, slots=True)
class Undone:
    """A change that was taken back; ``prospect`` is how it stands now, None when it is gone or was never about one."""

    change: Change
    prospect_id: int | None
    prospect: Prospect | None
    card: Card | None = None
    others: tuple[Card, ...] = ()
    """How those stand whom a change of several things was about."""


def undo(db: Database, actor: Actor, change_id: int | None, now: datetime) -> Undone:
    """Take back a change (None: the actor's last), exactly, or say what moved since and change nothing."""
    with writing(db, actor, ChangeKind.UNDONE, now) as recorder:
        change = _wanted(recorder.tx, actor, change_id, now)
        _refuse_used(recorder.tx, change)
        _refuse_outgrown_merge(recorder.tx, change, now)
        if change.prospect_id is None:
            _hold_all(recorder.tx, change)
        for image in reversed(change.images):
            _take_back(recorder, change, image)
        changes.mark_undone(recorder.tx, change, now)
        recorder.settle()
        others = _others(recorder, change)
        _note_undo(recorder, change)
        prospect = change.prospect_id and prospects.get(recorder.tx, actor.workspace_id, change.prospect_id)
        card = cards.of(recorder.tx, actor.member, prospect) if prospect else None
        return Undone(change, change.prospect_id, prospect or None, card, others)


def history(db: Database, actor: Actor) -> list[Change]:
    """The actor's own changes that stand, newest first."""
    with db.read() as tx:
        return changes.lately(tx, actor.workspace_id, actor.member.id, HISTORY_LENGTH)


def _wanted(tx: Connection, actor: Actor, change_id: int | None, now: datetime) -> Change:
    if change_id is None:
        found = changes.last_of(tx, actor.workspace_id, actor.member.id)
        if found is None:
            raise NothingToUndo
        if messages.said_since(tx, actor.member, max(found.happened_at, now - SAID_LATELY)):
            raise SaidSince(found)
        change_id = found.id
    change = changes.get(tx, actor.workspace_id, change_id)
    if change is not None and change.origin == Origin.TOGETHER:
        change = changes.whole_of(tx, change)
    if change is None or change.undoes_id is not None:
        raise Gone
    if change.prospect_id is not None:
        # Every verb locks the prospect before any other row: so does its undo, or the two would wait for each other.
        prospects.get(tx, actor.workspace_id, change.prospect_id, lock=True)
    change = changes.get(tx, actor.workspace_id, change.id, lock=True) or change
    if change.undone_at is not None:
        raise UndoneBefore(change, change.undone_at)
    if change.facts.get("do_not_contact") and now - change.happened_at > SLIP_OF_THE_FINGER:
        raise DoNotContactStands(change)
    if change.member_id != actor.member.id:
        _refuse_strangers_undo(tx, actor, change)
    return change


def _refuse_strangers_undo(tx: Connection, actor: Actor, change: Change) -> None:
    """Managers and the owner may take back what others did to a prospect; settings and roles only an admin."""
    if change.kind is ChangeKind.BATCH:
        if not actor.member.may_manage:
            raise NotAllowed(say("take back what somebody else did to several at once"), say("a manager"))
        return
    if change.prospect_id is None:
        if actor.member.role is not Role.ADMIN:
            raise NotAllowed(say("take back what somebody else set"), say("an admin"))
        return
    if actor.member.may_manage:
        return
    prospect = change.prospect_id and prospects.get(tx, actor.workspace_id, change.prospect_id)
    if not prospect:
        raise Gone
    if prospect.owner_id != actor.member.id:
        owner = members.get(tx, actor.workspace_id, prospect.owner_id)
        if owner is None:
            raise Gone
        raise NotYours(prospect, owner)


def _refuse_used(tx: Connection, change: Change) -> None:
    """A version of a cadence on which somebody was put since it was saved is not taken from under them.

    Nor is a resource that somebody was sent, or a prospect with whom something happened since.
    """
    moved = {image["key"]["id"] for image in change.images if image["table"] == tables.enrollments.name}
    for image in change.images:
        begun = image["table"] == tables.prospects.name and image["before"] is None
        if begun and changes.last_on(tx, change.workspace_id, image["key"]["id"], change.id):
            raise _conflict(tx, change)
        if image["table"] == tables.cadences.name and image["before"] is None:
            key = image["key"]
            if cadences.on_version(tx, change.workspace_id, key["key"], key["version"]) - moved:
                raise UndoConflict(change, None, None)
        added = image["table"] == tables.resources.name and image["before"] is None
        if added and resources.is_used(tx, change.workspace_id, image["key"]["id"]):
            raise UndoConflict(change, None, None)


def _others(recorder: Recorder, change: Change) -> tuple[Card, ...]:
    """The cards of those a change of several things was about, as they stand now."""
    tx, workspace_id = recorder.tx, change.workspace_id
    numbers = sorted({part.prospect_id for part in changes.parts_of(tx, change) if part.prospect_id is not None})
    standing = prospects.many(tx, workspace_id, numbers)
    return tuple(cards.of(tx, recorder.actor.member, standing[number]) for number in numbers if number in standing)


def _refuse_outgrown_merge(tx: Connection, change: Change, now: datetime) -> None:
    """Two that were merged are told apart again for a month, and only while what was next then is next now."""
    if change.kind is not ChangeKind.MERGED or change.prospect_id is None:
        return
    if now - change.happened_at > MERGED_FOR_GOOD:
        why = say_n(
            "a merge can be undone for {count} day, and this one is older",
            "a merge can be undone for {count} days, and this one is older",
            MERGED_FOR_GOOD.days,
        )
        raise InvalidInput("when", why)
    step = steps.open_of(tx, change.workspace_id, change.prospect_id)
    running = steps.enrollment_of(tx, change.workspace_id, change.prospect_id)
    left = (change.facts.get("step_id"), change.facts.get("running_id"))
    if (step and step.id, running and running.id) != left:
        raise _conflict(tx, change)


def _hold_all(tx: Connection, change: Change) -> None:
    """Hold what a change of many rows touched in the order in which such changes do: who and when, prospects, steps."""
    for image in change.images:
        if image["table"] != tables.steps.name:
            changes.now_of(tx, changes.table_named(image["table"]), image["key"])
    moved = {image["key"]["id"] for image in change.images if image["table"] == tables.steps.name}
    absences.hold_prospects(tx, change.workspace_id, sorted(moved))


def _take_back(recorder: Recorder, change: Change, image: dict[str, Any]) -> None:
    if not recorder.take_back(image):
        raise _conflict(recorder.tx, change)


def _conflict(tx: Connection, change: Change) -> UndoConflict:
    since = change.prospect_id and changes.last_on(tx, change.workspace_id, change.prospect_id, change.id)
    by = members.get(tx, change.workspace_id, since.member_id) if since else None
    return UndoConflict(change, since or None, by)


def _note_undo(recorder: Recorder, change: Change) -> None:
    changes.add(
        recorder.tx,
        workspace_id=change.workspace_id,
        member_id=recorder.actor.member.id,
        kind=ChangeKind.UNDONE,
        origin=recorder.actor.origin.value,
        request_id=recorder.actor.request_id,
        prospect_id=change.prospect_id,
        facts=change.facts,
        images=recorder.images,
        happened_at=recorder.now,
        undoes_id=change.id,
    )


def _refuse_repeat(tx: Connection, actor: Actor) -> None:
    if actor.request_id is None:
        return
    first = changes.of_request(tx, actor.workspace_id, actor.request_id)
    if first is not None:
        raise AlreadyDone(first)
