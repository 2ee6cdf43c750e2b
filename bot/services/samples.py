"""Three plainly invented prospects to try everything with: added in one change, and taken back with one undo."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.services import changes, prospects
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.details import Details
from bot.services.errors import InvalidInput
from bot.services.promises import Wish
from bot.services.recorder import Together
from bot.storage import members
from bot.storage import prospects as kept
from bot.storage.engine import Database
from bot.storage.records import Change
from bot.storage.tables import ChangeKind
from cadences import calendar
from cadences.model import Channel, Stage
from language import say

SOURCE = "sample data"
CALL_TIME = time(10)
ADDED = "added"
"""What the batch did, as its facts keep it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One of them; ``promised``: a call on the next working day."""

    details: Details
    promised: bool = False


SAMPLES = (
    Sample(Details("Sample One", "Example Co", email="one@co.example", source=SOURCE)),
    Sample(Details("Sample Two", "Example Ltd", phone="+1 202 555 0102", source=SOURCE), promised=True),
    Sample(Details("Sample Three", "Example Inc", email="three@inc.example", stage=Stage.PROPOSAL, source=SOURCE)),
)


@dataclass(frozen=True, slots=True)
class Added:
    """What was added, and the one change to undo."""

    change: Change
    done: tuple[Done, ...]


def add(db: Database, actor: Actor, now: datetime) -> Added:
    """Give the actor the samples. InvalidInput while she has them."""
    with changes.writing(db, actor, ChangeKind.BATCH, now) as recorder:
        members.get(recorder.tx, actor.workspace_id, actor.member.id, lock=True)  # pressed twice they come once
        if kept.has_source(recorder.tx, actor.workspace_id, actor.member.id, SOURCE):
            raise InvalidInput("who", say("you have the sample prospects already"), "find sample")
        together = Together(recorder)
        done = tuple(_add(together, actor, sample, now) for sample in SAMPLES)
        change = recorder.close(None, count=len(done), parts=recorder.parts, deed=ADDED)
        return Added(change, done)


def _add(db: Database, actor: Actor, sample: Sample, now: datetime) -> Done:
    tomorrow = actor.member.local(now).date() + timedelta(days=1)
    wish = Wish(calendar.next_workday(tomorrow, actor.member.calendar), CALL_TIME, Channel.CALL)
    return prospects.add(db, actor, sample.details, now, wish=wish if sample.promised else None)
