"""The capture while its line is read: a field is taken once, the first time it is said."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.services.amounts import Money
from bot.services.names import wording_of
from bot.slack.reading.date_rules import DateOrder
from bot.slack.reading.steps import PlannedStep
from bot.slack.reading.understood import Problem, Understood
from bot.storage.records import Shorthand
from bot.views import field_names
from cadences.model import Channel, Temperature
from language import mark, say

EXAMPLE = "/followup add Dana Li, Acme, dana@acme.com, $12k, call thu 10am -- demo went well"
TWICE = mark("There are two of these: {field}. I kept {kept}.")


@dataclass(slots=True)
class Draft:
    """What was taken so far, and by whose habits the line is read; each method accounts for words: it answers True."""

    now: dt.datetime
    region: str | None
    currency: str
    order: DateOrder | None
    workdays: frozenset[int]
    shorthands: Mapping[str, Shorthand] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    value: Money | None = None
    step: PlannedStep | None = None
    dates: dict[str, dt.date] = field(default_factory=dict)
    temperature: Temperature | None = None
    preferred_channel: Channel | None = None
    best_time: dt.time | None = None
    free: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    understood: list[Understood] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def take(self, name: str, value: str, words: str, *, shown: str = "", inferred: bool = False) -> bool:
        """A field, the first time it is said, and what a shorthand in it means; the second time is a problem."""
        short = None if inferred else self.shorthand(value)
        shorthand = value if short is not None and short.field == name else ""
        value = short.meaning if short is not None and shorthand else value
        if name in self.fields:
            kept = next(each.value_text for each in self.understood if each.field == name)
            self.complain(words, say(TWICE, field=field_names.word(name), kept=kept), EXAMPLE)
        else:
            self.fields[name] = value
            self.understood.append(Understood(name, shown or value, words, inferred, shorthand))
        return True

    def shorthand(self, words: str) -> Shorthand | None:
        """What the words are short for, by who typed them."""
        return self.shorthands.get(wording_of(words)) if self.shorthands else None

    def leave(self, text: str, words: str = "") -> bool:
        """A text for the note."""
        self.free.append(text)
        self.told.append(words or text)
        return True

    def complain(self, words: str, reason: str, example: str) -> bool:
        """What can't be read, why, and how it would work."""
        self.problems.append(Problem(words, say(reason), example))
        return True
