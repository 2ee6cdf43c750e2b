"""People use only what is in front of them: everything else is NotRendered."""

from sandbox.model import App, Channel, Message, Person, View
from sandbox.refusal import NotRendered
from sandbox.workspace import Workspace


def must_see(workspace: Workspace, who: Person, surface: Message | View) -> None:
    """The modal in front, one's own home, a message of a conversation one is in."""
    if isinstance(surface, View):
        in_front = workspace.top_view(who.id) if surface.type == "modal" else workspace.home.get(who.id)
        if in_front is not surface:
            raise NotRendered(f"view {surface.id} is not in front of {who.name}")
    elif surface.ephemeral_to not in (None, who.id):
        raise NotRendered(f"message {surface.ts} is not for {who.name}'s eyes")
    else:
        must_be_in(who, workspace.channels[surface.channel])


def must_be_in(who: Person, where: Channel) -> None:
    """Only members see a conversation and write in it."""
    if who.id not in where.members:
        raise NotRendered(f"{who.name} is not in {where.name}")


def must_offer(app: App, callback_id: str, kind: str) -> None:
    """The app has a shortcut of that kind and id."""
    offered = [each.callback_id for each in app.shortcuts if each.kind == kind]
    if callback_id not in offered:
        raise NotRendered(f"no {kind} shortcut {callback_id!r}; offered: {offered}")
