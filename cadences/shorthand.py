"""Steps as plain text, one on a line: `3bd call reminder: propose meeting`, with its template below it as `> text`.

What is written here is read back to the same steps. Reading forgives more: several steps on a line with `;` between
them, bullets, `d0` and `d3` for days counted from the start, and what is usual may be left out; all of it is said.
"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from cadences.definition_errors import did_you_mean, one_of, quoted
from cadences.delays import parse_before_renewal, parse_delay, parse_tolerance
from cadences.model import Channel, Delay, DelayUnit, FollowUpType, Purpose, Step
from cadences.step_words import CHANNEL_WORDS, PURPOSE_WORDS, TYPE_WORDS, USUAL_PURPOSE, USUAL_TYPE, spoken
from cadences.words import named
from language import say

EXAMPLE = "3bd call reminder: propose meeting"
SAME_DAY = Delay(1, DelayUnit.HOURS)
"""`d0`: an hour after the start, on the same day while there is working time."""
HOURS_A_DAY, DAYS_A_WEEK = 24, 7

_TEMPLATE = re.compile(r"[ \t]*> ?(.*)")
_DEFINITION = re.compile(r"^\s*[{,]?\s*[\"']?(?:key|name|steps)[\"']?\s*:", re.MULTILINE)
_BULLET = re.compile(r"(?:[-*•–]|[0-9]{1,2}[.)])\s+")
_TOLERANCE = re.compile(r"\s*[,(]?\s*(?:may move(?: by)?|±|\+/-)\s*(?P<much>\S+?)\)?$")
_LIGHT = re.compile(r"\s*[,(]\s*light\)?\s*$")
_UNITS = r"bd|business days?|d|days?|h|hours?|w|weeks?"
_DELAY = re.compile(
    rf"(?:after )?(?P<amount>[0-9]+) ?(?P<unit>{_UNITS})\b(?: later)?(?P<renewal> before(?: the)? renewal)?"
)
_DAY = re.compile(r"(?:day ?|d)(?P<day>[0-9]+)\b")

W = TypeVar("W", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a line can't be read: the line from 1, the step from 1 (None: it belongs to none), and the words."""

    line: int
    step: int | None
    words: str

    def __str__(self) -> str:
        if self.step:
            return say("line {line}: step {number}: {words}", line=self.line, number=self.step, words=self.words)
        return say("line {line}: {words}", line=self.line, words=self.words)


class ShorthandError(ValueError):
    """Steps that can't be read; ``faults`` holds every reason."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Assumed:
    """What a line left out and the usual was taken for."""

    line: int
    step: int
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The steps, and what was not written but usual."""

    steps: tuple[Step, ...]
    assumed: tuple[Assumed, ...] = ()


@dataclass(slots=True)
class _Draft:
    """The steps read so far; ``day`` is the last one's, counted from the start, while that can be told."""

    steps: list[Step] = field(default_factory=list)
    templates: dict[int, list[str]] = field(default_factory=dict)
    assumed: list[Assumed] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    number: int = 0
    day: int | None = 0


def read(text: str) -> tuple[Step, ...]:
    """The steps in the text. ShorthandError names line, step and what is missing, all at once."""
    return parse(text).steps


def parse(text: str) -> Reading:
    """The same, with what was left out and taken to be the usual."""
    draft = _Draft()
    for line, written in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        template = _TEMPLATE.fullmatch(written)
        if template:
            _take_template(draft, line, template[1])
        elif not written.lstrip().startswith("#"):
            for part in filter(str.strip, written.split(";")):
                _take_step(draft, line, part)
    if not draft.number:
        words = say("there is no step; write one on a line, such as “{example}”", example=EXAMPLE)
        draft.faults.append(Fault(1, None, words))
    if draft.faults:
        raise ShorthandError(tuple(draft.faults))
    steps = [
        replace(step, template="\n".join(draft.templates.get(number, [])))
        for number, step in enumerate(draft.steps, start=1)
    ]
    return Reading(tuple(steps), tuple(draft.assumed))


def is_definition(text: str) -> bool:
    """True for a whole definition, as :mod:`cadences.definition` reads it, and not lines of steps."""
    return _DEFINITION.search(text) is not None


def write(steps: tuple[Step, ...]) -> str:
    """The steps as text, each on a line of its own with its template below it."""
    return "\n".join(line for step in steps for line in (_line(step), *_template_lines(step)))


def _line(step: Step) -> str:
    renewal = " before renewal" if step.before_renewal else ""
    moving = f", may move {step.tolerance}" if step.tolerance is not None else ""
    light = ", light" if step.light else ""
    return f"{step.delay}{renewal} {step.channel} {step.type}: {step.purpose}{light}{moving}"


def _template_lines(step: Step) -> list[str]:
    return [f"  > {line}" if line else "  >" for line in step.template.split("\n")] if step.template else []


def _take_template(draft: _Draft, line: int, text: str) -> None:
    if not draft.number:
        words = say("a template belongs below its step, such as “{example}”", example=EXAMPLE)
        draft.faults.append(Fault(line, None, words))
    draft.templates.setdefault(draft.number, []).append(text)


def _take_step(draft: _Draft, line: int, part: str) -> None:
    draft.number += 1
    try:
        draft.steps.append(_step(draft, line, part))
    except ValueError as error:
        draft.day = None
        draft.faults.append(Fault(line, draft.number, str(error)))


def _step(draft: _Draft, line: int, part: str) -> Step:
    """One step; a ValueError says in words what is missing."""
    said = _BULLET.sub("", part.strip().lower(), count=1)
    moving = _TOLERANCE.search(said)
    tolerance = parse_tolerance(moving["much"]) if moving else None
    said = said[: moving.start()] if moving else said
    light = _LIGHT.search(said)
    delay, before_renewal, rest = _delay(draft, said[: light.start()] if light else said)
    channel, rest = _channel(rest)
    kind, purpose = _kind_and_purpose(draft, line, f"{delay} {channel}", rest)
    return Step(
        delay, channel, kind, purpose, tolerance=tolerance, before_renewal=before_renewal, light=light is not None
    )


def _delay(draft: _Draft, said: str) -> tuple[Delay, bool, str]:
    """The delay at the head, and what follows; a day counted from the start becomes days after the step before."""
    if found := _DAY.match(said):
        return _since(draft, int(found["day"])), False, said[found.end() :].strip()
    found = _DELAY.match(said)
    if found is None:
        typed = quoted(said.split(maxsplit=1)[0])
        why = say("the step begins with how long after the one before: 3d, 3bd or 24h, not {typed}", typed=typed)
        raise ValueError(why)
    delay = read_delay(f"{found['amount']}{found['unit']}")
    if found["renewal"]:
        draft.day = None
        return parse_before_renewal(str(delay)), True, said[found.end() :].strip()
    draft.day = _day_after(draft.day, delay)
    return delay, False, said[found.end() :].strip()


def read_delay(text: str) -> Delay:
    """`3d`, `3 days`, `4 weeks`, `3 business days`, `24h`; anything else is a ValueError in words."""
    found = re.fullmatch(rf"(?P<amount>[0-9]{{1,4}}) ?(?P<unit>{_UNITS})", text.strip().lower())
    if found is None:
        return parse_delay(text)
    unit = "bd" if found["unit"].startswith("b") else found["unit"][0]
    return parse_delay(f"{int(found['amount']) * DAYS_A_WEEK}d" if unit == "w" else f"{found['amount']}{unit}")


def _since(draft: _Draft, day: int) -> Delay:
    before, first = draft.day, draft.number == 1
    if before is None:
        why = say(
            "d{day} counts from the start, and which day the step before falls on is not known; "
            "write how long after it, such as 3d or 3bd",
            day=day,
        )
        raise ValueError(why)
    if day < before or (day == before and not first):
        raise ValueError(say("d{day} is not after d{before}, the day of the step before", day=day, before=before))
    draft.day = day
    return parse_delay(f"{day - before}d") if day > before else SAME_DAY


def _day_after(day: int | None, delay: Delay) -> int | None:
    """The day from the start that a step falls on; business days can't be told without a calendar."""
    if day is None or delay.unit is DelayUnit.BUSINESS_DAYS:
        return None
    return day + (delay.amount if delay.unit is DelayUnit.DAYS else delay.amount // HOURS_A_DAY)


def _channel(said: str) -> tuple[Channel, str]:
    word, _, rest = said.partition(" ")
    if not word:
        raise ValueError(" ".join([say("channel is missing"), one_of(Channel)]))
    channel = CHANNEL_WORDS.get(word.rstrip(":,"))
    if channel is None:
        why = say("unknown channel {typed}", typed=quoted(word))
        raise ValueError(f"{why} {_choices(word, CHANNEL_WORDS, Channel)}")
    return channel, rest.strip()


def _kind_and_purpose(draft: _Draft, line: int, head: str, said: str) -> tuple[FollowUpType, Purpose]:
    """The type and what it is for; one of the two may be left out where the other leaves no doubt."""
    kind, rest = _kind(said)
    purpose = _purpose(rest, kind) if rest else None
    if kind is None and purpose is not None:
        kind = USUAL_TYPE[purpose]
        words = say(
            "no type was given, taken as {type}: the usual one to {purpose}", type=named(kind), purpose=spoken(purpose)
        )
        _assume(draft, line, words)
    elif kind is not None and purpose is None and kind in USUAL_PURPOSE:
        purpose = USUAL_PURPOSE[kind]
        words = say(
            "no purpose was given, taken as {purpose}: the usual one of {type}",
            type=named(kind),
            purpose=spoken(purpose),
        )
        _assume(draft, line, words)
    if kind is None or purpose is None:
        raise ValueError(_missing(kind, f"{head} {kind or FollowUpType.REMINDER}: {_any(kind)}"))
    return kind, purpose


def _missing(kind: FollowUpType | None, example: str) -> str:
    which = ", ".join(Purpose)
    if kind is None:
        return say(
            "type and purpose are missing; add what it is for ({which}), such as “{example}”",
            which=which,
            example=example,
        )
    return say("purpose is missing; add what it is for ({which}), such as “{example}”", which=which, example=example)


def _any(kind: FollowUpType | None) -> Purpose:
    return Purpose.SHARE_VALUE if kind is FollowUpType.RE_ENGAGEMENT else Purpose.PROPOSE_MEETING


def _kind(said: str) -> tuple[FollowUpType | None, str]:
    """The type at the head and what follows it; where a colon stands, what is before it must be a type."""
    head, colon, tail = (_plain(part) for part in said.partition(":"))
    if colon and head:
        if head not in TYPE_WORDS:
            why = say("unknown type {typed}", typed=quoted(head))
            raise ValueError(f"{why} {_choices(head, TYPE_WORDS, FollowUpType)}")
        return TYPE_WORDS[head], tail
    whole = tail if colon else head
    for words in sorted(TYPE_WORDS, key=len, reverse=True):
        if whole == words or whole.startswith(f"{words} "):
            return TYPE_WORDS[words], whole[len(words) :].strip()
    return None, whole


def _purpose(said: str, kind: FollowUpType | None) -> Purpose:
    words = said.removeprefix("to ")
    if words in PURPOSE_WORDS:
        return PURPOSE_WORDS[words]
    typed = quoted(said)
    what = say("unknown purpose {typed}", typed=typed) if kind else say("unknown type or purpose {typed}", typed=typed)
    raise ValueError(f"{what} {_choices(words, PURPOSE_WORDS, Purpose)}")


def _assume(draft: _Draft, line: int, words: str) -> None:
    draft.assumed.append(Assumed(line, draft.number, words))


def _plain(text: str) -> str:
    """Words with single spaces between them, whatever signs stood there; a colon stays."""
    return ":" if text == ":" else re.sub(r"[\s_,–-]+", " ", text).strip()


def _choices(typed: str, known: Mapping[str, W], offered: type[W]) -> str:
    near = difflib.get_close_matches(typed, known, n=1)
    return did_you_mean(known[near[0]]) if near else one_of(offered)
