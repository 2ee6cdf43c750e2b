"""A full day moves what may be moved, a little; promises, answers and dates chosen by hand stay where they are."""

from collections import Counter
from datetime import date, datetime, time

import pytest

from bot.services import changes, leave, members, snoozes, touches
from bot.services.actor import Actor
from bot.services.cards import Card
from bot.services.promises import Wish
from bot.services.touches import Made, Way
from bot.storage.engine import Database
from cadences.model import Channel, Outcome
from tests.services.test_positions import steps
from tests.support import verbs
from tests.support.cast import DAY, MINUTE, MONDAY, NOW, Cast, added, by_prospect, fresh, known, step_of
from tests.support.rows import everything

TUESDAY, WEDNESDAY, THURSDAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)


def capped(db: Database, actor: Actor, *, due: int = 20, new: int = 10) -> Actor:
    members.set_digest(db, actor, NOW, due_cap=due, new_cap=new)
    return fresh(db, actor)


def fill(db: Database, actor: Actor, count: int, on: date = MONDAY, *, promised: bool = True) -> None:
    """So many steps on a day; none of them is a first one."""
    for number in range(count):
        card = added(db, actor, f"Eli {number}", f"Beta {number}", on=on if promised else None)
        if not promised:
            snoozes.snooze(db, actor, by_prospect(card), on, None, NOW)


def day_of(card: Card | None, actor: Actor) -> date:
    return actor.member.local(step_of(card).due_at).date()


def days(db: Database, actor: Actor) -> Counter[date]:
    """How many open steps of hers there are on each day."""
    mine = [step for step in steps(db) if step.closed_at is None and step.owner_id == actor.member.id]
    return Counter(actor.member.local(step.due_at).date() for step in mine)


def test_what_fits_stays_on_its_day(db: Database, cast: Cast) -> None:
    cards = [added(db, cast.ana, f"Dana {number}", f"Acme {number}") for number in range(10)]
    assert {day_of(card, cast.ana) for card in cards} == {MONDAY}
    assert {step_of(card).wanted_on for card in cards} == {None}


def test_the_eleventh_new_one_of_a_day_goes_to_the_next_and_says_so(db: Database, cast: Cast) -> None:
    cards = [added(db, cast.ana, f"Dana {number}", f"Acme {number}") for number in range(11)]
    last = cards[-1]
    assert (day_of(last, cast.ana), step_of(last).wanted_on) == (TUESDAY, MONDAY)
    assert cast.ana.member.local(step_of(last).due_at).time() == time(15)
    assert last.hints.moved_from == MONDAY


def test_a_day_full_of_promises_takes_nothing_more(db: Database, cast: Cast) -> None:
    ana = capped(db, cast.ana, due=3)
    fill(db, ana, 3)
    card = added(db, ana)
    assert (day_of(card, ana), step_of(card).wanted_on) == (TUESDAY, MONDAY)


@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_promise_is_never_moved_however_full_its_day_is(db: Database, cast: Cast, count: int) -> None:
    ana = capped(db, cast.ana, due=1, new=1)
    fill(db, ana, count)
    card = added(db, ana, on=MONDAY, at=time(10))
    assert (day_of(card, ana), step_of(card).wanted_on) == (MONDAY, None)
    assert days(db, ana)[MONDAY] == count + 1


def test_nothing_is_moved_farther_than_its_tolerance(db: Database, cast: Cast) -> None:
    """Monday and Tuesday are full, and one business day is as far as it may go: then it stays."""
    ana = capped(db, cast.ana, due=2)
    fill(db, ana, 2)
    fill(db, ana, 2, TUESDAY)
    card = added(db, ana)
    assert (day_of(card, ana), step_of(card).wanted_on) == (MONDAY, None)


def test_a_wider_tolerance_reaches_the_lightest_day_of_two(db: Database, cast: Cast) -> None:
    """The first step of re-engage may move by two business days; its own day and the next are full."""
    ana = capped(db, cast.ana, due=2)
    card = added(db, ana, email="dana@example.com")
    wanted = date(2026, 12, 4)
    fill(db, ana, 2, wanted)
    fill(db, ana, 1, date(2026, 12, 7))
    fill(db, ana, 1, date(2026, 12, 3))
    switched = verbs.starting("re-engage")(db, ana, by_prospect(card), NOW)
    assert step_of(switched.card).wanted_on == wanted
    assert day_of(switched.card, ana) in {date(2026, 12, 8), date(2026, 12, 2)}
    assert days(db, ana)[day_of(switched.card, ana)] == 1


def test_an_earlier_day_is_not_inside_the_gap_after_the_last_touch(db: Database, cast: Cast) -> None:
    """Written to today: the second step may go to the day before its own, but never to Monday."""
    ana = capped(db, cast.ana, due=1)
    card = added(db, ana)
    verbs.starting("nudge")(db, ana, by_prospect(card), NOW)
    fill(db, ana, 1, TUESDAY)
    fill(db, ana, 1, WEDNESDAY)
    done = touches.log(db, ana, by_prospect(card), Made(), NOW)
    assert day_of(done.card, ana) not in {MONDAY, NOW.date()}


def test_nothing_is_moved_into_the_past(db: Database, cast: Cast) -> None:
    """Friday, three in the afternoon: a step of Monday at nine finds Friday light, but Friday's nine is over."""
    ana = capped(db, cast.ana, due=1)
    fill(db, ana, 1)
    fill(db, ana, 1, TUESDAY)
    done = verbs.starting("persistent")(db, ana, by_prospect(added(db, ana, now=NOW - DAY)), NOW)
    assert step_of(done.card).due_at > NOW


def test_what_she_put_off_by_hand_stays_on_the_day_she_chose(db: Database, cast: Cast) -> None:
    ana = capped(db, cast.ana, due=1)
    fill(db, ana, 3, THURSDAY)
    card = added(db, ana)
    done = snoozes.snooze(db, ana, by_prospect(card), THURSDAY, None, NOW)
    assert (day_of(done.card, ana), step_of(done.card).wanted_on) == (THURSDAY, None)


def test_an_answer_within_24_hours_and_a_time_to_try_again_are_not_moved(db: Database, cast: Cast) -> None:
    ana = capped(db, cast.ana, due=1)
    fill(db, ana, 3)
    replied = touches.log(db, ana, by_prospect(added(db, ana)), Made(None, Outcome.REPLIED), NOW)
    assert day_of(replied.card, ana) == MONDAY
    again = Made(Channel.CALL, Outcome.NO_ANSWER, retry=Wish(MONDAY))
    assert day_of(touches.log(db, ana, by_prospect(added(db, ana)), again, NOW).card, ana) == MONDAY
    interested = Made(None, Outcome.REPLIED, way=Way.INTERESTED)
    assert day_of(touches.log(db, ana, by_prospect(added(db, ana)), interested, NOW).card, ana) == MONDAY


def test_one_persons_full_day_is_nobody_elses(db: Database, cast: Cast) -> None:
    ana = capped(db, cast.ana, due=1)
    fill(db, capped(db, cast.cleo, due=1), 5)
    fill(db, capped(db, cast.otto, due=1), 5)
    assert day_of(added(db, ana), ana) == MONDAY


def test_only_what_is_open_fills_a_day(db: Database, cast: Cast) -> None:
    ana = capped(db, cast.ana, due=1)
    done = added(db, ana)
    verbs.won(db, ana, by_prospect(done), NOW)
    assert day_of(added(db, ana, "Eli Wu", "Beta"), ana) == MONDAY


def test_a_managers_change_looks_at_the_owners_day(db: Database, cast: Cast) -> None:
    ana, cleo = capped(db, cast.ana, due=1), capped(db, cast.cleo, due=20)
    card = added(db, ana)
    fill(db, ana, 1, date(2026, 11, 26))
    done = touches.log(db, cleo, by_prospect(card), Made(), NOW)
    assert (step_of(done.card).owner_id, step_of(done.card).wanted_on) == (ana.member.id, THURSDAY)


def test_a_step_that_was_moved_is_undone_exactly(db: Database, cast: Cast) -> None:
    ana = capped(db, cast.ana, due=1)
    card = added(db, ana)
    fill(db, ana, 1, THURSDAY)
    before = everything(db)
    done = touches.log(db, ana, by_prospect(card), Made(), NOW)
    assert step_of(done.card).wanted_on == THURSDAY
    changes.undo(db, ana, done.change.id, NOW + MINUTE)
    assert everything(db) == before


def test_a_day_is_hers_in_her_own_zone(db: Database, cast: Cast) -> None:
    """Ben's Monday evening in New York is Tuesday in Berlin: it still fills his Monday."""
    ben = capped(db, cast.ben, due=1)
    added(db, ben, "Eli Wu", "Beta", on=MONDAY, at=time(20))
    card = added(db, ben, now=datetime(2026, 11, 20, 14, 30, tzinfo=NOW.tzinfo))
    assert (day_of(card, ben), step_of(card).wanted_on) == (TUESDAY, MONDAY)


def test_many_added_in_a_row_never_pass_a_cap_while_a_day_in_reach_has_room(db: Database, cast: Cast) -> None:
    ana = capped(db, cast.ana, due=5, new=3)
    for number in range(6):
        added(db, ana, f"Dana {number}", f"Acme {number}")
    assert days(db, ana) == {MONDAY: 3, TUESDAY: 3}


# While somebody stands in


def test_what_falls_into_a_leave_is_the_deputys(db: Database, cast: Cast) -> None:
    leave.take(db, cast.ana, MONDAY, THURSDAY, NOW, deputy_id=cast.ben.member.id)
    ana = fresh(db, cast.ana)
    card = added(db, ana)
    assert (step_of(card).owner_id, card.prospect.owner_id) == (cast.ben.member.id, ana.member.id)
    assert day_of(card, ana) in {MONDAY, TUESDAY}


def test_a_deputy_may_log_what_she_holds_and_nothing_else(db: Database, cast: Cast) -> None:
    leave.take(db, cast.ana, MONDAY, THURSDAY, NOW, deputy_id=cast.ben.member.id)
    card = added(db, fresh(db, cast.ana))
    done = touches.log(db, cast.ben, by_prospect(card), Made(), step_of(card).due_at)
    assert done.change.member_id == cast.ben.member.id
    assert known(db, cast.ana).leave[0].deputy_id == cast.ben.member.id
    assert step_of(done.card).owner_id == cast.ana.member.id
