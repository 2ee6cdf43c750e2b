"""The second nudge: once a day, for whoever wants it, only while a promise is open, and never beside another nudge."""

from datetime import UTC, date, datetime, time

import pytest

from bot.services import changes, digests, handover, leave, members, numbering, outbox, second_nudge
from bot.services.actor import Actor
from bot.services.cards import Card
from bot.services.errors import NudgedToday
from bot.services.outbox import Hush, Taken
from bot.storage import deliveries
from bot.storage import members as kept_members
from bot.storage.engine import Database
from bot.storage.records import Delivery
from bot.storage.tables import DeliveryKind, DeliveryState, Rhythm
from language.kept import say_kept
from tests.services.test_digests import all_deliveries
from tests.support import verbs
from tests.support.cast import (
    DAY,
    HOUR,
    MINUTE,
    MONDAY,
    NOW,
    WORKSPACE,
    Cast,
    added,
    by_prospect,
    comes_at,
    fresh,
    known,
)
from tests.support.rows import everything
from tests.support.together import errors, together

MORNING = datetime(2026, 11, 23, 7, 45, tzinfo=UTC)
"""Monday 08:45 in Berlin: Ana's digest."""
AFTERNOON = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
"""Monday 15:00 in Berlin."""
TUESDAY = date(2026, 11, 24)


def wanting(db: Database, cast: Cast, on: date = MONDAY, **settings: object) -> Card:
    """Ana wants second nudges, and promised Dana a call on Monday at ten; her morning's digest was said."""
    card = added(db, cast.ana, on=on, at=time(10))
    members.set_digest(db, cast.ana, NOW, second_nudge=True, **settings)  # type: ignore[arg-type]
    digests.open_due(db, MORNING, 10)
    for taken in outbox.take(db, MORNING, 10):
        outbox.mark_sent(db, taken.delivery, "D1", str(taken.delivery.id), MORNING)
    return card


def nudges(db: Database, at: datetime = AFTERNOON) -> list[Delivery]:
    """Ana's second nudges once their moment has come."""
    second_nudge.open_due(db, at, 10)
    return all_deliveries(db, DeliveryKind.SECOND_NUDGE)


def silence(db: Database, at: datetime = AFTERNOON) -> str:
    """The logged reason for the only one."""
    (row,) = nudges(db, at)
    assert row.state is DeliveryState.SKIPPED
    return say_kept(row.reason or "")


def test_what_is_promised_and_open_is_said_once_in_the_afternoon(db: Database, cast: Cast) -> None:
    card = wanting(db, cast)
    added(db, cast.ana, "Not Promised", "Other", now=NOW - 5 * DAY)
    assert nudges(db, AFTERNOON - MINUTE) == []
    (row,) = nudges(db)
    assert (row.state, row.recipient_id, row.local_on) == (DeliveryState.PENDING, "U0ANA", MONDAY)
    shown = second_nudge.view(db, WORKSPACE, row.id, AFTERNOON)
    assert shown is not None
    assert [each.row.prospect_id for each in shown.rows] == [card.prospect.id]
    assert known(db, cast.ana).next_nudge_at == AFTERNOON + DAY
    assert len(nudges(db, AFTERNOON + HOUR)) == 1


def test_nobody_gets_it_who_did_not_ask_for_it(db: Database, cast: Cast) -> None:
    added(db, cast.ana, on=MONDAY, at=time(10))
    assert nudges(db) == []
    assert known(db, cast.ana).next_nudge_at is None


def test_many_workers_open_one(db: Database, cast: Cast) -> None:
    wanting(db, cast)
    assert errors(together(*[lambda: second_nudge.open_due(db, AFTERNOON, 10)] * 4)) == []
    assert len(all_deliveries(db, DeliveryKind.SECOND_NUDGE)) == 1


def test_answered_since_there_is_nothing_to_say(db: Database, cast: Cast) -> None:
    card = wanting(db, cast)
    verbs.log(db, cast.ana, by_prospect(card), MORNING + HOUR)
    assert silence(db) == "nothing promised is open"


def say_all(db: Database, at: datetime) -> None:
    for taken in outbox.take(db, at, 10):
        outbox.mark_sent(db, taken.delivery, "D1", str(taken.delivery.id), at)


def ignoring(db: Database, cast: Cast) -> datetime:
    """Her promise stood in three digests that she did not answer; the fourth has asked about it by this afternoon."""
    wanting(db, cast)
    for number in range(1, 4):
        nudges(db, AFTERNOON + (number - 1) * DAY)
        say_all(db, AFTERNOON + (number - 1) * DAY)
        digests.open_due(db, MORNING + number * DAY, 10)
        say_all(db, MORNING + number * DAY)
    return AFTERNOON + 3 * DAY


def test_what_the_digest_asks_about_all_at_once_is_not_named_again(db: Database, cast: Cast) -> None:
    newer = added(db, cast.ana, "Eli Wu", "Beta", on=MONDAY + 3 * DAY, at=time(10))
    at = ignoring(db, cast)
    latest = max(nudges(db, at), key=lambda each: each.local_on)
    shown = second_nudge.view(db, WORKSPACE, latest.id, at)
    assert shown is not None
    assert [each.row.prospect_id for each in shown.rows] == [newer.prospect.id]


def test_where_the_digest_asks_about_every_promise_nothing_more_is_said(db: Database, cast: Cast) -> None:
    at = ignoring(db, cast)
    latest = max(nudges(db, at), key=lambda each: each.local_on)
    assert latest.state is DeliveryState.SKIPPED
    assert say_kept(latest.reason or "") == "the digest asks about every promise that is open"


def test_a_promise_of_another_day_is_left_alone_until_it_is_due(db: Database, cast: Cast) -> None:
    wanting(db, cast, on=TUESDAY)
    assert silence(db) == "nothing promised is open"
    digests.open_due(db, MORNING + DAY, 10)
    for taken in outbox.take(db, MORNING + DAY, 10):
        outbox.mark_sent(db, taken.delivery, "D1", "2.2", MORNING + DAY)
    assert [row.state for row in nudges(db, AFTERNOON + DAY)] == [DeliveryState.SKIPPED, DeliveryState.PENDING]


def test_answered_before_it_could_be_said_it_is_not_said(db: Database, cast: Cast) -> None:
    card = wanting(db, cast)
    (row,) = nudges(db)
    verbs.log(db, cast.ana, by_prospect(card), AFTERNOON + MINUTE)
    assert second_nudge.view(db, WORKSPACE, row.id, AFTERNOON + MINUTE) is None


def test_said_it_shows_what_became_of_its_rows(db: Database, cast: Cast) -> None:
    card = wanting(db, cast)
    (row,) = nudges(db)
    outbox.mark_sent(db, row, "D1", "9.9", AFTERNOON)
    done = verbs.log(db, cast.ana, by_prospect(card), AFTERNOON + MINUTE)
    shown = second_nudge.view(db, WORKSPACE, row.id, AFTERNOON + HOUR)
    assert shown is not None
    assert [each.change and each.change.id for each in shown.rows] == [done.change.id]
    both = digests.shown_today(db, known(db, cast.ana), card.prospect.id, AFTERNOON + HOUR)
    assert [each.kind for each in both] == [DeliveryKind.DAILY, DeliveryKind.SECOND_NUDGE]


def test_its_rows_have_the_numbers_they_have_all_day(db: Database, cast: Cast) -> None:
    added(db, cast.ana, "First", "One", on=MONDAY, at=time(9))
    card = wanting(db, cast)
    with db.read() as tx:
        numbered = numbering.order(tx, cast.ana.member, MONDAY)
    (row,) = nudges(db)
    shown = second_nudge.view(db, WORKSPACE, row.id, AFTERNOON)
    assert shown is not None
    assert [each.number for each in shown.rows] == [numbered.index(each.row.step_id) + 1 for each in shown.rows]
    assert {each.row.prospect_id for each in shown.rows} >= {card.prospect.id}


def test_in_a_pause_it_is_silent(db: Database, cast: Cast) -> None:
    wanting(db, cast)
    members.pause(db, cast.ana, TUESDAY, MORNING + HOUR)
    assert silence(db) == "paused until Tue 24 Nov"


def test_on_leave_it_is_silent(db: Database, cast: Cast) -> None:
    wanting(db, cast)
    leave.take(db, fresh(db, cast.ana), MONDAY, MONDAY, MORNING + HOUR)
    assert silence(db) == "on leave until Mon 23 Nov"


@pytest.mark.parametrize(
    ("values", "at", "reason"),
    [
        ({"dm_channel": "D1"}, AFTERNOON + 3 * HOUR + MINUTE, "more than 3 hours late: it merges into the next"),
        ({"workdays": frozenset({1})}, AFTERNOON, "a day off"),
        ({"closes_time": time(14)}, AFTERNOON, "outside her hours"),
        ({"is_deleted": True}, AFTERNOON, "deactivated in Slack"),
        ({"next_digest_at": AFTERNOON + HOUR}, AFTERNOON, "today's digest is still to come"),
        ({"next_recap_at": AFTERNOON + HOUR}, AFTERNOON, "the weekly recap comes today and says it"),
    ],
)
def test_every_other_silence_has_its_reason(
    db: Database, cast: Cast, values: dict[str, object], at: datetime, reason: str
) -> None:
    wanting(db, cast)
    with db.begin() as tx:
        kept_members.change(tx, WORKSPACE, "U0ANA", **values)
    assert silence(db, at) == reason


def test_while_the_digest_waits_to_be_said_there_is_no_second(db: Database, cast: Cast) -> None:
    added(db, cast.ana, on=MONDAY, at=time(10))
    members.set_digest(db, cast.ana, NOW, second_nudge=True)
    digests.open_due(db, MORNING, 10)
    assert silence(db) == "today's digest is still to come"


def test_after_a_teammates_nudge_there_is_no_other_that_day(db: Database, cast: Cast) -> None:
    card = wanting(db, cast)
    handover.nudge(db, cast.cleo, by_prospect(card), MORNING + HOUR)
    assert silence(db) == "nudged today already"


def test_a_teammates_nudge_after_it_comes_on_the_next_working_day(db: Database, cast: Cast) -> None:
    card = wanting(db, cast)
    (row,) = nudges(db)
    outbox.mark_sent(db, row, "D1", "9.9", AFTERNOON)
    sent = handover.nudge(db, cast.cleo, by_prospect(card), AFTERNOON + HOUR)
    assert comes_at(db, sent, AFTERNOON + HOUR) == datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
    with pytest.raises(NudgedToday):
        handover.nudge(db, cast.ben, by_prospect(card), AFTERNOON + 2 * HOUR)


def test_a_nudge_that_was_put_off_counts_on_the_day_it_is_said(db: Database, cast: Cast) -> None:
    """Ben nudges Ana late on Monday evening; on Tuesday she hears of it, and of nothing else."""
    card = wanting(db, cast)
    handover.nudge(db, cast.ben, by_prospect(card), AFTERNOON + 5 * HOUR)
    with pytest.raises(NudgedToday):
        handover.nudge(db, cast.cleo, by_prospect(card), AFTERNOON + 19 * HOUR)


def test_of_two_that_meet_in_the_outbox_the_second_waits_or_falls_silent(db: Database, cast: Cast) -> None:
    """They were opened at the same instant and neither saw the other."""
    card = wanting(db, cast)
    (ours,) = nudges(db)
    sent = handover.nudge(db, cast.cleo, by_prospect(card), AFTERNOON)
    with db.begin() as tx:
        deliveries.change(tx, WORKSPACE, sent.delivery_id or 0, not_before_at=AFTERNOON, local_on=MONDAY)
    taken = {each.delivery.kind: each for each in outbox.take(db, AFTERNOON, 10)}
    assert outbox.crowded(db, taken[DeliveryKind.NUDGE], AFTERNOON) is None
    outbox.mark_sent(db, taken[DeliveryKind.SECOND_NUDGE].delivery, "D1", "9.9", AFTERNOON)
    held = outbox.crowded(db, taken[DeliveryKind.NUDGE], AFTERNOON)
    assert held == Hush("nudged today already", datetime(2026, 11, 24, 7, 0, tzinfo=UTC))
    outbox.mark_sent(db, taken[DeliveryKind.NUDGE].delivery, "D1", "9.8", AFTERNOON)
    again = outbox.crowded(db, Taken(ours, known(db, cast.ana), unsettled=False), AFTERNOON)
    assert again == Hush("nudged today already", None)


def test_it_is_said_in_her_hours_or_never(db: Database, cast: Cast) -> None:
    wanting(db, cast)
    nudges(db)
    (taken,) = outbox.take(db, AFTERNOON, 10)
    assert outbox.hush(taken, AFTERNOON + 2 * HOUR) is None
    assert outbox.hush(taken, AFTERNOON + 4 * HOUR) == Hush("outside her hours", None)
    until = outbox.disturbed(taken.delivery, known(db, cast.ana), AFTERNOON + HOUR)
    assert until == Hush("do not disturb", AFTERNOON + HOUR)
    assert outbox.disturbed(taken.delivery, known(db, cast.ana), AFTERNOON + 4 * HOUR).until_at is None


def test_with_a_weekly_digest_it_comes_on_that_day_only(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, second_nudge=True, rhythm=Rhythm.WEEKLY)
    assert known(db, cast.ana).next_nudge_at == AFTERNOON
    nudges(db)
    assert known(db, cast.ana).next_nudge_at == AFTERNOON + 7 * DAY


def test_with_the_digest_off_nothing_is_planned(db: Database, cast: Cast) -> None:
    members.set_digest(db, cast.ana, NOW, second_nudge=True, recap=True, digest_on=False)
    ana = known(db, cast.ana)
    assert (ana.next_digest_at, ana.next_nudge_at, ana.next_recap_at) == (None, None, None)


def test_the_setting_is_undone_exactly_with_the_moment_it_set(db: Database, cast: Cast) -> None:
    before = everything(db, cursors=True)
    done = members.set_digest(db, cast.ana, NOW, second_nudge=True, recap=True)
    assert known(db, cast.ana).next_nudge_at == AFTERNOON
    changes.undo(db, cast.ana, done.change.id, NOW)
    members.replan_digest(db, WORKSPACE, "U0ANA", NOW)
    assert everything(db, cursors=True) == before


def test_everybody_sets_her_own(db: Database, cast: Cast) -> None:
    def wants(actor: Actor) -> bool:
        return known(db, actor).second_nudge

    members.set_digest(db, cast.ben, NOW, second_nudge=True)
    assert (wants(cast.ben), wants(cast.ana), wants(cast.otto)) == (True, False, False)


def test_it_is_not_seen_from_another_workspace(db: Database, cast: Cast) -> None:
    wanting(db, cast)
    (row,) = nudges(db)
    assert second_nudge.view(db, cast.otto.workspace_id, row.id, AFTERNOON) is None
    assert digests.view(db, WORKSPACE, row.id, AFTERNOON) is None
