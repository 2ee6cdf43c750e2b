"""Skip, jump, restart and waiting for their date: the place moves, the reason stays, and nothing bunches."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from sqlalchemy import select

from bot.services import authoring, cadences, changes, notes, positions, snoozes, touches
from bot.services.actor import Actor
from bot.services.cards import Card, Done
from bot.services.errors import Closed, DomainError, Gone, InvalidInput, MovedOn, NotYours
from bot.services.touches import Made
from bot.services.versions import Choice
from bot.slack import commands
from bot.slack.reading import grammar
from bot.storage import tables
from bot.storage.engine import Database
from bot.storage.records import StepRow, record
from bot.storage.tables import ChangeKind, StepEnd
from cadences import shorthand
from cadences.model import Cadence, Channel, End, EndAction, Outcome, Stage
from cadences.states import State
from tests.support import verbs
from tests.support.cast import DAY, HOUR, MINUTE, MONDAY, NOW, Cast, added, by_prospect, by_step, shown, step_of
from tests.support.rows import everything

WHY = "met them at the fair"
APRIL = date(2027, 4, 15)
"""A Thursday; two weeks before it is the first of April."""
Move = Callable[[Database, Actor, Card], Done]


def skip(db: Database, actor: Actor, card: Card, why: str = WHY, now: datetime = NOW) -> Done:
    return positions.skip(db, actor, by_prospect(card), why, now)


def jump(db: Database, actor: Actor, card: Card, number: int = 3, why: str = WHY, now: datetime = NOW) -> Done:
    return positions.jump(db, actor, by_prospect(card), number, why, now)


def restart(db: Database, actor: Actor, card: Card, why: str = WHY, now: datetime = NOW) -> Done:
    return positions.restart(db, actor, by_prospect(card), why, now)


MOVES: dict[str, Move] = {"skip": skip, "jump": jump, "restart": restart}
each_move = pytest.mark.parametrize("move", MOVES.values(), ids=MOVES.keys())


def steps(db: Database) -> list[StepRow]:
    """All of them, in the order they were planned."""
    with db.read() as tx:
        return [record(StepRow, row) for row in tx.execute(select(tables.steps).order_by(tables.steps.c.id))]


def on_wall(card: Card | None, actor: Actor) -> str:
    return actor.member.local(step_of(card).due_at).strftime("%a %d %b %H:%M")


def refused(db: Database, error: type[DomainError], act: Callable[[], object]) -> DomainError:
    """The refusal, which changed nothing."""
    before = everything(db)
    with pytest.raises(error) as told:
        act()
    assert everything(db) == before
    return told.value


def test_a_skipped_step_is_followed_by_the_next_one_counted_from_now(db: Database, cast: Cast) -> None:
    done = skip(db, cast.ana, added(db, cast.ana))
    step = step_of(done.card)
    assert (step.cadence, step.number, step.of, step.channel) == ("post-meeting", 2, 3, Channel.EMAIL)
    assert on_wall(done.card, cast.ana) == "Thu 26 Nov 09:00"


def test_skipping_the_last_step_ends_the_cadence_in_silence_and_nurtures(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    jump(db, cast.ana, card, 3)
    done = skip(db, cast.ana, card)
    assert done.card is not None
    assert done.card.ended is not None
    assert (done.card.enrollment, done.card.ended.state) == (None, "finished_silent")
    assert (step_of(done.card).number, step_of(done.card).cadence) == (None, "post-meeting")


def test_skipping_the_last_step_of_a_cadence_that_stops_parks_them(db: Database, cast: Cast) -> None:
    cadence = Cadence("", "Once", 1, shorthand.read("3d email value"), End(EndAction.STOP))
    review = authoring.review(db, cast.ana, authoring.Wish(cadence), NOW)
    once = authoring.save(db, cast.ana, review.draft_id, review.seen, Choice(), NOW).cadence
    card = added(db, cast.ana)
    cadences.start(db, cast.ana, by_prospect(card), once, NOW)
    before = everything(db)
    done = skip(db, cast.ana, card)
    assert done.card is not None
    assert (done.card.prospect.stage, done.card.prospect.parked_until_on) == (Stage.PARKED, date(2027, 2, 18))
    assert done.card.state(NOW) is State.PAUSED
    changes.undo(db, cast.ana, done.change.id, NOW + MINUTE)
    assert everything(db) == before


def test_a_skipped_promise_leads_to_the_first_step_behind_it(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, on=MONDAY, at=time(10))
    step = step_of(skip(db, cast.ana, card).card)
    assert (step.cadence, step.number, step.promised) == ("nudge", 1, False)


def test_a_jump_makes_that_step_the_next_one_today_while_there_is_time(db: Database, cast: Cast) -> None:
    done = jump(db, cast.ana, added(db, cast.ana), 3)
    step = step_of(done.card)
    assert (step.number, step.channel, step.due_at) == (3, Channel.CALL, NOW + MINUTE)


def test_a_jump_back_is_as_good_as_one_ahead(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    jump(db, cast.ana, card, 3)
    assert step_of(jump(db, cast.ana, card, 1, now=NOW + HOUR).card).number == 1


def test_after_a_jump_the_cadence_goes_on_from_there(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    jump(db, cast.ana, card, 2)
    assert step_of(touches.log(db, cast.ana, by_prospect(card), Made(), NOW + HOUR).card).number == 3


def test_restarting_begins_at_the_first_step_that_can_be_made(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, now=NOW - 3 * DAY)
    touches.log(db, cast.ana, by_prospect(card), Made(), NOW - 2 * DAY)
    done = restart(db, cast.ana, card)
    assert done.card is not None
    assert done.card.enrollment is not None
    assert (step_of(done.card).number, done.card.enrollment.done_number) == (1, 0)


@pytest.mark.parametrize("move", [jump, restart], ids=["jump", "restart"])
def test_no_move_brings_a_touch_closer_than_the_gap(db: Database, cast: Cast, move: Move) -> None:
    """Called on Friday: what would be due today waits."""
    card = added(db, cast.ana, now=NOW - HOUR)
    touches.log(db, cast.ana, by_prospect(card), Made(Channel.CALL, Outcome.VOICEMAIL), NOW - MINUTE)
    first = on_wall(move(db, cast.ana, card).card, cast.ana)
    assert first.startswith("Mon 23 Nov" if move is restart else "Tue 24 Nov")


@each_move
def test_the_reason_stays_with_the_step_and_the_change(db: Database, cast: Cast, move: Move) -> None:
    done = move(db, cast.ana, added(db, cast.ana))
    closed, following = steps(db)
    ways = {skip: StepEnd.SKIPPED, jump: StepEnd.JUMPED, restart: StepEnd.RESTARTED}
    assert (closed.ended_as, closed.reason, closed.outcome, closed.closed_at) == (ways[move], WHY, None, NOW)
    assert (following.ended_as, following.reason) == (None, None)
    assert (done.change.kind, done.change.facts["why"]) == (ChangeKind.SKIPPED, WHY)


@each_move
def test_no_touch_is_counted_and_the_stalled_clock_goes_on(db: Database, cast: Cast, move: Move) -> None:
    card = added(db, cast.ana)
    done = move(db, cast.ana, card)
    assert done.card is not None
    assert done.card.prospect == card.prospect
    assert done.card.last_touch is None


@each_move
@pytest.mark.parametrize("why", ["", "   ", "\0"])
def test_without_a_reason_nothing_moves_and_the_example_really_works(
    db: Database, cast: Cast, move: Move, why: str
) -> None:
    card = added(db, cast.ana)
    told = refused(db, InvalidInput, lambda: move(db, cast.ana, card, why=why))  # type: ignore[call-arg]
    assert isinstance(told, InvalidInput)
    assert told.field == "reason"
    parsed = grammar.read(told.example, cast.ana.member.local(NOW))
    assert isinstance(parsed, commands.Skip | commands.Jump | commands.Restart)
    assert parsed.reason


@each_move
def test_a_reason_longer_than_any_note_is_refused(db: Database, cast: Cast, move: Move) -> None:
    card = added(db, cast.ana)
    refused(db, InvalidInput, lambda: move(db, cast.ana, card, why="x" * 10_001))  # type: ignore[call-arg]


@pytest.mark.parametrize("number", [0, -1, 4, 99])
def test_a_jump_to_a_step_there_is_not_says_how_many_there_are(db: Database, cast: Cast, number: int) -> None:
    card = added(db, cast.ana)
    told = refused(db, InvalidInput, lambda: jump(db, cast.ana, card, number))
    assert isinstance(told, InvalidInput)
    assert told.why == "post-meeting has steps 1 to 3"


@each_move
@pytest.mark.parametrize("position", [verbs.logging(Outcome.REPLIED), verbs.park], ids=["replied", "parked"])
def test_who_is_on_no_cadence_has_no_place_to_move(db: Database, cast: Cast, move: Move, position: verbs.Verb) -> None:
    card = added(db, cast.ana)
    position(db, cast.ana, by_prospect(card), NOW)
    told = refused(db, InvalidInput, lambda: move(db, cast.ana, card))
    assert isinstance(told, InvalidInput)
    assert told.why == "Dana Li is on no cadence"


@each_move
def test_a_closed_deal_a_stranger_and_another_workspace_are_refused(db: Database, cast: Cast, move: Move) -> None:
    card = added(db, cast.ana)
    refused(db, NotYours, lambda: move(db, cast.ben, card))
    refused(db, Gone, lambda: move(db, cast.otto, card))
    verbs.won(db, cast.ana, by_prospect(card), NOW)
    refused(db, Closed, lambda: move(db, cast.ana, card))


@each_move
def test_moves_are_undone_exactly(db: Database, cast: Cast, move: Move) -> None:
    card = added(db, cast.ana, now=NOW - 5 * DAY)
    touches.log(db, cast.ana, by_prospect(card), Made(), NOW - 4 * DAY)
    snoozes.snooze(db, cast.ana, by_prospect(card), MONDAY, None, NOW - 3 * DAY)
    before = everything(db)
    done = move(db, cast.ana, card)
    changes.undo(db, cast.ana, done.change.id, NOW + MINUTE)
    assert everything(db) == before


def test_a_move_that_was_built_on_is_not_undone_alone(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    done = skip(db, cast.ana, card)
    touches.log(db, cast.ana, by_prospect(card), Made(), NOW + HOUR)
    refused(db, DomainError, lambda: changes.undo(db, cast.ana, done.change.id, NOW + 2 * HOUR))


# Waiting for their own date


def align(db: Database, actor: Actor, card: Card, now: datetime = NOW) -> Done:
    return positions.align(db, actor, by_prospect(card), now)


def test_nothing_comes_before_their_date_but_one_step_two_weeks_ahead_of_it(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, close_on=APRIL)
    done = align(db, cast.ana, card)
    was, step = step_of(card), step_of(done.card)
    assert cast.ana.member.local(step.due_at).date() == date(2027, 4, 1)
    assert (step.number, step.channel, step.cadence) == (was.number, was.channel, was.cadence)
    assert steps(db)[0].ended_as is StepEnd.MOVED


def test_a_date_too_near_for_two_weeks_is_met_as_soon_as_the_gap_allows(db: Database, cast: Cast) -> None:
    """They decide on Friday, and were called today: not on Monday."""
    card = added(db, cast.ana, close_on=date(2026, 11, 27), now=NOW - HOUR)
    touches.log(db, cast.ana, by_prospect(card), Made(), NOW - MINUTE)
    assert on_wall(align(db, cast.ana, card).card, cast.ana).startswith("Tue 24 Nov")


@pytest.mark.parametrize("close_on", [None, date(2026, 11, 20), date(2020, 1, 1)])
def test_without_a_date_ahead_there_is_nothing_to_wait_for(db: Database, cast: Cast, close_on: date | None) -> None:
    card = added(db, cast.ana, close_on=close_on)
    told = refused(db, InvalidInput, lambda: align(db, cast.ana, card))
    assert isinstance(told, InvalidInput)
    assert told.why.startswith("Dana Li has no decision date ahead")


def test_a_promise_does_not_wait_for_their_date(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, on=MONDAY, at=time(10), close_on=APRIL)
    told = refused(db, InvalidInput, lambda: align(db, cast.ana, card))
    assert isinstance(told, InvalidInput)
    assert "promised" in told.why


def test_who_was_put_off_by_hand_waits_for_the_date_instead(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, close_on=APRIL)
    snoozes.snooze(db, cast.ana, by_prospect(card), MONDAY, None, NOW)
    assert step_of(align(db, cast.ana, card).card).snoozes == 0


def test_a_parked_prospect_is_parked_until_the_step_before_their_date(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, close_on=APRIL)
    snoozes.park(db, cast.ana, by_prospect(card), date(2027, 6, 1), NOW)
    done = align(db, cast.ana, card)
    assert done.card is not None
    assert done.card.prospect.parked_until_on == date(2027, 4, 1)


def test_an_aligned_step_is_undone_exactly(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, close_on=APRIL)
    before = everything(db)
    align(db, cast.ana, card)
    changes.undo(db, cast.ana, None, NOW + MINUTE)
    assert everything(db) == before


def test_aligning_is_for_the_owner_her_manager_and_nobody_else(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, close_on=APRIL)
    refused(db, NotYours, lambda: align(db, cast.ben, card))
    refused(db, Gone, lambda: align(db, cast.otto, card))
    assert align(db, cast.cleo, card).change.member_id == cast.cleo.member.id


def test_an_old_button_hears_that_the_place_moved(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    skip(db, cast.ana, card)
    notes.add(db, cast.ben, by_prospect(card), "wants SSO", NOW + HOUR)
    told = refused(db, MovedOn, lambda: positions.skip(db, cast.ana, by_step(card), WHY, NOW + 2 * HOUR))
    assert isinstance(told, MovedOn)
    assert told.since is not None
    assert told.since.kind is ChangeKind.SKIPPED


def test_the_card_says_what_is_next_after_a_move(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    done = skip(db, cast.ana, card)
    assert shown(db, cast.ana, card) == done.card
