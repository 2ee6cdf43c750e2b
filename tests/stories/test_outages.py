"""Slack is slow, refuses, breaks off, or is down: a digest comes once or with a reason why not."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot import gateway
from bot.storage.tables import DeliveryState
from bot.views import ids
from sandbox.faults import EVERY, DroppedAfterSuccess, RefusedConnection
from tests.stories.conftest import Opened
from tests.support.app import Story, read

FRIDAY_MORNING = datetime(2026, 11, 20, 7, 45, tzinfo=UTC)
MONDAY_MORNING = datetime(2026, 11, 23, 7, 45, tzinfo=UTC)
DANA = "add Dana Li, Acme, $12k, call tomorrow 10am"
POST = "chat.postMessage"
MAY_LOOK = {"im:history"}
OUTAGE = 2_000
"""More faults than anybody calls."""


def state_of(story: Story) -> tuple[DeliveryState, str | None]:
    (only,) = story.outbox()
    return only.state, only.reason


async def test_a_rate_limited_digest_comes_after_the_wait(both: Story) -> None:
    both.expected_refusals = {"ratelimited"}
    await both.told(both.ana, DANA)
    both.sandbox.faults.rate_limited(POST, retry_after=7)
    await both.moves_to(FRIDAY_MORNING)
    await both.waits(seconds=6)
    assert both.messages(both.ana) == []
    await both.waits(seconds=1)
    assert len(both.messages(both.ana)) == 1
    assert state_of(both)[0] is DeliveryState.SENT


async def test_a_long_rate_limit_is_waited_for_however_often_it_is_said(story: Story) -> None:
    story.expected_refusals = {"ratelimited"}
    await story.told(story.ana, DANA)
    story.sandbox.faults.rate_limited(POST, retry_after=60, times=20)
    await story.moves_to(FRIDAY_MORNING)
    for _ in range(20):
        await story.waits(minutes=1)
    assert len(story.messages(story.ana)) == 1


@pytest.mark.parametrize("scopes", [(), MAY_LOOK], ids=["may not look", "may look"])
async def test_an_answer_dropped_after_success_is_never_two_digests(opened: Opened, scopes: set[str]) -> None:
    """The digest stands there, and we don't know. With im:history it is found by its number and adopted."""
    async with opened(scopes=scopes) as story:
        story.expected_refusals = set() if scopes else {"missing_scope"}
        await story.told(story.ana, DANA)
        story.sandbox.faults.dropped_after_success(POST)
        await story.moves_to(FRIDAY_MORNING)
        assert state_of(story)[0] is DeliveryState.LEASED
        for _ in range(3):
            await story.waits(minutes=1)
        assert len(story.messages(story.ana)) == 1
        assert state_of(story)[0] is (DeliveryState.SENT if scopes else DeliveryState.FAILED)
        if scopes:
            await story.clicks(story.ana, story.digest(story.ana), ids.MORE, ids.REPLIED)
            assert "1 of 1 done" in read(story.digest(story.ana))


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_server_error_is_looked_into_and_said_once(opened: Opened, status: int) -> None:
    async with opened(scopes=MAY_LOOK) as story:
        await story.told(story.ana, DANA)
        story.sandbox.faults.server_error(POST, status)
        await story.moves_to(FRIDAY_MORNING)
        assert story.messages(story.ana) == []
        await story.waits(seconds=31)
        assert len(story.messages(story.ana)) == 1


@pytest.mark.parametrize("code", ["internal_error", "fatal_error"])
async def test_slacks_own_unclear_errors_count_as_not_known(opened: Opened, code: str) -> None:
    async with opened(scopes=MAY_LOOK) as story:
        story.expected_refusals = {code}
        await story.told(story.ana, DANA)
        story.sandbox.faults.error(POST, code)
        await story.moves_to(FRIDAY_MORNING)
        await story.waits(seconds=31)
        assert len(story.messages(story.ana)) == 1


async def test_a_refusal_is_kept_with_its_reason_and_not_repeated(story: Story) -> None:
    story.expected_refusals, story.expected_alarms = {"restricted_action"}, {"delivery_refused"}
    await story.told(story.ana, DANA)
    story.sandbox.faults.error(POST, "restricted_action")
    await story.moves_to(FRIDAY_MORNING)
    await story.waits(minutes=5)
    assert state_of(story) == (DeliveryState.FAILED, "restricted_action")
    assert len(story.sandbox.calls_of(POST)) == 1


async def test_a_slow_answer_that_is_given_up_is_found_and_not_said_again(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway, "TIMEOUT_SECONDS", 0.1)
    async with opened(scopes=MAY_LOOK) as story:
        await story.told(story.ana, DANA)
        gate = asyncio.Event()
        story.sandbox.faults.slow(POST, gate)
        await story.moves_to(FRIDAY_MORNING)
        gate.set()
        await story.waits(seconds=31)
        assert len(story.messages(story.ana)) == 1
        assert state_of(story)[0] is DeliveryState.SENT


@pytest.mark.parametrize("hours", [1, 2])
async def test_slack_down_for_an_hour_or_two_makes_the_digest_late(opened: Opened, hours: int) -> None:
    async with opened(scopes=MAY_LOOK) as story:
        await story.told(story.ana, DANA)
        story.sandbox.faults.server_error(EVERY, 503, times=OUTAGE)
        await story.moves_to(FRIDAY_MORNING)
        for _ in range(hours * 6):
            await story.waits(minutes=10)
        story.sandbox.faults.clear()
        await story.waits(minutes=10)
        assert len(story.messages(story.ana)) == 1


@pytest.mark.parametrize("scopes", [(), MAY_LOOK], ids=["may not look", "may look"])
async def test_slack_down_for_four_hours_merges_into_the_next_digest(opened: Opened, scopes: set[str]) -> None:
    async with opened(scopes=scopes) as story:
        await story.told(story.ana, DANA)
        story.sandbox.faults.server_error(EVERY, 503, times=OUTAGE)
        await story.moves_to(FRIDAY_MORNING)
        for _ in range(8):
            await story.waits(minutes=30)
        story.sandbox.faults.clear()
        await story.waits(minutes=30)
        assert story.messages(story.ana) == []
        assert state_of(story) == (DeliveryState.SKIPPED, "more than 3 hours late: it merges into the next")
        await story.moves_to(MONDAY_MORNING)
        assert len(story.messages(story.ana)) == 1
        assert "Dana Li" in story.digest(story.ana).text


async def test_the_app_down_for_days_sends_one_digest_and_a_reason_for_each_day_missed(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.moves_to(datetime(2026, 11, 25, 8, 0, tzinfo=UTC))
    assert len(story.messages(story.ana)) == 1
    states = [each.state for each in story.outbox()]
    assert states == [*([DeliveryState.SKIPPED] * (len(states) - 1)), DeliveryState.SENT]


@pytest.mark.parametrize("said", [False, True], ids=["before the post", "after the post"])
async def test_a_worker_killed_between_lease_and_mark_is_settled_by_looking(opened: Opened, *, said: bool) -> None:
    """Its lease runs out; the next worker looks whether the message stands there."""
    async with opened(scopes=MAY_LOOK) as story:
        await story.told(story.ana, DANA)
        story.sandbox.faults.add(POST, DroppedAfterSuccess() if said else RefusedConnection())
        await story.moves_to(FRIDAY_MORNING)
        assert len(story.messages(story.ana)) == int(said)
        await story.waits(seconds=29)
        assert len(story.messages(story.ana)) == int(said)
        await story.waits(seconds=2)
        assert len(story.messages(story.ana)) == 1
        assert state_of(story)[0] is DeliveryState.SENT


async def test_a_redraw_that_is_rate_limited_is_drawn_after_the_wait(story: Story) -> None:
    story.expected_refusals = {"ratelimited"}
    await story.told(story.ana, DANA)
    await story.moves_to(FRIDAY_MORNING)
    story.sandbox.faults.rate_limited("chat.update", retry_after=0)
    await story.clicks(story.ana, story.digest(story.ana), ids.MORE, ids.REPLIED)
    assert "1 of 1 done" in read(story.digest(story.ana))


async def test_a_change_stands_though_slack_can_not_draw_it(story: Story) -> None:
    """What is committed is committed; the next redraw shows it."""
    story.expected_alarms = {"redraw_refused"}
    await story.told(story.ana, DANA)
    await story.told(story.ana, "add Eli Wu, Beta, call tomorrow 11am")
    await story.moves_to(FRIDAY_MORNING)
    story.sandbox.faults.server_error("chat.update")
    await story.clicks(story.ana, story.digest(story.ana), ids.MORE, ids.REPLIED, row="Dana Li")
    assert "2 promised" in read(story.digest(story.ana))
    await story.clicks(story.ana, story.digest(story.ana), ids.MORE, ids.REPLIED, row="Eli Wu")
    assert "2 of 2 done" in read(story.digest(story.ana))


async def test_an_address_that_can_not_be_reached_was_certainly_not_told() -> None:
    """Nobody listens there: unlike a lost answer this may be said again."""
    voice = gateway.Gateway("xoxb-sample", "http://127.0.0.1:1/api/")
    await voice.open()
    try:
        assert await voice.post("C0SAMPLE", "hello") == gateway.Later(gateway.NO_CONNECTION_SECONDS)
    finally:
        await voice.close()
