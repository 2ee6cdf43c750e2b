"""Quiet hours: nobody is told in the evening, on a free day or on leave what she did not ask for just now."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from bot.services import calendars, digests, handover, members, outbox, quiet, silence
from bot.services.calendars import Scope
from bot.services.members import Profile
from bot.services.outbox import Hush, Taken
from bot.storage import deliveries, tables
from bot.storage.engine import Database
from bot.storage.records import Delivery, record
from bot.storage.tables import DeliveryKind, DeliveryState
from language.kept import keep, say_kept
from tests.support.cast import DAY, HOUR, MINUTE, NOW, WORKSPACE, Cast, added, by_prospect, comes_at, fresh, known

EVENING = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)
"""A Friday, 20:30 in Berlin and 14:30 in New York."""
MONDAY_OPENS = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
MONDAY_DIGEST = datetime(2026, 11, 23, 7, 45, tzinfo=UTC)


def all_deliveries(db: Database, kind: DeliveryKind) -> list[Delivery]:
    with db.read() as tx:
        rows = tx.execute(
            select(tables.deliveries).where(tables.deliveries.c.kind == kind).order_by(tables.deliveries.c.id)
        )
        return [record(Delivery, row) for row in rows]


def the_only(db: Database, kind: DeliveryKind) -> Delivery:
    (found,) = all_deliveries(db, kind)
    return found


def taken(db: Database, delivery: Delivery, now: datetime) -> Taken:
    """The delivery, leased to us."""
    found = outbox.take_one(db, WORKSPACE, delivery.id, now)
    assert found is not None
    return found


def test_a_nudge_in_the_evening_waits_for_the_morning(db: Database, cast: Cast) -> None:
    sent = handover.nudge(db, cast.ben, by_prospect(added(db, cast.ana)), EVENING)
    assert comes_at(db, sent, EVENING) == MONDAY_OPENS
    delivery = the_only(db, DeliveryKind.NUDGE)
    assert delivery.not_before_at == MONDAY_OPENS
    assert outbox.take(db, EVENING + HOUR, 10) == []
    assert outbox.take_one(db, WORKSPACE, delivery.id, EVENING) is None
    assert len(outbox.take(db, MONDAY_OPENS, 10)) == 1


def test_in_her_hours_it_is_said_at_once(db: Database, cast: Cast) -> None:
    sent = handover.nudge(db, cast.ana, by_prospect(added(db, cast.ben)), EVENING)
    assert comes_at(db, sent, EVENING) is None
    assert the_only(db, DeliveryKind.NUDGE).not_before_at == EVENING


def test_news_and_questions_wait_too(db: Database, cast: Cast) -> None:
    first, second = added(db, cast.ana), added(db, cast.ana, "Eli Wu")
    asked = handover.take_over(db, cast.ben, by_prospect(first), EVENING)
    taken_over = handover.take_over(db, cast.cleo, by_prospect(second), EVENING)
    assert [comes_at(db, each, EVENING) for each in (asked, taken_over)] == [MONDAY_OPENS] * 2
    assert the_only(db, DeliveryKind.QUESTION).not_before_at == MONDAY_OPENS
    assert the_only(db, DeliveryKind.NEWS).not_before_at == MONDAY_OPENS


def test_the_question_about_her_zone_waits_too(db: Database, cast: Cast) -> None:
    members.told(db, WORKSPACE, Profile("U0ANA", "Ana", "Asia/Tokyo"), EVENING)
    assert the_only(db, DeliveryKind.ZONE).not_before_at == MONDAY_OPENS


def test_a_company_day_is_quiet(db: Database, cast: Cast) -> None:
    calendars.add_day_off(db, cast.ana, Scope(), date(2026, 11, 23), "moving house", NOW)
    handover.nudge(db, cast.ben, by_prospect(added(db, cast.ana)), EVENING)
    assert the_only(db, DeliveryKind.NUDGE).not_before_at == MONDAY_OPENS + DAY


def test_what_could_not_be_said_in_her_hours_waits_for_the_next(db: Database, cast: Cast) -> None:
    handover.nudge(db, cast.ben, by_prospect(added(db, cast.ana)), NOW)
    held = taken(db, the_only(db, DeliveryKind.NUDGE), NOW)
    assert outbox.hush(held, NOW + HOUR) is None
    hush = outbox.hush(held, EVENING)
    assert hush == Hush("outside her hours", MONDAY_OPENS)
    outbox.hold_back(db, held.delivery, hush)
    waits = the_only(db, DeliveryKind.NUDGE)
    assert (waits.state, waits.not_before_at, waits.leased_until_at) == (DeliveryState.PENDING, MONDAY_OPENS, None)


def test_waiting_over_the_weekend_uses_up_no_patience(db: Database, cast: Cast) -> None:
    handover.nudge(db, cast.ben, by_prospect(added(db, cast.ana)), EVENING)
    (held,) = outbox.take(db, MONDAY_OPENS, 10)
    outbox.try_later(db, held.delivery, "rate limited", MONDAY_OPENS + MINUTE)
    assert the_only(db, DeliveryKind.NUDGE).state is DeliveryState.PENDING
    (held,) = outbox.take(db, MONDAY_OPENS + HOUR, 10)
    outbox.try_later(db, held.delivery, "rate limited", MONDAY_OPENS + DAY + MINUTE)
    assert the_only(db, DeliveryKind.NUDGE).state is DeliveryState.FAILED


def test_a_lease_that_ran_out_is_not_put_back_by_its_first_holder(db: Database, cast: Cast) -> None:
    handover.nudge(db, cast.ben, by_prospect(added(db, cast.ana)), NOW)
    first = taken(db, the_only(db, DeliveryKind.NUDGE), NOW)
    (second,) = outbox.take(db, NOW + outbox.LEASE, 10)
    outbox.hold_back(db, first.delivery, Hush("outside her hours", MONDAY_OPENS))
    outbox.hold_back(db, first.delivery, Hush("too late", None))
    assert the_only(db, DeliveryKind.NUDGE) == second.delivery
    outbox.mark_sent(db, second.delivery, "D1", "1.1", NOW)
    outbox.hold_back(db, second.delivery, Hush("outside her hours", MONDAY_OPENS))
    assert the_only(db, DeliveryKind.NUDGE).state is DeliveryState.SENT


def test_her_own_digest_time_is_never_quiet(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, digest_time=time(21))
    added(db, cast.ana, now=NOW - 10 * DAY)
    at = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
    digests.open_due(db, at, 10)
    held = taken(db, the_only(db, DeliveryKind.DAILY), at)
    assert outbox.hush(held, at + 15 * MINUTE) is None
    assert outbox.hush(held, at + 16 * MINUTE) == Hush(keep(silence.CLOSED, time=time(21)), None)


def test_a_digest_for_the_asking_is_never_quiet(db: Database, cast: Cast) -> None:
    added(db, cast.ana, now=NOW - 10 * DAY)
    digests.open_now(db, known(db, cast.ana), EVENING)
    held = taken(db, the_only(db, DeliveryKind.DAILY), EVENING)
    assert outbox.hush(held, EVENING + MINUTE) is None


def test_a_digest_too_late_for_the_day_merges_into_the_next(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, digest_time=time(17, 30))
    added(db, cast.ana, now=NOW - 10 * DAY)
    digests.open_due(db, datetime(2026, 11, 20, 17, 30, tzinfo=UTC), 10)
    merged = the_only(db, DeliveryKind.DAILY)
    assert (merged.state, merged.reason) == (DeliveryState.SKIPPED, keep(silence.CLOSED, time=time(18)))
    assert known(db, cast.ana).next_digest_at == datetime(2026, 11, 23, 16, 30, tzinfo=UTC)


def test_a_digest_that_slack_did_not_take_before_the_evening_merges_too(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, digest_time=time(17, 30))
    added(db, cast.ana, now=NOW - 10 * DAY)
    at = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
    digests.open_due(db, at, 10)
    held = taken(db, the_only(db, DeliveryKind.DAILY), at)
    assert outbox.hush(held, at + 30 * MINUTE) is None
    hush = outbox.hush(held, at + 31 * MINUTE)
    assert hush is not None
    assert (say_kept(hush.reason), hush.until_at) == ("after 18:00: it merges into the next", None)
    outbox.hold_back(db, held.delivery, hush)
    assert the_only(db, DeliveryKind.DAILY).state is DeliveryState.SKIPPED


def test_do_not_disturb_puts_off_and_a_digest_only_for_three_hours(db: Database, cast: Cast) -> None:
    added(db, cast.ana, now=NOW - 10 * DAY)
    digests.open_due(db, MONDAY_DIGEST, 10)
    digest = next(each for each in all_deliveries(db, DeliveryKind.DAILY) if each.recipient_id == "U0ANA")
    ana = known(db, cast.ana)
    later = MONDAY_DIGEST + 3 * HOUR
    assert outbox.disturbed(digest, ana, later) == Hush("do not disturb", later)
    too_late = outbox.disturbed(digest, ana, later + MINUTE)
    assert (say_kept(too_late.reason), too_late.until_at) == (
        "do not disturb until 11:46: it merges into the next", None,
    )  # fmt: skip
    handover.nudge(db, cast.ben, by_prospect(added(db, cast.ana)), NOW)
    nudge = the_only(db, DeliveryKind.NUDGE)
    assert outbox.disturbed(nudge, ana, later + 9 * HOUR) == Hush("do not disturb", later + 9 * HOUR)


def test_a_channel_has_no_quiet_hours(db: Database, cast: Cast) -> None:
    with db.begin() as tx:
        deliveries.open_once(tx, WORKSPACE, DeliveryKind.TEAM, "C0DEALS", date(2026, 11, 20), EVENING, content={})
    held = taken(db, the_only(db, DeliveryKind.TEAM), EVENING)
    assert outbox.hush(held, EVENING) is None
    assert outbox.first_chance(db, held.delivery) == EVENING


@pytest.mark.parametrize(
    ("at", "heard_at"),
    [
        (NOW, NOW),
        (datetime(2026, 11, 20, 17, 0, tzinfo=UTC), datetime(2026, 11, 20, 17, 0, tzinfo=UTC)),
        (datetime(2026, 11, 20, 17, 1, tzinfo=UTC), MONDAY_OPENS),
        (datetime(2026, 11, 20, 5, 0, tzinfo=UTC), datetime(2026, 11, 20, 7, 0, tzinfo=UTC)),
        (datetime(2026, 11, 21, 12, 0, tzinfo=UTC), MONDAY_OPENS),
    ],
)
def test_the_hours_are_those_on_her_wall(sqlite_db: Database, the_cast: Cast, at: datetime, heard_at: datetime) -> None:
    assert quiet.heard_at(the_cast.ana.member, at) == heard_at
    assert quiet.is_quiet(the_cast.ana.member, at) == (heard_at != at)


def test_other_hours_are_kept_at_once(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, hours=(time(6), time(22)))
    ana = fresh(db, cast.ana)
    assert not quiet.is_quiet(ana.member, EVENING)
    assert quiet.heard_at(ana.member, EVENING + 3 * HOUR) == MONDAY_OPENS - timedelta(hours=2)


def test_a_digest_of_a_reader_whose_row_changed_is_looked_at_anew(db: Database, cast: Cast) -> None:
    """Her hours close earlier while a nudge waits for the next try."""
    handover.nudge(db, cast.ben, by_prospect(added(db, cast.ana)), NOW)
    with db.begin() as tx:
        tx.execute(update(tables.members).where(tables.members.c.id == "U0ANA").values(closes_time=time(14)))
    held = taken(db, the_only(db, DeliveryKind.NUDGE), NOW)
    assert outbox.hush(held, NOW) == Hush("outside her hours", MONDAY_OPENS)
