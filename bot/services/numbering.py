"""The numbers of a day's rows: those of the digest, then whatever else the list showed. They stay the same all day."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from bot.storage import deliveries, drafts
from bot.storage.records import Member
from bot.storage.tables import DeliveryKind

KIND = "numbers"
"""A draft: the day, then the steps in the order in which her list first showed them."""


def order(tx: Connection, member: Member, today: date) -> list[int]:
    """The steps in the order of their numbers, the first being number 1."""
    sent = deliveries.of_day(tx, member.workspace_id, DeliveryKind.DAILY, member.id, today)
    numbered = [row["step_id"] for row in sent.content["rows"]] if sent and sent.content else []
    return [*numbered, *(step for step in _listed(tx, member, today) if step not in numbered)]


def keep(tx: Connection, member: Member, today: date, shown: Sequence[int], now: datetime) -> list[int]:
    """The same with the steps that the list shows now: what has no number yet takes the next one."""
    numbered = order(tx, member, today)
    fresh = [step for step in shown if step not in numbered]
    if fresh:
        kept = [*_listed(tx, member, today), *fresh]
        typed = " ".join([today.isoformat(), *map(str, kept)])
        drafts.replace(tx, member.workspace_id, member.id, KIND, typed, now)
    return [*numbered, *fresh]


def _listed(tx: Connection, member: Member, today: date) -> list[int]:
    kept = drafts.latest(tx, member.workspace_id, member.id, KIND)
    day, *steps = kept.typed.split() if kept else [""]
    return [int(step) for step in steps] if day == today.isoformat() else []
