"""A small language for saying what a JSON value must look like, in the words Slack uses when it isn't so."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing Slack would refuse, and where."""

    pointer: str
    words: str

    def __str__(self) -> str:
        return f"[ERROR] {self.words} [json-pointer:{self.pointer}]"


Check = Callable[[Any, str], Iterator[Problem]]
"""Takes a value and its JSON pointer, yields what is wrong with it."""


def string(most: int, least: int = 1, pattern: str | None = None) -> Check:
    """A string of ``least`` to ``most`` characters, matching ``pattern`` in full if one is given."""

    def check(value: Any, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(pointer, "must provide a string")
        elif len(value) > most:
            yield Problem(pointer, f"must be less than {most + 1} characters")
        elif len(value) < least:
            yield Problem(pointer, f"must be more than {least - 1} characters")
        elif pattern and not re.fullmatch(pattern, value):
            yield Problem(pointer, f"does not match pattern {pattern}")

    return check


def boolean(value: Any, pointer: str) -> Iterator[Problem]:
    """True or false."""
    if not isinstance(value, bool):
        yield Problem(pointer, "must provide a boolean")


def integer(least: int, most: int) -> Check:
    """A whole number within bounds."""

    def check(value: Any, pointer: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield Problem(pointer, "must provide an integer")
        elif not least <= value <= most:
            yield Problem(pointer, f"must be between {least} and {most}")

    return check


def one_of(*allowed: str) -> Check:
    """One of these words."""

    def check(value: Any, pointer: str) -> Iterator[Problem]:
        if value not in allowed:
            yield Problem(pointer, f"must be a valid enum value [{', '.join(allowed)}]")

    return check


def anything(_value: Any, _pointer: str) -> Iterator[Problem]:
    """Whatever it is, the sandbox leaves it alone."""
    yield from ()


def array(of: Check, most: int, least: int = 1) -> Check:
    """A list of ``least`` to ``most`` items that each pass ``of``."""

    def check(value: Any, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(pointer, "must provide an array")
            return
        if len(value) > most:
            yield Problem(pointer, f"no more than {most} items allowed")
        if len(value) < least:
            yield Problem(pointer, f"no fewer than {least} items required")
        for index, item in enumerate(value):
            yield from of(item, f"{pointer}/{index}")

    return check


def shape(
    required: Mapping[str, Check],
    optional: Mapping[str, Check] | None = None,
    rules: Sequence[Check] = (),
) -> Check:
    """An object with exactly these keys; ``rules`` look at the whole object once its keys are right."""
    fields = {**required, **(optional or {})}

    def check(value: Any, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(pointer, "must provide an object")
            return
        before = list(_keys(value, pointer))
        for key in fields.keys() & value.keys():
            before += fields[key](value[key], f"{pointer}/{key}")
        yield from before
        if not before:
            for rule in rules:
                yield from rule(value, pointer)

    def _keys(value: dict[str, Any], pointer: str) -> Iterator[Problem]:
        for key in required.keys() - value.keys():
            yield Problem(pointer, f"missing required field: {key}")
        for key in value.keys() - fields.keys():
            yield Problem(pointer, f"invalid additional property: {key}")

    return check


def by_type(table: Mapping[str, Check]) -> Check:
    """An object whose ``type`` says which of these checks it must pass."""

    def check(value: Any, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(pointer, "must provide an object")
        elif "type" not in value:
            yield Problem(pointer, "missing required field: type")
        elif not isinstance(value["type"], str) or value["type"] not in table:
            yield Problem(f"{pointer}/type", f"unsupported type: {value['type']}")
        else:
            yield from table[value["type"]](value, pointer)

    return check


def at_least_one_of(*keys: str) -> Check:
    """A rule: the object has one of these keys."""

    def check(value: Any, pointer: str) -> Iterator[Problem]:
        if not any(value.get(key) for key in keys):
            yield Problem(pointer, f"must define either `{'` or `'.join(keys)}`")

    return check


def exactly_one_of(*keys: str) -> Check:
    """A rule: the object has one of these keys and no other of them."""

    def check(value: Any, pointer: str) -> Iterator[Problem]:
        if sum(key in value for key in keys) != 1:
            yield Problem(pointer, f"must define exactly one of `{'`, `'.join(keys)}`")

    return check
