"""What was measured, and how it is told: percentiles, units, tables."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

MEDIAN, WORST_OF_HUNDRED = 50, 99
COLUMN_GAP = "  "


@dataclass(frozen=True, slots=True)
class Timing:
    """One thing measured many times, in seconds."""

    name: str
    seconds: tuple[float, ...]

    def percentile(self, percent: int) -> float:
        """The smallest measured value that ``percent`` of all are no longer than."""
        ordered = sorted(self.seconds)
        return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]

    @property
    def p50(self) -> float:
        """The median."""
        return self.percentile(MEDIAN)

    @property
    def p99(self) -> float:
        """One in a hundred takes longer."""
        return self.percentile(WORST_OF_HUNDRED)


def duration(seconds: float) -> str:
    """``340 µs``, ``1.25 ms``, ``12.0 ms``: three digits that matter."""
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    milliseconds = seconds * 1e3
    return f"{milliseconds:.2f} ms" if milliseconds < 10 else f"{milliseconds:.1f} ms"


def ratio(timing: Timing, other: Timing) -> str:
    """How many times as long as another, by the medians."""
    return f"{timing.p50 / other.p50:.2f} ×"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as they must be; the first is words, the others are numbers."""
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = [
        cell.ljust(width) if column == 0 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return COLUMN_GAP.join([first, *others]).rstrip()
