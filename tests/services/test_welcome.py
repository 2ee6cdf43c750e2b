"""The guide at the start, once in a workspace; and the three samples, in one change."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.services import changes, members, samples, welcome
from bot.services.errors import Gone, InvalidInput, NotAllowed
from bot.services.members import Profile
from bot.storage import tables
from bot.storage.engine import Database
from bot.storage.records import Prospect, record
from bot.storage.tables import DeliveryKind, DeliveryState
from tests.services.test_digests import all_deliveries
from tests.support.cast import DAY, ELSEWHERE, MINUTE, NOW, WORKSPACE, Cast, fresh
from tests.support.rows import everything, forgotten
from tests.support.together import errors, together

SATURDAY = NOW + DAY
MONDAY_OPENS = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def greeted(db: Database) -> list[str]:
    return [each.recipient_id for each in all_deliveries(db, DeliveryKind.WELCOME)]


def sample_prospects(db: Database) -> list[Prospect]:
    with db.read() as tx:
        found = tx.execute(select(tables.prospects).order_by(tables.prospects.c.id))
        return [record(Prospect, row) for row in found]


def test_the_first_admin_of_each_workspace_is_greeted_once(db: Database, cast: Cast) -> None:
    assert errors(together(*[lambda: welcome.open_due(db, NOW, 10)] * 4)) == []
    assert sorted(greeted(db)) == ["U0CLEO", "U0OTTO"]
    assert welcome.open_due(db, NOW + MINUTE, 10) == 0


def test_an_admin_who_comes_later_is_not_the_one(db: Database, cast: Cast) -> None:
    members.ensure(db, WORKSPACE, Profile("U0NEW", "Nia", is_admin=True), NOW + MINUTE)
    welcome.open_due(db, NOW + 2 * MINUTE, 10)
    members.ensure(db, WORKSPACE, Profile("U0NEWER", "Noor", is_admin=True), NOW + 3 * MINUTE)
    assert welcome.open_due(db, NOW + DAY, 10) == 0
    assert sorted(greeted(db)) == ["U0CLEO", "U0OTTO"]


def test_before_an_admin_was_here_nobody_is_greeted_and_after_a_week_nobody_is(db: Database) -> None:
    members.ensure_workspace(db, WORKSPACE, "Sample team", "U0BOT", NOW)
    members.ensure(db, WORKSPACE, Profile("U0ANA", "Ana"), NOW)
    assert welcome.open_due(db, NOW, 10) == 0
    members.ensure(db, WORKSPACE, Profile("U0CLEO", "Cleo", is_admin=True), NOW)
    assert welcome.open_due(db, NOW + 8 * DAY, 10) == 0
    assert welcome.open_due(db, NOW + 6 * DAY, 10) == 1


def test_on_a_day_off_it_waits(db: Database, cast: Cast) -> None:
    welcome.open_due(db, SATURDAY, 10)
    (row, _) = all_deliveries(db, DeliveryKind.WELCOME)
    assert (row.state, row.not_before_at) == (DeliveryState.PENDING, MONDAY_OPENS)


def test_where_it_is_not_needed_the_reason_is_logged(db: Database, cast: Cast) -> None:
    welcome.not_needed(db, WORKSPACE, "U0CLEO", NOW)
    welcome.not_needed(db, ELSEWHERE, "U0OTTO", NOW)
    assert welcome.open_due(db, NOW, 10) == 0
    assert {each.reason for each in all_deliveries(db, DeliveryKind.WELCOME)} == {"filled already"}


def test_the_samples_are_plainly_samples_and_each_has_a_next_step(db: Database, cast: Cast) -> None:
    added = samples.add(db, cast.ana, NOW)
    found = sample_prospects(db)
    assert [each.name for each in found] == ["Sample One", "Sample Two", "Sample Three"]
    assert {(each.owner_id, each.source) for each in found} == {("U0ANA", samples.SOURCE)}
    assert [done.card is not None and done.card.step is not None for done in added.done] == [True] * 3
    assert forgotten(db, WORKSPACE) == []


def test_one_undo_takes_them_away_and_then_they_can_be_had_again(db: Database, cast: Cast) -> None:
    before = everything(db)
    added = samples.add(db, cast.ana, NOW)
    changes.undo(db, cast.ana, added.change.id, NOW + MINUTE)
    assert everything(db) == before
    samples.add(db, cast.ana, NOW + 2 * MINUTE)
    assert len(sample_prospects(db)) == 3


def test_pressed_twice_at_once_they_come_once_and_everybody_has_her_own(db: Database, cast: Cast) -> None:
    outcomes = together(*[lambda: samples.add(db, cast.ana, NOW)] * 3)
    assert [type(error) for error in errors(outcomes)] == [InvalidInput, InvalidInput]
    samples.add(db, cast.ben, NOW)
    samples.add(db, cast.otto, NOW)
    assert len(sample_prospects(db)) == 9


@pytest.mark.parametrize("stranger", ["ben", "otto"])
def test_a_stranger_does_not_take_them_away(db: Database, cast: Cast, stranger: str) -> None:
    added = samples.add(db, cast.ana, NOW)
    before = everything(db)
    with pytest.raises((NotAllowed, Gone)):
        changes.undo(db, fresh(db, getattr(cast, stranger)), added.change.id, NOW)
    assert everything(db) == before
