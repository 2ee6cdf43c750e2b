"""How much a person hears in a day: beside her digest one message at most that asks her to look at her work."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from bot.services import moments, quiet
from bot.storage import deliveries
from bot.storage.records import Delivery, Member
from bot.storage.tables import DeliveryKind, DeliveryState
from cadences import calendar

BY_ITSELF = (DeliveryKind.SECOND_NUDGE, DeliveryKind.RECAP)
ONE_A_DAY = (DeliveryKind.NUDGE, *BY_ITSELF)
"""A teammate's nudge, the second nudge, the recap: of these three together one a day."""
DAYS_AHEAD = 14
"""So many days a nudge looks for room; there is some at the latest after a weekend."""


def has_room(tx: Connection, member: Member, on: date, kinds: Sequence[DeliveryKind] = ONE_A_DAY) -> bool:
    """True on a day on which she was told, and is to be told, nothing of these kinds."""
    return not _told(tx, member, on, kinds)


def nudged_at(
    tx: Connection, member: Member, now: datetime, kinds: Sequence[DeliveryKind] = BY_ITSELF, besides: int | None = None
) -> datetime:
    """When a nudge is said to her: in her hours, and not on a day that has one of these, or a recap to come.

    ``besides``: the delivery that looks for room. A second nudge of a teammate on one day is refused, not put off.
    """
    at = quiet.heard_at(member, now)
    for _ in range(DAYS_AHEAD):
        on = member.local(at).date()
        taken = [each for each in _told(tx, member, on, kinds) if each.id != besides]
        if not taken and not moments.comes_on(member, member.next_recap_at, on):
            break
        at = quiet.heard_at(member, calendar.day_bounds(on, member.calendar.zone)[1])
    return at


def waits_until(tx: Connection, delivery: Delivery, member: Member, now: datetime) -> datetime | None:
    """When a message is said for which this day has no room, as she was told another; None: say it now."""
    if delivery.kind not in ONE_A_DAY:
        return None
    said = _told(tx, member, member.local(now).date(), ONE_A_DAY)
    if not [each for each in said if each.id != delivery.id and each.state is DeliveryState.SENT]:
        return None
    return nudged_at(tx, member, now, ONE_A_DAY, delivery.id)


def _told(tx: Connection, member: Member, on: date, kinds: Sequence[DeliveryKind]) -> list[Delivery]:
    bounds = calendar.day_bounds(on, member.calendar.zone)
    return deliveries.of_kinds_on(tx, member.workspace_id, kinds, member.id, on, bounds)
