"""Things that happen at the same instant."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

T = TypeVar("T")

WAIT_SECONDS = 30.0


def together(*works: Callable[[], T]) -> list[T | Exception]:
    """Start each work in a thread of its own at the same moment; what each returned or raised, in order."""
    gate = Barrier(len(works))

    def run(work: Callable[[], T]) -> T | Exception:
        gate.wait(WAIT_SECONDS)
        try:
            return work()
        except Exception as error:  # noqa: BLE001 - which one it was is what the test asks
            return error

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))


def errors(outcomes: Sequence[object]) -> list[Exception]:
    """Those that raised."""
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]
