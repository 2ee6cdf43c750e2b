"""What can go wrong in the user's world; ``bot.slack.errors`` puts each into words, once."""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.storage.records import Change, Member, Prospect
from cadences.giving_up import Rate, Silence
from cadences.model import Cadence, Channel


class DomainError(Exception):
    """Something the person who asked must hear about; nothing was changed."""


@dataclass(eq=False)
class InvalidInput(DomainError):
    """A value that can't be taken: which field, why, and an example that works."""

    field: str
    why: str
    example: str = ""
    also: tuple["InvalidInput", ...] = ()
    """What else can't be taken; a form says all of it at once."""


class StillReading(DomainError):
    """Everything that a search looks through is read once after a start, and that is under way."""


@dataclass(eq=False)
class NotFound(DomainError):
    """Nothing by that name; ``near`` is what comes close."""

    words: str
    near: tuple[Prospect, ...] = ()


@dataclass(eq=False)
class SeveralFound(DomainError):
    """More than one by that name: which is meant?"""

    words: str
    found: tuple[Prospect, ...]


@dataclass(eq=False)
class AsksWhy(DomainError):
    """Put off for the third time in a row or more: why? Nothing was moved; what was wanted waits in a draft."""

    prospect: Prospect
    count: int
    on: date
    draft_id: int
    at: time | None = None
    """The time of that day, where one was said."""


@dataclass(eq=False)
class AsksOnceMore(DomainError):
    """Given up as silent before enough was tried: really? Nothing was changed; what was wanted waits in a draft."""

    prospect: Prospect
    silence: Silence
    rate: Rate
    channel: Channel
    """Nobody tried it since they last answered."""
    on: date
    draft_id: int


@dataclass(eq=False)
class Gone(DomainError):
    """The thing a button speaks of no longer exists: its adding was undone."""

    name: str | None = None


@dataclass(eq=False)
class NotYours(DomainError):
    """The prospect belongs to somebody else and the actor does not manage."""

    prospect: Prospect
    owner: Member


@dataclass(eq=False)
class NotAllowed(DomainError):
    """Only some roles may do this."""

    what: str
    who: str


@dataclass(eq=False)
class MovedOn(DomainError):
    """The step behind a button is no longer the next one; ``since`` is what happened."""

    prospect: Prospect
    since: Change | None
    by: Member | None


@dataclass(eq=False)
class AlreadyDone(DomainError):
    """The same request was carried out before; nothing is done twice."""

    change: Change


@dataclass(eq=False)
class Closed(DomainError):
    """The deal is won or lost; nothing is next."""

    prospect: Prospect


@dataclass(eq=False)
class DoNotContact(DomainError):
    """They asked us to stop: nobody writes or calls until an admin lifts it with a reason."""

    prospect: Prospect


@dataclass(eq=False)
class DoNotContactStands(DomainError):
    """A do-not-contact that is too old to be a slip of the finger is not undone but lifted, by an admin."""

    change: Change


@dataclass(eq=False)
class NothingToUndo(DomainError):
    """There is no change of the actor's that stands."""


@dataclass(eq=False)
class SaidSince(DomainError):
    """What the actor did last was said to somebody, and is no change; this is the one before it."""

    change: Change


@dataclass(eq=False)
class UndoConflict(DomainError):
    """Somebody changed the same since; the undo changed nothing."""

    change: Change
    since: Change | None
    by: Member | None


@dataclass(eq=False)
class UndoneBefore(DomainError):
    """The change was undone already."""

    change: Change
    at: datetime


@dataclass(eq=False)
class LikelyDouble(DomainError):
    """Somebody very like this is kept already; the typed line waits in a draft."""

    existing: Prospect
    owner: Member
    draft_id: int


@dataclass(eq=False)
class AnsweredBefore(DomainError):
    """The question was answered already; the first answer stands."""

    at: datetime


@dataclass(eq=False)
class NudgedToday(DomainError):
    """The owner was nudged today, or is to be; once a day is enough.

    ``comes_at`` where she hears of it later, or is hearing of it; ``reason``, a kept text, where it never reached her.
    """

    owner: Member
    at: datetime
    comes_at: datetime | None = None
    reason: str | None = None


@dataclass(eq=False)
class OwnerAway(DomainError):
    """The owner hears nothing today: a day off or a pause; ``back_on`` is when she is back."""

    owner: Member
    back_on: date


@dataclass(eq=False)
class Overtaken(DomainError):
    """Somebody saved another version of the cadence since it was opened; ``theirs`` is how it stands now."""

    theirs: Cadence
    by: Member | None
    at: datetime | None


@dataclass(eq=False)
class Outdated(DomainError):
    """What a form showed and asked about is no longer so; ``since`` is what happened, where that is known."""

    since: Change | None
    by: Member | None
