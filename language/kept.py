"""Texts that are kept now and said later, to whoever reads them then: a marked text with its values, as JSON."""

import json
from datetime import date, time
from typing import Any

from language import amounts, dates, say, say_n

Value = str | int | date | time
"""A text among the values is said too, if it is a kept one; a day and a time of day are written as read."""
BEGINS = '{"say"'
"""What no text that stands by itself begins with."""


def keep(text: str, /, **values: Value) -> str:
    """A ``mark``ed text with its values, to be kept; without values it is kept as it stands."""
    return _kept([text], values) if values else text


def keep_n(one: str, many: str, count: int, /, **values: Value) -> str:
    """The same for a text with a form for one and for many."""
    return _kept([one, many], {"count": count, **values})


def say_kept(kept: str) -> str:
    """What was kept, in the reader's language; words that somebody wrote, or of an older release, as they stand."""
    if not kept.startswith(BEGINS):
        return say(kept)
    try:
        found = json.loads(kept)
    except ValueError:
        return kept
    texts, values = found["say"], found["with"]
    said = {name: _said(value) for name, value in values.items() if name != "count"}
    if "count" in values:
        one, many = texts
        return say_n(one, many, values["count"]["number"], **said)
    (text,) = texts
    return say(text, **said)


def _kept(texts: list[str], values: dict[str, Value]) -> str:
    return json.dumps({"say": texts, "with": {name: _typed(value) for name, value in values.items()}})


def _typed(value: Value) -> dict[str, str | int]:
    match value:
        case date():
            return {"day": value.isoformat()}
        case time():
            return {"clock": value.isoformat()}
        case int():
            return {"number": value}
        case str():
            return {"text": value}


def _said(value: dict[str, Any]) -> str:
    match value:
        case {"day": day}:
            return dates.day(date.fromisoformat(day))
        case {"clock": clock}:
            return dates.clock(time.fromisoformat(clock))
        case {"number": number}:
            return amounts.number(number)
    return say_kept(value["text"])
