"""What can be chosen for a snooze: real dates, and one after a date of theirs that is known."""

from datetime import date, time
from typing import Any

import pytest

from bot.services import facts, prospects, touches
from bot.services.details import Details
from bot.storage.engine import Database
from bot.views.step_buttons import snooze_menu
from tests.support.cast import DAY, MONDAY, NOW, TODAY, Cast, added, by_prospect, shown, step_of

WEDNESDAY = date(2026, 11, 25)
IN_A_MONTH = date(2026, 12, 18)


def labels(db: Database, cast: Cast, card: Any) -> list[str]:
    now = shown(db, cast.ana, card)
    their_on = facts.their_date(now.prospect, step_of(now), cast.ana.member, TODAY)
    menu = snooze_menu("Dana Li", cast.ana.member, NOW, their_on)
    return [choice["text"]["text"] for choice in menu["options"]]


def test_every_preset_says_its_date_and_tomorrow_on_a_friday_is_monday(db: Database, cast: Cast) -> None:
    assert labels(db, cast, added(db, cast.ana)) == [
        "Monday 23 Nov (tomorrow is Saturday)",
        "3 business days: Wed 25 Nov",
        "Next week: Fri 27 Nov",
        "2 weeks: Fri 4 Dec",
        "Pick a date…",
    ]


def test_after_what_was_promised(db: Database, cast: Cast) -> None:
    assert "After their date: Thu 26 Nov" in labels(db, cast, added(db, cast.ana, on=WEDNESDAY, at=time(10)))


def test_after_they_decide(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    prospects.edit(db, cast.ana, by_prospect(card), Details("Dana Li", "Acme", close_on=IN_A_MONTH), None, NOW)
    assert "After their date: Mon 21 Dec" in labels(db, cast, card)


def test_after_they_are_back(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    touches.out_of_office(db, cast.ana, by_prospect(card), date(2026, 12, 9), NOW)
    assert "After their date: Thu 10 Dec" in labels(db, cast, card)


@pytest.mark.parametrize("close_on", [TODAY - 3 * DAY, None])
def test_a_date_that_has_passed_is_not_offered(db: Database, cast: Cast, close_on: date | None) -> None:
    card = added(db, cast.ana)
    prospects.edit(db, cast.ana, by_prospect(card), Details("Dana Li", "Acme", close_on=close_on), None, NOW)
    assert not any("their date" in label for label in labels(db, cast, card))


def test_the_nearest_of_their_dates_is_meant(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, on=MONDAY)
    prospects.edit(db, cast.ana, by_prospect(card), Details("Dana Li", "Acme", close_on=IN_A_MONTH), None, NOW)
    assert "After their date: Tue 24 Nov" in labels(db, cast, card)
    assert step_of(shown(db, cast.ana, card)).promised
