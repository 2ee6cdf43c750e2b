"""A meeting that took place is logged and followed up from its first day, with somebody new or known."""

from collections.abc import Callable
from datetime import date, time

import pytest
from sqlalchemy import select

from bot.services import changes, meetings, prospects, targets, touches
from bot.services.cards import Card, Done
from bot.services.details import Details
from bot.services.errors import Closed, DomainError, Gone, InvalidInput, NotYours, SeveralFound
from bot.services.promises import Wish
from bot.services.touches import Made
from bot.storage import tables
from bot.storage.engine import Database
from bot.storage.records import Note, Touch
from bot.storage.tables import ChangeKind, StepEnd
from cadences.model import Channel, EnrollmentState, Outcome, Purpose, Stage
from cadences.states import State
from tests.support import verbs
from tests.support.cast import DAY, HOUR, MINUTE, MONDAY, NOW, Cast, added, by_prospect, shown, step_of
from tests.support.rows import change_count, everything

DANA = Details("Dana Li", "Acme")
THURSDAY = date(2026, 11, 26)


def met(db: Database, cast: Cast, who: Card | Details, note: str = "", now: object = NOW) -> Done:
    whom = who if isinstance(who, Details) else by_prospect(who)
    return meetings.met(db, cast.ana, whom, note, now)  # type: ignore[arg-type]


def card_of(done: Done) -> Card:
    assert done.card is not None
    return done.card


def on_wall(card: Card, cast: Cast) -> str:
    return cast.ana.member.local(step_of(card).due_at).strftime("%a %d %b %H:%M")


def refused(db: Database, error: type[DomainError], act: Callable[[], object]) -> DomainError:
    """The refusal, which changed nothing."""
    before = everything(db)
    with pytest.raises(error) as told:
        act()
    assert everything(db) == before
    return told.value


def test_somebody_new_is_added_engaged_and_thanked_within_24_hours(db: Database, cast: Cast) -> None:
    done = met(db, cast, DANA)
    card = card_of(done)
    step = step_of(card)
    assert (card.prospect.name, card.prospect.stage, card.owner) == ("Dana Li", Stage.ENGAGED, cast.ana.member)
    assert (step.cadence, step.number, step.purpose) == ("post-meeting", 1, Purpose.THANK)
    assert on_wall(card, cast) == "Mon 23 Nov 15:00"
    assert (done.change.kind, done.change.facts["is_new"], change_count(db)) == (ChangeKind.MET, True, 1)


def test_the_meeting_is_a_touch_and_the_note_is_kept(db: Database, cast: Cast) -> None:
    card = card_of(met(db, cast, DANA, "wants SSO"))
    assert card.last_touch is not None
    assert (card.last_touch.channel, card.last_touch.outcome) == (Channel.MEETING, Outcome.CONNECTED)
    entries = prospects.show(db, cast.ana, card.prospect.id).entries
    assert {type(entry) for entry in entries} == {Touch, Note}
    assert (card.prospect.active_at, card.prospect.active_kind) == (NOW, "meeting")


def test_somebody_known_is_followed_up_from_this_meeting_on(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, now=NOW - 9 * DAY)
    verbs.starting("persistent")(db, cast.ana, by_prospect(card), NOW - 8 * DAY)
    done = met(db, cast, card)
    now = card_of(done)
    assert (step_of(now).cadence, step_of(now).number, on_wall(now, cast)) == (
        "post-meeting", 1, "Mon 23 Nov 15:00"
    )  # fmt: skip
    assert "is_new" not in done.change.facts
    with db.read() as tx:
        states = tx.execute(select(tables.enrollments.c.state).order_by(tables.enrollments.c.id)).scalars().all()
    assert states == [EnrollmentState.STOPPED, EnrollmentState.STOPPED, EnrollmentState.ACTIVE]


def test_a_promise_stays_in_front_and_the_follow_up_comes_behind_it(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, on=THURSDAY, at=time(10))
    now = card_of(met(db, cast, card))
    step = step_of(now)
    assert (step.id, step.promised, step.due_at) == (step_of(card).id, True, step_of(card).due_at)
    assert (step.cadence, step.number) == ("post-meeting", None)
    behind = step_of(touches.log(db, cast.ana, by_prospect(card), Made(), step.due_at).card)
    assert (behind.cadence, behind.number) == ("post-meeting", 1)


@pytest.mark.parametrize("late", [0, 1, 4])
def test_the_meeting_that_was_booked_is_not_to_be_held_once_more(db: Database, cast: Cast, late: int) -> None:
    """It stood in the calendar as promised; now it took place, that day or written down some days later."""
    card = added(db, cast.ana)
    booked = Made(Channel.CALL, Outcome.MEETING_BOOKED, retry=Wish(MONDAY, time(10)))
    meeting = step_of(touches.log(db, cast.ana, by_prospect(card), booked, NOW).card)
    now = card_of(met(db, cast, card, now=meeting.due_at + HOUR + late * DAY))
    assert (step_of(now).cadence, step_of(now).number, step_of(now).promised) == ("post-meeting", 1, False)
    with db.read() as tx:
        ended = tx.execute(
            select(tables.steps.c.ended_as, tables.steps.c.outcome).where(tables.steps.c.id == meeting.id)
        )
        assert tuple(ended.one()) == (StepEnd.DONE, Outcome.CONNECTED)


def test_a_meeting_booked_for_next_week_is_still_to_be_held_after_one_today(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    booked = Made(Channel.CALL, Outcome.MEETING_BOOKED, retry=Wish(THURSDAY, time(10)))
    meeting = step_of(touches.log(db, cast.ana, by_prospect(card), booked, NOW).card)
    assert step_of(card_of(met(db, cast, card, now=NOW + HOUR))).id == meeting.id


def test_a_parked_prospect_is_awake_after_a_meeting(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    verbs.park(db, cast.ana, by_prospect(card), NOW)
    now = card_of(met(db, cast, card, now=NOW + HOUR))
    assert (now.prospect.stage, now.prospect.parked_until_on) == (Stage.ENGAGED, None)


@pytest.mark.parametrize("stage", [Stage.ENGAGED, Stage.PROPOSAL])
def test_a_deal_further_on_is_not_taken_back_by_a_meeting(db: Database, cast: Cast, stage: Stage) -> None:
    card = added(db, cast.ana, stage=stage)
    now = card_of(met(db, cast, card, now=NOW + HOUR)).prospect
    assert (now.stage, now.stage_since_at) == (stage, NOW)


def test_a_customer_we_met_is_still_a_customer_and_is_thanked(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    verbs.won(db, cast.ana, by_prospect(card), NOW)
    now = card_of(met(db, cast, card, now=NOW + DAY))
    assert (now.prospect.stage, now.state(NOW + DAY), step_of(now).cadence) == (Stage.WON, State.WON, "post-meeting")


def test_a_lost_deal_is_opened_again_first(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    verbs.lost(db, cast.ana, by_prospect(card), NOW)
    refused(db, Closed, lambda: met(db, cast, card, now=NOW + DAY))


@pytest.mark.parametrize("note", ["", "wants SSO"])
def test_a_meeting_with_somebody_new_is_undone_without_a_trace(db: Database, cast: Cast, note: str) -> None:
    before = everything(db)
    done = met(db, cast, DANA, note)
    undone = changes.undo(db, cast.ana, done.change.id, NOW + MINUTE)
    assert (undone.prospect, everything(db)) == (None, before)


@pytest.mark.parametrize("position", ["mid-cadence", "promised", "answered", "parked", "nurtured"])
def test_a_meeting_with_somebody_known_is_undone_exactly(db: Database, cast: Cast, position: str) -> None:
    card = verbs.in_every_position(db, cast.ana)[position]
    before = everything(db)
    done = met(db, cast, card, "wants SSO")
    changes.undo(db, cast.ana, done.change.id, NOW + MINUTE)
    assert everything(db) == before


def test_a_meeting_of_somebody_elses_is_hers_to_log(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    refused(db, NotYours, lambda: meetings.met(db, cast.ben, by_prospect(card), "", NOW))
    refused(db, Gone, lambda: meetings.met(db, cast.otto, by_prospect(card), "", NOW))
    assert meetings.met(db, cast.cleo, by_prospect(card), "", NOW).change.member_id == cast.cleo.member.id


@pytest.mark.parametrize(
    "who", [Details(""), Details("\0 "), Details("x" * 201), Details("Dana", value_minor=-1), Details("D", zone="Mars")]
)
def test_details_that_can_not_be_kept_keep_the_meeting_out_too(db: Database, cast: Cast, who: Details) -> None:
    refused(db, InvalidInput, lambda: met(db, cast, who))


def test_a_note_far_too_long_keeps_the_meeting_out_too(db: Database, cast: Cast) -> None:
    refused(db, InvalidInput, lambda: met(db, cast, DANA, "x" * 10_001))


# Who is meant


def test_only_a_whole_name_is_somebody_known(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    for typed in ("dana li", "Dana Li, Acme", "DANA LI"):
        found = targets.by_name(db, cast.ana, typed)
        assert found is not None
        assert found.id == card.prospect.id
    for typed in ("Dana", "Dana Lee", "Dana Li, Beta", "Acme"):
        assert targets.by_name(db, cast.ana, typed) is None
    assert targets.by_name(db, cast.otto, "Dana Li") is None


def test_of_two_with_one_name_the_company_tells_or_it_is_asked(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    beta = added(db, cast.ana, company="Beta")
    with pytest.raises(SeveralFound):
        targets.by_name(db, cast.ana, "Dana Li")
    found = targets.by_name(db, cast.ana, "Dana Li, Beta")
    assert found is not None
    assert found.id == beta.prospect.id


# What was agreed


def recap(db: Database, cast: Cast, card: Card, *points: str) -> Done:
    return meetings.recap(db, cast.ana, card.prospect.id, list(points), NOW + MINUTE)


def test_one_to_three_points_are_kept_as_one_note(db: Database, cast: Cast) -> None:
    card = card_of(met(db, cast, DANA))
    recap(db, cast, card, "a price by Friday", "", " SSO is a must ")
    notes = [entry for entry in prospects.show(db, cast.ana, card.prospect.id).entries if isinstance(entry, Note)]
    assert [note.text for note in notes] == ["Recap:\n• a price by Friday\n• SSO is a must"]


def test_a_fourth_point_is_one_too_many(db: Database, cast: Cast) -> None:
    card = card_of(met(db, cast, DANA))
    recap(db, cast, card, "1", "2", "3", "4")
    note = prospects.show(db, cast.ana, card.prospect.id).entries[0]
    assert isinstance(note, Note)
    assert note.text.count("•") == 3


def test_a_recap_moves_nothing_and_is_undone_exactly(db: Database, cast: Cast) -> None:
    card = card_of(met(db, cast, DANA))
    before = everything(db)
    done = recap(db, cast, card, "a price")
    assert step_of(shown(db, cast.ana, card)) == step_of(card)
    changes.undo(db, cast.ana, done.change.id, NOW + HOUR)
    assert everything(db) == before


@pytest.mark.parametrize("points", [[], ["", " ", "\0"]])
def test_a_recap_without_a_point_is_refused(db: Database, cast: Cast, points: list[str]) -> None:
    card = card_of(met(db, cast, DANA))
    told = refused(db, InvalidInput, lambda: recap(db, cast, card, *points))
    assert isinstance(told, InvalidInput)
    assert told.field == "point_1"


def test_an_outsider_has_nothing_to_recap(db: Database, cast: Cast) -> None:
    card = card_of(met(db, cast, DANA))
    refused(db, Gone, lambda: meetings.recap(db, cast.otto, card.prospect.id, ["a price"], NOW))
