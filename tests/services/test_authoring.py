"""Cadences made in Slack: seen before they are final, saved as versions, moved to or kept, deleted, undone exactly."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.services import authoring, cadences, changes, definitions, retiring, snoozes, touches
from bot.services.actor import Actor
from bot.services.authoring import Review, Saved, Wish
from bot.services.cards import Card
from bot.services.errors import DomainError, Gone, InvalidInput, NotAllowed, Overtaken, UndoConflict
from bot.services.retiring import Ending
from bot.services.versions import EVERYBODY, Choice
from bot.storage import tables
from bot.storage.engine import Database
from bot.storage.records import Enrollment, record
from cadences import library, shorthand
from cadences.model import (
    Cadence,
    Channel,
    Delay,
    DelayUnit,
    End,
    EndAction,
    EnrollmentState,
    FollowUpType,
    Outcome,
    Purpose,
    Stage,
    Step,
)
from tests.support import cast as people
from tests.support import databases, verbs
from tests.support.cast import DAY, HOUR, NOW, WORKSPACE, Cast, added, by_prospect, shown, step_of
from tests.support.databases import Databases
from tests.support.rows import change_count, everything, forgotten

ASK = End(EndAction.ASK)
NOBODY = Choice()


def made(text: str, name: str = "Sample", key: str = "", end: End = ASK) -> Cadence:
    return Cadence(key, name, 1, shorthand.read(text), end)


def reviewed(db: Database, actor: Actor, wish: Wish, now: datetime = NOW) -> Review:
    return authoring.review(db, actor, wish, now)


def saved(db: Database, actor: Actor, wish: Wish, choice: Choice = NOBODY, now: datetime = NOW) -> Saved:
    seen = reviewed(db, actor, wish, now)
    return authoring.save(db, actor, seen.draft_id, seen.seen, choice, now)


def change_to(db: Database, actor: Actor, key: str, text: str, *, is_teams: bool = True, end: End = ASK) -> Wish:
    """The wish to give a cadence other steps."""
    standing = authoring.opened(db, actor, key).standing.cadence
    wanted = replace(standing, steps=shorthand.read(text), end=end)
    return Wish(wanted, is_teams=is_teams, base=key, seen=standing.version)


def on_nudge(db: Database, actor: Actor, name: str, done: int = 0, now: datetime = NOW - 20 * DAY) -> Card:
    """Somebody on the built-in nudge, so many steps done."""
    card = added(db, actor, name, f"{name} Inc", now=now)
    target = by_prospect(card)
    cadences.start(db, actor, target, library_get("nudge"), now)
    for _ in range(done):
        now = max(step_of(shown(db, actor, card)).due_at, now)
        touches.log(db, actor, target, touches.Made(outcome=Outcome.SENT), now)
    return shown(db, actor, card)


def library_get(key: str) -> Cadence:
    cadence = library.get(key)
    assert cadence is not None
    return cadence


def enrollments(db: Database) -> list[Enrollment]:
    with db.read() as tx:
        rows = tx.execute(select(tables.enrollments).order_by(tables.enrollments.c.id))
        return [record(Enrollment, row) for row in rows]


def running(db: Database, card: Card) -> Enrollment:
    return next(each for each in enrollments(db) if each.prospect_id == card.prospect.id and each.ended_at is None)


LIGHTER = "3d email value: share value\n9d email feedback: ask feedback\n7d email reminder: close the loop"
"""Nudge with another second step."""


# --- Saving.


def test_a_new_cadence_is_ones_own_until_a_manager_makes_it_the_teams(db: Database, cast: Cast) -> None:
    mine = saved(db, cast.ana, Wish(made("3d email value", "My push")))
    assert (mine.cadence.key, mine.cadence.version, mine.is_teams) == ("my-push", 1, False)
    assert [each.cadence.key for each in definitions.offered(db, cast.ben)] == list(library.KEYS)
    assert "my-push" in [each.cadence.key for each in definitions.offered(db, cast.ana)]
    with pytest.raises(InvalidInput) as refused:
        reviewed(db, cast.ana, Wish(made("3d email value"), is_teams=True))
    assert refused.value.field == "whose"
    saved(db, cast.cleo, Wish(made("3d email value", "Team push"), is_teams=True))
    assert "team-push" in [each.cadence.key for each in definitions.offered(db, cast.ben)]


def test_nothing_is_kept_before_it_is_final(db: Database, cast: Cast) -> None:
    on_nudge(db, cast.ana, "Dana")
    before, count = everything(db), change_count(db)
    reviewed(db, cast.cleo, change_to(db, cast.cleo, "nudge", LIGHTER))
    after = everything(db)
    assert len(after.pop("drafts")) == 1
    assert before.pop("drafts") == []
    assert (after, change_count(db)) == (before, count)


def test_the_review_says_what_is_found_and_the_dates(db: Database, cast: Cast) -> None:
    review = reviewed(db, cast.ana, Wish(made("1d call reminder: propose meeting; 1d call: propose meeting")))
    assert any("no value step" in each.words for each in review.advice)
    assert [dated.planned.number for dated in review.dated.steps] == [1, 2]
    assert (review.seen, review.copy_of, review.crowd.count) == (None, None, 0)


def test_a_rep_who_changes_the_teams_gets_a_copy(db: Database, cast: Cast) -> None:
    wish = change_to(db, cast.ana, "nudge", LIGHTER, is_teams=False)
    assert not authoring.opened(db, cast.ana, "nudge").may_edit
    review = reviewed(db, cast.ana, wish)
    assert (review.copy_of, review.seen, review.cadence.key) == ("nudge", None, "nudge-3-7-14")
    kept = authoring.save(db, cast.ana, review.draft_id, review.seen, NOBODY, NOW)
    with db.read() as tx:
        assert definitions.latest(tx, WORKSPACE, "nudge") == library_get("nudge")
        assert definitions.latest(tx, WORKSPACE, "nudge-3-7-14") == kept.cadence


def test_a_second_one_of_the_same_name_has_a_key_of_its_own(db: Database, cast: Cast) -> None:
    keys = [
        saved(db, cast.ana, Wish(made("3d email value", name))).cadence.key for name in ("Push!", "push", "Élan", "🚀")
    ]
    assert keys == ["push", "push-2", "elan", "cadence"]


def test_a_manager_changes_a_built_in_for_everybody(db: Database, cast: Cast) -> None:
    kept = saved(db, cast.cleo, change_to(db, cast.cleo, "nudge", LIGHTER))
    assert (kept.cadence.key, kept.cadence.version) == ("nudge", 2)
    card = on_nudge(db, cast.ana, "Old")
    assert running(db, card).version == 1
    cadences.start(db, cast.ana, by_prospect(added(db, cast.ana)), definitions.startable(db, cast.ana, "nudge"), NOW)
    assert [each.version for each in enrollments(db) if each.cadence == "nudge" and each.ended_at is None] == [1, 2]


def test_saving_nothing_new_is_refused(db: Database, cast: Cast) -> None:
    text = shorthand.write(library_get("nudge").steps)
    with pytest.raises(InvalidInput) as refused:
        reviewed(db, cast.cleo, change_to(db, cast.cleo, "nudge", text))
    assert "nothing differs from version 1" in refused.value.why


def test_a_version_somebody_else_saved_is_never_overwritten(db: Database, cast: Cast) -> None:
    first = reviewed(db, cast.cleo, change_to(db, cast.cleo, "nudge", LIGHTER))
    late = change_to(db, cast.cleo, "nudge", "2d email value")
    authoring.save(db, cast.cleo, first.draft_id, first.seen, NOBODY, NOW)
    before = everything(db)
    with pytest.raises(Overtaken) as at_review:
        reviewed(db, cast.cleo, late)
    with pytest.raises(Overtaken):
        authoring.save(db, cast.cleo, first.draft_id, first.seen, NOBODY, NOW)
    assert at_review.value.theirs.version == 2
    assert at_review.value.by is not None
    assert at_review.value.by.id == cast.cleo.member.id
    assert everything(db) == before


def test_a_draft_is_its_authors(db: Database, cast: Cast) -> None:
    review = reviewed(db, cast.ana, Wish(made("3d email value")))
    for other in (cast.ben, cast.otto):
        with pytest.raises(Gone):
            authoring.save(db, other, review.draft_id, None, NOBODY, NOW)


def test_a_whole_definition_keeps_its_key_or_says_that_it_is_taken(db: Database, cast: Cast) -> None:
    assert saved(db, cast.ana, Wish(made("3d email value", key="fair-leads"))).cadence.key == "fair-leads"
    for wish in (Wish(made("3d call value", key="fair-leads")), Wish(made("3d call value", key="nudge"))):
        with pytest.raises(InvalidInput) as refused:
            reviewed(db, cast.ana, wish)
        assert "already" in refused.value.why
    with pytest.raises(InvalidInput) as refused:
        reviewed(db, cast.ana, Wish(made("3d call value", key="other"), base="fair-leads", seen=1))
    assert "that is the text of other" in refused.value.why


@pytest.mark.parametrize(
    ("cadence", "field"),
    [
        (made("3d email value", name=" "), "name"),
        (made("3d email value", name="x" * 90), "steps"),
        (made("\n".join(["3d email value"] * 31)), "steps"),
        (made("3d email value\n  > " + "x" * 2_001), "steps"),
    ],
)
def test_what_can_not_be_kept_is_said_at_its_field(db: Database, cast: Cast, cadence: Cadence, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        reviewed(db, cast.ana, Wish(cadence))
    assert refused.value.field == field


# --- People on it.


def test_everybody_stays_on_their_version_by_default(db: Database, cast: Cast) -> None:
    card = on_nudge(db, cast.ana, "Dana", done=1)
    before = everything(db)["steps"], everything(db)["enrollments"]
    kept = saved(db, cast.cleo, change_to(db, cast.cleo, "nudge", LIGHTER))
    assert (everything(db)["steps"], everything(db)["enrollments"]) == before
    assert kept.crowd.kept == (card.prospect.id,)


def test_the_difference_is_told_for_each(db: Database, cast: Cast) -> None:
    """Two have the second step next, which changes; one the first and one the third, which don't."""
    first, second, other, third = (
        on_nudge(db, cast.ana, name, done) for name, done in (("Fay", 0), ("Sue", 1), ("Sam", 1), ("Tom", 2))
    )
    review = reviewed(db, cast.cleo, change_to(db, cast.cleo, "nudge", LIGHTER))
    assert {each.prospect.id for each in review.crowd.moved} == {second.prospect.id, other.prospect.id}
    assert set(review.crowd.same) == {first.prospect.id, third.prospect.id}
    moved = review.crowd.moved[0]
    assert (moved.before.channel, moved.version) == (Channel.CALL, 1)
    assert moved.after is not None
    assert moved.after.channel is Channel.EMAIL
    assert moved.after.due_at > moved.before.due_at


def test_who_is_chosen_moves_and_the_dates_are_those_that_were_told(db: Database, cast: Cast) -> None:
    stays, moves = (on_nudge(db, cast.ana, name, 1) for name in ("Sue", "Sam"))
    review = reviewed(db, cast.cleo, change_to(db, cast.cleo, "nudge", LIGHTER))
    told = {each.prospect.id: each.after for each in review.crowd.moved}[moves.prospect.id]
    choice = Choice(prospect_ids=frozenset({moves.prospect.id}))
    authoring.save(db, cast.cleo, review.draft_id, review.seen, choice, NOW)
    assert [running(db, card).version for card in (stays, moves)] == [1, 2]
    step = step_of(shown(db, cast.ana, moves))
    assert told is not None
    assert (step.planned, step.version, step.number, step.of) == (told.planned, 2, 2, 3)
    assert running(db, moves).done_number == 1


def test_moving_who_notices_nothing_keeps_the_row_that_buttons_name(db: Database, cast: Cast) -> None:
    card = on_nudge(db, cast.ana, "Fay")
    before = step_of(card)
    longer = f"{LIGHTER}\n9d call reminder: propose meeting"
    kept = saved(db, cast.cleo, change_to(db, cast.cleo, "nudge", longer), Choice(same=True))
    step = step_of(shown(db, cast.ana, card))
    assert kept.crowd.same == (card.prospect.id,)
    assert step == replace(before, version=2, of=4)


def test_a_promise_and_a_date_put_off_stay_where_they_are(db: Database, cast: Cast) -> None:
    promised = added(db, cast.ana, "Pia", "Promco", on=people.MONDAY)
    snoozed = on_nudge(db, cast.ana, "Sue", 1)
    until = (NOW + 40 * DAY).date()
    snoozes.snooze(db, cast.ana, by_prospect(snoozed), until, None, NOW)
    due_at = step_of(shown(db, cast.ana, snoozed)).due_at
    saved(db, cast.cleo, change_to(db, cast.cleo, "nudge", LIGHTER), EVERYBODY)
    assert step_of(shown(db, cast.ana, promised)).planned == step_of(promised).planned
    step = step_of(shown(db, cast.ana, snoozed))
    assert (step.due_at, step.channel, step.snoozes) == (due_at, Channel.EMAIL, 1)


def test_who_is_past_the_end_of_a_shorter_version_gets_its_end(db: Database, cast: Cast) -> None:
    card = on_nudge(db, cast.ana, "Tom", 2)
    saved(db, cast.cleo, change_to(db, cast.cleo, "nudge", "3d email value", end=End(EndAction.STOP)), EVERYBODY)
    now = shown(db, cast.ana, card)
    assert (now.prospect.stage, now.enrollment) == (Stage.PARKED, None)
    assert enrollments(db)[-1].state is EnrollmentState.FINISHED_SILENT
    assert enrollments(db)[-1].done_number == 1
    assert forgotten(db, WORKSPACE) == []


def test_others_prospects_are_not_moved_by_a_rep(db: Database, cast: Cast) -> None:
    own = saved(db, cast.ana, Wish(made(LIGHTER, "Own"))).cadence
    card = added(db, cast.ben, "Bo", "Boco")
    cadences.start(db, cast.cleo, by_prospect(card), own, NOW)
    wish = change_to(db, cast.ana, "own", "1d call: propose meeting", is_teams=False)
    kept = saved(db, cast.ana, wish, EVERYBODY)
    assert kept.crowd.others == (card.prospect.id,)
    assert running(db, card).version == 1


def test_saving_and_moving_is_one_change_undone_exactly(db: Database, cast: Cast) -> None:
    for name, done in (("Fay", 0), ("Sue", 1), ("Sam", 2)):
        on_nudge(db, cast.ana, name, done)
    review = reviewed(db, cast.cleo, change_to(db, cast.cleo, "nudge", LIGHTER))
    before, count = everything(db), change_count(db)
    authoring.save(db, cast.cleo, review.draft_id, review.seen, EVERYBODY, NOW)
    assert change_count(db) == count + 1
    changes.undo(db, cast.cleo, None, NOW + HOUR)
    assert everything(db) == before


def test_a_version_somebody_was_put_on_since_is_not_taken_from_under_them(db: Database, cast: Cast) -> None:
    moved = on_nudge(db, cast.ana, "Sue", 1)
    kept = saved(db, cast.cleo, change_to(db, cast.cleo, "nudge", LIGHTER), EVERYBODY)
    before = everything(db)
    cadences.start(db, cast.ana, by_prospect(added(db, cast.ana)), kept.cadence, NOW)
    after = everything(db)
    with pytest.raises(UndoConflict):
        changes.undo(db, cast.cleo, kept.change.id, NOW + HOUR)
    assert everything(db) == after
    changes.undo(db, cast.ana, None, NOW + HOUR)
    changes.undo(db, cast.ana, None, NOW + HOUR)
    assert everything(db) == before
    changes.undo(db, cast.cleo, kept.change.id, NOW + HOUR)
    assert running(db, moved).version == 1


def test_what_was_deleted_meanwhile_is_not_saved(db: Database, cast: Cast) -> None:
    saved(db, cast.ana, Wish(made(LIGHTER, "Own")))
    review = reviewed(db, cast.ana, change_to(db, cast.ana, "own", "4d email value", is_teams=False))
    retiring.retire(db, cast.ana, "own", Ending.FINISH, NOW)
    before = everything(db)
    with pytest.raises(InvalidInput) as refused:
        authoring.save(db, cast.ana, review.draft_id, review.seen, NOBODY, NOW)
    assert "deleted meanwhile" in refused.value.why
    assert everything(db) == before


# --- Deleting.


def test_a_deleted_cadence_is_finished_by_who_is_on_it_and_started_by_nobody(db: Database, cast: Cast) -> None:
    own = saved(db, cast.ana, Wish(made(LIGHTER, "Own"))).cadence
    card = added(db, cast.ana)
    cadences.start(db, cast.ana, by_prospect(card), own, NOW)
    before = everything(db)
    retired = retiring.retire(db, cast.ana, "own", Ending.FINISH, NOW)
    assert retired.count == 1
    assert running(db, card).cadence == "own"
    with pytest.raises(InvalidInput) as refused:
        definitions.startable(db, cast.ana, "own")
    assert "was deleted" in refused.value.why
    changes.undo(db, cast.ana, None, NOW + HOUR)
    assert everything(db) == before


def test_or_everybody_comes_off_it_and_is_asked_about(db: Database, cast: Cast) -> None:
    own = saved(db, cast.ana, Wish(made(LIGHTER, "Own"))).cadence
    cards = [added(db, cast.ana, name, f"{name} Inc") for name in ("Ida", "Eve")]
    for card in cards:
        cadences.start(db, cast.ana, by_prospect(card), own, NOW)
    before, count = everything(db), change_count(db)
    assert retiring.retire(db, cast.ana, "own", Ending.STOP, NOW).count == 2
    for card in cards:
        now = shown(db, cast.ana, card)
        assert (now.enrollment, step_of(now).purpose) == (None, Purpose.CLOSE_THE_LOOP)
    assert forgotten(db, WORKSPACE) == []
    assert change_count(db) == count + 1
    changes.undo(db, cast.ana, None, NOW + HOUR)
    assert everything(db) == before


def test_what_is_not_ones_own_can_not_be_deleted(db: Database, cast: Cast) -> None:
    saved(db, cast.ana, Wish(made(LIGHTER, "Own")))
    saved(db, cast.cleo, Wish(made(LIGHTER, "Teams"), is_teams=True))
    before = everything(db)
    for actor, key in ((cast.ben, "own"), (cast.ana, "teams"), (cast.cleo, "own")):
        with pytest.raises(NotAllowed):
            retiring.retire(db, actor, key, Ending.FINISH, NOW)
    with pytest.raises(InvalidInput):
        retiring.retire(db, cast.cleo, "nudge", Ending.FINISH, NOW)
    with pytest.raises(Gone):
        retiring.retire(db, cast.otto, "own", Ending.FINISH, NOW)
    assert everything(db) == before


def test_somebody_elses_own_is_copied_and_not_started(db: Database, cast: Cast) -> None:
    saved(db, cast.ben, Wish(made(LIGHTER, "Bens way")))
    with pytest.raises(InvalidInput) as refused:
        definitions.startable(db, cast.ana, "bens way")
    assert refused.value.example == "cadence fork bens-way"
    copy = saved(db, cast.ana, change_to(db, cast.ana, "bens-way", LIGHTER, is_teams=False)).cadence
    assert definitions.startable(db, cast.ana, copy.key) == copy


# --- Whoever is on it and whatever is changed.

steps = st.builds(
    Step,
    st.builds(Delay, st.integers(1, 9), st.sampled_from(DelayUnit)),
    st.sampled_from(Channel),
    st.sampled_from(FollowUpType),
    st.sampled_from(Purpose),
)
ends = st.sampled_from(
    [ASK, End(EndAction.STOP), End(EndAction.NURTURE), End(EndAction.NURTURE, Delay(14, DelayUnit.DAYS))]
)
edits = st.lists(steps, min_size=1, max_size=6)
LIVES = [
    [],
    [verbs.log],
    [verbs.log, verbs.snooze],
    [verbs.log, verbs.log],
    [verbs.replan],
    [verbs.logging(Outcome.NO_ANSWER)],
    [verbs.log, verbs.logging(Outcome.VOICEMAIL)],
    [verbs.log, verbs.log, verbs.log],
    [verbs.snooze],
]


@pytest.mark.parametrize("kind", databases.kinds())
def test_nobody_gets_a_step_twice_or_loses_one_and_undo_leads_back(
    databases_here: Databases, the_cast: Cast, kind: str
) -> None:
    with databases_here.fresh(kind) as db:

        @settings(
            max_examples=60 if kind == databases.SQLITE else 10, deadline=None, database=None, derandomize=True,
            phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(st.lists(st.sampled_from(LIVES), min_size=1, max_size=5), edits, ends, st.integers(0, 30), st.data())
        def edited(lives: list[list[verbs.Verb]], new: list[Step], end: End, later: int, data: st.DataObject) -> None:
            databases.empty(db)
            people.gather_again(db, the_cast)
            ana, cleo, now = the_cast.ana, the_cast.cleo, NOW + later * DAY
            cards = [_living(db, ana, f"Sam {number}", life) for number, life in enumerate(lives)]
            if data.draw(st.booleans()):
                keep = data.draw(st.integers(0, 3))
                new = [*library_get("nudge").steps[:keep], *new]
            wish = Wish(replace(library_get("nudge"), steps=tuple(new), end=end), is_teams=True, base="nudge", seen=1)
            before = {each.prospect_id: each for each in enrollments(db) if each.ended_at is None}
            done = {number: _done(db, number) for number in before}
            review = reviewed(db, cleo, wish, now)
            rows = everything(db)
            authoring.save(db, cleo, review.draft_id, review.seen, EVERYBODY, now)
            told = {each.prospect.id: each.after for each in review.crowd.moved}
            for card in cards:
                _check(db, ana, card, before.get(card.prospect.id), done, len(new))
                if card.prospect.id in told:
                    after = told[card.prospect.id]
                    assert step_of(shown(db, ana, card)).planned == (after and after.planned)
            assert forgotten(db, WORKSPACE) == []
            changes.undo(db, cleo, None, now)
            assert everything(db) == rows

        edited()


def _living(db: Database, actor: Actor, name: str, life: list[verbs.Verb]) -> Card:
    card = added(db, actor, name, f"{name} Inc", now=NOW - 12 * DAY)
    now = NOW - 12 * DAY
    cadences.start(db, actor, by_prospect(card), library_get("nudge"), now)
    for verb in life:
        now += 4 * DAY
        try:
            verb(db, actor, by_prospect(card), now)
        except DomainError:
            continue
    return shown(db, actor, card)


def _done(db: Database, prospect_id: int) -> int:
    return next(
        each.done_number for each in enrollments(db) if each.prospect_id == prospect_id and each.ended_at is None
    )


def _check(db: Database, actor: Actor, card: Card, was: Enrollment | None, done: dict[int, int], length: int) -> None:
    """One next step; on the new version, ahead of what was done; whoever was on none is untouched."""
    now = shown(db, actor, card)
    step = step_of(now)
    if was is None:
        assert step == step_of(card)
        return
    enrollment = next(each for each in enrollments(db) if each.id == was.id)
    assert enrollment.version == 2
    assert enrollment.done_number <= max(done[card.prospect.id], 0)
    if step.number is not None and enrollment.ended_at is None:
        assert done[card.prospect.id] < step.number <= length
        assert (step.cadence, step.version, step.of) == ("nudge", 2, length)
