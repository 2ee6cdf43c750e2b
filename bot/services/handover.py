"""From one owner to another: a manager takes over at once, a teammate with the owner's yes. And the polite nudge."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import TypeAdapter
from sqlalchemy import Connection

from bot.services import cards, changes, noise, quiet, targets
from bot.services.actor import Actor
from bot.services.cards import Done, Heard
from bot.services.errors import AnsweredBefore, Gone, InvalidInput, NotYours, NudgedToday, OwnerAway
from bot.services.recorder import Recorder
from bot.services.targets import ByProspect, Target
from bot.storage import deliveries, members, prospects, steps
from bot.storage.engine import Database
from bot.storage.records import Delivery, Member, Prospect
from bot.storage.tables import ChangeKind, DeliveryKind
from language import say


class Tone(StrEnum):
    """What a notice to one person is about."""

    NUDGE = "nudge"
    TAKEN_OVER = "taken_over"
    ASKED = "asked"
    REFUSED = "refused"
    GIVEN = "given"
    ASSIGNED = "assigned"
    ASSIGNED_AWAY = "assigned_away"
    ASSIGNED_MANY = "assigned_many"


@dataclass(frozen=True, slots=True)
class Notice:
    """A direct message about one prospect, frozen when its delivery was opened."""

    tone: Tone
    prospect_id: int
    step_id: int | None
    name: str
    company: str | None
    by_id: str
    by_name: str
    to_name: str = ""
    """Whose it is now, where that is neither the reader nor ``by``."""
    count: int = 1
    """How many of hers are given at once, where ``name`` is the one they belonged to."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A notice was opened; the outbox says it. ``done`` where something changed with it."""

    delivery_id: int | None
    owner: Member
    prospect: Prospect
    done: Done | None = None
    heard_at: datetime | None = None
    """When the owner hears of it, where that is later than now: it is outside her hours."""


NOTICES = frozenset({DeliveryKind.NUDGE, DeliveryKind.NEWS, DeliveryKind.QUESTION})
NOTICE: TypeAdapter[Notice] = TypeAdapter(Notice)


def nudge(db: Database, actor: Actor, target: Target, now: datetime) -> Sent:
    """Ask an owner once a day, politely, about a stalled deal. NudgedToday or OwnerAway when it must wait."""
    with db.begin() as tx:
        held = targets.hold(tx, actor, target, by_anyone=True)
        prospect, owner = held.prospect, held.owner
        if owner.id == actor.member.id:
            raise InvalidInput("owner", say("this one is yours already: no need to nudge yourself"))
        _refuse_left(owner)
        _refuse_away(owner, now)
        notice = _notice(tx, Tone.NUDGE, prospect, actor.member)
        heard_at = noise.nudged_at(tx, owner, now)
        opened = _open(tx, DeliveryKind.NUDGE, owner, "", notice, now, heard_at)
        if opened is None:
            on = owner.local(heard_at).date()
            earlier = deliveries.of_day(tx, owner.workspace_id, DeliveryKind.NUDGE, owner.id, on)
            raise NudgedToday(owner, earlier.created_at if earlier else now)
        return Sent(opened, owner, prospect, heard_at=heard_at if heard_at > now else None)


def take_over(db: Database, actor: Actor, target: Target, now: datetime) -> Sent:
    """A manager becomes the owner at once and the owner is told; anybody else asks the owner first."""
    if not actor.member.may_manage:
        return _ask(db, actor, target, now)
    with changes.writing(db, actor, ChangeKind.HANDED_OVER, now) as recorder:
        prospect, _ = targets.hold_fresh(recorder.tx, actor, target, by_anyone=True)
        owner = targets.owner_of(recorder.tx, prospect)
        if owner.id == actor.member.id:
            raise InvalidInput("owner", say("this one is yours already"))
        done = _hand_over(recorder, prospect, owner, actor.member)
        notice = _notice(recorder.tx, Tone.TAKEN_OVER, prospect, actor.member)
        if owner.is_deleted:
            return Sent(None, owner, prospect, done)
        opened = _open(recorder.tx, DeliveryKind.NEWS, owner, f"change:{done.change.id}", notice, now)
        return Sent(opened, owner, prospect, done, _later(owner, now))


def assign(db: Database, actor: Actor, target: Target, to_id: str, now: datetime) -> Done:
    """The owner, or a manager, gives a prospect to somebody else; who did not do it herself is told once."""
    with changes.writing(db, actor, ChangeKind.HANDED_OVER, now) as recorder:
        return give(recorder, targets.hold_prospect(recorder.tx, actor, target), to_id)


def give(recorder: Recorder, prospect: Prospect, to_id: str, **facts: object) -> Done:
    """The same as the end of a change that began with something else. NotYours, or InvalidInput for the receiver."""
    owner, by = targets.owner_of(recorder.tx, prospect), recorder.actor.member
    if by.id != owner.id and not by.may_manage:  # a deputy works on it, and no more
        raise NotYours(prospect, owner)
    to = receiver(recorder.tx, owner, to_id)
    done = _hand_over(recorder, prospect, owner, to, **facts)
    told = []
    for person, notice in _news(recorder.tx, by, prospect, owner, to):
        subject = f"change:{done.change.id}:{person.id}"
        opened = _open(recorder.tx, DeliveryKind.NEWS, person, subject, notice, recorder.now)
        told += [Heard(opened, person)] if opened is not None else []
    return replace(done, heard=tuple(told))


def receiver(tx: Connection, owner: Member, to_id: str, field: str = "owner") -> Member:
    """Who can be given what is an owner's. InvalidInput, at a form's field, for who left, was never here, or has it."""
    to = members.get(tx, owner.workspace_id, to_id)
    example = "assign acme @ben"
    if to is None:
        why = say("they have not used Follow-up Coach yet: ask them to type `/followup` once")
        raise InvalidInput(field, why, example)
    if to.is_deleted:
        raise InvalidInput(field, say("{name} is deactivated in Slack", name=to.name), example)
    if to.id == owner.id:
        raise InvalidInput(field, say("{name} has this one already", name=to.name), example)
    return to


def _news(tx: Connection, by: Member, prospect: Prospect, owner: Member, to: Member) -> list[tuple[Member, Notice]]:
    """Who hears of it: neither who did it, nor who left."""
    told = []
    if to.id != by.id:
        told.append((to, _notice(tx, Tone.ASSIGNED, prospect, by)))
    if owner.id != by.id and not owner.is_deleted:
        told.append((owner, replace(_notice(tx, Tone.ASSIGNED_AWAY, prospect, by), to_name=to.name)))
    return told


def answer(db: Database, actor: Actor, delivery_id: int, now: datetime, *, yes: bool) -> Sent:
    """The owner's answer to somebody who wants to take over; the asker is told."""
    with changes.writing(db, actor, ChangeKind.HANDED_OVER, now) as recorder:
        delivery = deliveries.get(recorder.tx, actor.workspace_id, delivery_id)
        notice = question(delivery)
        if (
            delivery is None
            or notice is None
            or notice.tone is not Tone.ASKED
            or delivery.recipient_id != actor.member.id
        ):
            raise Gone
        told = deliveries.of_subject(recorder.tx, actor.workspace_id, DeliveryKind.NEWS, f"answer:{delivery_id}")
        if told is not None:
            raise AnsweredBefore(told.created_at)
        prospect = targets.hold_prospect(recorder.tx, actor, ByProspect(notice.prospect_id))
        if prospect.owner_id != actor.member.id:  # a manager may act on others', but was not asked about them
            raise NotYours(prospect, targets.owner_of(recorder.tx, prospect))
        asker = members.get(recorder.tx, actor.workspace_id, notice.by_id)
        if asker is None:
            raise Gone(prospect.name)
        done = _hand_over(recorder, prospect, actor.member, asker) if yes else None
        reply = _notice(recorder.tx, Tone.GIVEN if yes else Tone.REFUSED, prospect, actor.member)
        opened = _open(recorder.tx, DeliveryKind.NEWS, asker, f"answer:{delivery_id}", reply, now)
        return Sent(opened, asker, prospect, done)


def asked_about(db: Database, actor: Actor, prospect_id: int) -> Delivery:
    """The first question about a prospect that still waits for the actor's answer. InvalidInput where there is none."""
    with db.read() as tx:
        to_me = (DeliveryKind.QUESTION, actor.member.id)
        for asked in deliveries.about(tx, actor.workspace_id, *to_me, f"ask:{prospect_id}:"):
            if deliveries.of_subject(tx, actor.workspace_id, DeliveryKind.NEWS, f"answer:{asked.id}") is None:
                return asked
    raise InvalidInput("who", say("nobody has asked you for this one"))


def is_answered(db: Database, delivery: Delivery, notice: Notice) -> bool:
    """True for a question that is none any more: its reader said yes or no by typing, or it is no longer hers."""
    if notice.tone is not Tone.ASKED:
        return False
    with db.read() as tx:
        said = deliveries.of_subject(tx, delivery.workspace_id, DeliveryKind.NEWS, f"answer:{delivery.id}")
        prospect = prospects.standing(tx, delivery.workspace_id, notice.prospect_id)
    return said is not None or prospect is None or prospect.owner_id != delivery.recipient_id


def question(delivery: Delivery | None) -> Notice | None:
    """The notice a delivery carries, or None when it carries something else."""
    if delivery is None or delivery.kind not in NOTICES or "tone" not in (delivery.content or {}):
        return None
    return NOTICE.validate_python(delivery.content)


def _ask(db: Database, actor: Actor, target: Target, now: datetime) -> Sent:
    with db.begin() as tx:
        prospect, _ = targets.hold_fresh(tx, actor, target, by_anyone=True)
        owner = targets.owner_of(tx, prospect)
        if owner.id == actor.member.id:
            raise InvalidInput("owner", say("this one is yours already"))
        _refuse_left(owner)
        notice = _notice(tx, Tone.ASKED, prospect, actor.member)
        subject = f"ask:{prospect.id}:{actor.member.id}"
        opened = _open(tx, DeliveryKind.QUESTION, owner, subject, notice, now)
        return Sent(opened, owner, prospect, heard_at=_later(owner, now))


def _hand_over(recorder: Recorder, prospect: Prospect, owner: Member, to: Member, **facts: object) -> Done:
    prospect = move(recorder, prospect, to)
    change = recorder.close(prospect, from_name=owner.name, to_name=to.name, **facts)
    return Done(change, cards.of(recorder.tx, recorder.actor.member, prospect))


def move(recorder: Recorder, prospect: Prospect, to: Member) -> Prospect:
    """Owner and next step move; position, snoozes and history stay as they are."""
    prospect = recorder.update(prospect, owner_id=to.id)
    step = steps.open_of(recorder.tx, prospect.workspace_id, prospect.id)
    if step is not None:
        recorder.update(step, owner_id=to.id)
    return prospect


def tell_of_many(recorder: Recorder, owner: Member, to: Member, count: int, change_id: int) -> int | None:
    """Somebody hears once that all of another's prospects are hers now; None where she took them herself."""
    by = recorder.actor.member
    if to.id == by.id:
        return None
    notice = Notice(Tone.ASSIGNED_MANY, 0, None, owner.name, None, by.id, by.name, count=count)
    return _open(recorder.tx, DeliveryKind.NEWS, to, f"change:{change_id}", notice, recorder.now)


def _later(owner: Member, now: datetime) -> datetime | None:
    return quiet.heard_at(owner, now) if quiet.is_quiet(owner, now) else None


def _refuse_left(owner: Member) -> None:
    if owner.is_deleted:
        why = say("{name} left, and would never answer: a manager can give it to you", name=owner.name)
        raise InvalidInput("owner", why)


def _refuse_away(owner: Member, now: datetime) -> None:
    today = owner.local(now).date()
    paused = owner.paused_until_on is not None and today < owner.paused_until_on
    if paused or not quiet.is_here(owner, today):
        after = owner.paused_until_on if paused and owner.paused_until_on else today + timedelta(days=1)
        raise OwnerAway(owner, quiet.back_on(owner, after))


def _notice(tx: Connection, tone: Tone, prospect: Prospect, by: Member) -> Notice:
    step = steps.open_of(tx, prospect.workspace_id, prospect.id)
    return Notice(tone, prospect.id, step.id if step else None, prospect.name, prospect.company, by.id, by.name)


def _open(
    tx: Connection,
    kind: DeliveryKind,
    to: Member,
    subject: str,
    notice: Notice,
    now: datetime,
    nudged_at: datetime | None = None,
) -> int | None:
    """``nudged_at``: when a nudge is said, and of which day it is; everything else is of the day it happened on."""
    local_on = to.local(nudged_at or now).date()
    content = NOTICE.dump_python(notice, mode="json")
    heard_at = nudged_at or quiet.heard_at(to, now)
    return deliveries.open_once(
        tx, to.workspace_id, kind, to.id, local_on, now, subject=subject, content=content, not_before_at=heard_at
    )
