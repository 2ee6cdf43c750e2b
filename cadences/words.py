"""What the words of the field are called, in the language of whoever reads them."""

from collections.abc import Mapping
from enum import StrEnum

from cadences.model import FollowUpType, LostReason, Outcome, Stage, Temperature
from cadences.states import State
from language import mark, say

NAMES: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    Stage: {
        Stage.NEW: mark("new"),
        Stage.WORKING: mark("working"),
        Stage.ENGAGED: mark("engaged"),
        Stage.PROPOSAL: mark("proposal"),
        Stage.WON: mark("won"),
        Stage.LOST: mark("lost"),
        Stage.PARKED: mark("parked"),
    },
    State: {
        State.PENDING: mark("pending"),
        State.DUE: mark("due"),
        State.WAITING: mark("waiting for them"),
        State.PAUSED: mark("paused"),
        State.SNOOZED: mark("snoozed"),
        State.FINISHED_REPLIED: mark("they replied"),
        State.FINISHED_SILENT: mark("no reply, cadence over"),
        State.WON: mark("won"),
        State.LOST: mark("lost"),
        State.DO_NOT_CONTACT: mark("do not contact"),
    },
    Outcome: {
        Outcome.CONNECTED: mark("connected"),
        Outcome.REPLIED: mark("replied"),
        Outcome.VOICEMAIL: mark("voicemail"),
        Outcome.NO_ANSWER: mark("no answer"),
        Outcome.MEETING_BOOKED: mark("meeting booked"),
        Outcome.NO_SHOW: mark("no show"),
        Outcome.NOT_NOW: mark("not now"),
        Outcome.NOT_INTERESTED: mark("not interested"),
        Outcome.ASKED_TO_STOP: mark("asked to stop"),
        Outcome.SENT: mark("sent"),
        Outcome.OUT_OF_OFFICE: mark("out of office"),
    },
    LostReason: {
        LostReason.PRICING: mark("pricing"),
        LostReason.COMPETITION: mark("competition"),
        LostReason.BUDGET: mark("budget"),
        LostReason.MISSING_FEATURES: mark("missing features"),
        LostReason.LONG_CYCLE: mark("long cycle"),
        LostReason.NO_DECISION_MAKER: mark("no decision-maker"),
        LostReason.UNRESPONSIVE: mark("unresponsive"),
        LostReason.POOR_FIT: mark("poor fit"),
        LostReason.TIMING: mark("timing"),
        LostReason.OTHER: mark("other"),
    },
    FollowUpType: {
        FollowUpType.THANK_YOU: mark("thank-you"),
        FollowUpType.REMINDER: mark("reminder"),
        FollowUpType.VALUE: mark("value"),
        FollowUpType.FEEDBACK: mark("feedback"),
        FollowUpType.RE_ENGAGEMENT: mark("re-engagement"),
    },
    Temperature: {
        Temperature.HOT: mark("hot"),
        Temperature.WARM: mark("warm"),
        Temperature.COLD: mark("cold"),
    },
}


def named(item: StrEnum) -> str:
    """A word of the field as people say it: ``no answer``, ``niemanden erreicht``."""
    return say(NAMES[type(item)][item])


def capital(text: str) -> str:
    """With a capital at its beginning, for labels; what follows stays as it is."""
    return f"{text[:1].upper()}{text[1:]}"
