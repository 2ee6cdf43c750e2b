"""Logging a touch: each outcome leads where it should, and what was made is kept."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy.exc import StatementError

from bot.services import notes, prospects, touches
from bot.services.errors import InvalidInput
from bot.services.promises import Wish
from bot.services.touches import Made
from bot.storage.engine import Database
from bot.storage.records import Touch
from cadences.model import Channel, EnrollmentState, LostReason, Outcome, Purpose, Stage
from tests.support import verbs
from tests.support.cast import DAY, HOUR, MONDAY, NOW, TODAY, Cast, added, by_prospect, shown, step_of
from tests.support.rows import everything

ACTIVE, REPLIED = EnrollmentState.ACTIVE, EnrollmentState.FINISHED_REPLIED
STOPPED = EnrollmentState.STOPPED
MONDAY_MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
THURSDAY_MORNING = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
IN_A_WEEK = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
BACK_AGAIN = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
"""Away for a week when nobody said how long: the first business day after it, at the step's own clock time."""
IN_NINETY_DAYS = datetime(2027, 2, 18, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class After:
    """What stands after an outcome on the first step of the cadence."""

    outcome: Outcome
    stage: Stage
    enrollment: EnrollmentState
    due_at: datetime | None
    channel: Channel | None = None
    purpose: Purpose | None = None
    number: int | None = None


AFTER = [
    *(
        After(outcome, Stage.WORKING, ACTIVE, THURSDAY_MORNING, Channel.EMAIL, Purpose.SHARE_VALUE, 2)
        for outcome in (Outcome.CONNECTED, Outcome.SENT, Outcome.VOICEMAIL, Outcome.NO_ANSWER)
    ),
    After(Outcome.REPLIED, Stage.ENGAGED, REPLIED, NOW + 3 * DAY, Channel.EMAIL, Purpose.ANSWER_OBJECTION),
    After(Outcome.MEETING_BOOKED, Stage.ENGAGED, REPLIED, IN_A_WEEK, Channel.MEETING, Purpose.PROPOSE_MEETING),
    After(Outcome.NO_SHOW, Stage.WORKING, ACTIVE, NOW + 3 * DAY, Channel.CALL, Purpose.PROPOSE_MEETING, 1),
    After(Outcome.OUT_OF_OFFICE, Stage.WORKING, ACTIVE, BACK_AGAIN, Channel.EMAIL, Purpose.THANK, 1),
    After(Outcome.NOT_NOW, Stage.PARKED, REPLIED, IN_NINETY_DAYS, Channel.EMAIL, Purpose.SHARE_VALUE),
    After(Outcome.NOT_INTERESTED, Stage.WORKING, STOPPED, MONDAY_MORNING, Channel.EMAIL, Purpose.CLOSE_THE_LOOP),
    After(Outcome.ASKED_TO_STOP, Stage.LOST, STOPPED, None),
]


def test_every_outcome_is_spoken_of() -> None:
    assert {after.outcome for after in AFTER} == set(Outcome)


@pytest.mark.parametrize("after", AFTER, ids=lambda after: after.outcome.value)
def test_each_outcome_leads_where_it_should(db: Database, cast: Cast, after: After) -> None:
    card = added(db, cast.ana)
    done = touches.log(db, cast.ana, by_prospect(card), Made(outcome=after.outcome), NOW)
    assert done.card is not None
    assert done.card.prospect.stage is after.stage
    step = done.card.step
    seen = (step.due_at, step.channel, step.purpose, step.number) if step else (None, None, None, None)
    assert seen == (after.due_at, after.channel, after.purpose, after.number)
    # A running enrollment stands on the card; one that ended does not.
    assert (done.card.enrollment is not None) == (after.enrollment is ACTIVE)
    # A no-show ends the cadence and begins the one that mends it.
    ended = [row[6] for row in everything(db)["enrollments"]]
    assert ended == ([STOPPED, ACTIVE] if after.outcome is Outcome.NO_SHOW else [after.enrollment])
    assert done.change.facts["outcome"] == after.outcome.value


def test_somebody_who_asked_to_stop_is_lost_today_and_nothing_is_planned(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    done = touches.log(db, cast.ana, by_prospect(card), Made(outcome=Outcome.ASKED_TO_STOP), NOW)
    assert done.card is not None
    now = done.card.prospect
    assert (now.stage, now.closed_on, now.lost_reason) == (Stage.LOST, TODAY, LostReason.OTHER)
    assert done.card.step is None


def test_somebody_who_is_not_ready_is_parked_until_a_date(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    done = touches.log(db, cast.ana, by_prospect(card), Made(outcome=Outcome.NOT_NOW), NOW)
    assert done.card is not None
    assert done.card.prospect.parked_until_on == date(2027, 2, 18)


@pytest.mark.parametrize(("channel", "usual"), [(Channel.CALL, Outcome.CONNECTED), (Channel.EMAIL, Outcome.SENT)])
def test_without_an_outcome_the_usual_one_of_the_channel_is_meant(
    db: Database, cast: Cast, channel: Channel, usual: Outcome
) -> None:
    card = added(db, cast.ana)
    touch = logged(db, cast, touches.log(db, cast.ana, by_prospect(card), Made(channel), NOW).change.prospect_id)
    assert (touch.channel, touch.outcome) == (channel, usual)


def logged(db: Database, cast: Cast, prospect_id: int | None) -> Touch:
    """The newest touch of a prospect."""
    assert prospect_id is not None
    entry = prospects.show(db, cast.ana, prospect_id).entries[0]
    assert isinstance(entry, Touch)
    return entry


def test_the_touch_keeps_what_was_planned_and_what_was_made(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    made = Made(Channel.SMS, Outcome.VOICEMAIL, "  left the answer 👍  ", NOW - HOUR)
    done = touches.log(db, cast.cleo, by_prospect(card), made, NOW)
    touch = logged(db, cast, done.change.prospect_id)
    assert (touch.channel, touch.outcome, touch.note) == (Channel.SMS, Outcome.VOICEMAIL, "left the answer 👍")
    assert (touch.happened_at, touch.created_at) == (NOW - HOUR, NOW)
    assert (touch.cadence, touch.number, touch.type) == ("post-meeting", 1, step_of(card).type)
    assert touch.member_id == cast.cleo.member.id


def test_a_touch_restarts_the_stalled_clock_with_its_own_moment(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, now=NOW - 9 * DAY)
    made = Made(Channel.CALL, Outcome.REPLIED, happened_at=NOW - DAY)
    done = touches.log(db, cast.cleo, by_prospect(card), made, NOW)
    assert done.card is not None
    now = done.card.prospect
    assert (now.active_at, now.active_kind, now.active_by) == (NOW - DAY, "reply", cast.cleo.member.id)


def test_a_touch_told_late_does_not_turn_the_stalled_clock_back(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    notes.add(db, cast.ana, by_prospect(card), "met again", NOW + DAY)
    done = touches.log(db, cast.ana, by_prospect(card), Made(happened_at=NOW), NOW + 2 * DAY)
    assert done.card is not None
    assert done.card.prospect.active_at == NOW + DAY


def test_a_named_retry_goes_before_what_the_cadence_would_plan(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    made = Made(Channel.CALL, Outcome.VOICEMAIL, retry=Wish(MONDAY, time(16, 30)))
    step = step_of(touches.log(db, cast.ana, by_prospect(card), made, NOW).card)
    assert step.due_at == datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
    assert (step.channel, step.timed, step.promised) == (Channel.CALL, True, False)


def test_after_a_named_retry_the_cadence_goes_on_where_it_was(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    made = Made(Channel.CALL, Outcome.VOICEMAIL, retry=Wish(MONDAY))
    touches.log(db, cast.ana, by_prospect(card), made, NOW)
    step = step_of(touches.log(db, cast.ana, by_prospect(card), Made(), NOW + 3 * DAY).card)
    assert (step.number, step.of) == (2, 3)


def test_the_whole_cadence_is_walked_and_then_the_prospect_is_nurtured(db: Database, cast: Cast) -> None:
    card, numbers, now = added(db, cast.ana), [], NOW
    for _ in range(4):
        now = max(now + DAY, step_of(shown(db, cast.ana, card)).due_at)
        numbers.append(step_of(touches.log(db, cast.ana, by_prospect(card), Made(), now).card).number)
    assert numbers == [2, 3, None, None]
    states = [row[6] for row in everything(db)["enrollments"]]
    assert states == [EnrollmentState.FINISHED_SILENT]


def test_a_logged_touch_wakes_a_parked_prospect(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    verbs.park(db, cast.ana, by_prospect(card), NOW)
    done = touches.log(db, cast.ana, by_prospect(card), Made(), NOW + DAY)
    assert done.card is not None
    assert done.card.prospect.stage is Stage.WORKING
    assert done.card.prospect.parked_until_on is None
    assert step_of(done.card).due_at < NOW + 14 * DAY


@pytest.mark.parametrize("outcome", Outcome)
def test_a_check_in_after_the_sale_never_takes_the_sale_back(db: Database, cast: Cast, outcome: Outcome) -> None:
    card = added(db, cast.ana)
    verbs.won_with_check_ins(db, cast.ana, by_prospect(card), NOW)
    done = touches.log(db, cast.ana, by_prospect(card), Made(outcome=outcome), NOW + DAY)
    assert done.card is not None
    assert (done.card.prospect.stage, done.card.prospect.lost_reason) == (Stage.WON, None)


def test_a_touch_can_not_be_logged_before_it_was_made(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    with pytest.raises(InvalidInput) as refused:
        touches.log(db, cast.ana, by_prospect(card), Made(happened_at=NOW + HOUR), NOW)
    assert refused.value.field == "when"
    assert everything(db) == before


def test_a_note_that_is_too_long_keeps_the_touch_out_too(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    with pytest.raises(InvalidInput) as refused:
        touches.log(db, cast.ana, by_prospect(card), Made(note="x" * 10_001), NOW)
    assert refused.value.field == "note"
    assert everything(db) == before


def test_a_note_with_a_nul_is_kept_without_it(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    touches.log(db, cast.ana, by_prospect(card), Made(note="left\0 word"), NOW)
    assert logged(db, cast, card.prospect.id).note == "left word"


def test_a_retry_in_the_past_is_refused(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    with pytest.raises(InvalidInput):
        touches.log(db, cast.ana, by_prospect(card), Made(retry=Wish(date(2026, 11, 19))), NOW)
    assert everything(db) == before


def test_a_naive_moment_is_refused(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    with pytest.raises(StatementError, match="naive datetime"):
        touches.log(db, cast.ana, by_prospect(card), Made(), NOW.replace(tzinfo=None))
    assert everything(db) == before
