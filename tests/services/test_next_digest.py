"""The next digest that is named is the one that comes: whatever is set, paused, free or away."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from sqlalchemy import select, update

from bot.services import calendars, digests, leave, members, moments
from bot.services.calendars import Level, Scope
from bot.storage import tables
from bot.storage.engine import Database
from bot.storage.tables import DeliveryKind, DeliveryState, Rhythm
from tests.support.cast import DAY, HOUR, MONDAY, NOW, TODAY, WORKSPACE, Cast, fresh, gather_again, known

SEEDS = 25
LOOKS = 800
"""Moments of a digest, or of its reason for none, that are looked at: more than the longest leave and pause have."""
TUESDAY = MONDAY + DAY
MINE = Scope(Level.MINE)
SKIPPED = DeliveryState.SKIPPED


def said(db: Database) -> list[date]:
    """The days of Ana's digests that were to be said."""
    mine = (tables.deliveries.c.recipient_id == "U0ANA", tables.deliveries.c.kind == DeliveryKind.DAILY)
    with db.read() as tx:
        rows = tx.execute(select(tables.deliveries.c.local_on).where(*mine, tables.deliveries.c.state != SKIPPED))
        return sorted(rows.scalars())


def named(db: Database, cast: Cast, now: datetime) -> date | None:
    """The day of the next digest, as her settings tell it."""
    ana = known(db, cast.ana)
    moment = moments.next_heard(ana, now)
    return moment and ana.local(moment).date()


def comes(db: Database, cast: Cast) -> date | None:
    """The day of her next digest, as the clock is moved on from one moment of hers to the next."""
    before = said(db)
    for _ in range(LOOKS):
        moment = known(db, cast.ana).next_digest_at
        if moment is None:
            return None
        digests.open_due(db, moment, 10)
        if after := [on for on in said(db) if on not in before]:
            return after[0]
    return None


def lives(random: Random, db: Database, cast: Cast, now: datetime) -> None:
    """Any of what can stand between her and a digest."""
    ana = fresh(db, cast.ana)
    today = ana.member.local(now).date()
    workdays = frozenset(random.sample(range(7), random.randint(1, 7)))
    at = time(random.choice([8, 11, 15, 17]), 30)
    members.set_digest(db, ana, now, workdays=workdays, digest_time=at, rhythm=random.choice(list(Rhythm)))
    if random.random() < 0.7:
        first = today + timedelta(days=random.randint(0, 9))
        last, deputy = first + timedelta(days=random.randint(0, 30)), random.choice([None, cast.ben.member.id])
        leave.take(db, fresh(db, ana), first, last, now, deputy_id=deputy)
    if random.random() < 0.6:
        members.pause(db, fresh(db, ana), today + timedelta(days=random.randint(1, 20)), now)
    for number in random.sample(range(15), random.randint(0, 4)):
        on = today + timedelta(days=number)
        if random.random() < 0.5:
            calendars.add_day_off(db, fresh(db, ana), MINE, on, "", now)
        else:
            calendars.add_workday(db, fresh(db, ana), MINE, on, now)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_the_day_that_is_named_is_the_day_it_comes(sqlite_db: Database, the_cast: Cast, seed: int) -> None:
    gather_again(sqlite_db, the_cast)
    random = Random(seed)  # noqa: S311
    members.set_digest(sqlite_db, the_cast.ana, NOW, all_clear=True)
    now = NOW + timedelta(days=random.randint(0, 6), hours=random.randint(-6, 8))
    digests.open_due(sqlite_db, now, 10)
    lives(random, sqlite_db, the_cast, now)
    assert named(sqlite_db, the_cast, now) == comes(sqlite_db, the_cast)


def test_a_pause_within_a_leave_ends_behind_it(db: Database, cast: Cast) -> None:
    leave.take(db, cast.ana, TODAY, MONDAY, NOW)
    members.pause(db, cast.ana, TODAY + DAY, NOW)
    assert named(db, cast, NOW) == TUESDAY


def test_who_moves_her_digest_behind_the_one_she_had_gets_the_next_tomorrow(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, all_clear=True)
    morning = datetime.combine(MONDAY, time(7, 45), UTC)
    digests.open_due(db, morning, 10)
    members.set_digest(db, fresh(db, cast.ana), morning + HOUR, digest_time=time(16))
    assert named(db, cast, morning + HOUR) == comes(db, cast) == TUESDAY


def test_who_flies_west_over_the_date_line_has_that_date_once(db: Database, cast: Cast) -> None:
    """Tuesday's digest was said in Auckland; in Honolulu it is Monday, and Tuesday comes once more without one."""
    members.set_digest(db, cast.ana, NOW, zone="Pacific/Auckland", all_clear=True)
    while TUESDAY not in said(db):
        digests.open_due(db, known(db, cast.ana).next_digest_at or NOW, 10)
    landed = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
    members.set_digest(db, fresh(db, cast.ana), landed, zone="Pacific/Honolulu")
    assert known(db, cast.ana).local(landed).date() == MONDAY
    assert named(db, cast, landed) == comes(db, cast) == TUESDAY + DAY


def test_a_weekly_digest_comes_on_the_day_behind_a_free_monday(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, all_clear=True, rhythm=Rhythm.WEEKLY)
    calendars.add_day_off(db, fresh(db, cast.ana), MINE, MONDAY, "", NOW)
    assert named(db, cast, NOW) == comes(db, cast) == TUESDAY
    assert comes(db, cast) == MONDAY + 7 * DAY


def test_a_weekly_digest_comes_on_the_first_day_behind_a_leave(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, all_clear=True, rhythm=Rhythm.WEEKLY)
    leave.take(db, fresh(db, cast.ana), TODAY, MONDAY, NOW)
    assert named(db, cast, NOW) == comes(db, cast) == TUESDAY


@pytest.mark.parametrize("settings", [{"digest_on": False}, {"is_deleted": True}])
def test_who_hears_nothing_has_no_next_digest(db: Database, cast: Cast, settings: dict[str, bool]) -> None:
    with db.begin() as tx:
        tx.execute(update(tables.members).where(tables.members.c.id == "U0ANA").values(**settings))
    members.replan_digest(db, WORKSPACE, "U0ANA", NOW)
    assert named(db, cast, NOW) is None
