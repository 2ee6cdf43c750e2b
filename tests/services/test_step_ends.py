"""Every step keeps how it ended: what the statistics are made of."""

from datetime import date, time

import pytest
from sqlalchemy import select

from bot.services import cadences, changes, positions, prospects, snoozes, touches
from bot.services.details import Details
from bot.services.promises import Wish
from bot.services.touches import Made
from bot.storage import tables
from bot.storage.engine import Database
from bot.storage.tables import StepEnd
from cadences.model import Channel, Outcome
from tests.services.test_positions import steps
from tests.support import verbs
from tests.support.cast import DAY, HOUR, MINUTE, MONDAY, NOW, Cast, added, by_prospect, shown, step_of

ENDS: dict[str, tuple[verbs.Verb, StepEnd, Outcome | None, str | None]] = {
    "log": (verbs.log, StepEnd.DONE, Outcome.SENT, None),
    "snooze": (verbs.snooze, StepEnd.SNOOZED, None, None),
    "park": (verbs.park, StepEnd.PAUSED, None, None),
    "away": (verbs.out_of_office, StepEnd.PAUSED, None, None),
    "won": (verbs.won, StepEnd.CLOSED, None, None),
    "lost": (verbs.lost, StepEnd.CLOSED, None, None),
    "lost for now": (verbs.lost_for_now, StepEnd.CLOSED, None, None),
    "stop contact": (verbs.stop_contact, StepEnd.CLOSED, Outcome.ASKED_TO_STOP, None),
    "skip": (verbs.skip, StepEnd.SKIPPED, None, verbs.WHY),
    "jump": (verbs.jump, StepEnd.JUMPED, None, verbs.WHY),
    "restart": (verbs.restart, StepEnd.RESTARTED, None, verbs.WHY),
    "another step": (verbs.replan, StepEnd.MOVED, None, None),
    "another cadence": (verbs.starting("nudge"), StepEnd.SWITCHED, None, None),
    "a meeting": (verbs.met, StepEnd.SWITCHED, None, None),
    "taken off": (verbs.stop_cadence, StepEnd.STOPPED, None, None),
}


@pytest.mark.parametrize(("verb", "way", "outcome", "reason"), ENDS.values(), ids=ENDS.keys())
def test_each_step_keeps_how_it_ended_and_why(
    db: Database, cast: Cast, verb: verbs.Verb, way: StepEnd, outcome: Outcome | None, reason: str | None
) -> None:
    verb(db, cast.ana, by_prospect(added(db, cast.ana)), NOW + HOUR)
    ended = steps(db)[0]
    assert (ended.ended_as, ended.outcome, ended.reason, ended.closed_at) == (way, outcome, reason, NOW + HOUR)


@pytest.mark.parametrize("outcome", Outcome)
def test_the_outcome_of_a_touch_is_kept_with_its_step(db: Database, cast: Cast, outcome: Outcome) -> None:
    verbs.logging(outcome)(db, cast.ana, by_prospect(added(db, cast.ana)), NOW)
    ended = steps(db)[0]
    paused = outcome is Outcome.OUT_OF_OFFICE
    assert (ended.ended_as, ended.outcome) == (StepEnd.PAUSED if paused else StepEnd.DONE, outcome)
    assert (ended.cadence, ended.version, ended.number) == ("post-meeting", 1, 1)


def test_what_is_next_has_not_ended(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    step = step_of(card)
    assert (step.ended_as, step.outcome, step.reason, step.closed_at) == (None, None, None, None)
    (ever,) = steps(db)
    assert ever == step


def test_a_whole_life_is_told_by_its_steps(db: Database, cast: Cast) -> None:
    card, target = added(db, cast.ana), by_prospect(added(db, cast.ana))
    snoozes.snooze(db, cast.ana, target, date(2026, 11, 26), None, NOW)
    touches.log(db, cast.ana, target, Made(), NOW + 6 * DAY)
    positions.skip(db, cast.ana, target, "met them at the fair", NOW + 7 * DAY)
    touches.log(db, cast.ana, target, Made(Channel.CALL, Outcome.VOICEMAIL), NOW + 40 * DAY)
    verbs.won(db, cast.ana, target, NOW + 41 * DAY)
    told = [(step.number, step.ended_as, step.outcome) for step in steps(db) if step.prospect_id != card.prospect.id]
    assert told == [
        (1, StepEnd.SNOOZED, None),
        (1, StepEnd.DONE, Outcome.SENT),
        (2, StepEnd.SKIPPED, None),
        (3, StepEnd.DONE, Outcome.VOICEMAIL),
        (3, StepEnd.CLOSED, None),
    ]


def test_an_undo_takes_the_end_back(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    done = verbs.skip(db, cast.ana, by_prospect(card), NOW)
    changes.undo(db, cast.ana, done.change.id, NOW + MINUTE)
    assert steps(db) == [step_of(card)]


def test_a_reason_of_a_cadence_that_was_stopped_is_kept_too(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    cadences.stop(db, cast.ana, by_prospect(card), NOW, "they chose another")
    assert (steps(db)[0].ended_as, steps(db)[0].reason) == (StepEnd.STOPPED, "they chose another")


def test_a_renamed_prospect_ends_no_step(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    prospects.edit(db, cast.ana, by_prospect(card), Details("Dana Lee", "Acme"), None, NOW)
    assert steps(db) == [step_of(shown(db, cast.ana, card))]


def test_each_closed_step_says_how_it_ended_and_no_open_one_does(db: Database, cast: Cast) -> None:
    """After everything that can be done to anybody: nothing slips through without its end."""
    target = by_prospect(added(db, cast.ana, phone="+4930123456"))
    tried = verbs.ALL | verbs.LOGGINGS | {"meeting booked": verbs.meeting_booked, "met": verbs.met}
    for number, (name, verb) in enumerate(tried.items()):
        now = NOW + number * HOUR
        done = verb(db, cast.cleo, target, now)
        with db.read() as tx:
            silent = tx.execute(
                select(tables.steps).where(tables.steps.c.closed_at.is_not(None), tables.steps.c.ended_as.is_(None))
            ).all()
            early = tx.execute(
                select(tables.steps).where(tables.steps.c.closed_at.is_(None), tables.steps.c.ended_as.is_not(None))
            ).all()
        assert (silent, early) == ([], []), name
        changes.undo(db, cast.cleo, done.change.id, now + MINUTE)


def test_a_promise_that_was_kept_is_done(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, on=MONDAY, at=time(10))
    touches.log(db, cast.ana, by_prospect(card), Made(outcome=Outcome.CONNECTED), step_of(card).due_at)
    ended = steps(db)[0]
    assert (ended.promised, ended.ended_as, ended.outcome) == (True, StepEnd.DONE, Outcome.CONNECTED)


def test_a_time_to_try_again_leaves_the_call_done(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    made = Made(Channel.CALL, Outcome.NO_ANSWER, retry=Wish(MONDAY))
    touches.log(db, cast.ana, by_prospect(card), made, NOW)
    assert (steps(db)[0].ended_as, steps(db)[0].outcome) == (StepEnd.DONE, Outcome.NO_ANSWER)
