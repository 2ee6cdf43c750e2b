"""The built-in cadences, damaged in hundreds of ways: each is pointed at to the line, or still a cadence."""

import re
from collections.abc import Callable
from importlib import resources

import pytest

from cadences import library
from cadences.definition import DefinitionError, dump, load

Mutation = Callable[[list[str], int], list[str]]

SPREAD = 2_654_435_761
"""A large odd factor: each kind of damage falls on another line, the same one in every run."""
AT_LEAST = 200
STRIPPED = re.compile(r"[#\n ]+")
HUGE = "9" * 5_000


def texts() -> dict[str, str]:
    return {key: (resources.files(library) / f"{key}.yml").read_text(encoding="utf-8") for key in library.KEYS}


def line(change: Callable[[str], str]) -> Mutation:
    """Changes one line."""
    return lambda lines, i: [*lines[:i], change(lines[i]), *lines[i + 1 :]]


def value(text: str) -> Mutation:
    """Puts another value behind the field of a line."""
    return line(lambda found: found.partition(":")[0] + f": {text}")


def next_value(lines: list[str], i: int) -> list[str]:
    """Gives a field the value that stands on the next line with one."""
    others = [found.partition(": ")[2] for found in lines[i + 1 :] if ": " in found]
    return value(others[0] if others else "x")(lines, i)


MUTATIONS: dict[str, Mutation] = {
    "deleted": lambda lines, i: lines[:i] + lines[i + 1 :],
    "three deleted": lambda lines, i: lines[:i] + lines[i + 3 :],
    "doubled": lambda lines, i: lines[: i + 1] + lines[i:],
    "swapped": lambda lines, i: lines[:i] + lines[i : i + 2][::-1] + lines[i + 2 :],
    "moved to the end": lambda lines, i: [*lines[:i], *lines[i + 1 :], lines[i]],
    "indented": line(lambda found: f" {found}"),
    "indented far": line(lambda found: f"        {found}"),
    "outdented": line(str.lstrip),
    "indented by a tab": line(lambda found: f"\t{found.lstrip()}"),
    "a tab inside": line(lambda found: found.replace(" ", "\t", 1)),
    "cut in half": line(lambda found: found[: len(found) // 2]),
    "the end cut off": lambda lines, i: [*lines[:i], lines[i][: len(lines[i]) // 2]],
    "the beginning cut off": lambda lines, i: lines[i:],
    "without its colon": line(lambda found: found.replace(":", "", 1)),
    "without its dash": line(lambda found: found.replace("- ", "  ", 1)),
    "upper case": line(str.upper),
    "backwards": line(lambda found: found[::-1]),
    "an unknown field": line(lambda found: f"x{found.lstrip()}"),
    "the next value": next_value,
    "emptied": value(""),
    "null": value("~"),
    "a number": value("12"),
    "a huge number": value(HUGE),
    "a huge delay": value("99999999d"),
    "a negative delay": value("-3d"),
    "a fraction": value("1e999"),
    "true": value("yes"),
    "a date": value("2026-11-24"),
    "a list": value("[a, {b: c}]"),
    "a mapping": value("{after: {after: 3d}}"),
    "a deep list": value("[[[[[[[[[[x]]]]]]]]]]"),
    "an open quote": value('"open'),
    "an open brace": value("{"),
    "an anchor": value("&here 3d"),
    "an alias": value("*here"),
    "a merge": line(lambda found: f"<<: *{found.strip() or 'here'}"),
    "a tag": value("!!python/name:os.system"),
    "another document": line(lambda found: f"---\n{found}"),
    "a comment in its place": line(lambda found: f"#{found}"),
    "unprintable": value("a\x08b"),
    "an escaped zero": value('"a\\0b"'),
    "half a character": value('"\\ud800"'),
    "another script": value("\u0663d \u202e \U0001f600 \u00e9"),
    "a line separator": value("a\u2028b"),
    "a byte order mark": line(lambda found: f"\ufeff{found}"),
    "carriage returns": line(lambda found: f"{found}\r"),
    "very long": value("x" * 3_000),
    "both ways to say when": line(lambda found: f"{found}\n    after: 3d\n    before_renewal: 30d"),
}


def damaged(kind: str) -> list[tuple[str, str]]:
    """Every built-in with this damage in some places, beside its key."""
    found, seed = [], (list(MUTATIONS).index(kind) + 1) * SPREAD
    for key, text in texts().items():
        lines = text.splitlines()
        fields = [i for i, each in enumerate(lines) if re.match(r" *(- )?\w+:", each)]
        places = (seed % len(lines), fields[seed % len(fields)])
        found += [(key, "\n".join(MUTATIONS[kind](lines, i))) for i in places]
    return found


def reasons(text: str, source: str) -> tuple[str, ...]:
    """Why the text is refused; nothing for a cadence, which then survives being written and read."""
    try:
        cadence = load(text, source)
    except DefinitionError as error:
        return error.messages or ("",)
    assert load(dump(cadence), source) == cadence
    return ()


def pointed(text: str, source: str) -> bool:
    """True when the text is refused with the file and a line of its own in every message; false for a cadence."""
    told = reasons(text, source)
    for message in told:
        found = re.match(rf"{re.escape(source)}, line (\d+): \S", message)
        assert found, message
        assert 1 <= int(found[1]) <= len(text.splitlines()) + 1
        assert "\n" not in message
    return bool(told)


@pytest.mark.parametrize("kind", MUTATIONS)
def test_a_damaged_built_in_is_pointed_at_or_still_a_cadence(kind: str) -> None:
    for key, text in damaged(kind):
        pointed(text, f"{key}.yml")


def test_the_damage_comes_in_far_more_than_two_hundred_forms_and_most_of_it_is_found() -> None:
    whole = {STRIPPED.sub(" ", text) for text in texts().values()}
    forms = {text: key for kind in MUTATIONS for key, text in damaged(kind) if STRIPPED.sub(" ", text) not in whole}
    assert len(forms) > 2 * AT_LEAST
    some = list(forms.items())[::6]
    assert sum(pointed(text, f"{key}.yml") for text, key in some) > len(some) / 2


@pytest.mark.parametrize("key", library.KEYS)
def test_a_built_in_cut_off_anywhere_is_pointed_at_or_still_a_cadence(key: str) -> None:
    text = texts()[key]
    for end in range(0, len(text), len(text) // 40):
        pointed(text[:end], f"{key}.yml")
