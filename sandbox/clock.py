"""The sandbox's own time: frozen for tests, running for the demo, movable in both."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Listener = Callable[[datetime], None]


class Clock:
    """Tells the workspace what time it is; frozen at a moment, or running on from one."""

    def __init__(self, at: datetime | None = None, *, running: bool | None = None) -> None:
        """Starts at ``at``, or at the real time; frozen exactly when ``at`` is given, unless told otherwise."""
        self._running = (at is None) if running is None else running
        self._listeners: list[Listener] = []
        self._base = real_now() if at is None else _aware(at)
        self._started = time.monotonic()

    @property
    def running(self) -> bool:
        """Whether time passes by itself."""
        return self._running

    def now(self) -> datetime:
        """The sandbox's moment, aware and in UTC."""
        if not self._running:
            return self._base
        return self._base + timedelta(seconds=time.monotonic() - self._started)

    def set(self, at: datetime) -> None:
        """Moves to a moment, forwards or backwards, and tells every listener."""
        self._base = _aware(at)
        self._started = time.monotonic()
        for listener in list(self._listeners):
            listener(self._base)

    def advance(self, by: timedelta) -> None:
        """Moves on by a span of time."""
        self.set(self.now() + by)

    def on_move(self, listener: Listener) -> None:
        """Calls ``listener`` with the new moment whenever somebody moves the clock."""
        self._listeners.append(listener)


def real_now() -> datetime:
    """The real wall clock: signatures are checked against it, whatever the sandbox's date."""
    return datetime.fromtimestamp(time.time(), UTC)


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone")
    return at.astimezone(UTC)
