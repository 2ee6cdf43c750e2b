"""App Home: what each tab holds, of whom, and that it stays within Slack's limits however much there is."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.services import home, snoozes, touches
from bot.services.home import PAGE_ROWS, Choice, Tab
from bot.services.rows import DUE_AT_MOST
from bot.services.touches import Made
from bot.storage.engine import Database
from bot.views import home as drawn
from bot.views import ids
from cadences.model import Channel, Outcome, Stage
from sandbox import rules
from tests.support.cast import DAY, MONDAY, NOW, TODAY, Cast, added, by_step, gather_again, known
from tests.support.rows import change_count, everything
from tests.views.payloads import view_problems, words_in

MANY = 300
LATER = NOW + 40 * DAY
TABS = [tab for tab in Tab if tab is not Tab.VIEW]
SAMPLE = re.compile(r"\*Sample \d+\*")
EXPECTED = {
    Tab.TODAY: DUE_AT_MOST,
    Tab.STALLED: MANY,
    Tab.SNOOZED: MANY,
    Tab.CADENCES: MANY,
    Tab.WEEK: 0,
    Tab.SETTINGS: 0,
}
"""Rows on all pages: a day is never longer than that."""


def looked(db: Database, cast: Cast, tab: Tab = Tab.TODAY, **choice: object) -> home.Home:
    return home.look(db, cast.ana.member, Choice(tab, **choice), NOW)  # type: ignore[arg-type]


def test_today_holds_what_is_due_and_can_be_narrowed_to_a_stage(db: Database, cast: Cast) -> None:
    added(db, cast.ana, on=TODAY)
    added(db, cast.ana, "Eli Wu", "Beta", on=TODAY, stage=Stage.PROPOSAL)
    assert looked(db, cast).count == 2
    narrowed = looked(db, cast, stage=Stage.PROPOSAL)
    assert narrowed.today is not None
    assert [item.row.name for item in narrowed.today.rows] == ["Eli Wu"]


def test_snoozed_holds_the_snoozed_the_parked_and_nobody_else(db: Database, cast: Cast) -> None:
    dana, eli = added(db, cast.ana, on=TODAY), added(db, cast.ana, "Eli Wu", "Beta", on=TODAY)
    added(db, cast.ana, "Kim Ito", "Gamma", on=TODAY)
    snoozes.snooze(db, cast.ana, by_step(dana), date(2026, 11, 25), None, NOW)
    snoozes.park(db, cast.ana, by_step(eli), date(2027, 3, 1), NOW)
    shown = looked(db, cast, Tab.SNOOZED)
    assert [prospect.name for prospect, _ in shown.listed] == ["Dana Li", "Eli Wu"]
    text = " ".join(words_in(drawn.home(shown, None)))
    assert "snoozed once; next:" in text
    assert "parked until" in text


def test_who_comes_back_later_today_is_snoozed_no_more(db: Database, cast: Cast) -> None:
    dana, eli = added(db, cast.ana, on=TODAY), added(db, cast.ana, "Eli Wu", "Beta", on=TODAY)
    snoozes.snooze(db, cast.ana, by_step(dana), TODAY, time(23, 30), NOW)
    snoozes.snooze(db, cast.ana, by_step(eli), MONDAY, None, NOW)
    assert [prospect.name for prospect, _ in looked(db, cast, Tab.SNOOZED).listed] == ["Eli Wu"]


def test_cadences_say_who_stands_where(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    shown = looked(db, cast, Tab.CADENCES)
    ((key, count),) = (shown.on_cadence or {}).items()
    assert count == 1
    text = " ".join(words_in(drawn.home(shown, None)))
    assert f"step 1 of 3 ({key})" in text


def test_stalled_holds_deals_that_stand_still(db: Database, cast: Cast) -> None:
    added(db, cast.ana, on=TODAY + timedelta(days=120))
    shown = home.look(db, cast.ana.member, Choice(Tab.STALLED), LATER)
    assert [deal.prospect.name for deal in shown.stalled] == ["Dana Li"]
    assert home.look(db, cast.ana.member, Choice(Tab.STALLED, stage=Stage.PROPOSAL), LATER).stalled == ()


def test_the_week_counts_touches_made_and_steps_still_open_by_her_own_days(db: Database, cast: Cast) -> None:
    """NOW is a Friday, 15:00 in Berlin."""
    dana = added(db, cast.ana, on=TODAY)
    added(db, cast.ana, "Eli Wu", "Beta", on=TODAY)
    touches.log(db, cast.ana, by_step(dana), Made(Channel.CALL, Outcome.VOICEMAIL), NOW)
    week = {day.on: (day.done, day.planned) for day in looked(db, cast, Tab.WEEK).week}
    assert len(week) == 7
    assert min(week) == date(2026, 11, 16)
    assert week[TODAY] == (1, 1)


def test_the_night_of_a_clock_change_belongs_to_one_day(db: Database, cast: Cast) -> None:
    before = datetime(2026, 10, 25, 22, 30, tzinfo=UTC)  # Sunday 23:30 in Berlin, the day of 25 hours
    dana = added(db, cast.ana, on=date(2026, 10, 25), now=before - DAY)
    touches.log(db, cast.ana, by_step(dana), Made(Channel.CALL, Outcome.VOICEMAIL), before)
    week = home.look(db, cast.ana.member, Choice(Tab.WEEK), before).week
    assert {day.on: day.done for day in week}[date(2026, 10, 25)] == 1


@pytest.mark.parametrize("tab", TABS)
def test_a_manager_sees_of_a_rep_what_the_rep_sees(db: Database, cast: Cast, tab: Tab) -> None:
    added(db, cast.ana, on=TODAY)
    own = home.look(db, cast.ana.member, Choice(tab), NOW)
    seen = home.look(db, cast.cleo.member, Choice(tab, owner_id="U0ANA"), NOW)
    for part in ("today", "stalled", "listed", "on_cadence", "week", "count"):
        assert getattr(seen, part) == getattr(own, part)


@pytest.mark.parametrize("tab", TABS)
def test_nobody_else_sees_anothers(db: Database, cast: Cast, tab: Tab) -> None:
    added(db, cast.ana, on=TODAY)
    for stranger in (cast.ben, cast.otto):
        seen = home.look(db, stranger.member, Choice(tab, owner_id="U0ANA"), NOW)
        assert seen.owner.id == stranger.member.id
        assert seen.count == 0
        assert "*Dana Li*" not in str(drawn.home(seen, None))
    assert ids.HOME_OWNER not in str(drawn.home(looked(db, cast), None))


def test_a_manager_chooses_among_her_own_workspace(db: Database, cast: Cast) -> None:
    people = home.look(db, cast.cleo.member, Choice(), NOW).people
    assert people == (("U0ANA", "Ana"), ("U0BEN", "Ben"), ("U0CLEO", "Cleo"))
    elsewhere = home.look(db, cast.otto.member, Choice(owner_id="U0ANA"), NOW)
    assert [name for _, name in elsewhere.people] == ["Otto"]
    assert elsewhere.is_own


def test_three_hundred_of_each_stay_within_slacks_limits_and_every_page_is_reached(
    sqlite_db: Database, the_cast: Cast
) -> None:
    """All of them on a cadence and put off; two months later all of them due, and standing still."""
    gather_again(sqlite_db, the_cast)
    for number in range(MANY):
        card = added(sqlite_db, the_cast.ana, f"Sample {number}", f"Firm {number}")
        snoozes.snooze(sqlite_db, the_cast.ana, by_step(card), TODAY + timedelta(days=30), None, NOW)
    for tab in TABS:
        at = NOW if tab in {Tab.SNOOZED, Tab.CADENCES} else NOW + 60 * DAY
        names, count = _paged_through(sqlite_db, the_cast, tab, at)
        assert len(names) == count
        assert count == EXPECTED[tab]


def _paged_through(db: Database, cast: Cast, tab: Tab, at: datetime) -> tuple[set[str], int]:
    """Every page drawn and checked: whose names were met, and how many there should be."""
    names: set[str] = set()
    page, pages, count = 0, 1, 0
    while page < pages:
        shown = home.look(db, cast.cleo.member, Choice(tab, "U0ANA", page=page), at)
        view = drawn.home(shown, None)
        assert view_problems(view) == []
        assert len(view["blocks"]) <= rules.HOME_BLOCKS
        names |= {name for text in words_in(view) for name in SAMPLE.findall(text)}
        pages, count, page = shown.pages, shown.count, page + 1
    return names, count


def test_a_page_that_is_gone_is_the_last_one(db: Database, cast: Cast) -> None:
    for number in range(PAGE_ROWS + 1):
        added(db, cast.ana, f"Sample {number}", None, on=TODAY)
    assert looked(db, cast, page=1).choice.page == 1
    assert looked(db, cast, page=9).choice.page == 1
    view = drawn.home(looked(db, cast, page=1), None)
    assert "Page 2 of 2" in " ".join(words_in(view))


def test_the_guide_is_shown_until_it_was_read(db: Database, cast: Cast) -> None:
    assert "How it works" in str(drawn.home(looked(db, cast), None))
    kept, count = everything(db), change_count(db)
    home.onboarded(db, cast.ana.member, NOW)
    assert known(db, cast.ana).onboarded_at == NOW
    assert "How it works" not in str(drawn.home(looked(db, cast), None))
    assert "How it works" in str(drawn.home(home.look(db, cast.ben.member, Choice(), NOW), None))
    assert change_count(db) == count
    assert {name for name, rows in everything(db).items() if rows != kept[name]} == {"members"}


@pytest.mark.parametrize(
    "choice",
    [
        Choice(),
        Choice(Tab.STALLED, "U0BEN", Stage.NEW, 3),
        Choice(Tab.SETTINGS),
    ],
)
def test_a_choice_survives_the_way_through_slack(choice: Choice) -> None:
    assert drawn.read(drawn.kept(choice)) == choice


@pytest.mark.parametrize("metadata", ["", "gone.u0ana.new.1", "today", "{}", "today.-.-.x", "....."])
def test_what_an_older_home_carried_is_read_as_the_first_tab(metadata: str) -> None:
    assert drawn.read(metadata) == Choice()


def test_an_unknown_press_leaves_the_choice_as_it_is() -> None:
    choice = Choice(Tab.STALLED, page=2)
    assert drawn.turned(choice, ids.WON, "7") == choice
    assert drawn.turned(choice, f"{ids.HOME_TAB}forgotten", "") == Choice()
    assert drawn.turned(choice, ids.HOME_STAGE, drawn.ANY) == Choice(Tab.STALLED)
    assert drawn.turned(choice, ids.HOME_NEXT, "3") == Choice(Tab.STALLED, page=3)
