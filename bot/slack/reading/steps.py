"""The next step as it is typed: `call thu 10am`, `thu 10am call`, `email the deck tomorrow`, or a date alone."""

import datetime as dt
import re
from dataclasses import dataclass

from bot.slack.reading import date_languages, dates
from bot.slack.reading.date_rules import DateOrder
from bot.slack.reading.dates import Reading
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
_ELSEWHERE = {
    "de": {
        Channel.CALL: "telefonat|rückruf|zurückrufen", Channel.EMAIL: "mailen", Channel.VIDEO: "videocall|videoanruf",
        Channel.MEETING: "besuch|besprechung|mittagessen|vorführung",
    },
    "fr": {
        Channel.CALL: "appel|appeler|rappeler|téléphoner|coup de fil", Channel.EMAIL: "courriel|écrire|mél",
        Channel.MEETING: "réunion|rendez-vous|rdv|visite|déjeuner|rencontrer", Channel.VIDEO: "visio|visioconférence",
        Channel.LETTER: "lettre|courrier", Channel.SMS: "texto",
    },
    "es": {
        Channel.CALL: "llamar|llamada|telefonear", Channel.EMAIL: "correo|correo electrónico|escribir",
        Channel.MEETING: "reunión|cita|visita|comida|almuerzo", Channel.VIDEO: "videollamada|videoconferencia",
        Channel.LETTER: "carta", Channel.SMS: "mensaje",
    },
    "pt": {
        Channel.CALL: "ligar|ligação|telefonar|telefonema|chamada", Channel.EMAIL: "correio|escrever",
        Channel.MEETING: "reunião|encontro|visita|almoço", Channel.VIDEO: "videochamada|videoconferência",
        Channel.LETTER: "carta", Channel.SMS: "mensagem",
    },
    "nl": {
        Channel.CALL: "bellen|belletje|opbellen|terugbellen|telefoontje", Channel.EMAIL: "mailen|mailtje|schrijven",
        Channel.MEETING: "afspraak|vergadering|bezoek|bezoeken|overleg", Channel.VIDEO: "videogesprek|videobellen",
        Channel.LETTER: "kaartje",
    },
}  # fmt: skip
_FOLLOW_UPS = {
    "de": "nachfassen|melden|nachhaken", "fr": "relancer|relance|suivi|recontacter", "es": "seguimiento|contactar",
    "pt": "acompanhar|retomar|contatar|contactar", "nl": "opvolgen|opvolging",
}  # fmt: skip
_OWN = {"de": "anrufen|anruf|telefonieren|schreiben|termin|treffen"}
"""Channel words from above that show what language the rest is in."""


def _spellings(word: str) -> set[str]:
    return {word, date_languages.fold(word)}


def _phrases_of(language: str) -> set[str]:
    """All words for a step that show that a line is in the language."""
    lines = (*_ELSEWHERE[language].values(), _FOLLOW_UPS[language], _OWN.get(language, ""))
    return {phrase for line in lines for phrase in line.split("|") if phrase}


_FOREIGN = {
    spelt: channel
    for words in _ELSEWHERE.values()
    for channel, phrases in words.items()
    for phrase in phrases.split("|")
    for spelt in _spellings(phrase)
}
CHANNELS = {word: channel for channel, words in _CHANNEL_WORDS.items() for word in words.split()} | _FOREIGN
SURNAMES = frozenset({"appel", "visita", "cita", "comida", "carta", "lettre", "correo", "suivi"})
"""With a capital these are as likely a name in a line about what was done."""
_VERBS = "|".join(map(re.escape, sorted(CHANNELS, key=len, reverse=True)))
_LANGUAGE_OF = {
    spelt: frozenset(name for name in _FOLLOW_UPS if phrase in _phrases_of(name))
    for language in _FOLLOW_UPS
    for phrase in _phrases_of(language)
    for spelt in _spellings(phrase)
}
_FOLLOWING = "|".join(sorted(_spellings("|".join(_FOLLOW_UPS.values()))))
_STEP = re.compile(
    rf"(?:(?:next step|next|step|todo|then) ?[:=]? ?)?(?P<verb>{_VERBS}|follow[- ]?up|check[- ]?in|check back|ping|"
    rf"chase|nudge|reach out|touch base|remind(?: me)?|send|next step|{_FOLLOWING})(?: (?P<topic>.*))?",
    re.IGNORECASE | re.DOTALL,
)
_LABEL = re.compile(
    r"^(?:next step|next|step|nächster schritt|prochaine étape|próximo paso|próximo passo|volgende stap) ?[:=] ?",
    re.IGNORECASE,
)
_NAME_THEN_STEP = re.compile(
    rf"(?P<name>.*\S)\s+(?P<step>(?:{'|'.join(set(CHANNELS) - set(_FOREIGN))}|(?-i:{'|'.join(_FOREIGN)}))\s+\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_TOLD = "sent went was were had did said asked left wants wanted needs likes liked is notes from happened done"
_TOLD_ELSEWHERE = (
    "gesendet geschickt verschickt gesprochen telefoniert hatte envoyé envoyée envoyés fait parlé reçu était enviado "
    "enviada hecho hecha hablado hablamos feito feita falado falei verstuurd gestuurd gebeld gesproken gemaild"
)
TOLD = frozenset((*_TOLD.split(), *_TOLD_ELSEWHERE.split()))
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
    if not found and not company_known and segment[:1].isupper() and _is_foreign(segment, now):
        return None
    if not found and segment.lower() in NAMELIKE_ALONE:
        reading = _date(segment, now, order, workdays) if _meant(segment, company_known) else None
        return Typed(PlannedStep(None, reading)) if reading else None
    language = _LANGUAGE_OF.get(verb, frozenset())
    tail = dates.read_tail(topic, now, date_order=order, workdays=workdays, languages=language)
    if tail and (found or not tail[0]):
        return _with_topic(PlannedStep(channel, tail[1]), tail[0], tail[2], verb)
    return _backwards(segment, now, order, workdays) or _unclear(segment, topic if found else "", verb)


def split_off(
    text: str, now: dt.datetime, order: DateOrder | None, workdays: frozenset[int]
) -> tuple[str, PlannedStep, str] | None:
    """`Dana Li call thu 10am`: what stands before a step, the step, its words; None unless both are plain."""
    found = _NAME_THEN_STEP.fullmatch(text)
    verb, _, tail = found["step"].partition(" ") if found else ("", "", "")
    language = _LANGUAGE_OF.get(verb.lower(), frozenset())
    reading = dates.read(tail, now, date_order=order, workdays=workdays, languages=language)
    return (found["name"], PlannedStep(CHANNELS[verb.lower()], reading), found["step"]) if found and reading else None


def languages_of(verb: str) -> frozenset[str]:
    """The languages that a word for a step shows a line to be in."""
    return _LANGUAGE_OF.get(verb, frozenset())


def is_doing(segment: str) -> bool:
    """True for text that starts like a step in small letters: `demo went well` is no company."""
    return segment[:1].islower() and _STEP.fullmatch(segment) is not None


def _is_foreign(segment: str, now: dt.datetime) -> bool:
    """`El Domingo`, `Sam`: a date where days are written small, or a short one, so a name while none is known."""
    is_short = date_languages.is_short(segment)
    return (is_short or date_languages.is_written_small(segment)) and dates.read(segment, now) is not None


def _with_topic(step: PlannedStep, topic: str, date: str, verb: str) -> Typed | Unclear | None:
    words = topic.lower().split()
    if len(words) > TOPIC_WORDS or TOLD & set(words):
        return None
    short = words and date_languages.is_short_day_and_time(f"{words[-1]} {date}")
    if short or dates.looks_like_date(topic, whole=False):
        return Unclear(say(TWO_DATES), f"{verb} thu 10am")
    return Typed(step, topic)


def _meant(segment: str, company_known: bool) -> bool:
    """A word that may be a company is one while none is known, unless it is written small."""
    return company_known or segment.islower()


def _backwards(segment: str, now: dt.datetime, order: DateOrder | None, workdays: frozenset[int]) -> Typed | None:
    date, _, verb = segment.rpartition(" ")
    channel, language = CHANNELS.get(verb.lower()), _LANGUAGE_OF.get(verb.lower(), frozenset())
    reading = dates.read(date, now, date_order=order, workdays=workdays, languages=language)
    return Typed(PlannedStep(channel, reading)) if channel and reading else None


def _unclear(segment: str, topic: str, verb: str) -> Unclear | None:
    told = TOLD & set(segment.lower().split())
    language = _LANGUAGE_OF.get(verb, frozenset())
    odd = date_languages.names_time(topic) or (" " not in topic and date_languages.is_short_date(topic))
    shaped = not told and (
        (topic and odd) or dates.looks_like_date(topic or segment, whole=not verb, languages=language)
    )
    return Unclear(say(NO_DATE), f"{verb or 'call'} thu 10am") if shaped else None


def _date(text: str, now: dt.datetime, order: DateOrder | None, workdays: frozenset[int]) -> Reading | None:
    return dates.read(text, now, date_order=order, workdays=workdays)
