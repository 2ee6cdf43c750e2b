"""App Home: drawn when it is opened, and after each press in it."""

from bot.house import House
from bot.services import digests, members, outbox, stalling
from bot.storage.records import Member
from bot.views import home


async def publish(house: House, member: Member) -> None:
    """Draw a member's Home as things stand now."""
    now = house.clock()
    fresh = await house.db.run(members.get, member.workspace_id, member.id)
    member = fresh or member
    day = await house.db.run(digests.my_day, member, now)
    stalled = await house.db.run(stalling.stalled_deals, member, now)
    withheld = await house.db.run(outbox.unsaid, member.workspace_id, member.id)
    await house.gateway.call("views.publish", user_id=member.id, view=home.home(day, stalled, member, withheld))
