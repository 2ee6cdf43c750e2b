"""What a segment of an add line says about the deal: labels, stage, source, dates, the step and the value.

One taker for each kind of evidence; True when the segment is accounted for.
"""

import re
from functools import reduce

from bot.services.amounts import Money
from bot.slack.reading import dates, money, steps, titles, zones
from bot.slack.reading.capture_draft import Draft
from bot.slack.reading.dates import Past, Reading, When
from bot.slack.reading.steps import PlannedStep
from cadences.model import OPEN_STAGES, Stage
from cadences.step_words import spoken
from cadences.words import named
from language import mark, places, say
from language.dates import clock, day

_LABELS = {
    "name": "name", "company": "company", "firma": "company", "role": "role", "title": "role", "stage": "stage",
    "source": "source", "note": "note", "value": "value", "amount": "value", "industry": "industry",
    "zone": "zone", "time zone": "zone", "tz": "zone",
} | {
    "rolle": "role", "quelle": "source", "notiz": "note", "wert": "value", "deal-wert": "value", "betrag": "value",
    "branche": "industry", "zeitzone": "zone",
}  # fmt: skip
"""What a field is called in front of a colon, in English and as the German form says it."""
_OWN_DATES = {
    "close_on": re.compile(r"(?:decides?|decision|closes?|closing)(?: date)?:?(?: by| on| in| until)? (?P<when>\S.*)"),
    "renewal_on": re.compile(r"(?:renews?|renewal)(?: date)?:?(?: by| on| in)? (?P<when>\S.*)"),
}
"""`decides in march`, `renews 1 june`: their dates, not ours. Small letters only, as for stages."""
OWN_DATE_NAMES = {"close_on": "decides", "renewal_on": "renews"}
_LABEL = re.compile(rf"(?P<label>{'|'.join(_LABELS)}) ?[:=] ?(?P<said>\S.*)", re.IGNORECASE | re.DOTALL)
_UNMARKED = re.compile(
    r"(?P<label>industry|role|title|time zone|zone|tz|[Bb]ranche|[Rr]olle|[Zz]eitzone|[Qq]uelle) (?P<said>[^\s:=].*)",
    re.DOTALL,
)
"""Without a colon, behind a name and a company: before that `Zone Labs` and `Industry Partners` are companies."""
# Small letters only: `Via Roma`, `Stage Entertainment` and `New Stage` are companies.
_STAGE = re.compile(r"stage (?P<said>\S+)|(?P<word>working|engaged|proposal) stage")
_SOURCE = re.compile(r"(?:source|via) (?P<said>\S.*)|(?P<whole>referr(?:al|ed) (?:by|from) .+)")
_MILLIONS = re.compile(r"(?!3M)[0-9]{1,4}(?:[.,][0-9]{1,2})?M")
_NO_AMOUNT = (mark("I can't read that as one amount."), "$12k or 12,000 EUR")
_NO_ZONE = (mark("I know no time zone or city of that name."), "zone: Lisbon")


def labelled(draft: Draft, segment: str) -> bool:
    """`company: Acme`, `zone=Lisbon`, `industry software`: what has its field's name in front."""
    marked = _LABEL.fullmatch(segment)
    found = marked or (_UNMARKED.fullmatch(segment) if "company" in draft.fields else None)
    if not found:
        return False
    said = found["said"].strip()
    if not marked and found["label"] == "title" and not titles.is_title(said):
        return False
    match _LABELS[found["label"].lower()]:
        case "note":
            return draft.leave(said, segment)
        case "stage":
            return _take_stage(draft, said, segment)
        case "value":
            amount = money.read(said, draft.currency, bare=True)
            return take_value(draft, amount, segment) if amount else draft.complain(segment, *_NO_AMOUNT)
        case "zone":
            zone = zones.named(said)
            if zone is None:
                return marked is not None and draft.complain(segment, *_NO_ZONE)
            return draft.take("zone", zone, segment, shown=places.zone(zone))
        case name:
            return draft.take(name, said, segment)


def has_label(segment: str) -> bool:
    """True for a field's name and what it is, with no colon between."""
    return _UNMARKED.fullmatch(segment) is not None


def own_date(draft: Draft, segment: str) -> bool:
    """When they decide, or renew; without a date in it the words mean something else."""
    if "name" not in draft.fields:
        return False
    for name, pattern in _OWN_DATES.items():
        found = pattern.fullmatch(segment)
        when = _theirs(draft, found["when"]) if found else None
        match when:
            case When(on, _):
                draft.dates.setdefault(name, on)
                return draft.take(OWN_DATE_NAMES[name], day(on, year=True), segment)
            case None:
                continue
            case _:
                return draft.complain(segment, say("I can't read one date ahead there."), "decides 15 march")
    return False


def _theirs(draft: Draft, words: str) -> Reading | None:
    """A date, or a month as a whole: `march` alone is no date elsewhere, here it can be nothing else."""
    said = (words, f"until {words}")
    found = (dates.read(each, draft.now, date_order=draft.order, workdays=draft.workdays) for each in said)
    return next((when for when in found if when is not None), None)


def stage(draft: Draft, segment: str) -> bool:
    """`stage proposal`, `engaged stage`."""
    found = _STAGE.fullmatch(segment) if "name" in draft.fields else None
    return found is not None and _take_stage(draft, found["said"] or found["word"], segment)


def _take_stage(draft: Draft, said: str, words: str) -> bool:
    if said.lower() in OPEN_STAGES:
        return draft.take("stage", said.lower(), words, shown=named(Stage(said.lower())))
    reason = say("A prospect starts as one of: {stages}.", stages=", ".join(sorted(OPEN_STAGES)))
    return draft.complain(words, reason, "stage proposal")


def source(draft: Draft, segment: str) -> bool:
    """`via the trade fair`, `referred by Ben`."""
    found = _SOURCE.fullmatch(segment) if "name" in draft.fields else None
    return found is not None and draft.take("source", found["said"] or found["whole"], segment)


def value(draft: Draft, segment: str) -> bool:
    """`$12k`, or what is nearly an amount."""
    amount = money.read(segment, draft.currency, bare=segment.isdecimal())
    if amount:
        return take_value(draft, amount, segment)
    if "name" in draft.fields and _MILLIONS.fullmatch(segment):
        return draft.complain(segment, say("That could be an amount or a name."), f"${segment}")
    return "name" in draft.fields and money.looks_like_money(segment) and draft.complain(segment, *_NO_AMOUNT)


def take_value(draft: Draft, amount: Money, words: str) -> bool:
    """The amount, with the words it came from."""
    draft.value = draft.value or amount
    return draft.take("value", amount.text(), words)


def step(draft: Draft, segment: str) -> bool:
    """`call thu 10am`, `demo monday`: the first step; what it is about goes into the note."""
    known = "company" in draft.fields
    found = steps.read(segment, draft.now, draft.order, draft.workdays, company_known=known)
    if isinstance(found, steps.Typed) and ("name" in draft.fields or (found.step.channel and found.step.when)):
        if found.topic:
            draft.leave(found.topic)
        return take_step(draft, found.step, segment)
    if isinstance(found, steps.Unclear) and "name" in draft.fields:
        return draft.complain(segment, found.reason, found.example)
    return False


def take_step(draft: Draft, step: PlannedStep, words: str) -> bool:
    """The step, with the words it came from."""
    draft.step = draft.step or step
    channel = spoken(step.channel) if step.channel else ""
    shown = " ".join(part for part in (channel, _shown(step.when)) if part)
    return draft.take("step", shown or say("follow up"), words)


def _shown(reading: Reading | None) -> str:
    match reading:
        case When(on, at):
            return day(on, year=True) + (f" {clock(at)}" if at else "")
        case Past(_, on):
            return say("{day}, which is over", day=day(on, year=True))
        case None:
            return ""
        case _:
            return reduce(
                lambda one, other: say("{one} or {other}", one=one, other=other), map(_shown, reading.readings)
            )
