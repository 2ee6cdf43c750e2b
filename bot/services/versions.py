"""From one version of a cadence to the next: who is on it, what would change for each, and moving those who are."""

from dataclasses import dataclass, replace

from bot.services import definitions, loads, plans
from bot.services import facts as known
from bot.services.plans import NOTHING_KNOWN, Ended
from bot.services.recorder import Recorder
from bot.storage import cadences, members
from bot.storage.records import Enrollment, Member, Prospect, StepRow
from bot.storage.tables import StepEnd
from cadences import editing
from cadences.decisions import Advance, Facts, Finish, PlannedStep
from cadences.editing import Place
from cadences.model import Cadence, EnrollmentState, Stage

AT_ONCE = 300
"""People that one save moves at most, those due first: a form waits three seconds for its answer."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody for whom the new version changes what is next: how it was, and how it is on the new one."""

    prospect: Prospect
    owner: Member
    version: int
    before: StepRow
    after: StepRow | None


@dataclass(frozen=True, slots=True)
class Choice:
    """Who goes on the new version: those for whom something changes, those who notice nothing, somebody by number."""

    moving: bool = False
    same: bool = False
    prospect_ids: frozenset[int] = frozenset()


EVERYBODY = Choice(moving=True, same=True)


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody who was on another version: who moved, who moved and notices nothing, and who stayed where they are."""

    moved: tuple[Moved, ...] = ()
    same: tuple[int, ...] = ()
    kept: tuple[int, ...] = ()
    others: tuple[int, ...] = ()
    """Not the actor's to move."""
    over: tuple[int, ...] = ()
    """More than go at once: they finish on the version they are on."""
    versions: tuple[int, ...] = ()
    """The versions they were on, the oldest first."""

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(map(len, (self.moved, self.same, self.kept, self.others, self.over)))


@dataclass(frozen=True, slots=True)
class _OnIt:
    """Somebody on a version, with what is next."""

    prospect: Prospect
    owner: Member
    running: Enrollment
    step: StepRow | None
    old: Cadence


def move(recorder: Recorder, new: Cadence, choice: Choice) -> Crowd:
    """Put on the new version who was chosen and is the actor's to move; all others finish on the one they are on."""
    moved: list[Moved] = []
    same: list[int] = []
    kept: list[int] = []
    people, others, versions = _people(recorder, new)
    for number, each in enumerate(people):
        if len(moved) + len(same) == AT_ONCE:
            over = tuple(left.prospect.id for left in people[number:])
            return Crowd(tuple(moved), tuple(same), tuple(kept), others, over, versions)
        went = _carry(recorder, each, new, choice)
        if isinstance(went, Moved):
            moved.append(went)
        else:
            (same if went else kept).append(each.prospect.id)
    return Crowd(tuple(moved), tuple(same), tuple(kept), others, (), versions)


def _people(recorder: Recorder, new: Cadence) -> tuple[list[_OnIt], tuple[int, ...], tuple[int, ...]]:
    """Who is on another version: those who are the actor's to move, what is due first first; the others; the versions.

    Read in four queries however many they are: a form waits for the answer.
    """
    tx, member = recorder.tx, recorder.actor.member
    locked = cadences.hold_people_on(tx, member.workspace_id, new.key)
    on_it = [each for each in cadences.people_on(tx, member.workspace_id, new.key) if each[0].version != new.version]
    owners = members.named(tx, member.workspace_id, list({each.owner_id for each in locked.values()}))
    versions = tuple(sorted({running.version for running, _ in on_it}))
    texts = {each: definitions.at(tx, member.workspace_id, new.key, each) for each in versions}
    mine, others = [], []
    for running, step in on_it:
        prospect = locked[running.prospect_id]
        if prospect.owner_id == member.id or member.may_manage:
            mine.append(_OnIt(prospect, owners[prospect.owner_id], running, step, texts[running.version]))
        else:
            others.append(prospect.id)
    return mine, tuple(others), versions


def _carry(recorder: Recorder, each: _OnIt, new: Cadence, choice: Choice) -> Moved | bool:
    """Move one, if chosen: how it went; True where what is next stays as it is, False for who was not chosen."""
    by_name, step = each.prospect.id in choice.prospect_ids, each.step
    facts, place = _place(recorder, each, step, new) if step else (NOTHING_KNOWN, None)
    decision = None
    if place is not None:
        decision = editing.carry_over(each.old, new, place, recorder.now, each.owner.calendar, facts)
    if not (by_name or (choice.same if decision is None else choice.moving)):
        return False
    running = recorder.update(each.running, version=new.version)
    if decision is None or step is None or place is None:
        _same_step(recorder, step, new)
        return True
    after = _apply(recorder, each.prospect, each.owner, running, step, new, decision, facts, place)
    return Moved(each.prospect, each.owner, each.old.version, step, after)


def _place(recorder: Recorder, each: _OnIt, step: StepRow, new: Cadence) -> tuple[Facts, Place]:
    """Where somebody stands; what else is known of them is only looked up where the new version changes something."""
    running = each.running
    is_held = step.snoozes > 0 or step.paused_until_on is not None
    place = Place(running.done_number, step.planned, running.started_at, is_held)
    if not editing.affects(each.old, new, place):
        return NOTHING_KNOWN, place
    facts = known.of(recorder.tx, each.prospect, running)
    return facts, replace(place, after_at=max(running.started_at, facts.latest_at or running.started_at))


def _same_step(recorder: Recorder, step: StepRow | None, new: Cadence) -> None:
    """The row stays, so that the buttons that name it stay good."""
    if step is not None and step.cadence == new.key:
        recorder.update(step, version=new.version, of=len(new.steps) if step.number else None)


def _apply(
    recorder: Recorder, prospect: Prospect, owner: Member, running: Enrollment, step: StepRow, new: Cadence,
    decision: Advance | Finish, facts: Facts, place: Place,
) -> StepRow | None:  # fmt: skip
    """The old step is closed, the new one open; a version that is over sooner ends here for who is past its end."""
    plans.close(recorder, step, Ended(StepEnd.MOVED))
    if isinstance(decision, Finish):
        plans.finish(recorder, prospect, decision.state, editing.done_on(new, running.done_number))
        _ended(recorder, prospect, decision)
    if decision.step is None:
        return None
    planned = decision.step if _keeps_its_date(decision, place) else _placed(recorder, owner, decision.step, new, facts)
    goes_on = isinstance(decision, Advance) or decision.state is EnrollmentState.FINISHED_SILENT
    snoozes = step.snoozes if place.is_held else 0
    return plans.plan(recorder, prospect, owner, planned, new if goes_on else None, snoozes)


def _keeps_its_date(decision: Advance | Finish, place: Place) -> bool:
    parked = isinstance(decision, Finish) and decision.park_until_on is not None
    return parked or (decision.step is not None and decision.step.due_at == place.step.due_at)


def _placed(recorder: Recorder, owner: Member, step: PlannedStep, new: Cadence, facts: Facts) -> PlannedStep:
    return loads.placed(recorder, owner, step, new, facts)


def _ended(recorder: Recorder, prospect: Prospect, decision: Finish) -> None:
    """The stage that goes with the end; a check-in after the sale never takes the sale back."""
    if decision.stage is None or prospect.stage is Stage.WON:
        return
    recorder.update(prospect, stage=decision.stage, stage_since_at=recorder.now, parked_until_on=decision.park_until_on)
