"""The team digest: set up in a channel, opened once a week, with its thread; and how it stands after each click."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from bot.services import changes, handover, outbox, stalling, team
from bot.services.errors import AlreadyDone, InvalidInput, NotAllowed
from bot.services.team import TeamView
from bot.storage.engine import Database
from bot.storage.records import Delivery, TeamDigest, record
from bot.storage.tables import ChangeKind, DeliveryKind, DeliveryState
from bot.storage.tables import deliveries as table
from cadences.model import Stage
from cadences.stalled import Label
from tests.support import verbs
from tests.support.cast import (
    DAY,
    HOUR,
    MINUTE,
    MONDAY,
    NOW,
    WORKSPACE,
    Cast,
    added,
    asking,
    by_prospect,
    gather,
    known,
)
from tests.support.rows import change_count, everything
from tests.support.together import errors, together

CHANNEL = "C0DEALS"
MORNING = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
"""Monday 09:30 in Berlin."""
LONG_AGO = NOW - 40 * DAY


def set_up(db: Database, cast: Cast, *, shows_money: bool | None = None) -> TeamDigest:
    team.set_up(db, cast.cleo, CHANNEL, NOW, shows_money=shows_money)
    digest = team.current(db, WORKSPACE, CHANNEL)
    assert digest is not None
    return digest


def team_deliveries(db: Database) -> list[Delivery]:
    with db.read() as tx:
        rows = tx.execute(select(table).where(table.c.kind == DeliveryKind.TEAM).order_by(table.c.id))
        return [record(Delivery, row) for row in rows]


def opened(db: Database, now: datetime = MORNING) -> Delivery:
    """The channel's digest of that moment, and no other."""
    team.open_due(db, now, 10)
    (delivery,) = [row for row in team_deliveries(db) if not row.subject]
    return delivery


def viewed(db: Database, delivery: Delivery, now: datetime = MORNING) -> TeamView:
    view = team.view(db, WORKSPACE, delivery.id, now)
    assert view is not None
    return view


def test_without_words_it_is_monday_half_past_nine_where_whoever_typed_it_lives(db: Database, cast: Cast) -> None:
    digest = set_up(db, cast)
    assert (digest.weekday, digest.post_time, digest.zone) == (0, time(9, 30), "Europe/Berlin")
    assert (digest.shows_money, digest.is_on, digest.next_digest_at) == (False, True, MORNING)


def test_what_is_not_named_stays(db: Database, cast: Cast) -> None:
    set_up(db, cast, shows_money=True)
    team.set_up(db, cast.ana, CHANNEL, NOW, weekday=3)
    team.set_up(db, cast.ana, CHANNEL, NOW, post_time=time(16, 0))
    digest = team.current(db, WORKSPACE, CHANNEL)
    assert digest is not None
    assert (digest.weekday, digest.post_time, digest.shows_money) == (3, time(16), True)
    assert digest.next_digest_at == datetime(2026, 11, 26, 15, 0, tzinfo=UTC)


def test_switched_off_it_has_no_next_moment(db: Database, cast: Cast) -> None:
    set_up(db, cast)
    done = team.set_up(db, cast.ana, CHANNEL, NOW, is_on=False)
    digest = team.current(db, WORKSPACE, CHANNEL)
    assert digest is not None
    assert (digest.is_on, digest.next_digest_at) == (False, None)
    assert done.change.kind is ChangeKind.TEAM
    assert team.open_due(db, MORNING, 10) == 0


def test_only_who_manages_shows_amounts_in_a_channel(db: Database, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        team.set_up(db, cast.ana, CHANNEL, NOW, shows_money=True)
    assert team.current(db, WORKSPACE, CHANNEL) is None
    team.set_up(db, cast.cleo, CHANNEL, NOW, shows_money=True)
    team.set_up(db, cast.ana, CHANNEL, NOW, shows_money=False)


def test_a_direct_message_is_no_channel(db: Database, cast: Cast) -> None:
    with pytest.raises(InvalidInput) as refused:
        team.set_up(db, cast.ana, "D0ANA", NOW)
    assert refused.value.field == "channel"


@pytest.mark.parametrize("weekday", [-1, 7])
def test_a_day_that_is_none_is_refused(db: Database, cast: Cast, weekday: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        team.set_up(db, cast.ana, CHANNEL, NOW, weekday=weekday)
    assert refused.value.field == "weekday"


def test_the_same_set_up_request_again_writes_nothing(db: Database, cast: Cast) -> None:
    ana = asking(cast.ana, "typed 1")
    team.set_up(db, ana, CHANNEL, NOW)
    before, count = everything(db, cursors=True), change_count(db)
    with pytest.raises(AlreadyDone):
        team.set_up(db, ana, CHANNEL, NOW, weekday=4)
    assert (everything(db, cursors=True), change_count(db)) == (before, count)


def test_two_set_ups_of_one_channel_at_the_same_instant_make_one_digest(db: Database, cast: Cast) -> None:
    for channel in ("C0ONE", "C0TWO", "C0THREE"):
        outcomes = together(
            partial(team.set_up, db, cast.ana, channel, NOW, weekday=1),
            partial(team.set_up, db, cast.cleo, channel, NOW, post_time=time(16)),
        )
        assert errors(outcomes) == []
        digest = team.current(db, WORKSPACE, channel)
        assert digest is not None
        assert (digest.weekday, digest.post_time) == (1, time(16))


def test_a_stalled_deal_is_told_with_how_long_and_whose(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, now=LONG_AGO, value_minor=12_000_00, currency="USD", close_on=date(2026, 11, 1))
    set_up(db, cast)
    delivery = opened(db)
    assert (delivery.state, delivery.recipient_id, delivery.local_on) == (DeliveryState.PENDING, CHANNEL, MONDAY)
    (row,) = viewed(db, delivery).rows
    assert (row.row.name, row.row.owner_name, row.row.stage) == ("Dana Li", "Ana", Stage.NEW)
    assert row.row.labels == (Label.IDLE, Label.AGEING, Label.PAST_CLOSE)
    assert (row.row.active_kind, row.row.active_by, row.row.active_at) == ("added", "Ana", LONG_AGO)
    assert row.row.idle_days == 31  # six weeks and a Monday
    assert row.row.prospect_id == card.prospect.id


def test_a_deal_with_a_step_planned_soon_or_lately_touched_has_not_stalled(db: Database, cast: Cast) -> None:
    planned = added(db, cast.ana, "Planned", now=LONG_AGO)
    verbs.snooze(db, cast.ana, by_prospect(planned), NOW)
    noted = added(db, cast.ana, "Noted", now=LONG_AGO)
    verbs.note(db, cast.ben, by_prospect(noted), NOW)
    for closing in (verbs.won, verbs.lost, verbs.park):
        closing(db, cast.ana, by_prospect(added(db, cast.ana, "Closed", now=LONG_AGO)), NOW)
    assert stalling.stalled_deals(db, known(db, cast.ana), NOW, everybody=True) == ()


def test_the_most_value_for_the_longest_time_comes_first(db: Database, cast: Cast) -> None:
    added(db, cast.ana, "Small", now=LONG_AGO, value_minor=100, currency="USD")
    added(db, cast.ana, "None", now=LONG_AGO - 30 * DAY)
    added(db, cast.ben, "Big", now=LONG_AGO, value_minor=900_000_00, currency="USD")
    added(db, cast.otto, "Ottos", now=LONG_AGO, value_minor=999_000_00, currency="USD")
    found = stalling.stalled_deals(db, known(db, cast.cleo), NOW, everybody=True)
    assert [item.prospect.name for item in found] == ["Big", "Small", "None"]
    assert [item.prospect.name for item in stalling.stalled_deals(db, known(db, cast.ben), NOW)] == ["Big"]


def test_nothing_stalled_is_silence_with_a_reason(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    set_up(db, cast)
    delivery = opened(db)
    assert (delivery.state, delivery.reason, delivery.content) == (DeliveryState.SKIPPED, "nothing stalled", None)


def test_too_late_is_silence_with_a_reason_and_up_to_three_hours_is_not(db: Database, cast: Cast) -> None:
    added(db, cast.ana, now=LONG_AGO)
    set_up(db, cast)
    assert opened(db, MORNING + 3 * HOUR).state is DeliveryState.PENDING
    digest = team.current(db, WORKSPACE, CHANNEL)
    assert digest is not None
    assert digest.next_digest_at == MORNING + 7 * DAY
    team.open_due(db, MORNING + 7 * DAY + 3 * HOUR + MINUTE, 10)
    late = team_deliveries(db)[-1]
    assert (late.state, late.reason) == (DeliveryState.SKIPPED, "more than 3 hours late: it merges into the next")


def test_many_workers_open_one(db: Database, cast: Cast) -> None:
    added(db, cast.ana, now=LONG_AGO)
    set_up(db, cast)
    assert errors(together(*[lambda: team.open_due(db, MORNING, 10)] * 4)) == []
    assert len(team_deliveries(db)) == 1


def test_the_digest_stays_at_its_wall_time_over_a_clock_change(db: Database, cast: Cast) -> None:
    summer = datetime(2026, 10, 19, 7, 30, tzinfo=UTC)
    team.set_up(db, cast.cleo, CHANNEL, summer - DAY)
    for week in range(2):
        digest = team.current(db, WORKSPACE, CHANNEL)
        assert digest is not None
        assert digest.next_digest_at == summer + week * (7 * DAY + HOUR)
        team.open_due(db, digest.next_digest_at, 10)


def test_the_channel_and_its_thread_say_whether_money_is_shown(db: Database, cast: Cast) -> None:
    added(db, cast.ana, now=LONG_AGO, value_minor=1, currency="USD")
    set_up(db, cast, shows_money=True)
    delivery = opened(db)
    assert viewed(db, delivery).shows_money
    outbox.mark_sent(db, delivery, CHANNEL, "1.1", MORNING)
    part = team_deliveries(db)[-1]
    assert (viewed(db, part).shows_money, part.subject) == (True, "U0ANA")


def test_each_owners_part_follows_in_the_thread_once_the_digest_stands(db: Database, cast: Cast) -> None:
    for owner, name in ((cast.ana, "One"), (cast.ana, "Two"), (cast.ben, "Three")):
        added(db, owner, name, now=LONG_AGO)
    set_up(db, cast)
    delivery = opened(db)
    assert len(team_deliveries(db)) == 1
    outbox.mark_sent(db, delivery, CHANNEL, "1.1", MORNING)
    outbox.mark_sent(db, delivery, CHANNEL, "1.1", MORNING)
    parts = {row.subject: viewed(db, row) for row in team_deliveries(db) if row.subject}
    assert {owner: sorted(row.row.name for row in view.rows) for owner, view in parts.items()} == {
        "U0ANA": ["One", "Two"],
        "U0BEN": ["Three"],
    }
    assert all((view.thread_ts, view.owner_id) == ("1.1", owner) for owner, view in parts.items())
    for taken in outbox.take(db, MORNING, 10):
        outbox.mark_sent(db, taken.delivery, CHANNEL, "1.2", MORNING)
    assert len(team_deliveries(db)) == 3


def test_ten_rows_stand_in_the_channel_and_all_of_them_in_the_thread(sqlite_db: Database) -> None:
    db, cast = sqlite_db, gather(sqlite_db)
    for number in range(13):
        added(db, cast.ana, f"Sample {number}", now=LONG_AGO)
    set_up(db, cast)
    view = viewed(db, opened(db))
    assert (len(view.rows), len(view.shown)) == (13, 10)


def test_a_row_shows_what_happened_since_and_the_undo_of_it(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, now=LONG_AGO)
    set_up(db, cast)
    delivery = opened(db)
    verbs.take_over(db, cast.cleo, by_prospect(card), MORNING + MINUTE)
    (row,) = viewed(db, delivery).rows
    assert row.change is not None
    assert row.change.kind is ChangeKind.HANDED_OVER
    assert row.by is not None
    assert (row.by.name, row.row.owner_name) == ("Cleo", "Ana")
    changes.undo(db, cast.cleo, None, MORNING + HOUR)
    (row,) = viewed(db, delivery).rows
    assert (row.change, row.gone) == (None, False)


@pytest.mark.parametrize("name", ["note", "log", "snooze", "won", "lost", "park"])
def test_every_answer_shows(db: Database, cast: Cast, name: str) -> None:
    card = added(db, cast.ana, now=LONG_AGO)
    set_up(db, cast)
    delivery = opened(db)
    done = verbs.ALL[name](db, cast.ana, by_prospect(card), MORNING + MINUTE)
    (row,) = viewed(db, delivery).rows
    assert row.change is not None
    assert row.change.id == done.change.id


def test_a_nudged_row_says_when(db: Database, cast: Cast) -> None:
    one = added(db, cast.ana, "One", now=LONG_AGO)
    added(db, cast.ana, "Two", now=LONG_AGO)
    set_up(db, cast)
    delivery = opened(db)
    handover.nudge(db, cast.ben, by_prospect(one), MORNING + HOUR)
    nudged = {row.row.name: row.nudged_at for row in viewed(db, delivery).rows}
    assert nudged == {"One": MORNING + HOUR, "Two": None}


def test_a_row_whose_adding_was_undone_is_gone(db: Database, cast: Cast) -> None:
    added(db, cast.ana, now=LONG_AGO)
    set_up(db, cast)
    delivery = opened(db)
    changes.undo(db, cast.ana, None, MORNING + HOUR)
    (row,) = viewed(db, delivery).rows
    assert row.gone


def test_a_team_digest_is_not_seen_from_another_workspace(db: Database, cast: Cast) -> None:
    added(db, cast.ana, now=LONG_AGO)
    set_up(db, cast)
    delivery = opened(db)
    assert team.view(db, cast.otto.workspace_id, delivery.id, MORNING) is None
    assert team.current(db, cast.otto.workspace_id, CHANNEL) is None
    team.set_up(db, cast.otto, CHANNEL, NOW, weekday=5)
    kept = team.current(db, WORKSPACE, CHANNEL)
    assert kept is not None
    assert kept.weekday == 0
    assert kept.next_digest_at == MORNING + timedelta(days=7)
