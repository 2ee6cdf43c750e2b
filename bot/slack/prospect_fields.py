"""What was typed into the add and edit forms, field by field; each error is said at its own field."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from bot.services.amounts import Money
from bot.services.details import Details
from bot.services.errors import InvalidInput
from bot.services.promises import Wish
from bot.slack import free_days
from bot.slack.actor import Visit
from bot.slack.reading import capture, dates, money, steps, traits, zones
from bot.slack.reading.contacts import find_email, read_phone
from bot.slack.reading.prefs import capture_prefs, prefs_of, region_of
from bot.views.prospect_forms import NONE
from cadences.model import Channel, Stage, Temperature
from language import say

SHORTEST_PHONE = 5
"""Digits; some desk numbers inside a company have no more."""

T = TypeVar("T")


def read(visit: Visit) -> tuple[Details, Wish | None]:
    """The details, and the next step if one was typed. InvalidInput names every field that can't be read."""
    wrong: list[InvalidInput] = []

    def field(name: str, reader: Callable[[str], T | None], problem: str) -> T | None:
        typed = visit.value(name)
        value = reader(typed) if typed else None
        if typed and value is None:
            wrong.append(InvalidInput(name, problem))
        return value

    currency, region = prefs_of(visit.member).default_currency, region_of(visit.member)
    email = field("email", _email, say("that is no email address: try dana@acme.com"))
    problem = say("I can't read that amount: try $12k or 12000 EUR")
    amount: Money | None = field("value", lambda typed: money.read(typed, currency, bare=True), problem)
    problem = say("that is too short for a telephone number: try +1 415 555 0132")
    phone = field("phone", lambda typed: _phone(typed, region), problem)
    problem = say("I know no time zone or city of that name: try Europe/Lisbon or Lisbon")
    zone = field("zone", zones.named, problem)
    best_time = field("best_time", dates.read_time, say("I can't read that time: try 14:00 or 2pm"))
    profile_url = field("profile_url", traits.web_address, say("that is no address of a page: try https://…"))
    wish = field("next", lambda typed: _wish(visit, typed), say("I can't read one date there: try call thu 10am"))
    if wrong:
        raise replace(wrong[0], also=tuple(wrong[1:]))
    details = Details(
        name=visit.value("name"),
        company=visit.value("company") or None,
        role=visit.value("role") or None,
        email=email,
        phone=phone,
        value_minor=amount.amount_minor if amount else None,
        currency=amount.currency if amount else None,
        currency_assumed=amount is not None and amount.assumed,
        stage=Stage(visit.value("stage") or Stage.NEW),
        source=visit.value("source") or None,
        close_on=_date(visit.value("close_on")),
        zone=zone,
        industry=visit.value("industry") or None,
        renewal_on=_date(visit.value("renewal_on")),
        temperature=Temperature(chosen) if (chosen := _chosen(visit, "temperature")) else None,
        preferred_channel=Channel(chosen) if (chosen := _chosen(visit, "preferred_channel")) else None,
        best_time=best_time,
        profile_url=profile_url,
    )
    return details, wish


def wish_of(step: steps.PlannedStep | None) -> Wish | None:
    """A typed step as a wish, where its date can be read in one way and is ahead."""
    if step is None or not isinstance(step.when, dates.When):
        return None
    return Wish(step.when.on, step.when.time, step.channel)


def _wish(visit: Visit, typed: str) -> Wish | None:
    line = capture.read_add(f"X, {typed}", visit.member.local(visit.now), **capture_prefs(visit.member))
    return free_days.wished(visit, line.step.when if line.step else None, wish_of(line.step))


def _email(typed: str) -> str | None:
    found = find_email(typed)
    return typed if found is not None and found[1] is not None else None


def _phone(typed: str, region: str | None) -> str | None:
    """The number, in E.164 where it is one that can exist; a short one of a desk as it was typed."""
    return read_phone(typed, region) or (typed if sum(map(str.isdigit, typed)) >= SHORTEST_PHONE else None)


def _chosen(visit: Visit, name: str) -> str:
    value = visit.value(name)
    return "" if value == NONE else value


def _date(typed: str) -> dt.date | None:
    return dt.date.fromisoformat(typed) if typed else None
