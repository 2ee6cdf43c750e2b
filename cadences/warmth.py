"""How warm a prospect is by its points, until somebody says otherwise."""

from cadences.model import Temperature

HOT_FROM = 50
COLD_BELOW = 20
"""Points of urgency: a large deal that closes this week is hot; with neither amount nor date in sight it is cold."""


def of_score(score: int) -> Temperature:
    """Hot, warm or cold."""
    if score >= HOT_FROM:
        return Temperature.HOT
    return Temperature.COLD if score < COLD_BELOW else Temperature.WARM
