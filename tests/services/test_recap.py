"""The weekly recap: from her own record, at the end of her week, and in the place of that day's nudge."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.services import calendars, changes, handover, leave, members, moments, outbox, recap, second_nudge, touches
from bot.services.actor import Actor
from bot.services.calendars import Scope
from bot.services.closing import Win, won
from bot.services.outbox import Hush
from bot.services.recap import Open, Week
from bot.services.touches import Made
from bot.storage import members as kept_members
from bot.storage.engine import Database
from bot.storage.records import Delivery
from bot.storage.tables import DeliveryKind, DeliveryState
from cadences.habits import Hint, Point
from cadences.model import Channel, Outcome
from language.kept import say_kept
from tests.services.test_digests import all_deliveries
from tests.support import verbs
from tests.support.cast import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    TODAY,
    WORKSPACE,
    Cast,
    added,
    by_prospect,
    comes_at,
    fresh,
    known,
)
from tests.support.together import errors, together

FRIDAY = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
"""16:00 in Berlin, an hour after the cast came in."""
TUESDAY = NOW - 3 * DAY
CALL, EMAIL, MEETING = Channel.CALL, Channel.EMAIL, Channel.MEETING


def wanting(db: Database, actor: Actor) -> None:
    members.set_digest(db, actor, NOW, recap=True)


def recaps(db: Database, at: datetime = FRIDAY) -> list[Delivery]:
    recap.open_due(db, at, 10)
    return all_deliveries(db, DeliveryKind.RECAP)


def told(db: Database, at: datetime = FRIDAY) -> Week:
    (row,) = recaps(db, at)
    week = recap.of(row)
    assert week is not None
    return week


def silence(db: Database, at: datetime = FRIDAY) -> str:
    (row,) = recaps(db, at)
    assert row.state is DeliveryState.SKIPPED
    return say_kept(row.reason or "")


def touched(db: Database, actor: Actor, name: str, channel: Channel, outcome: Outcome, at: datetime) -> None:
    card = added(db, actor, name, f"{name} Ltd", now=at - HOUR)
    touches.log(db, actor, by_prospect(card), Made(channel, outcome), at)


def test_it_comes_once_on_her_last_working_day(db: Database, cast: Cast) -> None:
    wanting(db, cast.ana)
    added(db, cast.ana, "Dana", on=TODAY, at=time(17))
    assert known(db, cast.ana).next_recap_at == FRIDAY
    assert recaps(db, FRIDAY - MINUTE) == []
    assert errors(together(*[lambda: recap.open_due(db, FRIDAY, 10)] * 4)) == []
    (row,) = recaps(db, FRIDAY + HOUR)
    assert (row.state, row.recipient_id, row.local_on) == (DeliveryState.PENDING, "U0ANA", TODAY)
    assert known(db, cast.ana).next_recap_at == FRIDAY + 7 * DAY


def test_nobody_gets_it_who_did_not_ask_for_it(db: Database, cast: Cast) -> None:
    touched(db, cast.ana, "Dana", CALL, Outcome.CONNECTED, TUESDAY)
    assert recaps(db) == []


def test_with_the_friday_free_the_week_ends_on_thursday(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, recap=True)
    next_friday = TODAY + timedelta(days=7)
    calendars.add_day_off(db, fresh(db, cast.ana), Scope(), next_friday, "moving house", FRIDAY + MINUTE)
    assert known(db, cast.ana).next_recap_at == FRIDAY + 6 * DAY


def test_a_week_on_leave_has_none(db: Database, cast: Cast) -> None:
    wanting(db, cast.ana)
    leave.take(db, fresh(db, cast.ana), date(2026, 11, 23), date(2026, 11, 27), FRIDAY + MINUTE)
    assert known(db, cast.ana).next_recap_at == FRIDAY + 14 * DAY


def test_it_counts_what_she_did_this_week_and_nothing_else(db: Database, cast: Cast) -> None:
    wanting(db, cast.ana)
    touched(db, cast.ana, "Old", CALL, Outcome.CONNECTED, TUESDAY - 7 * DAY)
    touched(db, cast.ana, "One", CALL, Outcome.VOICEMAIL, TUESDAY)
    touched(db, cast.ana, "Two", CALL, Outcome.MEETING_BOOKED, TUESDAY + HOUR)
    touched(db, cast.ana, "Three", EMAIL, Outcome.REPLIED, TUESDAY + DAY)
    touched(db, cast.ana, "Four", MEETING, Outcome.CONNECTED, TUESDAY + DAY)
    touched(db, cast.ben, "Bens", CALL, Outcome.REPLIED, TUESDAY)
    week = told(db)
    assert (week.first_on, week.last_on) == (date(2026, 11, 16), TODAY)
    assert (week.touches, dict(week.channels)) == (4, {CALL: 2, EMAIL: 1, MEETING: 1})
    assert (week.replies, week.booked, week.met) == (1, 1, 1)


def test_her_deals_that_were_won_count_whoever_closed_them(db: Database, cast: Cast) -> None:
    for name, actor, value in (("One", cast.ana, 12_000_00), ("Two", cast.cleo, 3_000_00)):
        card = added(db, cast.ana, name, f"{name} Ltd", now=TUESDAY)
        won(db, actor, by_prospect(card), Win(value, "USD"), TUESDAY + HOUR)
    card = added(db, cast.ana, "Euro", "Euro Ltd", now=TUESDAY)
    won(db, cast.ana, by_prospect(card), Win(500_00, "EUR"), TUESDAY + HOUR)
    card = added(db, cast.ana, "Before", "Before Ltd", now=TUESDAY - 8 * DAY)
    won(db, cast.ana, by_prospect(card), Win(1_00, "USD"), TUESDAY - 7 * DAY)
    undone = won(db, cast.ana, by_prospect(added(db, cast.ana, "Not", "Not Ltd", now=TUESDAY)), Win(), TUESDAY + HOUR)
    changes.undo(db, cast.ana, undone.change.id, TUESDAY + 2 * HOUR)
    week = recap.this_week(db, known(db, cast.ana), FRIDAY)
    assert (week.wins, week.amounts) == (3, (("USD", 15_000_00), ("EUR", 500_00)))


def test_a_promise_is_kept_on_its_day_late_after_it_and_open_until_then(db: Database, cast: Cast) -> None:
    tuesday = TUESDAY.date()
    kept = added(db, cast.ana, "Kept", "K", now=TUESDAY - DAY, on=tuesday, at=time(9))
    verbs.log(db, cast.ana, by_prospect(kept), TUESDAY)
    late = added(db, cast.ana, "Late", "L", now=TUESDAY - DAY, on=tuesday, at=time(9))
    verbs.log(db, cast.ana, by_prospect(late), TUESDAY + DAY)
    added(db, cast.ana, "Broken", "B", now=TUESDAY - DAY, on=tuesday, at=time(9))
    added(db, cast.ana, "Later", "T", now=TUESDAY - DAY, on=TODAY, at=time(17))
    week = recap.this_week(db, known(db, cast.ana), FRIDAY)
    assert (week.kept, week.promises) == (1, 3)
    assert week.open == (Open("Broken", "B"), Open("Later", "T"))


def test_what_she_reads_is_hers_alone(db: Database, cast: Cast) -> None:
    touched(db, cast.ana, "Anas", CALL, Outcome.CONNECTED, TUESDAY)
    for stranger in (cast.ben, cast.cleo, cast.otto):
        week = recap.this_week(db, stranger.member, FRIDAY)
        assert not week.says_something


def test_with_little_to_go_by_it_says_so(db: Database, cast: Cast) -> None:
    touched(db, cast.ana, "Dana", CALL, Outcome.CONNECTED, TUESDAY)
    assert recap.this_week(db, known(db, cast.ana), FRIDAY).point == Point(Hint.NOT_ENOUGH, 1, 10)


def test_the_one_thing_to_try_is_out_of_her_last_four_weeks(db: Database, cast: Cast) -> None:
    for number in range(12):
        touched(db, cast.ana, f"Sample {number}", EMAIL, Outcome.SENT, TUESDAY - number * DAY)
        touched(db, cast.ana, f"Old {number}", CALL, Outcome.CONNECTED, TUESDAY - (number + 40) * DAY)
    assert recap.this_week(db, known(db, cast.ana), FRIDAY).point == Point(Hint.ONE_CHANNEL, 12, 12, EMAIL)


def test_who_waited_too_long_for_a_first_touch_is_counted(db: Database, cast: Cast) -> None:
    for number in range(3):
        touched(db, cast.ana, f"Quick {number}", EMAIL, Outcome.SENT, TUESDAY - 7 * DAY)
    for number in range(3):
        added(db, cast.ana, f"Slow {number}", f"Slow {number}", now=TUESDAY - 7 * DAY)
    added(db, cast.ana, "Promised", "P", now=TUESDAY - 7 * DAY, on=TODAY)
    added(db, cast.ana, "Fresh", "F", now=NOW)
    assert recap.this_week(db, known(db, cast.ana), FRIDAY).point == Point(Hint.FIRST_TOUCH, 3, 6)


def test_a_week_without_anything_is_silence_with_a_reason(db: Database, cast: Cast) -> None:
    wanting(db, cast.ana)
    assert silence(db) == "nothing happened this week"


@pytest.mark.parametrize(
    ("values", "at", "reason"),
    [
        ({"dm_channel": "D1"}, FRIDAY + 3 * HOUR + MINUTE, "more than 3 hours late: it merges into the next"),
        ({"paused_until_on": TODAY + timedelta(days=1)}, FRIDAY, "paused until Sat 21 Nov"),
        ({"closes_time": time(15)}, FRIDAY, "outside her hours"),
        ({"workdays": frozenset({1})}, FRIDAY, "a day off"),
    ],
)
def test_every_other_silence_has_its_reason(
    db: Database, cast: Cast, values: dict[str, object], at: datetime, reason: str
) -> None:
    wanting(db, cast.ana)
    touched(db, cast.ana, "Dana", CALL, Outcome.CONNECTED, TUESDAY)
    with db.begin() as tx:
        kept_members.change(tx, WORKSPACE, "U0ANA", **values)
    assert silence(db, at) == reason


def test_on_its_day_there_is_no_second_nudge_and_it_names_what_is_open(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW - 2 * HOUR, recap=True, second_nudge=True)
    added(db, cast.ana, now=NOW - DAY, on=TODAY, at=time(17))
    with db.begin() as tx:
        kept_members.change(tx, WORKSPACE, "U0ANA", next_digest_at=NOW + 3 * DAY)
    second_nudge.open_due(db, FRIDAY - HOUR, 10)
    (nudge,) = all_deliveries(db, DeliveryKind.SECOND_NUDGE)
    assert nudge.reason == "the weekly recap comes today and says it"
    assert told(db).open == (Open("Dana Li", "Acme"),)


def test_on_its_day_a_teammates_nudge_waits_for_the_next_working_day(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    wanting(db, cast.ana)
    sent = handover.nudge(db, cast.ben, by_prospect(card), NOW)
    assert comes_at(db, sent, NOW) == datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def test_after_a_teammates_nudge_it_stays_away_that_day(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    handover.nudge(db, cast.ben, by_prospect(card), NOW)
    wanting(db, cast.ana)
    assert silence(db) == "nudged today already"


def test_a_week_has_one_whatever_becomes_of_its_last_days(db: Database, cast: Cast) -> None:
    touched(db, cast.ana, "Dana", CALL, Outcome.CONNECTED, TUESDAY)
    wanting(db, cast.ana)
    with db.begin() as tx:
        kept_members.change(tx, WORKSPACE, "U0ANA", next_recap_at=FRIDAY - DAY)
    recap.open_due(db, FRIDAY - DAY, 10)
    with db.begin() as tx:
        kept_members.change(tx, WORKSPACE, "U0ANA", next_recap_at=FRIDAY)
    first, second = recaps(db)
    assert (first.state, second.reason) == (DeliveryState.PENDING, "this week had its recap")


def test_it_is_said_that_day_or_never(db: Database, cast: Cast) -> None:
    touched(db, cast.ana, "Dana", CALL, Outcome.CONNECTED, TUESDAY)
    wanting(db, cast.ana)
    recaps(db)
    (taken,) = outbox.take(db, FRIDAY, 10)
    assert outbox.hush(taken, FRIDAY + 3 * HOUR) == Hush("outside her hours", None)


def test_in_a_year_of_weeks_each_has_one_moment_at_the_same_wall_time(sqlite_db: Database) -> None:
    members.ensure_workspace(sqlite_db, WORKSPACE, "Sample team", "U0BOT", NOW)
    ana = members.ensure(sqlite_db, WORKSPACE, members.Profile("U0ANA", "Ana", "America/New_York"), NOW)
    ana = members.get(sqlite_db, WORKSPACE, ana.id) or ana
    at, seen = NOW, []
    for _ in range(53):
        following = moments.next_recap(replace(ana, recap=True), at)
        assert following is not None
        at = following
        seen.append(ana.local(at))
    assert {(each.weekday(), each.hour, each.minute) for each in seen} == {(4, 16, 0)}
    assert len({each.isocalendar()[:2] for each in seen}) == 53
