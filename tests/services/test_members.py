"""Members: what Slack tells of them, what they set, and when that makes the next digest come."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot.services import changes, home, members
from bot.services.errors import AlreadyDone, Gone, InvalidInput, NotAllowed
from bot.services.members import Profile
from bot.storage import tables
from bot.storage.engine import Database
from bot.storage.tables import ChangeKind, DeliveryKind, DeliveryState, Role
from bot.views import home as homes
from cadences.work_calendar import WEEKDAYS
from tests.support.cast import DAY, MONDAY, NOW, TODAY, WORKSPACE, Cast, asking, fresh, known
from tests.support.rows import change_count, delivery_count, everything
from tests.support.together import errors, together
from tests.views.payloads import words_in

MONDAY_DIGEST = datetime(2026, 11, 23, 7, 45, tzinfo=UTC)


def test_a_new_member_gets_her_digest_on_the_next_workday_morning(db: Database, cast: Cast) -> None:
    ana = known(db, cast.ana)
    assert (ana.digest_time, ana.workdays, ana.digest_on) == (time(8, 45), WEEKDAYS, True)
    assert ana.next_digest_at == MONDAY_DIGEST
    assert known(db, cast.ben).next_digest_at == MONDAY_DIGEST + timedelta(hours=6)


def test_slacks_admins_are_ours_and_everybody_else_is_a_rep(db: Database, cast: Cast) -> None:
    assert (known(db, cast.cleo).role, known(db, cast.ana).role) == (Role.ADMIN, Role.REP)
    assert known(db, cast.cleo).may_manage


@pytest.mark.parametrize("zone", [None, "", "Mars/Olympus", "../../etc/passwd", "Europe/../../x"])
def test_a_zone_nobody_knows_becomes_utc(db: Database, cast: Cast, zone: str | None) -> None:
    member = members.ensure(db, WORKSPACE, Profile("U0NEW", "Nia", zone), NOW)
    assert member.zone == "UTC"
    assert member.next_digest_at == datetime(2026, 11, 23, 8, 45, tzinfo=UTC)


def test_a_known_member_keeps_her_settings_and_gets_slacks_news(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, digest_time=time(7, 0))
    member = members.ensure(db, WORKSPACE, Profile("U0ANA", "Ana Maria", "Europe/Berlin", "de-DE"), NOW)
    assert (member.name, member.locale, member.digest_time) == ("Ana Maria", "de-DE", time(7))
    assert member.next_digest_at == datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
    assert known(db, cast.ana) == member


def to_tokyo(db: Database, now: datetime = NOW) -> int | None:
    """Slack says that Ana's clock is in another zone now."""
    return members.told(db, WORKSPACE, Profile("U0ANA", "Ana", "Asia/Tokyo"), now)


def test_another_zone_is_asked_about_and_not_taken(db: Database, cast: Cast) -> None:
    before = everything(db, cursors=True)
    assert to_tokyo(db) is not None
    assert everything(db, cursors=True) == before


def test_with_her_yes_the_digest_follows_her_and_that_can_be_undone(db: Database, cast: Cast) -> None:
    before = everything(db)
    question = to_tokyo(db)
    assert question is not None
    zone, done = members.answer_zone(db, cast.ana, question, NOW, yes=True)
    assert (zone, known(db, cast.ana).zone) == ("Asia/Tokyo", "Asia/Tokyo")
    assert known(db, cast.ana).next_digest_at == datetime(2026, 11, 22, 23, 45, tzinfo=UTC)
    assert done is not None
    changes.undo(db, cast.ana, done.change.id, NOW)
    assert everything(db) == before


def test_with_her_no_nothing_changes(db: Database, cast: Cast) -> None:
    before = everything(db, cursors=True)
    question = to_tokyo(db)
    assert question is not None
    assert members.answer_zone(db, cast.ana, question, NOW, yes=False) == ("Asia/Tokyo", None)
    assert everything(db, cursors=True) == before


def test_nobody_answers_for_her(db: Database, cast: Cast) -> None:
    question = to_tokyo(db)
    assert question is not None
    for other in (cast.ben, cast.cleo, cast.otto):
        with pytest.raises(Gone):
            members.answer_zone(db, other, question, NOW, yes=True)
    with pytest.raises(Gone):
        members.answer_zone(db, cast.ana, question + 1, NOW, yes=True)


def test_hearing_of_the_other_zone_again_that_day_asks_no_second_time(db: Database, cast: Cast) -> None:
    assert to_tokyo(db) is not None
    assert to_tokyo(db, NOW + DAY / 8) is None
    assert delivery_count(db) == 1


def test_the_same_zone_is_not_asked_about_again_for_a_month(db: Database, cast: Cast) -> None:
    assert to_tokyo(db) is not None
    assert to_tokyo(db, NOW + 20 * DAY) is None
    assert to_tokyo(db, NOW + 31 * DAY) is not None


def test_with_the_digest_off_the_zone_stays_and_is_asked_about_when_it_is_on_again(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, digest_on=False)
    to_tokyo(db)
    assert (known(db, cast.ana).zone, zone_questions(db)) == ("Europe/Berlin", [(DeliveryState.SKIPPED, "Asia/Tokyo")])
    shown = home.look(db, known(db, cast.ana), home.Choice(home.Tab.SETTINGS), NOW)
    assert shown.elsewhere == "Asia/Tokyo"
    assert "settings zone Asia/Tokyo" in " ".join(words_in(homes.home(shown, None)))
    members.resume(db, fresh(db, cast.ana), NOW + DAY)
    assert zone_questions(db) == [(DeliveryState.PENDING, "Asia/Tokyo")]
    assert home.look(db, known(db, cast.ana), home.Choice(home.Tab.SETTINGS), NOW).elsewhere is None


def test_during_a_pause_the_question_waits_for_its_end(db: Database, cast: Cast) -> None:
    members.pause(db, cast.ana, MONDAY + timedelta(days=2), NOW)
    to_tokyo(db)
    with db.read() as tx:
        (at,) = tx.execute(select(tables.deliveries.c.not_before_at)).scalars()
    assert at == datetime(2026, 11, 25, 7, 0, tzinfo=UTC)


def test_who_is_back_before_she_was_asked_is_not_asked(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, digest_on=False)
    to_tokyo(db)
    members.told(db, WORKSPACE, Profile("U0ANA", "Ana", "Europe/Berlin"), NOW + DAY)
    members.resume(db, fresh(db, cast.ana), NOW + DAY)
    assert zone_questions(db) == [(DeliveryState.SKIPPED, "Asia/Tokyo")]


def zone_questions(db: Database) -> list[tuple[DeliveryState, str]]:
    with db.read() as tx:
        kept = tables.deliveries.c
        rows = tx.execute(select(kept.state, kept.subject).where(kept.kind == DeliveryKind.ZONE).order_by(kept.id))
        return [(row[0], row[1]) for row in rows]


def test_hearing_the_same_again_changes_nothing(db: Database, cast: Cast) -> None:
    before = everything(db, cursors=True)
    members.ensure(db, WORKSPACE, Profile("U0ANA", "Ana", "Europe/Berlin"), NOW + DAY / 2)
    assert everything(db, cursors=True) == before


def test_somebody_known_at_the_same_instant_twice_is_one_member(db: Database, cast: Cast) -> None:
    outcomes = together(*[lambda: members.ensure(db, WORKSPACE, Profile("U0NEW", "Nia"), NOW)] * 4)
    assert errors(outcomes) == []
    assert len(set(map(str, outcomes))) == 1


def test_people_who_never_used_the_app_are_none_of_our_business(db: Database, cast: Cast) -> None:
    members.told(db, WORKSPACE, Profile("U0NEW", "Nia"), NOW)
    assert members.get(db, WORKSPACE, "U0NEW") is None


def test_a_deactivated_member_has_no_next_digest_until_she_is_back(db: Database, cast: Cast) -> None:
    members.told(db, WORKSPACE, Profile("U0ANA", "Ana", is_deleted=True), NOW)
    assert known(db, cast.ana).next_digest_at is None
    members.told(db, WORKSPACE, Profile("U0ANA", "Ana"), NOW)
    assert known(db, cast.ana).next_digest_at == MONDAY_DIGEST


def test_a_workspace_that_comes_back_is_known_again(db: Database, cast: Cast) -> None:
    members.uninstalled(db, WORKSPACE, NOW)
    gone = members.workspace(db, WORKSPACE)
    assert gone is not None
    assert gone.uninstalled_at == NOW
    members.ensure_workspace(db, WORKSPACE, "New name", "U0BOT2", NOW + DAY)
    back = members.workspace(db, WORKSPACE)
    assert back is not None
    assert (back.uninstalled_at, back.name, back.created_at) == (None, "New name", NOW)


def test_settings_move_the_next_digest(db: Database, cast: Cast) -> None:
    done = members.set_digest(db, cast.ana, NOW, digest_time=time(16, 0), workdays=frozenset({4, 5}))
    ana = known(db, cast.ana)
    assert (ana.digest_time, ana.workdays) == (time(16), frozenset({4, 5}))
    assert ana.next_digest_at == datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    assert (done.change.kind, done.card) == (ChangeKind.SETTINGS, None)


def test_what_is_not_named_stays(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, digest_time=time(16, 0))
    members.set_digest(db, fresh(db, cast.ana), NOW, workdays=frozenset({1}))
    assert known(db, cast.ana).digest_time == time(16)


def test_two_settings_at_the_same_instant_are_both_kept(db: Database, cast: Cast) -> None:
    outcomes = together(
        lambda: members.set_digest(db, cast.ana, NOW, digest_time=time(16, 0)),
        lambda: members.set_digest(db, cast.ana, NOW, workdays=frozenset({1})),
        lambda: members.pause(db, cast.ana, MONDAY, NOW),
    )
    assert errors(outcomes) == []
    ana = known(db, cast.ana)
    assert (ana.digest_time, ana.workdays, ana.paused_until_on) == (time(16), frozenset({1}), MONDAY)


def test_switched_off_there_is_no_next_digest_and_on_again_there_is(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, digest_on=False)
    assert known(db, cast.ana).next_digest_at is None
    members.set_digest(db, cast.ana, NOW, digest_on=True)
    assert known(db, cast.ana).next_digest_at == MONDAY_DIGEST


def test_a_work_week_without_days_is_refused(db: Database, cast: Cast) -> None:
    with pytest.raises(InvalidInput) as refused:
        members.set_digest(db, cast.ana, NOW, workdays=frozenset())
    assert refused.value.field == "days"


def test_the_same_settings_request_again_writes_nothing(db: Database, cast: Cast) -> None:
    ana = asking(cast.ana, "form 1")
    members.set_digest(db, ana, NOW, digest_time=time(16, 0))
    with pytest.raises(AlreadyDone):
        members.set_digest(db, ana, NOW, digest_time=time(17, 0))
    assert known(db, cast.ana).digest_time == time(16)


def test_a_pause_is_kept_and_ended(db: Database, cast: Cast) -> None:
    members.pause(db, cast.ana, MONDAY, NOW)
    assert known(db, cast.ana).paused_until_on == MONDAY
    members.pause(db, cast.ana, None, NOW)
    assert known(db, cast.ana).paused_until_on is None


@pytest.mark.parametrize("until_on", [TODAY, date(2026, 11, 19)])
def test_a_pause_ends_on_a_later_day(db: Database, cast: Cast, until_on: date) -> None:
    with pytest.raises(InvalidInput):
        members.pause(db, cast.ana, until_on, NOW)
    assert change_count(db) == 0


def test_an_admin_makes_somebody_a_manager(db: Database, cast: Cast) -> None:
    members.set_role(db, cast.cleo, cast.ben.member.id, Role.MANAGER, NOW)
    assert known(db, cast.ben).may_manage


def test_nobody_but_an_admin_changes_roles(db: Database, cast: Cast) -> None:
    members.set_role(db, cast.cleo, cast.ben.member.id, Role.MANAGER, NOW)
    for actor in (cast.ana, fresh(db, cast.ben)):
        with pytest.raises(NotAllowed):
            members.set_role(db, actor, cast.ana.member.id, Role.ADMIN, NOW)
    assert known(db, cast.ana).role is Role.REP


def test_an_admin_of_another_workspace_finds_nobody_here(db: Database, cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        members.set_role(db, cast.otto, cast.ana.member.id, Role.ADMIN, NOW)
    assert known(db, cast.ana).role is Role.REP
