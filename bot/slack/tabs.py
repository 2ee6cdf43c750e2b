"""What is pressed in App Home itself: tabs, pages, filters, the guide."""

from bot.services import home
from bot.slack.actor import Visit
from bot.slack.answering import Reply


async def press_look(_visit: Visit) -> Reply:
    """Something else is to be looked at: Home is drawn anew after each press in it, which is all there is to do."""
    return Reply()


async def press_got_it(visit: Visit) -> Reply:
    """The guide was read, for good."""
    await visit.house.db.run(home.onboarded, visit.member, visit.now)
    return Reply()
