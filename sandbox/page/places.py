"""The page's own addresses, the people one can act as, and the conversations each can open."""

from typing import Final
from urllib.parse import urlencode

from sandbox.model import SLACKBOT, Channel, Person
from sandbox.workspace import Workspace

HOME: Final = "home"
MESSAGES: Final = "messages"


def address(person: str, place: str | None = None, tab: str | None = None) -> str:
    """The page's URL for a person, a conversation and a tab."""
    query = {"as": person, "in": place, "tab": tab}
    return "/?" + urlencode({key: value for key, value in query.items() if value})


def actors(workspace: Workspace) -> list[Person]:
    """The people one can act as: everybody but bots."""
    return [each for each in workspace.people.values() if not each.is_bot and each.id != SLACKBOT]


def listens(workspace: Workspace) -> bool:
    """Whether the app asked to hear what people write to it."""
    return "message.im" in workspace.app.events


def places(workspace: Workspace, person: str) -> list[Channel]:
    """The conversations a person can open: public channels, and whatever they are in."""
    return [
        each
        for each in workspace.channels.values()
        if person in each.members or not (each.is_im or each.is_private or each.is_archived)
    ]
