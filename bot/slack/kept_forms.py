"""The button of a form that did not open: it opens the very form, with all that stood in it."""

import json

from bot.services import kept_forms
from bot.slack import answering
from bot.slack.actor import Visit
from bot.slack.answering import Reply


async def press_open(visit: Visit) -> Reply:
    """The form that was kept; should Slack be too slow again, the same button once more."""
    kept = await visit.house.db.run(kept_forms.kept, visit.actor, visit.number, visit.now)
    return await answering.open_form(visit, json.loads(kept.view), kept.line)
