"""What holds for a prospect at every moment, and which change of its state an action may bring."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from bot.services.cards import Card, Done
from bot.services.touches import Way
from bot.storage.engine import Database
from bot.storage.records import StepRow, Touch
from bot.storage.tables import ChangeKind, prospects, touches
from cadences import calendar, library, pace
from cadences.decisions import Facts
from cadences.model import DelayUnit, Outcome, Purpose, Stage
from cadences.states import AHEAD, TRANSITIONS, Event, State

LETTERS = {
    **dict.fromkeys((Outcome.VOICEMAIL, Outcome.NO_ANSWER, Outcome.SENT, Outcome.NO_SHOW), "s"),
    Outcome.OUT_OF_OFFICE: "",
}
"""What a touch is in the story of a silence; all other ways to end are an answer, `a`."""
CLOSED = frozenset({Stage.WON, Stage.LOST})
NO_EVENT = frozenset({ChangeKind.NOTED, ChangeKind.HANDED_OVER})
"""They say something of a prospect and move nothing."""
INTERESTED = Way.INTERESTED.value
BY_HAND = frozenset({ChangeKind.SNOOZED, ChangeKind.ONE_MORE, ChangeKind.PARKED})
"""Somebody chose the date."""
MOVES = frozenset({ChangeKind.EDITED, ChangeKind.SKIPPED, ChangeKind.ONE_MORE})
ELSEWHERE_ON_IT = (Event.SKIPPED, Event.SKIPPED_UNTOUCHED, Event.FELL_SILENT)
EVENTS: dict[ChangeKind, tuple[Event, ...]] = {
    ChangeKind.EDITED: ELSEWHERE_ON_IT,
    ChangeKind.SNOOZED: (Event.SNOOZED, Event.AWAITED),
    # Another way, at another time, in place of giving up; who is parked stays so until then.
    ChangeKind.ONE_MORE: (*ELSEWHERE_ON_IT, Event.SNOOZED, Event.PARKED),
    ChangeKind.WON: (Event.WON,),
    ChangeKind.LOST: (Event.LOST,),
    ChangeKind.PARKED: (Event.PARKED,),
    ChangeKind.REOPENED: (Event.REOPENED,),
    ChangeKind.LIFTED: (Event.LIFTED, Event.LIFTED_CUSTOMER),
    ChangeKind.OUT_OF_OFFICE: (Event.OUT_OF_OFFICE,),
    ChangeKind.SKIPPED: (*ELSEWHERE_ON_IT, Event.PARKED),
    ChangeKind.MET: (Event.STARTED, Event.TOUCHED),
    ChangeKind.CADENCE: (Event.STARTED, Event.STOPPED),
    ChangeKind.ANSWERED: (Event.STARTED,),
}
TOUCHES: dict[Outcome, tuple[Event, ...]] = {
    **dict.fromkeys(
        (Outcome.CONNECTED, Outcome.SENT, Outcome.VOICEMAIL, Outcome.NO_ANSWER), (Event.TOUCHED, Event.FELL_SILENT)
    ),
    Outcome.REPLIED: (Event.REPLIED,),
    Outcome.MEETING_BOOKED: (Event.MEETING_BOOKED,),
    # No touch was made on the new cadence yet, but one was made in the same moment.
    Outcome.NO_SHOW: (Event.STARTED, Event.TOUCHED, Event.FELL_SILENT),
    Outcome.OUT_OF_OFFICE: (Event.OUT_OF_OFFICE,),
    Outcome.NOT_NOW: (Event.PARKED,),
    Outcome.NOT_INTERESTED: (Event.STOPPED,),
    Outcome.ASKED_TO_STOP: (Event.ASKED_TO_STOP,),
}


def broken(card: Card) -> Iterator[str]:
    """The laws of a standing prospect that this one breaks."""
    step, running = card.step, card.enrollment
    if running is not None and step is None:
        yield "a cadence runs and nothing is next"
    if step is not None and step.number is not None:
        if running is None:
            yield "a step of a cadence that does not run"
        elif (running.cadence, running.version) != (step.cadence, step.version):
            yield f"a step of {step.cadence} while {running.cadence} runs"
    if step is not None and not step.promised and not calendar.is_workday(_day_of(card, step), card.owner.calendar):
        yield f"due on {step.due_at}, when nobody works"
    if card.prospect.do_not_contact_at is not None and (step or running):
        yield "something is planned with who asked us to stop"
    yield from _of_a_closed_deal(card)
    if step is None and card.prospect.stage not in CLOSED:
        yield "open and forgotten"


def _of_a_closed_deal(card: Card) -> Iterator[str]:
    if card.prospect.stage not in CLOSED or card.step is None:
        return
    latest = card.enrollment or card.ended
    if latest is None or latest.started_at < card.prospect.stage_since_at:
        yield "something is next in a closed deal, and no cadence began since it was closed"


def bunched(done: Done, before: Card, after: Card) -> str | None:
    """A planned touch inside the gap after the last one; None for what was promised, chosen, or asks the owner."""
    step, last = after.step, after.last_touch
    if step is None or last is None or step.promised or (before.step and before.step.id == step.id):
        return None
    asks_the_owner = step.number is None and step.purpose is Purpose.CLOSE_THE_LOOP
    if done.change.kind in BY_HAND or asks_the_owner or _was_light(last):
        return None
    day, cal = _day_of(after, step), after.owner.calendar
    earliest = pace.earliest_on(Facts(last_touch_at=last.happened_at), cal, _unit(step))
    return None if earliest is None or day >= earliest else f"due on {day}, and touched at {last.happened_at}"


def _was_light(touch: Touch) -> bool:
    """Nothing has to keep its distance from a like."""
    cadence = library.get(touch.cadence) if touch.cadence else None
    return cadence is not None and pace.is_light(cadence, touch.number, touch.channel, touch.outcome)


def _unit(step: StepRow) -> DelayUnit:
    """What answers something that just happened keeps a day's distance only."""
    if step.purpose in {Purpose.ANSWER_OBJECTION, Purpose.CLOSE_THE_LOOP}:
        return DelayUnit.HOURS
    cadence = library.get(step.cadence) if step.cadence else None
    if cadence is None or step.number is None or step.attempt > 1:
        return DelayUnit.BUSINESS_DAYS
    return cadence.steps[step.number - 1].delay.unit


def transition(done: Done, before: Card, after: Card) -> str | None:
    """A change of state that the table does not know; None where it does."""
    now = done.change.happened_at
    was, state = before.state(now), after.state(now)
    if was is state and _may_stay(done, before, after):
        return None
    begins = TRANSITIONS.get((was, Event.REPLIED)) if done.change.facts.get("way") == INTERESTED else was
    if begins and any(state in _leads_to(begins, event) for event in _events(done)):
        return None
    if was is State.DUE and done.change.kind in MOVES and state in AHEAD:
        # What was due stands for another day now: it is again what it was before its day came.
        return None
    return f"{done.change.kind.value} {done.change.facts}: {was.value} → {state.value}"


def _may_stay(done: Done, before: Card, after: Card) -> bool:
    """True where nothing had to become another thing: the next step is still the same one."""
    same = before.step is not None and after.step is not None and before.step.id == after.step.id
    nothing = before.step is None and after.step is None
    return same or nothing or done.change.kind in NO_EVENT or done.change.kind is ChangeKind.EDITED


def _leads_to(was: State, event: Event) -> set[State]:
    """Where an event leads; if that lies ahead, its day may be today."""
    to = TRANSITIONS.get((was, event))
    if to is None:
        return set()
    return {to, State.DUE} if to in AHEAD else {to}


def _events(done: Done) -> tuple[Event, ...]:
    facts = done.change.facts
    if facts.get("do_not_contact"):
        return (Event.ASKED_TO_STOP,)
    if done.change.kind is not ChangeKind.LOGGED:
        return EVENTS.get(done.change.kind, ())
    events = TOUCHES[Outcome(facts["outcome"])]
    if facts.get("way") == INTERESTED:
        return EVENTS[ChangeKind.MET]  # after the reply itself, what leads to a meeting began in the same moment
    # With a reply it may be said that it is no, or not now.
    return (*events, Event.LOST, Event.PARKED) if facts["outcome"] == Outcome.REPLIED.value else events


def _day_of(card: Card, step: StepRow) -> date:
    return calendar.local_date(step.due_at, card.owner.calendar.zone)


def miscounted(db: Database) -> list[int]:
    """Prospects whose silences are not those their touches tell of: there must be none."""
    with db.read() as tx:
        told = tx.execute(
            select(touches.c.prospect_id, touches.c.outcome).order_by(touches.c.happened_at, touches.c.id)
        )
        stories: dict[int, str] = {}
        for number, outcome in told:
            stories[number] = stories.get(number, "") + LETTERS.get(outcome, "a")
        kept = tx.execute(select(prospects.c.id, prospects.c.silent_run, prospects.c.answered_run))
        return [row[0] for row in kept if tuple(row[1:]) != _longest(stories.get(row[0], ""))]


def _longest(story: str) -> tuple[int, int]:
    """The most letters s in a row in all, and in what comes before the last a."""
    return max(map(len, story.split("a"))), max(map(len, story.split("a")[:-1]), default=0)
