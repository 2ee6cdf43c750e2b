"""What can go wrong with Slack, to be queued up: for one API method, or for the deliveries to the app."""

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass

EVERY = "*"
DELIVERY = "delivery"
"""The queue of faults that befall what Slack sends to the app."""


@dataclass(frozen=True, slots=True)
class RateLimited:
    """HTTP 429 with Retry-After; nothing was done."""

    retry_after: int


@dataclass(frozen=True, slots=True)
class ServerError:
    """An HTTP error without Slack's JSON; nothing was done."""

    status: int


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """``ok: false`` with this code; nothing was done."""

    code: str


@dataclass(frozen=True, slots=True)
class Slow:
    """It is done, but the answer waits for so many seconds or for the gate to open."""

    until: float | asyncio.Event

    async def wait(self) -> None:
        """Returns when the waiting is over."""
        if isinstance(self.until, asyncio.Event):
            await self.until.wait()
        else:
            await asyncio.sleep(self.until)


@dataclass(frozen=True, slots=True)
class DroppedAfterSuccess:
    """It is done, and the connection closes without an answer."""


@dataclass(frozen=True, slots=True)
class RefusedConnection:
    """The connection closes before anything is done."""


@dataclass(frozen=True, slots=True)
class DeliveredTwice:
    """The app gets the same delivery twice, one after the other or both at once."""

    at_once: bool = False


Fault = RateLimited | ServerError | ErrorCode | Slow | DroppedAfterSuccess | RefusedConnection | DeliveredTwice


class Faults:
    """Queues of faults; each befalls one call and is gone."""

    def __init__(self) -> None:
        self._queues: dict[str, deque[Fault]] = defaultdict(deque)

    def add(self, where: str, fault: Fault, times: int = 1) -> None:
        """Queues a fault for a method (or ``*``, or ``delivery``)."""
        if (where == DELIVERY) is not isinstance(fault, DeliveredTwice):
            raise ValueError(f"{fault} can't befall {where}")
        self._queues[where].extend([fault] * times)

    def take(self, where: str) -> Fault | None:
        """The next fault for this method, or for every method."""
        for key in (where,) if where == DELIVERY else (where, EVERY):
            if self._queues[key]:
                return self._queues[key].popleft()
        return None

    def clear(self) -> None:
        """Slack is well again."""
        self._queues.clear()

    def rate_limited(self, method: str = EVERY, retry_after: int = 1, times: int = 1) -> None:
        """429 with Retry-After."""
        self.add(method, RateLimited(retry_after), times)

    def server_error(self, method: str = EVERY, status: int = 503, times: int = 1) -> None:
        """An HTTP error without Slack's JSON."""
        self.add(method, ServerError(status), times)

    def error(self, method: str, code: str, times: int = 1) -> None:
        """``ok: false`` with this code."""
        self.add(method, ErrorCode(code), times)

    def slow(self, method: str, until: float | asyncio.Event, times: int = 1) -> None:
        """Done at once, answered late."""
        self.add(method, Slow(until), times)

    def dropped_after_success(self, method: str, times: int = 1) -> None:
        """Done, and never answered."""
        self.add(method, DroppedAfterSuccess(), times)

    def refuse_connection(self, method: str = EVERY, times: int = 1) -> None:
        """Not done, and never answered."""
        self.add(method, RefusedConnection(), times)

    def delivered_twice(self, times: int = 1, *, at_once: bool = False) -> None:
        """The app gets the next delivery twice."""
        self.add(DELIVERY, DeliveredTwice(at_once), times)
