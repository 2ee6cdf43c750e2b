"""Why a cadence text can't be used, in words that name file, line, step and field."""

import difflib
from collections.abc import Iterable, Mapping
from enum import StrEnum

from pydantic_core import ErrorDetails

from cadences.model import Channel, EndAction, FollowUpType, Purpose, StartsAfter
from cadences.yaml_source import Path, Problem

CHOICES: Mapping[str, type[StrEnum]] = {
    "channel": Channel,
    "type": FollowUpType,
    "purpose": Purpose,
    "action": EndAction,
    "starts_after": StartsAfter,
}
MAX_QUOTED = 40
OWN_WORDS = "own_words"
"""The type of a complaint that already is a whole sentence."""


class DefinitionError(ValueError):
    """A cadence text that can't be used; `messages` holds every reason, each with file, line, step and field."""

    def __init__(self, messages: tuple[str, ...]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


def message(source: str, problem: Problem) -> str:
    """The problem as one line: `file, line 13: step 3: …`."""
    return f"{source}, line {problem.line}: {_place(problem.path)}{problem.words}"


def _place(path: Path) -> str:
    match path:
        case ("steps", int(index), *_):
            return f"step {index + 1}: "
        case ("end", _, *_):
            return "end: "
        case _:
            return ""


def explain(detail: ErrorDetails, known_fields: Iterable[str]) -> str:
    """One of the schema's complaints in our words; `known_fields` are those of the block it stands in."""
    field, given, context = _field(detail["loc"]), detail["input"], detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return f"{field} is missing{_choices(field)}"
        case "extra_forbidden":
            return f"unknown field {quoted(field)}{_nearest(field, known_fields)}"
        case "enum" if isinstance(given, str):
            return f"unknown {field} {quoted(given)}{_choices(field)}"
        case "enum" | "string_type":
            return f"{field} must be text, not {_kind(given)}{_choices(field)}"
        case "string_unicode":
            return f"{field} holds a character that is not allowed"
        case "model_type" | "list_type":
            wanted = "a list" if detail["type"] == "list_type" else "a block of fields"
            return f"{field} must be {wanted}, not {_kind(given)}"
        case "too_short":
            return f"{field}: at least {context['min_length']} is needed"
        case "too_long":
            return f"{field}: {context['actual_length']} are too many, at most {context['max_length']}"
        case "string_too_long":
            return f"{field} is too long, at most {context['max_length']} characters"
        case str(kind) if kind == OWN_WORDS:
            return detail["msg"]
        case "value_error":
            return f"{field}: {context['error']}"
        case _:
            return f"{field}: {detail['msg']}"


def quoted(text: str) -> str:
    """The text as typed, cut where it would flood the message."""
    return repr(text if len(text) <= MAX_QUOTED else text[: MAX_QUOTED - 1] + "…")


def _field(path: Path) -> str:
    match path:
        case ():
            return "the cadence"
        case (*_, str(name)):
            return name
        case _:
            return "it"


def _choices(field: str) -> str:
    if field not in CHOICES:
        return ""
    return f" (use one of {', '.join(CHOICES[field])})"


def _nearest(field: str, known_fields: Iterable[str]) -> str:
    known = list(known_fields)
    near = difflib.get_close_matches(field.lower(), known, n=1)
    return f" (did you mean {near[0]}?)" if near else f" (use {', '.join(known)})"


def _kind(given: object) -> str:
    match given:
        case None | "":
            return "empty"
        case str():
            return f"the text {quoted(given)}"
        case list():
            return "a list"
        case dict():
            return "a block of fields"
        case _:
            return type(given).__name__
