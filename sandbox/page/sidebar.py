"""The sidebar: conversations with their unread counts, and the people one can act as."""

from dataclasses import dataclass

from sandbox.model import Channel, Person
from sandbox.page.people import Cast, Face, cast, face
from sandbox.page.places import MESSAGES, actors, address, places
from sandbox.page.unread import ReadMarks
from sandbox.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the sidebar."""

    id: str
    name: str
    url: str
    is_open: bool
    unread: int
    face: Face | None = None
    is_private: bool = False
    is_me: bool = False


def people(workspace: Workspace, me: Person, here: Channel, tab: str) -> tuple[Cast, ...]:
    """Whoever is chosen next stays in this channel, or goes to the same tab of their own direct message."""
    now = workspace.clock.now()

    def url(person: Person) -> str:
        if not here.is_im:
            return address(person.id, here.id)
        return address(person.id, None, tab)

    return tuple(cast(each, now, url(each), is_me=each.id == me.id) for each in actors(workspace))


def sections(
    workspace: Workspace, marks: ReadMarks, me: Person, here: Channel
) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """Channels, direct messages and the app, under their headings."""
    app_user = workspace.app.bot_user_id
    rooms: list[Entry] = []
    direct: list[Entry] = []
    apps: list[Entry] = []
    for channel in places(workspace, me.id):
        partner = channel.partner(me.id)
        entry = _entry(workspace, marks, me, channel, here)
        (apps if partner == app_user else direct if channel.is_im else rooms).append(entry)
    apps = apps or [_unopened(workspace, me)]
    found = (("Channels", rooms), ("Direct messages", direct), ("Apps", apps))
    return tuple((title, tuple(entries)) for title, entries in found if entries)


def _unopened(workspace: Workspace, me: Person) -> Entry:
    """The app before the first word with it: a visit opens the direct message."""
    who = face(workspace.person(workspace.app.bot_user_id), workspace.app.bot_user_id)
    return Entry(who.id, who.name, address(me.id, None, MESSAGES), is_open=False, unread=0, face=who)


def _entry(workspace: Workspace, marks: ReadMarks, me: Person, channel: Channel, here: Channel) -> Entry:
    is_open = channel.id == here.id
    unread = 0 if is_open else marks.unread(workspace, me.id, channel.id)
    if not channel.is_im:
        url = address(me.id, channel.id)
        return Entry(channel.id, channel.name, url, is_open, unread, is_private=channel.is_private)
    partner = workspace.people.get(channel.partner(me.id) or me.id, me)
    who = face(partner, workspace.app.bot_user_id)
    url = address(me.id, channel.id, MESSAGES if who.is_app else None)
    return Entry(channel.id, who.name, url, is_open, unread, who, is_me=partner.id == me.id)
