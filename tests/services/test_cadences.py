"""On a cadence and off it: one change each, one next step always, and what the preview said is what happens."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from bot.services import cadences, changes, closing, definitions, snoozes, touches
from bot.services.actor import Actor
from bot.services.cadences import Switched
from bot.services.cards import Card
from bot.services.closing import Win
from bot.services.errors import AlreadyDone, Closed, DomainError, Gone, InvalidInput, NotYours
from bot.services.promises import Wish
from bot.services.targets import ByProspect
from bot.services.touches import Made
from bot.storage import tables
from bot.storage.engine import Database
from bot.storage.records import Enrollment, record
from cadences import calendar, library
from cadences.decisions import Facts
from cadences.model import Cadence, Channel, EnrollmentState, LostReason, Mood, Outcome, Purpose, Stage, StartsAfter
from cadences.preview import preview
from tests.support import cast as people
from tests.support import databases, verbs
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
    fresh,
    shown,
    step_of,
)
from tests.support.databases import Databases
from tests.support.rows import change_count, everything, forgotten


def built_in(key: str) -> Cadence:
    cadence = library.get(key)
    assert cadence is not None
    return cadence


NUDGE, PERSISTENT, REFERRAL = built_in("nudge"), built_in("persistent"), built_in("referral")
ZONES = sorted(available_timezones())


def start(db: Database, actor: Actor, card: Card, cadence: Cadence = PERSISTENT, now: datetime = NOW) -> Switched:
    return cadences.start(db, actor, by_prospect(card), cadence, now)


def stop(db: Database, actor: Actor, card: Card, now: datetime = NOW) -> Switched:
    return cadences.stop(db, actor, by_prospect(card), now)


def enrollments(db: Database) -> list[Enrollment]:
    """All of them, running and ended, in the order they began."""
    with db.read() as tx:
        rows = tx.execute(tables.enrollments.select().order_by(tables.enrollments.c.id))
        return [record(Enrollment, row) for row in rows]


def test_starting_ends_the_running_one_and_plans_the_first_step(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    switched = start(db, cast.ana, card)
    old, new = enrollments(db)
    assert (old.cadence, old.state, old.ended_at) == ("post-meeting", EnrollmentState.STOPPED, NOW)
    assert (new.cadence, new.state, new.done_number, new.ended_at) == ("persistent", EnrollmentState.ACTIVE, 0, None)
    step = step_of(switched.done.card)
    assert (step.cadence, step.number, step.of, step.channel) == ("persistent", 1, 8, Channel.EMAIL)
    assert cast.ana.member.local(step.due_at).strftime("%a %H:%M") == "Mon 09:00"
    assert (switched.ended, switched.kept) == (enrollments_before(card), False)
    assert shown(db, cast.ana, card) == switched.done.card


def enrollments_before(card: Card) -> Enrollment:
    assert card.enrollment is not None
    return card.enrollment


def test_the_first_step_keeps_its_distance_from_the_last_touch(db: Database, cast: Cast) -> None:
    """Called on Friday: what would be due on Monday waits until Tuesday."""
    card = added(db, cast.ana, now=NOW - HOUR)
    touches.log(db, cast.ana, by_prospect(card), Made(Channel.CALL, Outcome.VOICEMAIL), NOW)
    step = step_of(start(db, cast.ana, card, now=NOW + HOUR).done.card)
    assert cast.ana.member.local(step.due_at).strftime("%a %d %b %H:%M") == "Tue 24 Nov 09:00"


def test_a_promised_step_stays_in_front_and_the_cadence_begins_behind_it(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, on=MONDAY, at=time(10))
    switched = start(db, cast.ana, card)
    step = step_of(switched.done.card)
    assert switched.kept
    assert step.id == step_of(card).id
    assert (step.due_at, step.promised, step.cadence, step.number) == (step_of(card).due_at, True, "persistent", None)

    touched = touches.log(db, cast.ana, by_prospect(card), Made(), step.due_at)

    first = step_of(touched.card)
    assert (first.cadence, first.number) == ("persistent", 1)
    assert cast.ana.member.local(first.due_at).strftime("%a %d %b") == "Wed 25 Nov"


def test_a_promise_in_the_middle_of_a_cadence_does_not_carry_its_place_into_the_next(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    touches.log(db, cast.ana, by_prospect(card), Made(), NOW + DAY)
    verbs.replan(db, cast.ana, by_prospect(card), NOW + DAY)
    step = step_of(start(db, cast.ana, card, now=NOW + DAY).done.card)
    assert (step.promised, step.number, step.of) == (True, None, None)
    touched = touches.log(db, cast.ana, by_prospect(card), Made(), step.due_at)
    assert step_of(touched.card).number == 1


def test_a_retry_that_was_only_planned_gives_way(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    retry = Made(Channel.CALL, Outcome.VOICEMAIL, retry=Wish(MONDAY))
    touches.log(db, cast.ana, by_prospect(card), retry, NOW)
    assert step_of(start(db, cast.ana, card).done.card).number == 1


def test_the_same_cadence_is_started_once(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    start(db, cast.ana, card)
    before = everything(db), change_count(db)
    with pytest.raises(InvalidInput) as refused:
        start(db, cast.ana, card, now=NOW + HOUR)
    assert refused.value.why == "Dana Li is on persistent already, 0 of 8 steps done"
    assert (everything(db), change_count(db)) == before


def test_a_cadence_that_ended_may_be_started_again(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    start(db, cast.ana, card, NUDGE)
    stop(db, cast.ana, card)
    start(db, cast.ana, card, NUDGE)
    assert [each.ended_at is None for each in enrollments(db)] == [False, False, True]


def test_a_parked_prospect_is_worked_again(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    snoozes.park(db, cast.ana, by_prospect(card), None, NOW)
    switched = start(db, cast.ana, card)
    assert switched.done.card is not None
    prospect = switched.done.card.prospect
    assert (prospect.stage, prospect.parked_until_on) == (Stage.WORKING, None)
    assert prospect.active_at == card.prospect.active_at


def test_a_customer_is_asked_for_a_referral_and_stays_a_customer(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    closing.won(db, cast.ana, by_prospect(card), Win(post_sale=True), NOW)
    touches.log(db, cast.ana, by_prospect(card), Made(Channel.CALL, mood=Mood.POSITIVE), NOW)
    switched = start(db, cast.ana, card, REFERRAL)
    assert switched.done.card is not None
    assert switched.done.card.prospect.stage is Stage.WON
    assert step_of(switched.done.card).cadence == "referral"
    stopped = stop(db, cast.ana, card)
    assert stopped.done.card is not None
    assert (stopped.done.card.step, stopped.done.card.enrollment) == (None, None)


@pytest.mark.parametrize("mood", [None, Mood.MIXED, Mood.NEGATIVE])
def test_nobody_is_asked_for_a_referral_before_a_check_in_went_well(
    db: Database, cast: Cast, mood: Mood | None
) -> None:
    card = added(db, cast.ana)
    closing.won(db, cast.ana, by_prospect(card), Win(post_sale=True), NOW)
    touches.log(db, cast.ana, by_prospect(card), Made(Channel.CALL, mood=mood), NOW)
    before = everything(db)
    with pytest.raises(InvalidInput, match="check-in that went well"):
        start(db, cast.ana, card, REFERRAL)
    assert everything(db) == before


def test_a_cadence_of_calls_is_refused_where_no_number_is_known(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, email="dana@example.com")
    calls = replace(PERSISTENT, steps=tuple(step for step in PERSISTENT.steps if step.channel is Channel.CALL))
    before = everything(db)
    with pytest.raises(InvalidInput, match="none of the steps of persistent can be made with Dana Li"):
        start(db, cast.ana, card, calls)
    assert everything(db) == before


def test_a_lost_deal_is_left_alone(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    closing.lost(db, cast.ana, by_prospect(card), LostReason.PRICING, "", NOW)
    for verb in (start, stop):
        with pytest.raises(Closed):
            verb(db, cast.ana, card)


def test_stopping_asks_on_the_next_business_day_what_is_to_become_of_it(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    switched = stop(db, cast.ana, card)
    step = step_of(switched.done.card)
    assert (switched.cadence, switched.kept) == ("post-meeting", False)
    assert (step.cadence, step.number, step.purpose, step.promised) == (None, None, Purpose.CLOSE_THE_LOOP, False)
    assert cast.ana.member.local(step.due_at).strftime("%a %d %b %H:%M") == "Mon 23 Nov 09:00"
    assert [each.state for each in enrollments(db)] == [EnrollmentState.STOPPED]


def test_stopping_keeps_what_was_promised(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, on=MONDAY, at=time(10))
    switched = stop(db, cast.ana, card)
    step = step_of(switched.done.card)
    assert switched.kept
    assert (step.id, step.due_at, step.promised, step.cadence) == (step_of(card).id, step_of(card).due_at, True, None)


def test_stopping_keeps_a_retry_that_was_planned_by_hand(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    retry = Made(Channel.CALL, Outcome.VOICEMAIL, retry=Wish(MONDAY))
    touches.log(db, cast.ana, by_prospect(card), retry, NOW)
    assert stop(db, cast.ana, card).kept


def test_nurturing_after_the_last_step_can_be_stopped_too(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    now = NOW
    for _ in range(3):
        now += 40 * DAY
        touches.log(db, cast.ana, by_prospect(card), Made(), now)
    assert step_of(shown(db, cast.ana, card)).cadence == "post-meeting"
    switched = stop(db, cast.ana, card, now)
    assert (switched.cadence, step_of(switched.done.card).cadence) == ("post-meeting", None)


def test_who_is_on_no_cadence_can_not_be_stopped(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    stop(db, cast.ana, card)
    before = everything(db)
    with pytest.raises(InvalidInput):
        stop(db, cast.ana, card)
    assert everything(db) == before


def test_each_is_undone_exactly(db: Database, cast: Cast) -> None:
    for card in verbs.in_every_position(db, cast.ana).values():
        for cadence in (*library.all(), None):
            before = everything(db)
            try:
                start(db, cast.ana, card, cadence) if cadence else stop(db, cast.ana, card)
            except InvalidInput:
                continue
            assert everything(db) != before
            changes.undo(db, cast.ana, None, NOW + HOUR)
            assert everything(db) == before


def test_each_is_one_change_with_its_note(db: Database, cast: Cast) -> None:
    card, before = added(db, cast.ana), change_count(db)
    cadences.start(db, cast.ana, by_prospect(card), PERSISTENT, NOW, "asked for more time")
    cadences.stop(db, cast.ana, by_prospect(card), NOW, "asked for silence")
    assert change_count(db) == before + 2
    assert len(everything(db)["notes"]) == 2


def test_a_repeated_request_starts_once(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    again = asking(cast.ana, "request 1")
    start(db, again, card)
    before = everything(db)
    with pytest.raises(AlreadyDone):
        start(db, again, card)
    assert everything(db) == before


def test_a_teammate_may_not_and_a_manager_may(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    for verb in (start, stop):
        with pytest.raises(NotYours):
            verb(db, cast.ben, card)
    assert step_of(start(db, cast.cleo, card).done.card).owner_id == cast.ana.member.id


def test_an_outsider_finds_nobody(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    with pytest.raises(Gone):
        start(db, cast.otto, card)


def test_the_dates_are_the_owners_whoever_starts_it(db: Database, cast: Cast) -> None:
    card = added(db, cast.ben)
    step = step_of(start(db, cast.cleo, card).done.card)
    assert cast.ben.member.local(step.due_at).strftime("%H:%M") == "09:00"


@pytest.mark.parametrize("typed", ["persistant", "Persistent "])
def test_a_cadence_is_known_by_a_name_nearly_right(db: Database, cast: Cast, typed: str) -> None:
    assert definitions.named(db, cast.ana, typed).cadence is PERSISTENT


def test_an_unknown_cadence_is_said_with_those_there_are(db: Database, cast: Cast) -> None:
    with pytest.raises(InvalidInput) as refused:
        definitions.named(db, cast.ana, "hope" * 100)
    assert "post-meeting, nudge, persistent" in refused.value.why
    assert len(refused.value.why) < 200


# --- What the preview says is what happens.

SECONDS_A_DECADE = int(timedelta(days=3_650) / timedelta(seconds=1))
work_weeks = st.frozensets(st.integers(0, 6), min_size=1)
moments = st.integers(0, SECONDS_A_DECADE).map(lambda seconds: NOW + timedelta(seconds=seconds))
EXAMPLES = {databases.SQLITE: 120, databases.POSTGRESQL: 15}


@pytest.mark.parametrize("key", library.KEYS)
def test_the_preview_equals_what_happens_for_every_built_in(db: Database, cast: Cast, key: str) -> None:
    _replay(db, cast.ana, built_in(key), NOW)


@pytest.mark.parametrize("kind", databases.kinds())
def test_the_preview_equals_what_happens_in_any_zone_and_any_work_week(
    databases_here: Databases, the_cast: Cast, kind: str
) -> None:
    """Each step is logged at its due moment with the usual outcome; the rows have the dates of the list."""
    with databases_here.fresh(kind) as db:

        @settings(
            max_examples=EXAMPLES[kind], deadline=None, database=None, derandomize=True, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(
            st.sampled_from(library.all()),
            st.sampled_from(ZONES),
            st.frozensets(st.integers(0, 6), min_size=1),
            moments,
        )
        def replays(cadence: Cadence, zone: str, workdays: frozenset[int], now: datetime) -> None:
            databases.empty(db)
            people.gather_again(db, the_cast)
            with db.begin() as tx:
                tx.execute(update(tables.members).values(zone=zone, workdays=workdays))
            _replay(db, fresh(db, the_cast.ana), cadence, now)

        replays()


def _replay(db: Database, actor: Actor, cadence: Cadence, now: datetime) -> None:
    """Add somebody, put her on the cadence at once, and log every step when it is due."""
    card = added(db, actor, now=now)
    facts = Facts()
    if cadence.starts_after is StartsAfter.CHECK_IN:
        card = _card(touches.log(db, actor, by_prospect(card), Made(Channel.CALL, mood=Mood.POSITIVE), now).card)
        facts = Facts(last_touch_at=now, unanswered=0)
    said = preview(cadence, now, actor.member.calendar, facts)
    if cadence.key != "post-meeting":
        card = _card(start(db, actor, card, cadence, now).done.card)
    for dated in said.steps:
        step = step_of(card)
        assert step.planned == dated.planned
        assert (step.cadence, step.version, step.of) == (cadence.key, cadence.version, len(cadence.steps))
        card = _card(touches.log(db, actor, by_prospect(card), Made(), step.due_at).card)
    assert said.then is not None
    assert step_of(card).planned == said.then.planned
    assert card.enrollment is None
    assert [each.state for each in enrollments(db)][-1] is said.end.state
    assert card.prospect.stage is (said.end.stage or Stage.WORKING)


def _card(card: Card | None) -> Card:
    assert card is not None
    return card


def test_the_zones_of_the_replay_are_all_there_are() -> None:
    assert len(ZONES) > 400
    assert all(ZoneInfo(name).key == name for name in ZONES[:20])


# --- Whatever happens in whatever order.

Deed = tuple[str, verbs.Verb]


def _starting(cadence: Cadence) -> verbs.Verb:
    return lambda db, actor, target, now: cadences.start(db, actor, _by_number(target), cadence, now).done


def _stopping() -> verbs.Verb:
    return lambda db, actor, target, now: cadences.stop(db, actor, _by_number(target), now).done


def _by_number(target: object) -> ByProspect:
    assert isinstance(target, ByProspect)
    return target


CADENCE_DEEDS: list[Deed] = [
    *((f"start {cadence.key}", _starting(cadence)) for cadence in library.all()),
    *[("stop", _stopping())] * 4,
]
FINAL = frozenset({"stop contact", "log asked_to_stop"})
"""After an hour these are lifted by an admin, and not undone."""
DEEDS: list[Deed] = [
    *CADENCE_DEEDS,
    *((name, verb) for name, verb in (verbs.ALL | verbs.LOGGINGS).items() if name not in FINAL),
]


@pytest.mark.parametrize("kind", databases.kinds())
def test_whatever_people_do_there_is_one_next_step_and_undo_leads_back(
    databases_here: Databases, the_cast: Cast, kind: str
) -> None:
    with databases_here.fresh(kind) as db:

        @settings(
            max_examples=40 if kind == databases.SQLITE else 8, deadline=None, database=None, derandomize=True,
            phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(st.lists(st.sampled_from(CADENCE_DEEDS) | st.sampled_from(DEEDS), min_size=3, max_size=12))
        def lives(deeds: list[Deed]) -> None:
            databases.empty(db)
            people.gather_again(db, the_cast)
            _live(db, the_cast.ana, deeds)

        lives()


def _live(db: Database, actor: Actor, deeds: list[Deed]) -> None:
    card = added(db, actor)
    states, now = [everything(db)], NOW
    for _, deed in deeds:
        now += timedelta(hours=7)
        try:
            deed(db, actor, by_prospect(card), now)
        except DomainError:
            assert everything(db) == states[-1]
            continue
        states.append(everything(db))
        assert forgotten(db, WORKSPACE) == []
        _check_place(shown(db, actor, card))
    while len(states) > 1:
        states.pop()
        changes.undo(db, actor, None, now)
        assert everything(db) == states[-1]


def _check_place(card: Card) -> None:
    """A step with a number belongs to the running cadence; a lost deal has nothing left unless it is tried again."""
    if card.step is not None and card.step.number is not None:
        assert card.enrollment is not None
        assert card.step.cadence == card.enrollment.cadence
        assert card.step.number >= card.enrollment.done_number
    if card.prospect.stage is Stage.LOST and card.step is not None:
        latest = card.enrollment or card.ended
        assert latest is not None
        assert latest.started_at >= card.prospect.stage_since_at, "only trying again goes on after a lost deal"
    if card.step is not None and not card.step.promised:
        assert calendar.is_workday(card.owner.local(card.step.due_at).date(), card.owner.calendar)
