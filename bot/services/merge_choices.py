"""What merging two entries of one person asks and says before it is done. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from hashlib import sha256
from typing import Any, cast

from bot.services.details import Details
from bot.services.names import key_of
from bot.storage.records import Member, Prospect, StepRow
from cadences.model import Stage

VALUE = "value"
OWNER = "owner"
PLAIN_FIELDS = (
    "name", "company", "role", "email", "phone", "source", "close_on", "zone", "industry", "renewal_on",
    "temperature", "preferred_channel", "best_time", "profile_url",
)  # fmt: skip

ASKED = (*PLAIN_FIELDS, VALUE, OWNER)
"""Fields in which two entries can differ."""
SAID_LENGTH = 16


class Side(StrEnum):
    """Whose value is taken: of the older entry, which stays, or of the other, which becomes part of it."""

    OLDER = "older"
    NEWER = "newer"


Value = str | date | time | tuple[int, str | None]


@dataclass(frozen=True, slots=True)
class Choice:
    """A field in which both say something, and not the same; ``preferred`` unless somebody chooses."""

    field: str
    older: Value
    newer: Value
    preferred: Side


@dataclass(frozen=True, slots=True)
class Left:
    """Where the one that is left will stand, whatever is chosen."""

    stage: Stage
    step: StepRow | None
    """The one next step that stays."""
    ends: tuple[StepRow, ...]
    """Next steps that fall away."""
    do_not_contact: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What merging two would make of them; ``newer`` are details where somebody is not kept yet."""

    older: Prospect
    newer: Prospect | Details
    choices: tuple[Choice, ...]
    fills: tuple[str, ...]
    """Fields that only the newer one has; they are kept as well."""
    owners: tuple[Member, ...] = ()
    """The owners of two that are kept."""
    right: Side = Side.OLDER
    """Into which of the two the other goes, as it was said."""
    left: Left | None = None
    """Known of two that are kept."""
    last_change_id: int = 0
    """The newest change of either."""

    @property
    def said(self) -> str:
        """All that it says, in a few letters: a preview of the same two that says anything else has others."""
        steps = (self.left.step, *self.left.ends) if self.left else ()
        planned = [step and (step.id, step.due_at, step.channel, step.promised) for step in steps]
        stopped = self.left and self.left.do_not_contact
        numbers = [entry.id for entry in (self.older, self.newer) if isinstance(entry, Prospect)]
        entries = [(entry.name, entry.company, entry.stage) for entry in (self.older, self.newer)]
        asked = [(choice.field, choice.older, choice.newer) for choice in self.choices]
        filled = [(field, value_of(self.newer, field)) for field in self.fills]
        facts = repr((numbers, entries, asked, filled, planned, stopped))
        return sha256(facts.encode()).hexdigest()[:SAID_LENGTH]

    @property
    def seen(self) -> str:
        """What a form remembers of it, for :func:`merge`."""
        return f"{self.last_change_id}.{self.said}"

    def choosing(self, taken: Mapping[str, Side]) -> "Preview":
        """The same with what somebody chose."""
        chosen = tuple(replace(each, preferred=taken.get(each.field, each.preferred)) for each in self.choices)
        return replace(self, choices=chosen)


def choices(older: Prospect, newer: Prospect | Details, right: Side) -> tuple[Choice, ...]:
    """What is to be chosen, where ``right`` is right unless told otherwise."""
    found = []
    for field in fields(newer):
        one, other = value_of(older, field), value_of(newer, field)
        if one is not None and other is not None and not _same(field, one, other):
            found.append(Choice(field, one, other, _preferred(one, other, right)))
    return tuple(found)


def fills(older: Prospect, newer: Prospect | Details) -> tuple[str, ...]:
    """Fields that only the newer one has."""
    return tuple(f for f in fields(newer) if value_of(older, f) is None and value_of(newer, f) is not None)


def columns(older: Prospect, newer: Prospect, taken: Mapping[str, Side]) -> dict[str, Any]:
    """The columns of the details as they were chosen; what only one has is kept."""
    values: dict[str, Any] = {}
    for field in fields(newer):
        one = value_of(older, field)
        side = taken.get(field, Side.NEWER if one is None else Side.OLDER)
        source = newer if side is Side.NEWER else older
        if field == VALUE:
            values |= {"value_minor": source.value_minor, "currency": source.currency}
        elif field == OWNER:
            values["owner_id"] = source.owner_id
        else:
            values[field] = getattr(source, field)
    values["name_key"] = key_of(values["name"])
    values["company_key"] = key_of(values["company"]) if values["company"] else None
    return values


def fields(newer: Prospect | Details) -> tuple[str, ...]:
    """In the order in which they are asked; who is not kept yet has no owner."""
    owner = (OWNER,) if isinstance(newer, Prospect) else ()
    return (*PLAIN_FIELDS[:5], VALUE, *PLAIN_FIELDS[5:], *owner)


def value_of(entry: Prospect | Details, field: str) -> Value | None:
    """What an entry says there."""
    if field == VALUE:
        return None if entry.value_minor is None else (entry.value_minor, entry.currency)
    name = "owner_id" if field == OWNER else field
    return cast("Value | None", getattr(entry, name))


def _same(field: str, one: Value, other: Value) -> bool:
    if field == "email":
        return str(one).casefold() == str(other).casefold()
    return one == other


def _preferred(one: Value, other: Value, right: Side) -> Side:
    """Of two amounts in one currency the larger: a deal is rarely entered too high."""
    if isinstance(one, tuple) and isinstance(other, tuple) and one[1] == other[1]:
        return Side.OLDER if one[0] >= other[0] else Side.NEWER
    return right
