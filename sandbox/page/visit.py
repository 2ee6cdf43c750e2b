"""Who is looking, and where: read from a request, forgiving about what it leaves out."""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.model import Channel, Person
from sandbox.page.places import HOME, MESSAGES, actors, places
from sandbox.refusal import Refusal
from sandbox.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Visit:
    """One person in front of one conversation (and, for the app, one of its tabs)."""

    me: Person
    here: Channel
    tab: str


def visit(workspace: Workspace, asked: Mapping[str, object]) -> Visit:
    """The visit a request asks for; the first person and conversation where it asks for nothing that exists."""
    people = actors(workspace)
    if not people:
        raise Refusal("user_not_found")
    me = next((each for each in people if each.id == asked.get("as")), people[0])
    return Visit(me, _place(workspace, me, asked), HOME if asked.get("tab") == HOME else MESSAGES)


def _place(workspace: Workspace, me: Person, asked: Mapping[str, object]) -> Channel:
    found = {each.id: each for each in places(workspace, me.id)}
    wanted = str(asked.get("in") or "")
    if wanted in found:
        return found[wanted]
    if not wanted and not asked.get("tab"):
        mine = (each for each in found.values() if not each.is_im and me.id in each.members)
        return next(mine, None) or workspace.im_with(me.id)
    return workspace.im_with(me.id)
