"""What somebody who left has left behind: managers hear of it, and give it to somebody else in one go."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.services import changes, handover, targets
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.errors import Gone, InvalidInput, NotAllowed
from bot.services.targets import ByProspect
from bot.storage import leavers, members
from bot.storage.engine import Database
from bot.storage.records import Member
from bot.storage.tables import ChangeKind
from language import say


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody who was deactivated in Slack, and how many prospects have nobody since."""

    member_id: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Given:
    """Everything of hers is somebody else's; ``delivery_id`` is the message that says so."""

    done: Done
    count: int
    owner: Member
    to: Member
    delivery_id: int | None


def seen_by(tx: Connection, member: Member) -> tuple[Left, ...]:
    """Who left prospects behind, for who can do something about it."""
    if not member.may_manage:
        return ()
    return tuple(Left(*row) for row in leavers.owners(tx, member.workspace_id))


def all_left(db: Database, actor: Actor) -> tuple[Left, ...]:
    """The same, for a form. NotAllowed for a rep."""
    _refuse_rep(actor)
    with db.read() as tx:
        return seen_by(tx, actor.member)


def give_all(db: Database, actor: Actor, owner_id: str, to_id: str, now: datetime) -> Given:
    """Everything open of somebody who left is somebody else's: one change, one undo, one message."""
    _refuse_rep(actor)
    with changes.writing(db, actor, ChangeKind.HANDED_OVER, now) as recorder:
        owner = members.get(recorder.tx, actor.workspace_id, owner_id)
        if owner is None:
            raise Gone
        if not owner.is_deleted:
            why = say("{name} is still here; give them away one by one", name=owner.name)
            raise InvalidInput("owner", why, "assign acme @ben")
        to = handover.receiver(recorder.tx, owner, to_id, "to")
        numbers = leavers.waiting_of(recorder.tx, actor.workspace_id, owner.id)
        if not numbers:
            raise InvalidInput("owner", say("nothing of {name}’s waits for anybody any more", name=owner.name))
        for number in numbers:
            handover.move(recorder, targets.hold_prospect(recorder.tx, actor, ByProspect(number)), to)
        count = len(numbers)
        change = recorder.close(None, count=count, from_name=owner.name, to_name=to.name)
        told = handover.tell_of_many(recorder, owner, to, count, change.id)
        return Given(Done(change), count, owner, to, told)


def _refuse_rep(actor: Actor) -> None:
    if not actor.member.may_manage:
        raise NotAllowed(say("give away what somebody who left had"), say("a manager or an admin"))
