"""Notes, snoozing, parking, won and lost."""

from datetime import UTC, date, datetime, time

import pytest

from bot.services import closing, members, notes, prospects, snoozes
from bot.services.closing import Win
from bot.services.errors import Closed, InvalidInput
from bot.storage.engine import Database
from bot.storage.records import Note
from cadences.model import EnrollmentState, LostReason, Stage
from tests.support import verbs
from tests.support.cast import DAY, MONDAY, NOW, TODAY, Cast, added, by_prospect, shown, step_of
from tests.support.rows import everything

SATURDAY = date(2026, 11, 21)
THURSDAY = date(2026, 11, 26)
YESTERDAY = date(2026, 11, 19)
IN_FOUR_YEARS = date(2030, 11, 20)


def test_a_note_restarts_the_stalled_clock_and_leaves_the_next_step_alone(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    done = notes.add(db, cast.ben, by_prospect(card), "wants SSO", NOW + DAY)
    assert done.card is not None
    now = done.card.prospect
    assert (now.active_at, now.active_kind, now.active_by) == (NOW + DAY, "note", cast.ben.member.id)
    assert done.card.step == card.step


def test_a_closed_deal_can_be_noted(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    verbs.won(db, cast.ana, by_prospect(card), NOW)
    assert notes.add(db, cast.ana, by_prospect(card), "renewal in a year", NOW + DAY).card is not None


@pytest.mark.parametrize("text", ["דנה רוצה SSO", "👩‍💻 " * 100, "a\nb", "'); DROP TABLE notes;--", "x" * 10_000])
def test_a_note_comes_back_as_it_was_written(db: Database, cast: Cast, text: str) -> None:
    card = added(db, cast.ana)
    notes.add(db, cast.ana, by_prospect(card), text, NOW)
    (entry,) = prospects.show(db, cast.ana, card.prospect.id).entries
    assert isinstance(entry, Note)
    assert entry.text == text.strip()


@pytest.mark.parametrize("text", ["", "  \n ", "\0", "x" * 10_001])
def test_a_note_that_can_not_be_kept_is_refused(db: Database, cast: Cast, text: str) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    with pytest.raises(InvalidInput) as refused:
        notes.add(db, cast.ana, by_prospect(card), text, NOW)
    assert refused.value.field == "note"
    assert everything(db) == before


def test_a_snooze_moves_the_step_to_the_morning_of_the_day(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    done = snoozes.snooze(db, cast.ana, by_prospect(card), THURSDAY, None, NOW)
    step = step_of(done.card)
    assert step.due_at == datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
    assert (step.number, step.snoozes, step.timed) == (step_of(card).number, 1, False)
    assert done.card is not None
    assert done.card.prospect == card.prospect  # no touch: the stalled clock goes on


def test_tomorrow_on_a_friday_is_monday(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    done = snoozes.snooze(db, cast.ana, by_prospect(card), SATURDAY, None, NOW)
    assert step_of(done.card).due_at == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_tomorrow_on_a_friday_is_saturday_for_somebody_who_works_then(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, workdays=frozenset({5}))
    card = added(db, cast.ana)
    done = snoozes.snooze(db, cast.cleo, by_prospect(card), SATURDAY, None, NOW)
    assert step_of(done.card).due_at == datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def test_a_snooze_to_a_clock_time_keeps_it(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    step = step_of(snoozes.snooze(db, cast.ana, by_prospect(card), TODAY, time(16, 30), NOW).card)
    assert (step.due_at, step.timed) == (datetime(2026, 11, 20, 15, 30, tzinfo=UTC), True)


def test_a_snoozed_promise_stays_a_promise_at_its_own_clock_time(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, on=MONDAY, at=time(10))
    step = step_of(snoozes.snooze(db, cast.ana, by_prospect(card), THURSDAY, None, NOW).card)
    assert (step.promised, step.due_at) == (True, datetime(2026, 11, 26, 9, 0, tzinfo=UTC))


def test_a_manager_snoozes_on_the_owners_calendar(db: Database, cast: Cast) -> None:
    card = added(db, cast.ben)
    step = step_of(snoozes.snooze(db, cast.cleo, by_prospect(card), THURSDAY, None, NOW).card)
    assert step.due_at == datetime(2026, 11, 26, 14, 0, tzinfo=UTC)


def test_a_snoozed_parked_prospect_stays_parked_until_the_new_date(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    verbs.park(db, cast.ana, by_prospect(card), NOW)
    done = snoozes.snooze(db, cast.ana, by_prospect(card), date(2027, 4, 3), None, NOW)
    assert done.card is not None
    assert done.card.prospect.stage is Stage.PARKED
    assert done.card.prospect.parked_until_on == date(2027, 4, 5)


@pytest.mark.parametrize(("on", "at"), [(YESTERDAY, None), (TODAY, time(14)), (TODAY, None), (IN_FOUR_YEARS, None)])
def test_a_snooze_into_the_past_or_far_away_is_refused(db: Database, cast: Cast, on: date, at: time | None) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    with pytest.raises(InvalidInput) as refused:
        snoozes.snooze(db, cast.ana, by_prospect(card), on, at, NOW)
    assert refused.value.field == "when"
    assert everything(db) == before


def test_a_parked_prospect_waits_with_one_step_on_a_workday(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    done = snoozes.park(db, cast.ana, by_prospect(card), date(2027, 3, 6), NOW)  # a Saturday
    assert done.card is not None
    assert (done.card.prospect.stage, done.card.prospect.parked_until_on) == (Stage.PARKED, date(2027, 3, 8))
    assert step_of(done.card).due_at == datetime(2027, 3, 8, 8, 0, tzinfo=UTC)
    assert done.card.enrollment is None


def test_without_a_date_a_prospect_is_parked_for_ninety_days(db: Database, cast: Cast) -> None:
    done = snoozes.park(db, cast.ana, by_prospect(added(db, cast.ana)), None, NOW)
    assert done.card is not None
    assert done.card.prospect.parked_until_on == date(2027, 2, 18)


@pytest.mark.parametrize("until_on", [YESTERDAY, TODAY, IN_FOUR_YEARS])
def test_parking_needs_a_later_date_that_is_not_too_far(db: Database, cast: Cast, until_on: date) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    with pytest.raises(InvalidInput) as refused:
        snoozes.park(db, cast.ana, by_prospect(card), until_on, NOW)
    assert refused.value.field == "when"
    assert everything(db) == before


def test_a_won_deal_keeps_its_amount_date_and_note_and_plans_nothing(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, value_minor=10_000_00, currency="EUR")
    done = closing.won(db, cast.ana, by_prospect(card), Win(12_000_00, "USD", YESTERDAY, " signed "), NOW)
    assert done.card is not None
    now = done.card.prospect
    assert (now.stage, now.value_minor, now.currency) == (Stage.WON, 12_000_00, "USD")
    assert (now.closed_on, now.close_note) == (YESTERDAY, "signed")
    assert (done.card.step, done.card.enrollment) == (None, None)
    assert [row[6] for row in everything(db)["enrollments"]] == [EnrollmentState.STOPPED]


def test_a_won_deal_without_details_is_won_today_for_what_was_expected(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, value_minor=10_000_00, currency="EUR")
    done = closing.won(db, cast.ana, by_prospect(card), Win(), NOW)
    assert done.card is not None
    now = done.card.prospect
    assert (now.closed_on, now.value_minor, now.currency) == (TODAY, 10_000_00, "EUR")


def test_a_deal_is_won_on_the_owners_date(db: Database, cast: Cast) -> None:
    card = added(db, cast.ben)
    after_midnight_in_berlin = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    done = closing.won(db, cast.cleo, by_prospect(card), Win(), after_midnight_in_berlin)
    assert done.card is not None
    assert done.card.prospect.closed_on == TODAY


def test_a_won_deal_may_have_check_ins_after_the_sale(db: Database, cast: Cast) -> None:
    done = verbs.won_with_check_ins(db, cast.ana, by_prospect(added(db, cast.ana)), NOW)
    assert done.card is not None
    assert done.card.prospect.stage is Stage.WON
    assert step_of(done.card).due_at > NOW
    assert done.card.enrollment is not None


@pytest.mark.parametrize("again", [verbs.won, verbs.lost])
def test_a_deal_that_is_won_with_check_ins_is_not_closed_again(db: Database, cast: Cast, again: verbs.Verb) -> None:
    card = added(db, cast.ana)
    verbs.won_with_check_ins(db, cast.ana, by_prospect(card), NOW)
    before = everything(db)
    with pytest.raises(Closed):
        again(db, cast.ana, by_prospect(card), NOW + DAY)
    assert everything(db) == before


@pytest.mark.parametrize(
    ("win", "field"),
    [
        (Win(-1), "value"),
        (Win(10**15 + 1), "value"),
        (Win(1, "DOLLARS"), "value"),
        (Win(on=SATURDAY), "on"),
        (Win(note="x" * 10_001), "note"),
    ],
)
def test_a_win_that_can_not_be_is_refused(db: Database, cast: Cast, win: Win, field: str) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    with pytest.raises(InvalidInput) as refused:
        closing.won(db, cast.ana, by_prospect(card), win, NOW)
    assert refused.value.field == field
    assert everything(db) == before


@pytest.mark.parametrize("reason", LostReason)
def test_a_lost_deal_keeps_its_reason_and_plans_nothing(db: Database, cast: Cast, reason: LostReason) -> None:
    card = added(db, cast.ana)
    done = closing.lost(db, cast.ana, by_prospect(card), reason, "too\0 dear", NOW, asks=False)
    now = shown(db, cast.ana, card)
    assert (now.prospect.stage, now.prospect.lost_reason, now.step) == (Stage.LOST, reason, None)
    assert (now.prospect.closed_on, now.prospect.close_note) == (TODAY, "too dear")
    assert done.change.facts["reason"] == reason.value


def test_a_lost_deal_with_a_note_that_is_too_long_stays_open(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    with pytest.raises(InvalidInput):
        closing.lost(db, cast.ana, by_prospect(card), LostReason.OTHER, "x" * 10_001, NOW)
    assert shown(db, cast.ana, card) == card
