"""The one place that reads the clock; everything below the edges takes ``now`` as an argument."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Answers with the present moment, aware and in UTC."""


def system_clock() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)  # noqa: TID251
