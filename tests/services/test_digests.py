"""The daily digest: one per member and local day, or a reason why not; and how it stands after each click."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot.services import changes, digests, handover, members, outbox, snoozes
from bot.services.actor import Actor, Origin
from bot.services.digests import View
from bot.services.members import Profile
from bot.services.rows import Section
from bot.storage import members as kept_members
from bot.storage.engine import Database
from bot.storage.records import Delivery, record
from bot.storage.tables import DeliveryKind, DeliveryState
from bot.storage.tables import deliveries as table
from cadences.coaching import ReasonKind
from cadences.model import Channel
from language.kept import say_kept
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
    by_prospect,
    gather,
    known,
    step_of,
)
from tests.support.rows import delivery_count
from tests.support.together import errors, together

MORNING = datetime(2026, 11, 23, 7, 45, tzinfo=UTC)
"""Monday 08:45 in Berlin: the digest that Ana gets next."""


def all_deliveries(db: Database, kind: DeliveryKind = DeliveryKind.DAILY) -> list[Delivery]:
    with db.read() as tx:
        rows = tx.execute(select(table).where(table.c.kind == kind).order_by(table.c.id))
        return [record(Delivery, row) for row in rows]


def of_ana(db: Database) -> list[Delivery]:
    """Ana's deliveries."""
    return [row for row in all_deliveries(db) if row.recipient_id == "U0ANA"]


def anas(db: Database) -> Delivery:
    """Ana's only delivery."""
    (delivery,) = of_ana(db)
    return delivery


def viewed(db: Database, delivery: Delivery, now: datetime = MORNING) -> View:
    view = digests.view(db, WORKSPACE, delivery.id, now)
    assert view is not None
    return view


def test_what_is_due_is_opened_once_at_the_members_moment(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, value_minor=12_000_00, currency="USD")
    digests.open_due(db, MORNING - MINUTE, 10)
    assert delivery_count(db) == 0
    digests.open_due(db, MORNING, 10)
    delivery = anas(db)
    assert (delivery.state, delivery.local_on, delivery.reason) == (DeliveryState.PENDING, MONDAY, None)
    (row,) = viewed(db, delivery).rows
    assert (row.row.name, row.row.company, row.row.value_minor) == ("Dana Li", "Acme", 12_000_00)
    assert (row.row.number, row.row.of, row.row.channel) == (1, 3, Channel.EMAIL)
    assert row.row.step_id == step_of(card).id
    assert row.row.reasons[0].kind is ReasonKind.NEVER_TOUCHED


def test_opening_moves_the_next_digest_to_the_next_workday(db: Database, cast: Cast) -> None:
    digests.open_due(db, MORNING, 10)
    assert known(db, cast.ana).next_digest_at == MORNING + DAY


def test_opened_again_at_the_same_instant_nothing_is_added(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    assert digests.open_due(db, MORNING, 10) > 0
    count = delivery_count(db)
    assert digests.open_due(db, MORNING, 10) == 0
    assert delivery_count(db) == count


def test_many_workers_open_one(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    assert errors(together(*[lambda: digests.open_due(db, MORNING, 10)] * 4)) == []
    assert anas(db).state is DeliveryState.PENDING
    assert known(db, cast.ana).next_digest_at == MORNING + DAY


def test_a_digest_moved_to_later_the_same_day_does_not_come_twice(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    digests.open_due(db, MORNING, 10)
    members.set_digest(db, cast.ana, MORNING + HOUR, digest_time=time(11, 0))
    digests.open_due(db, MORNING + 3 * HOUR, 10)
    assert anas(db).local_on == MONDAY
    assert known(db, cast.ana).next_digest_at == datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def test_who_travels_west_after_the_digest_gets_no_second_one_that_day(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    digests.open_due(db, MORNING, 10)
    question = members.told(db, WORKSPACE, Profile("U0ANA", "Ana", "America/New_York"), MORNING + HOUR)
    assert question is not None
    members.answer_zone(db, cast.ana, question, MORNING + HOUR, yes=True)
    assert known(db, cast.ana).next_digest_at == MORNING + DAY + 6 * HOUR
    digests.open_due(db, MORNING + 6 * HOUR, 10)
    assert anas(db).local_on == MONDAY


def test_nothing_due_is_silence_with_a_reason(db: Database, cast: Cast) -> None:
    digests.open_due(db, MORNING, 10)
    delivery = anas(db)
    assert (delivery.state, delivery.reason) == (DeliveryState.SKIPPED, "nothing due")
    assert outbox.take(db, MORNING, 10) == []


def test_a_pause_is_silence_with_a_reason_and_ends_on_its_day(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    members.pause(db, cast.ana, date(2026, 11, 24), NOW)
    digests.open_due(db, MORNING, 10)
    digests.open_due(db, MORNING + DAY, 10)
    paused, back = of_ana(db)
    assert (paused.state, say_kept(paused.reason or "")) == (DeliveryState.SKIPPED, "paused until Tue 24 Nov")
    assert back.state is DeliveryState.PENDING


def silenced(db: Database, **values: object) -> Delivery:
    """Ana's delivery after her row was changed behind the planner's back, as a crash could leave it."""
    with db.begin() as tx:
        kept_members.change(tx, WORKSPACE, "U0ANA", **values)
    digests.open_due(db, MORNING, 10)
    return anas(db)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"digest_on": False}, "switched off"),
        ({"is_deleted": True}, "deactivated in Slack"),
        ({"workdays": frozenset({1})}, "a day off"),
        ({"next_digest_at": MORNING - 3 * HOUR - MINUTE}, "more than 3 hours late: it merges into the next"),
    ],
)
def test_every_other_silence_has_its_reason_too(
    db: Database, cast: Cast, values: dict[str, object], reason: str
) -> None:
    added(db, cast.ana, now=NOW - 5 * DAY)
    delivery = silenced(db, **values)
    assert (delivery.state, delivery.reason) == (DeliveryState.SKIPPED, reason)


@pytest.mark.parametrize("late", [timedelta(0), MINUTE, 3 * HOUR])
def test_up_to_three_hours_late_it_is_still_sent(db: Database, cast: Cast, late: timedelta) -> None:
    added(db, cast.ana)
    digests.open_due(db, MORNING + late, 10)
    delivery = anas(db)
    assert (delivery.state, delivery.local_on) == (DeliveryState.PENDING, MONDAY)
    assert known(db, cast.ana).next_digest_at == MORNING + DAY


def test_after_days_of_standstill_each_missed_day_has_its_reason_and_today_is_in_time(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    while digests.open_due(db, MORNING + 3 * DAY, 10):
        pass
    assert [(row.local_on.day, row.state) for row in of_ana(db)] == [
        (23, DeliveryState.SKIPPED),
        (24, DeliveryState.SKIPPED),
        (25, DeliveryState.SKIPPED),
        (26, DeliveryState.PENDING),
    ]


def test_an_uninstalled_workspace_hears_nothing(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    members.uninstalled(db, WORKSPACE, NOW)
    digests.open_due(db, MORNING + 6 * HOUR, 10)
    assert [row.recipient_id for row in all_deliveries(db)] == ["U0OTTO"]


@pytest.mark.parametrize(
    ("zone", "around", "wanted"),
    [
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30)),  # the hour that is left out
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30)),  # the hour that comes twice
        ("America/New_York", date(2026, 11, 1), time(1, 30)),
        ("America/New_York", date(2026, 3, 8), time(2, 0)),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45)),  # half an hour
        ("Africa/Cairo", date(2026, 4, 24), time(0, 15)),  # midnight is left out
        ("Asia/Tokyo", date(2026, 3, 29), time(8, 45)),
        ("America/St_Johns", date(2026, 11, 1), time(8, 45)),
    ],
)
def test_around_a_clock_change_each_day_has_one_digest_at_the_wanted_wall_time(
    sqlite_db: Database, zone: str, around: date, wanted: time
) -> None:
    begins = datetime(around.year, around.month, around.day, tzinfo=UTC) - 3 * DAY
    members.ensure_workspace(sqlite_db, WORKSPACE, "Sample team", "U0BOT", begins)
    ana = Actor(members.ensure(sqlite_db, WORKSPACE, Profile("U0ANA", "Ana", zone), begins), Origin.FORM)
    members.set_digest(sqlite_db, ana, begins, digest_time=wanted, workdays=frozenset(range(7)))
    for _ in range(6):
        moment = known(sqlite_db, ana).next_digest_at
        assert moment is not None
        count = len(of_ana(sqlite_db))
        digests.open_due(sqlite_db, moment - MINUTE, 10)
        assert len(of_ana(sqlite_db)) == count
        digests.open_due(sqlite_db, moment, 10)
        digests.open_due(sqlite_db, moment + 2 * HOUR, 10)
    days = [row.local_on for row in of_ana(sqlite_db)]
    assert days == [days[0] + number * timedelta(days=1) for number in range(6)]
    walls = {row.local_on: known(sqlite_db, ana).local(row.not_before_at).time() for row in of_ana(sqlite_db)}
    on_the_day = walls.pop(around)
    assert set(walls.values()) == {wanted}
    assert abs(on_the_day.hour * 60 + on_the_day.minute - wanted.hour * 60 - wanted.minute) <= 60


def test_promised_comes_before_overdue_before_today_before_stalled(db: Database, cast: Cast) -> None:
    now = MORNING + 14 * DAY
    today = now.date()
    added(db, cast.ana, "Tom Today", "T", now=now - 3 * DAY)
    overdue = added(db, cast.ana, "Olga Overdue", "O", now=now - 11 * DAY)
    verbs.log(db, cast.ana, by_prospect(overdue), now - 10 * DAY)
    snoozes.snooze(db, cast.ana, by_prospect(overdue), (now - 4 * DAY).date(), None, now - 9 * DAY)
    stalled = added(db, cast.ana, "Stan Stalled", "S", now=now - 20 * DAY)
    snoozes.snooze(db, cast.ana, by_prospect(stalled), (now + 60 * DAY).date(), None, now - 20 * DAY)
    added(db, cast.ana, "Pia Promised", "P", now=now - DAY, on=today, at=time(17, 0))
    added(db, cast.ana, "Later Lars", "L", now=now - DAY, on=today + timedelta(days=1))
    view = digests.my_day(db, known(db, cast.ana), now)
    assert [(row.row.section, row.row.name) for row in view.rows] == [
        (Section.PROMISED, "Pia Promised"),
        (Section.OVERDUE, "Olga Overdue"),
        (Section.TODAY, "Tom Today"),
        (Section.STALLED, "Stan Stalled"),
    ]


def test_only_ones_own_are_in_ones_digest(db: Database, cast: Cast) -> None:
    added(db, cast.ana, "Anas")
    added(db, cast.ben, "Bens")
    added(db, cast.otto, "Ottos")
    names = {
        actor.member.id: [row.row.name for row in digests.my_day(db, actor.member, MORNING + HOUR).rows]
        for actor in (cast.ana, cast.ben, cast.otto)
    }
    assert names == {"U0ANA": ["Anas"], "U0BEN": ["Bens"], "U0OTTO": ["Ottos"]}


def test_seven_are_shown_and_the_rest_are_on_further_pages(sqlite_db: Database) -> None:
    db, cast = sqlite_db, gather(sqlite_db)
    for number in range(30):
        added(db, cast.ana, f"Sample {number:02}", f"Company {number:02}", on=MONDAY)
    digests.open_due(db, MORNING, 10)
    delivery = anas(db)
    seen = []
    for page, (rows, more) in enumerate([(7, 23), (18, 5), (5, 0), (0, 0)]):
        digests.turn_page(db, WORKSPACE, delivery.id, page)
        view = viewed(db, delivery)
        assert (len(view.rows), len(view.shown), view.more) == (30, rows, more)
        seen += [row.row.name for row in view.shown]
    assert seen == [f"Sample {number:02}" for number in range(30)]


def test_a_page_before_the_first_is_the_first(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    digests.open_due(db, MORNING, 10)
    digests.turn_page(db, WORKSPACE, anas(db).id, -3)
    assert viewed(db, anas(db)).page == 0


def test_a_row_turns_into_its_result_and_back(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    added(db, cast.ana, "Eli", "Else")
    digests.open_due(db, MORNING, 10)
    delivery = anas(db)
    assert viewed(db, delivery).done == 0
    done = verbs.log(db, cast.cleo, by_prospect(card), MORNING + HOUR)
    row = next(row for row in viewed(db, delivery).rows if row.row.prospect_id == card.prospect.id)
    assert row.change is not None
    assert (row.change.id, row.change.facts["outcome"], row.is_done) == (done.change.id, "sent", True)
    assert row.by is not None
    assert row.by.name == "Cleo"
    assert row.step == step_of(done.card)
    assert viewed(db, delivery).done == 1
    changes.undo(db, cast.cleo, None, MORNING + 2 * HOUR)
    assert viewed(db, delivery).done == 0


@pytest.mark.parametrize("name", ["snooze", "won", "lost", "park", "log"])
def test_what_answers_a_row_is_done(db: Database, cast: Cast, name: str) -> None:
    card = added(db, cast.ana)
    digests.open_due(db, MORNING, 10)
    verbs.OWNERS[name](db, cast.ana, by_prospect(card), MORNING + HOUR)
    assert viewed(db, anas(db)).done == 1


@pytest.mark.parametrize("name", ["note", "edit"])
def test_a_note_or_an_edit_leaves_the_work_to_be_done(db: Database, cast: Cast, name: str) -> None:
    card = added(db, cast.ana)
    digests.open_due(db, MORNING, 10)
    verbs.ALL[name](db, cast.ana, by_prospect(card), MORNING + HOUR)
    assert viewed(db, anas(db)).done == 0


def test_what_was_done_before_the_digest_is_no_result_of_it(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, now=NOW - 5 * DAY)
    verbs.snooze(db, cast.ana, by_prospect(card), NOW - 4 * DAY)
    digests.open_due(db, datetime(2026, 11, 26, 7, 45, tzinfo=UTC) - 3 * DAY, 10)
    handover.take_over(db, cast.cleo, by_prospect(card), NOW - 3 * DAY)
    assert all(not row.change for row in viewed_all(db))


def viewed_all(db: Database) -> list[digests.RowNow]:
    views = [digests.view(db, row.workspace_id, row.id, MORNING) for row in all_deliveries(db)]
    return [row for view in views if view for row in view.rows]


def test_a_row_whose_adding_was_undone_is_gone(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    digests.open_due(db, MORNING, 10)
    changes.undo(db, cast.ana, None, MORNING + HOUR)
    (row,) = viewed(db, anas(db)).rows
    assert (row.gone, row.is_done) == (True, True)


def test_the_digest_says_what_it_said_whatever_happens_to_the_prospect(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    digests.open_due(db, MORNING, 10)
    verbs.edit(db, cast.ana, by_prospect(card), MORNING + HOUR)
    (row,) = viewed(db, anas(db)).rows
    assert row.row.name == "Dana Li"


def test_only_a_sent_digest_of_today_shows_a_prospect(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    ana = known(db, cast.ana)
    digests.open_due(db, MORNING, 10)
    assert digests.shown_today(db, ana, card.prospect.id, MORNING) == ()
    outbox.mark_sent(db, anas(db), "D1", "1.1", MORNING)
    (shown,) = digests.shown_today(db, ana, card.prospect.id, MORNING)
    assert (shown.channel, shown.ts) == ("D1", "1.1")
    assert digests.shown_today(db, ana, card.prospect.id + 1, MORNING) == ()
    assert digests.shown_today(db, ana, card.prospect.id, MORNING + DAY) == ()


def test_a_digest_is_not_seen_from_another_workspace(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    digests.open_due(db, MORNING, 10)
    delivery = anas(db)
    assert digests.view(db, cast.otto.workspace_id, delivery.id, MORNING) is None
    digests.turn_page(db, cast.otto.workspace_id, delivery.id, 3)
    assert viewed(db, delivery).page == 0


def test_a_delivery_of_another_kind_is_no_digest(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, now=NOW)
    sent = handover.nudge(db, cast.ben, by_prospect(card), NOW)
    assert sent.delivery_id is not None
    assert digests.view(db, WORKSPACE, sent.delivery_id, NOW) is None


def test_a_failed_digest_is_told_in_app_home(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    digests.open_due(db, MORNING, 10)
    assert outbox.unsaid(db, WORKSPACE, "U0ANA") is None
    outbox.mark_failed(db, anas(db), "channel_not_found")
    withheld = outbox.unsaid(db, WORKSPACE, "U0ANA")
    assert withheld is not None
    assert withheld.reason == "channel_not_found"


def test_one_poor_row_does_not_hold_up_the_others(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    added(db, cast.cleo, "Cleos")
    digests.open_due(db, MORNING, 1)
    digests.open_due(db, MORNING, 1)
    digests.open_due(db, MORNING, 1)
    assert {row.recipient_id for row in all_deliveries(db)} == {"U0ANA", "U0CLEO", "U0OTTO"}


def test_my_day_says_what_the_digest_says(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    digests.open_due(db, MORNING, 10)
    assert [row.row for row in digests.my_day(db, known(db, cast.ana), MORNING).rows] == [
        row.row for row in viewed(db, anas(db)).rows
    ]
