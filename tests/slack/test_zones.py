"""Zones as people write them, in the languages whose dates and amounts are read."""

from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.slack.reading import zones

WRITTEN = {
    "Europe/Lisbon": "Europe/Lisbon", "lisbon": "Europe/Lisbon", "Lissabon": "Europe/Lisbon",
    "Lisbonne": "Europe/Lisbon", "Lisboa": "Europe/Lisbon", "Lissabon ": "Europe/Lisbon", "Wien": "Europe/Vienna",
    "Viena": "Europe/Vienna", "new york": "America/New_York", "New_York": "America/New_York",
    "Nueva York": "America/New_York", "São Paulo": "America/Sao_Paulo", "Zürich": "Europe/Zurich",
    "Londen": "Europe/London", "Kalkutta": "Asia/Kolkata", "Kiew": "Europe/Kyiv", "Istanbul": "Europe/Istanbul",
    "Mexiko-Stadt": "America/Mexico_City", "Buenos Aires": "America/Argentina/Buenos_Aires",
}  # fmt: skip


@pytest.mark.parametrize(("words", "zone"), WRITTEN.items())
def test_a_zone_or_its_city_is_understood(words: str, zone: str) -> None:
    assert zones.named(words) == zone


@pytest.mark.parametrize("words", ["", "eastern", "central", "Atlantis", "Unbekannt", "unknown city", "Europe"])
def test_a_name_of_two_zones_or_of_none_is_not_taken(words: str) -> None:
    assert zones.named(words) is None


def test_every_zone_is_understood_by_its_own_name() -> None:
    assert {zone: zones.named(zone) for zone in available_timezones()} == {zone: zone for zone in available_timezones()}


def test_no_city_is_ever_a_zone_that_is_not_there() -> None:
    assert all(ZoneInfo(zone) for zone in zones._cities().values())
