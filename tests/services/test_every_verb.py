"""What holds for everything that can be done to a prospect, whatever it is."""

import pytest

from bot.services import changes
from bot.services.errors import AlreadyDone, AsksWhy, Closed, DomainError, Gone, MovedOn, NotYours
from bot.services.targets import ByProspect, ByStep
from bot.storage import steps
from bot.storage.engine import Database
from bot.storage.tables import ChangeKind
from cadences.model import Outcome
from tests.support import verbs
from tests.support.cast import HOUR, NOW, WORKSPACE, Cast, added, asking, by_prospect, by_step, shown, step_of
from tests.support.rows import change_count, everything, forgotten
from tests.support.together import errors, together
from tests.support.verbs import ALL, ANYBODYS, OWNERS, STEPPING, Verb


def each(table: dict[str, Verb]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("verb", table.values(), ids=table.keys())


@each(ALL)
def test_the_owner_may(db: Database, cast: Cast, verb: Verb) -> None:
    done = verb(db, cast.ana, by_prospect(added(db, cast.ana)), NOW)
    assert done.change.member_id == cast.ana.member.id
    assert done.change.happened_at == NOW


@each(ALL)
def test_a_manager_may_too_and_the_change_names_her(db: Database, cast: Cast, verb: Verb) -> None:
    done = verb(db, cast.cleo, by_step(added(db, cast.ana)), NOW)
    assert done.change.member_id == cast.cleo.member.id
    assert done.card is not None
    assert done.card.owner.id == cast.ana.member.id


@each(OWNERS)
def test_a_teammate_may_not_and_hears_whose_it_is(db: Database, cast: Cast, verb: Verb) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    with pytest.raises(NotYours) as refused:
        verb(db, cast.ben, by_prospect(card), NOW)
    assert refused.value.owner.id == cast.ana.member.id
    assert everything(db) == before


@each(ANYBODYS)
def test_a_teammate_may_where_it_helps(db: Database, cast: Cast, verb: Verb) -> None:
    assert verb(db, cast.ben, by_prospect(added(db, cast.ana)), NOW).change.member_id == cast.ben.member.id


@each(ALL)
def test_an_outsider_finds_nothing(db: Database, cast: Cast, verb: Verb) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    for target in (by_prospect(card), by_step(card)):
        with pytest.raises(Gone):
            verb(db, cast.otto, target, NOW)
    assert everything(db) == before


@each(ALL)
def test_what_does_not_exist_is_gone(db: Database, cast: Cast, verb: Verb) -> None:
    for target in (ByProspect(404), ByStep(404)):
        with pytest.raises(Gone):
            verb(db, cast.ana, target, NOW)
    assert change_count(db) == 0


@each(ALL)
def test_the_same_request_again_names_the_first_and_writes_nothing(db: Database, cast: Cast, verb: Verb) -> None:
    target, ana = by_prospect(added(db, cast.ana)), asking(cast.ana, "request 1")
    first = verb(db, ana, target, NOW)
    before, count = everything(db, cursors=True), change_count(db)
    with pytest.raises(AlreadyDone) as again:
        verb(db, ana, target, NOW + HOUR)
    assert again.value.change.id == first.change.id
    assert (everything(db, cursors=True), change_count(db)) == (before, count)


@each(ALL)
def test_the_same_request_at_the_same_instant_is_carried_out_once(db: Database, cast: Cast, verb: Verb) -> None:
    target, ana = by_step(added(db, cast.ana)), asking(cast.ana, "request 1")
    before = change_count(db)
    outcomes = together(*[lambda: verb(db, ana, target, NOW)] * 2)
    assert [type(error) for error in errors(outcomes)] == [AlreadyDone]
    assert change_count(db) == before + 1


@each(STEPPING)
def test_a_button_of_an_older_step_hears_who_did_what_since(db: Database, cast: Cast, verb: Verb) -> None:
    card = added(db, cast.ana)
    verbs.log(db, cast.ana, by_step(card), NOW)
    verbs.note(db, cast.ben, by_prospect(card), NOW + HOUR)
    before = everything(db)
    with pytest.raises(MovedOn) as stale:
        verb(db, cast.cleo, by_step(card), NOW + 2 * HOUR)
    assert stale.value.since is not None
    assert stale.value.since.kind is ChangeKind.LOGGED
    assert stale.value.by is not None
    assert stale.value.by.name == "Ana"
    assert everything(db) == before


@each(STEPPING)
def test_a_closed_deal_says_so(db: Database, cast: Cast, verb: Verb) -> None:
    card = added(db, cast.ana)
    verbs.won(db, cast.ana, by_prospect(card), NOW)
    before = everything(db)
    with pytest.raises(Closed) as closed:
        verb(db, cast.ana, by_prospect(card), NOW + HOUR)
    assert closed.value.prospect.name == card.prospect.name
    with pytest.raises(MovedOn) as stale:
        verb(db, cast.ana, by_step(card), NOW + HOUR)
    assert stale.value.since is not None
    assert stale.value.since.kind is ChangeKind.WON
    assert everything(db) == before


@each(STEPPING)
def test_of_two_clicks_on_one_step_one_acts_and_the_other_hears_of_it(db: Database, cast: Cast, verb: Verb) -> None:
    card = added(db, cast.ana)
    before = change_count(db)
    outcomes = together(
        lambda: verb(db, cast.ana, by_step(card), NOW), lambda: verb(db, cast.cleo, by_step(card), NOW + HOUR)
    )
    (refused,) = errors(outcomes)
    assert isinstance(refused, MovedOn)
    assert refused.since is not None
    (done,) = (outcome for outcome in outcomes if not isinstance(outcome, Exception))
    assert refused.since.id == done.change.id
    assert change_count(db) == before + 1
    assert forgotten(db, WORKSPACE) == []


def test_an_old_button_after_an_undo_is_answered(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    logged = verbs.log(db, cast.ana, by_prospect(card), NOW)
    changes.undo(db, cast.ana, logged.change.id, NOW + HOUR)
    assert logged.card is not None
    before = everything(db)
    with pytest.raises((Gone, MovedOn)):
        verbs.log(db, cast.ana, by_step(logged.card), NOW + 2 * HOUR)
    assert everything(db) == before
    assert verbs.log(db, cast.ana, by_step(card), NOW + 2 * HOUR).card is not None


def test_a_refused_action_leaves_its_request_free_for_another_try(db: Database, cast: Cast) -> None:
    card, ana = added(db, cast.ana), asking(cast.ana, "request 1")
    with pytest.raises(DomainError):
        verbs.logging(Outcome.CONNECTED)(db, ana, ByStep(404), NOW)
    assert verbs.log(db, ana, by_step(card), NOW).card is not None


def test_many_snoozes_at_once_are_all_counted(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    outcomes = together(*[lambda: verbs.snooze(db, cast.ana, by_prospect(card), NOW)] * 8)
    assert [type(error) for error in errors(outcomes)] == [AsksWhy] * 6  # from the third on it is asked why
    assert step_of(shown(db, cast.ana, card)).snoozes == 2


def test_many_touches_at_once_each_move_the_cadence_by_one(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    outcomes = together(*[lambda: verbs.log(db, cast.ana, by_prospect(card), NOW)] * 2)
    assert errors(outcomes) == []
    assert step_of(shown(db, cast.ana, card)).number == 3
    with db.read() as tx:
        enrollment = steps.enrollment_of(tx, WORKSPACE, card.prospect.id)
    assert enrollment is not None
    assert enrollment.done_number == 2
