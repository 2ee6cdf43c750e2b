"""A prospect with everything its card says: the facts of one moment, as its viewer may see them."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.services import hints, suggestions, warmth
from bot.services.errors import Gone
from bot.services.hints import Hints
from bot.services.warmth import Warmth
from bot.storage import changes, hooks, members, steps, timeline
from bot.storage.records import Change, Enrollment, Hook, Member, Note, Prospect, StepRow, Touch
from bot.storage.tables import ChangeKind
from cadences.model import EnrollmentState, Outcome, Purpose
from cadences.preference import Suggestion
from cadences.snoozing import Why
from cadences.states import Standing, State, standing

TIMELINE_LENGTH = 5
SINCE_THE_END = {
    Outcome.REPLIED: EnrollmentState.FINISHED_REPLIED,
    Outcome.MEETING_BOOKED: EnrollmentState.FINISHED_REPLIED,
    Outcome.NOT_INTERESTED: EnrollmentState.STOPPED,
}
SAY_WHICH_WAY = (ChangeKind.LOGGED, ChangeKind.ANSWERED)


@dataclass(frozen=True, slots=True)
class Card:
    """A prospect, its owner, its next step and its last touch, for ``viewer`` (whose zone and locale words use)."""

    prospect: Prospect
    owner: Member
    viewer: Member
    step: StepRow | None
    enrollment: Enrollment | None
    last_touch: Touch | None
    ended: Enrollment | None = None
    """The cadence it was on last, where none is running."""
    hints: Hints = hints.NONE
    suggested: str | None = None
    """The cadence that the rules suggest; known after an add and where the card stands alone."""
    way_said: bool = False
    """True when somebody said which way their reply went."""

    def state(self, now: datetime) -> State:
        """Where it stands, in one word."""
        latest = self.enrollment or self.ended
        started_at = latest.started_at if latest else None
        return standing(
            Standing(
                stage=self.prospect.stage,
                today=self.owner.local(now).date(),
                zone=self.owner.calendar.zone,
                do_not_contact=self.prospect.do_not_contact_at is not None,
                enrollment=self._ended_as(latest) if latest else None,
                step=self.step.planned if self.step else None,
                snoozed=self.step is not None and self.step.snoozes > 0,
                awaited=self.step is not None and self.step.reason == Why.WAITING,
                touched_in_this_enrollment=bool(
                    started_at and self.last_touch and self.last_touch.happened_at >= started_at
                ),
            )
        )

    def warmth(self, now: datetime) -> Warmth | None:
        """How warm it is, and who says so."""
        return warmth.of(self.prospect, self.step, self.owner, now)

    def _ended_as(self, latest: Enrollment) -> EnrollmentState:
        """How the cadence ended as known by now: they may have answered, or said no, after its end."""
        step, last = self.step, self.last_touch
        if latest.ended_at is None or step is None or step.cadence is not None:
            return latest.state
        if last is not None and last.created_at >= latest.ended_at and last.outcome in SINCE_THE_END:
            return SINCE_THE_END[last.outcome]
        # What nurtures, or asks how it ends, belongs to the cadence: without that somebody took it off.
        silent = latest.state is EnrollmentState.FINISHED_SILENT
        return EnrollmentState.STOPPED if silent else latest.state

    @property
    def asks_which_way(self) -> bool:
        """True when they replied and it was not said yet which way: the answer to them is next."""
        step, last = self.step, self.last_touch
        return (
            not self.way_said
            and step is not None
            and last is not None
            and last.outcome is Outcome.REPLIED
            and step.number is None
            and step.purpose is Purpose.ANSWER_OBJECTION
        )

    @property
    def is_mine(self) -> bool:
        """True when the viewer may act on it."""
        stands_in = self.step is not None and self.step.owner_id == self.viewer.id
        return self.prospect.owner_id == self.viewer.id or self.viewer.may_manage or stands_in


@dataclass(frozen=True, slots=True)
class Timeline:
    """A card with its latest touches and notes, newest first; ``more`` is how many are left out."""

    card: Card
    entries: tuple[Touch | Note, ...]
    people: dict[str, Member]
    more: int
    hooks: tuple[Hook, ...] = ()
    """What they care about, used or not, the newest first."""
    answers_by: Suggestion | None = None
    """The channel that they answer on, where that is worth preferring."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody who hears of a change: the outbox says it."""

    delivery_id: int
    member: Member


@dataclass(frozen=True, slots=True)
class Done:
    """A change that was made, and the card as it stands after it (None: it was not about one prospect)."""

    change: Change
    card: Card | None = None
    heard: tuple[Heard, ...] = ()


def of(tx: Connection, viewer: Member, prospect: Prospect) -> Card:
    """The prospect's card as it stands inside this transaction."""
    workspace_id = viewer.workspace_id
    owner = viewer if prospect.owner_id == viewer.id else members.get(tx, workspace_id, prospect.owner_id)
    if owner is None:
        raise Gone(prospect.name)
    step, latest = steps.open_of(tx, workspace_id, prospect.id), steps.latest_of(tx, workspace_id, prospect.id)
    card = Card(
        prospect=prospect,
        owner=owner,
        viewer=viewer,
        step=step,
        enrollment=latest if latest and latest.ended_at is None else None,
        last_touch=timeline.last_touches(tx, workspace_id, [prospect.id]).get(prospect.id),
        ended=latest if latest and latest.ended_at is not None else None,
        hints=hints.of(tx, prospect, step, owner, owner.local(step.due_at).date()) if step else hints.NONE,
    )
    return replace(card, way_said=_way_said(tx, prospect)) if card.asks_which_way else card


def _way_said(tx: Connection, prospect: Prospect) -> bool:
    said = changes.last_of_kinds(tx, prospect.workspace_id, prospect.id, SAY_WHICH_WAY)
    return said is not None and "way" in said.facts


def timeline_of(tx: Connection, viewer: Member, prospect: Prospect, length: int = TIMELINE_LENGTH) -> Timeline:
    """The card and what happened lately; the newest ``length`` entries."""
    entries: list[Touch | Note] = [
        *timeline.touches_of(tx, viewer.workspace_id, prospect.id, length + 1),
        *timeline.notes_of(tx, viewer.workspace_id, prospect.id, length + 1),
    ]
    entries.sort(key=lambda entry: (happened_at(entry), entry.created_at), reverse=True)
    shown = tuple(entries[:length])
    people = members.named(tx, viewer.workspace_id, [entry.member_id for entry in shown])
    counted = timeline.count(tx, viewer.workspace_id, prospect.id)
    card = replace(of(tx, viewer, prospect), suggested=suggestions.for_prospect(tx, prospect))
    cared_about = tuple(hooks.of(tx, viewer.workspace_id, prospect.id))
    answers_by = suggestions.channel_for(tx, prospect)
    return Timeline(card, shown, people, counted - len(shown), cared_about, answers_by)


def happened_at(entry: Touch | Note) -> datetime:
    """When a touch was made or a note written."""
    return entry.happened_at if isinstance(entry, Touch) else entry.created_at
