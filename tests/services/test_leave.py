"""Leave: shifted behind it or held by a deputy, back again, and no wall on the return."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest
from sqlalchemy import event, select, update

from bot.services import calendars, changes, deputies, deputy_news, digests, handover, leave, members, touches
from bot.services.actor import Actor
from bot.services.calendars import Scope
from bot.services.cards import Card
from bot.services.errors import AnsweredBefore, Gone, InvalidInput, NotYours, OwnerAway
from bot.services.touches import Made
from bot.storage import tables
from bot.storage.engine import Database
from bot.storage.records import Delivery, record
from bot.storage.tables import DeliveryKind, DeliveryState
from cadences import calendar
from cadences.model import LostReason, Stage
from language.kept import say_kept
from tests.support.cast import (
    DAY,
    HOUR,
    MINUTE,
    MONDAY,
    NOW,
    TODAY,
    Cast,
    added,
    by_prospect,
    by_step,
    comes_at,
    fresh,
    known,
    shown,
    step_of,
)
from tests.support.rows import change_count, everything, forgotten
from tests.support.together import errors, together

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + number * DAY for number in range(1, 5))
BACK = MONDAY + 7 * DAY
"""A leave from Monday to Friday ends before this one."""
BACK_MORNING = datetime(2026, 11, 30, 7, 45, tzinfo=UTC)


def due_on(db: Database, actor: Actor, on: date, name: str = "Dana Li", value_minor: int | None = None) -> Card:
    """A prospect whose next step is on a day and was promised to nobody."""
    card = added(db, actor, name, value_minor=value_minor, currency="USD" if value_minor else None)
    due_at = calendar.resolve(on, time(9), actor.member.calendar.zone)
    with db.begin() as tx:
        row = update(tables.steps).where(tables.steps.c.id == step_of(card).id)
        tx.execute(row.values(due_at=due_at, number=2))
    return shown(db, actor, card)


def day_of(db: Database, actor: Actor, card: Card) -> date:
    return actor.member.local(step_of(shown(db, actor, card)).due_at).date()


def holder_of(db: Database, actor: Actor, card: Card) -> str:
    return step_of(shown(db, actor, card)).owner_id


def dailies(db: Database, actor: Actor) -> list[Delivery]:
    with db.read() as tx:
        rows = tx.execute(
            select(tables.deliveries)
            .where(tables.deliveries.c.recipient_id == actor.member.id, tables.deliveries.c.kind == DeliveryKind.DAILY)
            .order_by(tables.deliveries.c.local_on)
        )
        return [record(Delivery, row) for row in rows]


def the_worker_looks(db: Database, now: datetime) -> None:
    """Every digest that is due by now, or its reason for none; what deputies held goes back."""
    deputies.settle(db, now)
    while digests.open_due(db, now, 10):
        continue


def a_week(db: Database, actor: Actor, deputy: Actor | None = None) -> leave.Away:
    return leave.take(db, actor, MONDAY, FRIDAY, NOW, deputy_id=deputy.member.id if deputy else None)


# --- without a deputy


def test_steps_of_a_leave_shift_behind_it(db: Database, cast: Cast) -> None:
    inside, after = due_on(db, cast.ana, WEDNESDAY), due_on(db, cast.ana, BACK + DAY, "Eli Wu")
    away = a_week(db, cast.ana)
    assert (away.moves.moved, away.back_on, away.deputy) == (1, BACK, None)
    assert day_of(db, cast.ana, inside) == BACK
    assert day_of(db, cast.ana, after) == BACK + DAY
    assert known(db, cast.ana).leave == (away.leave,)
    assert forgotten(db, cast.ana.workspace_id) == []


def test_behind_a_leave_no_day_takes_more_than_the_cap(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, due_cap=3, new_cap=3)
    ana = fresh(db, cast.ana)
    waiting = [due_on(db, ana, BACK, f"There {number}") for number in range(2)]
    late = due_on(db, ana, TODAY - 3 * DAY, "Late One")
    inside = [due_on(db, ana, MONDAY + (number % 5) * DAY, f"Sample {number}") for number in range(7)]
    away = a_week(db, ana)
    days = Counter(day_of(db, ana, card) for card in [*inside, *waiting])
    assert sum(days.values()) == 9
    assert days[BACK] == 2, "the two that were there and the late one fill the first day"
    assert max(days.values()) <= 3
    assert away.moves.until_on == max(days)
    assert day_of(db, ana, late) == TODAY - 3 * DAY


def test_the_more_urgent_come_first(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, due_cap=1, new_cap=1)
    ana = fresh(db, cast.ana)
    small = due_on(db, ana, WEDNESDAY, "Small One")
    large = due_on(db, ana, WEDNESDAY, "Large One", value_minor=20_000_000)
    a_week(db, ana)
    assert (day_of(db, ana, large), day_of(db, ana, small)) == (BACK, BACK + DAY)
    assert step_of(shown(db, ana, small)).wanted_on == BACK


def test_promises_do_not_move_and_are_named(db: Database, cast: Cast) -> None:
    promised = added(db, cast.ana, on=WEDNESDAY, at=time(10))
    away = a_week(db, cast.ana)
    assert [(p.name, p.on, p.step_id) for p in away.moves.promised] == [("Dana Li", WEDNESDAY, step_of(promised).id)]
    assert (away.moves.moved, day_of(db, cast.ana, promised)) == (0, WEDNESDAY)


def test_a_parked_prospect_is_parked_until_its_new_date(db: Database, cast: Cast) -> None:
    from tests.support.verbs import park

    card = added(db, cast.ana)
    park(db, cast.ana, by_prospect(card), NOW)
    leave.take(db, cast.ana, date(2027, 2, 25), date(2027, 3, 5), NOW)
    parked = shown(db, cast.ana, card)
    assert parked.prospect.parked_until_on == day_of(db, cast.ana, card) == date(2027, 3, 8)


# --- with a deputy


def test_a_deputy_gets_the_steps_and_the_owner_stays(db: Database, cast: Cast) -> None:
    inside, after = due_on(db, cast.ana, WEDNESDAY), due_on(db, cast.ana, BACK + DAY, "Eli Wu")
    promised = added(db, cast.ana, "Pia Promised", on=TUESDAY, at=time(10))
    away = a_week(db, cast.ana, cast.ben)
    assert (away.handed, away.moves.moved, away.moves.promised) == (2, 0, ())
    assert holder_of(db, cast.ana, inside) == holder_of(db, cast.ana, promised) == cast.ben.member.id
    assert holder_of(db, cast.ana, after) == cast.ana.member.id
    assert {shown(db, cast.ana, card).prospect.owner_id for card in (inside, after, promised)} == {cast.ana.member.id}
    assert (day_of(db, cast.ana, inside), day_of(db, cast.ana, promised)) == (WEDNESDAY, TUESDAY)


def test_the_deputy_is_told_once(db: Database, cast: Cast) -> None:
    due_on(db, cast.ana, WEDNESDAY)
    away = a_week(db, cast.ana, cast.ben)
    assert away.delivery_id is not None
    with db.read() as tx:
        (row,) = tx.execute(select(tables.deliveries).where(tables.deliveries.c.kind == DeliveryKind.NEWS)).all()
    told = record(Delivery, row)
    assert told.recipient_id == cast.ben.member.id
    news = deputy_news.news(told)
    assert news is not None
    assert (news.away_name, news.starts_on, news.ends_on, news.handed) == ("Ana", MONDAY, FRIDAY, 1)


def test_the_deputy_may_act_and_others_may_not(db: Database, cast: Cast) -> None:
    card = due_on(db, cast.ana, WEDNESDAY)
    with pytest.raises(NotYours):
        touches.log(db, cast.ben, by_step(card), Made(), NOW)
    a_week(db, cast.ana, cast.ben)
    assert shown(db, cast.ben, card).is_mine
    done = touches.log(db, cast.ben, by_step(shown(db, cast.ben, card)), Made(), NOW + 4 * DAY)
    assert done.card is not None
    assert done.card.prospect.owner_id == cast.ana.member.id


def test_what_is_planned_meanwhile_is_the_deputys_in_the_leave_and_hers_after_it(db: Database, cast: Cast) -> None:
    a_week(db, cast.ana, cast.ben)
    card = added(db, fresh(db, cast.ana), on=THURSDAY, at=time(10))
    assert holder_of(db, cast.ana, card) == cast.ben.member.id
    later = added(db, fresh(db, cast.ana), "Eli Wu", on=BACK, at=time(10))
    assert holder_of(db, cast.ana, later) == cast.ana.member.id


def test_back_early_what_is_open_is_hers_again(db: Database, cast: Cast) -> None:
    card = due_on(db, cast.ana, THURSDAY)
    a_week(db, cast.ana, cast.ben)
    ended = leave.back(db, cast.ana, NOW + 5 * DAY)
    assert ended.returned == 1
    assert holder_of(db, cast.ana, card) == cast.ana.member.id
    (kept,) = known(db, cast.ana).leave
    assert (kept.starts_on, kept.ends_on) == (MONDAY, TUESDAY)


def test_back_on_the_first_day_leaves_nothing(db: Database, cast: Cast) -> None:
    a_week(db, cast.ana, cast.ben)
    leave.back(db, cast.ana, NOW + 3 * DAY)
    assert known(db, cast.ana).leave == ()


def test_a_leave_that_ended_gives_everything_back_by_itself(db: Database, cast: Cast) -> None:
    card = due_on(db, cast.ana, THURSDAY)
    a_week(db, cast.ana, cast.ben)
    assert deputies.settle(db, NOW + 5 * DAY) == 0
    assert holder_of(db, cast.ana, card) == cast.ben.member.id
    assert deputies.settle(db, BACK_MORNING) == 1
    assert holder_of(db, cast.ana, card) == cast.ana.member.id
    assert deputies.settle(db, BACK_MORNING) == 0


def test_a_deputy_can_be_named_later(db: Database, cast: Cast) -> None:
    promised = added(db, cast.ana, on=WEDNESDAY, at=time(10))
    a_week(db, cast.ana)
    named = leave.name_deputy(db, cast.ana, MONDAY, cast.ben.member.id, NOW)
    assert named.handed == 1
    assert holder_of(db, cast.ana, promised) == cast.ben.member.id
    with pytest.raises(Gone):
        leave.name_deputy(db, cast.ana, TUESDAY, cast.ben.member.id, NOW)


def test_who_stands_in_for_somebody_and_leaves_too_hands_it_on(db: Database, cast: Cast) -> None:
    card = due_on(db, cast.ana, THURSDAY)
    a_week(db, cast.ana, cast.ben)
    leave.take(db, cast.ben, THURSDAY, FRIDAY, NOW, deputy_id=cast.cleo.member.id)
    assert holder_of(db, cast.ana, card) == cast.cleo.member.id
    assert deputies.settle(db, BACK_MORNING) == 1
    assert holder_of(db, cast.ana, card) == cast.ana.member.id


# --- what is late when a leave with a deputy begins

MONDAY_NIGHT = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
"""Monday begins in Berlin, and with it the leave."""


def test_what_is_late_when_a_leave_is_written_down_that_runs_is_the_deputys_at_once(db: Database, cast: Cast) -> None:
    late, promised = due_on(db, cast.ana, TODAY - 9 * DAY), added(db, cast.ana, "Pia", on=TODAY, at=time(16))
    due_on(db, cast.ana, WEDNESDAY, "Eli Wu")
    away = leave.take(db, cast.ana, TODAY + DAY, FRIDAY, NOW + DAY, deputy_id=cast.ben.member.id)
    assert (away.handed, away.late, away.late_now) == (3, 2, None)
    assert holder_of(db, cast.ana, late) == holder_of(db, cast.ana, promised) == cast.ben.member.id
    rows = digests.my_day(db, cast.ben.member, NOW + DAY).rows
    assert [row.row.name for row in rows] == ["Pia", "Dana Li"], "promises first"


def test_what_is_still_late_when_a_leave_begins_is_the_deputys_then(db: Database, cast: Cast) -> None:
    late, done = due_on(db, cast.ana, TODAY - 9 * DAY), due_on(db, cast.ana, TODAY, "Eli Wu")
    away = a_week(db, cast.ana, cast.ben)
    assert (away.handed, away.late, away.late_now) == (0, 0, 1)
    assert deputies.settle(db, MONDAY_NIGHT - HOUR) == 0
    touches.log(db, cast.ana, by_prospect(done), Made(), NOW)
    assert deputies.settle(db, MONDAY_NIGHT) == 1
    assert deputies.settle(db, MONDAY_NIGHT + HOUR) == 0
    assert holder_of(db, cast.ana, late) == cast.ben.member.id
    assert shown(db, cast.ana, late).prospect.owner_id == cast.ana.member.id
    touches.log(db, cast.ben, by_step(shown(db, cast.ben, late)), Made(), MONDAY_NIGHT + HOUR)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Honolulu"])
def test_a_leave_begins_and_ends_at_her_own_midnight(db: Database, cast: Cast, zone: str) -> None:
    with db.begin() as tx:
        tx.execute(update(tables.members).where(tables.members.c.id == cast.ana.member.id).values(zone=zone))
    ana = fresh(db, cast.ana)
    card = due_on(db, ana, TODAY)
    a_week(db, ana, cast.ben)
    for on, holder in ((MONDAY, cast.ben), (FRIDAY + DAY, ana)):
        midnight = calendar.resolve(on, time(0), ana.member.calendar.zone)
        assert deputies.settle(db, midnight - MINUTE) == 0
        assert deputies.settle(db, midnight) == 1
        assert holder_of(db, ana, card) == holder.member.id


def test_many_workers_settle_it_once(db: Database, cast: Cast) -> None:
    """In the order of the prospects' numbers: nobody waits for somebody who waits for her."""
    for number in range(12):
        due_on(db, cast.ana, TODAY, f"Late {number}")
        due_on(db, cast.ben, TODAY, f"There {number}")
    a_week(db, cast.ana, cast.ben)
    leave.take(db, cast.ben, WEDNESDAY, FRIDAY, NOW, deputy_id=cast.cleo.member.id)
    # Ana leaves; Ben does, with what he holds for her; both are back.
    for days, count in ((0, 12), (3, 24), (6, 24)):
        settle = partial(deputies.settle, db, MONDAY_NIGHT + days * DAY)
        outcomes = together(*[settle] * 4)
        assert errors(outcomes) == []
        assert sum(each for each in outcomes if isinstance(each, int)) == count


def test_the_worker_holds_prospects_once_in_a_transaction(db: Database, cast: Cast) -> None:
    """What comes back and goes out again is held in two, each in the one order: nobody blocks a verb on both."""
    due_on(db, cast.ana, TODAY)
    card = due_on(db, cast.ana, TUESDAY, "Eli Wu")
    leave.take(db, cast.ana, MONDAY, WEDNESDAY, NOW, deputy_id=cast.ben.member.id)
    leave.take(db, cast.ana, THURSDAY, FRIDAY, NOW, deputy_id=cast.cleo.member.id)
    held = [0]

    def begin(_tx: object) -> None:
        held.append(0)

    def keep(*told: object) -> None:
        held[-1] += "FOR UPDATE OF prospects" in str(told[2])

    event.listen(db.engine, "begin", begin)
    event.listen(db.engine, "before_cursor_execute", keep)
    settled = deputies.settle(db, MONDAY_NIGHT + 3 * DAY)
    event.remove(db.engine, "begin", begin)
    event.remove(db.engine, "before_cursor_execute", keep)
    assert settled == 3, "one from the first deputy, and both to the second"
    assert holder_of(db, cast.ana, card) == cast.cleo.member.id
    assert max(held) == (0 if db.is_sqlite else 1)


def questions(db: Database, now: datetime) -> int:
    """How many the worker asks the database where nothing is to be settled."""
    asked: list[object] = []

    def keep(*told: object) -> None:
        asked.append(told[2])

    event.listen(db.engine, "before_cursor_execute", keep)
    settled = deputies.settle(db, now)
    event.remove(db.engine, "before_cursor_execute", keep)
    assert settled == 0
    return len(asked)


def test_the_worker_asks_as_much_for_many_who_are_away_as_for_one(db: Database, cast: Cast) -> None:
    """It looks with every tick: nobody costs a query of her own."""
    at = MONDAY_NIGHT + DAY
    due_on(db, cast.ana, WEDNESDAY)
    a_week(db, cast.ana, cast.cleo)
    for_one = questions(db, at)
    for number in range(4):
        for member_id in (f"U0{number}", f"U1{number}"):
            members.ensure(db, cast.ana.workspace_id, members.Profile(member_id, f"Nia {member_id}"), NOW)
        other = fresh(db, replace(cast.ana, member=replace(cast.ana.member, id=f"U0{number}")))
        due_on(db, other, WEDNESDAY, f"Dana {number}")
        leave.take(db, other, MONDAY, FRIDAY, NOW, deputy_id=f"U1{number}")
    assert questions(db, at) <= for_one + 1, "one more where several deputies are read at once"


def test_what_was_late_comes_back_with_the_rest(db: Database, cast: Cast) -> None:
    late = due_on(db, cast.ana, TODAY - 9 * DAY)
    a_week(db, cast.ana, cast.ben)
    deputies.settle(db, MONDAY_NIGHT)
    the_worker_looks(db, BACK_MORNING)
    assert holder_of(db, cast.ana, late) == cast.ana.member.id
    welcome = digests.welcome_of(dailies(db, cast.ana)[-1])
    assert welcome is not None
    assert (welcome.waited, welcome.today) == (1, 1)


def test_who_is_back_early_has_what_was_late_again(db: Database, cast: Cast) -> None:
    late = due_on(db, cast.ana, TODAY - 9 * DAY)
    a_week(db, cast.ana, cast.ben)
    deputies.settle(db, MONDAY_NIGHT)
    assert leave.back(db, cast.ana, NOW + 4 * DAY).returned == 1
    assert holder_of(db, cast.ana, late) == cast.ana.member.id


def test_without_a_deputy_what_is_late_waits(db: Database, cast: Cast) -> None:
    late = due_on(db, cast.ana, TODAY - 9 * DAY)
    a_week(db, cast.ana)
    assert deputies.settle(db, MONDAY_NIGHT) == 0
    assert holder_of(db, cast.ana, late) == cast.ana.member.id


def test_a_leave_that_was_undone_while_it_ran_gives_back_what_was_late(db: Database, cast: Cast) -> None:
    late = due_on(db, cast.ana, TODAY - 9 * DAY)
    away = a_week(db, cast.ana, cast.ben)
    deputies.settle(db, MONDAY_NIGHT)
    changes.undo(db, cast.ana, away.done.change.id, MONDAY_NIGHT + HOUR)
    assert deputies.settle_one(db, cast.ana.workspace_id, cast.ana.member.id, MONDAY_NIGHT + HOUR) == 1
    assert holder_of(db, cast.ana, late) == cast.ana.member.id


def test_a_deputy_who_is_away_too_passes_it_on_to_her_own(db: Database, cast: Cast) -> None:
    late = due_on(db, cast.ana, TODAY - 9 * DAY)
    a_week(db, cast.ana, cast.ben)
    leave.take(db, cast.ben, TUESDAY, WEDNESDAY, NOW, deputy_id=cast.cleo.member.id)
    for hours, holder in ((0, cast.ben), (36, cast.cleo), (84, cast.ben)):
        deputies.settle(db, MONDAY_NIGHT + hours * HOUR)
        deputies.settle(db, MONDAY_NIGHT + hours * HOUR)
        assert holder_of(db, cast.ana, late) == holder.member.id
        assert deputies.settle(db, MONDAY_NIGHT + hours * HOUR) == 0


def test_a_deputy_who_left_gets_nothing(db: Database, cast: Cast) -> None:
    late = due_on(db, cast.ana, TODAY - 9 * DAY)
    a_week(db, cast.ana, cast.ben)
    members.told(db, cast.ben.workspace_id, members.Profile("U0BEN", "Ben", is_deleted=True), NOW)
    assert deputies.settle(db, MONDAY_NIGHT) == 0
    assert holder_of(db, cast.ana, late) == cast.ana.member.id


def test_another_deputy_gets_what_the_first_one_held(db: Database, cast: Cast) -> None:
    card = due_on(db, cast.ana, WEDNESDAY)
    a_week(db, cast.ana, cast.ben)
    named = leave.name_deputy(db, cast.ana, MONDAY, cast.cleo.member.id, NOW)
    assert named.handed == 1
    assert holder_of(db, cast.ana, card) == cast.cleo.member.id


# --- the same deputy once more


def again_by_days(db: Database, cast: Cast, now: datetime) -> leave.Away:
    return leave.take(db, cast.ana, MONDAY, FRIDAY, now, deputy_id=cast.ben.member.id)


def again_by_form(db: Database, cast: Cast, now: datetime) -> leave.Away:
    return leave.name_deputy(db, cast.ana, MONDAY, cast.ben.member.id, now)


Again = Callable[[Database, Cast, datetime], leave.Away]
each_way = pytest.mark.parametrize("again", [again_by_days, again_by_form])


@each_way
def test_the_same_deputy_once_more_changes_nothing_and_is_told_what_she_has(
    db: Database, cast: Cast, again: Again
) -> None:
    for name in ("Dana Li", "Eli Wu"):
        due_on(db, cast.ana, WEDNESDAY, name)
    a_week(db, cast.ana, cast.ben)
    before = everything(db)
    with pytest.raises(InvalidInput) as refused:
        again(db, cast, NOW + HOUR)
    assert refused.value.why == "Ben stands in already and has 2 follow-ups of these days"
    assert everything(db) == before


@each_way
def test_the_same_deputy_once_more_with_nothing_due_is_said_as_it_is(db: Database, cast: Cast, again: Again) -> None:
    a_week(db, cast.ana, cast.ben)
    before = everything(db)
    with pytest.raises(InvalidInput) as refused:
        again(db, cast, NOW + HOUR)
    assert refused.value.why == "Ben stands in already; nothing is due in these days yet"
    assert everything(db) == before


@each_way
def test_the_same_deputy_once_more_gets_what_came_since_and_all_of_it_is_counted(
    db: Database, cast: Cast, again: Again
) -> None:
    due_on(db, cast.ana, WEDNESDAY)
    a_week(db, cast.ana, cast.ben)
    late = due_on(db, cast.ana, FRIDAY, "Late Li")
    due_on(db, cast.ana, THURSDAY, "Eli Wu")
    with db.begin() as tx:
        row = update(tables.steps).where(tables.steps.c.id == step_of(late).id)
        tx.execute(row.values(due_at=NOW, owner_id=cast.ana.member.id))
    before = everything(db)
    away = again(db, cast, NOW + 4 * DAY)
    assert (away.handed, away.late, away.late_now) == (3, 1, None)
    changes.undo(db, cast.ana, away.done.change.id, NOW + 4 * DAY + HOUR)
    assert everything(db) == before


def test_a_leave_that_stands_gets_a_deputy_or_another_by_its_days(db: Database, cast: Cast) -> None:
    card = due_on(db, cast.ana, WEDNESDAY)
    promised = added(db, cast.ana, "Pia", on=WEDNESDAY, at=time(10))
    a_week(db, cast.ana)
    assert again_by_days(db, cast, NOW).handed == 1
    assert holder_of(db, cast.ana, promised) == cast.ben.member.id
    leave.take(db, cast.ana, MONDAY, FRIDAY, NOW, deputy_id=cast.cleo.member.id)
    assert holder_of(db, cast.ana, promised) == cast.cleo.member.id
    assert holder_of(db, cast.ana, card) == cast.ana.member.id
    assert len(known(db, cast.ana).leave) == 1


def test_what_she_holds_for_others_and_passed_on_is_counted_too(db: Database, cast: Cast) -> None:
    due_on(db, cast.ana, THURSDAY)
    a_week(db, cast.ana, cast.ben)
    assert leave.take(db, cast.ben, THURSDAY, FRIDAY, NOW, deputy_id=cast.cleo.member.id).handed == 1
    with pytest.raises(InvalidInput) as refused:
        leave.name_deputy(db, cast.ben, THURSDAY, cast.cleo.member.id, NOW)
    assert refused.value.why == "Cleo stands in already and has 1 follow-up of these days"


@each_way
def test_a_leave_that_is_over_gets_no_deputy(db: Database, cast: Cast, again: Again) -> None:
    a_week(db, cast.ana)
    with pytest.raises(InvalidInput) as refused:
        again(db, cast, BACK_MORNING)
    assert refused.value.why == "that leave is over"


# --- refused


def test_a_deputy_who_can_not_is_refused_in_words(db: Database, cast: Cast) -> None:
    leave.take(db, cast.ben, FRIDAY, FRIDAY, NOW)
    members.told(db, cast.cleo.workspace_id, members.Profile("U0CLEO", "Cleo", is_deleted=True), NOW)
    before = everything(db)
    for deputy_id, said in {
        cast.ana.member.id: "stand in for yourself",
        cast.ben.member.id: "Ben is away Fri 27 Nov",
        cast.cleo.member.id: "deactivated",
        cast.otto.member.id: "not used",
        "U0NOBODY": "not used",
    }.items():
        with pytest.raises(InvalidInput) as refused:
            leave.take(db, cast.ana, MONDAY, FRIDAY, NOW, deputy_id=deputy_id)
        assert said in refused.value.why
    assert everything(db) == before


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (TODAY - DAY, TODAY, "has passed"),
        (TODAY - 9 * DAY, TODAY - 5 * DAY, "has passed"),
        (FRIDAY, MONDAY, "ends after it begins"),
        (MONDAY, MONDAY + timedelta(days=400), "more than a year"),
        (date(2029, 5, 1), date(2029, 5, 2), "two years"),
    ],
)
def test_days_that_make_no_leave_are_refused(db: Database, cast: Cast, first: date, last: date, said: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        leave.take(db, cast.ana, first, last, NOW)
    assert said in refused.value.why
    assert change_count(db) == 0


@pytest.mark.parametrize(("first", "last"), [(MONDAY, MONDAY), (FRIDAY, BACK), (TODAY, MONDAY), (TODAY, BACK)])
def test_leaves_that_overlap_are_refused(db: Database, cast: Cast, first: date, last: date) -> None:
    a_week(db, cast.ana)
    with pytest.raises(InvalidInput) as refused:
        leave.take(db, cast.ana, first, last, NOW)
    assert "you are away Mon 23 Nov to Fri 27 Nov already" in refused.value.why
    assert change_count(db) == 1


def test_nobody_is_back_who_was_not_away(db: Database, cast: Cast) -> None:
    with pytest.raises(InvalidInput) as refused:
        leave.back(db, cast.ana, NOW)
    assert "you are not away" in refused.value.why
    a_week(db, cast.ana)
    with pytest.raises(InvalidInput) as refused:
        leave.back(db, cast.ana, NOW)
    assert "your next leave begins Mon 23 Nov" in refused.value.why


def test_a_leave_ahead_is_cancelled_and_one_that_runs_is_not(db: Database, cast: Cast) -> None:
    card = due_on(db, cast.ana, THURSDAY)
    a_week(db, cast.ana, cast.ben)
    with pytest.raises(InvalidInput):
        leave.cancel(db, cast.ana, MONDAY, NOW + 3 * DAY)
    leave.cancel(db, cast.ana, MONDAY, NOW)
    assert known(db, cast.ana).leave == ()
    assert holder_of(db, cast.ana, card) == cast.ana.member.id


# --- undo


@pytest.mark.parametrize("with_deputy", [False, True])
def test_undo_restores_everything_exactly(db: Database, cast: Cast, with_deputy: bool) -> None:
    due_on(db, cast.ana, TODAY - 9 * DAY, "Late One")
    for number in range(3):
        due_on(db, cast.ana, MONDAY + number * DAY, f"Sample {number}")
    added(db, cast.ana, "Pia Promised", on=TUESDAY, at=time(10))
    before = everything(db, cursors=True)
    taken = a_week(db, cast.ana, cast.ben if with_deputy else None)
    assert everything(db, cursors=True) != before
    changes.undo(db, cast.ana, taken.done.change.id, NOW)
    members.replan_digest(db, cast.ana.workspace_id, cast.ana.member.id, NOW)
    assert everything(db, cursors=True) == before


def test_undo_of_back_sends_her_away_again(db: Database, cast: Cast) -> None:
    due_on(db, cast.ana, THURSDAY)
    a_week(db, cast.ana, cast.ben)
    before = everything(db)
    ended = leave.back(db, cast.ana, NOW + 5 * DAY)
    changes.undo(db, cast.ana, ended.done.change.id, NOW + 5 * DAY)
    assert everything(db) == before


# --- silence


@pytest.mark.parametrize("with_deputy", [False, True])
def test_each_day_of_a_leave_has_its_logged_reason(db: Database, cast: Cast, with_deputy: bool) -> None:
    due_on(db, cast.ana, TODAY)
    a_week(db, cast.ana, cast.ben if with_deputy else None)
    for number in range(5):
        digests.open_due(db, datetime(2026, 11, 23, 7, 45, tzinfo=UTC) + number * DAY, 10)
    said = dailies(db, cast.ana)
    assert [each.local_on for each in said] == [MONDAY + number * DAY for number in range(5)]
    assert {(each.state, say_kept(each.reason or "")) for each in said} == {
        (DeliveryState.SKIPPED, "on leave until Fri 27 Nov")
    }


@pytest.mark.parametrize("with_deputy", [False, True])
def test_nobody_is_nudged_on_leave(db: Database, cast: Cast, with_deputy: bool) -> None:
    card = added(db, cast.ana)
    leave.take(db, cast.ana, TODAY, FRIDAY, NOW, deputy_id=cast.cleo.member.id if with_deputy else None)
    with pytest.raises(OwnerAway) as refused:
        handover.nudge(db, cast.ben, by_prospect(card), NOW)
    assert refused.value.back_on == BACK


def test_news_wait_until_she_is_back(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    leave.take(db, cast.ana, TODAY, FRIDAY, NOW, deputy_id=cast.ben.member.id)
    sent = handover.take_over(db, cast.cleo, by_prospect(card), NOW)
    assert comes_at(db, sent, NOW) == datetime(2026, 11, 30, 7, 0, tzinfo=UTC)


# --- the return


def test_the_first_digest_after_a_leave_says_what_waited(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, due_cap=3, new_cap=3)
    ana = fresh(db, cast.ana)
    for number in range(7):
        due_on(db, ana, MONDAY + (number % 5) * DAY, f"Sample {number}")
    due_on(db, ana, BACK + 20 * DAY, "Elsewhere Later")
    a_week(db, ana)
    the_worker_looks(db, BACK_MORNING)
    welcome = digests.welcome_of(dailies(db, ana)[-1])
    assert welcome is not None
    assert (welcome.waited, welcome.today, welcome.until_on) == (7, 3, BACK + 2 * DAY)
    assert (welcome.deputy_name, welcome.died) == (None, ())


def test_only_the_first_digest_welcomes(db: Database, cast: Cast) -> None:
    for number in range(3):
        due_on(db, cast.ana, MONDAY + number * DAY, f"Sample {number}")
    a_week(db, cast.ana)
    the_worker_looks(db, BACK_MORNING)
    the_worker_looks(db, BACK_MORNING + DAY)
    first, second = dailies(db, cast.ana)[-2:]
    assert digests.welcome_of(first) is not None
    assert digests.welcome_of(second) is None


def test_the_welcome_says_what_the_deputy_did(db: Database, cast: Cast) -> None:
    cards = [due_on(db, cast.ana, MONDAY + number * DAY, f"Sample {number}") for number in range(3)]
    due_on(db, cast.ben, TUESDAY, "Of Ben")
    a_week(db, cast.ana, cast.ben)
    for card in cards[:2]:
        touches.log(db, cast.ben, by_prospect(card), Made(), NOW + 4 * DAY)
    the_worker_looks(db, BACK_MORNING)
    welcome = digests.welcome_of(dailies(db, cast.ana)[-1])
    assert welcome is not None
    assert (welcome.deputy_name, welcome.touches, welcome.touched) == ("Ben", 2, 2)
    assert (welcome.waited, welcome.today) == (1, 1)


def with_dead(db: Database, cast: Cast) -> tuple[Delivery, list[Card], Card]:
    """Ana's digest on the day she is back, two deals whose close date passed meanwhile, and one that lives."""
    dead = [due_on(db, cast.ana, WEDNESDAY, f"Sample {number}") for number in range(2)]
    alive = due_on(db, cast.ana, WEDNESDAY, "Alive")
    with db.begin() as tx:
        ids = [card.prospect.id for card in dead]
        tx.execute(update(tables.prospects).where(tables.prospects.c.id.in_(ids)).values(close_on=THURSDAY))
    a_week(db, cast.ana)
    the_worker_looks(db, BACK_MORNING)
    return dailies(db, cast.ana)[-1], dead, alive


def test_who_was_promised_a_day_that_is_still_to_come_has_not_died(db: Database, cast: Cast) -> None:
    """Two that nobody wrote to for fourteen business days; one of them was promised a call after the leave."""
    back_on = date(2026, 12, 10)
    added(db, cast.ana, "Promised Sample", on=back_on + 12 * DAY)
    silent = due_on(db, cast.ana, back_on + 12 * DAY, "Silent Sample")
    leave.take(db, cast.ana, back_on - 2 * DAY, back_on - DAY, NOW)
    the_worker_looks(db, BACK_MORNING + 10 * DAY)
    welcome = digests.welcome_of(dailies(db, cast.ana)[-1])
    assert welcome is not None
    assert welcome.died == (silent.prospect.id,)


def test_what_died_meanwhile_is_dropped_in_one_change_and_one_undo(db: Database, cast: Cast) -> None:
    delivery, dead, alive = with_dead(db, cast)
    before = everything(db)
    done = leave.drop_died(db, cast.ana, delivery.id, BACK_MORNING + HOUR)
    assert done.change.facts["count"] == 2
    for card in dead:
        kept = shown(db, cast.ana, card).prospect
        assert (kept.stage, kept.lost_reason, kept.close_note) == (
            Stage.LOST, LostReason.OTHER, "died while I was away"
        )  # fmt: skip
    assert shown(db, cast.ana, alive).prospect.stage is Stage.NEW
    changes.undo(db, cast.ana, done.change.id, BACK_MORNING + 2 * HOUR)
    assert everything(db) == before


def test_dropped_once_there_is_nothing_left_to_drop(db: Database, cast: Cast) -> None:
    delivery, _, _ = with_dead(db, cast)
    leave.drop_died(db, cast.ana, delivery.id, BACK_MORNING + HOUR)
    view = digests.view(db, cast.ana.workspace_id, delivery.id, BACK_MORNING + HOUR)
    assert view is not None
    assert view.died == ()
    with pytest.raises(InvalidInput):
        leave.drop_died(db, cast.ana, delivery.id, BACK_MORNING + HOUR)


def test_what_died_can_be_kept_and_is_asked_about_no_more(db: Database, cast: Cast) -> None:
    delivery, dead, _ = with_dead(db, cast)
    leave.keep_died(db, cast.ana, delivery.id, BACK_MORNING + HOUR)
    view = digests.view(db, cast.ana.workspace_id, delivery.id, BACK_MORNING + HOUR)
    assert view is not None
    assert view.died == ()
    assert {shown(db, cast.ana, card).prospect.stage for card in dead} == {Stage.NEW}
    with pytest.raises(AnsweredBefore):
        leave.keep_died(db, cast.ana, delivery.id, BACK_MORNING + HOUR)


def test_nobody_else_answers_her_welcome(db: Database, cast: Cast) -> None:
    delivery, _, _ = with_dead(db, cast)
    for actor in (cast.ben, cast.cleo, cast.otto):
        with pytest.raises(Gone):
            leave.drop_died(db, actor, delivery.id, BACK_MORNING + HOUR)
        with pytest.raises(Gone):
            leave.keep_died(db, actor, delivery.id, BACK_MORNING + HOUR)


def test_a_free_day_in_the_ramp_is_no_day_to_come_back_on(db: Database, cast: Cast) -> None:
    calendars.add_day_off(db, cast.ana, Scope(), BACK, "moving house", NOW)
    card = due_on(db, cast.ana, WEDNESDAY)
    assert a_week(db, fresh(db, cast.ana)).back_on == BACK + DAY
    assert day_of(db, cast.ana, card) == BACK + DAY


def test_a_leave_that_ended_leaves_the_deputy_what_the_next_one_gave(db: Database, cast: Cast) -> None:
    ended, coming = due_on(db, cast.ana, THURSDAY), due_on(db, cast.ana, BACK + 9 * DAY, "Eli Wu")
    a_week(db, cast.ana, cast.ben)
    leave.take(db, cast.ana, BACK + 7 * DAY, BACK + 11 * DAY, NOW, deputy_id=cast.ben.member.id)
    assert deputies.settle(db, BACK_MORNING) == 1
    assert holder_of(db, cast.ana, ended) == cast.ana.member.id
    assert holder_of(db, cast.ana, coming) == cast.ben.member.id
