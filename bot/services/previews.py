"""What a cadence would come to if it began now, by the scheduler's own code: weekends, holidays, leave and load."""

from dataclasses import replace
from datetime import datetime

from bot.services import facts as known
from bot.services import loads, targets
from bot.services.actor import Actor
from bot.services.errors import Gone
from bot.storage import prospects, steps
from bot.storage.engine import Database
from cadences.engine import NOTHING_KNOWN
from cadences.model import Cadence
from cadences.preview import Preview, preview


def plain(db: Database, actor: Actor, cadence: Cadence, now: datetime) -> Preview:
    """The dates for somebody new of the actor's own, with everything else she has to do."""
    with db.read() as tx:
        load = loads.ahead(tx, actor.member, now)
    caps = loads.caps_of(actor.member)
    return preview(cadence, now, actor.member.calendar, NOTHING_KNOWN, load=load, caps=caps)


def with_prospect(db: Database, actor: Actor, cadence: Cadence, prospect_id: int, now: datetime) -> Preview:
    """The dates on the owner's calendar, for all that is known of the prospect: what can't be made is passed over."""
    with db.read() as tx:
        prospect = prospects.get(tx, actor.workspace_id, prospect_id)
        if prospect is None:
            raise Gone
        owner = targets.owner_of(tx, prospect)
        # A cadence that begins counts its own touches; the gap to the last one holds all the same.
        facts = replace(known.of(tx, prospect, None), unanswered=0)
        step = steps.open_of(tx, prospect.workspace_id, prospect.id)
        load = loads.ahead(tx, owner, now, without=step.id if step else None)
    return preview(cadence, now, owner.calendar, facts, load=load, caps=loads.caps_of(owner))
