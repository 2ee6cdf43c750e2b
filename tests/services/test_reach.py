"""A step that can't be made is passed over in sight, and comes back once it can be made."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.services import cadences, changes, closing, prospects, snoozes, touches
from bot.services.cards import Card
from bot.services.closing import Win
from bot.services.details import Details
from bot.services.hints import LeftOut
from bot.services.promises import Wish
from bot.services.touches import Made
from bot.storage.engine import Database
from bot.storage.tables import StepEnd
from bot.views import cards as views
from bot.views import hints as words
from bot.views import ids
from cadences import library
from cadences.model import Channel, EnrollmentState, Outcome, Stage
from sandbox.screen import elements
from tests.services.test_positions import steps
from tests.support import verbs
from tests.support.cast import DAY, HOUR, MINUTE, MONDAY, NOW, Cast, added, by_prospect, by_step, shown, step_of
from tests.support.rows import everything

EMAIL, PHONE = "dana@example.com", "+4930123456"
RENEWAL = date(2027, 11, 15)


def on_persistent(db: Database, cast: Cast, **details: Any) -> Card:
    """Mail, call, LinkedIn, call, …; the mail is next."""
    cadence = library.get("persistent")
    assert cadence is not None
    card = added(db, cast.ana, now=NOW - 3 * DAY, **details)
    switched = cadences.start(db, cast.ana, by_prospect(card), cadence, NOW - 3 * DAY)
    assert switched.done.card is not None
    return switched.done.card


def logged(db: Database, cast: Cast, card: Card, now: Any = NOW) -> Card:
    done = touches.log(db, cast.ana, by_prospect(card), Made(), now)
    assert done.card is not None
    return done.card


def edited(
    db: Database, cast: Cast, card: Card, now: Any = NOW + HOUR, wish: Wish | None = None, **details: Any
) -> Card:
    whole = Details("Dana Li", "Acme", stage=Stage.WORKING, **details)
    done = prospects.edit(db, cast.ana, by_prospect(card), whole, wish, now)
    assert done.card is not None
    return done.card


def place(card: Card) -> tuple[int | None, Channel, tuple[int, ...]]:
    step = step_of(card)
    return step.number, step.channel, step.skipped


def labels_in(blocks: list[Any], action_id: str) -> list[str]:
    """The words on what can be pressed."""
    return [each.label for each in elements(blocks) if each.action_id == action_id]


def on_wall(card: Card, cast: Cast) -> str:
    return cast.ana.member.local(step_of(card).due_at).strftime("%a %d %b %H:%M")


def test_a_call_without_a_number_is_passed_over_and_the_next_step_says_so(db: Database, cast: Cast) -> None:
    card = logged(db, cast, on_persistent(db, cast, email=EMAIL))
    assert place(card) == (3, Channel.LINKEDIN, (2,))
    assert card.hints.left_out == (LeftOut(2, Channel.CALL),)
    assert words.left_out(card.hints.left_out) == "step 2 (call) skipped: no phone number"


def test_a_mail_without_an_address_is_passed_over_too(db: Database, cast: Cast) -> None:
    card = on_persistent(db, cast, phone=PHONE)
    assert place(card) == (2, Channel.CALL, (1,))
    assert words.left_out(card.hints.left_out) == "step 1 (email) skipped: no email address"


def test_what_is_passed_over_leaves_the_later_dates_where_they_would_be(db: Database, cast: Cast) -> None:
    reached = logged(db, cast, logged(db, cast, on_persistent(db, cast, email=EMAIL, phone=PHONE)), NOW + 4 * DAY)
    missing = logged(db, cast, on_persistent(db, cast, email=EMAIL))
    assert place(reached)[0] == place(missing)[0] == 3
    assert on_wall(missing, cast) == "Fri 27 Nov 09:00"


def test_where_neither_is_known_the_rep_keeps_them_elsewhere_and_nothing_is_passed_over(
    db: Database, cast: Cast
) -> None:
    assert place(logged(db, cast, on_persistent(db, cast))) == (2, Channel.CALL, ())


def test_the_call_comes_back_with_the_number(db: Database, cast: Cast) -> None:
    card = logged(db, cast, on_persistent(db, cast, email=EMAIL))
    now = edited(db, cast, card, email=EMAIL, phone=PHONE)
    assert place(now) == (2, Channel.CALL, ())
    assert on_wall(now, cast) == "Tue 24 Nov 09:00"
    assert now.hints.left_out == ()
    assert steps(db)[-2].ended_as is StepEnd.MOVED


def test_after_the_number_went_the_call_is_passed_over(db: Database, cast: Cast) -> None:
    card = logged(db, cast, on_persistent(db, cast, email=EMAIL, phone=PHONE))
    assert place(edited(db, cast, card, email=EMAIL)) == (3, Channel.LINKEDIN, (2,))


def test_a_call_comes_back_even_when_its_own_day_has_passed_and_never_in_the_past(db: Database, cast: Cast) -> None:
    card = logged(db, cast, on_persistent(db, cast, email=EMAIL))
    now = edited(db, cast, card, NOW + 6 * DAY, email=EMAIL, phone=PHONE)
    assert place(now)[0] == 2
    assert step_of(now).due_at > NOW + 6 * DAY


def test_what_was_made_since_does_not_come_back(db: Database, cast: Cast) -> None:
    card = logged(db, cast, on_persistent(db, cast, email=EMAIL))
    card = logged(db, cast, card, NOW + 7 * DAY)
    assert place(card) == (5, Channel.EMAIL, (4,))
    assert place(edited(db, cast, card, NOW + 8 * DAY, email=EMAIL, phone=PHONE)) == (4, Channel.CALL, ())


def test_a_promise_a_snooze_and_an_answer_stay_whatever_becomes_known(db: Database, cast: Cast) -> None:
    promised = added(db, cast.ana, on=MONDAY, email=EMAIL)
    snoozed = logged(db, cast, on_persistent(db, cast, email=EMAIL))
    snoozes.snooze(db, cast.ana, by_prospect(snoozed), MONDAY, None, NOW)
    answered = added(db, cast.ana, email=EMAIL)
    verbs.logging(Outcome.REPLIED)(db, cast.ana, by_prospect(answered), NOW)
    for card in (promised, snoozed, answered):
        before = step_of(shown(db, cast.ana, card))
        assert step_of(edited(db, cast, card, email=EMAIL, phone=PHONE)) == before


def test_a_wish_said_with_the_number_goes_before_what_would_come_back(db: Database, cast: Cast) -> None:
    card = logged(db, cast, on_persistent(db, cast, email=EMAIL))
    now = edited(db, cast, card, wish=Wish(MONDAY, None, Channel.CALL), email=EMAIL, phone=PHONE)
    assert (step_of(now).promised, step_of(now).number) == (True, None)


def test_another_number_in_place_of_one_moves_nothing(db: Database, cast: Cast) -> None:
    card = logged(db, cast, on_persistent(db, cast, email=EMAIL, phone=PHONE))
    assert step_of(edited(db, cast, card, email=EMAIL, phone="+4930999999")) == step_of(card)


def test_what_came_back_is_undone_exactly(db: Database, cast: Cast) -> None:
    card = logged(db, cast, on_persistent(db, cast, email=EMAIL))
    before = everything(db)
    edited(db, cast, card, email=EMAIL, phone=PHONE)
    changes.undo(db, cast.ana, None, NOW + 2 * HOUR)
    assert everything(db) == before


def test_the_card_offers_to_add_what_is_missing(db: Database, cast: Cast) -> None:
    card = logged(db, cast, on_persistent(db, cast, email=EMAIL))
    blocks = views.card_blocks(card, NOW)
    assert "step 2 (call) skipped: no phone number" in str(blocks)
    assert "Add phone number" in labels_in(blocks, ids.EDIT)


def test_once_it_is_known_nothing_more_is_offered(db: Database, cast: Cast) -> None:
    """She put the later step off by hand, so the call does not come back; but there is no number to add."""
    card = logged(db, cast, on_persistent(db, cast, email=EMAIL))
    snoozes.snooze(db, cast.ana, by_prospect(card), MONDAY, None, NOW)
    now = edited(db, cast, card, email=EMAIL, phone=PHONE)
    assert step_of(now).skipped == (2,)
    assert now.hints.left_out == ()


# The renewal


def customer(db: Database, cast: Cast, renewal_on: date | None, since: Any = NOW) -> Card:
    card = added(db, cast.ana, renewal_on=renewal_on, email=EMAIL, phone=PHONE)
    done = closing.won(db, cast.ana, by_step(card), Win(post_sale=True), since)
    assert done.card is not None
    return done.card


def after_check_ins(db: Database, cast: Cast, card: Card) -> Card:
    for _ in range(3):
        card = logged(db, cast, card, step_of(card).due_at + HOUR)
    return card


def test_the_steps_before_a_renewal_count_back_from_its_day(db: Database, cast: Cast) -> None:
    card = after_check_ins(db, cast, customer(db, cast, RENEWAL))
    days = []
    for _ in range(3):
        step = step_of(card)
        days.append((step.number, RENEWAL - cast.ana.member.local(step.due_at).date()))
        card = logged(db, cast, card, step.due_at + HOUR)
    # The ninetieth day before it is a Tuesday, the sixtieth a Thursday, the thirtieth a Saturday: then Monday.
    assert days == [(4, timedelta(90)), (5, timedelta(60)), (6, timedelta(28))]
    assert step_of(card).number is None


def test_without_a_renewal_date_its_steps_are_passed_over_in_sight(db: Database, cast: Cast) -> None:
    card = after_check_ins(db, cast, customer(db, cast, None))
    assert (step_of(card).number, step_of(card).skipped) == (None, (4, 5, 6))
    assert words.left_out(card.hints.left_out).startswith("step 4 (before renewal) skipped: no renewal date")
    assert "Add renewal date" in labels_in(views.card_blocks(card, NOW), ids.EDIT)


def test_the_renewal_steps_come_back_with_the_date_even_after_the_cadence_has_ended(db: Database, cast: Cast) -> None:
    card = after_check_ins(db, cast, customer(db, cast, None))
    assert card.ended is not None
    now = edited(db, cast, card, step_of(card).due_at - 9 * DAY, email=EMAIL, phone=PHONE, renewal_on=RENEWAL)
    assert (step_of(now).number, step_of(now).cadence) == (4, "post-sale")
    assert now.enrollment is not None
    assert (now.enrollment.id, now.enrollment.state, now.enrollment.done_number) == (
        card.ended.id, EnrollmentState.ACTIVE, 3
    )  # fmt: skip
    assert now.prospect.stage is Stage.WON


def test_what_came_back_after_the_end_is_undone_exactly(db: Database, cast: Cast) -> None:
    card = after_check_ins(db, cast, customer(db, cast, None))
    at, before = step_of(card).due_at - 9 * DAY, everything(db)
    edited(db, cast, card, at, email=EMAIL, phone=PHONE, renewal_on=RENEWAL)
    changes.undo(db, cast.ana, None, at + MINUTE)
    assert everything(db) == before


def test_a_renewal_that_is_too_close_is_said_to_be_that(db: Database, cast: Cast) -> None:
    card = after_check_ins(db, cast, customer(db, cast, date(2027, 3, 15)))
    told = words.left_out(card.hints.left_out)
    assert "no renewal date" not in told
    assert "too close to the renewal" in told
    assert not any(label.startswith("Add ") for label in labels_in(views.card_blocks(card, NOW), ids.EDIT))


def test_a_renewal_that_moved_moves_the_step_before_it(db: Database, cast: Cast) -> None:
    card = after_check_ins(db, cast, customer(db, cast, RENEWAL))
    now = edited(db, cast, card, NOW + 95 * DAY, email=EMAIL, phone=PHONE, renewal_on=RENEWAL + timedelta(28))
    assert (step_of(now).number, step_of(now).due_at - step_of(card).due_at) == (4, 28 * DAY)


def test_what_comes_back_waits_until_they_are_back(db: Database, cast: Cast) -> None:
    card = logged(db, cast, on_persistent(db, cast, email=EMAIL))
    touches.out_of_office(db, cast.ana, by_prospect(card), date(2026, 12, 4), NOW)
    now = edited(db, cast, card, email=EMAIL, phone=PHONE)
    assert place(now) == (2, Channel.CALL, ())
    assert (on_wall(now, cast), step_of(now).paused_until_on) == ("Mon 07 Dec 09:00", date(2026, 12, 4))


@pytest.mark.parametrize("renewal_on", [None, date(2026, 11, 1)])
def test_a_renewal_that_is_over_or_unknown_never_plans_a_step_in_the_past(
    db: Database, cast: Cast, renewal_on: date | None
) -> None:
    card = after_check_ins(db, cast, customer(db, cast, renewal_on))
    assert step_of(card).number is None
    assert step_of(card).due_at > NOW
