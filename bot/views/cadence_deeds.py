"""What was done with a cadence, in words: of the facts that a change keeps of it."""

from collections.abc import Mapping
from typing import Any

from bot.services import authoring, cadences, retiring, rules
from language import mark, say

DEEDS: Mapping[str, str] = {
    cadences.STARTED: mark("started {cadence}"),
    cadences.STOPPED: mark("stopped {cadence}"),
    retiring.DELETED: mark("deleted {cadence}"),
    rules.MADE: mark("made a rule for {cadence}"),
    rules.REMOVED: mark("removed a rule for {cadence}"),
    authoring.SAVED: mark("saved version {version} of {cadence}"),
}


def deed(facts: Mapping[str, Any]) -> str:
    """``started nudge``, ``saved version 3 of nudge``."""
    told = DEEDS[facts["deed"]]
    return say(told, cadence=facts["cadence"], version=facts.get("version"))
