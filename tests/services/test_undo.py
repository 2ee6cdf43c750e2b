"""Undo restores exactly what was, or says what moved since and changes nothing."""

from datetime import datetime, time
from functools import partial

import pytest

from bot.services import changes, meetings, members, notes, team
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.details import Details
from bot.services.errors import (
    AlreadyDone,
    DomainError,
    Gone,
    NotAllowed,
    NothingToUndo,
    NotYours,
    UndoConflict,
    UndoneBefore,
)
from bot.services.targets import ByStep
from bot.storage.engine import Database
from bot.storage.tables import ChangeKind, Role
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
    by_step,
    fresh,
    known,
    shown,
    step_of,
)
from tests.support.rows import change_count, everything, forgotten
from tests.support.together import errors, together
from tests.support.verbs import EVERYWHERE, LOGGINGS, ON_A_CADENCE, PARTICULAR


def test_every_verb_in_every_position_leaves_one_next_step_and_is_undone_exactly(db: Database, cast: Cast) -> None:
    cards = verbs.in_every_position(db, cast.ana)
    before = everything(db)
    assert forgotten(db, WORKSPACE) == []
    # What an outcome leads to is decided above the database: one of them is enough to try it.
    tried = EVERYWHERE | LOGGINGS if db.is_sqlite else EVERYWHERE
    for name, verb in tried.items():
        for position, card in cards.items():
            case = f"{name}, {position}"
            done = verb(db, cast.ana, by_prospect(card), NOW)
            assert done.card is not None, case
            assert forgotten(db, WORKSPACE) == [], case
            step = done.card.step
            was = card.step
            stays = step is not None and was is not None and (step.id, step.due_at) == (was.id, was.due_at)
            assert step is None or stays or step.due_at > NOW, case
            undone = changes.undo(db, cast.ana, done.change.id, NOW + MINUTE)
            assert undone.prospect == card.prospect, case
        assert everything(db) == before, name


def test_every_particular_verb_is_undone_exactly_or_changes_nothing_wherever_a_prospect_stands(
    db: Database, cast: Cast
) -> None:
    cards = verbs.in_every_position(db, cast.ana) | verbs.in_every_last_position(db, cast.ana)
    before, worked = everything(db), set()
    for name, verb in (ON_A_CADENCE | PARTICULAR).items():
        for position, card in cards.items():
            try:
                done = verb(db, cast.cleo, by_prospect(card), NOW)
            except DomainError:
                assert everything(db) == before, f"{name}, {position}"
                continue
            worked.add(name)
            assert forgotten(db, WORKSPACE) == [], f"{name}, {position}"
            undone = changes.undo(db, cast.cleo, done.change.id, NOW + MINUTE)
            assert undone.prospect == card.prospect, f"{name}, {position}"
        assert everything(db) == before, name
    assert worked == {*ON_A_CADENCE, *PARTICULAR}


def test_an_added_prospect_is_gone_after_its_undo(db: Database, cast: Cast) -> None:
    before = everything(db)
    card = added(db, cast.ana, note="met at the fair", on=MONDAY)
    undone = changes.undo(db, cast.ana, None, NOW + MINUTE)
    assert undone.change.kind is ChangeKind.ADDED
    assert undone.prospect is None
    assert undone.prospect_id == card.prospect.id
    assert everything(db) == before


def test_a_number_is_not_given_to_another_after_an_undo(db: Database, cast: Cast) -> None:
    old = added(db, cast.ana)
    changes.undo(db, cast.ana, None, NOW + MINUTE)
    new = added(db, cast.ana, "Eve Else", "Elsewhere Sample")
    assert new.prospect.id != old.prospect.id
    assert step_of(new).id != step_of(old).id
    with pytest.raises(Gone):
        verbs.log(db, cast.ana, by_step(old), NOW + HOUR)


def test_a_take_over_is_undone_exactly(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    done = verbs.take_over(db, cast.cleo, by_prospect(card), NOW)
    assert shown(db, cast.ana, card).owner.name == "Cleo"
    changes.undo(db, cast.cleo, done.change.id, NOW + MINUTE)
    assert everything(db) == before


def paused_until_monday(db: Database, actor: Actor, now: datetime) -> Done:
    return members.pause(db, actor, MONDAY, now)


def test_settings_are_undone_exactly_the_next_digest_included(db: Database, cast: Cast) -> None:
    before = everything(db, cursors=True)
    for change_them in (
        partial(members.set_digest, digest_time=time(7, 30), workdays=frozenset({0, 2})),
        partial(members.set_digest, digest_on=False),
        paused_until_monday,
    ):
        done = change_them(db, cast.ana, NOW)
        changes.undo(db, cast.ana, done.change.id, NOW)
        members.replan_digest(db, WORKSPACE, cast.ana.member.id, NOW)
        assert everything(db, cursors=True) == before


def test_a_role_is_undone_exactly(db: Database, cast: Cast) -> None:
    before = everything(db)
    done = members.set_role(db, cast.cleo, cast.ben.member.id, Role.MANAGER, NOW)
    assert known(db, cast.ben).role is Role.MANAGER
    changes.undo(db, cast.cleo, done.change.id, NOW)
    assert everything(db) == before


def test_a_team_set_up_is_undone_exactly(db: Database, cast: Cast) -> None:
    before = everything(db, cursors=True)
    first = team.set_up(db, cast.ana, "C0DEALS", NOW)
    between = everything(db, cursors=True)
    second = team.set_up(db, cast.cleo, "C0DEALS", NOW, weekday=3, post_time=time(16), shows_money=True)
    changes.undo(db, cast.cleo, second.change.id, NOW)
    team.replan(db, WORKSPACE, "C0DEALS", NOW)
    assert everything(db, cursors=True) == between
    changes.undo(db, cast.ana, first.change.id, NOW)
    assert everything(db, cursors=True) == before


def test_plain_undo_takes_back_ones_own_changes_from_the_newest_to_the_first(db: Database, cast: Cast) -> None:
    states = [everything(db)]
    card = added(db, cast.ana)
    for number, verb in enumerate((verbs.note, verbs.log, verbs.snooze, verbs.edit, verbs.park, verbs.won)):
        states.append(everything(db))
        verb(db, cast.ana, by_prospect(card), NOW + number * HOUR)
    while states:
        changes.undo(db, cast.ana, None, NOW + DAY)
        assert everything(db) == states.pop()
    with pytest.raises(NothingToUndo):
        changes.undo(db, cast.ana, None, NOW + DAY)


def test_plain_undo_never_takes_back_what_others_did(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    verbs.note(db, cast.ben, by_prospect(card), NOW)
    with pytest.raises(NothingToUndo):
        changes.undo(db, cast.cleo, None, NOW)
    assert changes.history(db, cast.cleo) == []
    (last,) = changes.history(db, cast.ben)
    assert last.kind is ChangeKind.NOTED


def test_a_conflict_names_the_later_change_and_who_made_it(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    logged = verbs.log(db, cast.ana, by_prospect(card), NOW)
    later = verbs.snooze(db, cast.cleo, by_prospect(card), NOW + HOUR)
    before, count = everything(db), change_count(db)
    with pytest.raises(UndoConflict) as conflict:
        changes.undo(db, cast.ana, logged.change.id, NOW + 2 * HOUR)
    assert conflict.value.since is not None
    assert conflict.value.since.id == later.change.id
    assert conflict.value.by is not None
    assert conflict.value.by.name == "Cleo"
    assert (everything(db), change_count(db)) == (before, count)


def test_once_the_later_change_is_taken_back_the_earlier_one_can_be(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    logged = verbs.log(db, cast.ana, by_prospect(card), NOW)
    later = verbs.snooze(db, cast.cleo, by_prospect(card), NOW + HOUR)
    changes.undo(db, cast.cleo, later.change.id, NOW + 2 * HOUR)
    changes.undo(db, cast.ana, logged.change.id, NOW + 2 * HOUR)
    assert everything(db) == before


def test_a_later_change_of_other_rows_is_no_conflict_and_stays(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    snoozed = verbs.snooze(db, cast.ana, by_prospect(card), NOW)
    notes.add(db, cast.ben, by_prospect(card), "wants SSO", NOW + HOUR)
    changes.undo(db, cast.ana, snoozed.change.id, NOW + 2 * HOUR)
    now = shown(db, cast.ana, card)
    assert now.step == card.step
    assert now.prospect.active_by == cast.ben.member.id


def test_an_added_prospect_somebody_wrote_about_is_not_lost_by_an_undo(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    notes.add(db, cast.ben, by_prospect(card), "wants SSO", NOW + HOUR)
    before = everything(db)
    with pytest.raises(UndoConflict) as conflict:
        changes.undo(db, cast.ana, None, NOW + 2 * HOUR)
    assert conflict.value.by is not None
    assert conflict.value.by.name == "Ben"
    assert everything(db) == before


def test_what_was_written_in_the_same_instant_is_not_lost_either(db: Database, cast: Cast) -> None:
    met = meetings.met(db, cast.ana, Details("Hal Ito", "Epsilon"), "wants SSO", NOW)
    assert met.card is not None
    meetings.recap(db, cast.ana, met.card.prospect.id, ["budget in March"], NOW)
    with pytest.raises(UndoConflict):
        changes.undo(db, cast.ana, met.change.id, NOW)


def test_undoing_twice_says_when_it_was_undone(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    done = verbs.log(db, cast.ana, by_prospect(card), NOW)
    changes.undo(db, cast.ana, done.change.id, NOW + HOUR)
    before, count = everything(db), change_count(db)
    with pytest.raises(UndoneBefore) as undone:
        changes.undo(db, cast.ana, done.change.id, NOW + 2 * HOUR)
    assert undone.value.at == NOW + HOUR
    assert (everything(db), change_count(db)) == (before, count)


def test_of_two_undos_at_the_same_instant_one_acts(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    done = verbs.log(db, cast.ana, by_prospect(card), NOW)
    outcomes = together(*[lambda: changes.undo(db, cast.ana, done.change.id, NOW + HOUR)] * 2)
    assert [type(error) for error in errors(outcomes)] == [UndoneBefore]
    assert everything(db) == before


def test_an_undo_and_a_click_at_the_same_instant_are_one_after_the_other(db: Database, cast: Cast) -> None:
    for number in range(3):
        card = added(db, cast.ana, f"Sam {number}", f"Sample {number}")
        done = verbs.log(db, cast.ana, by_prospect(card), NOW)
        undone, _ = together(
            partial(changes.undo, db, cast.ana, done.change.id, NOW + HOUR),
            partial(verbs.log, db, cast.cleo, by_prospect(card), NOW + 2 * HOUR),
        )
        expected = (changes.Undone, UndoConflict)
        assert isinstance(undone, expected)
        assert forgotten(db, WORKSPACE) == []
        number_now = 2 if isinstance(undone, changes.Undone) else 3
        assert step_of(shown(db, cast.ana, card)).number == number_now


def test_the_same_undo_request_again_writes_nothing(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    verbs.log(db, cast.ana, by_prospect(card), NOW)
    ana = asking(cast.ana, "undo 1")
    changes.undo(db, ana, None, NOW + HOUR)
    before, count = everything(db), change_count(db)
    with pytest.raises(AlreadyDone):
        changes.undo(db, ana, None, NOW + HOUR)
    assert (everything(db), change_count(db)) == (before, count)


def test_an_undo_itself_is_not_undone(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    done = verbs.log(db, cast.ana, by_prospect(card), NOW)
    changes.undo(db, cast.ana, done.change.id, NOW + HOUR)
    with pytest.raises(Gone):
        changes.undo(db, cast.ana, done.change.id + 1, NOW + HOUR)


def test_a_stranger_may_not_undo_and_hears_whose_it_is(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    done = verbs.log(db, cast.ana, by_prospect(card), NOW)
    before = everything(db)
    with pytest.raises(NotYours) as refused:
        changes.undo(db, cast.ben, done.change.id, NOW + HOUR)
    assert refused.value.owner.name == "Ana"
    assert everything(db) == before


def test_an_outsider_can_undo_nothing(db: Database, cast: Cast) -> None:
    done = verbs.log(db, cast.ana, by_prospect(added(db, cast.ana)), NOW)
    before = everything(db)
    with pytest.raises(Gone):
        changes.undo(db, cast.otto, done.change.id, NOW + HOUR)
    assert everything(db) == before


def test_the_owner_may_undo_what_others_did_to_her_prospect(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    done = verbs.snooze(db, cast.cleo, by_prospect(card), NOW)
    undone = changes.undo(db, cast.ana, done.change.id, NOW + HOUR)
    assert undone.change.member_id == cast.cleo.member.id
    assert everything(db) == before


def test_a_manager_may_undo_what_a_rep_did(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    done = verbs.lost(db, cast.ana, by_prospect(card), NOW)
    changes.undo(db, cast.cleo, done.change.id, NOW + HOUR)
    assert everything(db) == before


def test_a_manager_who_is_no_admin_does_not_bring_a_role_back(db: Database, cast: Cast) -> None:
    members.set_role(db, cast.cleo, cast.ben.member.id, Role.MANAGER, NOW)
    made = members.set_role(db, cast.cleo, cast.ana.member.id, Role.ADMIN, NOW)
    taken = members.set_role(db, cast.cleo, cast.ana.member.id, Role.REP, NOW)
    ben = fresh(db, cast.ben)
    for change in (taken.change, made.change):
        with pytest.raises(NotAllowed):
            changes.undo(db, ben, change.id, NOW)
    assert known(db, cast.ana).role is Role.REP


def test_somebody_elses_settings_are_not_undone_by_a_teammate(db: Database, cast: Cast) -> None:
    done = members.set_digest(db, cast.ana, NOW, digest_on=False)
    with pytest.raises(NotAllowed):
        changes.undo(db, cast.ben, done.change.id, NOW)
    assert known(db, cast.ana).digest_on is False


def test_after_an_undo_the_same_button_works_again(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    target, ana = ByStep(step_of(card).id), asking(cast.ana, "click 1")
    changes.undo(db, cast.ana, verbs.log(db, ana, target, NOW).change.id, NOW + HOUR)
    assert verbs.log(db, ana, target, NOW + 2 * HOUR).card is not None
