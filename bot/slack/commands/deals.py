"""Commands about prospects: adding, knowing more of them, saying something of value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from bot.slack.reading.steps import PlannedStep
from bot.slack.reading.understood import Capture, Understood


@dataclass(frozen=True, slots=True)
class Add:
    """A prospect typed in one line; its problems are inside."""

    verb: ClassVar[str] = "add"
    capture: Capture


@dataclass(frozen=True, slots=True)
class AddForm:
    """`add` alone opens the form."""

    verb: ClassVar[str] = "add"


@dataclass(frozen=True, slots=True)
class Edit:
    """Details of somebody, and a next step, that change; without any the form is meant."""

    verb: ClassVar[str] = "edit"
    who: str
    said: Mapping[str, object] = field(default_factory=dict)
    step: PlannedStep | None = None
    note: str = ""
    understood: tuple[Understood, ...] = field(default=(), compare=False)
    """The same as it is read back."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note; where the name ends only the stored names can tell, see ``line.who_candidates``."""

    verb: ClassVar[str] = "note"
    words: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What could be written or said next."""

    verb: ClassVar[str] = "draft"
    who: str


@dataclass(frozen=True, slots=True)
class Hook:
    """What they care about; where the name ends only the stored names can tell."""

    verb: ClassVar[str] = "hook"
    words: str


@dataclass(frozen=True, slots=True)
class HookUsed:
    """A hook was brought up: the only one, or the one with these words."""

    verb: ClassVar[str] = "hook"
    who: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class AddResource:
    """Something worth sending is kept."""

    title: str
    url: str
    industry: str | None = None
    objection: str | None = None


@dataclass(frozen=True, slots=True)
class DeleteResource:
    """The resource that these words name is offered no more."""

    words: str


@dataclass(frozen=True, slots=True)
class Resource:
    """The library: listed, or searched for ``query``, or changed."""

    verb: ClassVar[str] = "resource"
    change: AddResource | DeleteResource | None = None
    query: str = ""


@dataclass(frozen=True, slots=True)
class Show:
    """One prospect's card and timeline."""

    verb: ClassVar[str] = "show"
    who: str
    everything: bool = False
    """More of what happened than lately."""


@dataclass(frozen=True, slots=True)
class WhyNow:
    """How much a prospect presses, line by line."""

    verb: ClassVar[str] = "why"
    who: str


@dataclass(frozen=True, slots=True)
class Assign:
    """A prospect is somebody else's from now on; without Slack's mention only the handle is known."""

    verb: ClassVar[str] = "assign"
    who: str
    user_id: str | None
    handle: str
    from_id: str | None = None
    """Whose prospects all go, where a person was named in place of a prospect."""


@dataclass(frozen=True, slots=True)
class Nudge:
    """Whose it is is asked about it, politely and once a day."""

    verb: ClassVar[str] = "nudge"
    who: str


@dataclass(frozen=True, slots=True)
class Take:
    """Somebody else's prospect is to be mine."""

    verb: ClassVar[str] = "take"
    who: str


@dataclass(frozen=True, slots=True)
class Keep:
    """No to somebody who wants to take over what is mine."""

    verb: ClassVar[str] = "take"
    who: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Two entries of one person become one, as a preview shows first; where they differ the second is preselected."""

    verb: ClassVar[str] = "merge"
    who: str
    into: str
