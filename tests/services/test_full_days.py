"""A day with more than can be listed: the true number is said, and what matters most is listed."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import update

from bot.services import digests, home, leave, members
from bot.services.digests import View
from bot.services.home import Choice, Tab
from bot.services.rows import DUE_AT_MOST, Section
from bot.storage import prospects as storage
from bot.storage import tables
from bot.storage.engine import Database
from bot.views import digests as drawn
from bot.views import home as homes
from cadences import calendar
from cadences.work_calendar import DUE_A_DAY
from tests.services.test_ignored import send, send_days, view_of
from tests.support.cast import DAY, MONDAY, NOW, TODAY, WORKSPACE, Cast, added, gather_again, known
from tests.views.payloads import message_problems, view_problems, words_in

MORE = 7
MORNING = datetime.combine(MONDAY, time(7, 45), NOW.tzinfo)


@pytest.fixture
def crowd(sqlite_db: Database, the_cast: Cast) -> Cast:
    """The cast, and as many as can be listed are due to Ana on Monday, promised to nobody."""
    gather_again(sqlite_db, the_cast)
    _fill(sqlite_db, the_cast, DUE_AT_MOST)
    return the_cast


def _fill(db: Database, cast: Cast, count: int) -> None:
    for number in range(count):
        added(db, cast.ana, f"Sample {number}", f"Firm {number}", on=TODAY)
    with db.begin() as tx:
        tx.execute(update(tables.steps).values(due_at=MORNING, promised=False))


def _day(db: Database, cast: Cast, at: datetime, page: int = 0) -> View:
    return digests.my_day(db, known(db, cast.ana), at, page)


def test_the_true_number_is_said_where_not_everything_is_listed(sqlite_db: Database, crowd: Cast) -> None:
    _fill(sqlite_db, crowd, MORE)
    day = _day(sqlite_db, crowd, MORNING)
    assert (len(day.rows), day.behind) == (DUE_AT_MOST, MORE)
    message = drawn.digest(day)
    assert f"{DUE_AT_MOST + MORE} follow-ups today" in message.text
    assert f"And {DUE_AT_MOST + MORE - 7} more." in message.text
    assert "wait behind these" not in message.text
    last = drawn.digest(_day(sqlite_db, crowd, MORNING, page=99))
    assert f"{MORE} more wait behind these" in " ".join(words_in(last.blocks))
    assert f"{MORE} more wait behind these" in last.text
    assert message_problems({"text": last.text, "blocks": last.blocks}, []) == []
    shown = home.look(sqlite_db, crowd.ana.member, Choice(Tab.TODAY, page=99), MORNING)
    view = homes.home(shown, None)
    assert f"{MORE} more wait behind these" in " ".join(words_in(view))
    assert view_problems(view) == []


def test_a_promise_has_a_row_however_much_is_older(sqlite_db: Database, crowd: Cast) -> None:
    added(sqlite_db, crowd.ana, "Paula Promised", "Acme", on=MONDAY + timedelta(days=1))
    day = _day(sqlite_db, crowd, MORNING + DAY)
    assert (day.rows[0].row.name, day.rows[0].row.section) == ("Paula Promised", Section.PROMISED)
    assert day.beyond == {Section.OVERDUE: 1}


def test_what_was_ignored_too_often_does_not_hide_the_rest(sqlite_db: Database, crowd: Cast) -> None:
    members.set_digest(sqlite_db, crowd.ana, NOW, due_cap=DUE_AT_MOST)
    send_days(sqlite_db, 3)
    thursday = MORNING + 3 * DAY
    added(sqlite_db, crowd.ana, "Nia New", "Beta", now=thursday - 2 * DAY)
    day = _day(sqlite_db, crowd, thursday)
    assert [item.row.name for item in day.rows] == ["Nia New"]
    assert len(day.ignored) == DUE_AT_MOST


def test_a_digest_has_no_more_rows_than_a_day_takes_and_says_how_many_wait(db: Database, cast: Cast) -> None:
    _fill(db, cast, DUE_A_DAY + MORE)
    added(db, cast.ana, "Paula Promised", "Acme", on=MONDAY, at=time(10))
    digest = _sent(db, cast)
    assert (len(digest.rows), digest.behind, digest.rows[0].row.name) == (DUE_A_DAY, MORE + 1, "Paula Promised")
    first, last = drawn.digest(digest), drawn.digest(replace(digest, page=1))
    assert f"{DUE_A_DAY + MORE + 1} follow-ups today" in first.text
    assert f"{MORE + 1} more wait behind these: `/followup` lists them." in last.text
    assert f"{MORE + 1} more wait behind these: `/followup` lists them." in " ".join(words_in(last.blocks))
    listed = _day(db, cast, MORNING)
    assert (len(listed.rows), listed.behind) == (DUE_A_DAY + MORE + 1, 0)
    assert [item.number for item in listed.rows] == list(range(1, DUE_A_DAY + MORE + 2))
    assert [item.row.step_id for item in digest.rows] == [item.row.step_id for item in listed.rows[:DUE_A_DAY]]


def test_every_promise_has_a_row_however_many_there_are(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, due_cap=2)
    _fill(db, cast, 1)
    for number in range(3):
        added(db, cast.ana, f"Paula {number}", f"Firm {number}", on=MONDAY, at=time(10))
    digest = _sent(db, cast)
    assert [item.row.section for item in digest.rows] == [Section.PROMISED] * 3
    assert digest.beyond == {Section.TODAY: 1}


def _sent(db: Database, cast: Cast) -> View:
    """Ana's digest of Monday."""
    opened = digests.open_now(db, known(db, cast.ana), MORNING)
    assert opened is not None
    view = digests.view(db, WORKSPACE, opened, MORNING)
    assert view is not None
    return view


def test_what_is_due_is_counted_by_what_it_is(db: Database, cast: Cast) -> None:
    for number, on in enumerate((TODAY, TODAY, MONDAY, MONDAY + DAY)):
        added(db, cast.ana, f"Sample {number}", f"Firm {number}", on=on)
    with db.begin() as tx:
        tx.execute(update(tables.steps).where(tables.steps.c.due_at < MORNING).values(promised=False))
        bounds = calendar.day_bounds(MONDAY, cast.ana.member.calendar.zone)
        assert storage.how_many_due(tx, WORKSPACE, cast.ana.member.id, *bounds) == (1, 2, 0)
        tx.execute(update(tables.steps).values(promised=False))
        assert storage.how_many_due(tx, WORKSPACE, cast.ana.member.id, *bounds) == (0, 2, 1)


def test_a_day_that_fits_counts_its_rows(db: Database, cast: Cast) -> None:
    added(db, cast.ana, on=TODAY)
    assert (_day(db, cast, NOW).count, _day(db, cast, NOW).behind) == (1, 0)


def test_after_a_leave_there_is_no_wall_even_for_who_works_none_of_it(sqlite_db: Database, the_cast: Cast) -> None:
    """Two hundred are due in two weeks away: no digest lists more than a day takes, and every one of them is told."""
    db, cast = sqlite_db, the_cast
    gather_again(db, cast)
    _fill(db, cast, 200)
    leave.take(db, cast.ana, MONDAY, MONDAY + 11 * DAY, NOW)
    back = MORNING + 14 * DAY
    asked = []
    for days in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11):
        send(db, back + days * DAY)
        view = view_of(db, cast.ana, back + days * DAY)
        due = digests.my_day(db, known(db, cast.ana), back + days * DAY)
        assert len(view.rows) <= DUE_A_DAY
        assert view.count + len(view.ignored) == due.count + len(due.ignored)
        asked.append(len(view.ignored))
    assert asked[:4] == [0, 0, 0, 20]
    assert asked == sorted(asked)
