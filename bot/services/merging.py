"""Two entries of one person become one: previewed, then done with everything that happened to either, as one change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.services import cards, changes, plans, prospects, targets
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.details import Details, check, in_kept_currency
from bot.services.errors import Gone, InvalidInput, Outdated, UndoneBefore
from bot.services.merge_choices import Choice, Left, Preview, Side, choices, columns, fills, value_of
from bot.services.notes import keep_note
from bot.services.plans import Ended
from bot.services.promises import Wish, promise
from bot.services.recorder import Joined, Recorder
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


@dataclass(frozen=True, slots=True)
class Merged:
    """What was merged, and what was taken where the two differed."""

    done: Done
    choices: tuple[Choice, ...]
    taken: Mapping[str, Side]
    people: Mapping[str, Member]
    """The owners of the two, where they are two."""


def preview(db: Database, actor: Actor, one_id: int, into_id: int) -> Preview:
    """What is asked and said before two are merged. NotYours, Gone or InvalidInput as for :func:`merge`."""
    with db.read() as tx:
        return _preview(tx, *_both(tx, actor, one_id, into_id))


def preview_new(db: Database, actor: Actor, kept_id: int, details: Details) -> Preview:
    """The same for somebody who is about to be added."""
    with db.read() as tx:
        kept = targets.hold_prospect(tx, actor, ByProspect(kept_id))
        details = in_kept_currency(details, kept)
        return Preview(kept, details, choices(kept, details, Side.OLDER), fills(kept, details))


def merge(
    db: Database,
    actor: Actor,
    one_id: int,
    into_id: int,
    now: datetime,
    taken: Mapping[str, Side] | None = None,
    *,
    seen: str | None = None,
) -> Merged:
    """Two become one, under the older number; where both say something, ``into`` is right unless ``taken`` differs.

    ``seen`` is what the preview said that was agreed to: Outdated, and nothing done, when it would say else now.
    """
    with changes.writing(db, actor, ChangeKind.MERGED, now) as recorder:
        older, newer, right = _both(recorder.tx, actor, one_id, into_id)
        if seen is not None:
            _refuse_outdated(recorder.tx, seen, _preview(recorder.tx, older, newer, right))
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
    check(details)
    with changes.writing(db, actor, ChangeKind.MERGED, now) as recorder:
        kept = targets.hold_prospect(recorder.tx, actor, ByProspect(kept_id))
        owner = targets.owner_of(recorder.tx, kept)
        other = prospects.insert(recorder, owner, in_kept_currency(details, kept))
        if note:
            keep_note(recorder, other, note)
        if wish is not None or kept.stage not in RUNNING:
            promised = promise(wish, owner, now, email=details.email or kept.email) if wish else None
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
        asked = choices(older, newer, Side.OLDER)
        sides = {each.field: Side.OLDER if value_of(left, each.field) == each.older else Side.NEWER for each in asked}
        people = members.named(tx, actor.workspace_id, [older.owner_id, newer.owner_id])
        return Preview(older, newer, asked, fills(older, newer), tuple(people.values())).choosing(sides)


def merge_again(db: Database, actor: Actor, change_id: int, now: datetime, taken: Mapping[str, Side]) -> Merged:
    """The same two, with other values: the merge that stands is taken back, and they become one anew, at once."""
    with changes.writing(db, actor, ChangeKind.MERGED, now) as recorder:
        change = _standing_merge(recorder.tx, actor, change_id)
        changes.undo(Joined(recorder.tx), replace(actor, request_id=None), change_id, now)
        older, newer, _ = _both(recorder.tx, actor, change.facts["other_id"], change.prospect_id or 0)
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


def _both(tx: Connection, actor: Actor, one_id: int, into_id: int) -> tuple[Prospect, Prospect, Side]:
    """Both held, the older first, which is also the order in which everybody holds them; and which is ``into``."""
    held = {number: targets.hold_prospect(tx, actor, ByProspect(number)) for number in sorted({one_id, into_id})}
    one, into = held[one_id], held[into_id]
    if one.id == into.id:
        raise InvalidInput("who", say("that is one and the same prospect"), "merge dana lee into dana li")
    return (into, one, Side.OLDER) if into.id < one.id else (one, into, Side.NEWER)


def _preview(tx: Connection, older: Prospect, newer: Prospect, right: Side) -> Preview:
    step = _surviving(tx, older, newer)
    planned = [steps.open_of(tx, each.workspace_id, each.id) for each in (older, newer)]
    ends = tuple(each for each in planned if each is not None and each != step)
    stopped = older.do_not_contact_at is not None or newer.do_not_contact_at is not None
    people = members.named(tx, older.workspace_id, [older.owner_id, newer.owner_id])
    newest = max((each.id for each in _changes_of(tx, (older, newer))), default=0)
    left = Left(_leader(older, newer, step).stage, step, ends, stopped)
    return Preview(
        older, newer, choices(older, newer, right), fills(older, newer), tuple(people.values()), right, left, newest
    )


def _refuse_outdated(tx: Connection, seen: str, shown: Preview) -> None:
    """What was agreed to must still be what it comes to."""
    before, _, said = seen.partition(".")
    if said == shown.said:
        return
    both = [each for each in (shown.older, shown.newer) if isinstance(each, Prospect)]
    later = [each for each in _changes_of(tx, both) if each.id > int(before)]
    since = max(later, key=lambda change: change.id, default=None)
    raise Outdated(since, members.get(tx, since.workspace_id, since.member_id) if since else None)


def _changes_of(tx: Connection, both: Sequence[Prospect]) -> list[Change]:
    """The newest standing change of each."""
    found = (kept_changes.last_on(tx, each.workspace_id, each.id) for each in both)
    return [change for change in found if change is not None]


def _merged(recorder: Recorder, older: Prospect, newer: Prospect, right: Side, chosen: Mapping[str, Side]) -> Merged:
    asked = choices(older, newer, right)
    taken = {choice.field: chosen.get(choice.field, choice.preferred) for choice in asked}
    values = columns(older, newer, taken)
    step = _surviving(recorder.tx, older, newer)
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
    return Merged(Done(change, cards.of(recorder.tx, recorder.actor.member, kept)), asked, taken, owners)


def _surviving(tx: Connection, older: Prospect, newer: Prospect) -> StepRow | None:
    """The one next step that stays: the promised one, else the earlier; none with who asked us to stop."""
    if older.do_not_contact_at is not None or newer.do_not_contact_at is not None:
        return None
    running = [each for each in (older, newer) if each.stage in RUNNING]
    # A check-in after a sale, or another try at a lost deal, gives way to a deal that runs.
    sources = running or [min((older, newer), key=_rank)]
    found = [steps.open_of(tx, each.workspace_id, each.id) for each in sources]
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
