"""Why a cadence text can't be used, in words that name file, line, step and field."""

import difflib
from collections.abc import Iterable, Mapping
from enum import StrEnum

from pydantic_core import ErrorDetails

from cadences.model import Channel, EndAction, FollowUpType, Purpose, StartsAfter
from cadences.yaml_source import Path, Problem
from language import say

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
    where = say("{source}, line {line}", source=source, line=problem.line)
    return ": ".join(filter(None, (where, _place(problem.path), problem.words)))


def _place(path: Path) -> str:
    match path:
        case ("steps", int(index), *_):
            return say("step {number}", number=index + 1)
        case ("end", _, *_):
            return "end"
        case _:
            return ""


def explain(detail: ErrorDetails, known_fields: Iterable[str]) -> str:
    """One of the schema's complaints in our words; `known_fields` are those of the block it stands in."""
    field, given, context = _field(detail["loc"]), detail["input"], detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return say("{field} is missing", field=field) + _choices(field)
        case "extra_forbidden":
            return " ".join([say("unknown field {field}", field=quoted(field)), _nearest(field, known_fields)])
        case "enum" if isinstance(given, str):
            return say("unknown {field} {given}", field=field, given=quoted(given)) + _choices(field)
        case "enum" | "string_type":
            return say("{field} must be text, not {given}", field=field, given=_kind(given)) + _choices(field)
        case "string_unicode":
            return say("{field} holds a character that is not allowed", field=field)
        case "model_type" | "list_type" as wanted:
            return _misshapen(field, wanted, given)
        case "too_short":
            return say("{field}: at least {least} is needed", field=field, least=context["min_length"])
        case "too_long":
            most, there = context["max_length"], context["actual_length"]
            return say("{field}: {count} are too many, at most {most}", field=field, count=there, most=most)
        case "string_too_long":
            return say("{field} is too long, at most {most} characters", field=field, most=context["max_length"])
        case str(kind) if kind == OWN_WORDS:
            return detail["msg"]
        case "value_error":
            return f"{field}: {context['error']}"
        case _:
            return f"{field}: {detail['msg']}"


def _misshapen(field: str, wanted: str, given: object) -> str:
    if wanted == "list_type":
        return say("{field} must be a list, not {given}", field=field, given=_kind(given))
    return say("{field} must be a block of fields, not {given}", field=field, given=_kind(given))


def quoted(text: str) -> str:
    """The text as typed, cut where it would flood the message."""
    return repr(text if len(text) <= MAX_QUOTED else text[: MAX_QUOTED - 1] + "…")


def one_of(words: Iterable[str]) -> str:
    """What can stand there instead, in brackets."""
    return say("(use one of {choices})", choices=", ".join(words))


def did_you_mean(word: str) -> str:
    """What was probably meant, in brackets."""
    return say("(did you mean {word}?)", word=word)


def _field(path: Path) -> str:
    match path:
        case ():
            return say("the cadence")
        case (*_, str(name)):
            return name
        case _:
            return say("it")


def _choices(field: str) -> str:
    return f" {one_of(CHOICES[field])}" if field in CHOICES else ""


def _nearest(field: str, known_fields: Iterable[str]) -> str:
    known = list(known_fields)
    near = difflib.get_close_matches(field.lower(), known, n=1)
    return did_you_mean(near[0]) if near else say("(use {fields})", fields=", ".join(known))


def _kind(given: object) -> str:
    match given:
        case None | "":
            return say("empty")
        case str():
            return say("the text {given}", given=quoted(given))
        case list():
            return say("a list")
        case dict():
            return say("a block of fields")
        case _:
            return type(given).__name__
