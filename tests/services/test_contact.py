"""Do not contact: everything stops at once, nobody gets around it, and only an admin lifts it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.services import (
    changes,
    closing,
    contact,
    digests,
    meetings,
    members,
    notes,
    positions,
    prospects,
    snoozes,
    touches,
)
from bot.services.cards import Card
from bot.services.details import Details
from bot.services.errors import (
    DomainError,
    DoNotContact,
    DoNotContactStands,
    Gone,
    InvalidInput,
    MovedOn,
    NotAllowed,
    NotYours,
)
from bot.services.touches import Made
from bot.storage.engine import Database
from bot.storage.records import Note, Prospect
from bot.storage.tables import ChangeKind, Role
from cadences.model import EnrollmentState, LostReason, Outcome, Stage
from cadences.states import State
from tests.support import verbs
from tests.support.cast import (
    DAY,
    HOUR,
    MINUTE,
    MONDAY,
    NOW,
    TODAY,
    WORKSPACE,
    Cast,
    added,
    by_prospect,
    by_step,
    fresh,
    shown,
)
from tests.support.rows import everything, forgotten

EMAIL, PHONE = "dana@example.com", "+4930123456"
WHY = "they wrote to us again"
AN_HOUR = timedelta(hours=1)


def dana(db: Database, cast: Cast) -> Card:
    return added(db, cast.ana, email=EMAIL, phone=PHONE)


def stopped(db: Database, cast: Cast) -> Card:
    """Dana, who asked us to stop."""
    card = contact.stop(db, cast.ana, by_prospect(dana(db, cast)), "by mail", NOW).card
    assert card is not None
    return card


def refused(db: Database, error: type[DomainError], act: Callable[[], object]) -> DomainError:
    """The refusal, which changed nothing."""
    before = everything(db)
    with pytest.raises(error) as told:
        act()
    assert everything(db) == before
    return told.value


def test_who_asks_to_stop_has_nothing_planned_any_more(db: Database, cast: Cast) -> None:
    card = stopped(db, cast)
    assert (card.step, card.enrollment, card.state(NOW)) == (None, None, State.DO_NOT_CONTACT)
    assert card.ended is not None
    assert (card.ended.state, card.ended.ended_at) == (EnrollmentState.STOPPED, NOW)
    now = card.prospect
    assert (now.do_not_contact_at, now.stage, now.lost_reason, now.closed_on) == (
        NOW, Stage.LOST, LostReason.OTHER, TODAY
    )  # fmt: skip
    assert forgotten(db, WORKSPACE) == []


def test_what_they_said_is_kept_as_a_note(db: Database, cast: Cast) -> None:
    card = stopped(db, cast)
    (note,) = prospects.show(db, cast.ana, card.prospect.id).entries
    assert isinstance(note, Note)
    assert note.text == "by mail"


def test_a_touch_that_ended_with_it_is_do_not_contact_too(db: Database, cast: Cast) -> None:
    card = touches.log(db, cast.ana, by_prospect(dana(db, cast)), Made(outcome=Outcome.ASKED_TO_STOP), NOW).card
    assert card is not None
    assert (card.prospect.do_not_contact_at, card.step, card.state(NOW)) == (NOW, None, State.DO_NOT_CONTACT)


def test_it_is_gone_from_the_digest(db: Database, cast: Cast) -> None:
    stopped(db, cast)
    assert digests.my_day(db, cast.ana.member, NOW + 30 * DAY).rows == ()


@pytest.mark.parametrize("position", ["parked", "answered", "snoozed", "promised"])
def test_it_stops_everything_wherever_they_stood(db: Database, cast: Cast, position: str) -> None:
    card = verbs.in_every_position(db, cast.ana)[position]
    now = contact.stop(db, cast.ana, by_prospect(card), "", NOW).card
    assert now is not None
    assert (now.step, now.enrollment, now.prospect.parked_until_on) == (None, None, None)


@pytest.mark.parametrize("closed", [verbs.won, verbs.won_with_check_ins, verbs.lost, verbs.lost_for_now])
def test_a_closed_deal_stays_as_it_was_closed_and_is_left_alone(db: Database, cast: Cast, closed: verbs.Verb) -> None:
    was = closed(db, cast.ana, by_prospect(dana(db, cast)), NOW).card
    assert was is not None
    now = contact.stop(db, cast.ana, by_prospect(was), "", NOW + DAY).card
    assert now is not None
    assert (now.prospect.stage, now.prospect.lost_reason) == (was.prospect.stage, was.prospect.lost_reason)
    assert (now.step, now.enrollment, now.state(NOW + DAY)) == (None, None, State.DO_NOT_CONTACT)


# Nobody gets around it


@pytest.mark.parametrize("details", [{"email": EMAIL}, {"email": "Dana@Example.com "}, {"phone": PHONE}])
def test_nobody_adds_them_again_under_the_same_address(db: Database, cast: Cast, details: dict[str, Any]) -> None:
    stopped(db, cast)
    told = refused(db, DoNotContact, lambda: added(db, cast.ben, "D. Li", "Acme Sample", **details))
    assert isinstance(told, DoNotContact)
    assert told.prospect.name == "Dana Li"


def test_another_workspace_knows_nothing_of_it(db: Database, cast: Cast) -> None:
    stopped(db, cast)
    assert added(db, cast.otto, email=EMAIL, phone=PHONE).step is not None


def test_a_namesake_with_another_address_can_be_added(db: Database, cast: Cast) -> None:
    stopped(db, cast)
    assert added(db, cast.ana, email="dana@elsewhere.example").step is not None


def test_nobody_gives_their_address_to_another_prospect(db: Database, cast: Cast) -> None:
    other = added(db, cast.ana, "Eli Wu", "Beta")
    stopped(db, cast)
    details = Details("Eli Wu", "Beta", email=EMAIL)
    refused(db, DoNotContact, lambda: prospects.edit(db, cast.ana, by_prospect(other), details, None, NOW))


def test_nobody_frees_their_address_by_writing_another_over_it(db: Database, cast: Cast) -> None:
    card = stopped(db, cast)
    details = Details("Dana Li", "Acme", email="nobody@example.com", phone=PHONE)
    refused(db, DoNotContact, lambda: prospects.edit(db, cast.ana, by_prospect(card), details, None, NOW))


def test_their_name_can_still_be_put_right_and_a_note_written(db: Database, cast: Cast) -> None:
    card = stopped(db, cast)
    details = Details("Dana Lee", "Acme", email=EMAIL, phone=PHONE)
    done = prospects.edit(db, cast.ana, by_prospect(card), details, None, NOW + HOUR)
    notes.add(db, cast.ana, by_prospect(card), "their lawyer wrote", NOW + HOUR)
    assert done.card is not None
    assert (done.card.prospect.name, done.card.step) == ("Dana Lee", None)


AGAIN: dict[str, verbs.Verb] = {
    "log": verbs.log,
    "reply": verbs.logging(Outcome.REPLIED),
    "snooze": verbs.snooze,
    "park": verbs.park,
    "won": verbs.won,
    "lost": verbs.lost,
    "skip": verbs.skip,
    "out of office": verbs.out_of_office,
    "align": verbs.align,
    "meet": verbs.met,
    "reopen": verbs.reopen,
    "start a cadence": verbs.starting("nudge"),
    "a next step": verbs.replan,
}


@pytest.mark.parametrize("verb", AGAIN.values(), ids=AGAIN.keys())
@pytest.mark.parametrize("was_won", [False, True], ids=["open", "won"])
def test_nothing_is_planned_or_logged_again_and_everybody_hears_why(
    db: Database, cast: Cast, verb: verbs.Verb, *, was_won: bool
) -> None:
    card = dana(db, cast)
    if was_won:
        verbs.won(db, cast.ana, by_prospect(card), NOW)
    contact.stop(db, cast.ana, by_prospect(card), "", NOW)
    refused(db, DoNotContact, lambda: verb(db, cast.cleo, by_prospect(card), NOW + HOUR))


def test_a_meeting_with_them_under_a_new_name_is_refused_too(db: Database, cast: Cast) -> None:
    stopped(db, cast)
    who = Details("D. Li", "Acme", email=EMAIL)
    refused(db, DoNotContact, lambda: meetings.met(db, cast.ben, who, "", NOW + HOUR))


def test_to_say_it_twice_is_said_to_be_needless(db: Database, cast: Cast) -> None:
    card = stopped(db, cast)
    told = refused(db, InvalidInput, lambda: contact.stop(db, cast.ana, by_prospect(card), "", NOW + HOUR))
    assert isinstance(told, InvalidInput)
    assert told.why == "Dana Li is marked do-not-contact already"


def test_a_teammate_or_a_stranger_can_not_say_it(db: Database, cast: Cast) -> None:
    card = dana(db, cast)
    refused(db, NotYours, lambda: contact.stop(db, cast.ben, by_prospect(card), "", NOW))
    refused(db, Gone, lambda: contact.stop(db, cast.otto, by_prospect(card), "", NOW))


def test_a_button_of_an_older_step_does_not_say_it(db: Database, cast: Cast) -> None:
    card = dana(db, cast)
    verbs.log(db, cast.ana, by_step(card), NOW)
    refused(db, MovedOn, lambda: contact.stop(db, cast.ana, by_step(card), "", NOW + MINUTE))


# Taking it back


SAYINGS: dict[str, verbs.Verb] = {"stop": verbs.stop_contact, "log": verbs.logging(Outcome.ASKED_TO_STOP)}


@pytest.mark.parametrize("say", SAYINGS.values(), ids=SAYINGS.keys())
def test_a_slip_of_the_finger_is_undone_exactly_within_the_hour(db: Database, cast: Cast, say: verbs.Verb) -> None:
    card = dana(db, cast)
    before = everything(db)
    done = say(db, cast.ana, by_prospect(card), NOW)
    changes.undo(db, cast.ana, done.change.id, NOW + AN_HOUR)
    assert everything(db) == before


@pytest.mark.parametrize("say", SAYINGS.values(), ids=SAYINGS.keys())
def test_after_the_hour_it_stands_even_for_an_admin(db: Database, cast: Cast, say: verbs.Verb) -> None:
    card = dana(db, cast)
    done = say(db, cast.ana, by_prospect(card), NOW)
    for actor in (cast.ana, cast.cleo):
        refused(db, DoNotContactStands, lambda: changes.undo(db, actor, done.change.id, NOW + AN_HOUR + MINUTE))  # noqa: B023 - called at once


def test_undoing_the_adding_does_not_let_them_be_added_again(db: Database, cast: Cast) -> None:
    card = dana(db, cast)
    contact.stop(db, cast.ana, by_prospect(card), "", NOW)
    adding = changes.history(db, cast.ana)[-1]
    assert adding.kind is ChangeKind.ADDED
    refused(db, DomainError, lambda: changes.undo(db, cast.ana, adding.id, NOW + 2 * HOUR))


def lifted(db: Database, cast: Cast, card: Card, why: str = WHY) -> Prospect:
    done = contact.lift(db, cast.cleo, by_prospect(card), why, NOW + 3 * DAY)
    assert done.card is not None
    return done.card.prospect


def test_an_admin_lifts_it_with_a_reason_that_is_kept_and_the_deal_stays_lost(db: Database, cast: Cast) -> None:
    card = stopped(db, cast)
    now = lifted(db, cast, card)
    assert (now.do_not_contact_at, now.stage, now.closed_on) == (None, Stage.LOST, TODAY)
    assert shown(db, cast.ana, card).state(NOW + 3 * DAY) is State.LOST
    note = prospects.show(db, cast.ana, card.prospect.id).entries[0]
    assert isinstance(note, Note)
    assert note.text == f"Do-not-contact lifted: {WHY}"


def test_a_customer_whose_stop_is_lifted_is_still_a_customer(db: Database, cast: Cast) -> None:
    card = dana(db, cast)
    verbs.won(db, cast.ana, by_prospect(card), NOW)
    contact.stop(db, cast.ana, by_prospect(card), "", NOW)
    assert lifted(db, cast, card).stage is Stage.WON


def test_once_lifted_the_deal_can_be_opened_again(db: Database, cast: Cast) -> None:
    card = stopped(db, cast)
    lifted(db, cast, card)
    now = closing.reopen(db, cast.ana, by_prospect(card), NOW + 4 * DAY).card
    assert now is not None
    assert (now.prospect.stage, now.prospect.lost_reason, now.prospect.closed_on) == (Stage.WORKING, None, None)
    assert now.step is not None


def test_once_lifted_the_same_address_can_be_added_again(db: Database, cast: Cast) -> None:
    lifted(db, cast, stopped(db, cast))
    assert added(db, cast.ben, "D. Li", "Acme", email=EMAIL).step is not None


def test_a_lifting_is_undone_exactly(db: Database, cast: Cast) -> None:
    card = stopped(db, cast)
    before = everything(db)
    done = contact.lift(db, cast.cleo, by_prospect(card), WHY, NOW + 3 * DAY)
    changes.undo(db, cast.cleo, done.change.id, NOW + 9 * DAY)
    assert everything(db) == before


def test_nobody_but_an_admin_lifts_it(db: Database, cast: Cast) -> None:
    card = stopped(db, cast)
    members.set_role(db, cast.cleo, cast.ben.member.id, Role.MANAGER, NOW)
    for actor in (cast.ana, fresh(db, cast.ben)):
        refused(db, NotAllowed, lambda: contact.lift(db, actor, by_prospect(card), WHY, NOW))  # noqa: B023 - called at once
    refused(db, Gone, lambda: contact.lift(db, cast.otto, by_prospect(card), WHY, NOW))


@pytest.mark.parametrize("why", ["", "  ", "\0"])
def test_it_is_not_lifted_without_a_reason(db: Database, cast: Cast, why: str) -> None:
    card = stopped(db, cast)
    told = refused(db, InvalidInput, lambda: contact.lift(db, cast.cleo, by_prospect(card), why, NOW))
    assert isinstance(told, InvalidInput)
    assert told.field == "reason"


def test_there_is_nothing_to_lift_where_nobody_asked_us_to_stop(db: Database, cast: Cast) -> None:
    card = dana(db, cast)
    refused(db, InvalidInput, lambda: contact.lift(db, cast.cleo, by_prospect(card), WHY, NOW))


def test_what_was_planned_before_does_not_come_back_with_the_lifting(db: Database, cast: Cast) -> None:
    card = stopped(db, cast)
    lifted(db, cast, card)
    for act in (
        lambda: positions.skip(db, cast.ana, by_prospect(card), WHY, NOW + 4 * DAY),
        lambda: snoozes.snooze(db, cast.ana, by_prospect(card), MONDAY, None, NOW),
        lambda: verbs.starting("nudge")(db, cast.ana, by_prospect(card), NOW + 4 * DAY),
    ):
        refused(db, DomainError, act)
