"""What is kept about a prospect, how it is kept, and what can't be."""

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any
from zoneinfo import available_timezones

from bot.services.amounts import Money
from bot.services.errors import InvalidInput
from bot.services.names import key_of
from bot.storage.records import Prospect
from cadences.model import OPEN_STAGES, Channel, Stage, Temperature
from language import say

NAME_LENGTH = 200
LENGTHS = dict.fromkeys(("name", "company", "role", "source", "industry"), NAME_LENGTH)
LENGTHS |= {"email": 320, "phone": 40, "currency": 3, "profile_url": 500}
JOINERS = "\u200c\u200d"
"""They hold emoji and Persian words together and are no control characters, whatever Unicode calls them."""
VALUE_AT_MOST = 10**15
"""In minor units: ten trillion dollars; a longer number is a slip of the finger."""
ZONES = available_timezones()


@dataclass(frozen=True, slots=True)
class Details:
    """What is kept about a prospect; everything but the name may be missing."""

    name: str
    company: str | None = None
    role: str | None = None
    email: str | None = None
    phone: str | None = None
    value_minor: int | None = None
    currency: str | None = None
    stage: Stage = Stage.NEW
    source: str | None = None
    close_on: date | None = None
    zone: str | None = None
    industry: str | None = None
    renewal_on: date | None = None
    temperature: Temperature | None = None
    """As somebody sees it; None: as the score tells."""
    preferred_channel: Channel | None = None
    best_time: time | None = None
    """On their wall clock."""
    profile_url: str | None = None
    currency_assumed: bool = False
    """Nobody named the currency; said of the amount, and not kept."""


def check(details: Details) -> None:
    """InvalidInput for a value that can't be kept."""
    if not _clean(details.name):
        raise InvalidInput("name", say("a prospect needs a name"), "add Dana Li, Acme")
    for field, length in LENGTHS.items():
        if len(getattr(details, field) or "") > length:
            raise InvalidInput(field, say("at most {length} characters", length=length))
    if details.value_minor is not None and not 0 <= details.value_minor <= VALUE_AT_MOST:
        raise InvalidInput("value", say("that amount can't be right"), "$12k")
    if details.zone is not None and details.zone not in ZONES:
        raise InvalidInput("zone", say("I know no time zone “{zone}”", zone=details.zone[:40]), "Europe/Lisbon")
    if details.stage not in OPEN_STAGES:
        raise InvalidInput("stage", say("won, lost and parked have commands of their own"), "won acme 12k")


def in_kept_currency(details: Details, kept: Prospect) -> Details:
    """What is said about somebody who is known: an amount without a sign is in the currency that theirs has."""
    if not details.currency_assumed or details.value_minor is None:
        return details
    value_minor, currency = kept_amount(details.value_minor, details.currency, kept)
    return replace(details, value_minor=value_minor, currency=currency, currency_assumed=False)


def kept_amount(value_minor: int, currency: str | None, kept: Prospect) -> tuple[int, str | None]:
    """An amount whose currency nobody named, in the one that the deal has, where it has one."""
    if kept.currency is None or currency is None:
        return value_minor, currency
    amount = Money(value_minor, currency).counted_in(kept.currency)
    if amount is None:
        raise InvalidInput("value", say("that amount can't be right"))
    return amount.amount_minor, amount.currency


def columns(details: Details) -> dict[str, Any]:
    """A prospect's row as far as the details go."""
    name, company = _clean(details.name) or "", _clean(details.company)
    return {
        "name": name,
        "name_key": key_of(name),
        "company": company,
        "company_key": key_of(company) if company else None,
        "role": _clean(details.role),
        "email": (_clean(details.email) or "").casefold() or None,
        "phone": _clean(details.phone),
        "value_minor": details.value_minor,
        "currency": details.currency if details.value_minor is not None else None,
        "stage": details.stage,
        "source": _clean(details.source),
        "close_on": details.close_on,
        "zone": details.zone,
        "industry": _clean(details.industry),
        "renewal_on": details.renewal_on,
        "temperature": details.temperature,
        "preferred_channel": details.preferred_channel,
        "best_time": details.best_time,
        "profile_url": _clean(details.profile_url),
    }


def _clean(text: str | None) -> str | None:
    """One line without control characters; something to see must be left."""
    if text is None:
        return None
    kept = "".join(char if char.isprintable() or char in JOINERS else " " for char in text)
    return " ".join(kept.split()) if any(char.isprintable() and char != " " for char in kept) else None
