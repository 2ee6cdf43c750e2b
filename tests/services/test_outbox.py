"""The outbox: taken by one, said once, settled, and given up with a reason that can be read."""

from datetime import timedelta

import pytest

from bot.services import handover, outbox
from bot.services.outbox import LEASE, PATIENCE
from bot.storage import deliveries
from bot.storage.engine import Database
from bot.storage.records import Delivery
from bot.storage.tables import DeliveryState
from language.kept import say_kept
from tests.support.cast import ELSEWHERE, HOUR, MINUTE, NOW, WORKSPACE, Cast, added, by_prospect
from tests.support.together import errors, together


@pytest.fixture
def nudge(db: Database, cast: Cast) -> Delivery:
    """A delivery to Ana that waits to be said."""
    sent = handover.nudge(db, cast.ben, by_prospect(added(db, cast.ana)), NOW)
    assert sent.delivery_id is not None
    return now_of(db, sent.delivery_id)


def now_of(db: Database, delivery_id: int) -> Delivery:
    with db.read() as tx:
        delivery = deliveries.get(tx, WORKSPACE, delivery_id)
    assert delivery is not None
    return delivery


def test_what_is_taken_is_leased_for_half_a_minute(db: Database, nudge: Delivery) -> None:
    (taken,) = outbox.take(db, NOW, 10)
    assert taken.delivery.id == nudge.id
    assert (taken.delivery.state, taken.delivery.attempts) == (DeliveryState.LEASED, 1)
    assert taken.delivery.leased_until_at == NOW + LEASE
    assert taken.recipient is not None
    assert (taken.recipient.name, taken.unsettled) == ("Ana", False)


def test_what_is_leased_is_not_taken_again(db: Database, nudge: Delivery) -> None:
    outbox.take(db, NOW, 10)
    assert outbox.take(db, NOW + LEASE - timedelta(seconds=1), 10) == []
    assert outbox.take_one(db, WORKSPACE, nudge.id, NOW) is None


def test_of_many_takers_one_wins(db: Database, nudge: Delivery) -> None:
    outcomes = together(*[lambda: outbox.take(db, NOW, 10)] * 6)
    assert errors(outcomes) == []
    assert sum(len(taken) for taken in outcomes if isinstance(taken, list)) == 1


def test_of_a_worker_and_a_click_one_wins(db: Database, nudge: Delivery) -> None:
    taken, one = together(lambda: outbox.take(db, NOW, 10), lambda: [outbox.take_one(db, WORKSPACE, nudge.id, NOW)])
    assert isinstance(taken, list)
    assert isinstance(one, list)
    assert len([item for item in [*taken, *one] if item is not None]) == 1


def test_a_lease_that_ran_out_is_taken_once_more_and_says_so(db: Database, nudge: Delivery) -> None:
    outbox.take(db, NOW, 10)
    (again,) = outbox.take(db, NOW + LEASE, 10)
    assert (again.unsettled, again.delivery.attempts) == (True, 2)


def test_of_many_who_find_a_lease_that_ran_out_one_wins(db: Database, nudge: Delivery) -> None:
    outbox.take(db, NOW, 10)
    outcomes = together(*[lambda: outbox.take(db, NOW + MINUTE, 10)] * 6)
    assert errors(outcomes) == []
    assert sum(len(taken) for taken in outcomes if isinstance(taken, list)) == 1


def test_what_was_said_is_never_taken_again(db: Database, nudge: Delivery) -> None:
    (taken,) = outbox.take(db, NOW, 10)
    outbox.mark_sent(db, taken.delivery, "D1", "1.1", NOW + MINUTE)
    said = now_of(db, nudge.id)
    assert (said.state, said.channel, said.ts, said.sent_at) == (DeliveryState.SENT, "D1", "1.1", NOW + MINUTE)
    assert said.leased_until_at is None
    assert outbox.take(db, NOW + 9 * HOUR, 10) == []
    with db.read() as tx:
        assert deliveries.of_message(tx, WORKSPACE, "D1", "1.1") == said
        assert deliveries.of_message(tx, ELSEWHERE, "D1", "1.1") is None


@pytest.mark.parametrize(
    ("mark", "state"), [(outbox.mark_failed, DeliveryState.FAILED), (outbox.mark_skipped, DeliveryState.SKIPPED)]
)
def test_what_will_not_be_said_has_a_reason_of_readable_length(
    db: Database, nudge: Delivery, mark: object, state: DeliveryState
) -> None:
    (taken,) = outbox.take(db, NOW, 10)
    assert callable(mark)
    mark(db, taken.delivery, "channel_not_found " * 100)
    settled = now_of(db, nudge.id)
    assert (settled.state, settled.leased_until_at) == (state, None)
    assert settled.reason is not None
    assert len(settled.reason) == 500
    assert outbox.take(db, NOW + 9 * HOUR, 10) == []


def test_what_is_tried_later_waits_for_its_moment(db: Database, nudge: Delivery) -> None:
    (taken,) = outbox.take(db, NOW, 10)
    outbox.try_later(db, taken.delivery, "rate limited", NOW + MINUTE)
    assert outbox.take(db, NOW + MINUTE - timedelta(seconds=1), 10) == []
    (again,) = outbox.take(db, NOW + MINUTE, 10)
    assert (again.unsettled, again.delivery.attempts) == (False, 2)


def test_what_can_not_be_said_is_tried_for_a_day_and_then_given_up(db: Database, nudge: Delivery) -> None:
    tries = 0
    for later in (MINUTE, HOUR, PATIENCE, PATIENCE + timedelta(seconds=1)):
        assert now_of(db, nudge.id).state is DeliveryState.PENDING
        (taken,) = outbox.take(db, NOW + PATIENCE, 10)
        tries += 1
        outbox.try_later(db, taken.delivery, "Slack is down", NOW + later)
    given_up = now_of(db, nudge.id)
    assert (given_up.state, say_kept(given_up.reason or "")) == (
        DeliveryState.FAILED, f"given up after {tries} tries: Slack is down",
    )  # fmt: skip
    assert outbox.take(db, NOW + 9 * PATIENCE, 10) == []


def test_the_limit_is_kept_and_the_longest_waiting_goes_first(db: Database, cast: Cast) -> None:
    cards = [added(db, cast.ana, f"Sample {number}") for number in range(3)]
    for number, card in enumerate(cards):
        handover.take_over(db, cast.cleo, by_prospect(card), NOW + number * MINUTE)
    first = outbox.take(db, NOW + HOUR, 2)
    rest = outbox.take(db, NOW + HOUR, 2)
    assert [taken.delivery.not_before_at for taken in [*first, *rest]] == [NOW, NOW + MINUTE, NOW + 2 * MINUTE]


def test_what_another_worker_holds_does_not_hide_what_waits_behind_it(db: Database, cast: Cast) -> None:
    for number in range(3):
        handover.take_over(db, cast.cleo, by_prospect(added(db, cast.ana, f"Sample {number}")), NOW)
    assert len(outbox.take(db, NOW, 2)) == 2
    assert len(outbox.take(db, NOW, 2)) == 1


def test_one_delivery_is_taken_only_while_it_waits(db: Database, cast: Cast, nudge: Delivery) -> None:
    assert outbox.take_one(db, ELSEWHERE, nudge.id, NOW) is None
    assert outbox.take_one(db, WORKSPACE, nudge.id + 1, NOW) is None
    taken = outbox.take_one(db, WORKSPACE, nudge.id, NOW)
    assert taken is not None
    assert not taken.unsettled
