"""The third snooze in a row asks why, and each answer makes something else of it."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.services import batch, changes, closing, digests, prospects, putting_off, snoozes, touches
from bot.services.actor import Actor
from bot.services.batch import Answer
from bot.services.cards import Card, Done
from bot.services.errors import AsksWhy, Gone, InvalidInput, MovedOn, NotYours
from bot.services.putting_off import Group
from bot.services.targets import Target
from bot.services.touches import Made
from bot.storage.engine import Database
from bot.storage.tables import ChangeKind
from cadences.model import Channel, FollowUpType, LostReason, Outcome, Stage
from cadences.snoozing import Why
from cadences.states import State
from tests.support.cast import DAY, MONDAY, NOW, Cast, added, by_prospect, by_step, shown, step_of
from tests.support.rows import everything

TUESDAY = date(2026, 11, 24)
WEDNESDAY = date(2026, 11, 25)
FRIDAY = date(2026, 11, 27)
CARRIED_OUT = (Why.WAITING, Why.NOTHING_TO_ADD, Why.AVOIDING)


def put_off_twice(db: Database, cast: Cast, name: str = "Dana Li", **details: Any) -> Card:
    """Somebody to be called, snoozed twice in a row."""
    card = added(db, cast.ana, name, "Acme", on=MONDAY, channel=Channel.CALL, **details)
    for on in (TUESDAY, WEDNESDAY):
        snoozes.snooze(db, cast.ana, by_prospect(card), on, None, NOW)
    return shown(db, cast.ana, card)


def because(db: Database, cast: Cast, card: Card, why: Why) -> Done:
    return snoozes.snooze(db, cast.ana, by_step(card), FRIDAY, None, NOW, why=why)


def question(db: Database, cast: Cast, card: Card, note: str = "") -> AsksWhy:
    with pytest.raises(AsksWhy) as asked:
        snoozes.snooze(db, cast.ana, by_step(card), FRIDAY, time(16, 30), NOW, note)
    return asked.value


def test_the_third_in_a_row_is_asked_about_and_nothing_is_moved(db: Database, cast: Cast) -> None:
    card = put_off_twice(db, cast)
    asked = question(db, cast, card)
    assert (asked.prospect.id, asked.count, asked.on) == (card.prospect.id, 3, FRIDAY)
    assert shown(db, cast.ana, card) == card


def test_what_was_wanted_waits_for_the_answer_of_who_was_asked(db: Database, cast: Cast) -> None:
    card = put_off_twice(db, cast)
    draft_id = question(db, cast, card, "they move house").draft_id
    wanted = snoozes.asked_about(db, cast.ana, draft_id)
    assert (wanted.target, wanted.on, wanted.at, wanted.note) == (
        by_step(card),
        FRIDAY,
        time(16, 30),
        "they move house",
    )
    for stranger in (cast.ben, cast.cleo, cast.otto):
        with pytest.raises(Gone):
            snoozes.asked_about(db, stranger, draft_id)


def test_a_touch_begins_the_count_anew(db: Database, cast: Cast) -> None:
    card = put_off_twice(db, cast)
    touches.log(db, cast.ana, by_prospect(card), Made(outcome=Outcome.NO_ANSWER), NOW)
    assert (
        snoozes.snooze(db, cast.ana, by_prospect(card), date(2026, 12, 4), None, NOW).change.kind is ChangeKind.SNOOZED
    )


def test_waiting_makes_it_their_turn_until_that_day(db: Database, cast: Cast) -> None:
    done = because(db, cast, put_off_twice(db, cast), Why.WAITING)
    step = step_of(done.card)
    assert (step.type, step.snoozes, step.channel) == (FollowUpType.REMINDER, 0, Channel.CALL)
    assert step.due_at == datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
    assert done.card is not None
    assert done.card.state(NOW) is State.WAITING


def test_after_waiting_it_takes_three_again_to_be_asked(db: Database, cast: Cast) -> None:
    card = put_off_twice(db, cast)
    because(db, cast, card, Why.WAITING)
    again = snoozes.snooze(db, cast.ana, by_prospect(card), date(2026, 12, 4), None, NOW)
    assert step_of(again.card).snoozes == 1
    assert again.card is not None
    assert again.card.state(NOW) is State.SNOOZED


def test_nothing_to_add_keeps_the_step_for_the_day_that_was_wanted(db: Database, cast: Cast) -> None:
    card = put_off_twice(db, cast)
    step = step_of(because(db, cast, card, Why.NOTHING_TO_ADD).card)
    assert (step.channel, step.type, step.snoozes) == (Channel.CALL, step_of(card).type, 3)
    assert step.due_at == datetime(2026, 11, 27, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("details", "channel"),
    [
        ({}, Channel.EMAIL),
        ({"email": "dana@example.com", "phone": "+4930123456"}, Channel.EMAIL),
        ({"phone": "+4930123456"}, Channel.SMS),
    ],
)
def test_avoiding_becomes_a_smaller_step_on_the_next_working_day(
    db: Database, cast: Cast, details: dict[str, str], channel: Channel
) -> None:
    step = step_of(because(db, cast, put_off_twice(db, cast, **details), Why.AVOIDING).card)
    assert (step.channel, step.due_at) == (channel, datetime(2026, 11, 23, 8, 0, tzinfo=UTC))


def test_what_is_dead_is_not_snoozed(db: Database, cast: Cast) -> None:
    card = put_off_twice(db, cast)
    before = everything(db)
    with pytest.raises(InvalidInput):
        because(db, cast, card, Why.DEAD)
    assert everything(db) == before


@pytest.mark.parametrize("why", CARRIED_OUT)
def test_the_answer_stands_in_the_change_and_an_undo_restores_exactly(db: Database, cast: Cast, why: Why) -> None:
    card = put_off_twice(db, cast)
    before = everything(db)
    done = because(db, cast, card, why)
    assert (done.change.kind, done.change.facts["why"]) == (ChangeKind.SNOOZED, why.value)
    assert shown(db, cast.ana, card).prospect.active_at == card.prospect.active_at
    changes.undo(db, cast.ana, done.change.id, NOW + DAY)
    assert everything(db) == before


def test_dead_stands_in_the_change_that_closes_or_parks_it(db: Database, cast: Cast) -> None:
    first, second = put_off_twice(db, cast), put_off_twice(db, cast, "Sam Sample")
    lost = closing.lost(db, cast.ana, by_step(first), LostReason.UNRESPONSIVE, "", NOW, why=Why.DEAD, asks=False)
    parked = snoozes.park(db, cast.ana, by_step(second), date(2027, 2, 22), NOW, why=Why.DEAD)
    assert (lost.change.facts["why"], parked.change.facts["why"]) == ("dead", "dead")
    assert shown(db, cast.ana, second).prospect.stage is Stage.PARKED


def test_a_deputy_no_but_a_manager_may_answer_and_strangers_are_told_nothing(db: Database, cast: Cast) -> None:
    card = put_off_twice(db, cast)
    with pytest.raises(NotYours):
        snoozes.snooze(db, cast.ben, by_step(card), FRIDAY, None, NOW, why=Why.WAITING)
    with pytest.raises(Gone):
        snoozes.snooze(db, cast.otto, by_step(card), FRIDAY, None, NOW, why=Why.WAITING)
    done = snoozes.snooze(db, cast.cleo, by_step(card), FRIDAY, None, NOW, why=Why.WAITING)
    assert done.change.member_id == cast.cleo.member.id


def test_an_old_question_hears_what_happened_since(db: Database, cast: Cast) -> None:
    card = put_off_twice(db, cast)
    wanted = snoozes.asked_about(db, cast.ana, question(db, cast, card).draft_id)
    because(db, cast, card, Why.WAITING)
    with pytest.raises(MovedOn):
        snoozes.snooze(db, cast.ana, wanted.target, wanted.on, wanted.at, NOW, why=Why.AVOIDING)


def test_among_several_answers_it_is_carried_out_and_asked_about_afterwards(db: Database, cast: Cast) -> None:
    put_off_twice(db, cast)
    later = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

    def put_off(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
        return snoozes.snooze(db, cast.ana, target, FRIDAY, None, now, asks=False)

    digests.my_day(db, cast.ana.member, later)
    answered = batch.answer(db, cast.ana, [Answer(1, put_off)], later)
    (_, done) = answered.parts[0]
    asked = snoozes.ask_after(db, cast.ana, done, later)
    assert asked is not None
    assert (asked.count, asked.on) == (3, FRIDAY)
    wanted = snoozes.asked_about(db, cast.ana, asked.draft_id)
    again = snoozes.snooze(db, cast.ana, wanted.target, wanted.on, wanted.at, later, why=Why.NOTHING_TO_ADD)
    assert step_of(again.card).snoozes == 3


def test_several_put_off_at_once_are_never_asked_about_but_named(db: Database, cast: Cast) -> None:
    """A promise stays where it is in a crowd, so these were not promised."""
    cards = [added(db, cast.ana, name, "Acme", now=NOW - 10 * DAY) for name in ("Dana Li", "Sam Sample")]
    for on in (date(2026, 11, 18), date(2026, 11, 19)):
        snoozes.snooze(db, cast.ana, by_prospect(cards[0]), on, None, NOW - 9 * DAY)
    done = putting_off.snooze_all(db, cast.ana, Group.ALL, MONDAY, NOW)
    assert [each.name for each in done.serial] == ["Dana Li"]
    assert len(done.parts) == 2


def test_the_timeline_is_as_it_was(db: Database, cast: Cast) -> None:
    card = put_off_twice(db, cast)
    because(db, cast, card, Why.AVOIDING)
    assert prospects.show(db, cast.ana, card.prospect.id).entries == ()
