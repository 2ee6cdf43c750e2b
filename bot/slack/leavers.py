"""What somebody who left had is given to somebody else: by the form, or typed."""

from bot import outbox
from bot.services import leavers
from bot.services.errors import InvalidInput
from bot.slack import answering
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.handover import check_receiver, look_at
from bot.views import answers, ids
from bot.views import leavers as views
from language import mark, say, say_n

NOTHING_LEFT = mark("Everybody’s prospects have an owner who is here. Nothing was changed.")


async def press_assign(visit: Visit) -> Reply:
    """The form: whose, and to whom."""
    left = await visit.house.db.run(leavers.all_left, visit.actor)
    if not left:
        return Reply(answers.problem(say(NOTHING_LEFT)))
    return await answering.open_form(visit, views.form(left, visit.origin))


async def submit(visit: Visit) -> Reply:
    """All of one person's to another."""
    if not visit.value("to"):
        raise InvalidInput("to", say("say who gets them"))
    await check_receiver(visit, visit.value("to"), "to")
    return await give_all(visit, ids.member_id(visit.value("owner")), visit.value("to"))


async def give_all(visit: Visit, owner_id: str, to_id: str) -> Reply:
    """The same, typed."""
    await look_at(visit, owner_id)
    given = await visit.house.db.run(leavers.give_all, visit.actor, owner_id, to_id, visit.now)
    await outbox.send_one(visit.house, given.delivery_id, visit.now)
    # Told beside the digest, which has no row for all of them to hold the Undo.
    text = say_n(
        "{count} prospect of {name} handed over to {to}.",
        "{count} prospects of {name} handed over to {to}.",
        given.count,
        name=given.owner.name,
        to=given.to.name,
    )
    return Reply(answers.done(text, given.done.change.id))
