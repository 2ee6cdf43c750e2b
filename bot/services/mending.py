"""A touch as it really was: corrected or taken away afterwards, and what is next decided anew from that.

Where somebody changed since what comes next, only the record is put right, and the result says so.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.services import cards, changes, prospects, targets, touches
from bot.services.actor import Actor
from bot.services.cards import Card, Done
from bot.services.errors import DoNotContactStands, Gone, InvalidInput, NotAllowed
from bot.services.notes import NOTE, kept_text
from bot.services.recorder import Recorder
from bot.services.targets import ByProspect
from bot.services.touches import Made
from bot.storage import changes as kept
from bot.storage import hooks, steps, tables, timeline
from bot.storage.engine import Database
from bot.storage.records import Change, Prospect, StepRow, Touch
from bot.storage.tables import ChangeKind
from cadences.model import Channel, FollowUpType, Outcome
from language import say, say_n

EXAMPLE = "fix last acme call voicemail"
CLOCK = frozenset({"active_at", "active_kind", "active_by"})
"""Columns of a prospect that any note moves too: they never keep a touch from being put right."""
PLACE = frozenset({tables.prospects.name, tables.enrollments.name, tables.steps.name})
"""Where a prospect stands; the rest of what was written with a touch is what was said."""
DECIDES = ("channel", "outcome", "happened_at")
LOOKED_BACK = 50

Image = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mended:
    """A touch as it should have been logged; None: as it was."""

    channel: Channel | None = None
    outcome: Outcome | None = None
    type: FollowUpType | None = None
    note: str | None = None
    happened_at: datetime | None = None
    via: str | None = None
    """A channel of the team's own; it goes before ``channel``."""


class _MovedSince(Exception):
    """Somebody changed since what a touch led to."""


def edit(db: Database, actor: Actor, touch_id: int, wanted: Mended, now: datetime) -> Done:
    """Correct a touch; what follows it is decided anew. InvalidInput where nothing would be different."""
    if wanted.happened_at is not None and wanted.happened_at > now:
        raise InvalidInput("on", say("a touch can't be made before its time"), EXAMPLE)
    with changes.writing(db, actor, ChangeKind.TOUCH_EDITED, now) as recorder:
        prospect, touch = _hold(recorder.tx, actor, touch_id)
        values = _values(recorder.tx, touch, wanted)
        if not values:
            raise InvalidInput("note", say("that is how it stands already"), EXAMPLE)
        was = steps.open_of(recorder.tx, actor.workspace_id, prospect.id)
        decides = any(name in values for name in DECIDES)
        is_decided = decides and _decided_anew(recorder, prospect, touch, values)
        if not is_decided:
            _record_only(recorder, prospect, touch, values)
        return _done(recorder, replace(touch, **values), was, stays=decides and not is_decided)


def delete(db: Database, actor: Actor, touch_id: int, now: datetime) -> Done:
    """Take a touch away: as if it had never been logged, where nothing came of it since."""
    with changes.writing(db, actor, ChangeKind.TOUCH_DELETED, now) as recorder:
        prospect, touch = _hold(recorder.tx, actor, touch_id)
        was = steps.open_of(recorder.tx, actor.workspace_id, prospect.id)
        history = _history(recorder.tx, touch)
        _refuse_final(history)
        is_clean = _rewound(recorder, prospect, history, everything=True)
        if is_clean:
            _forget(recorder, history)
        else:
            recorder.delete(touch)
            _clock_set(recorder, prospect, touch)
        return _done(recorder, touch, was, stays=not is_clean)


def touch_of(db: Database, actor: Actor, touch_id: int) -> tuple[Card, Touch]:
    """A touch that the actor may correct, with the card of whom it was made to. Refuses as :func:`edit`."""
    with db.read() as tx:
        prospect, touch = _hold(tx, actor, touch_id)
        return cards.of(tx, actor.member, prospect), touch


def last_of(db: Database, actor: Actor, prospect_id: int, back: int = 0) -> Touch:
    """The actor's latest touch with somebody, or so many ``back``; a manager's, where she made none, whoever made it.

    InvalidInput: there is none.
    """
    with db.read() as tx:
        made = timeline.touches_of(tx, actor.workspace_id, prospect_id, LOOKED_BACK)
    own = [touch for touch in made if touch.member_id == actor.member.id]
    found = own or (made if actor.member.may_manage else [])
    if not found:
        raise InvalidInput("who", say("you logged nothing with them yet"), "log acme call voicemail")
    if back >= len(found):
        why = say_n("you logged only {count} touch with them", "you logged only {count} touches with them", len(found))
        raise InvalidInput("who", why, EXAMPLE)
    return found[back]


def may_mend(actor_id: str, touch: Touch, *, may_manage: bool) -> bool:
    """True for who made the touch, and for managers."""
    return touch.member_id == actor_id or may_manage


def _hold(tx: Connection, actor: Actor, touch_id: int) -> tuple[Prospect, Touch]:
    seen = timeline.touch(tx, actor.workspace_id, touch_id)
    if seen is None:
        raise Gone
    prospect = targets.hold_prospect(tx, actor, ByProspect(seen.prospect_id))
    touch = timeline.touch(tx, actor.workspace_id, touch_id)
    if touch is None:
        raise Gone
    if not may_mend(actor.member.id, touch, may_manage=actor.member.may_manage):
        raise NotAllowed(say("change what somebody else logged"), say("who logged it or a manager"))
    return prospect, touch


def _values(tx: Connection, touch: Touch, wanted: Mended) -> dict[str, Any]:
    """The columns that become different."""
    channel = Channel.OTHER if wanted.via else wanted.channel or touch.channel
    via = touch.via if wanted.channel is None and not wanted.via else None
    if channel is Channel.OTHER and wanted.via:
        via = touches.named_channel(tx, touch.workspace_id, wanted.via)
    named: dict[str, Any] = {
        "channel": channel,
        "outcome": wanted.outcome,
        "type": wanted.type,
        "happened_at": wanted.happened_at,
    }
    values = {name: value for name, value in named.items() if value is not None and value != getattr(touch, name)}
    note = touch.note if wanted.note is None else kept_text(wanted.note)
    values |= {} if via == touch.via else {"via": via}
    return values if note == touch.note else {**values, "note": note}


def _decided_anew(recorder: Recorder, prospect: Prospect, touch: Touch, values: dict[str, Any]) -> bool:
    """What follows the corrected touch, in place of what followed it; False where that can't be."""
    history = _history(recorder.tx, touch)
    _refuse_final(history)
    if any(change.facts.get("by_hand") for change in history):
        return False
    if not _rewound(recorder, prospect, history, everything=False):
        return False
    held = targets.hold(recorder.tx, recorder.actor, ByProspect(prospect.id))
    touches.move_on(recorder, held, recorder.update(touch, **values), Made())
    return True


def _record_only(recorder: Recorder, prospect: Prospect, touch: Touch, values: dict[str, Any]) -> None:
    if values.get("outcome") is Outcome.ASKED_TO_STOP:
        raise InvalidInput("outcome", say("something came after it, so say that by itself"), "stop acme")
    recorder.update(touch, **values)
    _clock_set(recorder, prospect, touch)


def _history(tx: Connection, touch: Touch) -> list[Change]:
    """What was done about a touch, newest first; empty where its logging is not known, as after an import."""
    found = kept.about_touch(tx, touch.workspace_id, touch.prospect_id, touch.id)
    return found if found and found[-1].kind is ChangeKind.LOGGED else []


def _refuse_final(history: Sequence[Change]) -> None:
    """Who asked us to stop stays out of reach: that is lifted, not corrected."""
    for change in history:
        if change.facts.get("do_not_contact"):
            raise DoNotContactStands(change)


def _rewound(recorder: Recorder, prospect: Prospect, history: Sequence[Change], *, everything: bool) -> bool:
    """Everything as it was before the touch; False, and nothing done, where somebody moved it on since."""
    if not history:
        return False
    count = len(recorder.images)
    with suppress(_MovedSince), recorder.tx.begin_nested():
        for change in history:
            for image in reversed(_images(recorder.tx, change, prospect)):
                _rewind(recorder, image, everything=everything)
        return True
    del recorder.images[count:]
    return False


def _rewind(recorder: Recorder, image: Image, *, everything: bool) -> None:
    if image["table"] not in PLACE:
        # A hook that was used again since, or a resource, stays; the touch itself is taken away with everything else.
        is_back = not everything or recorder.take_back(image)
        if not is_back and image["table"] == tables.touches.name:
            raise _MovedSince
        return
    clock, place = _apart(image)
    if clock is not None:
        recorder.take_back(clock)
    if place is not None and not recorder.take_back(place):
        raise _MovedSince


def _apart(image: Image) -> tuple[Image | None, Image | None]:
    """What a change did to the stalled clock, and the rest."""
    if image["table"] != tables.prospects.name or image["before"] is None or image["after"] is None:
        return None, image
    names = image["after"].keys()
    return _only(image, names & CLOCK), _only(image, names - CLOCK)


def _only(image: Image, names: set[str]) -> Image | None:
    if not names:
        return None
    return {**image, **{side: {name: image[side][name] for name in names} for side in ("before", "after")}}


def _images(tx: Connection, change: Change, prospect: Prospect) -> list[Image]:
    """The rows of a change; those of one among several stand with the whole."""
    if change.origin != kept.PART:
        return change.images
    whole = kept.whole_of(tx, change)
    return [image for image in whole.images if _is_of(tx, image, prospect)] if whole else []


def _is_of(tx: Connection, image: Image, prospect: Prospect) -> bool:
    if image["table"] == tables.prospects.name:
        return bool(image["key"]["id"] == prospect.id)
    row = image["after"] if image["before"] is None else kept.now_of(tx, kept.table_named(image["table"]), image["key"])
    return row is not None and row.get("prospect_id") == prospect.id


def _forget(recorder: Recorder, history: Sequence[Change]) -> None:
    """What was done about a touch that is as if never made counts as undone, and stands again with an undo."""
    for change in history:
        key = {"id": change.id, "workspace_id": change.workspace_id}
        stands, undone = {"undone_at": None}, kept.image({"undone_at": recorder.now})
        recorder.take_back({"table": tables.changes.name, "key": key, "before": undone, "after": stands})


def _clock_set(recorder: Recorder, prospect: Prospect, was: Touch) -> None:
    """The stalled clock, where it was this touch that had set it."""
    if (prospect.active_at, prospect.active_by) != (was.happened_at, was.member_id):
        return
    tx, workspace_id = recorder.tx, prospect.workspace_id
    found = [(prospect.created_at, prospects.ADDED_BY, prospect.owner_id)]
    found += [
        (touch.happened_at, touches.activity_of(touch), touch.member_id)
        for touch in timeline.touches_of(tx, workspace_id, prospect.id, 1)
    ]
    found += [(note.created_at, NOTE, note.member_id) for note in timeline.notes_of(tx, workspace_id, prospect.id, 1)]
    found += [(hook.created_at, NOTE, hook.member_id) for hook in hooks.of(tx, workspace_id, prospect.id)]
    at, kind, by = max(found, key=lambda each: each[0])
    recorder.update(prospect, active_at=at, active_kind=kind, active_by=by)


def _done(recorder: Recorder, touch: Touch, was: StepRow | None, *, stays: bool) -> Done:
    """The change, with how the touch stands, and what was next before."""
    tx, member = recorder.tx, recorder.actor.member
    prospect = targets.hold_prospect(tx, recorder.actor, ByProspect(touch.prospect_id))
    facts = {
        "touch_id": touch.id,
        "channel": touch.channel,
        "via": touch.via,
        "outcome": touch.outcome,
        "made_at": touch.happened_at,
        "was_channel": was and was.channel,
        "was_due_at": was and was.due_at,
        "stays": stays or None,
        "do_not_contact": prospect.do_not_contact_at == recorder.now or None,
    }
    return Done(recorder.close(prospect, **facts), cards.of(tx, member, prospect))
