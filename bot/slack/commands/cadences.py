"""What a line that begins with `cadence` can mean, and an example of each."""

from dataclasses import dataclass
from typing import ClassVar

from bot.services.retiring import Ending
from bot.services.rules import Conditions
from language import mark


@dataclass(frozen=True, slots=True)
class CadenceShow:
    """One cadence, step by step; or as text that can be pasted elsewhere."""

    words: str
    as_text: bool = False


@dataclass(frozen=True, slots=True)
class CadencePreview:
    """One cadence with the dates it would come to if it began now, for somebody if that was said."""

    words: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class CadenceStart:
    """A prospect goes on a cadence."""

    who: str
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CadenceStop:
    """A prospect comes off its cadence."""

    who: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CadenceNew:
    """The form for a new cadence; a name, or a whole definition, may be typed at once."""

    typed: str = ""


@dataclass(frozen=True, slots=True)
class CadenceEdit:
    """The form with a cadence filled in."""

    words: str


@dataclass(frozen=True, slots=True)
class CadenceFork:
    """The same, for a copy of one's own."""

    words: str


@dataclass(frozen=True, slots=True)
class CadenceDelete:
    """A cadence is to go; what becomes of those on it is asked where it was not said."""

    words: str
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class CadenceRule:
    """A cadence is suggested to whoever fits."""

    words: str
    conditions: Conditions


@dataclass(frozen=True, slots=True)
class CadenceRuleRemove:
    """A rule goes, by its number in the list."""

    number: int


@dataclass(frozen=True, slots=True)
class CadenceRules:
    """Every rule there is."""


CadenceAsk = (
    CadenceShow | CadencePreview | CadenceStart | CadenceStop | CadenceNew | CadenceEdit | CadenceFork | CadenceDelete
    | CadenceRule | CadenceRuleRemove | CadenceRules
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cadence:
    """Cadences: all of them, or one asked for or changed."""

    verb: ClassVar[str] = "cadence"
    ask: CadenceAsk | None = None


CADENCE_EXAMPLES: dict[str, tuple[str, str]] = {
    "list": ("cadence list", mark("every cadence you can start")),
    "show": (
        "cadence show nudge",
        mark("one of them, step by step; `cadence show nudge yaml` as text to paste elsewhere"),
    ),
    "preview": ("cadence preview nudge for acme", mark("the dates it would come to if it began now")),
    "start": ("cadence start acme persistent", mark("puts a prospect on a cadence")),
    "stop": ("cadence stop acme", mark("takes it off again")),
    "new": ("cadence new Fair leads", mark("the form for a cadence of your own; a pasted definition fits too")),
    "edit": ("cadence edit nudge", mark("the form with that cadence in it; saving is a new version")),
    "fork": ("cadence fork nudge", mark("the form for your own copy")),
    "delete": ("cadence delete fair leads", mark("deletes it, after asking what becomes of those on it")),
    "ending": (
        "cadence delete fair leads, finish",
        mark("at once: they finish it; `, stop`: they come off it"),
    ),
    "rule": (
        "cadence rule persistent value>50k industry software source referral",
        mark("suggests it to new prospects that fit (managers)"),
    ),
    "rules": ("cadence rules", mark("all rules, and for managers the buttons that remove them")),
    "remove": ("cadence rule remove 2", mark("takes the second rule of the list away (managers)")),
}
"""What can stand behind `cadence` → a line that parses to it (a test proves each), and what it does."""
