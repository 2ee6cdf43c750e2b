"""The text form of a cadence: one schema behind files and records, and what it refuses it names to the line."""

import re
import unicodedata
from collections.abc import Callable
from typing import Annotated, Any, Self

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from cadences.definition_errors import OWN_WORDS, DefinitionError, explain, message, quoted
from cadences.delays import parse_before_renewal, parse_delay, parse_tolerance
from cadences.model import Cadence, Channel, Delay, End, EndAction, FollowUpType, Purpose, StartsAfter, Step
from cadences.templates import check
from cadences.yaml_source import Path, Problem, parse
from language import mark, say

__all__ = ["CadenceEntry", "DefinitionError", "dump", "load", "parse_delay", "parse_tolerance"]

MAX_STEPS = 30
MAX_KEY = 40
MAX_NAME = 80
MAX_DESCRIPTION = 500
MAX_TEMPLATE = 2_000
MAX_MESSAGES = 20
KEY_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WHEN_FORMS = mark("after is missing (write after: 3d, or before_renewal: 30d)")
ONE_WHEN = mark("a step has after or before_renewal, not both")
YES_OR_NO = {"true": True, "yes": True, "false": False, "no": False}

UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Control characters, lone surrogates and exotic line ends: no reader sees them, and YAML does not carry them back."""


def _text(value: object) -> str:
    # pydantic collects a ValueError and lets a TypeError through as a crash.
    return value if isinstance(value, str) else ""


def _delay(value: object) -> Delay:
    return parse_delay(_text(value))


def _before_renewal(value: object) -> Delay:
    return parse_before_renewal(_text(value))


def _tolerance(value: object) -> Delay:
    return parse_tolerance(_text(value))


def _yes(value: object) -> bool:
    said = _text(value).strip().lower()
    if said not in YES_OR_NO:
        raise ValueError(say("{text} is neither true nor false", text=quoted(_text(value))))
    return YES_OR_NO[said]


def _spelled(separator: str) -> Callable[[object], object]:
    """Forgives case and the sign between two words: `Thank_you` is `thank-you`."""

    def spell(value: object) -> object:
        return re.sub(r"[ _-]+", separator, value.strip().lower()) if isinstance(value, str) else value

    return spell


def _visible(text: str) -> str:
    for char in text:
        if unicodedata.category(char) in UNSEEN and char not in "\n\t":
            raise ValueError(say("the character {code} is not allowed", code=f"U+{ord(char):04X}"))
    return text


def _template(text: str) -> str:
    check(text)
    return text


def _one_line(text: str) -> str:
    text = _visible(text).strip()
    if not text or "\n" in text or "\t" in text:
        raise ValueError(say("one line of text is needed"))
    return text


def _key(text: str) -> str:
    if not KEY_PATTERN.fullmatch(text):
        why = say("{text} is not a key; use small letters, digits and single hyphens", text=quoted(text))
        raise ValueError(why)
    return text


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


DelayText = Annotated[Delay, BeforeValidator(_delay)]


class StepEntry(_Entry):
    """One step as written; without a purpose there is none."""

    after: DelayText | None = None
    before_renewal: Annotated[
        Annotated[Delay, BeforeValidator(_before_renewal)] | None, Field(validate_default=True)
    ] = None
    channel: Annotated[Channel, BeforeValidator(_spelled("-"))]
    type: Annotated[FollowUpType, BeforeValidator(_spelled("-"))]
    purpose: Annotated[Purpose, BeforeValidator(_spelled(" "))]
    tolerance: Annotated[Delay, BeforeValidator(_tolerance)] | None = None
    light: Annotated[bool, BeforeValidator(_yes)] = False
    template: Annotated[str, Field(max_length=MAX_TEMPLATE), AfterValidator(_visible), AfterValidator(_template)] = ""

    @field_validator("before_renewal")
    @classmethod
    def _one_of_the_two(cls, value: Delay | None, info: ValidationInfo) -> Delay | None:
        """Exactly one of the two says when; an `after` that can't be read is not in the values, and said already."""
        if "after" in info.data and (info.data["after"] is None) == (value is None):
            raise PydanticCustomError(OWN_WORDS, say(WHEN_FORMS if value is None else ONE_WHEN))
        return value

    @property
    def delay(self) -> Delay:
        """How long after the touch before, or before the renewal."""
        delay = self.after or self.before_renewal
        if delay is None:
            raise ValueError(say(WHEN_FORMS))
        return delay


class EndEntry(_Entry):
    """What happens after the last step, as written."""

    action: Annotated[EndAction, BeforeValidator(_spelled("-"))]
    every: DelayText | None = None

    @model_validator(mode="after")
    def _every_is_for_nurturing(self) -> Self:
        if self.every is not None and self.action is not EndAction.NURTURE:
            raise ValueError(say("every belongs to nurture, not to {action}", action=self.action))
        return self


class CadenceEntry(_Entry):
    """A whole cadence as written."""

    key: Annotated[str, Field(max_length=MAX_KEY), AfterValidator(_key)]
    name: Annotated[str, Field(max_length=MAX_NAME), AfterValidator(_one_line)]
    description: Annotated[str, Field(max_length=MAX_DESCRIPTION), AfterValidator(_visible)] = ""
    starts_after: Annotated[StartsAfter, BeforeValidator(_spelled("-"))] | None = None
    steps: Annotated[list[StepEntry], Field(min_length=1, max_length=MAX_STEPS)]
    end: EndEntry


def load(text: str, source: str, *, version: int = 1) -> Cadence:
    """The cadence in the text; raises DefinitionError with every reason (the first 20), each naming source and line."""
    parsed = parse(text)
    if parsed.unreadable:
        raise _error(source, parsed.problems)
    try:
        entry = CadenceEntry.model_validate(parsed.value)
    except ValidationError as error:
        found = [
            Problem(parsed.line_of(detail["loc"]), detail["loc"], explain(detail, _fields_beside(detail["loc"])))
            for detail in error.errors(include_url=False)
        ]
        raise _error(source, [*parsed.problems, *found]) from None
    if parsed.problems:
        raise _error(source, parsed.problems)
    return _cadence(entry, version)


def _error(source: str, problems: list[Problem]) -> DefinitionError:
    in_order = sorted(problems, key=lambda problem: problem.line)[:MAX_MESSAGES]
    return DefinitionError(tuple(message(source, problem) for problem in in_order))


def _fields_beside(path: Path) -> tuple[str, ...]:
    """The fields that the block of this path may have."""
    match path[:-1]:
        case ("steps", _):
            entry: type[_Entry] = StepEntry
        case ("end",):
            entry = EndEntry
        case _:
            entry = CadenceEntry
    return tuple(entry.model_fields)


def _cadence(entry: CadenceEntry, version: int) -> Cadence:
    return Cadence(
        key=entry.key,
        name=entry.name,
        version=version,
        steps=tuple(_step(step) for step in entry.steps),
        end=End(entry.end.action, entry.end.every),
        description=entry.description,
        starts_after=entry.starts_after,
    )


def _step(step: StepEntry) -> Step:
    before_renewal = step.before_renewal is not None
    return Step(
        step.delay, step.channel, step.type, step.purpose, step.template, step.tolerance, before_renewal, step.light
    )


def dump(cadence: Cadence) -> str:
    """The cadence as a text that loads to the same one; its version belongs to whoever stores it."""
    content: dict[str, Any] = {"key": cadence.key, "name": cadence.name}
    if cadence.description:
        content["description"] = cadence.description
    if cadence.starts_after is not None:
        content["starts_after"] = cadence.starts_after.value
    content["steps"] = [_step_content(step) for step in cadence.steps]
    content["end"] = {"action": cadence.end.action.value}
    if cadence.end.every is not None:
        content["end"]["every"] = str(cadence.end.every)
    return yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=MAX_TEMPLATE)


def _step_content(step: Step) -> dict[str, str | bool]:
    content: dict[str, str | bool] = {
        "before_renewal" if step.before_renewal else "after": str(step.delay),
        "channel": step.channel.value,
        "type": step.type.value,
        "purpose": step.purpose.value,
    }
    if step.tolerance is not None:
        content["tolerance"] = str(step.tolerance)
    if step.light:
        content["light"] = True
    return content | ({"template": step.template} if step.template else {})


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines so that they stay readable."""


def _text_node(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text_node)
