"""From one owner to another, and the polite nudge."""

from datetime import date, datetime, time

import pytest

from bot.services import changes, digests, handover, leave, members, messages, outbox, prospects
from bot.services.cards import Card
from bot.services.details import Details
from bot.services.errors import AlreadyDone, AnsweredBefore, Gone, InvalidInput, NotYours, NudgedToday, OwnerAway
from bot.services.members import Profile
from bot.services.messages import Notice, Tone
from bot.services.promises import Wish
from bot.storage.engine import Database
from bot.storage.tables import ChangeKind, DeliveryKind
from cadences.model import Channel
from tests.support import verbs
from tests.support.cast import (
    DAY,
    HOUR,
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
from tests.support.rows import change_count, delivery_count, everything
from tests.support.together import errors, together


def said(db: Database, now: datetime = NOW) -> list[tuple[str, Notice]]:
    """What the outbox says now, and to whom."""
    heard = []
    for taken in outbox.take(db, now, 20):
        outbox.mark_sent(db, taken.delivery, "D1", "1.1", now)
        notice = messages.question(taken.delivery)
        assert taken.recipient is not None
        assert notice is not None
        heard.append((taken.recipient.name, notice))
    return heard


def asked(db: Database, cast: Cast, card: Card) -> int:
    """Ben asks whether he may take over; the question's number."""
    question = handover.take_over(db, cast.ben, by_prospect(card), NOW).delivery_id
    assert question is not None
    return question


def test_a_nudge_tells_the_owner_who_asks_about_what(db: Database, cast: Cast, card: Card) -> None:
    before = everything(db)
    handover.nudge(db, cast.ben, by_step(card), NOW)
    ((name, notice),) = said(db)
    assert (name, notice.tone, notice.by_name) == ("Ana", Tone.NUDGE, "Ben")
    assert (notice.name, notice.company, notice.step_id) == ("Dana Li", "Acme", step_of(card).id)
    assert everything(db) == before


def test_an_owner_is_nudged_once_a_day_whoever_asks_about_whatever(db: Database, cast: Cast, card: Card) -> None:
    other = added(db, cast.ana, "Eli", "Else")
    handover.nudge(db, cast.ben, by_prospect(card), NOW)
    with pytest.raises(NudgedToday) as refused:
        handover.nudge(db, cast.cleo, by_prospect(other), NOW + HOUR)
    assert (refused.value.owner.name, refused.value.at) == ("Ana", NOW)
    assert delivery_count(db) == 1
    assert handover.nudge(db, cast.cleo, by_prospect(other), NOW + 3 * DAY).delivery_id is not None


def test_of_two_nudges_at_the_same_instant_one_is_said(db: Database, cast: Cast, card: Card) -> None:
    outcomes = together(
        lambda: handover.nudge(db, cast.ben, by_prospect(card), NOW),
        lambda: handover.nudge(db, cast.cleo, by_prospect(card), NOW),
    )
    assert [type(error) for error in errors(outcomes)] == [NudgedToday]


def test_nobody_nudges_herself(db: Database, cast: Cast, card: Card) -> None:
    with pytest.raises(InvalidInput):
        handover.nudge(db, cast.ana, by_prospect(card), NOW)


def test_an_owner_who_is_paused_is_not_nudged_and_the_answer_says_when_she_is_back(
    db: Database, cast: Cast, card: Card
) -> None:
    members.pause(db, cast.ana, date(2026, 11, 28), NOW)
    with pytest.raises(OwnerAway) as away:
        handover.nudge(db, cast.ben, by_prospect(card), NOW)
    assert away.value.back_on == date(2026, 11, 30)
    assert delivery_count(db) == 0


def test_an_owner_is_not_nudged_on_her_day_off(db: Database, cast: Cast, card: Card) -> None:
    with pytest.raises(OwnerAway) as away:
        handover.nudge(db, cast.ben, by_prospect(card), NOW + DAY)
    assert away.value.back_on == MONDAY


def test_a_deactivated_owner_is_neither_nudged_nor_asked_nor_told(db: Database, cast: Cast, card: Card) -> None:
    members.told(db, WORKSPACE, Profile("U0ANA", "Ana", is_deleted=True), NOW)
    for verb in (handover.nudge, handover.take_over):
        with pytest.raises(InvalidInput, match="Ana left"):
            verb(db, cast.ben, by_prospect(card), NOW)
    taken = handover.take_over(db, cast.cleo, by_prospect(card), NOW)
    assert taken.done is not None
    assert taken.delivery_id is None


def test_a_manager_takes_over_at_once_and_the_old_owner_hears_of_it(db: Database, cast: Cast, card: Card) -> None:
    verbs.snooze(db, cast.ana, by_prospect(card), NOW)
    before = shown(db, cast.ana, card)
    sent = handover.take_over(db, cast.cleo, by_prospect(card), NOW + HOUR)
    now = shown(db, cast.ana, card)
    assert (now.owner.name, step_of(now).owner_id) == ("Cleo", cast.cleo.member.id)
    assert (step_of(now).id, step_of(now).due_at, step_of(now).snoozes) == (
        step_of(before).id,
        step_of(before).due_at,
        1,
    )
    assert sent.done is not None
    assert sent.done.change.facts["from_name"] == "Ana"
    ((name, notice),) = said(db, NOW + HOUR)
    assert (name, notice.tone, notice.by_name) == ("Ana", Tone.TAKEN_OVER, "Cleo")


def test_what_was_taken_over_is_in_the_new_owners_day(db: Database, cast: Cast, card: Card) -> None:
    handover.take_over(db, cast.cleo, by_prospect(card), NOW)
    later = NOW + 3 * DAY
    assert digests.my_day(db, known(db, cast.ana), later).rows == ()
    assert len(digests.my_day(db, known(db, cast.cleo), later).rows) == 1


def test_the_same_take_over_again_tells_the_old_owner_once(db: Database, cast: Cast, card: Card) -> None:
    cleo = asking(cast.cleo, "click 1")
    handover.take_over(db, cleo, by_prospect(card), NOW)
    with pytest.raises(AlreadyDone):
        handover.take_over(db, cleo, by_prospect(card), NOW)
    with pytest.raises(InvalidInput):
        handover.take_over(db, cast.cleo, by_prospect(card), NOW)
    assert delivery_count(db) == 1


def test_of_two_take_overs_at_the_same_instant_one_acts(db: Database, cast: Cast, card: Card) -> None:
    outcomes = together(*[lambda: handover.take_over(db, cast.cleo, by_prospect(card), NOW)] * 2)
    assert [type(error) for error in errors(outcomes)] == [InvalidInput]
    assert delivery_count(db) == 1


def test_a_closed_deal_changes_hands_too(db: Database, cast: Cast, card: Card) -> None:
    verbs.won(db, cast.ana, by_prospect(card), NOW)
    handover.take_over(db, cast.cleo, by_prospect(card), NOW)
    assert shown(db, cast.ana, card).owner.name == "Cleo"


def test_a_teammate_asks_and_nothing_changes_yet(db: Database, cast: Cast, card: Card) -> None:
    before = everything(db)
    assert handover.take_over(db, cast.ben, by_prospect(card), NOW).done is None
    ((name, notice),) = said(db)
    assert (name, notice.tone, notice.by_name) == ("Ana", Tone.ASKED, "Ben")
    assert everything(db) == before


def test_asking_twice_on_one_day_asks_once(db: Database, cast: Cast, card: Card) -> None:
    asked(db, cast, card)
    assert handover.take_over(db, cast.ben, by_prospect(card), NOW + HOUR).delivery_id is None
    assert delivery_count(db) == 1


def test_with_the_owners_yes_the_prospect_changes_hands_and_the_asker_hears(
    db: Database, cast: Cast, card: Card
) -> None:
    question = asked(db, cast, card)
    said(db)
    sent = handover.answer(db, cast.ana, question, NOW + HOUR, yes=True)
    assert sent.done is not None
    assert sent.done.change.kind is ChangeKind.HANDED_OVER
    assert shown(db, cast.ben, card).owner.name == "Ben"
    ((name, notice),) = said(db, NOW + HOUR)
    assert (name, notice.tone, notice.by_name) == ("Ben", Tone.GIVEN, "Ana")


def test_with_the_owners_no_nothing_changes_and_the_asker_hears(db: Database, cast: Cast, card: Card) -> None:
    question = asked(db, cast, card)
    said(db)
    before, count = everything(db), change_count(db)
    assert handover.answer(db, cast.ana, question, NOW + HOUR, yes=False).done is None
    assert (everything(db), change_count(db)) == (before, count)
    ((name, notice),) = said(db, NOW + HOUR)
    assert (name, notice.tone) == ("Ben", Tone.REFUSED)


def test_only_who_was_asked_answers(db: Database, cast: Cast, card: Card) -> None:
    question = asked(db, cast, card)
    for actor in (cast.ben, cast.cleo, cast.otto):
        with pytest.raises(Gone):
            handover.answer(db, actor, question, NOW, yes=True)
    assert shown(db, cast.ana, card).owner.name == "Ana"


def test_a_yes_after_somebody_else_took_over_gives_nothing_away(db: Database, cast: Cast, card: Card) -> None:
    question = asked(db, cast, card)
    handover.take_over(db, cast.cleo, by_prospect(card), NOW)
    with pytest.raises(NotYours):
        handover.answer(db, cast.ana, question, NOW + HOUR, yes=True)
    assert shown(db, cast.ana, card).owner.name == "Cleo"


def test_an_answer_clicked_twice_hands_over_once(db: Database, cast: Cast, card: Card) -> None:
    question = asked(db, cast, card)
    handover.answer(db, cast.ana, question, NOW, yes=True)
    count = change_count(db)
    with pytest.raises(AnsweredBefore):
        handover.answer(db, cast.ana, question, NOW, yes=True)
    assert change_count(db) == count


def test_a_manager_who_was_asked_and_answers_twice_changes_nothing_the_second_time(db: Database, cast: Cast) -> None:
    card = added(db, cast.cleo)
    question = asked(db, cast, card)
    handover.answer(db, cast.cleo, question, NOW, yes=True)
    before, count = everything(db), change_count(db)
    with pytest.raises(AnsweredBefore):
        handover.answer(db, cast.cleo, question, NOW + HOUR, yes=True)
    assert (everything(db), change_count(db)) == (before, count)


def test_a_question_about_a_prospect_that_is_gone_is_answered_so(db: Database, cast: Cast, card: Card) -> None:
    question = asked(db, cast, card)
    changes.undo(db, cast.ana, None, NOW + HOUR)
    with pytest.raises(Gone):
        handover.answer(db, cast.ana, question, NOW + 2 * HOUR, yes=True)


def test_what_is_no_question_can_not_be_answered(db: Database, cast: Cast, card: Card) -> None:
    digests.open_due(db, NOW + 3 * DAY, 10)
    with pytest.raises(Gone):
        handover.answer(db, cast.ana, 1, NOW + 3 * DAY, yes=True)
    nudge = handover.nudge(db, cast.ben, by_prospect(card), NOW + 3 * DAY).delivery_id
    assert nudge is not None
    before = everything(db)
    with pytest.raises(Gone):
        handover.answer(db, cast.ana, nudge, NOW + 3 * DAY, yes=True)
    assert everything(db) == before


def test_an_outsider_neither_nudges_nor_takes(db: Database, cast: Cast, card: Card) -> None:
    for act in (handover.nudge, handover.take_over):
        with pytest.raises(Gone):
            act(db, cast.otto, by_prospect(card), NOW)
    assert delivery_count(db) == 0


def test_kinds_of_notices_do_not_stand_in_each_others_way(db: Database, cast: Cast, card: Card) -> None:
    handover.nudge(db, cast.ben, by_prospect(card), NOW)
    asked(db, cast, card)
    handover.take_over(db, cast.cleo, by_prospect(card), NOW)
    kinds = [taken.delivery.kind for taken in outbox.take(db, NOW, 10)]
    assert kinds == [DeliveryKind.NUDGE, DeliveryKind.QUESTION, DeliveryKind.NEWS]


def test_an_owner_gives_a_prospect_away_with_its_history_position_and_snoozes(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, note="from the fair")
    verbs.log(db, cast.ana, by_prospect(card), NOW)
    verbs.snooze(db, cast.ana, by_prospect(card), NOW)
    before, stood = everything(db), shown(db, cast.ana, card)
    given = handover.assign(db, cast.ana, by_prospect(card), "U0BEN", NOW + HOUR)
    stands = shown(db, cast.ben, card)
    assert stands.owner.name == "Ben"
    assert (step_of(stands).owner_id, step_of(stands).number, step_of(stands).snoozes) == (
        "U0BEN", step_of(stood).number, 1
    )  # fmt: skip
    assert stands.enrollment == stood.enrollment
    assert [(name, notice.tone) for name, notice in said(db, NOW + HOUR)] == [("Ben", Tone.ASSIGNED)]
    changes.undo(db, cast.ana, given.change.id, NOW + 2 * HOUR)
    assert everything(db) == before


def test_where_a_manager_gives_it_the_old_owner_hears_of_it_too_once(db: Database, cast: Cast, card: Card) -> None:
    handover.assign(db, asking(cast.cleo, "request 1"), by_prospect(card), "U0BEN", NOW)
    with pytest.raises(AlreadyDone):
        handover.assign(db, asking(cast.cleo, "request 1"), by_prospect(card), "U0BEN", NOW)
    heard = dict(said(db))
    assert {name: notice.tone for name, notice in heard.items()} == {"Ben": Tone.ASSIGNED, "Ana": Tone.ASSIGNED_AWAY}
    assert heard["Ana"].to_name == "Ben"


def test_only_the_owner_or_a_manager_gives_away_and_only_to_who_is_here(db: Database, cast: Cast, card: Card) -> None:
    before = everything(db)
    with pytest.raises(NotYours):
        handover.assign(db, cast.ben, by_prospect(card), "U0BEN", NOW)
    with pytest.raises(Gone):
        handover.assign(db, cast.otto, by_prospect(card), "U0OTTO", NOW)
    for nobody in ("U0NOBODY", "U0OTTO", "U0ANA"):
        with pytest.raises(InvalidInput):
            handover.assign(db, cast.ana, by_prospect(card), nobody, NOW)
    assert everything(db) == before
    assert delivery_count(db) == 0


# --- in the edit form


def test_details_and_owner_are_saved_as_one_change_and_undone_as_one(db: Database, cast: Cast, card: Card) -> None:
    before = everything(db)
    details, wish = Details("Dana Lee", "Beta"), Wish(MONDAY, time(10), Channel.CALL)
    done = prospects.edit(db, cast.ana, by_prospect(card), details, wish, NOW + HOUR, to_id="U0BEN")
    stands = shown(db, cast.ben, card)
    assert (stands.owner.name, stands.prospect.name, stands.prospect.company) == ("Ben", "Dana Lee", "Beta")
    assert (step_of(stands).owner_id, step_of(stands).channel) == ("U0BEN", Channel.CALL)
    assert (done.change.kind, done.change.facts["to_name"], done.change.facts["edited"]) == (
        ChangeKind.HANDED_OVER, "Ben", True
    )  # fmt: skip
    assert [(name, notice.tone, notice.name) for name, notice in said(db, NOW + HOUR)] == [
        ("Ben", Tone.ASSIGNED, "Dana Lee")
    ]
    changes.undo(db, cast.ana, done.change.id, NOW + 2 * HOUR)
    assert everything(db) == before


def test_a_manager_who_edits_and_gives_away_tells_both_once(db: Database, cast: Cast, card: Card) -> None:
    cleo = asking(cast.cleo, "view 1")
    done = prospects.amend(db, cleo, by_prospect(card), {"role": "CTO"}, NOW, to_id="U0BEN")
    with pytest.raises(AlreadyDone):
        prospects.amend(db, cleo, by_prospect(card), {"role": "CTO"}, NOW, to_id="U0BEN")
    assert [heard.member.name for heard in done.heard] == ["Ben", "Ana"]
    assert {name: notice.tone for name, notice in said(db)} == {"Ben": Tone.ASSIGNED, "Ana": Tone.ASSIGNED_AWAY}


def test_where_only_the_owner_changes_nothing_is_said_of_an_edit(db: Database, cast: Cast, card: Card) -> None:
    done = prospects.amend(db, cast.ana, by_prospect(card), {}, NOW, to_id="U0CLEO")
    assert "edited" not in done.change.facts


def test_a_closed_deal_is_edited_and_given_away_too(db: Database, cast: Cast, card: Card) -> None:
    verbs.won(db, cast.ana, by_prospect(card), NOW)
    prospects.amend(db, cast.ana, by_prospect(card), {"role": "CTO"}, NOW, to_id="U0BEN")
    assert shown(db, cast.ana, card).owner.name == "Ben"


def test_a_deputy_edits_and_is_told_at_the_owner_that_only_others_give_away(
    db: Database, cast: Cast, card: Card
) -> None:
    leave.take(db, cast.ana, MONDAY, MONDAY + 4 * DAY, NOW, deputy_id="U0BEN")
    before = everything(db)
    with pytest.raises(InvalidInput) as refused:
        prospects.amend(db, cast.ben, by_prospect(card), {"role": "CTO"}, NOW, to_id="U0BEN")
    assert (refused.value.field, refused.value.why) == (
        "owner", "only Ana or a manager hands this over: ask Ana"
    )  # fmt: skip
    assert everything(db) == before
    prospects.amend(db, cast.ben, by_prospect(card), {"role": "CTO"}, NOW)


def test_an_edit_is_kept_only_if_its_owner_can_be(db: Database, cast: Cast, card: Card) -> None:
    members.told(db, WORKSPACE, Profile("U0BEN", "Ben", is_deleted=True), NOW)
    before = everything(db)
    for nobody in ("U0NOBODY", "U0OTTO", "U0ANA", "U0BEN"):
        with pytest.raises(InvalidInput) as refused:
            prospects.amend(db, cast.ana, by_prospect(card), {"role": "CTO"}, NOW, to_id=nobody)
        assert refused.value.field == "owner"
    for actor, error in ((cast.otto, Gone), (fresh(db, cast.ben), NotYours)):
        with pytest.raises(error):
            prospects.amend(db, actor, by_prospect(card), {"role": "CTO"}, NOW, to_id="U0CLEO")
    assert everything(db) == before
    assert delivery_count(db) == 0


def test_the_question_that_waits_is_found_for_who_was_asked_until_it_was_answered(
    db: Database, cast: Cast, card: Card
) -> None:
    other = added(db, cast.ana, "Eli", "Else")
    question = handover.take_over(db, cast.ben, by_prospect(card), NOW).delivery_id
    assert question is not None
    assert handover.asked_about(db, cast.ana, card.prospect.id).id == question
    for actor, prospect_id in (
        (cast.ben, card.prospect.id),
        (cast.cleo, card.prospect.id),
        (cast.ana, other.prospect.id),
    ):
        with pytest.raises(InvalidInput, match="nobody has asked"):
            handover.asked_about(db, actor, prospect_id)
    handover.answer(db, cast.ana, question, NOW + HOUR, yes=False)
    with pytest.raises(InvalidInput, match="nobody has asked"):
        handover.asked_about(db, cast.ana, card.prospect.id)
