"""Time in the sandbox, and the events a screen lives on."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.clock import Clock, real_now
from sandbox.people import Sandbox
from sandbox.refusal import NotRendered
from sandbox.workspace import Workspace
from tests.sandbox.conftest import START, Cast


def test_a_clock_given_a_moment_stands_still() -> None:
    clock = Clock(START)
    assert clock.now() == clock.now() == START
    assert not clock.running


def test_a_clock_given_none_runs_from_the_real_time() -> None:
    clock = Clock()
    assert clock.running
    assert abs(clock.now() - real_now()) < timedelta(seconds=5)


def test_a_running_clock_goes_on_from_where_it_is_moved_to() -> None:
    clock = Clock(START, running=True)
    clock.advance(timedelta(days=1))
    assert START + timedelta(days=1) <= clock.now() < START + timedelta(days=1, seconds=5)


def test_moving_tells_every_listener() -> None:
    clock, heard = Clock(START), list[datetime]()
    clock.on_move(heard.append)
    clock.advance(timedelta(hours=1))
    clock.set(START)
    assert heard == [START + timedelta(hours=1), START]


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        Clock(START.replace(tzinfo=None))
    with pytest.raises(ValueError, match="no time zone"):
        Clock(START).set(datetime.fromisoformat("2026-03-02T09:00:00"))


async def test_moving_the_sandboxs_clock_lets_the_worker_do_what_is_due(sandbox: Sandbox) -> None:
    seen = []

    async def tick() -> None:
        seen.append(sandbox.clock.now())

    sandbox.on_clock_moved = tick
    await sandbox.move_clock(by=timedelta(days=1))
    await sandbox.move_clock(datetime(2026, 3, 9, 9, 30, tzinfo=UTC))
    assert seen == [START + timedelta(days=1), datetime(2026, 3, 9, 9, 30, tzinfo=UTC)]


async def test_a_screen_hears_what_happens_while_it_listens(workspace: Workspace, cast: Cast) -> None:
    workspace.say(cast.ana.id, cast.deals.id, "before")
    with workspace.subscribe() as events:
        message = workspace.say(cast.ana.id, cast.deals.id, "during")
        workspace.clock.advance(timedelta(hours=1))
    workspace.say(cast.ana.id, cast.deals.id, "after")
    heard = [events.get_nowait() for _ in range(events.qsize())]
    assert [(event.kind, event.channel, event.ref) for event in heard] == [
        ("message", cast.deals.id, message.ts),
        ("clock", None, None),
    ]
    assert [event.number for event in workspace.events] == list(range(1, len(workspace.events) + 1))


async def test_people_dismiss_their_own_ephemerals_only(workspace: Workspace, sandbox: Sandbox, cast: Cast) -> None:
    whisper = workspace.slackbot_says(cast.ana.id, cast.deals.id, "psst")
    with pytest.raises(NotRendered):
        sandbox.dismiss(cast.ben, whisper)
    sandbox.dismiss(cast.ana, whisper)
    assert workspace.seen_by(cast.ana.id, cast.deals.id) == []
