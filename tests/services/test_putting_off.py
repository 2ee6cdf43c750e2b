"""Many follow-ups snoozed at once: spread over the days with room, promises stay, one undo restores all exactly."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.services import changes, digests, putting_off, rows
from bot.services.actor import Actor
from bot.services.cards import Card
from bot.services.errors import DomainError, InvalidInput, MovedOn
from bot.services.putting_off import Group
from bot.storage import steps
from bot.storage.engine import Database
from bot.storage.tables import StepEnd
from bot.views import batch
from cadences import calendar
from tests.support import verbs
from tests.support.cast import DAY, MINUTE, MONDAY, NOW, Cast, added, by_prospect, shown, step_of
from tests.support.rows import everything

TUESDAY = MONDAY + timedelta(days=1)
DUE = NOW + 10 * DAY
"""A Monday when what was due on and after the Friday before last is late."""
NEXT_DAY = (DUE + DAY).date()


def late(db: Database, actor: Actor, count: int, **details: int) -> list[Card]:
    """So many who have been due for days."""
    return [added(db, actor, f"Sam Sample {n}", f"Sample {n}", now=NOW - DAY, **details) for n in range(count)]  # type: ignore[arg-type]


def days_of(db: Database, actor: Actor, cards: list[Card]) -> list[object]:
    return [calendar.local_date(step_of(shown(db, actor, card)).due_at, actor.member.calendar.zone) for card in cards]


def refused(db: Database, error: type[DomainError], act: Callable[[], object]) -> None:
    before = everything(db)
    with pytest.raises(error):
        act()
    assert everything(db) == before


def test_all_that_is_overdue_is_put_off_together_and_brought_back_with_one_undo(db: Database, cast: Cast) -> None:
    cards = late(db, cast.ana, 3)
    before = everything(db)
    result = putting_off.snooze_all(db, cast.ana, Group.OVERDUE, NEXT_DAY, DUE)
    assert days_of(db, cast.ana, cards) == [NEXT_DAY] * 3
    assert len(result.parts) == 3
    assert all(shown(db, cast.ana, card).last_touch is None for card in cards)
    assert [step_of(shown(db, cast.ana, card)).snoozes for card in cards] == [1, 1, 1]
    changes.undo(db, cast.ana, None, DUE + MINUTE)
    assert everything(db) == before


def test_no_day_gets_more_than_the_cap(db: Database, cast: Cast) -> None:
    ana = replace(cast.ana, member=replace(cast.ana.member, due_cap=2, new_cap=2))
    cards = late(db, ana, 5)
    putting_off.snooze_all(db, ana, Group.OVERDUE, NEXT_DAY, DUE)
    days = days_of(db, ana, cards)
    assert max(days.count(day) for day in days) == 2
    assert min(days, key=str) == NEXT_DAY


def test_promises_stay_and_are_named(db: Database, cast: Cast) -> None:
    kept = added(db, cast.ana, on=MONDAY)
    late(db, cast.ana, 1)
    result = putting_off.snooze_all(db, cast.ana, Group.ALL, NEXT_DAY, DUE)
    assert [prospect.id for prospect in result.promised] == [kept.prospect.id]
    assert step_of(shown(db, cast.ana, kept)).id == step_of(kept).id


def test_low_is_what_is_neither_large_nor_near_its_close_date(db: Database, cast: Cast) -> None:
    (large,) = late(db, cast.ana, 1, value_minor=50_000_00)
    small = added(db, cast.ana, "Pia Probe", "Probeco", now=DUE - 3 * DAY)
    near = added(db, cast.ana, "Nia Near", "Nearco", now=DUE - 3 * DAY, close_on=NEXT_DAY)
    result = putting_off.snooze_all(db, cast.ana, Group.LOW, NEXT_DAY, DUE)
    assert [each.change.prospect_id for each in result.parts] == [small.prospect.id]
    for card in (large, near):
        assert step_of(shown(db, cast.ana, card)).id == step_of(card).id


def test_more_than_one_change_has_time_for_are_counted_and_reached_by_the_same_line(
    db: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The longest due go first, also those that no list has room for, and nobody is passed over in silence."""
    monkeypatch.setattr(putting_off, "AT_ONCE", 3)
    monkeypatch.setattr(rows, "DUE_AT_MOST", 2)
    cards = late(db, cast.ana, 5)
    first = putting_off.snooze_all(db, cast.ana, Group.ALL, NEXT_DAY, DUE)
    assert [each.change.prospect_id for each in first.parts] == [card.prospect.id for card in cards[:3]]
    assert first.left == 2
    told = batch.put_off(first, cast.ana.member, DUE)
    assert "I put off 3 at a time: 2 more stay where they are. Type the same line again for them." in told.text
    second = putting_off.snooze_all(db, cast.ana, Group.ALL, NEXT_DAY, DUE)
    assert (len(second.parts), second.left) == (2, 0)
    assert "at a time" not in batch.put_off(second, cast.ana.member, DUE).text


def test_rows_are_put_off_by_their_numbers_promises_too(db: Database, cast: Cast) -> None:
    for name in ("Dana Li", "Sam Sample", "Pia Probe"):
        added(db, cast.ana, name, name, on=MONDAY)
    view = digests.my_day(db, cast.ana.member, NOW + 3 * DAY)
    result = putting_off.snooze_all(db, cast.ana, (2, 3), TUESDAY, NOW + 3 * DAY)
    assert [each.change.prospect_id for each in result.parts] == [item.row.prospect_id for item in view.rows[1:]]
    still = digests.my_day(db, cast.ana.member, NOW + 3 * DAY)
    assert [item.row for item in still.rows] == [view.rows[0].row]


def test_a_row_that_moved_on_a_strange_number_or_a_past_date_changes_nothing(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, on=MONDAY)
    added(db, cast.ana, "Sam Sample", "Sample Ltd", on=MONDAY)
    now = NOW + 3 * DAY
    digests.my_day(db, cast.ana.member, now)
    refused(db, InvalidInput, lambda: putting_off.snooze_all(db, cast.ana, (1, 9), TUESDAY, now))
    refused(db, InvalidInput, lambda: putting_off.snooze_all(db, cast.ana, (1,), MONDAY - timedelta(days=5), now))
    verbs.log(db, cast.ana, by_prospect(card), now)
    refused(db, MovedOn, lambda: putting_off.snooze_all(db, cast.ana, (1, 2), TUESDAY, now + MINUTE))


def test_everybody_puts_off_her_own_only(db: Database, cast: Cast) -> None:
    late(db, cast.ana, 2)
    for stranger in (cast.ben, cast.cleo, cast.otto):
        refused(db, InvalidInput, lambda: putting_off.snooze_all(db, stranger, Group.ALL, NEXT_DAY, DUE))  # noqa: B023


def test_each_is_a_snooze_and_no_touch(db: Database, cast: Cast) -> None:
    (card,) = late(db, cast.ana, 1)
    putting_off.snooze_all(db, cast.ana, Group.ALL, NEXT_DAY, DUE)
    with db.read() as tx:
        closed = steps.get(tx, cast.ana.workspace_id, step_of(card).id)
    assert closed is not None
    assert closed.ended_as is StepEnd.SNOOZED
