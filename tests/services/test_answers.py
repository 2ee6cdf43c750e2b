"""Which way a reply went, who is out of office, and the calls nobody took."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import select

from bot.services import changes, snoozes, touches
from bot.services.cards import Card, Done
from bot.services.errors import Closed, DomainError, Gone, InvalidInput, MovedOn, NotYours
from bot.services.promises import Wish
from bot.services.touches import Made, Way
from bot.storage import tables
from bot.storage.engine import Database
from bot.storage.tables import ChangeKind, StepEnd
from cadences.model import Channel, EnrollmentState, LostReason, Mood, Outcome, Purpose, Stage
from cadences.states import State
from tests.support import verbs
from tests.support.cast import DAY, HOUR, MINUTE, MONDAY, NOW, TODAY, Cast, added, by_prospect, by_step, shown, step_of
from tests.support.rows import everything

MARCH = date(2027, 3, 1)
THURSDAY = date(2026, 11, 26)
BY_PHONE: dict[str, Any] = {"phone": "+4930123456"}


def log(db: Database, cast: Cast, card: Card, made: Made, now: datetime = NOW) -> Done:
    return touches.log(db, cast.ana, by_prospect(card), made, now)


def replied(db: Database, cast: Cast, card: Card, now: datetime = NOW, **said: object) -> Done:
    return log(db, cast, card, Made(None, Outcome.REPLIED, **said), now)  # type: ignore[arg-type]


def answered(db: Database, cast: Cast, card: Card, way: Way, now: datetime = NOW + HOUR) -> Done:
    return touches.answered(db, cast.ana, by_step(card), way, now)


def card_of(done: Done) -> Card:
    assert done.card is not None
    return done.card


def on_wall(card: Card | None, cast: Cast) -> str:
    return cast.ana.member.local(step_of(card).due_at).strftime("%a %d %b %H:%M")


def refused(db: Database, error: type[DomainError], act: Callable[[], object]) -> DomainError:
    """The refusal, which changed nothing."""
    before = everything(db)
    with pytest.raises(error) as told:
        act()
    assert everything(db) == before
    return told.value


# A reply


def test_a_reply_asks_which_way_it_went(db: Database, cast: Cast) -> None:
    card = card_of(replied(db, cast, added(db, cast.ana)))
    assert card.asks_which_way
    assert card.state(NOW) is State.FINISHED_REPLIED


def test_a_question_keeps_the_answer_within_24_hours_and_is_asked_no_more(db: Database, cast: Cast) -> None:
    waiting = card_of(replied(db, cast, added(db, cast.ana)))
    card = card_of(answered(db, cast, waiting, Way.QUESTION))
    step = step_of(card)
    assert (step.purpose, step.number, on_wall(card, cast)) == (Purpose.ANSWER_OBJECTION, None, "Mon 23 Nov 15:00")
    assert step == step_of(waiting)
    assert not card.asks_which_way
    assert not shown(db, cast.ana, card).asks_which_way


def test_interested_begins_the_meeting_track_at_the_later_of_both_times(db: Database, cast: Cast) -> None:
    """The answer was due on Monday at three, the track would begin then too, or a little later."""
    waiting = card_of(replied(db, cast, added(db, cast.ana)))
    card = card_of(answered(db, cast, waiting, Way.INTERESTED))
    step = step_of(card)
    assert (step.cadence, step.number, step.purpose) == ("meeting", 1, Purpose.PROPOSE_MEETING)
    assert step.due_at >= step_of(waiting).due_at
    assert on_wall(card, cast) == "Mon 23 Nov 16:00"
    assert not card.asks_which_way


def test_a_later_plan_holds_the_meeting_track_back(db: Database, cast: Cast) -> None:
    waiting = card_of(replied(db, cast, added(db, cast.ana)))
    later = card_of(snoozes.snooze(db, cast.ana, by_prospect(waiting), THURSDAY, time(11), NOW))
    assert later.asks_which_way
    assert on_wall(card_of(answered(db, cast, later, Way.INTERESTED)), cast) == "Thu 26 Nov 11:00"


@pytest.mark.parametrize("way", Way)
def test_which_way_can_be_said_with_the_reply_at_once(db: Database, cast: Cast, way: Way) -> None:
    card = card_of(replied(db, cast, added(db, cast.ana), way=way))
    assert step_of(card).cadence == ("meeting" if way is Way.INTERESTED else None)
    assert not card.asks_which_way
    assert card.prospect.stage is Stage.ENGAGED


def test_saying_it_at_once_or_a_moment_later_comes_to_the_same(db: Database, cast: Cast) -> None:
    at_once = replied(db, cast, added(db, cast.ana), way=Way.INTERESTED)
    waiting = replied(db, cast, added(db, cast.ana, "Eli Wu", "Beta"))
    later = answered(db, cast, card_of(waiting), Way.INTERESTED, NOW)
    assert step_of(at_once.card).planned == step_of(later.card).planned


def test_not_now_is_parked_until_the_date_they_named(db: Database, cast: Cast) -> None:
    card = card_of(replied(db, cast, added(db, cast.ana), park_until=MARCH))
    assert (card.prospect.stage, card.prospect.parked_until_on) == (Stage.PARKED, MARCH)
    assert on_wall(card, cast) == "Mon 01 Mar 09:00"
    assert card.ended is not None
    assert card.ended.state is EnrollmentState.FINISHED_REPLIED


def test_no_is_lost_for_the_reason_they_gave(db: Database, cast: Cast) -> None:
    card = card_of(replied(db, cast, added(db, cast.ana), lost=LostReason.PRICING))
    assert (card.prospect.stage, card.prospect.lost_reason) == (Stage.LOST, LostReason.PRICING)
    assert (card.prospect.closed_on, card.step, card.enrollment) == (TODAY, None, None)


@pytest.mark.parametrize("said", [{"way": way} for way in Way] + [{"park_until": MARCH}, {"lost": LostReason.BUDGET}])
def test_each_way_is_one_change_and_undone_exactly(db: Database, cast: Cast, said: dict[str, Any]) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    done = replied(db, cast, card, **said)
    changes.undo(db, cast.ana, done.change.id, NOW + MINUTE)
    assert everything(db) == before


@pytest.mark.parametrize("way", Way)
def test_the_answer_to_which_way_is_undone_and_asked_again(db: Database, cast: Cast, way: Way) -> None:
    waiting = card_of(replied(db, cast, added(db, cast.ana)))
    before = everything(db)
    done = answered(db, cast, waiting, way)
    assert done.change.kind is ChangeKind.ANSWERED
    changes.undo(db, cast.ana, done.change.id, NOW + 2 * HOUR)
    assert everything(db) == before
    assert shown(db, cast.ana, waiting).asks_which_way


def test_a_second_reply_asks_again(db: Database, cast: Cast) -> None:
    waiting = card_of(replied(db, cast, added(db, cast.ana)))
    answered(db, cast, waiting, Way.QUESTION)
    assert card_of(replied(db, cast, waiting, NOW + DAY)).asks_which_way


@pytest.mark.parametrize("way", Way)
def test_where_no_reply_waits_none_is_answered(db: Database, cast: Cast, way: Way) -> None:
    card = added(db, cast.ana)
    told = refused(db, InvalidInput, lambda: answered(db, cast, card, way))
    assert isinstance(told, InvalidInput)
    assert told.why == "no reply of Dana Li waits for that"


def test_a_question_is_said_once(db: Database, cast: Cast) -> None:
    waiting = card_of(replied(db, cast, added(db, cast.ana)))
    answered(db, cast, waiting, Way.QUESTION)
    refused(db, InvalidInput, lambda: answered(db, cast, waiting, Way.QUESTION, NOW + 2 * HOUR))


def test_which_way_is_the_owners_to_say(db: Database, cast: Cast) -> None:
    waiting = card_of(replied(db, cast, added(db, cast.ana)))
    refused(db, NotYours, lambda: touches.answered(db, cast.ben, by_step(waiting), Way.INTERESTED, NOW))
    refused(db, Gone, lambda: touches.answered(db, cast.otto, by_step(waiting), Way.INTERESTED, NOW))
    answered(db, cast, waiting, Way.INTERESTED)
    refused(db, MovedOn, lambda: answered(db, cast, waiting, Way.INTERESTED, NOW + 2 * HOUR))


AFTER_THE_END = {
    "nurtured, then a reply": ([*[Outcome.SENT] * 3, Outcome.REPLIED], State.FINISHED_REPLIED),
    "nurtured, then a meeting": ([*[Outcome.SENT] * 3, Outcome.MEETING_BOOKED], State.FINISHED_REPLIED),
    "nurtured, then a no": ([*[Outcome.SENT] * 3, Outcome.NOT_INTERESTED], State.PENDING),
    "a no, then a reply": ([Outcome.NOT_INTERESTED, Outcome.REPLIED], State.FINISHED_REPLIED),
    "a reply, then a no": ([Outcome.REPLIED, Outcome.NOT_INTERESTED], State.PENDING),
    "nurtured, and nothing": ([Outcome.SENT] * 4, State.FINISHED_SILENT),
}


@pytest.mark.parametrize(("outcomes", "state"), AFTER_THE_END.values(), ids=AFTER_THE_END.keys())
def test_what_they_say_after_the_end_of_a_cadence_is_where_they_stand(
    db: Database, cast: Cast, outcomes: list[Outcome], state: State
) -> None:
    card, now = added(db, cast.ana), NOW
    for outcome in outcomes:
        now = max(now, step_of(card).due_at) + HOUR
        card = card_of(log(db, cast, card, Made(None, outcome), now))
    assert card.state(now) is state


def test_who_is_taken_off_a_cadence_that_only_nurtures_is_no_longer_silent(db: Database, cast: Cast) -> None:
    card = verbs.in_every_position(db, cast.ana)["nurtured"]
    assert card.state(NOW) is State.FINISHED_SILENT
    assert card_of(verbs.stop_cadence(db, cast.ana, by_prospect(card), NOW)).state(NOW) is State.PENDING


@pytest.mark.parametrize("until", [TODAY, date(2026, 11, 1), date(2040, 1, 1)])
def test_not_now_needs_a_date_ahead(db: Database, cast: Cast, until: date) -> None:
    card = added(db, cast.ana)
    told = refused(db, InvalidInput, lambda: replied(db, cast, card, park_until=until))
    assert isinstance(told, InvalidInput)
    assert told.field == "when"


def test_a_customers_no_ends_the_check_ins_and_takes_nothing_back(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    verbs.won_with_check_ins(db, cast.ana, by_prospect(card), NOW)
    now = card_of(replied(db, cast, card, NOW + DAY, lost=LostReason.PRICING))
    assert (now.prospect.stage, now.prospect.lost_reason, now.step) == (Stage.WON, None, None)


# Out of office


def away(db: Database, cast: Cast, card: Card, until: date, now: datetime = NOW) -> Done:
    return touches.out_of_office(db, cast.ana, by_prospect(card), until, now)


def test_who_is_away_is_followed_up_on_the_first_business_day_after_it(db: Database, cast: Cast) -> None:
    """Back on a Saturday: on Monday then, at the step's own clock time."""
    was = added(db, cast.ana)
    card = card_of(away(db, cast, was, date(2026, 11, 27)))
    step = step_of(card)
    assert on_wall(card, cast) == "Mon 30 Nov 15:00"
    assert (step.number, step.cadence, step.paused_until_on) == (1, "post-meeting", date(2026, 11, 27))
    assert (card.enrollment, card.prospect) == (was.enrollment, was.prospect)
    assert card.state(NOW) is State.PAUSED
    assert card.state(step.due_at) is State.DUE


def test_a_step_that_comes_after_their_return_stays_where_it_is(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    later = card_of(snoozes.snooze(db, cast.ana, by_prospect(card), date(2026, 12, 10), None, NOW))
    assert step_of(away(db, cast, later, THURSDAY).card).due_at == step_of(later).due_at


def test_a_promise_in_their_absence_can_not_be_kept_and_waits_too(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, on=MONDAY, at=time(10))
    step = step_of(away(db, cast, card, THURSDAY).card)
    assert (step.promised, step.due_at) == (False, datetime(2026, 11, 27, 9, 0, tzinfo=UTC))


def test_a_promise_after_their_return_holds(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, on=date(2026, 12, 5), at=time(10))
    step = step_of(away(db, cast, card, THURSDAY).card)
    assert (step.promised, step.due_at) == (True, step_of(card).due_at)


def test_back_from_their_leave_they_are_not_written_to_twice_in_two_days(db: Database, cast: Cast) -> None:
    """Written to on Friday, away on Monday: not on Tuesday morning what was promised for Monday, but out of the gap."""
    card = added(db, cast.ana, now=NOW - HOUR)
    retry = Made(Channel.CALL, Outcome.VOICEMAIL, retry=Wish(MONDAY, time(10)))
    log(db, cast, card, retry)
    assert on_wall(away(db, cast, card, TODAY).card, cast) == "Mon 23 Nov 10:00"
    assert on_wall(away(db, cast, card, MONDAY).card, cast) == "Tue 24 Nov 10:00"


def test_a_touch_answered_by_a_machine_is_logged_and_keeps_the_place(db: Database, cast: Cast) -> None:
    card = card_of(log(db, cast, added(db, cast.ana), Made(None, Outcome.OUT_OF_OFFICE)))
    assert (step_of(card).number, card.state(NOW)) == (1, State.PAUSED)
    assert card.last_touch is not None
    assert card.last_touch.outcome is Outcome.OUT_OF_OFFICE
    assert card.enrollment is not None
    assert card.enrollment.done_number == 0


def test_a_parked_prospect_who_is_away_is_parked_until_the_return(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    snoozes.park(db, cast.ana, by_prospect(card), date(2026, 12, 1), NOW)
    now = card_of(away(db, cast, card, date(2026, 12, 6)))
    assert (now.prospect.stage, now.prospect.parked_until_on) == (Stage.PARKED, date(2026, 12, 7))


def test_being_away_is_undone_exactly(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    touches.out_of_office(db, cast.ana, by_prospect(card), THURSDAY, NOW, "in Lisbon")
    changes.undo(db, cast.ana, None, NOW + MINUTE)
    assert everything(db) == before


@pytest.mark.parametrize("until", [date(2026, 11, 19), date(1999, 1, 1), date(2040, 1, 1), date.max])
def test_who_is_back_already_or_away_for_ever_is_not_out_of_office(db: Database, cast: Cast, until: date) -> None:
    card = added(db, cast.ana)
    told = refused(db, InvalidInput, lambda: away(db, cast, card, until))
    assert isinstance(told, InvalidInput)
    assert told.field == "when"


def test_being_away_is_the_owners_to_say_and_of_no_closed_deal(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    refused(db, NotYours, lambda: touches.out_of_office(db, cast.ben, by_prospect(card), THURSDAY, NOW))
    refused(db, Gone, lambda: touches.out_of_office(db, cast.otto, by_prospect(card), THURSDAY, NOW))
    verbs.lost(db, cast.ana, by_prospect(card), NOW)
    refused(db, Closed, lambda: away(db, cast, card, THURSDAY))


# Calls nobody took


def on_its_call(db: Database, cast: Cast) -> Card:
    """A prospect whose second step, a call, is next; the mail went out an hour ago."""
    card = added(db, cast.ana, **BY_PHONE, email="dana@example.com", now=NOW - 3 * DAY)
    verbs.starting("persistent")(db, cast.ana, by_prospect(card), NOW - 3 * DAY)
    now = card_of(log(db, cast, card, Made(), NOW - 2 * DAY))
    assert (step_of(now).number, step_of(now).channel) == (2, Channel.CALL)
    return now


@pytest.mark.parametrize("outcome", [Outcome.VOICEMAIL, Outcome.NO_ANSWER])
def test_a_call_nobody_took_is_tried_again_after_two_business_days_three_times_in_all(
    db: Database, cast: Cast, outcome: Outcome
) -> None:
    card, tries, now = on_its_call(db, cast), [], NOW
    for _ in range(3):
        card = card_of(log(db, cast, card, Made(None, outcome), now))
        step = step_of(card)
        tries.append((step.number, step.attempt, on_wall(card, cast)))
        now = step.due_at
    assert tries == [(2, 2, "Tue 24 Nov 09:00"), (2, 3, "Thu 26 Nov 09:00"), (3, 1, "Tue 01 Dec 09:00")]


def test_a_call_that_is_tried_again_is_not_done_yet(db: Database, cast: Cast) -> None:
    card = card_of(log(db, cast, on_its_call(db, cast), Made(None, Outcome.NO_ANSWER)))
    assert card.enrollment is not None
    assert card.enrollment.done_number == 1


def test_a_call_that_was_taken_goes_on_at_once(db: Database, cast: Cast) -> None:
    card = card_of(log(db, cast, on_its_call(db, cast), Made(None, Outcome.CONNECTED)))
    assert (step_of(card).number, step_of(card).attempt) == (3, 1)


def test_a_mail_nobody_answers_is_not_tried_again(db: Database, cast: Cast) -> None:
    assert step_of(log(db, cast, added(db, cast.ana), Made(None, Outcome.NO_ANSWER)).card).number == 2


def test_who_did_not_show_up_gets_the_steps_for_that(db: Database, cast: Cast) -> None:
    card = card_of(log(db, cast, added(db, cast.ana), Made(Channel.MEETING, Outcome.NO_SHOW)))
    assert (step_of(card).cadence, step_of(card).number) == ("no-show", 1)
    assert card.enrollment is not None
    assert card.enrollment.cadence == "no-show"


def test_a_second_no_show_goes_on_with_them_instead_of_beginning_again(db: Database, cast: Cast) -> None:
    card = card_of(log(db, cast, added(db, cast.ana), Made(Channel.MEETING, Outcome.NO_SHOW)))
    again = card_of(log(db, cast, card, Made(Channel.MEETING, Outcome.NO_SHOW), step_of(card).due_at))
    assert (step_of(again).cadence, step_of(again).number) == ("no-show", 2)


def test_eight_touches_without_an_answer_close_the_loop_and_then_there_is_only_nurturing(
    db: Database, cast: Cast
) -> None:
    """Every call goes unanswered three times, so the eighth touch comes long before the eighth step."""
    card, now, purposes = on_its_call(db, cast), NOW, []
    for _ in range(7):
        card = card_of(log(db, cast, card, Made(None, Outcome.NO_ANSWER), now))
        purposes.append(step_of(card).purpose)
        now = step_of(card).due_at
    assert purposes[-2:] == [Purpose.CLOSE_THE_LOOP, Purpose.SHARE_VALUE]
    assert Purpose.CLOSE_THE_LOOP not in purposes[:-2]
    assert card.state(now - DAY) is State.FINISHED_SILENT
    assert (step_of(card).number, card.enrollment) == (None, None)


def test_an_answer_begins_the_count_of_touches_anew(db: Database, cast: Cast) -> None:
    card, now = on_its_call(db, cast), NOW
    for outcome in [*[Outcome.NO_ANSWER] * 4, Outcome.CONNECTED, *[Outcome.NO_ANSWER] * 3]:
        card = card_of(log(db, cast, card, Made(None, outcome), now))
        now = step_of(card).due_at
    assert card.enrollment is not None
    assert step_of(card).number is not None


# A meeting that was booked, and a time to try again


def test_a_booked_meeting_with_a_date_is_promised(db: Database, cast: Cast) -> None:
    made = Made(Channel.CALL, Outcome.MEETING_BOOKED, retry=Wish(THURSDAY, time(10)))
    card = card_of(log(db, cast, added(db, cast.ana), made))
    step = step_of(card)
    assert (step.channel, step.promised, step.timed, on_wall(card, cast)) == (
        Channel.MEETING, True, True, "Thu 26 Nov 10:00"
    )  # fmt: skip
    assert (card.state(NOW), card.prospect.stage) == (State.FINISHED_REPLIED, Stage.ENGAGED)


def test_a_meeting_booked_for_yesterday_is_refused(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    made = Made(Channel.CALL, Outcome.MEETING_BOOKED, retry=Wish(date(2026, 11, 19), time(10)))
    refused(db, InvalidInput, lambda: log(db, cast, card, made))


def test_a_time_to_try_again_that_nobody_promised_moves_off_a_free_day(db: Database, cast: Cast) -> None:
    made = Made(Channel.CALL, Outcome.VOICEMAIL, retry=Wish(date(2026, 11, 21), time(10)))
    card = card_of(log(db, cast, added(db, cast.ana), made))
    assert (on_wall(card, cast), step_of(card).promised) == ("Mon 23 Nov 10:00", False)


def test_how_they_felt_is_kept_with_the_touch(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    log(db, cast, card, Made(Channel.CALL, mood=Mood.NEGATIVE))
    with db.read() as tx:
        assert tx.execute(select(tables.touches.c.mood)).scalars().all() == [Mood.NEGATIVE]


def test_an_interested_reply_ends_its_steps_as_done_and_switched(db: Database, cast: Cast) -> None:
    replied(db, cast, added(db, cast.ana), way=Way.INTERESTED)
    with db.read() as tx:
        ends = tx.execute(select(tables.steps.c.ended_as).order_by(tables.steps.c.id)).scalars().all()
    assert ends == [StepEnd.DONE, StepEnd.SWITCHED, None]
