"""A prospect with everything its card says: the facts of one moment, as its viewer may see them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.services.errors import Gone
from bot.storage import members, steps, timeline
from bot.storage.records import Change, Enrollment, Member, Note, Prospect, StepRow, Touch

TIMELINE_LENGTH = 5


@dataclass(frozen=True, slots=True)
class Card:
    """A prospect, its owner, its next step and its last touch, for ``viewer`` (whose zone and locale words use)."""

    prospect: Prospect
    owner: Member
    viewer: Member
    step: StepRow | None
    enrollment: Enrollment | None
    last_touch: Touch | None

    @property
    def is_mine(self) -> bool:
        """True when the viewer may act on it."""
        return self.prospect.owner_id == self.viewer.id or self.viewer.may_manage


@dataclass(frozen=True, slots=True)
class Timeline:
    """A card with its latest touches and notes, newest first; ``more`` is how many are left out."""

    card: Card
    entries: tuple[Touch | Note, ...]
    people: dict[str, Member]
    more: int


@dataclass(frozen=True, slots=True)
class Done:
    """A change that was made, and the card as it stands after it (None: it was not about one prospect)."""

    change: Change
    card: Card | None = None


def of(tx: Connection, viewer: Member, prospect: Prospect) -> Card:
    """The prospect's card as it stands inside this transaction."""
    workspace_id = viewer.workspace_id
    owner = viewer if prospect.owner_id == viewer.id else members.get(tx, workspace_id, prospect.owner_id)
    if owner is None:
        raise Gone(prospect.name)
    return Card(
        prospect=prospect,
        owner=owner,
        viewer=viewer,
        step=steps.open_of(tx, workspace_id, prospect.id),
        enrollment=steps.enrollment_of(tx, workspace_id, prospect.id),
        last_touch=timeline.last_touches(tx, workspace_id, [prospect.id]).get(prospect.id),
    )


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
    return Timeline(of(tx, viewer, prospect), shown, people, counted - len(shown))


def happened_at(entry: Touch | Note) -> datetime:
    """When a touch was made or a note written."""
    return entry.happened_at if isinstance(entry, Touch) else entry.created_at
