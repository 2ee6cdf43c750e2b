"""App Home: today, stalled, and the ways in."""

from bot.services.digests import View
from bot.services.stalling import Stalled
from bot.storage.records import Delivery, Member
from bot.views import answers, digests, ids, team, words
from bot.views.blocks import Block, actions, button, context, divider, escape, header, section

HOME_BLOCKS = 100
STALLED_SHOWN = 10


def home(view: View, stalled: tuple[Stalled, ...], member: Member, withheld: Delivery | None) -> Block:
    """The tab as it is when it is opened."""
    blocks = [header("Follow-up Coach"), actions([button("Add a prospect", ids.ADD_FORM, 0, style="primary")])]
    if withheld is not None:
        text = f"The digest of {words.day(withheld.local_on)} was not sent: {withheld.reason}. This is its list."
        blocks.append(section(f"⚠️ {escape(text)}"))
    blocks += [divider(), section(f"*Today* · {digests.load(view) or 'nothing due'}")]
    for number, item in enumerate(view.shown, start=1):
        blocks += digests.row_blocks(number, item, view)
    if view.more:
        blocks.append(context(f"… and {view.more} more: type `/followup`"))
    blocks += [divider(), *team.stalled(stalled[:STALLED_SHOWN], member, everybody=False).blocks]
    blocks += [divider(), *answers.settings(member, view.now).blocks]
    return {"type": "home", "callback_id": ids.HOME, "blocks": blocks[:HOME_BLOCKS]}
