"""A digest once a week: on the first working day, with everything that is due by then, and undone like any setting."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.services import changes, digests, members
from bot.storage.engine import Database
from bot.storage.records import Delivery, record
from bot.storage.tables import DeliveryState, Rhythm, deliveries
from tests.support.cast import DAY, MONDAY, NOW, Cast, added, fresh
from tests.support.rows import everything

WEDNESDAY = MONDAY + timedelta(days=2)


def sent(db: Database) -> list[Delivery]:
    with db.read() as tx:
        found = [record(Delivery, row) for row in tx.execute(deliveries.select())]
    return [each for each in found if each.state is not DeliveryState.SKIPPED]


def test_it_comes_on_the_first_working_day_of_the_week_only(db: Database, cast: Cast) -> None:
    added(db, cast.ana, on=WEDNESDAY)
    members.set_digest(db, cast.ana, NOW, rhythm=Rhythm.WEEKLY)
    moment = fresh(db, cast.ana).member.next_digest_at
    assert moment == datetime(2026, 11, 23, 8, 45, tzinfo=ZoneInfo("Europe/Berlin"))
    for day in range(1, 15):
        for hour in (8, 16):
            digests.open_due(db, NOW.replace(hour=hour) + day * DAY, 10)
    assert [each.local_on for each in sent(db)] == [MONDAY + timedelta(days=7)]


def test_it_is_daily_again_and_undone_exactly(db: Database, cast: Cast) -> None:
    before = everything(db)
    done = members.set_digest(db, cast.ana, NOW, rhythm=Rhythm.WEEKLY)
    changes.undo(db, cast.ana, done.change.id, NOW)
    assert everything(db) == before


@pytest.mark.parametrize("rhythm", Rhythm)
def test_everybody_sets_her_own(db: Database, cast: Cast, rhythm: Rhythm) -> None:
    members.set_digest(db, cast.ben, NOW, rhythm=rhythm)
    assert fresh(db, cast.ana).member.rhythm is Rhythm.DAILY
    assert fresh(db, cast.ben).member.rhythm is rhythm
