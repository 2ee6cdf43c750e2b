"""The time zone that a telephone number gives away, where it gives away one."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from phonenumbers import timezone

COMPARED_FROM = datetime(2026, 1, 1, 12, tzinfo=UTC)
COMPARED_DAYS = 6 * 366
"""Zones whose clocks agree on every noon of these years are one in effect, whatever they did in the past."""

NUMBERS_KEPT = 1024
ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=NUMBERS_KEPT)
def zone_of_phone(phone: str) -> str | None:
    """The IANA zone of an international number (`+1 415 …`); None where it could be in zones that differ."""
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return None
    zones = timezone.time_zones_for_number(number)
    if any(_offsets(zone) is None or _offsets(zone) != _offsets(zones[0]) for zone in zones):
        return None
    return _best_known(zones, number)


def _best_known(zones: Sequence[str], number: phonenumbers.PhoneNumber) -> str | None:
    """Of equal zones the one of the country's sample number: a British mobile is in London, not in Guernsey."""
    region = phonenumbers.region_code_for_country_code(number.country_code or 0)
    sample = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.FIXED_LINE)
    usual = timezone.time_zones_for_number(sample) if sample else ()
    return next((zone for zone in usual if zone in zones), zones[0] if zones else None)


@cache
def _offsets(zone: str) -> tuple[timedelta | None, ...] | None:
    """What the zone's clocks show against UTC, day by day; None for a zone that this machine does not know."""
    try:
        known = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return None
    return tuple((COMPARED_FROM + days * ONE_DAY).astimezone(known).utcoffset() for days in range(COMPARED_DAYS))
