"""Undo and history."""

from bot.services import calendars, changes, deputies, handed_over, members, team
from bot.services.cards import Done
from bot.services.changes import Undone
from bot.slack import commands
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.storage.tables import ChangeKind
from bot.views import receipts
from language import speaking


async def undo(visit: Visit, _command: commands.Undo) -> Reply:
    """My last change, taken back."""
    return await _undo(visit, None)


async def press_undo(visit: Visit) -> Reply:
    """One change, taken back."""
    return await _undo(visit, visit.number)


async def history(visit: Visit, _command: commands.History) -> Reply:
    """My changes, newest first."""
    made = await visit.house.db.run(changes.history, visit.actor)
    return Reply(receipts.history(made, visit.member, visit.now))


async def _undo(visit: Visit, change_id: int | None) -> Reply:
    undone: Undone = await visit.house.db.run(changes.undo, visit.actor, change_id, visit.now)
    change = undone.change
    if change.kind in {ChangeKind.SETTINGS, ChangeKind.PAUSED, ChangeKind.LEAVE}:
        await visit.house.db.run(members.replan_digest, change.workspace_id, change.member_id, visit.now)
    if change.kind is ChangeKind.LEAVE:
        await visit.house.db.run(deputies.settle_one, change.workspace_id, change.member_id, visit.now)
    if change.kind is ChangeKind.CALENDAR:
        await visit.house.db.run(calendars.replan_digests, change, visit.now)
    if change.kind is ChangeKind.TEAM:
        await visit.house.db.run(team.replan, change.workspace_id, change.facts["channel_id"], visit.now)
    await visit.house.db.run(handed_over.tell_after_all, change, visit.now)
    me = await visit.house.db.run(members.get, visit.member.workspace_id, visit.member.id) or visit.member
    with speaking(me.speaks):  # it may be her choice of a language that was taken back
        message = receipts.undone(change, undone.card, me, visit.now)
    return Reply(message, Done(change, undone.card), others=undone.others)
