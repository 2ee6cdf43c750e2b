"""From one owner to another: a manager takes over at once, a teammate with the owner's yes. And the polite nudge."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.services import cards, changes, messages, noise, quiet, targets
from bot.services.actor import Actor
from bot.services.cards import Done, Heard
from bot.services.errors import AnsweredBefore, Gone, InvalidInput, NotYours, NudgedToday, OwnerAway
from bot.services.messages import Notice, Tone
from bot.services.recorder import Recorder
from bot.services.targets import ByProspect, Target
from bot.storage import deliveries, members, prospects, steps
from bot.storage.engine import Database
from bot.storage.records import Delivery, Member, Prospect
from bot.storage.tables import ChangeKind, DeliveryKind, DeliveryState
from cadences.stalled import DealFacts, Label, judge
from language import say


@dataclass(frozen=True, slots=True)
class Earlier:
    """The same question of the same day, and its answer; after a yes too the prospect is the owner's again."""

    delivery_id: int
    asked_at: datetime
    answered_at: datetime | None = None
    was_yes: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """How a question ended: the message that tells its answer, where there is one; ``owner`` has the prospect now."""

    owner: Member | None
    answer_id: int | None
    was_yes: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """A notice was opened; the outbox says it. ``done`` where something changed with it."""

    delivery_id: int | None
    owner: Member
    prospect: Prospect
    done: Done | None = None
    earlier: Earlier | None = None
    """In place of a delivery, where she was asked the same already today."""


def nudge(db: Database, actor: Actor, target: Target, now: datetime) -> Sent:
    """Ask an owner once a day, politely, about a stalled deal. NudgedToday or OwnerAway when it must wait."""
    with db.begin() as tx:
        held = targets.hold(tx, actor, target, by_anyone=True)
        prospect, owner = held.prospect, held.owner
        if owner.id == actor.member.id:
            raise InvalidInput("owner", say("this one is yours already: no need to nudge yourself"))
        _refuse_left(actor, owner, prospect)
        _refuse_away(owner, now)
        notice = replace(messages.about(tx, Tone.NUDGE, prospect, actor.member), is_idle=_is_idle(prospect, owner, now))
        heard_at = noise.nudged_at(tx, owner, now)
        opened = messages.opened(tx, DeliveryKind.NUDGE, owner, "", notice, now, heard_at)
        if opened is None:
            raise _nudged(tx, owner, owner.local(heard_at).date(), now)
        return Sent(opened, owner, prospect)


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
        notice = messages.about(recorder.tx, Tone.TAKEN_OVER, prospect, actor.member)
        if owner.is_deleted:
            return Sent(None, owner, prospect, done)
        opened = messages.opened(recorder.tx, DeliveryKind.NEWS, owner, f"change:{done.change.id}", notice, now)
        return Sent(opened, owner, prospect, done)


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
        opened = messages.opened(recorder.tx, DeliveryKind.NEWS, person, subject, notice, recorder.now)
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
        raise InvalidInput(field, say("{name} has this one already", name=to.name))
    return to


def _news(tx: Connection, by: Member, prospect: Prospect, owner: Member, to: Member) -> list[tuple[Member, Notice]]:
    """Who hears of it: neither who did it, nor who left."""
    told = []
    if to.id != by.id:
        told.append((to, messages.about(tx, Tone.ASSIGNED, prospect, by)))
    if owner.id != by.id and not owner.is_deleted:
        told.append((owner, replace(messages.about(tx, Tone.ASSIGNED_AWAY, prospect, by), to_name=to.name)))
    return told


def answer(db: Database, actor: Actor, delivery_id: int, now: datetime, *, yes: bool) -> Sent:
    """The owner's answer to somebody who wants to take over; the asker is told."""
    with changes.writing(db, actor, ChangeKind.HANDED_OVER, now) as recorder:
        delivery = deliveries.get(recorder.tx, actor.workspace_id, delivery_id)
        notice = messages.question(delivery)
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
        reply = messages.about(recorder.tx, Tone.GIVEN if yes else Tone.REFUSED, prospect, actor.member)
        opened = messages.opened(recorder.tx, DeliveryKind.NEWS, asker, f"answer:{delivery_id}", reply, now)
        return Sent(opened, asker, prospect, done)


def asked_about(db: Database, actor: Actor, prospect_id: int) -> Delivery:
    """The first question about a prospect that still waits for the actor's answer. InvalidInput where there is none."""
    with db.read() as tx:
        to_me = (DeliveryKind.QUESTION, actor.member.id)
        for asked in deliveries.about(tx, actor.workspace_id, *to_me, f"ask:{prospect_id}:"):
            if deliveries.of_subject(tx, actor.workspace_id, DeliveryKind.NEWS, f"answer:{asked.id}") is None:
                return asked
    raise InvalidInput("who", say("nobody has asked you for this one"))


def settled(db: Database, delivery: Delivery, notice: Notice) -> Settled | None:
    """How a question ended: its reader said yes or no, or it is no longer hers. None for one that waits."""
    if notice.tone is not Tone.ASKED:
        return None
    with db.read() as tx:
        said = deliveries.of_subject(tx, delivery.workspace_id, DeliveryKind.NEWS, f"answer:{delivery.id}")
        prospect = prospects.standing(tx, delivery.workspace_id, notice.prospect_id)
        owner = members.get(tx, delivery.workspace_id, prospect.owner_id) if prospect else None
    if owner is not None and owner.id == delivery.recipient_id and said is None:
        return None
    told = messages.question(said)
    return Settled(owner, said.id if said else None, bool(told and told.tone is Tone.GIVEN))


def _ask(db: Database, actor: Actor, target: Target, now: datetime) -> Sent:
    with db.begin() as tx:
        prospect, _ = targets.hold_fresh(tx, actor, target, by_anyone=True)
        owner = targets.owner_of(tx, prospect)
        if owner.id == actor.member.id:
            raise InvalidInput("owner", say("this one is yours already"))
        _refuse_left(actor, owner, prospect)
        notice = messages.about(tx, Tone.ASKED, prospect, actor.member)
        subject = f"ask:{prospect.id}:{actor.member.id}"
        earlier = _answered(tx, owner, subject, now)
        if earlier is not None:
            return Sent(None, owner, prospect, earlier=earlier)
        opened = messages.opened(tx, DeliveryKind.QUESTION, owner, subject, notice, now)
        earlier = None if opened else _asked(tx, owner, subject, now)
        return Sent(opened, owner, prospect, earlier=earlier)


def _asked(tx: Connection, owner: Member, subject: str, now: datetime) -> Earlier | None:
    """The question that she was asked on this day of hers."""
    on = owner.local(now).date()
    asked = deliveries.of_day(tx, owner.workspace_id, DeliveryKind.QUESTION, owner.id, on, subject)
    return Earlier(asked.id, asked.created_at) if asked else None


def _answered(tx: Connection, owner: Member, subject: str, now: datetime) -> Earlier | None:
    """The question that she answered on this day of hers, whenever it was asked."""
    for asked in reversed(deliveries.about(tx, owner.workspace_id, DeliveryKind.QUESTION, owner.id, subject)):
        answer = deliveries.of_subject(tx, owner.workspace_id, DeliveryKind.NEWS, f"answer:{asked.id}")
        if answer and asked.subject == subject and owner.local(answer.created_at).date() == owner.local(now).date():
            told = messages.question(answer)
            return Earlier(asked.id, asked.created_at, answer.created_at, bool(told and told.tone is Tone.GIVEN))
    return None


def _nudged(tx: Connection, owner: Member, on: date, now: datetime) -> NudgedToday:
    """When she heard the nudge of a day, or is to, or why she never did."""
    earlier = deliveries.of_day(tx, owner.workspace_id, DeliveryKind.NUDGE, owner.id, on)
    if earlier is None:
        return NudgedToday(owner, now)
    at, is_open = earlier.sent_at or earlier.created_at, earlier.state in deliveries.OPEN_STATES
    comes_at = max(earlier.not_before_at, now) if is_open else None
    return NudgedToday(owner, at, comes_at, earlier.reason or "" if earlier.state is DeliveryState.FAILED else None)


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
    return messages.opened(recorder.tx, DeliveryKind.NEWS, to, f"change:{change_id}", notice, recorder.now)


def _is_idle(prospect: Prospect, owner: Member, now: datetime) -> bool:
    facts = DealFacts(prospect.stage, prospect.active_at, prospect.stage_since_at)
    return Label.IDLE in judge(facts, now, owner.calendar).labels


def _refuse_left(actor: Actor, owner: Member, prospect: Prospect) -> None:
    if not owner.is_deleted:
        return
    if actor.member.may_manage:
        why = say("{name} left, and would never answer: take it over, or give it to somebody", name=owner.name)
        raise InvalidInput("owner", why, f"take {prospect.name}")
    why = say("{name} left, and would never answer: a manager can give it to you", name=owner.name)
    raise InvalidInput("owner", why)


def _refuse_away(owner: Member, now: datetime) -> None:
    today = owner.local(now).date()
    paused = owner.paused_until_on is not None and today < owner.paused_until_on
    if paused or not quiet.is_here(owner, today):
        after = owner.paused_until_on if paused and owner.paused_until_on else today + timedelta(days=1)
        raise OwnerAway(owner, quiet.back_on(owner, after))
