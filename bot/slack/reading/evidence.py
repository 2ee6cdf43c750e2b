"""What each segment of an add line is taken for: by its strongest evidence, first of all what says who it is."""

from collections.abc import Callable

from bot.slack.reading import contacts, money, steps, titles, traits
from bot.slack.reading.capture_draft import Draft
from bot.slack.reading.deal_evidence import labelled, own_date, source, stage, step, take_step, take_value, value
from bot.slack.reading.escapes import mentioned
from bot.slack.reading.segments import segments
from cadences.step_words import spoken
from cadences.words import named
from language import say
from language.dates import clock

LONGEST_SEGMENT = 200
"""Longer than any field but a note: not worth reading word by word."""
STAND_IN = "X"
"""The name and company in front of words that are tried by themselves."""
MAY_MEAN = frozenset({"name", "company", "role"})
"""What words are read as that say nothing by themselves: a shorthand may give them another meaning."""


def read_segment(draft: Draft, segment: str) -> None:
    """Takes the segment for what it says; what says nothing goes into the note."""
    if len(segment) > LONGEST_SEGMENT:
        draft.take("name", segment, segment) if "name" not in draft.fields else draft.leave(segment)
    elif not any(taker(draft, segment) for taker in _TAKERS):
        draft.unread.append(segment)
        draft.leave(segment)


def says_itself(draft: Draft, segment: str) -> bool:
    """True for words that, behind a name and a company, are still more than a name."""
    trial = Draft(draft.now, draft.region, draft.currency, draft.order, draft.workdays)
    trial.take("name", STAND_IN, STAND_IN)
    trial.take("company", STAND_IN, STAND_IN)
    read_segment(trial, segment)
    is_free = trial.free in ([], [segment])
    return bool(trial.problems) or not is_free or any(each.field not in MAY_MEAN for each in trial.understood)


# --- one taker for each kind of evidence; True when the segment is accounted for


def _shorthand(draft: Draft, segment: str) -> bool:
    """Words of one's own, behind the name; what is an address, an amount or a date stays that."""
    short = draft.shorthand(segment) if "name" in draft.fields else None
    return short is not None and not says_itself(draft, segment) and draft.take(short.field, segment, segment)


def _email(draft: Draft, segment: str) -> bool:
    found = contacts.find_email(segment) if not mentioned(segment.partition(" ")[0]) else None
    if not found:
        return False
    words, address, rest = found
    if rest:
        read_segment(draft, rest)
    if address:
        return draft.take("email", address, words)
    return draft.complain(words, say("That is not a complete email address."), "dana@acme.com")


def _trait(draft: Draft, segment: str) -> bool:
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


def _phone(draft: Draft, segment: str) -> bool:
    number = contacts.read_phone(segment, draft.region)
    if number:
        return draft.take("phone", number, segment)
    wrong = contacts.looks_like_phone(segment)
    return wrong and draft.complain(segment, say("I can't read that telephone number."), "+49 30 901820")


def _role(draft: Draft, segment: str) -> bool:
    """`CTO`, `Head of Sales`, `CTO at Acme`; the first thing said is a name whatever it looks like."""
    if "name" not in draft.fields or "role" in draft.fields:
        return False
    title, company = titles.split_at_company(segment) or (segment, "")
    if not titles.is_title(title):
        return False
    draft.take("role", title, title)
    return draft.take("company", company, segment) if company else True


def _name(draft: Draft, segment: str) -> bool:
    """The first text: `Dana Li`, `Dana @ Acme`, `Dana Li (CTO, Acme)`, even `Dana Li +49 30 … $12k` without commas."""
    if "name" in draft.fields or titles.is_link(segment):
        return False
    segment = _without_tails(draft, segment)
    if found := titles.split_brackets(segment):
        draft.take("name", found[0], found[0])
        for inside in segments(found[1]):
            read_segment(draft, inside)
        return True
    if found := titles.split_at_company(segment):
        draft.take("name", found[0], segment)
        return draft.take("company", found[1], segment)
    return draft.take("name", segment, segment)


def _without_tails(draft: Draft, segment: str) -> str:
    """The name without a number, an amount or a step that follows it with no comma between."""
    if found := steps.split_off(segment, draft.now, draft.order, draft.workdays):
        segment = found[0]
        take_step(draft, *found[1:])
    segment = _without_phone(draft, segment)
    tail = money.read_tail(segment, draft.currency)
    if not tail or not tail[0]:
        return segment
    take_value(draft, *tail[1:])
    return _without_phone(draft, tail[0])


def _without_phone(draft: Draft, segment: str) -> str:
    if not (found := contacts.split_phone(segment, draft.region)):
        return segment
    draft.take("phone", *found[1:])
    return found[0]


def _company(draft: Draft, segment: str) -> bool:
    if "company" in draft.fields or not titles.may_be_company(segment):
        return False
    company = _without_phone(draft, segment)
    return draft.take("company", company, company)


_TAKERS: tuple[Callable[[Draft, str], bool], ...] = (
    _shorthand, labelled, _email, stage, source, own_date, _trait, step, _phone, value, _role, _name, _company,
)  # fmt: skip
