"""What was shown for three days and not touched leaves the rows, and is asked about all at once."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from bot.services import changes, digests, ignored, leave, members, notes, prospects, snoozes
from bot.services.actor import Actor
from bot.services.cards import Card, Done
from bot.services.digests import View
from bot.services.errors import DomainError, Gone
from bot.storage import tables
from bot.storage.engine import Database
from bot.storage.tables import ChangeKind, DeliveryKind, DeliveryState, StepEnd
from bot.views import digests as views
from cadences.model import LostReason, Stage
from tests.services.test_positions import steps
from tests.support import verbs
from tests.support.cast import (
    DAY,
    HOUR,
    MINUTE,
    MONDAY,
    NOW,
    WORKSPACE,
    Cast,
    added,
    by_prospect,
    fresh,
    known,
    shown,
    step_of,
)
from tests.support.rows import everything, forgotten

DIGEST = datetime.combine(MONDAY, time(7, 45), NOW.tzinfo)
"""Monday 08:45 in Berlin; what was added on Friday is due on that day."""
THURSDAY = DIGEST + 3 * DAY
Verb = Callable[[Database, Actor, tuple[ignored.Ignored, ...], datetime], Done]
VERBS: dict[str, Verb] = {"replan": ignored.replan, "park": ignored.park, "drop": ignored.drop}
each_verb = pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS.keys())


def send(db: Database, at: datetime) -> None:
    """Everybody's digest of that morning is opened, and has reached its reader."""
    while digests.open_due(db, at, 10):
        continue
    with db.begin() as tx:
        pending = tables.deliveries.c.state == DeliveryState.PENDING
        tx.execute(update(tables.deliveries).where(pending).values(state=DeliveryState.SENT, sent_at=at))


def send_days(db: Database, days: int, first: datetime = DIGEST) -> None:
    for number in range(days):
        send(db, first + number * DAY)


def view_of(db: Database, actor: Actor, now: datetime) -> View:
    """Her newest digest as it stands."""
    with db.read() as tx:
        mine = (tables.deliveries.c.recipient_id == actor.member.id, tables.deliveries.c.kind == DeliveryKind.DAILY)
        newest = select(tables.deliveries.c.id).where(*mine).order_by(tables.deliveries.c.id.desc()).limit(1)
        delivery_id = tx.execute(newest).scalar_one()
    view = digests.view(db, WORKSPACE, delivery_id, now)
    assert view is not None
    return view


def tired(db: Database, cast: Cast, count: int = 1) -> tuple[ignored.Ignored, ...]:
    """As many prospects as were ignored for three days, as Thursday's digest asks about them."""
    for number in range(count):
        added(db, cast.ana, f"Dana {number}", f"Acme {number}")
    send_days(db, 4)
    view = view_of(db, cast.ana, THURSDAY)
    assert len(view.ignored) == count
    return view.ignored


def refused(db: Database, error: type[DomainError], act: Callable[[], object]) -> None:
    before = everything(db)
    with pytest.raises(error):
        act()
    assert everything(db) == before


@pytest.mark.parametrize("days", [0, 1, 2, 3])
def test_an_item_leaves_the_rows_after_three_digests_that_were_sent(db: Database, cast: Cast, days: int) -> None:
    added(db, cast.ana)
    send_days(db, days)
    day = digests.my_day(db, known(db, cast.ana), DIGEST + days * DAY)
    assert (len(day.rows), len(day.ignored)) == ((0, 1) if days == 3 else (1, 0))


def test_a_digest_that_did_not_reach_her_does_not_count(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    for number in range(3):
        digests.open_due(db, DIGEST + number * DAY, 10)
    assert len(digests.my_day(db, known(db, cast.ana), THURSDAY).rows) == 1


def test_days_off_and_pauses_do_not_count(db: Database, cast: Cast) -> None:
    """On Monday and Friday only: three digests take a week and a half."""
    members.set_digest(db, cast.ana, NOW, workdays=frozenset({0, 4}))
    added(db, fresh(db, cast.ana))
    send_days(db, 7)
    assert len(digests.my_day(db, known(db, cast.ana), DIGEST + 7 * DAY).rows) == 1
    send(db, DIGEST + 7 * DAY)
    assert len(digests.my_day(db, known(db, cast.ana), DIGEST + 8 * DAY).ignored) == 1


def promises(db: Database, actor: Actor, days: int, each: int) -> None:
    """So many promises for each of so many days from Monday on."""
    for number in range(days * each):
        added(db, actor, f"Pia {number}", f"Firm {number}", on=MONDAY + (number // each) * DAY, at=time(10))


def test_a_week_of_promises_that_nobody_kept_becomes_one_question(db: Database, cast: Cast) -> None:
    promises(db, cast.ana, days=5, each=2)
    send_days(db, 5)
    view = view_of(db, cast.ana, DIGEST + 4 * DAY)
    assert [item.row.name for item in view.rows] == [f"Pia {number}" for number in range(4, 10)]
    assert [each.name for each in view.ignored] == ["Pia 0", "Pia 1", "Pia 2", "Pia 3"]


def test_promises_are_named_first_and_as_such(db: Database, cast: Cast) -> None:
    added(db, cast.ana, "Eli Wu", "Beta")
    added(db, cast.ana, on=MONDAY, at=time(10))
    send_days(db, 4)
    said = views.digest(view_of(db, cast.ana, THURSDAY)).text
    assert "2 were in your list three days and not touched: Dana Li at Acme (promised), Eli Wu at Beta." in said


def test_a_promise_that_is_replanned_is_none_any_more(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, on=MONDAY, at=time(10))
    send_days(db, 4)
    ignored.replan(db, cast.ana, view_of(db, cast.ana, THURSDAY).ignored, THURSDAY)
    step = step_of(shown(db, cast.ana, card))
    assert (step.promised, cast.ana.member.local(step.due_at)) == (
        False,
        datetime.combine(MONDAY + 4 * DAY, time(10), cast.ana.member.calendar.zone),
    )


def lent(db: Database, cast: Cast, *names: str) -> list[Card]:
    """Ana's, late for days, which are Cleo's to do from Thursday on while Ana is away."""
    members.set_digest(db, cast.cleo, NOW, all_clear=True)
    cards = [added(db, cast.ana, name, f"{name} & Sons") for name in names]
    send_days(db, 3)
    leave.take(db, cast.ana, MONDAY + 3 * DAY, MONDAY + 30 * DAY, THURSDAY - HOUR, deputy_id=cast.cleo.member.id)
    return cards


def test_a_deputy_is_asked_about_her_own_and_a_colleagues_keep_their_rows(db: Database, cast: Cast) -> None:
    """Ana decides what is dropped of hers; Cleo only works on it."""
    lent(db, cast, "Dana Li")
    added(db, cast.cleo, "Eli Wu", "Beta")
    for days in (3, 4, 7):
        send(db, DIGEST + days * DAY)
    day = digests.my_day(db, known(db, cast.cleo), DIGEST + 8 * DAY)
    assert [item.row.name for item in day.rows] == ["Dana Li"]
    assert [each.name for each in day.ignored] == ["Eli Wu"]
    send(db, DIGEST + 8 * DAY)
    assert [each.name for each in view_of(db, cast.cleo, DIGEST + 8 * DAY).ignored] == ["Eli Wu"]


@each_verb
def test_an_answer_leaves_alone_what_has_become_a_colleagues(db: Database, cast: Cast, verb: Verb) -> None:
    """The digest asked while it was Cleo's own; by the press she only stands in for Ben."""
    mine = [added(db, cast.cleo, name, "Beta") for name in ("Eli Wu", "Fay Oz")]
    send_days(db, 4)
    found = view_of(db, cast.cleo, THURSDAY).ignored
    with db.begin() as tx:
        theirs = tables.prospects.c.id == mine[1].prospect.id
        tx.execute(update(tables.prospects).where(theirs).values(owner_id=cast.ben.member.id))
    assert [each.name for each in view_of(db, cast.cleo, THURSDAY).ignored] == ["Eli Wu"]
    assert verb(db, cast.cleo, found, THURSDAY).change.facts["count"] == 1
    refused(db, Gone, lambda: verb(db, cast.cleo, found[1:], THURSDAY + MINUTE))


def test_a_colleagues_that_were_ignored_take_no_place_from_her_own(db: Database, cast: Cast) -> None:
    lent(db, cast, "Dana Li", "Dov Ram")
    members.set_digest(db, cast.cleo, NOW, due_cap=2, new_cap=2)
    for days in (3, 4, 7):
        send(db, DIGEST + days * DAY)
    added(db, fresh(db, cast.cleo), "Eli Wu", "Beta", now=DIGEST + 7 * DAY)
    send(db, DIGEST + 8 * DAY)
    view = view_of(db, cast.cleo, DIGEST + 8 * DAY)
    assert (["Eli Wu" in [item.row.name for item in view.rows], len(view.rows), view.behind]) == [True, 2, 1]


def test_what_an_owner_ignored_is_asked_about_when_she_is_back(db: Database, cast: Cast) -> None:
    lent(db, cast, "Dana Li")
    leave.back(db, cast.ana, THURSDAY + DAY)
    day = digests.my_day(db, known(db, cast.ana), THURSDAY + DAY)
    assert [each.name for each in day.ignored] == ["Dana Li"]


def test_what_waited_behind_the_rows_was_not_shown(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, due_cap=2, new_cap=2)
    for number in range(5):
        added(db, fresh(db, cast.ana), f"Dana {number}", f"Acme {number}")
    with db.begin() as tx:
        tx.execute(update(tables.steps).values(due_at=DIGEST + MINUTE))
    seen = []
    for number in range(8):
        send(db, DIGEST + (number + 2 * (number // 5)) * DAY)
        view = view_of(db, cast.ana, DIGEST)
        seen.append((len(view.rows), view.behind, len(view.ignored)))
    assert seen == [(2, 3, 0)] * 3 + [(2, 1, 2)] * 3 + [(1, 0, 4)] * 2


@pytest.mark.parametrize("act", [verbs.snooze, verbs.log, verbs.skip], ids=["snooze", "log", "skip"])
def test_whatever_was_done_begins_the_count_anew(db: Database, cast: Cast, act: verbs.Verb) -> None:
    card = added(db, cast.ana)
    send_days(db, 3)
    act(db, cast.ana, by_prospect(card), THURSDAY - HOUR)
    due_at = step_of(shown(db, cast.ana, card)).due_at
    assert digests.my_day(db, known(db, cast.ana), due_at + MINUTE).ignored == ()


def test_they_are_named_and_asked_about_in_the_digest(db: Database, cast: Cast) -> None:
    tired(db, cast, 2)
    view = view_of(db, cast.ana, THURSDAY)
    message = views.digest(view)
    assert "2 were in your list three days and not touched: Dana 0 at Acme 0, Dana 1 at Acme 1." in str(message.blocks)
    assert "All clear" not in str(message.blocks)
    assert "2 were in your list three days" in message.text
    for label in ("Re-plan 2", "Park 2", "Drop 2"):
        assert label in str(message.blocks)


def test_my_day_tells_of_them_too(db: Database, cast: Cast) -> None:
    tired(db, cast)
    message = views.my_day(digests.my_day(db, known(db, cast.ana), THURSDAY))
    assert "1 was in your list three days and not touched" in message.text
    assert "Nothing is due" not in message.text


def test_to_replan_spreads_them_over_the_coming_days_within_her_caps(db: Database, cast: Cast) -> None:
    found = tired(db, cast, 5)
    members.set_digest(db, cast.ana, NOW, due_cap=3, new_cap=2)
    ana = fresh(db, cast.ana)
    done = ignored.replan(db, ana, found, THURSDAY)
    days = Counter(ana.member.local(step.due_at).date() for step in steps(db) if step.closed_at is None)
    assert (done.change.facts["count"], sum(days.values())) == (5, 5)
    assert max(days.values()) <= 2
    assert min(days) == date(2026, 11, 27)
    assert done.change.facts["until_on"] == max(days).isoformat()
    assert forgotten(db, WORKSPACE) == []


def test_to_replan_leaves_room_for_what_stands_there_already(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, due_cap=2, new_cap=2)
    found = tired(db, cast, 2)
    for number in range(2):
        card = added(db, cast.ana, f"Eli {number}", "Beta", now=THURSDAY)
        snoozes.snooze(db, cast.ana, by_prospect(card), date(2026, 11, 27), None, THURSDAY)
    ignored.replan(db, fresh(db, cast.ana), found, THURSDAY)
    ids = {each.prospect_id for each in found}
    moved = [step for step in steps(db) if step.closed_at is None and step.prospect_id in ids]
    assert {cast.ana.member.local(step.due_at).date() for step in moved} == {date(2026, 11, 30)}
    assert {step.wanted_on for step in moved} == {date(2026, 11, 27)}


def test_what_found_room_on_the_first_day_was_not_moved_from_a_full_one(db: Database, cast: Cast) -> None:
    ignored.replan(db, cast.ana, tired(db, cast), THURSDAY)
    assert steps(db)[-1].wanted_on is None


def test_a_replanned_step_keeps_its_place_and_says_how_the_old_one_ended(db: Database, cast: Cast) -> None:
    ignored.replan(db, cast.ana, tired(db, cast), THURSDAY)
    was, now = steps(db)
    assert (was.ended_as, was.closed_at) == (StepEnd.MOVED, THURSDAY)
    assert (now.cadence, now.number, now.of, now.channel) == (was.cadence, was.number, was.of, was.channel)


def test_to_park_sets_them_aside_for_ninety_days(db: Database, cast: Cast) -> None:
    found = tired(db, cast, 2)
    done = ignored.park(db, cast.ana, found, THURSDAY)
    assert (done.change.kind, done.change.facts["count"]) == (ChangeKind.REPLANNED, 2)
    for each in found:
        card = shown_of(db, cast, each)
        assert (card.prospect.stage, card.prospect.parked_until_on) == (Stage.PARKED, date(2027, 2, 24))


def test_to_drop_closes_them_as_lost_and_says_that_nobody_followed_up(db: Database, cast: Cast) -> None:
    found = tired(db, cast, 2)
    done = ignored.drop(db, cast.ana, found, THURSDAY)
    assert (done.change.kind, done.change.facts["count"]) == (ChangeKind.DROPPED, 2)
    for each in found:
        card = shown_of(db, cast, each)
        assert (card.prospect.stage, card.prospect.lost_reason) == (Stage.LOST, LostReason.OTHER)
        assert (card.step, card.enrollment) == (None, None)
        assert card.prospect.close_note == ignored.DROPPED_BECAUSE


def shown_of(db: Database, cast: Cast, each: ignored.Ignored) -> Card:
    return prospects.show(db, cast.ana, each.prospect_id).card


@each_verb
def test_each_answer_is_one_change_and_one_undo(db: Database, cast: Cast, verb: Verb) -> None:
    found = tired(db, cast, 3)
    before = everything(db)
    done = verb(db, cast.ana, found, THURSDAY)
    assert everything(db) != before
    changes.undo(db, cast.ana, done.change.id, THURSDAY + HOUR)
    assert everything(db) == before


@each_verb
def test_an_answer_is_given_once(db: Database, cast: Cast, verb: Verb) -> None:
    found = tired(db, cast, 2)
    verb(db, cast.ana, found, THURSDAY)
    assert view_of(db, cast.ana, THURSDAY).ignored == ()
    refused(db, Gone, lambda: verb(db, cast.ana, found, THURSDAY + MINUTE))


@each_verb
def test_who_was_followed_up_since_is_left_out_of_the_answer(db: Database, cast: Cast, verb: Verb) -> None:
    found = tired(db, cast, 2)
    one = shown_of(db, cast, found[0])
    now = verbs.log(db, cast.ana, by_prospect(one), THURSDAY).card
    assert [each.name for each in view_of(db, cast.ana, THURSDAY).ignored] == ["Dana 1"]
    assert verb(db, cast.ana, found, THURSDAY + MINUTE).change.facts["count"] == 1
    assert shown(db, cast.ana, one) == now


@each_verb
def test_what_is_somebody_elses_by_now_is_not_answered_for(db: Database, cast: Cast, verb: Verb) -> None:
    found = tired(db, cast)
    verbs.take_over(db, cast.cleo, by_prospect(shown_of(db, cast, found[0])), THURSDAY)
    refused(db, Gone, lambda: verb(db, cast.ana, found, THURSDAY + MINUTE))


def test_only_its_reader_answers_a_digest(db: Database, cast: Cast) -> None:
    tired(db, cast)
    delivery_id = view_of(db, cast.ana, THURSDAY).delivery_id
    assert delivery_id is not None
    assert len(digests.ignored_in(db, cast.ana, delivery_id)) == 1
    for actor in (cast.ben, cast.cleo, cast.otto):
        with pytest.raises(Gone):
            digests.ignored_in(db, actor, delivery_id)
    with pytest.raises(Gone):
        digests.ignored_in(db, cast.ana, 404)


@each_verb
def test_a_customers_check_in_that_was_ignored_takes_no_sale_back(db: Database, cast: Cast, verb: Verb) -> None:
    card = added(db, cast.ana)
    verbs.won_with_check_ins(db, cast.ana, by_prospect(card), NOW)
    send_days(db, 4)
    found = view_of(db, cast.ana, THURSDAY).ignored
    assert [each.prospect_id for each in found] == [card.prospect.id]
    verb(db, cast.ana, found, THURSDAY)
    now = shown(db, cast.ana, card)
    assert (now.prospect.stage, now.prospect.lost_reason) == (Stage.WON, None)
    assert (now.step is None) == (verb is ignored.drop)


def test_a_note_is_no_action(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    notes.add(db, cast.ana, by_prospect(card), "wants SSO", DIGEST + timedelta(hours=1))
    send_days(db, 4)
    assert len(view_of(db, cast.ana, THURSDAY).ignored) == 1
