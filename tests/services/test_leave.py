"""Leave: shifted behind it or held by a deputy, back again, and no wall on the return."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from bot.services import calendars, changes, digests, handover, leave, members, touches
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
    MONDAY,
    NOW,
    TODAY,
    Cast,
    added,
    by_prospect,
    by_step,
    fresh,
    known,
    shown,
    step_of,
)
from tests.support.rows import change_count, everything, forgotten

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
    leave.hand_back(db, now)
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
    news = leave.news(told)
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
    assert leave.hand_back(db, NOW + 5 * DAY) == 0
    assert holder_of(db, cast.ana, card) == cast.ben.member.id
    assert leave.hand_back(db, BACK_MORNING) == 1
    assert holder_of(db, cast.ana, card) == cast.ana.member.id
    assert leave.hand_back(db, BACK_MORNING) == 0


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
    assert leave.hand_back(db, BACK_MORNING) == 1
    assert holder_of(db, cast.ana, card) == cast.ana.member.id


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
    assert sent.heard_at == datetime(2026, 11, 30, 7, 0, tzinfo=UTC)


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
    assert view.died == 0
    with pytest.raises(InvalidInput):
        leave.drop_died(db, cast.ana, delivery.id, BACK_MORNING + HOUR)


def test_what_died_can_be_kept_and_is_asked_about_no_more(db: Database, cast: Cast) -> None:
    delivery, dead, _ = with_dead(db, cast)
    leave.keep_died(db, cast.ana, delivery.id, BACK_MORNING + HOUR)
    view = digests.view(db, cast.ana.workspace_id, delivery.id, BACK_MORNING + HOUR)
    assert view is not None
    assert view.died == 0
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
    assert leave.hand_back(db, BACK_MORNING) == 1
    assert holder_of(db, cast.ana, ended) == cast.ana.member.id
    assert holder_of(db, cast.ana, coming) == cast.ben.member.id
