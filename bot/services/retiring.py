"""Deleting a cadence: nobody new is put on it, and who is on it finishes it or comes off."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.services import changes, definitions, targets
from bot.services.actor import Actor
from bot.services.cadences import take_off
from bot.services.definitions import Standing
from bot.services.errors import Gone, InvalidInput, NotAllowed
from bot.services.recorder import Recorder
from bot.storage import cadences, members, prospects
from bot.storage.engine import Database
from bot.storage.records import Change, Member
from bot.storage.tables import ChangeKind
from language import say

DELETED = "deleted"


class Ending(StrEnum):
    """What becomes of those who are on a cadence that is deleted."""

    FINISH = "finish"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Retired:
    """A cadence that was deleted, and how many were on it."""

    change: Change
    key: str
    ending: Ending
    count: int


def to_delete(db: Database, actor: Actor, words: str) -> tuple[Standing, int]:
    """The cadence these words name and how many are on it. As :func:`retire` for one that may not be deleted."""
    found = definitions.named(db, actor, words)
    _refuse_deletion(found, actor.member)
    with db.read() as tx:
        return found, cadences.count_on(tx, actor.workspace_id, found.cadence.key)


def retire(db: Database, actor: Actor, key: str, ending: Ending, now: datetime) -> Retired:
    """Delete a cadence: who is on it finishes it, or comes off it now. NotAllowed for one that is not the actor's."""
    with changes.writing(db, actor, ChangeKind.CADENCE, now) as recorder:
        members.hold_workspace(recorder.tx, actor.workspace_id)
        standing = definitions.standing(recorder.tx, actor.workspace_id, key)
        if standing is None:
            raise Gone
        _refuse_deletion(standing, actor.member)
        row = cadences.get(recorder.tx, actor.workspace_id, key, standing.cadence.version)
        if row is None:
            raise Gone
        recorder.update(row, retired_at=now)
        count = cadences.count_on(recorder.tx, actor.workspace_id, key)
        if ending is Ending.STOP:
            count = _all_off(recorder, key)
        change = recorder.close(None, deed=DELETED, cadence=key, stopped=count if ending is Ending.STOP else None)
        return Retired(change, key, ending, count)


def _all_off(recorder: Recorder, key: str) -> int:
    """Take everybody off who is the actor's to move; how many that were."""
    tx, workspace_id, member = recorder.tx, recorder.actor.workspace_id, recorder.actor.member
    people = cadences.people_on(tx, workspace_id, key)
    count = 0
    for running, step in sorted(people, key=lambda each: each[0].prospect_id):
        prospect = prospects.get(tx, workspace_id, running.prospect_id, lock=True)
        if prospect is None or step is None or not (prospect.owner_id == member.id or member.may_manage):
            continue
        take_off(recorder, prospect, targets.owner_of(tx, prospect), step, running)
        count += 1
    return count


def _refuse_deletion(standing: Standing, member: Member) -> None:
    key = standing.cadence.key
    if standing.is_built_in:
        why = say("{cadence} comes with the program and stays; make a copy to change it", cadence=key)
        raise InvalidInput("cadence", why, f"cadence fork {key}")
    if not standing.may_edit(member):
        raise NotAllowed(say("delete {cadence}", cadence=key), definitions.who_may_edit(standing))
    if standing.retired_at is not None:
        raise InvalidInput("cadence", say("{cadence} was deleted already", cadence=key))
