"""Several rows answered at once: all or none, one change, one undo that restores every row exactly."""

from collections.abc import Callable
from functools import partial

import pytest

from bot.services import batch, changes, closing, contact, digests, notes, snoozes, touches
from bot.services.actor import Actor
from bot.services.batch import Act, Answer, Refused
from bot.services.cards import Card, Done
from bot.services.errors import (
    AlreadyDone,
    DoNotContactStands,
    Gone,
    InvalidInput,
    MovedOn,
    NotAllowed,
    NotYours,
    UndoConflict,
    UndoneBefore,
)
from bot.services.targets import ByStep, Target
from bot.services.touches import Made
from bot.storage.engine import Database
from bot.storage.tables import ChangeKind
from cadences.model import Channel, LostReason, Outcome, Stage
from tests.support import verbs
from tests.support.cast import DAY, HOUR, MINUTE, MONDAY, NOW, Cast, added, asking, by_prospect, shown, step_of
from tests.support.rows import change_count, everything
from tests.support.together import together

DUE = NOW + 3 * DAY
"""The Monday on which all three are due."""


def no_answer(db: Database, actor: Actor, target: Target, now: object) -> Done:
    return touches.log(db, actor, target, Made(Channel.CALL, Outcome.NO_ANSWER), now)  # type: ignore[arg-type]


ACTS: dict[str, Act] = {**verbs.EVERYWHERE, "no answer": no_answer}


def three(db: Database, cast: Cast) -> list[Card]:
    """Three who are due on Monday, in the order of their rows in Ana's list."""
    names = (("Dana Li", "Acme"), ("Sam Sample", "Sample Ltd"), ("Pia Probe", "Probeco"))
    cards = {each.prospect.id: each for each in (added(db, cast.ana, *name, on=MONDAY) for name in names)}
    return [cards[item.row.prospect_id] for item in digests.my_day(db, cast.ana.member, DUE).rows]


def refused(db: Database, act: Callable[[], object]) -> Refused:
    """The refusal, which changed nothing."""
    before, made = everything(db), change_count(db)
    with pytest.raises(Refused) as told:
        act()
    assert (everything(db), change_count(db)) == (before, made)
    return told.value


def answers(*said: tuple[int, Act]) -> list[Answer]:
    return [Answer(number, act) for number, act in said]


def test_each_row_gets_its_answer_and_one_undo_takes_all_back(db: Database, cast: Cast) -> None:
    cards = three(db, cast)
    before = everything(db)
    said = answers((1, no_answer), (2, verbs.park), (3, verbs.won))

    answered = batch.answer(db, cast.ana, said, DUE)

    stages = [shown(db, cast.ana, card).prospect.stage for card in cards]
    assert stages == [Stage.WORKING, Stage.PARKED, Stage.WON]
    assert [number for number, _ in answered.parts] == [1, 2, 3]
    assert (answered.change.kind, answered.change.facts["count"]) == (ChangeKind.BATCH, 3)
    undone = changes.undo(db, cast.ana, None, DUE + MINUTE)
    assert everything(db) == before
    assert {card.prospect.id for card in undone.others} == {card.prospect.id for card in cards}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_what_a_verb_does_alone_it_does_in_a_batch(db: Database, cast: Cast, act: Act) -> None:
    """The same rows as if it had been done by itself, and undone exactly."""
    three(db, cast)
    before = everything(db)
    done = act(db, cast.ana, ByStep(_first_step(db, cast)), DUE)
    alone = _without_numbers(everything(db))
    changes.undo(db, cast.ana, done.change.id, DUE + MINUTE)
    batch.answer(db, cast.ana, answers((1, act)), DUE)
    assert _without_numbers(everything(db)) == alone
    changes.undo(db, cast.ana, None, DUE + MINUTE)
    assert everything(db) == before


def test_one_bad_part_and_nothing_is_changed_and_every_bad_part_is_named(db: Database, cast: Cast) -> None:
    three(db, cast)
    past = partial(snoozes.snooze, on=MONDAY - 7 * DAY, at=None)
    said = answers((1, no_answer), (2, lambda db, actor, target, now: past(db, actor, target, now=now)), (9, verbs.won))
    told = refused(db, lambda: batch.answer(db, cast.ana, said, DUE))
    assert [number for number, _ in told.problems] == [2, 9]
    assert all(isinstance(why, InvalidInput) for _, why in told.problems)


def test_who_moved_on_since_is_named_and_nothing_is_changed(db: Database, cast: Cast) -> None:
    cards = three(db, cast)
    verbs.log(db, cast.cleo, by_prospect(cards[1]), DUE)
    told = refused(db, lambda: batch.answer(db, cast.ana, answers((1, no_answer), (2, verbs.won)), DUE + MINUTE))
    ((number, why),) = told.problems
    assert isinstance(why, MovedOn)
    assert (number, why.prospect.id, why.by and why.by.id) == (2, cards[1].prospect.id, cast.cleo.member.id)


def test_a_row_answered_twice_is_refused(db: Database, cast: Cast) -> None:
    three(db, cast)
    told = refused(db, lambda: batch.answer(db, cast.ana, answers((1, no_answer), (1, verbs.note)), DUE))
    assert [number for number, _ in told.problems] == [1]


def test_without_a_list_there_are_no_numbers(db: Database, cast: Cast) -> None:
    added(db, cast.ana, on=MONDAY)
    refused(db, lambda: batch.answer(db, cast.ana, answers((1, no_answer)), DUE))


def test_numbers_stay_the_same_all_day_and_new_rows_take_the_next_ones(db: Database, cast: Cast) -> None:
    cards = three(db, cast)
    verbs.won(db, cast.ana, by_prospect(cards[0]), DUE)
    late = added(db, cast.ana, "Nia New", "Newco", on=MONDAY, now=DUE)
    day = digests.my_day(db, cast.ana.member, DUE + HOUR)
    numbers = {item.row.prospect_id: item.number for item in day.rows}
    assert numbers == {cards[1].prospect.id: 2, cards[2].prospect.id: 3, late.prospect.id: 4}


def test_the_numbers_of_the_digest_go_before_those_of_the_list(db: Database, cast: Cast) -> None:
    """Ana looks at her list, then somebody more pressing is added, then her digest comes."""
    cards = three(db, cast)
    verbs.won(db, cast.ana, by_prospect(cards[0]), DUE)
    delivery = digests.open_now(db, cast.ana.member, DUE + MINUTE)
    assert delivery is not None
    view = digests.view(db, cast.ana.workspace_id, delivery, DUE + MINUTE)
    assert view is not None
    assert [(item.number, item.row.prospect_id) for item in view.rows] == [
        (1, cards[1].prospect.id),
        (2, cards[2].prospect.id),
    ]
    batch.answer(db, cast.ana, answers((1, verbs.won)), DUE + HOUR)
    assert shown(db, cast.ana, cards[1]).prospect.stage is Stage.WON


def test_yesterdays_numbers_mean_nothing_today(db: Database, cast: Cast) -> None:
    three(db, cast)
    refused(db, lambda: batch.answer(db, cast.ana, answers((1, no_answer)), DUE + DAY))


def test_an_answered_row_of_the_digest_shows_its_result_and_its_undo_is_that_of_all(db: Database, cast: Cast) -> None:
    three(db, cast)
    before = everything(db)
    delivery = digests.open_now(db, cast.ana.member, DUE)
    assert delivery is not None
    batch.answer(db, cast.ana, answers((1, no_answer), (2, verbs.lost)), DUE + MINUTE)
    view = digests.view(db, cast.ana.workspace_id, delivery, DUE + HOUR)
    assert view is not None
    first = view.rows[0].change
    assert [item.is_done for item in view.rows] == [True, True, False]
    assert first is not None
    assert (first.kind, first.facts["outcome"]) == (ChangeKind.LOGGED, "no_answer")

    undone = changes.undo(db, cast.ana, first.id, DUE + HOUR)

    assert undone.change.kind is ChangeKind.BATCH
    assert _without_cursor(everything(db)) == _without_cursor(before)
    view = digests.view(db, cast.ana.workspace_id, delivery, DUE + HOUR)
    assert view is not None
    assert not any(item.is_done for item in view.rows)
    with pytest.raises(UndoneBefore):
        changes.undo(db, cast.ana, first.id, DUE + HOUR)


def test_history_and_undo_speak_of_it_as_one(db: Database, cast: Cast) -> None:
    three(db, cast)
    batch.answer(db, cast.ana, answers((1, no_answer), (2, verbs.lost)), DUE)
    assert changes.history(db, cast.ana)[0].kind is ChangeKind.BATCH
    assert [each.kind for each in changes.history(db, cast.ana)].count(ChangeKind.LOGGED) == 0


def test_a_batch_that_was_built_on_is_not_undone(db: Database, cast: Cast) -> None:
    cards = three(db, cast)
    batch.answer(db, cast.ana, answers((1, no_answer), (2, verbs.park)), DUE)
    verbs.won(db, cast.ana, by_prospect(cards[0]), DUE + MINUTE)
    before = everything(db)
    whole = changes.history(db, cast.ana)[1]
    with pytest.raises(UndoConflict):
        changes.undo(db, cast.ana, whole.id, DUE + HOUR)
    assert everything(db) == before


def test_the_same_request_twice_is_done_once(db: Database, cast: Cast) -> None:
    three(db, cast)
    ana = asking(cast.ana, "typed-1")
    batch.answer(db, ana, answers((1, no_answer), (2, verbs.park)), DUE)
    before = everything(db)
    with pytest.raises((AlreadyDone, Refused)):
        batch.answer(db, ana, answers((1, no_answer), (2, verbs.park)), DUE)
    assert everything(db) == before


def test_numbers_are_everybodys_own(db: Database, cast: Cast) -> None:
    """Ben has no list; Otto is somewhere else."""
    three(db, cast)
    for stranger in (cast.ben, cast.otto):
        refused(db, lambda: batch.answer(db, stranger, answers((1, verbs.won)), DUE))  # noqa: B023 - called at once


def test_what_was_handed_over_since_is_refused_as_somebody_elses(db: Database, cast: Cast) -> None:
    cards = three(db, cast)
    verbs.take_over(db, cast.cleo, by_prospect(cards[0]), DUE)
    told = refused(db, lambda: batch.answer(db, cast.ana, answers((1, verbs.won)), DUE + MINUTE))
    assert isinstance(told.problems[0][1], NotYours | MovedOn)


def test_only_a_manager_takes_back_what_somebody_else_did_together(db: Database, cast: Cast) -> None:
    three(db, cast)
    before = everything(db)
    answered = batch.answer(db, cast.ana, answers((1, no_answer), (2, verbs.park)), DUE)
    part = answered.parts[0][1].change.id
    for change_id in (answered.change.id, part):
        with pytest.raises(NotAllowed):
            changes.undo(db, cast.ben, change_id, DUE)
        with pytest.raises(Gone):
            changes.undo(db, cast.otto, change_id, DUE)
    changes.undo(db, cast.cleo, part, DUE)
    assert everything(db) == before


def test_a_do_not_contact_in_a_batch_is_as_final_as_alone(db: Database, cast: Cast) -> None:
    three(db, cast)

    def stop(db: Database, actor: Actor, target: Target, now: object) -> Done:
        return contact.stop(db, actor, target, "", now)  # type: ignore[arg-type]

    answered = batch.answer(db, cast.ana, answers((1, stop), (2, no_answer)), DUE)
    with pytest.raises(DoNotContactStands):
        changes.undo(db, cast.ana, answered.change.id, DUE + 2 * HOUR)
    changes.undo(db, cast.ana, answered.change.id, DUE + MINUTE)


def test_two_batches_at_the_same_instant_do_not_wait_for_each_other(db: Database, cast: Cast) -> None:
    """Ana answers her rows in one order, and once more in the other: one of the two is told that it was done."""
    three(db, cast)
    forwards, backwards = answers((1, no_answer), (2, no_answer)), answers((2, verbs.park), (1, verbs.park))
    outcomes = together(
        lambda: batch.answer(db, cast.ana, forwards, DUE), lambda: batch.answer(db, cast.ana, backwards, DUE)
    )
    assert sorted(type(each).__name__ for each in outcomes) == ["Answered", "Refused"]


def test_notes_and_reasons_are_kept(db: Database, cast: Cast) -> None:
    cards = three(db, cast)

    def noted(db: Database, actor: Actor, target: Target, now: object) -> Done:
        return notes.add(db, actor, target, "wants SSO", now)  # type: ignore[arg-type]

    def too_dear(db: Database, actor: Actor, target: Target, now: object) -> Done:
        return closing.lost(db, actor, target, LostReason.PRICING, "too dear", now)  # type: ignore[arg-type]

    batch.answer(db, cast.ana, answers((1, noted), (2, too_dear)), DUE)
    assert step_of(shown(db, cast.ana, cards[0])).id == step_of(cards[0]).id
    assert shown(db, cast.ana, cards[1]).prospect.close_note == "too dear"


def _first_step(db: Database, cast: Cast) -> int:
    return digests.my_day(db, cast.ana.member, DUE).rows[0].row.step_id


def _without_numbers(rows: dict[str, list[tuple[object, ...]]]) -> list[list[tuple[object, ...]]]:
    """Rows without the numbers that the database gave them."""
    return [sorted((row[1:] for row in rows[name]), key=repr) for name in ("prospects", "steps", "touches", "notes")]


def _without_cursor(rows: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    return {name: each for name, each in rows.items() if name != "members"}
