"""After a deal was closed: tried again, opened again, checked in on, renewed, asked for a referral."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from bot.services import cadences, changes, closing, digests, touches
from bot.services.cards import Card, Done
from bot.services.closing import Win, months_after
from bot.services.errors import Closed, DomainError, Gone, InvalidInput, NotYours
from bot.services.touches import Made
from bot.storage.engine import Database
from bot.storage.tables import ChangeKind
from cadences import library
from cadences.model import Cadence, Channel, LostReason, Mood, Outcome, Stage
from cadences.states import State
from tests.support import verbs
from tests.support.cast import DAY, HOUR, MINUTE, NOW, TODAY, WORKSPACE, Cast, added, by_prospect, known, shown, step_of
from tests.support.rows import everything, forgotten

EMAIL, PHONE = "dana@example.com", "+4930123456"


def lost(db: Database, cast: Cast, card: Card, months: int | None = 3, now: datetime = NOW) -> Card:
    target = by_prospect(card)
    return card_of(closing.lost(db, cast.ana, target, LostReason.TIMING, "next year", now, again_in_months=months))


def won(db: Database, cast: Cast, card: Card, *, post_sale: bool = True, now: datetime = NOW) -> Card:
    return card_of(closing.won(db, cast.ana, by_prospect(card), Win(post_sale=post_sale), now))


def logged(db: Database, cast: Cast, card: Card, made: Made, now: datetime) -> Card:
    return card_of(touches.log(db, cast.ana, by_prospect(card), made, now))


def reopened(db: Database, cast: Cast, card: Card, now: datetime = NOW + DAY) -> Done:
    return closing.reopen(db, cast.ana, by_prospect(card), now, "they called back")


def card_of(done: Done) -> Card:
    assert done.card is not None
    return done.card


def day_of(card: Card, cast: Cast) -> date:
    return cast.ana.member.local(step_of(card).due_at).date()


def refused(db: Database, error: type[DomainError], act: Callable[[], object]) -> DomainError:
    """The refusal, which changed nothing."""
    before = everything(db)
    with pytest.raises(error) as told:
        act()
    assert everything(db) == before
    return told.value


# Lost, and tried again


@pytest.mark.parametrize(("months", "on"), [(3, date(2027, 2, 22)), (6, date(2027, 5, 20))])
def test_a_lost_deal_stays_lost_and_is_tried_again_in_some_months(
    db: Database, cast: Cast, months: int, on: date
) -> None:
    """The twentieth of February is a Saturday."""
    card = lost(db, cast, added(db, cast.ana, email=EMAIL), months)
    assert (card.prospect.stage, card.prospect.lost_reason, card.prospect.closed_on) == (
        Stage.LOST, LostReason.TIMING, TODAY
    )  # fmt: skip
    step = step_of(card)
    assert (step.cadence, step.number, day_of(card, cast)) == ("re-engage", 1, on)
    assert card.state(NOW) is State.LOST
    assert card.enrollment is not None
    assert card.enrollment.cadence == "re-engage"


def test_a_lost_deal_that_nobody_wants_to_try_again_has_nothing_next(db: Database, cast: Cast) -> None:
    card = lost(db, cast, added(db, cast.ana), None)
    assert (card.step, card.enrollment) == (None, None)


def test_it_comes_into_the_digest_on_its_day_as_something_to_do(db: Database, cast: Cast) -> None:
    card = lost(db, cast, added(db, cast.ana))
    morning = step_of(card).due_at.replace(hour=7, minute=45)
    (row,) = digests.my_day(db, known(db, cast.ana), morning).rows
    assert (row.row.prospect_id, row.is_done) == (card.prospect.id, False)
    digest_id = digests.open_now(db, known(db, cast.ana), morning)
    assert digest_id is not None
    view = digests.view(db, WORKSPACE, digest_id, morning)
    assert view is not None
    assert [item.is_done for item in view.rows] == [False]


def test_it_is_no_stalled_deal_meanwhile(db: Database, cast: Cast) -> None:
    lost(db, cast, added(db, cast.ana))
    assert digests.my_day(db, known(db, cast.ana), NOW + 60 * DAY).rows == ()


def test_a_mail_to_it_goes_on_and_the_deal_stays_lost(db: Database, cast: Cast) -> None:
    card = lost(db, cast, added(db, cast.ana, email=EMAIL))
    now = logged(db, cast, card, Made(), step_of(card).due_at)
    assert (now.prospect.stage, now.prospect.lost_reason, step_of(now).number) == (Stage.LOST, LostReason.TIMING, 2)


@pytest.mark.parametrize("outcome", [Outcome.REPLIED, Outcome.MEETING_BOOKED])
def test_an_answer_opens_it_again(db: Database, cast: Cast, outcome: Outcome) -> None:
    card = lost(db, cast, added(db, cast.ana))
    now = logged(db, cast, card, Made(None, outcome), step_of(card).due_at)
    assert (now.prospect.stage, now.prospect.lost_reason, now.prospect.closed_on) == (Stage.ENGAGED, None, None)
    assert now.state(step_of(card).due_at) is State.FINISHED_REPLIED


@pytest.mark.parametrize("outcome", [Outcome.NOT_NOW, Outcome.NOT_INTERESTED, Outcome.NO_SHOW, Outcome.OUT_OF_OFFICE])
def test_no_other_outcome_makes_a_lost_deal_anything_else(db: Database, cast: Cast, outcome: Outcome) -> None:
    card = lost(db, cast, added(db, cast.ana))
    now = logged(db, cast, card, Made(None, outcome), step_of(card).due_at).prospect
    assert (now.stage, now.lost_reason, now.closed_on) == (Stage.LOST, LostReason.TIMING, TODAY)


def test_a_lost_deal_that_is_won_after_all_was_lost_for_no_reason(db: Database, cast: Cast) -> None:
    card = lost(db, cast, added(db, cast.ana))
    now = won(db, cast, card, post_sale=False, now=NOW + 100 * DAY).prospect
    assert (now.stage, now.lost_reason) == (Stage.WON, None)


@pytest.mark.parametrize("months", [3, 6, None])
def test_a_loss_is_undone_exactly_whatever_was_to_come(db: Database, cast: Cast, months: int | None) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    lost(db, cast, card, months)
    changes.undo(db, cast.ana, None, NOW + MINUTE)
    assert everything(db) == before


@pytest.mark.parametrize("months", [0, 1, -3, 12, 999])
def test_only_three_or_six_months_are_offered(db: Database, cast: Cast, months: int) -> None:
    card = added(db, cast.ana)
    told = refused(db, InvalidInput, lambda: lost(db, cast, card, months))
    assert isinstance(told, InvalidInput)
    assert told.why == "choose 3 or 6 months"


@pytest.mark.parametrize(
    ("on", "months", "later"),
    [
        (date(2026, 11, 20), 3, date(2027, 2, 20)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(2026, 1, 1), 3, date(2026, 4, 1)),
    ],
)
def test_some_months_later_is_the_same_day_or_the_last_of_a_shorter_month(on: date, months: int, later: date) -> None:
    assert months_after(on, months) == later


# Opened again


@pytest.mark.parametrize("close", [verbs.lost, verbs.lost_for_now, verbs.won, verbs.won_with_check_ins])
def test_a_deal_that_is_opened_again_is_followed_up(db: Database, cast: Cast, close: verbs.Verb) -> None:
    card = added(db, cast.ana)
    close(db, cast.ana, by_prospect(card), NOW)
    done = reopened(db, cast, card)
    now = card_of(done)
    assert (now.prospect.stage, now.prospect.lost_reason, now.prospect.closed_on, now.prospect.close_note) == (
        Stage.WORKING, None, None, None
    )  # fmt: skip
    assert (step_of(now).cadence, step_of(now).number, done.change.kind) == ("nudge", 1, ChangeKind.REOPENED)
    assert now.state(NOW + DAY) is State.PENDING
    assert forgotten(db, WORKSPACE) == []


@pytest.mark.parametrize("close", [verbs.lost, verbs.lost_for_now, verbs.won, verbs.won_with_check_ins])
def test_opening_again_is_undone_exactly(db: Database, cast: Cast, close: verbs.Verb) -> None:
    card = added(db, cast.ana)
    close(db, cast.ana, by_prospect(card), NOW)
    before = everything(db)
    reopened(db, cast, card)
    changes.undo(db, cast.ana, None, NOW + 2 * DAY)
    assert everything(db) == before


def test_the_day_after_a_touch_it_is_not_touched_again_at_once(db: Database, cast: Cast) -> None:
    """A mail on Friday, lost by itself on Monday and opened again on Tuesday: three days from then."""
    card = logged(db, cast, added(db, cast.ana, now=NOW - HOUR), Made(), NOW)
    verbs.lost(db, cast.ana, by_prospect(card), NOW + 3 * DAY)
    assert day_of(card_of(reopened(db, cast, card, NOW + 4 * DAY)), cast) == date(2026, 11, 27)


@pytest.mark.parametrize("position", ["new", "parked", "answered"])
def test_what_is_open_can_not_be_opened_again(db: Database, cast: Cast, position: str) -> None:
    card = verbs.in_every_position(db, cast.ana)[position]
    told = refused(db, InvalidInput, lambda: reopened(db, cast, card))
    assert isinstance(told, InvalidInput)
    assert told.why.endswith("there is nothing to reopen")


def test_only_who_may_act_on_it_opens_it_again(db: Database, cast: Cast) -> None:
    card = lost(db, cast, added(db, cast.ana), None)
    refused(db, NotYours, lambda: closing.reopen(db, cast.ben, by_prospect(card), NOW))
    refused(db, Gone, lambda: closing.reopen(db, cast.otto, by_prospect(card), NOW))


# After the sale


def test_the_check_ins_begin_on_the_third_day_and_the_deal_stays_won(db: Database, cast: Cast) -> None:
    card = won(db, cast, added(db, cast.ana, email=EMAIL, phone=PHONE))
    assert (step_of(card).cadence, step_of(card).number, day_of(card, cast)) == ("post-sale", 1, date(2026, 11, 23))
    assert (card.state(NOW), card.prospect.stage) == (State.WON, Stage.WON)


def test_without_check_ins_a_won_deal_has_nothing_next(db: Database, cast: Cast) -> None:
    card = won(db, cast, added(db, cast.ana), post_sale=False)
    assert (card.step, card.enrollment) == (None, None)


def test_the_check_ins_do_not_count_the_silence_before_the_sale(db: Database, cast: Cast) -> None:
    card, now = added(db, cast.ana, email=EMAIL, phone=PHONE, now=NOW - 90 * DAY), NOW - 90 * DAY
    for _ in range(7):
        card = logged(db, cast, card, Made(outcome=Outcome.NO_ANSWER), now)
        now += 10 * DAY
    card = won(db, cast, card, now=now)
    assert step_of(logged(db, cast, card, Made(outcome=Outcome.SENT), now + 3 * DAY)).number == 2


@pytest.mark.parametrize("verb", [verbs.park, verbs.snooze, verbs.out_of_office, verbs.skip, verbs.stop_cadence])
def test_nothing_that_is_done_to_a_check_in_takes_the_sale_back(db: Database, cast: Cast, verb: verbs.Verb) -> None:
    card = won(db, cast, added(db, cast.ana))
    now = card_of(verb(db, cast.ana, by_prospect(card), NOW + DAY))
    assert (now.prospect.stage, now.prospect.closed_on, now.prospect.parked_until_on) == (Stage.WON, TODAY, None)


def test_a_won_deal_is_won_once(db: Database, cast: Cast) -> None:
    card = won(db, cast, added(db, cast.ana))
    refused(db, Closed, lambda: won(db, cast, card, now=NOW + DAY))
    refused(db, Closed, lambda: lost(db, cast, card, None, NOW + DAY))


def test_a_sale_with_its_check_ins_is_undone_exactly(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    won(db, cast, card)
    changes.undo(db, cast.ana, None, NOW + MINUTE)
    assert everything(db) == before


# A referral


def referral() -> Cadence:
    cadence = library.get("referral")
    assert cadence is not None
    return cadence


def asked(db: Database, cast: Cast, card: Card, now: datetime) -> Card:
    return card_of(cadences.start(db, cast.ana, by_prospect(card), referral(), now).done)


def test_after_a_happy_check_in_they_may_be_asked_for_a_referral(db: Database, cast: Cast) -> None:
    card = won(db, cast, added(db, cast.ana))
    card = logged(db, cast, card, Made(Channel.CALL, mood=Mood.POSITIVE), NOW + 3 * DAY)
    now = asked(db, cast, card, NOW + 3 * DAY + HOUR)
    assert (step_of(now).cadence, now.prospect.stage) == ("referral", Stage.WON)


@pytest.mark.parametrize("mood", [None, Mood.MIXED, Mood.NEGATIVE])
def test_who_is_not_happy_is_not_asked(db: Database, cast: Cast, mood: Mood | None) -> None:
    card = won(db, cast, added(db, cast.ana))
    card = logged(db, cast, card, Made(Channel.CALL, mood=mood), NOW + 3 * DAY)
    refused(db, InvalidInput, lambda: asked(db, cast, card, NOW + 4 * DAY))


def test_the_latest_mood_counts(db: Database, cast: Cast) -> None:
    card = won(db, cast, added(db, cast.ana))
    card = logged(db, cast, card, Made(Channel.CALL, mood=Mood.POSITIVE), NOW + 3 * DAY)
    card = logged(db, cast, card, Made(Channel.CALL, mood=Mood.NEGATIVE), NOW + 33 * DAY)
    refused(db, InvalidInput, lambda: asked(db, cast, card, NOW + 34 * DAY))


def test_a_mood_that_was_not_asked_for_changes_nothing_about_the_last_one(db: Database, cast: Cast) -> None:
    card = won(db, cast, added(db, cast.ana))
    card = logged(db, cast, card, Made(Channel.CALL, mood=Mood.POSITIVE), NOW + 3 * DAY)
    card = logged(db, cast, card, Made(Channel.EMAIL), NOW + 33 * DAY)
    assert step_of(asked(db, cast, card, NOW + 34 * DAY)).cadence == "referral"
    assert shown(db, cast.ana, card).prospect.stage is Stage.WON
