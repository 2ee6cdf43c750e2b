"""The named states: each follows from the facts, and the table says what the engine and the calendar do."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cadences import engine, library
from cadences.decisions import Advance, Decision, Facts, Finish, Hold, PlannedStep
from cadences.model import EnrollmentState, Outcome, Stage
from cadences.states import ANY_OPEN, OPEN, TRANSITIONS, Event, Standing, State, picture, standing
from cadences.work_calendar import WorkCalendar

PAGE = Path(__file__).parents[2] / "docs" / "states.md"
ANA = WorkCalendar(ZoneInfo("Europe/Berlin"))
NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
LATER = NOW + timedelta(days=3)

ACTIVE, STOPPED = EnrollmentState.ACTIVE, EnrollmentState.STOPPED
REPLIED, SILENT = EnrollmentState.FINISHED_REPLIED, EnrollmentState.FINISHED_SILENT


def step(due_at: datetime = LATER, number: int | None = 2, paused_until_on: date | None = None) -> PlannedStep:
    nudge = library.get("nudge")
    assert nudge is not None
    second = nudge.steps[1]
    return PlannedStep(
        due_at, second.channel, second.type, second.purpose, number=number, paused_until_on=paused_until_on
    )


def facts(
    enrollment: EnrollmentState | None = ACTIVE,
    planned: PlannedStep | None = None,
    stage: Stage = Stage.WORKING,
    *,
    touched: bool = False,
    snoozed: bool = False,
    do_not_contact: bool = False,
) -> Standing:
    return Standing(stage, TODAY, ANA.zone, do_not_contact, enrollment, planned, snoozed, touched)


@pytest.mark.parametrize(
    ("known", "state"),
    [
        (facts(ACTIVE, step()), State.PENDING),
        (facts(None, step(number=None)), State.PENDING),
        (facts(STOPPED, step(number=None), touched=True), State.PENDING),
        (facts(ACTIVE, step(NOW)), State.DUE),
        (facts(ACTIVE, step(NOW - timedelta(days=9)), touched=True, snoozed=True), State.DUE),
        (facts(ACTIVE, step(NOW + timedelta(hours=8)), touched=True), State.DUE),
        (facts(REPLIED, step(NOW, None)), State.DUE),
        (facts(STOPPED, step(NOW, None), Stage.PARKED), State.DUE),
        (facts(ACTIVE, step(), touched=True), State.WAITING),
        (facts(ACTIVE, step(number=None), touched=True), State.WAITING),
        (facts(STOPPED, step(number=None), Stage.PARKED), State.PAUSED),
        (facts(ACTIVE, step(paused_until_on=date(2026, 11, 26)), touched=True), State.PAUSED),
        (facts(ACTIVE, step(), touched=True, snoozed=True), State.SNOOZED),
        (facts(REPLIED, step(number=None), Stage.ENGAGED, touched=True), State.FINISHED_REPLIED),
        (facts(SILENT, step(number=None), touched=True), State.FINISHED_SILENT),
        (facts(ACTIVE, step(), Stage.WON, touched=True), State.WON),
        (facts(STOPPED, None, Stage.LOST), State.LOST),
        (facts(STOPPED, None, Stage.LOST, do_not_contact=True), State.DO_NOT_CONTACT),
        (facts(ACTIVE, step(), Stage.WON, do_not_contact=True), State.DO_NOT_CONTACT),
    ],
)
def test_the_state_follows_from_the_facts(known: Standing, state: State) -> None:
    assert standing(known) is state


def test_due_is_told_by_the_date_on_the_owners_wall() -> None:
    late = step(datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
    assert standing(facts(ACTIVE, late)) is State.PENDING
    assert standing(replace(facts(ACTIVE, late), zone=ZoneInfo("UTC"))) is State.DUE


def after(known: Standing, decision: Decision, *, touched: bool, parked: bool = False) -> Standing:
    """The facts once a decision was carried out."""
    assert isinstance(decision, Advance | Finish | Hold)
    if not isinstance(decision, Finish):
        return replace(known, step=decision.step, touched_in_this_enrollment=touched)
    stage = Stage.PARKED if parked else decision.stage or known.stage
    return replace(
        known,
        step=decision.step,
        enrollment=decision.state,
        stage=stage,
        do_not_contact=decision.do_not_contact,
        touched_in_this_enrollment=touched,
    )


BEGINNINGS = {
    State.PENDING: facts(ACTIVE, step()),
    State.DUE: facts(ACTIVE, step(NOW), touched=True),
    State.WAITING: facts(ACTIVE, step(), touched=True),
    State.PAUSED: facts(ACTIVE, step(paused_until_on=date(2026, 11, 26)), touched=True),
    State.SNOOZED: facts(ACTIVE, step(), touched=True, snoozed=True),
}
TOUCHES = {
    Outcome.SENT: Event.TOUCHED,
    Outcome.VOICEMAIL: Event.TOUCHED,
    Outcome.REPLIED: Event.REPLIED,
    Outcome.MEETING_BOOKED: Event.MEETING_BOOKED,
    Outcome.OUT_OF_OFFICE: Event.OUT_OF_OFFICE,
    Outcome.NOT_NOW: Event.PARKED,
    Outcome.NOT_INTERESTED: Event.STOPPED,
    Outcome.ASKED_TO_STOP: Event.ASKED_TO_STOP,
}


@pytest.mark.parametrize("begins", BEGINNINGS, ids=str)
@pytest.mark.parametrize(("outcome", "event"), TOUCHES.items(), ids=str)
def test_the_engine_leads_where_the_table_says(begins: State, outcome: Outcome, event: Event) -> None:
    known, nudge = BEGINNINGS[begins], library.get("nudge")
    assert standing(known) is begins
    assert nudge is not None
    decision = engine.after_touch(nudge, 2, outcome, NOW, NOW, ANA, step=known.step)
    reached = replace(after(known, decision, touched=True), snoozed=False)
    assert standing(reached) is TRANSITIONS[begins, event]


@pytest.mark.parametrize("begins", BEGINNINGS, ids=str)
def test_a_last_step_without_an_answer_falls_silent_and_so_does_nurturing(begins: State) -> None:
    nudge = library.get("nudge")
    assert nudge is not None
    for number in (3, 4):
        decision = engine.after_touch(nudge, number, Outcome.SENT, NOW, NOW, ANA)
        reached = replace(after(BEGINNINGS[begins], decision, touched=True), snoozed=False)
        assert standing(reached) is TRANSITIONS[begins, Event.FELL_SILENT]


@pytest.mark.parametrize("begins", BEGINNINGS, ids=str)
def test_the_day_comes_in_every_state_that_waits_for_one(begins: State) -> None:
    event = Event.BACK if begins is State.PAUSED else Event.DAY_CAME
    on_the_day = replace(BEGINNINGS[begins], today=LATER.date())
    assert standing(on_the_day) is State.DUE
    assert begins is State.DUE or TRANSITIONS[begins, event] is State.DUE


def test_starting_skipping_and_snoozing_lead_where_the_table_says() -> None:
    nudge = library.get("nudge")
    assert nudge is not None
    due = BEGINNINGS[State.DUE]
    started = after(due, engine.start(nudge, NOW, ANA), touched=False)
    assert standing(started) is TRANSITIONS[State.DUE, Event.STARTED]
    skipped = engine.skip(nudge, 2, NOW, ANA, Facts(last_touch_at=NOW))
    assert standing(after(due, skipped, touched=True)) is TRANSITIONS[State.DUE, Event.SKIPPED]
    assert standing(after(due, skipped, touched=False)) is TRANSITIONS[State.DUE, Event.SKIPPED_UNTOUCHED]
    put_off = after(due, engine.snooze(step(), date(2026, 11, 30), None, ANA), touched=True)
    assert standing(replace(put_off, snoozed=True)) is TRANSITIONS[State.DUE, Event.SNOOZED]


def test_every_state_can_be_reached_and_every_event_can_happen() -> None:
    reached = {State.PENDING}
    while more := {to for (state, _), to in TRANSITIONS.items() if state in reached} - reached:
        reached |= more
    assert reached == set(State)
    assert {event for _, event in TRANSITIONS} == set(Event)


def test_do_not_contact_is_left_by_an_administrator_alone() -> None:
    lifting = [Event.LIFTED, Event.LIFTED_CUSTOMER]
    assert [event for state, event in TRANSITIONS if state is State.DO_NOT_CONTACT] == lifting
    others = set(State) - {State.DO_NOT_CONTACT}
    assert all(TRANSITIONS[state, Event.ASKED_TO_STOP] is State.DO_NOT_CONTACT for state in others)


def test_an_answer_ends_every_open_state() -> None:
    assert all(TRANSITIONS[state, Event.REPLIED] is State.FINISHED_REPLIED for state in OPEN)


ARROW = re.compile(r"^    (\w+) --> (\w+): (.+)$", re.MULTILINE)


def test_the_picture_says_the_table_and_nothing_else() -> None:
    drawn: dict[tuple[State, Event], State] = {}
    for begin, to, events in ARROW.findall(picture()):
        for state in OPEN if begin == ANY_OPEN else [State(begin)]:
            for event in events.split(" / "):
                assert (state, Event(event)) not in drawn
                drawn[state, Event(event)] = State(to)
    assert drawn == TRANSITIONS


def test_the_page_shows_the_picture_and_names_every_state() -> None:
    text = PAGE.read_text()
    assert re.findall(r"```mermaid\n(.*?)\n```", text, re.DOTALL) == [picture()]
    told = re.findall(r"^\| ([^|]+) \| .+ \|$", text, re.MULTILINE)
    assert told == ["state", *(state.words for state in State)]
