"""The `add` line: segments between commas, each taken for what its strongest evidence says; nothing is dropped."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import reduce

from bot.services.amounts import Money
from bot.services.names import wording_of
from bot.slack import contacts, dates, money, steps, titles, traits, zones
from bot.slack.date_rules import MON_FRI, DateOrder
from bot.slack.dates import Past, Reading, When
from bot.slack.escapes import mentioned, plain
from bot.slack.segments import segments, split_note
from bot.slack.steps import PlannedStep
from bot.storage.records import Shorthand
from bot.views import field_names
from cadences.model import OPEN_STAGES, Channel, Stage, Temperature
from cadences.step_words import spoken
from cadences.words import named
from language import mark, places, say
from language.amounts import number
from language.dates import clock, day

LONGEST_NAME = 200
LONGEST_NOTE = 10_000
LONGEST_SEGMENT = 200
"""Longer than any field but a note: not worth reading word by word."""
EXAMPLE = "/followup add Dana Li, Acme, dana@acme.com, $12k, call thu 10am -- demo went well"
STAND_IN = "X"
"""The name and company in front of words that are tried by themselves."""
MAY_MEAN = frozenset({"name", "company", "role"})
"""What words are read as that say nothing by themselves: a shorthand may give them another meaning."""
COLLEAGUE = mark("That is a colleague of yours: write the name of who it is about, without an @.")
TWICE = mark("There are two of these: {field}. I kept {kept}.")

_LABELS = {
    "name": "name", "company": "company", "firma": "company", "role": "role", "title": "role", "stage": "stage",
    "source": "source", "note": "note", "value": "value", "amount": "value", "industry": "industry",
    "zone": "zone", "time zone": "zone", "tz": "zone",
}  # fmt: skip
_OWN_DATES = {
    "close_on": re.compile(r"(?:decides?|decision|closes?|closing)(?: date)?:?(?: by| on| in| until)? (?P<when>\S.*)"),
    "renewal_on": re.compile(r"(?:renews?|renewal)(?: date)?:?(?: by| on| in)? (?P<when>\S.*)"),
}
"""`decides in march`, `renews 1 june`: their dates, not ours. Small letters only, as for stages."""
OWN_DATE_NAMES = {"close_on": "decides", "renewal_on": "renews"}
_LABEL = re.compile(rf"(?P<label>{'|'.join(_LABELS)}) ?[:=] ?(?P<said>\S.*)", re.IGNORECASE | re.DOTALL)
# Small letters only: `Via Roma`, `Stage Entertainment` and `New Stage` are companies.
_STAGE = re.compile(r"stage (?P<said>\S+)|(?P<word>working|engaged|proposal) stage")
_SOURCE = re.compile(r"(?:source|via) (?P<said>\S.*)|(?P<whole>referr(?:al|ed) (?:by|from) .+)")
_MILLIONS = re.compile(r"(?!3M)[0-9]{1,4}(?:[.,][0-9]{1,2})?M")


@dataclass(frozen=True, slots=True)
class Understood:
    """One field as understood, and the words it came from; inferred means nobody said it outright."""

    field: str
    value_text: str
    words: str
    inferred: bool = False
    shorthand: str = ""
    """Those of the words that are a shorthand of who typed them."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, in the person's own words, why, and how it would work."""

    words: str
    reason: str
    example: str


@dataclass(frozen=True, slots=True)
class Capture:
    """A prospect as typed in one line."""

    name: str
    company: str
    role: str
    email: str
    phone: str
    value: Money | None
    stage: str
    source: str
    step: PlannedStep | None
    note: str
    understood: tuple[Understood, ...]
    problems: tuple[Problem, ...]
    industry: str = ""
    zone: str = ""
    close_on: dt.date | None = None
    renewal_on: dt.date | None = None
    temperature: Temperature | None = None
    preferred_channel: Channel | None = None
    best_time: dt.time | None = None
    """On their wall clock."""
    profile_url: str = ""
    unread: tuple[str, ...] = ()
    """Texts between commas that are in the note because they were read as nothing else."""


@dataclass(slots=True)
class _Draft:
    """The capture while the line is read; a field is taken once, the first time it is said."""

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
        return self.shorthands.get(wording_of(words)) if self.shorthands else None

    def leave(self, text: str, words: str = "") -> bool:
        self.free.append(text)
        self.told.append(words or text)
        return True

    def complain(self, words: str, reason: str, example: str) -> bool:
        self.problems.append(Problem(words, say(reason), example))
        return True


def read_add(
    text: str,
    now: dt.datetime,
    *,
    default_region: str | None = None,
    default_currency: str = "USD",
    date_order: DateOrder | None = None,
    workdays: frozenset[int] = MON_FRI,
    shorthands: Mapping[str, Shorthand] | None = None,
) -> Capture:
    """The prospect an add line describes, with every word of it in a field, the note or a problem; never raises."""
    head, note = split_note(plain(text))
    draft = _Draft(now, default_region, default_currency, date_order, workdays, shorthands or {})
    for segment in segments(head):
        _read_segment(draft, segment)
    return _finished(draft, note)


def _read_segment(draft: _Draft, segment: str) -> None:
    if len(segment) > LONGEST_SEGMENT:
        draft.take("name", segment, segment) if "name" not in draft.fields else draft.leave(segment)
    elif not any(taker(draft, segment) for taker in _TAKERS):
        draft.unread.append(segment)
        draft.leave(segment)


def says_itself(
    words: str,
    now: dt.datetime,
    *,
    default_region: str | None = None,
    default_currency: str = "USD",
    date_order: DateOrder | None = None,
    workdays: frozenset[int] = MON_FRI,
) -> bool:
    """True for an address, an amount, a date, what has a label … and for what is more than one text of an add line."""
    if split_note(words) != (words, "") or segments(words) != [words]:
        return True
    return _says_itself(_Draft(now, default_region, default_currency, date_order, workdays), words)


def _says_itself(draft: _Draft, segment: str) -> bool:
    trial = _Draft(draft.now, draft.region, draft.currency, draft.order, draft.workdays)
    trial.take("name", STAND_IN, STAND_IN)
    trial.take("company", STAND_IN, STAND_IN)
    _read_segment(trial, segment)
    is_free = trial.free in ([], [segment])
    return bool(trial.problems) or not is_free or any(each.field not in MAY_MEAN for each in trial.understood)


# --- one taker for each kind of evidence, strongest first; True when the segment is accounted for


def _shorthand(draft: _Draft, segment: str) -> bool:
    """Words of one's own, behind the name; what is an address, an amount or a date stays that."""
    short = draft.shorthand(segment) if "name" in draft.fields else None
    return short is not None and not _says_itself(draft, segment) and draft.take(short.field, segment, segment)


def _labelled(draft: _Draft, segment: str) -> bool:
    found = _LABEL.fullmatch(segment)
    if not found:
        return False
    said = found["said"].strip()
    match _LABELS[found["label"].lower()]:
        case "note":
            return draft.leave(said, segment)
        case "stage":
            return _take_stage(draft, said, segment)
        case "value":
            amount = money.read(said, draft.currency, bare=True)
            return _take_value(draft, amount, segment) if amount else draft.complain(segment, *_NO_AMOUNT)
        case "zone":
            zone = zones.named(said)
            if zone is None:
                return draft.complain(segment, *_NO_ZONE)
            return draft.take("zone", zone, segment, shown=places.zone(zone))
        case name:
            return draft.take(name, said, segment)


_NO_ZONE = (mark("I know no time zone or city of that name."), "zone: Lisbon")


def _own_date(draft: _Draft, segment: str) -> bool:
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


def _theirs(draft: _Draft, words: str) -> Reading | None:
    """A date, or a month as a whole: `march` alone is no date elsewhere, here it can be nothing else."""
    said = (words, f"until {words}")
    found = (dates.read(each, draft.now, date_order=draft.order, workdays=draft.workdays) for each in said)
    return next((when for when in found if when is not None), None)


def _email(draft: _Draft, segment: str) -> bool:
    found = contacts.find_email(segment) if not mentioned(segment.partition(" ")[0]) else None
    if not found:
        return False
    words, address, rest = found
    if rest:
        _read_segment(draft, rest)
    if address:
        return draft.take("email", address, words)
    return draft.complain(words, say("That is not a complete email address."), "dana@acme.com")


def _stage(draft: _Draft, segment: str) -> bool:
    found = _STAGE.fullmatch(segment) if "name" in draft.fields else None
    return found is not None and _take_stage(draft, found["said"] or found["word"], segment)


def _take_stage(draft: _Draft, said: str, words: str) -> bool:
    if said.lower() in OPEN_STAGES:
        return draft.take("stage", said.lower(), words, shown=named(Stage(said.lower())))
    reason = say("A prospect starts as one of: {stages}.", stages=", ".join(sorted(OPEN_STAGES)))
    return draft.complain(words, reason, "stage proposal")


def _source(draft: _Draft, segment: str) -> bool:
    found = _SOURCE.fullmatch(segment) if "name" in draft.fields else None
    return found is not None and draft.take("source", found["said"] or found["whole"], segment)


def _trait(draft: _Draft, segment: str) -> bool:
    """`hot`, `prefers email`, `best 14:00`, `linkedin.com/in/dana-li`."""
    if "name" not in draft.fields:
        return False
    if temperature := traits.read_temperature(segment):
        draft.temperature = draft.temperature or temperature
        return draft.take("temperature", named(temperature), segment)
    if channel := traits.read_preference(segment):
        draft.preferred_channel = draft.preferred_channel or channel
        return draft.take("prefers", spoken(channel), segment)
    if (at := traits.read_best_time(segment)) is not None:
        draft.best_time = at if draft.best_time is None else draft.best_time
        return draft.take("best time", clock(at), segment)
    link = traits.read_profile(segment)
    return link is not None and draft.take("profile", link, segment)


def _phone(draft: _Draft, segment: str) -> bool:
    number = contacts.read_phone(segment, draft.region)
    if number:
        return draft.take("phone", number, segment)
    wrong = contacts.looks_like_phone(segment)
    return wrong and draft.complain(segment, say("I can't read that telephone number."), "+49 30 901820")


_NO_AMOUNT = (mark("I can't read that as one amount."), "$12k or 12,000 EUR")


def _value(draft: _Draft, segment: str) -> bool:
    amount = money.read(segment, draft.currency, bare=segment.isdecimal())
    if amount:
        return _take_value(draft, amount, segment)
    if "name" in draft.fields and _MILLIONS.fullmatch(segment):
        return draft.complain(segment, say("That could be an amount or a name."), f"${segment}")
    return "name" in draft.fields and money.looks_like_money(segment) and draft.complain(segment, *_NO_AMOUNT)


def _take_value(draft: _Draft, amount: Money, words: str) -> bool:
    draft.value = draft.value or amount
    return draft.take("value", amount.text(), words)


def _step(draft: _Draft, segment: str) -> bool:
    known = "company" in draft.fields
    found = steps.read(segment, draft.now, draft.order, draft.workdays, company_known=known)
    if isinstance(found, steps.Typed) and ("name" in draft.fields or (found.step.channel and found.step.when)):
        if found.topic:
            draft.leave(found.topic)
        return _take_step(draft, found.step, segment)
    if isinstance(found, steps.Unclear) and "name" in draft.fields:
        return draft.complain(segment, found.reason, found.example)
    return False


def _take_step(draft: _Draft, step: PlannedStep, words: str) -> bool:
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


def _role(draft: _Draft, segment: str) -> bool:
    """`CTO`, `Head of Sales`, `CTO at Acme`; the first thing said is a name whatever it looks like."""
    if "name" not in draft.fields or "role" in draft.fields:
        return False
    title, company = titles.split_at_company(segment) or (segment, "")
    if not titles.is_title(title):
        return False
    draft.take("role", title, title)
    return draft.take("company", company, segment) if company else True


def _name(draft: _Draft, segment: str) -> bool:
    """The first text: `Dana Li`, `Dana @ Acme`, `Dana Li (CTO, Acme)`, even `Dana Li $12k` without its comma."""
    if "name" in draft.fields or titles.is_link(segment):
        return False
    segment = _without_tails(draft, segment)
    if found := titles.split_brackets(segment):
        draft.take("name", found[0], found[0])
        for inside in segments(found[1]):
            _read_segment(draft, inside)
        return True
    if found := titles.split_at_company(segment):
        draft.take("name", found[0], segment)
        return draft.take("company", found[1], segment)
    return draft.take("name", segment, segment)


def _without_tails(draft: _Draft, segment: str) -> str:
    """The name without an amount or a step that follows it with no comma between."""
    if found := steps.split_off(segment, draft.now, draft.order, draft.workdays):
        segment = found[0]
        _take_step(draft, *found[1:])
    tail = money.read_tail(segment, draft.currency)
    if not tail or not tail[0]:
        return segment
    _take_value(draft, *tail[1:])
    return tail[0]


def _company(draft: _Draft, segment: str) -> bool:
    return "company" not in draft.fields and titles.may_be_company(segment) and draft.take("company", segment, segment)


_TAKERS: tuple[Callable[[_Draft, str], bool], ...] = (
    _shorthand, _labelled, _email, _stage, _source, _own_date, _trait, _step, _phone, _value, _role, _name, _company,
)  # fmt: skip


# --- the whole


def is_colleague(name: str) -> bool:
    """True for a mention, as Slack sends it or as somebody typed it: that is nobody to be followed up."""
    return re.match(r"<?@\w", name) is not None


def _no_colleague(draft: _Draft) -> None:
    name = draft.fields.get("name", "")
    if is_colleague(name):
        del draft.fields["name"]
        draft.understood[:] = [each for each in draft.understood if each.field != "name"]
        draft.problems.insert(0, Problem(name, say(COLLEAGUE), EXAMPLE))


def _finished(draft: _Draft, note: str) -> Capture:
    _no_colleague(draft)
    address = draft.fields.get("email", "")
    if address and "company" not in draft.fields and (company := contacts.company_of(address)):
        draft.take("company", company, address, inferred=True)
    words = "\n".join(part for part in (note, ", ".join(draft.told)) if part)
    note = "\n".join(part for part in (note, ", ".join(draft.free)) if part)
    if note:
        draft.understood.append(Understood("note", note, words))
    _complain_of_lengths(draft, draft.fields.get("name", ""), note)
    said = draft.fields.get
    return Capture(
        name=said("name", ""), company=said("company", ""), role=said("role", ""), email=said("email", ""),
        phone=said("phone", ""), value=draft.value, stage=said("stage", ""), source=said("source", ""),
        step=draft.step, note=note, understood=tuple(draft.understood), problems=tuple(draft.problems),
        industry=said("industry", ""), zone=said("zone", ""), close_on=draft.dates.get("close_on"),
        renewal_on=draft.dates.get("renewal_on"), temperature=draft.temperature,
        preferred_channel=draft.preferred_channel, best_time=draft.best_time, profile_url=said("profile", ""),
        unread=tuple(draft.unread),
    )  # fmt: skip


def _complain_of_lengths(draft: _Draft, name: str, note: str) -> None:
    if not name and not any(each.reason == say(COLLEAGUE) for each in draft.problems):
        draft.complain(draft.understood[0].words if draft.understood else "", say("There is no name."), EXAMPLE)
    if len(name) > LONGEST_NAME:
        reason = say("A name has at most {count} characters.", count=LONGEST_NAME)
        draft.complain(name[:LONGEST_NAME], reason, EXAMPLE)
    if len(note) > LONGEST_NOTE:
        reason = say("A note has at most {count} characters.", count=number(LONGEST_NOTE))
        draft.complain(note[:LONGEST_NAME], reason, EXAMPLE)
