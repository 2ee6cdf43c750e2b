"""Hooks: what a prospect cares about, for drafts to refer to once. Teammates may add them too."""

from datetime import datetime

from bot.services import cards, changes, targets
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.errors import Gone, InvalidInput
from bot.services.notes import NOTE
from bot.services.recorder import Recorder
from bot.services.targets import ByProspect, Target
from bot.storage import hooks
from bot.storage.engine import Database
from bot.storage.records import Hook, Prospect
from bot.storage.tables import ChangeKind
from cadences import drafts
from language import say

TEXT_LENGTH = 300
EXAMPLE = "hook acme cares about SSO"
USED_EXAMPLE = "hook acme used: SSO"
SHOWN, MOST_SHOWN = 60, 5


def add(db: Database, actor: Actor, target: Target, text: str, now: datetime) -> Done:
    """Keep what they care about; like a note it restarts the stalled clock and leaves the next step alone."""
    kept = " ".join(text.replace("\0", "").split())
    if not kept:
        raise InvalidInput("hook", say("say what they care about behind the name"), EXAMPLE)
    if len(kept) > TEXT_LENGTH:
        why = say("at most {length} characters; a longer one is a note", length=TEXT_LENGTH)
        raise InvalidInput("hook", why, "note acme wants SSO")
    with changes.writing(db, actor, ChangeKind.HOOK, now) as recorder:
        prospect = targets.hold_prospect(recorder.tx, actor, target, by_anyone=True)
        unused = (each.text for each in hooks.of(recorder.tx, actor.workspace_id, prospect.id) if each.used_at is None)
        if known := next((each for each in unused if each.casefold() == kept.casefold()), None):
            raise InvalidInput("hook", say("that is known already: “{hook}”", hook=known))
        recorder.insert(Hook, prospect_id=prospect.id, member_id=actor.member.id, text=kept, created_at=now)
        prospect = recorder.update(prospect, active_at=now, active_kind=NOTE, active_by=actor.member.id)
        change = recorder.close(prospect, hook=kept)
        return Done(change, cards.of(recorder.tx, actor.member, prospect))


def use(db: Database, actor: Actor, hook_id: int, now: datetime) -> Done:
    """Mark a hook as used: no draft refers to it again. InvalidInput the second time."""
    with changes.writing(db, actor, ChangeKind.HOOK, now) as recorder:
        seen = hooks.get(recorder.tx, actor.workspace_id, hook_id)
        if seen is None:
            raise Gone
        prospect = targets.hold_prospect(recorder.tx, actor, ByProspect(seen.prospect_id))
        hook = hooks.get(recorder.tx, actor.workspace_id, hook_id, lock=True) or seen
        if hook.used_at is not None:
            raise InvalidInput("hook", say("“{hook}” is marked as used already", hook=hook.text), EXAMPLE)
        recorder.update(hook, used_at=now)
        change = recorder.close(prospect, hook=hook.text, used=True)
        return Done(change, cards.of(recorder.tx, actor.member, prospect))


def unused_of(db: Database, actor: Actor, prospect_id: int, words: str) -> int:
    """The one unused hook of a prospect that holds these words. InvalidInput where there is none, or several."""
    with db.read() as tx:
        unused = [each for each in hooks.of(tx, actor.workspace_id, prospect_id) if each.used_at is None]
    found = [each for each in unused if words.casefold() in each.text.casefold()]
    if not found:
        raise InvalidInput("hook", say("I know no hook of theirs like that which is still unused"), EXAMPLE)
    if len(found) > 1:
        known = "; ".join(f"“{each.text[:SHOWN]}”" for each in found[:MOST_SHOWN])
        why = say("which one was used: {hooks}? Say a word of it behind a colon", hooks=known)
        raise InvalidInput("hook", why, USED_EXAMPLE)
    return found[0].id


def spoken_of(recorder: Recorder, prospect: Prospect, text: str) -> None:
    """Mark every unused hook that a text speaks of as used, inside the change that logs it."""
    if not text:
        return
    for hook in hooks.of(recorder.tx, prospect.workspace_id, prospect.id):
        if hook.used_at is None and drafts.mentions(text, hook.text):
            recorder.update(hook, used_at=recorder.now)
