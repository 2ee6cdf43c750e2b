"""Where a prospect stands, in one word, and the one table of how it gets from there to anywhere else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import product
from zoneinfo import ZoneInfo

from cadences import calendar
from cadences.decisions import PlannedStep
from cadences.model import EnrollmentState, Stage


class State(StrEnum):
    """The named states of a prospect."""

    PENDING = "pending"
    DUE = "due"
    WAITING = "waiting"
    PAUSED = "paused"
    SNOOZED = "snoozed"
    FINISHED_REPLIED = "finished_replied"
    FINISHED_SILENT = "finished_silent"
    WON = "won"
    LOST = "lost"
    DO_NOT_CONTACT = "do_not_contact"

    @property
    def words(self) -> str:
        """The state as people say it."""
        return STATE_WORDS.get(self, self.value)


STATE_WORDS = {
    State.WAITING: "waiting for them",
    State.FINISHED_REPLIED: "finished (replied)",
    State.FINISHED_SILENT: "finished (silent)",
    State.DO_NOT_CONTACT: "do not contact",
}


class Event(StrEnum):
    """What can happen to a prospect."""

    STARTED = "started"
    """A cadence began: the first, the same again, or another one, as after a no-show."""
    DAY_CAME = "day came"
    TOUCHED = "touched"
    """A touch was made, they gave no answer, and the cadence goes on."""
    SKIPPED = "skipped"
    """The next step is another one, or at another time (skip, jump, align), after a touch was made."""
    SKIPPED_UNTOUCHED = "skipped, nothing done yet"
    REPLIED = "replied"
    MEETING_BOOKED = "meeting booked"
    OUT_OF_OFFICE = "out of office"
    BACK = "back"
    """The day has come on which they are back, or until which they were parked."""
    SNOOZED = "snoozed"
    AWAITED = "put off, they are to answer"
    PARKED = "parked"
    """Left alone until a date: by hand, or because they said not now."""
    STOPPED = "stopped"
    """The cadence was taken off, or they are not interested: a person says how it ends."""
    FELL_SILENT = "fell silent"
    """The last touch was made and nobody answered, or one of the nurturing touches after it."""
    WON = "won"
    LOST = "lost"
    ASKED_TO_STOP = "asked to stop"
    REOPENED = "reopened"
    LIFTED = "lifted"
    """An administrator allowed contact again, with a reason."""
    LIFTED_CUSTOMER = "lifted, a customer"


ANY_OPEN = "any_open"
ANY_OPEN_WORDS = "any open state"

AHEAD = (State.PENDING, State.WAITING, State.SNOOZED, State.FINISHED_REPLIED, State.FINISHED_SILENT)
"""Something is planned for a later day."""
OPEN = (State.PENDING, State.DUE, State.WAITING, State.PAUSED, State.SNOOZED, *AHEAD[-2:])
FROM_ANY_OPEN: Mapping[Event, State] = {
    Event.STARTED: State.PENDING,
    Event.TOUCHED: State.WAITING,
    Event.REPLIED: State.FINISHED_REPLIED,
    Event.MEETING_BOOKED: State.FINISHED_REPLIED,
    Event.OUT_OF_OFFICE: State.PAUSED,
    Event.SNOOZED: State.SNOOZED,
    Event.AWAITED: State.WAITING,
    Event.PARKED: State.PAUSED,
    Event.STOPPED: State.PENDING,
    Event.FELL_SILENT: State.FINISHED_SILENT,
    Event.WON: State.WON,
    Event.LOST: State.LOST,
}
OF_A_CUSTOMER = (
    Event.STARTED,
    Event.TOUCHED,
    Event.REPLIED,
    Event.MEETING_BOOKED,
    Event.OUT_OF_OFFICE,
    Event.SNOOZED,
    Event.AWAITED,
    Event.PARKED,
    Event.STOPPED,
    Event.FELL_SILENT,
    Event.SKIPPED,
    Event.SKIPPED_UNTOUCHED,
)
"""The check-ins after a sale change nothing about its being won."""
WHILE_TRIED_AGAIN: Mapping[Event, State] = {
    Event.STARTED: State.LOST,
    Event.TOUCHED: State.LOST,
    Event.OUT_OF_OFFICE: State.LOST,
    Event.SNOOZED: State.LOST,
    Event.AWAITED: State.LOST,
    Event.PARKED: State.LOST,
    Event.STOPPED: State.LOST,
    Event.FELL_SILENT: State.LOST,
    Event.SKIPPED: State.LOST,
    Event.SKIPPED_UNTOUCHED: State.LOST,
    Event.REPLIED: State.FINISHED_REPLIED,
    Event.MEETING_BOOKED: State.FINISHED_REPLIED,
    Event.WON: State.WON,
    Event.LOST: State.LOST,
}
"""A lost deal that is tried again stays lost until somebody answers."""


def _rows() -> Iterator[tuple[State, Event, State]]:
    for state in OPEN:
        for event, to in FROM_ANY_OPEN.items():
            yield state, event, to
    for state in AHEAD:
        yield state, Event.DAY_CAME, State.DUE
    yield State.PAUSED, Event.BACK, State.DUE
    # A cadence that ended for want of a telephone number goes on once it is known.
    for state in (State.DUE, State.PAUSED, State.SNOOZED, State.FINISHED_SILENT):
        yield state, Event.SKIPPED, State.WAITING
        yield state, Event.SKIPPED_UNTOUCHED, State.PENDING
    yield State.WAITING, Event.SKIPPED, State.WAITING
    yield State.PENDING, Event.SKIPPED_UNTOUCHED, State.PENDING
    for event in OF_A_CUSTOMER:
        yield State.WON, event, State.WON
    for event, to in WHILE_TRIED_AGAIN.items():
        yield State.LOST, event, to
    for state in (State.WON, State.LOST):
        yield state, Event.REOPENED, State.PENDING
    for state in (*OPEN, State.WON, State.LOST):
        yield state, Event.ASKED_TO_STOP, State.DO_NOT_CONTACT
    # Whoever asked us to stop was lost by it; the deal is opened again by a person, or stays lost. A sale stays one.
    yield State.DO_NOT_CONTACT, Event.LIFTED, State.LOST
    yield State.DO_NOT_CONTACT, Event.LIFTED_CUSTOMER, State.WON


TRANSITIONS: Mapping[tuple[State, Event], State] = {(state, event): to for state, event, to in _rows()}
"""The one table: what is not in it can't happen."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a prospect that decides about its state."""

    stage: Stage
    today: date
    zone: ZoneInfo
    do_not_contact: bool = False
    enrollment: EnrollmentState | None = None
    """Of its latest enrollment; None where it never was on a cadence."""
    step: PlannedStep | None = None
    """What is planned next."""
    snoozed: bool = False
    """True when that step was put off by hand."""
    touched_in_this_enrollment: bool = False
    awaited: bool = False
    """True when it was put off because it is for them to answer."""


def standing(facts: Standing) -> State:
    """The state that follows from the facts."""
    if facts.do_not_contact:
        return State.DO_NOT_CONTACT
    match facts.stage:
        case Stage.WON:
            return State.WON
        case Stage.LOST:
            return State.LOST
        case _:
            return _open(facts)


def _open(facts: Standing) -> State:
    """What is to be done today is due, wherever it comes from; else why nothing is."""
    step = facts.step
    if step is not None and calendar.local_date(step.due_at, facts.zone) <= facts.today:
        return State.DUE
    if step is not None and step.paused_until_on is not None:
        return State.PAUSED
    if facts.awaited:
        return State.WAITING
    if facts.snoozed:
        return State.SNOOZED
    return State.PAUSED if facts.stage is Stage.PARKED else _of_enrollment(facts)


def _of_enrollment(facts: Standing) -> State:
    numbered = facts.step is not None and facts.step.number is not None
    match facts.enrollment:
        case EnrollmentState.FINISHED_REPLIED if not numbered:
            return State.FINISHED_REPLIED
        case EnrollmentState.FINISHED_SILENT if not numbered:
            return State.FINISHED_SILENT
        case EnrollmentState.ACTIVE if facts.touched_in_this_enrollment:
            return State.WAITING
        case _:
            return State.PENDING


def picture() -> str:
    """The table as a mermaid state diagram, in the order in which states and events are written here."""
    named = [(ANY_OPEN, ANY_OPEN_WORDS), *((state.value, state.words) for state in State)]
    names = [f'    state "{words}" as {name}' for name, words in named if words != name]
    lines = [f"    {begin} --> {to}: {' / '.join(events)}" for (begin, to), events in _arrows().items()]
    return "\n".join(["stateDiagram-v2", *names, f"    [*] --> {State.PENDING}: {Event.STARTED}", *lines])


def _arrows() -> dict[tuple[str, State], list[str]]:
    """The events of each arrow; what leads from every open state to the same one is a single arrow."""
    shared = [event for event in Event if len({TRANSITIONS.get((state, event)) for state in OPEN}) == 1]
    arrows: dict[tuple[str, State], list[str]] = {}
    for begin in (ANY_OPEN, *State):
        for to, event in product(State, Event):
            from_all = event in shared and begin in OPEN
            state = OPEN[0] if begin == ANY_OPEN and event in shared else begin
            if not from_all and isinstance(state, State) and TRANSITIONS.get((state, event)) is to:
                arrows.setdefault((begin, to), []).append(event.value)
    return arrows
