"""Working days at three levels: who may change which, what wins, and what becomes of plans and digests."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial

import pytest
from sqlalchemy import update

from bot.services import calendars, changes, members, touches, working_days
from bot.services.actor import Actor
from bot.services.calendars import Changed, Level, Scope
from bot.services.cards import Card
from bot.services.errors import InvalidInput, NotAllowed
from bot.services.touches import Made
from bot.storage.engine import Database
from bot.storage.tables import Role, steps
from cadences import calendar
from tests.support.cast import DAY, NOW, TODAY, Cast, added, by_prospect, fresh, known, shown, step_of
from tests.support.rows import change_count, everything, forgotten
from tests.support.together import errors, together

MINE, TEAM, WORKSPACE = Scope(), Scope(Level.TEAM), Scope(Level.WORKSPACE)
TUESDAY, WEDNESDAY, THURSDAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)
CHRISTMAS_EVE = date(2026, 12, 24)
SATURDAY = date(2026, 12, 5)


def day_of(db: Database, actor: Actor, card: Card) -> date:
    """The day its next step is on, on its holder's wall."""
    return actor.member.local(step_of(shown(db, actor, card)).due_at).date()


def due_on(db: Database, actor: Actor, on: date, name: str = "Dana Li") -> Card:
    """A prospect whose next step is on a day, and was promised to nobody."""
    card = added(db, actor, name, now=NOW)
    with db.begin() as tx:
        due_at = calendar.resolve(on, time(9), actor.member.calendar.zone)
        tx.execute(update(steps).where(steps.c.id == step_of(card).id).values(due_at=due_at))
    return shown(db, actor, card)


def team_of_two(db: Database, cast: Cast) -> tuple[Actor, Actor]:
    """Ana and Cleo, an admin, in one team."""
    calendars.join_team(db, cast.cleo, "EMEA", NOW)
    calendars.join_team(db, cast.ana, "emea", NOW)
    return fresh(db, cast.ana), fresh(db, cast.cleo)


def test_a_country_makes_its_holidays_free(db: Database, cast: Cast) -> None:
    calendars.set_holidays(db, cast.ana, MINE, "de-by", NOW)
    ana = known(db, cast.ana)
    assert (ana.rules.country, ana.rules.subdivision) == ("DE", "BY")
    assert not calendar.is_workday(date(2027, 1, 6), ana.calendar)
    assert calendar.is_workday(date(2027, 1, 6), known(db, cast.cleo).calendar)


@pytest.mark.parametrize("place", ["atlantis", "de-xx", "!!"])
def test_a_place_nobody_knows_is_refused_in_words_and_changes_nothing(db: Database, cast: Cast, place: str) -> None:
    before = everything(db, cursors=True)
    with pytest.raises(InvalidInput) as refused:
        calendars.set_holidays(db, cast.ana, MINE, place, NOW)
    assert refused.value.example == "holidays de-by"
    assert everything(db, cursors=True) == before


def test_the_nearer_level_wins(db: Database, cast: Cast) -> None:
    ana, cleo = team_of_two(db, cast)
    calendars.add_day_off(db, cleo, WORKSPACE, CHRISTMAS_EVE, "Christmas Eve", NOW)
    assert not calendar.is_workday(CHRISTMAS_EVE, known(db, ana).calendar)
    assert not calendar.is_workday(CHRISTMAS_EVE, known(db, cast.ben).calendar)
    calendars.add_workday(db, cleo, TEAM, CHRISTMAS_EVE, NOW)
    assert calendar.is_workday(CHRISTMAS_EVE, known(db, ana).calendar)
    assert not calendar.is_workday(CHRISTMAS_EVE, known(db, cast.ben).calendar)
    calendars.add_day_off(db, ana, MINE, CHRISTMAS_EVE, "with the children", NOW)
    assert not calendar.is_workday(CHRISTMAS_EVE, known(db, ana).calendar)
    assert calendar.is_workday(CHRISTMAS_EVE, known(db, cleo).calendar)


def test_who_is_in_another_workspace_is_not_concerned(db: Database, cast: Cast) -> None:
    calendars.add_day_off(db, cast.cleo, WORKSPACE, CHRISTMAS_EVE, "Christmas Eve", NOW)
    assert calendar.is_workday(CHRISTMAS_EVE, known(db, cast.otto).calendar)


@pytest.mark.parametrize("scope", [TEAM, WORKSPACE, Scope(Level.TEAM, "EMEA")])
def test_a_rep_changes_nobodys_days_but_her_own(db: Database, cast: Cast, scope: Scope) -> None:
    ana, _ = team_of_two(db, cast)
    count = change_count(db)
    tried: list[Callable[[], Changed]] = [
        lambda: calendars.set_holidays(db, ana, scope, "de", NOW),
        lambda: calendars.add_day_off(db, ana, scope, CHRISTMAS_EVE, "", NOW),
        lambda: calendars.add_workday(db, ana, scope, SATURDAY, NOW),
        lambda: calendars.forget_day(db, ana, scope, SATURDAY, NOW),
    ]
    for change in tried:
        with pytest.raises(NotAllowed):
            change()
    assert change_count(db) == count


def test_a_manager_changes_the_days_of_her_own_team_only(db: Database, cast: Cast) -> None:
    members.set_role(db, cast.cleo, cast.ben.member.id, Role.MANAGER, NOW)
    team_of_two(db, cast)
    ben = fresh(db, cast.ben)
    with pytest.raises(NotAllowed):
        calendars.add_day_off(db, ben, Scope(Level.TEAM, "EMEA"), CHRISTMAS_EVE, "", NOW)
    with pytest.raises(NotAllowed):
        calendars.add_day_off(db, ben, WORKSPACE, CHRISTMAS_EVE, "", NOW)
    calendars.join_team(db, ben, "EMEA", NOW)
    calendars.add_day_off(db, fresh(db, ben), TEAM, CHRISTMAS_EVE, "", NOW)
    assert not calendar.is_workday(CHRISTMAS_EVE, known(db, cast.ana).calendar)


def test_a_team_is_founded_by_a_manager_and_joined_by_anybody(db: Database, cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        calendars.join_team(db, cast.ana, "EMEA", NOW)
    team_of_two(db, cast)
    assert known(db, cast.ana).team == known(db, cast.cleo).team == "emea"
    with pytest.raises(InvalidInput) as refused:
        calendars.join_team(db, cast.ben, "APAC", NOW)
    assert "there is EMEA" in refused.value.why
    calendars.join_team(db, fresh(db, cast.ana), "", NOW)
    assert known(db, cast.ana).team is None


def test_without_a_team_there_are_no_team_days(db: Database, cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        calendars.add_day_off(db, cast.cleo, TEAM, CHRISTMAS_EVE, "", NOW)
    with pytest.raises(InvalidInput):
        calendars.add_day_off(db, cast.cleo, Scope(Level.TEAM, "EMEA"), CHRISTMAS_EVE, "", NOW)


def test_a_step_on_a_day_that_becomes_free_moves_to_the_next_working_day(db: Database, cast: Cast) -> None:
    card = due_on(db, cast.ana, TUESDAY)
    changed = calendars.add_day_off(db, cast.ana, MINE, TUESDAY, "moving house", NOW)
    assert (changed.moves.moved, changed.moves.promised, changed.people) == (1, (), 1)
    assert day_of(db, cast.ana, card) == WEDNESDAY
    assert cast.ana.member.local(step_of(shown(db, cast.ana, card)).due_at).time() == time(9)
    assert forgotten(db, cast.ana.workspace_id) == []


def test_a_promise_stays_and_is_named(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, on=TUESDAY, at=time(10))
    changed = calendars.add_day_off(db, cast.ana, MINE, TUESDAY, "moving house", NOW)
    assert changed.moves.moved == 0
    assert [(p.name, p.company, p.on) for p in changed.moves.promised] == [("Dana Li", "Acme", TUESDAY)]
    assert day_of(db, cast.ana, card) == TUESDAY


def test_a_day_off_for_everybody_moves_everybodys_steps_and_digests(db: Database, cast: Cast) -> None:
    anas, bens = due_on(db, cast.ana, TUESDAY), due_on(db, cast.ben, TUESDAY, "Eli Wu")
    calendars.add_day_off(db, cast.cleo, WORKSPACE, date(2026, 11, 23), "company day", NOW)
    changed = calendars.add_day_off(db, cast.cleo, WORKSPACE, TUESDAY, "company day", NOW)
    assert (changed.moves.moved, changed.people) == (2, 3)
    assert day_of(db, cast.ana, anas) == day_of(db, cast.ben, bens) == WEDNESDAY
    for actor in (cast.ana, cast.ben, cast.cleo):
        planned = known(db, actor).next_digest_at
        assert planned is not None
        assert actor.member.local(planned).date() == WEDNESDAY


def test_more_than_a_day_takes_is_spread_over_the_days_after(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, due_cap=2, new_cap=2)
    cards = [due_on(db, cast.ana, TUESDAY, f"Sample {number}") for number in range(5)]
    calendars.add_day_off(db, fresh(db, cast.ana), MINE, TUESDAY, "", NOW)
    days = sorted(day_of(db, cast.ana, card) for card in cards)
    assert days == [WEDNESDAY, WEDNESDAY, THURSDAY, THURSDAY, date(2026, 11, 27)]


def test_undo_restores_the_days_and_the_steps_exactly(db: Database, cast: Cast) -> None:
    due_on(db, cast.ana, TUESDAY)
    added(db, cast.ana, "Pia Promised", on=TUESDAY, at=time(10))
    due_on(db, cast.ben, TUESDAY, "Eli Wu")
    team_of_two(db, cast)
    cleo = fresh(db, cast.cleo)
    made: list[Callable[[], Changed]] = [
        lambda: calendars.add_day_off(db, cleo, WORKSPACE, TUESDAY, "company day", NOW),
        lambda: calendars.set_holidays(db, cleo, TEAM, "de", NOW),
        lambda: calendars.add_workday(db, cleo, MINE, SATURDAY, NOW),
        lambda: calendars.join_team(db, cleo, "APAC", NOW),
    ]
    for change in made:
        before = everything(db)
        done = change().done
        assert everything(db) != before
        changes.undo(db, cleo, done.change.id, NOW)
        calendars.replan_digests(db, done.change, NOW)
        assert everything(db) == before


def test_undo_plans_everybodys_digest_anew(db: Database, cast: Cast) -> None:
    before = everything(db, cursors=True)
    done = calendars.add_day_off(db, cast.cleo, WORKSPACE, date(2026, 11, 23), "company day", NOW).done
    assert everything(db, cursors=True) != before
    changes.undo(db, cast.cleo, done.change.id, NOW)
    calendars.replan_digests(db, done.change, NOW)
    assert everything(db, cursors=True) == before


def test_a_day_is_forgotten_where_it_was_said(db: Database, cast: Cast) -> None:
    calendars.add_day_off(db, cast.cleo, WORKSPACE, CHRISTMAS_EVE, "Christmas Eve", NOW)
    with pytest.raises(InvalidInput):
        calendars.forget_day(db, cast.cleo, MINE, CHRISTMAS_EVE, NOW)
    calendars.forget_day(db, cast.cleo, WORKSPACE, CHRISTMAS_EVE, NOW)
    assert calendar.is_workday(CHRISTMAS_EVE, known(db, cast.ana).calendar)


def test_a_working_day_gives_way_to_a_day_off_and_back(db: Database, cast: Cast) -> None:
    calendars.add_workday(db, cast.ana, MINE, SATURDAY, NOW)
    assert calendar.is_workday(SATURDAY, known(db, cast.ana).calendar)
    calendars.add_day_off(db, cast.ana, MINE, SATURDAY, "after all", NOW)
    assert not calendar.is_workday(SATURDAY, known(db, cast.ana).calendar)
    calendars.add_workday(db, cast.ana, MINE, SATURDAY, NOW)
    assert known(db, cast.ana).rules.days_off == ()


@pytest.mark.parametrize("on", [date(2026, 11, 19), date(2030, 1, 1)])
def test_days_that_have_passed_or_are_years_away_are_refused(db: Database, cast: Cast, on: date) -> None:
    tried: list[Callable[[], Changed]] = [
        lambda: calendars.add_workday(db, cast.ana, MINE, on, NOW),
        lambda: calendars.add_day_off(db, cast.ana, MINE, on, "", NOW),
    ]
    for add in tried:
        with pytest.raises(InvalidInput):
            add()
    assert change_count(db) == 0


def test_the_same_twice_is_said(db: Database, cast: Cast) -> None:
    calendars.add_day_off(db, cast.ana, MINE, CHRISTMAS_EVE, "", NOW)
    calendars.add_workday(db, cast.ana, MINE, SATURDAY, NOW)
    with pytest.raises(InvalidInput):
        calendars.add_day_off(db, cast.ana, MINE, CHRISTMAS_EVE, "", NOW)
    with pytest.raises(InvalidInput):
        calendars.add_workday(db, cast.ana, MINE, SATURDAY, NOW)


def test_the_view_names_the_level_each_day_comes_from(db: Database, cast: Cast) -> None:
    ana, cleo = team_of_two(db, cast)
    calendars.set_holidays(db, cleo, WORKSPACE, "de", NOW)
    calendars.add_day_off(db, cleo, TEAM, CHRISTMAS_EVE, "Christmas Eve", NOW)
    calendars.add_day_off(db, ana, MINE, date(2026, 12, 23), "half way", NOW)
    view = working_days.view(db, known(db, ana), NOW)
    told = {day.on: (day.level, day.own) for day in view.free}
    assert told[date(2026, 12, 23)] == (Level.MINE, True)
    assert told[CHRISTMAS_EVE] == (Level.TEAM, True)
    assert told[date(2026, 12, 25)] == (Level.WORKSPACE, False)
    assert (view.country, view.country_level) == ("Germany", Level.WORKSPACE)
    assert view.team is not None
    assert (view.team.name, view.may_set_team, view.may_set_workspace) == ("EMEA", False, False)
    assert all(day.on.weekday() < 5 for day in view.free)


def test_fewer_workdays_move_what_stands_on_the_free_ones(db: Database, cast: Cast) -> None:
    card = due_on(db, cast.ana, TUESDAY)
    promised = added(db, cast.ana, "Pia Promised", on=TUESDAY, at=time(10))
    before = everything(db)
    done = members.set_digest(db, cast.ana, NOW, workdays=frozenset({0, 2, 3}))
    assert (done.change.facts["moved"], done.change.facts["promised"]) == (1, [["Pia Promised", "2026-11-24"]])
    assert day_of(db, cast.ana, card) == WEDNESDAY
    assert day_of(db, cast.ana, promised) == TUESDAY
    changes.undo(db, cast.ana, done.change.id, NOW)
    assert everything(db) == before


def test_hours_and_caps_are_kept_and_undone(db: Database, cast: Cast) -> None:
    before = everything(db)
    done = members.set_digest(db, cast.ana, NOW, hours=(time(7, 30), time(16)), due_cap=12, new_cap=3)
    ana = known(db, cast.ana)
    assert (ana.opens_time, ana.closes_time, ana.due_cap, ana.new_cap) == (time(7, 30), time(16), 12, 3)
    changes.undo(db, cast.ana, done.change.id, NOW)
    assert everything(db) == before


@pytest.mark.parametrize(
    "wanted",
    [
        {"hours": (time(18), time(8))},
        {"hours": (time(8), time(8))},
        {"hours": (time(10), time(18))},
        {"due_cap": 0},
        {"new_cap": 0},
        {"due_cap": 100_000},
    ],
)
def test_hours_and_caps_that_can_not_be_are_refused(db: Database, cast: Cast, wanted: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        members.set_digest(db, cast.ana, NOW, **wanted)  # type: ignore[arg-type]
    assert change_count(db) == 0


def test_a_digest_time_outside_the_hours_widens_them(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, digest_time=time(6, 15))
    assert known(db, cast.ana).opens_time == time(6, 15)
    done = members.set_digest(db, fresh(db, cast.ana), NOW, digest_time=time(20))
    assert (known(db, cast.ana).opens_time, known(db, cast.ana).closes_time) == (time(6, 15), time(20))
    assert done.change.facts["closes_time"] == "20:00:00"


def test_the_next_digest_skips_a_company_day(db: Database, cast: Cast) -> None:
    calendars.add_day_off(db, cast.cleo, WORKSPACE, date(2026, 11, 23), "company day", NOW)
    assert known(db, cast.ana).next_digest_at == datetime(2026, 11, 24, 7, 45, tzinfo=UTC)


def test_a_step_due_later_today_moves_when_today_becomes_free(db: Database, cast: Cast) -> None:
    card = due_on(db, cast.ana, TODAY)
    morning = NOW - DAY / 2
    calendars.add_day_off(db, replace(cast.ana), MINE, TODAY, "ill", morning)
    assert day_of(db, cast.ana, card) == date(2026, 11, 23)


def test_a_day_off_and_clicks_at_the_same_instant_leave_everybody_one_next_step(db: Database, cast: Cast) -> None:
    cards = [due_on(db, cast.ana, TUESDAY, f"Sample {number}") for number in range(4)]
    outcomes = together(
        lambda: calendars.add_day_off(db, cast.cleo, WORKSPACE, TUESDAY, "company day", NOW),
        lambda: calendars.add_day_off(db, cast.ana, MINE, TUESDAY, "mine too", NOW),
        *[partial(touches.log, db, cast.ana, by_prospect(card), Made(), NOW) for card in cards],
    )
    assert errors(outcomes) == []
    assert forgotten(db, cast.ana.workspace_id) == []
    assert TUESDAY not in {day_of(db, cast.ana, card) for card in cards}
