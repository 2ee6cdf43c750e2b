"""How somebody likes to be reached: set by one press, and used from then on."""

from datetime import datetime

from bot.services import cards, changes, reaching, targets
from bot.services import facts as known
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.targets import Target
from bot.storage.engine import Database
from bot.storage.tables import ChangeKind
from cadences.model import Channel


def prefer(db: Database, actor: Actor, target: Target, channel: Channel, now: datetime) -> Done:
    """They are reached this way from now on, wherever a cadence leaves the choice. Refuses as an edit does."""
    with changes.writing(db, actor, ChangeKind.EDITED, now) as recorder:
        prospect = targets.hold_prospect(recorder.tx, actor, target)
        reached = known.reach_of(prospect)
        prospect = reaching.again(recorder, recorder.update(prospect, preferred_channel=channel), reached)
        change = recorder.close(prospect, prefers=channel)
        return Done(change, cards.of(recorder.tx, actor.member, prospect))
