"""How long a deal stands still is one number, whoever shows it, whatever week and holidays its owner has."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from bot.services import digests, finding, home, leave, members, outbox, stalling, team
from bot.services.actor import Actor
from bot.services.finding import Query
from bot.services.home import Choice, Tab
from bot.services.idleness import Compare, Sign
from bot.services.members import Place
from bot.services.stalling import Stalled
from bot.storage.engine import Database
from bot.storage.records import Member
from bot.storage.tables import DeliveryKind
from cadences.coaching import ReasonKind
from cadences.model import OPEN_STAGES
from cadences.work_calendar import WEEKDAYS
from tests.support import cast as people
from tests.support.cast import DAY, NOW, TODAY, WORKSPACE, Cast, added, fresh, known

WEEKS = (WEEKDAYS, {0}, {0, 2}, {1, 2, 3, 4, 5}, {6, 0, 1, 2, 3}, {5, 6}, set(range(7)))
PLACES = (Place("DE", "BY"), Place("US"), Place("JP"), None)
CHANNEL = "C0DEALS"
MONDAY_MORNING = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
DEALS = 14


@pytest.fixture
def cast(own_db: Database, the_cast: Cast) -> Cast:
    """The cast in a database whose numbers no other test used before: an index lives as long as its database."""
    people.gather_again(own_db, the_cast)
    return the_cast


@pytest.mark.parametrize("seed", range(4))
def test_every_list_and_every_search_says_the_same_number(own_db: Database, cast: Cast, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same each time
    for actor in (cast.ana, cast.ben, cast.cleo):
        _lives_somehow(own_db, actor, chance)
    for number in range(DEALS):
        _added(own_db, chance.choice([cast.ana, cast.ben, cast.cleo]), chance, number)
    team.set_up(own_db, cast.cleo, CHANNEL, NOW)
    now = MONDAY_MORNING

    deals = stalling.stalled_deals(own_db, known(own_db, cast.cleo), now, everybody=True)
    assert deals
    assert _in_the_channel(own_db, now) == _days(deals)
    assert _found(own_db, cast.cleo, Query(stalled=True), now) == set(_days(deals))
    for actor in (cast.ana, cast.ben, cast.cleo):
        own = _days(stalling.stalled_deals(own_db, known(own_db, actor), now))
        assert own == {deal.prospect.id: deal.verdict.idle_days for deal in deals if deal.owner.id == actor.member.id}
        shown = home.look(own_db, known(own_db, actor), Choice(Tab.STALLED), now)
        assert _days(shown.stalled) == own
        assert _said_in_the_day(own_db, known(own_db, actor), now).items() <= own.items()
    for number, days in _days(deals).items():
        for sign, holds in ((Sign.IS, True), (Sign.FROM, True), (Sign.OVER, False), (Sign.UNDER, False)):
            assert (number in _found(own_db, cast.cleo, Query(idle=Compare(sign, days)), now)) is holds


def test_a_shorter_week_makes_no_deal_younger(db: Database, the_cast: Cast) -> None:
    """Ben works on Mondays alone from today on: what stood still for weeks still does."""
    people.gather_again(db, the_cast)
    added(db, the_cast.ben, now=NOW - 50 * DAY, on=TODAY + 60 * DAY)
    (before,) = stalling.stalled_deals(db, known(db, the_cast.ben), NOW)
    members.set_digest(db, the_cast.ben, NOW, workdays=frozenset({0}))
    (after,) = stalling.stalled_deals(db, known(db, the_cast.ben), NOW)
    assert before.verdict.idle_days == after.verdict.idle_days == 36


def _lives_somehow(db: Database, actor: Actor, chance: random.Random) -> None:
    """A week, a country, and now and then a leave."""
    week = frozenset(chance.choice(WEEKS))
    members.set_digest(db, actor, NOW, workdays=week, place=chance.choice(PLACES))
    if chance.random() < 0.5:
        earlier = NOW - chance.randrange(1, 20) * DAY
        leave.take(db, fresh(db, actor), earlier.date(), earlier.date() + timedelta(days=3), earlier)


def _added(db: Database, owner: Actor, chance: random.Random, number: int) -> None:
    on = TODAY + timedelta(days=chance.randrange(5, 60)) if chance.random() < 0.8 else None
    added(
        db,
        fresh(db, owner),
        f"Dana {number}",
        f"Company {number}",
        now=NOW - chance.randrange(60) * DAY,
        stage=chance.choice(sorted(OPEN_STAGES)),
        on=on,
    )


def _days(deals: tuple[Stalled, ...]) -> dict[int, int]:
    return {deal.prospect.id: deal.verdict.idle_days for deal in deals}


def _said_in_the_day(db: Database, member: Member, now: datetime) -> dict[int, int]:
    rows = [each.row for each in digests.my_day(db, member, now).rows]
    return {row.prospect_id: why.count for row in rows for why in row.reasons if why.kind is ReasonKind.IDLE}


def _in_the_channel(db: Database, now: datetime) -> dict[int, int]:
    team.open_due(db, now, 10)
    (opened,) = [each for each in outbox.take(db, now, 20) if each.delivery.kind is DeliveryKind.TEAM]
    view = team.view(db, WORKSPACE, opened.delivery.id, now)
    assert view is not None
    return {item.row.prospect_id: item.row.idle_days for item in view.rows}


def _found(db: Database, actor: Actor, query: Query, now: datetime) -> set[int]:
    pages = [finding.find(db, actor, query, now, number) for number in range(3)]
    return {each.card.prospect.id for page in pages for each in page.found}
