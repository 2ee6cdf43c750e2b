"""The guide at the start: one message in a workspace, to whoever is most likely to have installed the app there.

A bot's token does not tell who installed it. Installing takes an admin, so the first admin who uses the app is taken
for the one; everybody else is greeted in App Home.
"""

from datetime import datetime, timedelta

from bot.services import quiet
from bot.storage import deliveries, members
from bot.storage.engine import Database
from bot.storage.tables import DeliveryKind
from language import mark

WITHIN = timedelta(days=7)
"""After the first start; an admin who comes later did not install it."""
FILLED = mark("filled already")


def open_due(db: Database, now: datetime, limit: int) -> int:
    """Open the guide in every workspace that began lately and had none; how many were opened."""
    with db.read() as tx:
        waiting = members.first_admins(tx, now - WITHIN, limit)
    opened = 0
    for member in waiting:
        with db.begin() as tx:
            members.hold_workspace(tx, member.workspace_id)
            if deliveries.of_subject(tx, member.workspace_id, DeliveryKind.WELCOME, "") is None:
                today, at = member.local(now).date(), quiet.heard_at(member, now)
                deliveries.open_once(
                    tx, member.workspace_id, DeliveryKind.WELCOME, member.id, today, now, content={}, not_before_at=at
                )
                opened += 1
    return opened


def not_needed(db: Database, workspace_id: str, member_id: str, now: datetime) -> None:
    """A workspace that is filled already needs no guide; the reason is logged."""
    with db.begin() as tx:
        deliveries.open_once(tx, workspace_id, DeliveryKind.WELCOME, member_id, now.date(), now, silent_because=FILLED)
