"""The small print of a next step: their time, shared hours, what moved it, and their decision date."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.services import calendars, digests, hints, members, snoozes, touches
from bot.services.cards import Card
from bot.services.hints import Hints, Theirs
from bot.services.promises import Wish
from bot.services.rows import Row
from bot.services.touches import Made
from bot.storage.engine import Database
from bot.views import cards as views
from bot.views import hints as words
from bot.views import ids
from cadences.model import Channel, Outcome
from sandbox.screen import elements
from tests.support.cast import DAY, MONDAY, NOW, TODAY, Cast, added, by_prospect, fresh, known, shown, step_of

BERLIN, LISBON, NEW_YORK, LOS_ANGELES, TOKYO = (
    "Europe/Berlin", "Europe/Lisbon", "America/New_York", "America/Los_Angeles", "Asia/Tokyo"
)  # fmt: skip
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def called(db: Database, cast: Cast, name: str = "Dana Li", at: time | None = time(10), **details: Any) -> Card:
    """Somebody who is to be called on Monday."""
    return added(db, cast.ana, name, f"{name} Sample", on=MONDAY, at=at, channel=Channel.CALL, **details)


def told(card: Card, now: datetime = NOW) -> list[str]:
    return words.lines(card.hints, card.viewer, now)


# Their time


def test_a_zone_that_was_set_by_hand_is_their_time(db: Database, cast: Cast) -> None:
    card = called(db, cast, zone=LISBON, phone="+12125550123")
    assert told(card) == ["14:00 for them (Lisbon); both at work 10:00–18:00"]


def test_a_zone_that_only_the_phone_number_tells_is_labelled_so(db: Database, cast: Cast) -> None:
    card = called(db, cast, phone="+12125550123")
    assert card.hints.theirs is not None
    assert (card.hints.theirs.zone, card.hints.theirs.inferred) == (NEW_YORK, True)
    assert told(card) == ["09:00 for them (New York, by their phone number); both at work 15:00–18:00"]


def test_shared_hours_follow_the_day_of_the_step_and_not_today(db: Database, cast: Cast) -> None:
    """In the two weeks in March when New York has summer time and Berlin has not, they are five hours apart."""
    card = added(db, cast.ana, on=date(2027, 3, 17), at=time(16), channel=Channel.CALL, zone=NEW_YORK)
    assert told(card)[0].endswith("both at work 14:00–18:00")


@pytest.mark.parametrize("zone", [LOS_ANGELES, "Pacific/Auckland", "Pacific/Honolulu"])
def test_where_the_days_do_not_meet_it_is_said(db: Database, cast: Cast, zone: str) -> None:
    card = called(db, cast, zone=zone)
    (line,) = told(card)
    met = card.hints.theirs is not None and card.hints.theirs.from_at is not None
    assert line.endswith("no shared hours that day") is not met


def test_their_weekend_is_no_shared_hour(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, workdays=frozenset(range(7)))
    card = added(db, fresh(db, cast.ana), on=date(2026, 11, 21), at=time(10), channel=Channel.CALL, zone=LISBON)
    assert card.hints.theirs == Theirs(LISBON, inferred=False)
    assert told(card)[0].endswith("no shared hours that day")


def test_her_own_hours_bound_the_shared_ones(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, hours=(time(8), time(12)))
    card = called(db, cast, zone=LISBON)
    assert told(shown(db, fresh(db, cast.ana), card)) == ["14:00 for them (Lisbon); both at work 10:00–12:00"]


@pytest.mark.parametrize("details", [{}, {"phone": "+4930123456"}, {"zone": BERLIN}, {"phone": "12345"}])
def test_nothing_is_said_of_a_time_that_is_hers_or_unknown(db: Database, cast: Cast, details: dict[str, Any]) -> None:
    assert called(db, cast, **details).hints.theirs is None


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.LINKEDIN, Channel.MEETING])
def test_their_time_is_said_of_a_call_alone(db: Database, cast: Cast, channel: Channel) -> None:
    assert added(db, cast.ana, on=MONDAY, channel=channel, zone=LISBON).hints.theirs is None


def test_the_words_are_on_the_card_and_in_the_digest(db: Database, cast: Cast) -> None:
    card = called(db, cast, zone=LISBON)
    assert "14:00 for them (Lisbon)" in str(views.card_blocks(card, NOW))
    (row,) = rows(db, cast)
    assert row.hints == card.hints


# The order of calls


def rows(db: Database, cast: Cast, now: datetime = MONDAY_NOON) -> list[Row]:
    return [item.row for item in digests.my_day(db, known(db, cast.ana), now).rows]


def due_call(db: Database, cast: Cast, name: str, zone: str | None = None, channel: Channel = Channel.CALL) -> None:
    """A call that is due on Monday and that nobody promised."""
    card = added(db, cast.ana, name, f"{name} Sample", zone=zone, now=NOW - DAY)
    made = Made(channel, Outcome.NO_ANSWER, retry=Wish(MONDAY))
    touches.log(db, cast.ana, by_prospect(card), made, NOW - timedelta(hours=20))


def test_calls_elsewhere_come_in_the_order_in_which_the_shared_hours_end(db: Database, cast: Cast) -> None:
    """At eight in Berlin: Tokyo goes home at nine, Lisbon at six like Ana; Los Angeles never meets her day."""
    for name, zone in (("Los", "Pacific/Honolulu"), ("Lis", LISBON), ("Tok", TOKYO)):
        due_call(db, cast, name, zone)
    early = datetime(2026, 11, 23, 7, 10, tzinfo=UTC)
    assert [row.name for row in rows(db, cast, early)] == ["Tok", "Lis", "Los"]


def test_once_their_day_is_over_a_call_goes_behind_those_that_can_be_made(db: Database, cast: Cast) -> None:
    for name, zone in (("Tok", TOKYO), ("New", NEW_YORK)):
        due_call(db, cast, name, zone)
    assert [row.name for row in rows(db, cast, MONDAY_NOON)] == ["New", "Tok"]


def test_a_promise_stays_in_front_whatever_time_it_is_for_them(db: Database, cast: Cast) -> None:
    due_call(db, cast, "Lis", LISBON)
    called(db, cast, "Hon", zone="Pacific/Honolulu")
    assert [row.name for row in rows(db, cast)] == ["Hon", "Lis"]


# What moved it


def test_a_step_that_a_full_day_moved_says_from_which_day(db: Database, cast: Cast) -> None:
    hints = Hints(moved_from=date(2026, 11, 26))
    assert words.lines(hints, cast.ana.member, NOW) == ["moved from Thu 26 Nov: that day is full"]


def test_who_is_away_is_said_to_be(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    done = touches.out_of_office(db, cast.ana, by_prospect(card), date(2026, 12, 3), NOW)
    assert done.card is not None
    assert told(done.card) == ["out of office until Thu 3 Dec"]
    snoozed = snoozes.snooze(db, cast.ana, by_prospect(card), date(2026, 12, 10), None, NOW)
    assert snoozed.card is not None
    assert told(snoozed.card) == []


def test_a_second_try_is_said_to_be_one(db: Database, cast: Cast) -> None:
    assert words.lines(Hints(attempt=2), cast.ana.member, NOW) == ["try 2 at this step"]
    assert words.lines(Hints(attempt=1), cast.ana.member, NOW) == []


# Their decision


@pytest.mark.parametrize(("days", "offered"), [(20, False), (24, True), (25, True), (200, True), (-3, False)])
def test_a_decision_far_enough_ahead_is_told_and_waiting_for_it_is_offered(
    db: Database, cast: Cast, days: int, *, offered: bool
) -> None:
    """The next step is on Monday, three days from now."""
    on = TODAY + timedelta(days)
    card = added(db, cast.ana, close_on=on)
    assert (card.hints.decides_on == on) is offered
    labels = [each.label for each in elements(views.card_blocks(card, NOW)) if each.action_id == ids.ALIGN]
    assert len(labels) == offered


def test_once_the_step_waits_for_it_nothing_more_is_offered(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, close_on=date(2027, 4, 15))
    assert told(card) == ["they decide Thu 15 Apr 2027"]
    waiting = snoozes.snooze(db, cast.ana, by_prospect(card), date(2027, 4, 1), None, NOW)
    assert waiting.card is not None
    assert waiting.card.hints.decides_on is None


@pytest.mark.parametrize("later", [DAY * 60, DAY * 10], ids=["decided long ago", "decides in two weeks"])
def test_a_date_that_came_near_or_went_by_while_the_step_lay_overdue_is_not_waited_for(
    db: Database, cast: Cast, later: timedelta
) -> None:
    card = added(db, cast.ana, close_on=TODAY + timedelta(24))
    assert told(card) == ["they decide Mon 14 Dec"]
    assert told(card, NOW + later) == []
    assert not [each for each in elements(views.card_blocks(card, NOW + later)) if each.action_id == ids.ALIGN]


def test_a_promise_is_never_offered_to_wait(db: Database, cast: Cast) -> None:
    assert added(db, cast.ana, on=MONDAY, close_on=date(2027, 4, 15)).hints.decides_on is None


def test_the_day_of_the_step_is_the_one_on_her_wall(db: Database, cast: Cast) -> None:
    """Ana's Tokyo colleague works when it is still yesterday in London."""
    with_tokyo = members.ensure(db, cast.ana.workspace_id, members.Profile("U0AKI", "Aki", TOKYO), NOW)
    aki = fresh(db, type(cast.ana)(with_tokyo, cast.ana.origin))
    members.set_digest(db, aki, NOW, hours=(time(6), time(18)))
    card = added(db, fresh(db, aki), close_on=date(2026, 12, 14))
    step = step_of(snoozes.snooze(db, aki, by_prospect(card), date(2026, 11, 24), time(7), NOW).card)
    assert step.due_at.date() == MONDAY
    with db.read() as tx:
        said = hints.of(tx, card.prospect, step, known(db, aki), TODAY)
    assert said.decides_on is None, "twenty days are not three weeks"


def test_a_holiday_of_hers_leaves_no_shared_hours(db: Database, cast: Cast) -> None:
    card = called(db, cast, zone=LISBON)
    calendars.add_day_off(db, cast.ana, calendars.Scope(), MONDAY, "inventory", NOW)
    now = shown(db, fresh(db, cast.ana), card)
    assert step_of(now).promised
    assert told(now) == ["14:00 for them (Lisbon); no shared hours that day"]
