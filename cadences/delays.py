"""Delays as people write them: `3d`, `3bd`, `24h`."""

import re

from cadences.definition_errors import quoted
from cadences.model import Delay, DelayUnit
from language import say

MAX_DELAY = {DelayUnit.HOURS: 720, DelayUnit.DAYS: 730, DelayUnit.BUSINESS_DAYS: 520}
"""Two years, or a month of hours; a longer delay is a slip of the finger."""

MAX_TOLERANCE = 10
"""Days; a step that may move further than two weeks has no date."""

DELAY_PATTERN = re.compile(r"([0-9]{1,4})(h|d|bd)")


def parse_delay(text: str) -> Delay:
    """A delay as typed, `3d`, `3bd` or `24h`; anything else is a ValueError in words."""
    found = DELAY_PATTERN.fullmatch(text.strip().lower())
    if found is None:
        why = say("{text} is not a delay; write 3d (days), 3bd (business days) or 24h (hours)", text=quoted(text))
        raise ValueError(why)
    delay = Delay(int(found[1]), DelayUnit(found[2]))
    longest = Delay(MAX_DELAY[delay.unit], delay.unit)
    if not 1 <= delay.amount <= longest.amount:
        shortest = Delay(1, delay.unit)
        why = say(
            "{text} is out of range, {shortest} to {longest}", text=quoted(text), shortest=shortest, longest=longest
        )
        raise ValueError(why)
    return delay


def parse_tolerance(text: str) -> Delay:
    """A tolerance as typed, `1bd` or `2d`, none at all with `0d`; anything else is a ValueError in words."""
    found = DELAY_PATTERN.fullmatch(text.strip().lower())
    if found is None or found[2] == DelayUnit.HOURS or int(found[1]) > MAX_TOLERANCE:
        why = say(
            "{text} is not a tolerance; write 1bd or 2d, 0d for a date that must hold, at most {most}",
            text=quoted(text),
            most=MAX_TOLERANCE,
        )
        raise ValueError(why)
    return Delay(int(found[1]), DelayUnit(found[2]))


def parse_before_renewal(text: str) -> Delay:
    """How long before a renewal, `30d`; anything else is a ValueError in words."""
    found = DELAY_PATTERN.fullmatch(text.strip().lower())
    if found is None or found[2] != DelayUnit.DAYS:
        why = say(
            "{text} is not a number of days; write 30d, in days; it counts back from the renewal", text=quoted(text)
        )
        raise ValueError(why)
    return parse_delay(text)
