"""Whatever is done to touches, each prospect knows how long it was silent: in the same change, and after its undo."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.services import batch, changes, digests, meetings, mending, merging, recorder, touches
from bot.services.actor import Actor
from bot.services.batch import Answer
from bot.services.cards import Done
from bot.services.errors import DomainError
from bot.services.mending import Mended
from bot.services.targets import ByProspect, Target
from bot.services.touches import Made
from bot.storage.engine import Database
from bot.storage.tables import changes as change_table
from bot.storage.tables import prospects
from bot.storage.tables import touches as touch_table
from cadences.model import Outcome
from tests.support import cast as people
from tests.support import databases, laws, verbs
from tests.support.cast import DAY, HOUR, NOW, Cast, added, by_prospect
from tests.support.databases import Databases
from tests.support.rows import everything

SILENT, ANSWERED = Outcome.NO_ANSWER, Outcome.CONNECTED
OUTCOMES = st.sampled_from(
    [SILENT] * 4 + [Outcome.SENT, Outcome.NO_SHOW] + list(set(Outcome) - {Outcome.ASKED_TO_STOP})
)
BACK = st.integers(0, 9).map(lambda days: timedelta(days=days))
DEED = st.one_of(
    st.tuples(st.just("log"), st.integers(0, 1), OUTCOMES, BACK),
    st.tuples(st.just("met"), st.integers(0, 1), OUTCOMES, BACK),
    st.tuples(st.just("edit"), st.integers(0, 9), OUTCOMES, BACK),
    st.tuples(st.just("delete"), st.integers(0, 9), OUTCOMES, BACK),
    st.tuples(st.just("merge"), st.integers(0, 1), OUTCOMES, BACK),
    st.tuples(st.just("undo"), st.integers(0, 9), OUTCOMES, BACK),
)


def runs(db: Database) -> list[tuple[int, int]]:
    """Most touches in a row without an answer, and before the last one: of each prospect."""
    query = select(prospects.c.silent_run, prospects.c.answered_run).order_by(prospects.c.id)
    with db.read() as tx:
        return [(row[0], row[1]) for row in tx.execute(query)]


def log(db: Database, actor: Actor, number: int, outcome: Outcome, back: timedelta = timedelta()) -> Done:
    return touches.log(db, actor, ByProspect(number), Made(outcome=outcome, happened_at=NOW - back), NOW)


def do(db: Database, actor: Actor, deed: tuple[str, int, Outcome, timedelta], made: list[int]) -> Done | None:
    """One of the deeds; ``made`` are the changes that stand."""
    what, number, outcome, back = deed
    match what:
        case "log":
            return log(db, actor, number + 1, outcome, back)
        case "met":
            return meetings.met(db, actor, ByProspect(number + 1), "", NOW)
        case "merge":
            return merging.merge(db, actor, 2 - number, 1 + number, NOW).done
        case "undo":
            if made:
                changes.undo(db, actor, made[-1], NOW)
                made.pop()
            return None
    with db.read() as tx:
        written = list(tx.scalars(select(touch_table.c.id).order_by(touch_table.c.id)))
    if not written:
        return None
    touch_id = written[number % len(written)]
    if what == "delete":
        return mending.delete(db, actor, touch_id, NOW)
    return mending.edit(db, actor, touch_id, Mended(outcome=outcome, happened_at=NOW - back), NOW)


@pytest.mark.parametrize("kind", databases.kinds())
def test_whatever_is_done_to_touches_in_whatever_order(databases_here: Databases, kind: str) -> None:
    with databases_here.fresh(kind) as db:

        @settings(
            max_examples=60 if kind == databases.SQLITE else 8, deadline=None, derandomize=True, database=None,
            phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(deeds=st.lists(DEED, min_size=3, max_size=12))
        def story(deeds: list[tuple[str, int, Outcome, timedelta]]) -> None:
            databases.empty(db)
            cleo = people.gather(db).cleo
            for name in ("Dana Li", "Eve Sample"):
                added(db, cleo, name, now=NOW - 20 * DAY)
            start, made = everything(db), list[int]()
            for deed in deeds:
                try:
                    done = do(db, cleo, deed, made)
                except DomainError:
                    done = None
                made += [done.change.id] if done else []
                assert laws.miscounted(db) == [], deed
            while made:
                changes.undo(db, cleo, made.pop(), NOW)
                assert laws.miscounted(db) == []
            assert everything(db) == start

        story()


def test_an_answer_between_two_silences_ends_the_one_and_a_late_entry_the_other(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, now=NOW - 20 * DAY)
    for days in (9, 8, 7):
        log(db, cast.ana, card.prospect.id, SILENT, days * DAY)
    assert runs(db) == [(3, 0)]
    log(db, cast.ana, card.prospect.id, Outcome.OUT_OF_OFFICE, 6 * DAY)
    assert runs(db) == [(3, 0)]
    log(db, cast.ana, card.prospect.id, ANSWERED, 5 * DAY)
    assert runs(db) == [(3, 3)]
    log(db, cast.ana, card.prospect.id, ANSWERED, 8 * DAY + HOUR)  # told of late: it parts them
    assert runs(db) == [(2, 2)]


def test_several_answered_at_once_are_counted_each_and_uncounted_by_one_undo(db: Database, cast: Cast) -> None:
    for name in ("Dana Li", "Eve Sample"):
        added(db, cast.ana, name, now=NOW - 20 * DAY)

    def silent(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
        return touches.log(db, actor, target, Made(outcome=SILENT), now)

    digests.my_day(db, cast.ana.member, NOW)
    before = everything(db)
    done = batch.answer(db, cast.ana, [Answer(1, silent), Answer(2, silent)], NOW)
    assert runs(db) == [(1, 0), (1, 0)]
    changes.undo(db, cast.ana, done.change.id, NOW)
    assert everything(db) == before


def test_of_two_that_are_merged_one_has_the_story_of_both(db: Database, cast: Cast) -> None:
    for name, days in (("Dana Li", (9, 7)), ("Dana Lee", (8, 6))):
        card = added(db, cast.ana, name, now=NOW - 20 * DAY)
        for back in days:
            log(db, cast.ana, card.prospect.id, SILENT, back * DAY)
    assert runs(db) == [(2, 0), (2, 0)]
    merged = merging.merge(db, cast.ana, 2, 1, NOW).done
    assert runs(db) == [(4, 0), (0, 0)]
    changes.undo(db, cast.ana, merged.change.id, NOW)
    assert runs(db) == [(2, 0), (2, 0)]


def test_no_change_holds_what_is_counted_so_that_an_older_one_can_be_undone(db: Database, cast: Cast) -> None:
    """What was written down before anybody counted is undone like the rest, and counted anew."""
    card = added(db, cast.ana, now=NOW - 20 * DAY)
    done = log(db, cast.ana, card.prospect.id, SILENT)
    verbs.won(db, cast.ana, by_prospect(card), NOW)
    with db.read() as tx:
        images = [image for row in tx.scalars(select(change_table.c.images)) for image in row]
    held = [set(image[side]) for image in images for side in ("before", "after") if image[side]]
    assert not set.union(*held) & recorder.COUNTS
    changes.undo(db, cast.ana, None, NOW)
    changes.undo(db, cast.ana, done.change.id, NOW)
    assert runs(db) == [(0, 0)]
