"""What is kept now is said later in the language of whoever reads it then."""

from datetime import date, time

import pytest

from language import places, speaking
from language.kept import keep, keep_n, say_kept

MONDAY = date(2026, 11, 23)


def in_german(kept: str) -> str:
    with speaking("de-DE"):
        return say_kept(kept)


def test_a_text_without_values_is_kept_as_it_stands_and_said_in_any_language() -> None:
    assert keep("switched off") == "switched off"
    assert (say_kept("switched off"), in_german("switched off")) == ("switched off", "ausgeschaltet")


def test_its_days_and_times_are_written_as_their_reader_writes_them() -> None:
    day, clock = keep("on leave until {day}", day=MONDAY), keep("after {time}: it merges into the next", time=time(18))
    assert (say_kept(day), in_german(day)) == ("on leave until Mon 23 Nov", "im Urlaub bis Mo., 23. November")
    assert say_kept(clock) == "after 18:00: it merges into the next"
    assert in_german(clock).startswith("nach 18:00: ")


@pytest.mark.parametrize(("count", "said"), [(1, "aufgegeben nach 1 Versuch"), (3, "aufgegeben nach 3 Versuchen")])
def test_a_number_takes_its_form_and_a_text_inside_is_said_too(count: int, said: str) -> None:
    texts = "given up after {count} try: {reason}", "given up after {count} tries: {reason}"
    kept = keep_n(*texts, count, reason="switched off")
    assert in_german(kept) == f"{said}: ausgeschaltet"


@pytest.mark.parametrize("words", ["channel_not_found", "{name}", '{"say": broken', "on leave until Fri 27 Nov", ""])
def test_what_was_never_one_of_our_texts_is_said_as_it_stands(words: str) -> None:
    assert (say_kept(words), in_german(words)) == (words, words)


def test_what_people_wrote_is_never_taken_for_a_placeholder() -> None:
    kept = keep("on leave until {day}", day="{day} {0}")
    assert say_kept(kept) == "on leave until {day} {0}"


def test_a_zone_is_called_by_its_city_in_the_language_of_its_reader() -> None:
    zones = ("Europe/Lisbon", "America/New_York", "America/Argentina/Buenos_Aires", "UTC")
    assert [places.zone(zone) for zone in zones] == list(zones)
    assert [places.city(zone) for zone in zones] == ["Lisbon", "New York", "Buenos Aires", "UTC"]
    with speaking("de-DE"):
        assert [places.zone(zone) for zone in zones] == ["Lissabon", "New York", "Buenos Aires", "UTC"]
    with speaking("fr-FR"):
        assert places.zone("Europe/Lisbon") == "Lisbonne"
