"""Leave: steps shift behind it or go to a deputy, and come back; on the return nothing is a wall."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.services import (
    changes,
    closing,
    deputies,
    deputy_news,
    digests,
    free_days,
    loads,
    members,
    plans,
    quiet,
    returns,
    targets,
)
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.deputy_news import News
from bot.services.errors import AnsweredBefore, Gone, InvalidInput
from bot.services.free_days import Moves, Planned
from bot.services.plans import Ended
from bot.services.recorder import Recorder
from bot.services.targets import ByProspect
from bot.storage import deliveries
from bot.storage import members as people
from bot.storage.engine import Database
from bot.storage.records import Member
from bot.storage.tables import ChangeKind, StepEnd
from cadences.model import LostReason
from cadences.work_calendar import Leave
from language import dates, mark, say, say_n

LONGEST = timedelta(days=366)
AHEAD_AT_MOST = timedelta(days=2 * 366)
ONE_DAY = timedelta(days=1)
DIED_NOTE = mark("died while I was away")
"""Kept as it stands, said where it is shown."""


@dataclass(frozen=True, slots=True)
class Away:
    """A leave as it was written down: what moved, what a deputy holds, and the promises that fall into it."""

    done: Done
    member: Member
    """With her leave as it is now."""
    leave: Leave
    back_on: date
    moves: Moves
    deputy: Member | None = None
    handed: int = 0
    late: int = 0
    """Of these, how many were late already."""
    late_now: int | None = None
    """What is late now and stays hers until the leave begins; None where it has."""
    delivery_id: int | None = None


@dataclass(frozen=True, slots=True)
class BackAgain:
    """A leave that ended early, or was cancelled; how many steps are hers again."""

    done: Done
    leave: Leave
    returned: int
    """Steps that the deputy held; what was shifted stays behind the leave, where it was put."""


@dataclass(frozen=True, slots=True)
class _Given:
    """What a deputy got, how much of that was late, and how much is late that stays until the leave begins."""

    count: int = 0
    late: int = 0
    late_now: int | None = None


def take(
    db: Database, actor: Actor, starts_on: date, ends_on: date, now: datetime, *, deputy_id: str | None = None
) -> Away:
    """Write a leave down; its steps shift behind it, or go to the deputy, who is told once.

    One that stands with the same days gets the deputy.
    """
    with changes.writing(db, actor, ChangeKind.LEAVE, now) as recorder:
        member = _locked(recorder.tx, actor)
        leave = Leave(starts_on, ends_on, deputy_id)
        was = next((each for each in member.leave if (each.starts_on, each.ends_on) == (starts_on, ends_on)), None)
        if was is not None and deputy_id is not None:
            return _deputised(recorder, member, was, deputy_id)
        _check(member, leave, now)
        deputy = _deputy(recorder.tx, member, leave) if deputy_id else None
        member = recorder.update(member, leave=(*member.leave, leave))
        return _carried_out(recorder, member, leave, deputy)


def name_deputy(db: Database, actor: Actor, starts_on: date, deputy_id: str, now: datetime) -> Away:
    """Give a leave that stands a deputy: what is due in it, promises too, is the deputy's."""
    with changes.writing(db, actor, ChangeKind.LEAVE, now) as recorder:
        member = _locked(recorder.tx, actor)
        return _deputised(recorder, member, _standing(member, starts_on), deputy_id)


def back(db: Database, actor: Actor, now: datetime) -> BackAgain:
    """The leave ends today: she is here again, and what her deputy holds is hers."""
    with changes.writing(db, actor, ChangeKind.LEAVE, now) as recorder:
        member = _locked(recorder.tx, actor)
        today = member.local(now).date()
        running = quiet.leave_of(member, today)
        if running is None:
            ahead = min((leave.starts_on for leave in member.leave if leave.starts_on > today), default=None)
            why = say("you are not away")
            if ahead:
                why = say("you are not away; your next leave begins {day}", day=dates.day(ahead))
            raise InvalidInput("when", why, "calendar")
        kept = (replace(running, ends_on=today - ONE_DAY),) if running.starts_on < today else ()
        return _ended(recorder, member, running, kept)


def cancel(db: Database, actor: Actor, starts_on: date, now: datetime) -> BackAgain:
    """A leave that has not begun is taken back."""
    with changes.writing(db, actor, ChangeKind.LEAVE, now) as recorder:
        member = _locked(recorder.tx, actor)
        was = _standing(member, starts_on)
        if was.starts_on <= member.local(now).date():
            raise InvalidInput("when", say("that leave has begun: end it"), "back")
        return _ended(recorder, member, was, ())


def drop_died(db: Database, actor: Actor, delivery_id: int, now: datetime) -> Done:
    """Close everything as lost that a welcome names as dead; one change, one undo."""
    with changes.writing(db, actor, ChangeKind.DROPPED, now) as recorder:
        welcome = _welcome(recorder.tx, actor, delivery_id)
        dead = returns.still_dead(recorder.tx, actor.member, welcome)
        if not dead:
            raise InvalidInput("died", say("none of them is open any more"))
        for prospect, step in sorted(dead, key=lambda each: each[0].id):
            held = targets.hold(recorder.tx, actor, ByProspect(prospect.id))
            if held.step.id == step.id:
                closing.close_as_lost(recorder, held, LostReason.OTHER, DIED_NOTE)
        return Done(recorder.close(None, count=len(dead)))


def keep_died(db: Database, actor: Actor, delivery_id: int, now: datetime) -> None:
    """She wants to go on with all of them: the welcome asks no more."""
    with db.begin() as tx:
        welcome = _welcome(tx, actor, delivery_id)
        if welcome.kept:
            raise AnsweredBefore(now)
        digests.answer_welcome(tx, actor.workspace_id, delivery_id, replace(welcome, kept=True))


def _deputised(recorder: Recorder, member: Member, was: Leave, deputy_id: str) -> Away:
    if was.ends_on < member.local(recorder.now).date():
        raise InvalidInput("when", say("that leave is over"), "calendar")
    leave = replace(was, deputy_id=deputy_id)
    deputy = _deputy(recorder.tx, member, leave)
    member = recorder.update(member, leave=tuple(leave if each == was else each for each in member.leave))
    _taken_back(recorder, member)  # what the one before holds
    away = _carried_out(recorder, member, leave, deputy)
    if not away.done.change.images:
        raise InvalidInput("deputy", _stands_in(deputy, away.handed), "calendar")
    return away


def _stands_in(deputy: Member, count: int) -> str:
    if not count:
        return say("{name} stands in already; nothing is due in these days yet", name=deputy.name)
    return say_n(
        "{name} stands in already and has {count} follow-up of these days",
        "{name} stands in already and has {count} follow-ups of these days",
        count,
        name=deputy.name,
    )


def _carried_out(recorder: Recorder, member: Member, leave: Leave, deputy: Member | None) -> Away:
    back_on = quiet.back_on(member, leave.ends_on + ONE_DAY)
    falling = free_days.falling_into(recorder, member, leave.starts_on, leave.ends_on)
    given, moves = _Given(), Moves()
    if deputy is not None:
        given = _given(recorder, member, leave, deputy, falling)
    else:
        moves = free_days.move_past(recorder, member, falling, back_on)
    members.plan_digest(recorder.tx, member, recorder.now)
    change = recorder.close(
        None,
        starts_on=leave.starts_on,
        ends_on=leave.ends_on,
        deputy=deputy and deputy.name,
        moved=moves.moved,
        handed=given.count,
    )
    told = deputy_news.tell(recorder, deputy, _news(member, leave, given), change.id) if deputy else None
    return Away(Done(change), member, leave, back_on, moves, deputy, given.count, given.late, given.late_now, told)


def _given(recorder: Recorder, member: Member, leave: Leave, deputy: Member, falling: Sequence[Planned]) -> _Given:
    """What is due in the leave is the deputy's; what is late too as soon as the leave runs, see ``deputies``.

    Counted with what she holds already.
    """
    today = member.local(recorder.now).date()
    held = deputies.held(recorder.tx, member, deputy.id, leave, today)
    late = deputies.late(recorder.tx, member, recorder.now, lock=True)
    has_begun = leave.starts_on <= today
    for _, step in late if has_begun else ():
        recorder.update(step, owner_id=deputy.id)
    count = len(held) + sum(_handed(recorder, member, each, deputy) for each in falling)
    if not has_begun:
        return _Given(count, 0, len(late))
    held_late = sum(member.local(step.due_at).date() < today for _, step in held)
    return _Given(count + len(late), held_late + len(late))


def _handed(recorder: Recorder, member: Member, each: Planned, deputy: Member) -> bool:
    """The step is the deputy's, on a day the deputy works; True when it is."""
    prospect, step = each
    if prospect.owner_id != member.id:
        # She stands in for somebody herself: it goes on to her own deputy as it is.
        recorder.update(step, owner_id=deputy.id)
        return True
    whose, to = loads.held_by(recorder.tx, member, step.planned)
    if whose.id != deputy.id:
        return False
    if to.due_at == step.due_at:
        recorder.update(step, owner_id=deputy.id)
    else:
        plans.move(recorder, member, step, to, Ended(StepEnd.MOVED), step.snoozes, step.reason)
    return True


def _ended(recorder: Recorder, member: Member, was: Leave, kept: tuple[Leave, ...]) -> BackAgain:
    member = recorder.update(member, leave=(*(each for each in member.leave if each != was), *kept))
    lent = _taken_back(recorder, member)
    members.plan_digest(recorder.tx, member, recorder.now)
    change = recorder.close(None, starts_on=was.starts_on, ends_on=was.ends_on, ended=True, returned=lent)
    return BackAgain(Done(change), was, lent)


def _taken_back(recorder: Recorder, member: Member) -> int:
    lent = deputies.no_longer_lent(recorder.tx, member, recorder.now, lock=True)
    for _, step in lent:
        recorder.update(step, owner_id=member.id)
    return len(lent)


def _check(member: Member, leave: Leave, now: datetime) -> None:
    today = member.local(now).date()
    example = "away 1–14 aug"
    if leave.ends_on < leave.starts_on:
        raise InvalidInput("when", say("a leave ends after it begins"), example)
    if leave.starts_on < today:
        raise InvalidInput("when", say("{day} has passed", day=dates.day(leave.starts_on)), "away until mon")
    if leave.ends_on - leave.starts_on > LONGEST:
        raise InvalidInput("when", say("that is more than a year"), example)
    if leave.starts_on - today > AHEAD_AT_MOST:
        raise InvalidInput("when", say("that is more than two years ahead"), example)
    for other in member.leave:
        if other.starts_on <= leave.ends_on and leave.starts_on <= other.ends_on:
            why = say("you are away {days} already: end or remove that first", days=_days(other))
            raise InvalidInput("when", why, "calendar")


def _deputy(tx: Connection, member: Member, leave: Leave) -> Member:
    if leave.deputy_id == member.id:
        raise InvalidInput("deputy", say("you can't stand in for yourself"), "away 1–14 aug @sam")
    deputy = people.get(tx, member.workspace_id, leave.deputy_id or "")
    if deputy is None:
        why = say("they have not used Follow-up Coach yet: ask them to type `/followup` once")
        raise InvalidInput("deputy", why, "away 1–14 aug")
    if deputy.is_deleted:
        why = say("{name} is deactivated in Slack", name=deputy.name)
        raise InvalidInput("deputy", why, "away 1–14 aug @sam")
    away = next((o for o in deputy.leave if o.starts_on <= leave.ends_on and leave.starts_on <= o.ends_on), None)
    if away is not None:
        why = say("{name} is away {days}", name=deputy.name, days=_days(away))
        raise InvalidInput("deputy", why, "away 1–14 aug @sam")
    return deputy


def _standing(member: Member, starts_on: date) -> Leave:
    found = next((leave for leave in member.leave if leave.starts_on == starts_on), None)
    if found is None:
        raise Gone
    return found


def _news(member: Member, leave: Leave, given: _Given) -> News:
    begins = given.late_now is not None
    return News(member.id, member.name, leave.starts_on, leave.ends_on, given.count, given.late, begins)


def _welcome(tx: Connection, actor: Actor, delivery_id: int) -> returns.Return:
    delivery = deliveries.get(tx, actor.workspace_id, delivery_id)
    welcome = digests.welcome_of(delivery)
    if delivery is None or welcome is None or delivery.recipient_id != actor.member.id:
        raise Gone
    return welcome


def _locked(tx: Connection, actor: Actor) -> Member:
    return people.get(tx, actor.workspace_id, actor.member.id, lock=True) or actor.member


def _days(leave: Leave) -> str:
    first, last = dates.day(leave.starts_on), dates.day(leave.ends_on)
    return first if first == last else say("{first} to {last}", first=first, last=last)
