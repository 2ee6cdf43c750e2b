"""Two entries of one person become one: field by field, with everything that happened to either, as one change."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import Connection

from bot.services import cards, changes, plans, prospects, targets
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.changes import Joined, Recorder
from bot.services.errors import Gone, InvalidInput, UndoneBefore
from bot.services.names import key_of
from bot.services.plans import Ended
from bot.services.prospects import Details, Wish
from bot.services.targets import ByProspect
from bot.storage import changes as kept_changes
from bot.storage import members, merging, steps, tables
from bot.storage import prospects as kept_prospects
from bot.storage.engine import Database
from bot.storage.records import Change, Member, Prospect, StepRow
from bot.storage.tables import ChangeKind, StepEnd
from bot.storage.types import from_json
from cadences.model import OPEN_STAGES, EnrollmentState, Stage
from language import say

MERGED = "merged with its double"
"""Why a step of one of the two ended."""
FURTHEST = (Stage.PROPOSAL, Stage.ENGAGED, Stage.WORKING, Stage.NEW, Stage.PARKED, Stage.WON, Stage.LOST)
"""Whose standing the one that is left has: a running deal goes before a closed one."""
RUNNING = frozenset({*OPEN_STAGES, Stage.PARKED})
STANDING = ("stage", "stage_since_at", "parked_until_on", "lost_reason", "closed_on", "close_note")
ACTIVITY = ("active_at", "active_kind", "active_by")
VALUE = "value"
OWNER = "owner"
PLAIN_FIELDS = (
    "name", "company", "role", "email", "phone", "source", "close_on", "zone", "industry", "renewal_on",
    "temperature", "preferred_channel", "best_time", "profile_url",
)  # fmt: skip

ASKED = (*PLAIN_FIELDS, VALUE, OWNER)
"""Fields in which two entries can differ."""


class Side(StrEnum):
    """Whose value is taken: of the older entry, which stays, or of the other, which becomes part of it."""

    OLDER = "older"
    NEWER = "newer"


Value = str | date | time | tuple[int, str | None]


@dataclass(frozen=True, slots=True)
class Choice:
    """A field in which both say something, and not the same; ``preferred`` unless somebody chooses."""

    field: str
    older: Value
    newer: Value
    preferred: Side


@dataclass(frozen=True, slots=True)
class Preview:
    """What merging two would leave open; ``newer_id`` is None for somebody who is not kept yet."""

    older: Prospect
    newer_id: int | None
    newer_name: str
    choices: tuple[Choice, ...]
    fills: tuple[str, ...]
    """Fields that only the newer one has; they are kept as well."""
    owners: tuple[Member, ...] = ()
    """The owners of two that are kept."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What was merged, and what was taken where the two differed."""

    done: Done
    choices: tuple[Choice, ...]
    taken: Mapping[str, Side]
    people: Mapping[str, Member]
    """The owners of the two, where they are two."""


def preview(db: Database, actor: Actor, one_id: int, other_id: int) -> Preview:
    """What would be asked before two are merged. NotYours, Gone or InvalidInput as for :func:`merge`."""
    with db.read() as tx:
        older, newer = _both(tx, actor, one_id, other_id)
        return _previewed(older, newer, newer.id)


def preview_new(db: Database, actor: Actor, kept_id: int, details: Details) -> Preview:
    """The same for somebody who is about to be added."""
    with db.read() as tx:
        kept = targets.hold_prospect(tx, actor, ByProspect(kept_id))
        return _previewed(kept, details, None)


def merge(
    db: Database,
    actor: Actor,
    one_id: int,
    into_id: int,
    now: datetime,
    taken: Mapping[str, Side] | None = None,
) -> Merged:
    """Two become one, under the older number; where both say something, ``into`` is right unless ``taken`` differs."""
    with changes.writing(db, actor, ChangeKind.MERGED, now) as recorder:
        older, newer = _both(recorder.tx, actor, one_id, into_id)
        right = Side.OLDER if into_id == older.id else Side.NEWER
        return _merged(recorder, older, newer, right, taken or {})


def merge_new(
    db: Database,
    actor: Actor,
    kept_id: int,
    details: Details,
    now: datetime,
    *,
    wish: Wish | None = None,
    note: str = "",
    taken: Mapping[str, Side] | None = None,
) -> Merged:
    """Somebody who turned out to be known already is added and merged at once: one change, one undo."""
    prospects.check(details)
    with changes.writing(db, actor, ChangeKind.MERGED, now) as recorder:
        kept = targets.hold_prospect(recorder.tx, actor, ByProspect(kept_id))
        owner = targets.owner_of(recorder.tx, kept)
        other = prospects.insert(recorder, owner, details)
        if note:
            prospects.keep_note(recorder, other, note)
        if wish is not None or kept.stage not in RUNNING:
            promised = prospects.promise(wish, owner, now, email=details.email or kept.email) if wish else None
            plans.begin(recorder, other, owner, promised)
        return _merged(recorder, kept, other, Side.OLDER, taken or {})


def preview_again(db: Database, actor: Actor, change_id: int) -> Preview:
    """The choices of a merge that stands, as they were taken. Gone where there is none, UndoneBefore as it says."""
    with db.read() as tx:
        change = _standing_merge(tx, actor, change_id)
        left = targets.hold_prospect(tx, actor, ByProspect(change.prospect_id or 0))
        newer = kept_prospects.get(tx, actor.workspace_id, change.facts["other_id"])
        if newer is None:
            raise Gone
        older = _as_it_was(left, change)
        choices = tuple(
            replace(choice, preferred=Side.OLDER if _value(left, choice.field) == choice.older else Side.NEWER)
            for choice in _choices(older, newer, Side.OLDER)
        )
        people = members.named(tx, actor.workspace_id, [older.owner_id, newer.owner_id])
        return replace(_previewed(older, newer, newer.id), choices=choices, owners=tuple(people.values()))


def merge_again(db: Database, actor: Actor, change_id: int, now: datetime, taken: Mapping[str, Side]) -> Merged:
    """The same two, with other values: the merge that stands is taken back, and they become one anew, at once."""
    with changes.writing(db, actor, ChangeKind.MERGED, now) as recorder:
        change = _standing_merge(recorder.tx, actor, change_id)
        changes.undo(Joined(recorder.tx), replace(actor, request_id=None), change_id, now)
        older, newer = _both(recorder.tx, actor, change.prospect_id or 0, change.facts["other_id"])
        return _merged(recorder, older, newer, Side.OLDER, taken)


def _standing_merge(tx: Connection, actor: Actor, change_id: int) -> Change:
    change = kept_changes.get(tx, actor.workspace_id, change_id)
    if change is None or change.kind is not ChangeKind.MERGED or change.undoes_id is not None:
        raise Gone
    if change.undone_at is not None:
        raise UndoneBefore(change, change.undone_at)
    return change


def _as_it_was(left: Prospect, change: Change) -> Prospect:
    """The older one as it was before the merge."""
    was: dict[str, Any] = {}
    for image in change.images:
        if image["table"] == tables.prospects.name and image["key"]["id"] == left.id:
            was = (image["before"] or {}) | was
    columns = tables.prospects.c
    return replace(left, **{name: from_json(columns[name].type, value) for name, value in was.items()})


def _both(tx: Connection, actor: Actor, one_id: int, other_id: int) -> tuple[Prospect, Prospect]:
    """Both held, the older first, which is also the order in which everybody holds them."""
    held = {}
    for number in sorted({one_id, other_id}):
        prospect = targets.hold_prospect(tx, actor, ByProspect(number))
        held[prospect.id] = prospect
    if len(held) < 2:
        raise InvalidInput("who", say("that is one and the same prospect"), "merge dana lee into dana li")
    older, newer = (held[number] for number in sorted(held))
    return older, newer


def _previewed(older: Prospect, newer: Prospect | Details, newer_id: int | None) -> Preview:
    fills = tuple(f for f in _fields(newer) if _value(older, f) is None and _value(newer, f) is not None)
    return Preview(older, newer_id, newer.name, _choices(older, newer, Side.OLDER), fills)


def _fields(newer: Prospect | Details) -> tuple[str, ...]:
    if isinstance(newer, Prospect):
        return (*PLAIN_FIELDS[:5], VALUE, *PLAIN_FIELDS[5:], OWNER)
    return (*PLAIN_FIELDS[:5], VALUE, *PLAIN_FIELDS[5:])


def _value(entry: Prospect | Details, field: str) -> Value | None:
    if field == VALUE:
        return None if entry.value_minor is None else (entry.value_minor, entry.currency)
    name = "owner_id" if field == OWNER else field
    return cast("Value | None", getattr(entry, name))


def _choices(older: Prospect, newer: Prospect | Details, right: Side) -> tuple[Choice, ...]:
    found = []
    for field in _fields(newer):
        one, other = _value(older, field), _value(newer, field)
        if one is not None and other is not None and not _same(field, one, other):
            found.append(Choice(field, one, other, _preferred(one, other, right)))
    return tuple(found)


def _same(field: str, one: Value, other: Value) -> bool:
    if field == "email":
        return str(one).casefold() == str(other).casefold()
    return one == other


def _preferred(one: Value, other: Value, right: Side) -> Side:
    """Of two amounts in one currency the larger: a deal is rarely entered too high."""
    if isinstance(one, tuple) and isinstance(other, tuple) and one[1] == other[1]:
        return Side.OLDER if one[0] >= other[0] else Side.NEWER
    return right


def _merged(recorder: Recorder, older: Prospect, newer: Prospect, right: Side, chosen: Mapping[str, Side]) -> Merged:
    choices = _choices(older, newer, right)
    taken = {choice.field: chosen.get(choice.field, choice.preferred) for choice in choices}
    values = _columns(older, newer, taken)
    step = _surviving(recorder, older, newer)
    leader = _leader(older, newer, step)
    values |= {name: getattr(leader, name) for name in STANDING}
    values |= {name: getattr(max(older, newer, key=lambda p: p.active_at), name) for name in ACTIVITY}
    values["do_not_contact_at"] = min(filter(None, (older.do_not_contact_at, newer.do_not_contact_at)), default=None)
    _end_others(recorder, older, newer, step)
    _move(recorder, older, newer)
    kept = recorder.update(older, **values)
    if step is not None:
        was_owner_id = older.owner_id if step.prospect_id == older.id else newer.owner_id
        kept = _next_step(recorder, kept, was_owner_id)
    for part in (newer, *merging.parts_of(recorder.tx, newer.workspace_id, newer.id)):
        recorder.update(part, merged_into_id=kept.id)
    owners = members.named(recorder.tx, kept.workspace_id, [older.owner_id, newer.owner_id])
    running = steps.enrollment_of(recorder.tx, kept.workspace_id, kept.id)
    change = recorder.close(
        kept, other_name=newer.name, other_id=newer.id, step_id=step and step.id, running_id=running and running.id
    )
    return Merged(Done(change, cards.of(recorder.tx, recorder.actor.member, kept)), choices, taken, owners)


def _columns(older: Prospect, newer: Prospect, taken: Mapping[str, Side]) -> dict[str, Any]:
    """The columns of the details as they were chosen; what only one has is kept."""
    values: dict[str, Any] = {}
    for field in _fields(newer):
        one = _value(older, field)
        side = taken.get(field, Side.NEWER if one is None else Side.OLDER)
        source = newer if side is Side.NEWER else older
        if field == VALUE:
            values |= {"value_minor": source.value_minor, "currency": source.currency}
        elif field == OWNER:
            values["owner_id"] = source.owner_id
        else:
            values[field] = getattr(source, field)
    values["name_key"] = key_of(values["name"])
    values["company_key"] = key_of(values["company"]) if values["company"] else None
    return values


def _surviving(recorder: Recorder, older: Prospect, newer: Prospect) -> StepRow | None:
    """The one next step that stays: the promised one, else the earlier; none with who asked us to stop."""
    if older.do_not_contact_at is not None or newer.do_not_contact_at is not None:
        return None
    running = [each for each in (older, newer) if each.stage in RUNNING]
    # A check-in after a sale, or another try at a lost deal, gives way to a deal that runs.
    sources = running or [min((older, newer), key=_rank)]
    found = [steps.open_of(recorder.tx, each.workspace_id, each.id) for each in sources]
    return min((s for s in found if s is not None), key=lambda s: (not s.promised, s.due_at, s.id), default=None)


def _rank(prospect: Prospect) -> tuple[bool, int, int]:
    return prospect.do_not_contact_at is None, FURTHEST.index(prospect.stage), prospect.id


def _leader(older: Prospect, newer: Prospect, step: StepRow | None) -> Prospect:
    """Whose stage the one that is left has; of two parked ones, that of the step which brings it back."""
    if step is not None and older.stage is newer.stage is Stage.PARKED:
        return older if step.prospect_id == older.id else newer
    return min((older, newer), key=_rank)


def _end_others(recorder: Recorder, older: Prospect, newer: Prospect, step: StepRow | None) -> None:
    """Whatever was next beside the step that stays is closed, and its cadence stopped."""
    for each in (older, newer):
        planned = steps.open_of(recorder.tx, each.workspace_id, each.id)
        if planned is None or (step is not None and planned.id == step.id):
            continue
        plans.close(recorder, planned, Ended(StepEnd.CLOSED, reason=MERGED))
    for each in (older, newer):
        if step is None or step.prospect_id != each.id:
            plans.finish(recorder, each, EnrollmentState.STOPPED)


def _move(recorder: Recorder, older: Prospect, newer: Prospect) -> None:
    """Everything that happened to the newer one happened to the older."""
    for row in merging.rows_of(recorder.tx, newer.workspace_id, newer.id):
        recorder.update(row, prospect_id=older.id)


def _next_step(recorder: Recorder, kept: Prospect, was_owner_id: str) -> Prospect:
    """The step that stays is its prospect's owner's; a deputy's stays with the deputy."""
    owner = targets.owner_of(recorder.tx, kept)
    step = steps.open_of(recorder.tx, kept.workspace_id, kept.id)
    if step is None:
        return kept
    if was_owner_id != owner.id:
        step = recorder.update(step, owner_id=owner.id)
    return plans.parked_with(recorder, kept, owner, step)
