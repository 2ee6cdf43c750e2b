"""How a member writes dates, numbers and telephone numbers, from her Slack locale."""

from collections.abc import Mapping
from typing import Any

from bot.services.amounts import home_currency
from bot.slack.reading.date_rules import DateOrder
from bot.slack.reading.line import Prefs
from bot.storage.records import Member, Shorthand

MONTH_FIRST = frozenset({"US", "PH"})


def prefs_of(member: Member) -> Prefs:
    """What the reading of a typed line depends on beside its words."""
    region = region_of(member)
    return Prefs(region, home_currency(member.locale), order_of(member), member.workdays)


def capture_prefs(member: Member, shorthands: Mapping[str, Shorthand] | None = None) -> dict[str, Any]:
    """The same, as the reader of an add line takes it; with her shorthands where such a line is read."""
    prefs = prefs_of(member)
    return {
        "default_region": prefs.default_region,
        "default_currency": prefs.default_currency,
        "date_order": prefs.date_order,
        "workdays": prefs.workdays,
        "shorthands": shorthands or {},
    }


def region_of(member: Member) -> str | None:
    """``US`` of ``en-US``; None where the locale names no country."""
    region = member.locale.replace("_", "-").partition("-")[2].upper()
    return region or None


def order_of(member: Member) -> DateOrder | None:
    """Slack sets en-US for everybody who never chose a language, so it decides nothing: 4/5 is asked."""
    region = region_of(member)
    return None if region is None or region in MONTH_FIRST else "dmy"
