"""Slack's rate limits: calls per minute and method, and messages per second and channel."""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable

MINUTE = 60.0
MESSAGE_INTERVAL = 1.0
MESSAGE_BURST = 3
"""Slack tolerates short bursts over one message a second; how short isn't documented."""
MESSAGES_A_MINUTE = 300
"""``several hundred`` a minute in one workspace."""
TIERS = {1: 10, 2: 20, 3: 50, 4: 100}
"""Documented as ``1+ 20+ 50+ 100+``; tier 1 must let a few workers start in the same minute."""


class Pace:
    """Counts calls and says how many seconds to wait, if at all."""

    def __init__(
        self, now: Callable[[], float] = time.monotonic, *, enabled: bool = True, burst: int = MESSAGE_BURST
    ) -> None:
        self.enabled = enabled
        self._now = now
        self._burst = burst
        self._calls: dict[str, deque[float]] = defaultdict(deque)
        self._owed: dict[str, float] = {}

    def call(self, method: str, tier: int) -> int | None:
        """Counts one call of a method; the Retry-After if it is one too many."""
        return self._window(method, TIERS[tier]) if self.enabled else None

    def message(self, channel: str) -> int | None:
        """Counts one message into a channel; the Retry-After if it is one too many."""
        if not self.enabled:
            return None
        now = self._now()
        owed = max(self._owed.get(channel, now), now)
        ahead = owed - now
        if ahead > self._burst * MESSAGE_INTERVAL:
            return math.ceil(ahead - self._burst * MESSAGE_INTERVAL)
        late = self._window("messages of the workspace", MESSAGES_A_MINUTE)
        if late is None:
            self._owed[channel] = owed + MESSAGE_INTERVAL
        return late

    def _window(self, key: str, most: int) -> int | None:
        calls, now = self._calls[key], self._now()
        while calls and now - calls[0] >= MINUTE:
            calls.popleft()
        if len(calls) >= most:
            return max(1, math.ceil(MINUTE - (now - calls[0])))
        calls.append(now)
        return None
