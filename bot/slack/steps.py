"""The next step as it is typed: `call thu 10am`, `thu 10am call`, `email the deck tomorrow`, or a date alone."""

import datetime as dt
import re
from dataclasses import dataclass

from bot.slack import dates
from bot.slack.date_rules import DateOrder
from bot.slack.dates import Reading
from cadences.model import Channel
from language import mark, say

TOPIC_WORDS = 8
_CHANNEL_WORDS = {
    Channel.CALL: "call phone ring dial anrufen anruf telefonieren",
    Channel.EMAIL: "email e-mail mail write schreiben",
    Channel.LINKEDIN: "linkedin inmail",
    Channel.SMS: "sms text whatsapp",
    Channel.MEETING: "meeting meet demo lunch coffee visit onsite termin treffen",
    Channel.VIDEO: "video zoom teams webex",
    Channel.LETTER: "letter postcard handwritten",
}
CHANNELS = {word: channel for channel, words in _CHANNEL_WORDS.items() for word in words.split()}
_VERBS = "|".join(CHANNELS)
_STEP = re.compile(
    rf"(?:(?:next step|next|step|todo|then) ?[:=]? ?)?(?P<verb>{_VERBS}|follow[- ]?up|check[- ]?in|check back|ping|"
    r"chase|nudge|reach out|touch base|remind(?: me)?|send|next step|nachfassen|melden)(?: (?P<topic>.*))?",
    re.IGNORECASE | re.DOTALL,
)
_LABEL = re.compile(r"^(?:next step|next|step) ?[:=] ?", re.IGNORECASE)
_NAME_THEN_STEP = re.compile(rf"(?P<name>.*\S)\s+(?P<step>(?:{_VERBS})\s+\S.*)", re.IGNORECASE | re.DOTALL)
_TOLD = "sent went was were had did said asked left wants wanted needs likes liked is notes from happened done"
TOLD = frozenset(_TOLD.split())
"""`email sent tuesday` tells what was; a step says what comes."""
_NAMELIKE = "sun sat mon today tomorrow noon morning evening afternoon eod cob may march mid first"
NAMELIKE_ALONE = frozenset(_NAMELIKE.split())
"""A date alone is a step, but these are as likely a company (`Sun`); so is a channel alone (`Zoom`, `LinkedIn`)."""

TWO_DATES = mark("There are two dates in that step.")
NO_DATE = mark("I can't find one date there that exists and that I can read.")
MONTHS_OR_MILLIONS = mark("That could be months or millions.")


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """The next step: how, and when."""

    channel: Channel | None
    when: Reading | None


@dataclass(frozen=True, slots=True)
class Typed:
    """A step, and the words in it that are neither channel nor date."""

    step: PlannedStep
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Meant as a step, but not to be read; why, and what would do."""

    reason: str
    example: str


def read(
    segment: str, now: dt.datetime, order: DateOrder | None, workdays: frozenset[int], *, company_known: bool
) -> Typed | Unclear | None:
    """The step that the segment is; None when it is anything else."""
    found = _STEP.fullmatch(_LABEL.sub("", segment)) or _STEP.fullmatch(segment)
    verb, topic = (found["verb"].lower(), found["topic"] or "") if found else ("", _LABEL.sub("", segment))
    channel = CHANNELS.get(verb)
    if found and not topic:
        return Typed(PlannedStep(channel, None)) if _meant(segment, company_known) else None
    if re.fullmatch(r"[0-9]{1,2}m", segment):
        example = say("{one}, or {other}", one=f"{segment[:-1]} months", other=f"${segment}")
        return Unclear(say(MONTHS_OR_MILLIONS), example)
    if not found and segment.lower() in NAMELIKE_ALONE:
        reading = _date(segment, now, order, workdays) if _meant(segment, company_known) else None
        return Typed(PlannedStep(None, reading)) if reading else None
    tail = dates.read_tail(topic, now, date_order=order, workdays=workdays)
    if tail and (found or not tail[0]):
        return _with_topic(PlannedStep(channel, tail[1]), tail[0], verb)
    return _backwards(segment, now, order, workdays) or _unclear(segment, verb)


def split_off(
    text: str, now: dt.datetime, order: DateOrder | None, workdays: frozenset[int]
) -> tuple[str, PlannedStep, str] | None:
    """`Dana Li call thu 10am`: what stands before a step, the step, its words; None unless both are plain."""
    found = _NAME_THEN_STEP.fullmatch(text)
    verb, _, tail = found["step"].partition(" ") if found else ("", "", "")
    reading = _date(tail, now, order, workdays)
    return (found["name"], PlannedStep(CHANNELS[verb.lower()], reading), found["step"]) if found and reading else None


def is_doing(segment: str) -> bool:
    """True for text that starts like a step in small letters: `demo went well` is no company."""
    return segment[:1].islower() and _STEP.fullmatch(segment) is not None


def _with_topic(step: PlannedStep, topic: str, verb: str) -> Typed | Unclear | None:
    words = topic.lower().split()
    if len(words) > TOPIC_WORDS or TOLD & set(words):
        return None
    if dates.looks_like_date(topic, whole=False):
        return Unclear(say(TWO_DATES), f"{verb} thu 10am")
    return Typed(step, topic)


def _meant(segment: str, company_known: bool) -> bool:
    """A word that may be a company is one while none is known, unless it is written small."""
    return company_known or segment.islower()


def _backwards(segment: str, now: dt.datetime, order: DateOrder | None, workdays: frozenset[int]) -> Typed | None:
    date, _, verb = segment.rpartition(" ")
    channel, reading = CHANNELS.get(verb.lower()), _date(date, now, order, workdays)
    return Typed(PlannedStep(channel, reading)) if channel and reading else None


def _unclear(segment: str, verb: str) -> Unclear | None:
    told = TOLD & set(segment.lower().split())
    shaped = not told and dates.looks_like_date(segment, whole=not verb)
    return Unclear(say(NO_DATE), f"{verb or 'call'} thu 10am") if shaped else None


def _date(text: str, now: dt.datetime, order: DateOrder | None, workdays: frozenset[int]) -> Reading | None:
    return dates.read(text, now, date_order=order, workdays=workdays)
