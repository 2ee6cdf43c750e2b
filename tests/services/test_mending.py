"""A touch corrected or taken away afterwards: what is next is decided anew, and an undo restores exactly."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.services import batch, changes, digests, hooks, mending, notes, prospects, snoozes, touches
from bot.services.actor import Actor
from bot.services.batch import Answer
from bot.services.cards import Card, Done
from bot.services.errors import DoNotContactStands, Gone, InvalidInput, NotAllowed, NotYours
from bot.services.mending import Mended
from bot.services.promises import Wish
from bot.services.targets import Target
from bot.services.touches import Made
from bot.storage.engine import Database
from bot.storage.records import Touch
from bot.storage.tables import ChangeKind
from cadences.model import Channel, FollowUpType, Outcome, Stage
from tests.support import verbs
from tests.support.cast import DAY, HOUR, MONDAY, NOW, Cast, added, by_prospect, shown, step_of
from tests.support.rows import everything, forgotten

LATER = NOW + DAY


def touched(db: Database, actor: Actor, card: Card, made: Made | None = None, now: datetime = NOW) -> Touch:
    """The touch that was just logged."""
    done = touches.log(db, actor, by_prospect(card), made or Made(Channel.CALL, Outcome.VOICEMAIL), now)
    assert done.card is not None
    assert done.card.last_touch is not None
    return done.card.last_touch


def entries(db: Database, actor: Actor, card: Card) -> list[Touch]:
    return [each for each in prospects.show(db, actor, card.prospect.id).entries if isinstance(each, Touch)]


def test_another_outcome_leads_to_another_next_step(db: Database, cast: Cast) -> None:
    """She wrote voicemail, and it was a reply: an answer is next, and the cadence is over."""
    card = added(db, cast.ana, email="dana@example.com")
    touch = touched(db, cast.ana, card)
    before = shown(db, cast.ana, card)
    done = mending.edit(db, cast.ana, touch.id, Mended(outcome=Outcome.REPLIED), LATER)
    now = shown(db, cast.ana, card)
    assert (now.prospect.stage, now.enrollment) == (Stage.ENGAGED, None)
    assert step_of(now).due_at != step_of(before).due_at
    assert done.change.facts["was_channel"] == step_of(before).channel.value
    assert "stays" not in done.change.facts
    assert [each.outcome for each in entries(db, cast.ana, card)] == [Outcome.REPLIED]


def test_a_touch_made_earlier_moves_what_is_next_and_the_stalled_clock(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, now=NOW - 10 * DAY, email="dana@example.com")
    touch = touched(db, cast.ana, card, Made(Channel.EMAIL))
    before = shown(db, cast.ana, card)
    mending.edit(db, cast.ana, touch.id, Mended(happened_at=NOW - 4 * DAY), NOW + HOUR)
    now = shown(db, cast.ana, card)
    assert step_of(now).due_at < step_of(before).due_at
    assert now.prospect.active_at == NOW - 4 * DAY


def test_the_decision_is_the_one_that_would_have_been_made_at_once(db: Database, cast: Cast) -> None:
    first, second = added(db, cast.ana, phone="+4930123456"), added(db, cast.ana, "Sam Sample", phone="+4930123457")
    touch = touched(db, cast.ana, first)
    mending.edit(db, cast.ana, touch.id, Mended(outcome=Outcome.CONNECTED), NOW)
    touched(db, cast.ana, second, Made(Channel.CALL, Outcome.CONNECTED))
    corrected, at_once = step_of(shown(db, cast.ana, first)), step_of(shown(db, cast.ana, second))
    assert corrected.planned == at_once.planned


def test_what_says_nothing_about_what_is_next_leaves_it_alone(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    touch = touched(db, cast.ana, card)
    step = shown(db, cast.ana, card).step
    mending.edit(db, cast.ana, touch.id, Mended(type=FollowUpType.VALUE, note="sent the deck"), LATER)
    (entry,) = entries(db, cast.ana, card)
    assert (entry.type, entry.note) == (FollowUpType.VALUE, "sent the deck")
    assert shown(db, cast.ana, card).step == step


@pytest.mark.parametrize(
    "wanted",
    [
        Mended(Channel.EMAIL),
        Mended(outcome=Outcome.NOT_NOW),
        Mended(outcome=Outcome.MEETING_BOOKED),
        Mended(happened_at=NOW - DAY),
        Mended(note="other words"),
    ],
)
def test_an_undo_restores_exactly(db: Database, cast: Cast, wanted: Mended) -> None:
    card = added(db, cast.ana)
    touch = touched(db, cast.ana, card)
    before = everything(db)
    done = mending.edit(db, cast.ana, touch.id, wanted, LATER)
    assert everything(db) != before
    changes.undo(db, cast.ana, done.change.id, LATER)
    assert everything(db) == before


def test_two_corrections_are_undone_one_by_one(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    touch = touched(db, cast.ana, card)
    states, made = [everything(db)], []
    for wanted in (Mended(outcome=Outcome.REPLIED), Mended(happened_at=NOW - DAY), Mended(Channel.EMAIL)):
        made.append(mending.edit(db, cast.ana, touch.id, wanted, LATER).change.id)
        states.append(everything(db))
    for change_id, before in zip(reversed(made), reversed(states[:-1]), strict=True):
        changes.undo(db, cast.ana, change_id, LATER)
        assert everything(db) == before


def test_a_deleted_touch_was_never_logged(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    hooks.add(db, cast.ana, by_prospect(card), "cares about SSO", NOW)
    before = everything(db)
    touch = touched(db, cast.ana, card, Made(sent="You care about SSO, here is more about SSO."))
    after = everything(db)
    done = mending.delete(db, cast.ana, touch.id, LATER)
    assert everything(db) == before
    assert done.change.kind is ChangeKind.TOUCH_DELETED
    changes.undo(db, cast.ana, done.change.id, LATER)
    assert everything(db) == after


def test_a_corrected_touch_can_be_deleted_too_and_an_undo_brings_both_back(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    touch = touched(db, cast.ana, card)
    mending.edit(db, cast.ana, touch.id, Mended(outcome=Outcome.REPLIED), LATER)
    after = everything(db)
    done = mending.delete(db, cast.ana, touch.id, LATER)
    assert everything(db) == before
    assert changes.history(db, cast.ana)[0].kind is ChangeKind.TOUCH_DELETED
    assert len(changes.history(db, cast.ana)) == 2
    changes.undo(db, cast.ana, done.change.id, LATER)
    assert everything(db) == after
    assert len(changes.history(db, cast.ana)) == 3


WANTED = st.builds(
    Mended,
    st.sampled_from([None, Channel.CALL, Channel.EMAIL, Channel.LINKEDIN]),
    st.sampled_from([None, *(each for each in Outcome if each is not Outcome.ASKED_TO_STOP)]),
    st.sampled_from([None, *FollowUpType]),
    st.sampled_from([None, "", "other words"]),
    st.sampled_from([None, NOW - 3 * DAY, NOW - HOUR, NOW]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(st.lists(WANTED, max_size=3), st.sampled_from([Outcome.VOICEMAIL, Outcome.SENT, Outcome.REPLIED]))
def test_whatever_was_corrected_the_same_again_changes_nothing_and_deleting_is_never_logged(
    db: Database, cast: Cast, corrections: list[Mended], outcome: Outcome
) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    touch = touched(db, cast.ana, card, Made(Channel.CALL, outcome))
    for wanted in corrections:
        try:
            mending.edit(db, cast.ana, touch.id, wanted, LATER)
        except InvalidInput:
            continue
    (now,) = entries(db, cast.ana, card)
    stands = everything(db)
    same = Mended(now.channel, now.outcome, now.type, now.note, now.happened_at)
    with pytest.raises(InvalidInput):
        mending.edit(db, cast.ana, touch.id, same, LATER)
    assert everything(db) == stands
    assert forgotten(db, cast.ana.workspace_id) == []
    mending.delete(db, cast.ana, touch.id, LATER)
    assert everything(db) == before


@pytest.mark.parametrize("since", [verbs.snooze, verbs.won, verbs.lost, verbs.restart, verbs.park])
def test_what_moved_on_since_stays_and_only_the_record_is_put_right(
    db: Database, cast: Cast, since: verbs.Verb
) -> None:
    card = added(db, cast.ana)
    touch = touched(db, cast.ana, card)
    since(db, cast.ana, by_prospect(card), NOW + HOUR)
    before = shown(db, cast.ana, card)
    done = mending.edit(db, cast.ana, touch.id, Mended(outcome=Outcome.REPLIED), LATER)
    now = shown(db, cast.ana, card)
    assert done.change.facts["stays"] is True
    assert (now.step, now.prospect.stage, now.enrollment) == (before.step, before.prospect.stage, before.enrollment)
    assert entries(db, cast.ana, card)[0].outcome is Outcome.REPLIED
    rows = everything(db)
    gone = mending.delete(db, cast.ana, touch.id, LATER)
    assert gone.change.facts["stays"] is True
    assert shown(db, cast.ana, card).step == before.step
    assert entries(db, cast.ana, card) == []
    changes.undo(db, cast.ana, gone.change.id, LATER)
    assert everything(db) == rows


def test_an_earlier_touch_is_taken_away_without_moving_what_a_later_one_decided(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, now=NOW - 10 * DAY)
    first = touched(db, cast.ana, card, now=NOW - 5 * DAY)
    touched(db, cast.ana, card)
    step = shown(db, cast.ana, card).step
    done = mending.delete(db, cast.ana, first.id, LATER)
    assert done.change.facts["stays"] is True
    now = shown(db, cast.ana, card)
    assert (now.step, now.prospect.active_at) == (step, NOW)


def test_the_stalled_clock_falls_back_to_what_is_left(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, now=NOW - 10 * DAY)
    notes.add(db, cast.ben, by_prospect(card), "met at the fair", NOW - 2 * DAY)
    touch = touched(db, cast.ana, card)
    snoozes.snooze(db, cast.ana, by_prospect(card), MONDAY + 10 * DAY, None, NOW)
    mending.delete(db, cast.ana, touch.id, LATER)
    now = shown(db, cast.ana, card).prospect
    assert (now.active_at, now.active_kind, now.active_by) == (NOW - 2 * DAY, "note", cast.ben.member.id)


def test_a_note_written_since_does_not_keep_a_touch_from_being_corrected(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    touch = touched(db, cast.ana, card)
    notes.add(db, cast.ana, by_prospect(card), "wants SSO", NOW + HOUR)
    done = mending.edit(db, cast.ana, touch.id, Mended(outcome=Outcome.REPLIED), LATER)
    now = shown(db, cast.ana, card).prospect
    assert "stays" not in done.change.facts
    assert (now.stage, now.active_at, now.active_kind) == (Stage.ENGAGED, NOW + HOUR, "note")


def test_what_was_chosen_by_hand_with_the_touch_stays(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    wish = Wish((NOW + 6 * DAY).date())
    touch = touched(db, cast.ana, card, Made(Channel.CALL, Outcome.VOICEMAIL, retry=wish))
    step = shown(db, cast.ana, card).step
    done = mending.edit(db, cast.ana, touch.id, Mended(outcome=Outcome.NO_ANSWER), LATER)
    assert (shown(db, cast.ana, card).step, done.change.facts["stays"]) == (step, True)


def test_one_of_several_answered_together_can_be_corrected(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, now=NOW - 10 * DAY)
    digests.my_day(db, cast.ana.member, NOW)

    def call(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
        return touches.log(db, actor, target, Made(Channel.CALL, Outcome.NO_ANSWER), now)

    before = everything(db)
    batch.answer(db, cast.ana, [Answer(1, call)], NOW)
    (touch,) = entries(db, cast.ana, card)
    mending.edit(db, cast.ana, touch.id, Mended(outcome=Outcome.REPLIED), LATER)
    assert shown(db, cast.ana, card).prospect.stage is Stage.ENGAGED
    mending.delete(db, cast.ana, touch.id, LATER)
    assert everything(db) == before


def test_who_asked_us_to_stop_is_not_brought_back_by_a_correction(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    touch = touched(db, cast.ana, card, Made(Channel.CALL, Outcome.ASKED_TO_STOP))
    before = everything(db)
    with pytest.raises(DoNotContactStands):
        mending.edit(db, cast.ana, touch.id, Mended(outcome=Outcome.VOICEMAIL), LATER)
    with pytest.raises(DoNotContactStands):
        mending.delete(db, cast.ana, touch.id, LATER)
    assert everything(db) == before


def test_a_correction_may_say_that_they_asked_us_to_stop(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    touch = touched(db, cast.ana, card)
    done = mending.edit(db, cast.ana, touch.id, Mended(outcome=Outcome.ASKED_TO_STOP), LATER)
    assert shown(db, cast.ana, card).prospect.do_not_contact_at == LATER
    with pytest.raises(DoNotContactStands):
        changes.undo(db, cast.ana, done.change.id, LATER + timedelta(hours=2))


def test_after_something_else_asked_to_stop_is_said_by_itself(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    touch = touched(db, cast.ana, card)
    verbs.snooze(db, cast.ana, by_prospect(card), NOW)
    before = everything(db)
    with pytest.raises(InvalidInput) as refused:
        mending.edit(db, cast.ana, touch.id, Mended(outcome=Outcome.ASKED_TO_STOP), LATER)
    assert refused.value.example == "stop acme"
    assert everything(db) == before


def test_a_touch_is_never_in_the_future(db: Database, cast: Cast) -> None:
    touch = touched(db, cast.ana, added(db, cast.ana))
    with pytest.raises(InvalidInput) as refused:
        mending.edit(db, cast.ana, touch.id, Mended(happened_at=NOW + HOUR), NOW)
    assert refused.value.field == "on"


def test_only_who_made_it_and_managers_may(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    touch = touched(db, cast.cleo, card)
    before = everything(db)
    for actor, refusal in ((cast.ana, NotAllowed), (cast.ben, NotYours), (cast.otto, Gone)):
        with pytest.raises(refusal):
            mending.edit(db, actor, touch.id, Mended(note="mine"), LATER)
        with pytest.raises(refusal):
            mending.delete(db, actor, touch.id, LATER)
    assert everything(db) == before
    assert mending.edit(db, cast.cleo, touch.id, Mended(note="mine"), LATER).change.member_id == cast.cleo.member.id


def test_the_last_touch_is_ones_own_and_a_managers_anybodys(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    with pytest.raises(InvalidInput):
        mending.last_of(db, cast.ana, card.prospect.id)
    touch = touched(db, cast.ana, card)
    touched(db, cast.cleo, card, now=LATER)
    assert mending.last_of(db, cast.ana, card.prospect.id).id == touch.id
    assert mending.last_of(db, cast.cleo, card.prospect.id).member_id == cast.cleo.member.id


def test_an_older_touch_is_counted_among_ones_own(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    first = touched(db, cast.ana, card)
    touched(db, cast.cleo, card, now=LATER)
    last = touched(db, cast.ana, card, now=LATER + HOUR)
    assert mending.last_of(db, cast.ana, card.prospect.id).id == last.id
    assert mending.last_of(db, cast.ana, card.prospect.id, 1).id == first.id
    with pytest.raises(InvalidInput, match="only 2 touches"):
        mending.last_of(db, cast.ana, card.prospect.id, 2)


def test_a_touch_that_is_gone_is_gone(db: Database, cast: Cast) -> None:
    touch = touched(db, cast.ana, added(db, cast.ana))
    mending.delete(db, cast.ana, touch.id, LATER)
    with pytest.raises(Gone):
        mending.delete(db, cast.ana, touch.id, LATER)
