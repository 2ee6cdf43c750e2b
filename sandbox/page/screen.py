"""Everything one person sees at one moment, gathered from the workspace for the templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from sandbox.model import JSON, Channel, Message, Person, Shortcut, View
from sandbox.page.blocks import Choice, Scene, told
from sandbox.page.moves import Move, moves
from sandbox.page.people import Cast, Face, face
from sandbox.page.places import HOME, MESSAGES, actors, address, listens
from sandbox.page.sidebar import Entry, people, sections
from sandbox.page.timeline import Day, days, keyed
from sandbox.page.unread import ReadMarks
from sandbox.page.words import Words, clock_time, zone_of
from sandbox.workspace import Workspace

TABS: Final = ((HOME, "Home"), (MESSAGES, "Messages"))
CANCEL, CLOSE = Markup("Cancel"), Markup("Close")
MEMBERS_NAMED: Final = 12


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the app's own conversation."""

    name: str
    url: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Here:
    """The conversation that is open."""

    id: str
    name: str
    tab: str
    note: str
    face: Face | None
    is_private: bool
    tabs: tuple[Tab, ...]
    members: str
    member_count: int
    can_say: bool
    can_join: bool
    prompt: str
    welcome: str
    welcome_note: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A slash command that the composer offers: one of the app's, or Slack's own."""

    name: str
    usage_hint: str
    description: str
    by: str


@dataclass(frozen=True, slots=True)
class ClockBar:
    """The sandbox's moment in the acting person's zone, and where it can be moved."""

    day: str
    time: str
    zone: str
    iso: str
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Surface:
    """A modal or a home, ready to be drawn."""

    id: str
    blocks: list[dict[str, object]]
    scene: Scene
    title: Markup
    submit: Markup
    close: Markup
    submit_disabled: bool
    trouble: str


@dataclass(frozen=True, slots=True)
class Screen:
    """The whole page for one person in one place."""

    title: str
    team: str
    team_initials: str
    me: Person
    app: Face
    people: tuple[Cast, ...]
    sections: tuple[tuple[str, tuple[Entry, ...]], ...]
    here: Here
    days: tuple[Day, ...]
    home: Surface | None
    modal: Surface | None
    clock: ClockBar
    commands: tuple[Offer, ...]
    shortcuts: tuple[Shortcut, ...]
    message_shortcuts: tuple[Shortcut, ...]
    words: Words
    app_url: str


def words_of(workspace: Workspace, person: Person) -> Words:
    """Names, zone and moment for one reader."""
    return Words(
        people={key: each.real_name or each.name for key, each in workspace.people.items()},
        channels={key: each.name for key, each in workspace.channels.items() if not each.is_im},
        zone=zone_of(person.tz),
        now=workspace.clock.now(),
    )


def screen(workspace: Workspace, marks: ReadMarks, me: Person, here: Channel, tab: str) -> Screen:
    """What ``me`` sees with ``here`` open."""
    words, app = words_of(workspace, me), face(workspace.person(workspace.app.bot_user_id), workspace.app.bot_user_id)
    open_place = _here(workspace, me, here, tab)
    stack = workspace.views.get(me.id, [])
    home = workspace.home.get(me.id)
    return Screen(
        title=f"{open_place.name} – {workspace.name}",
        team=workspace.name,
        team_initials=workspace.name[:1].upper() or "S",
        me=me,
        app=app,
        people=people(workspace, me, here, tab),
        sections=sections(workspace, marks, me, here),
        here=open_place,
        days=_days(workspace, me, here, words) if open_place.tab == MESSAGES else (),
        home=_surface(workspace, home, words) if home else None,
        modal=_surface(workspace, stack[-1], words) if stack else None,
        clock=_clock(words),
        commands=_commands(workspace, app),
        shortcuts=_shortcuts(workspace, "global"),
        message_shortcuts=_shortcuts(workspace, "message"),
        words=words,
        app_url=address(me.id, None, MESSAGES),
    )


def _days(workspace: Workspace, me: Person, here: Channel, words: Words) -> tuple[Day, ...]:
    def sees(message: Message) -> Scene:
        state = message.states.get(me.id, {})
        place = f"{message.channel}/{message.ts}"
        return _scene(workspace, words, place, state, offered=message.offered)

    def wrote(user: str) -> Face:
        known = workspace.people.get(user) or Person(user, user, user, workspace.team_id)
        return face(known, workspace.app.bot_user_id)

    return days(workspace.seen_by(me.id, here.id), words, sees, wrote)


def _scene(
    workspace: Workspace,
    words: Words,
    surface: str,
    state: Mapping[str, Mapping[str, Mapping[str, object]]],
    errors: Mapping[str, str] | None = None,
    offered: Mapping[str, list[JSON]] | None = None,
) -> Scene:
    people = [Choice(escape(each.real_name or each.name), each.id) for each in actors(workspace) if not each.deleted]
    rooms = [Choice(escape(f"#{each.name}"), each.id) for each in workspace.channels.values() if not each.is_im]
    return Scene(words, surface, state, errors or {}, people, rooms, offered or {})


def _surface(workspace: Workspace, view: View, words: Words) -> Surface:
    return Surface(
        id=view.id,
        blocks=keyed(view.blocks),
        scene=_scene(workspace, words, view.root_view_id or view.id, view.state, view.errors, view.offered),
        title=told(view.title, words),
        submit=told(view.submit, words),
        close=told(view.close, words) or (CANCEL if view.submit else CLOSE),
        submit_disabled=view.submit_disabled,
        trouble=view.trouble or "",
    )


def _commands(workspace: Workspace, app: Face) -> tuple[Offer, ...]:
    own = [Offer(each.name, each.usage_hint, each.description, app.name) for each in workspace.app.commands]
    return (*own, Offer("/invite", f"@{workspace.app.name}", f"Bring {app.name} into this channel", "Slack"))


def _shortcuts(workspace: Workspace, kind: str) -> tuple[Shortcut, ...]:
    return tuple(each for each in workspace.app.shortcuts if each.kind == kind)


def _clock(words: Words) -> ClockBar:
    local = words.now.astimezone(words.zone)
    return ClockBar(
        day=f"{local:%A} {local.day} {local:%B} {local.year}",
        time=clock_time(local),
        zone=words.zone.key,
        iso=local.isoformat(timespec="minutes"),
        moves=moves(words.now, words.zone),
    )


def _here(workspace: Workspace, me: Person, channel: Channel, tab: str) -> Here:
    partner = workspace.people.get(channel.partner(me.id) or me.id, me) if channel.is_im else None
    who = face(partner, workspace.app.bot_user_id) if partner else None
    is_app = bool(who and who.is_app)
    tab = tab if is_app and workspace.app.home_tab else MESSAGES
    name = who.name if who else channel.name
    return Here(
        id=channel.id,
        name=name,
        tab=tab,
        note="",
        face=who,
        is_private=channel.is_private,
        tabs=tuple(Tab(label, address(me.id, channel.id, key), key == tab) for key, label in TABS) if is_app else (),
        members=", ".join(_member_names(workspace, channel)),
        member_count=len(channel.members),
        can_say=tab == MESSAGES and me.id in channel.members,
        can_join=not channel.is_im and me.id not in channel.members,
        prompt=_prompt(workspace, name, is_app=is_app) if who else f"Message #{name}",
        welcome=f"This is the very beginning of your conversation with {name}" if who else f"Welcome to #{name}",
        welcome_note=_welcome(workspace, is_app=is_app),
    )


def _welcome(workspace: Workspace, *, is_app: bool) -> str:
    first = workspace.app.commands[0].name if workspace.app.commands else "/"
    hint = f"Type {first} below to see what the app can do."
    return f"What it has to tell you will appear here. {hint}" if is_app else f"Nobody has said anything yet. {hint}"


def _prompt(workspace: Workspace, name: str, *, is_app: bool) -> str:
    """An app that does not listen to messages is spoken to with its command."""
    if not is_app or listens(workspace) or not workspace.app.commands:
        return f"Message {name}"
    return f"Type {workspace.app.commands[0].name} to talk to {name}"


def _member_names(workspace: Workspace, channel: Channel) -> list[str]:
    known = [workspace.people[each] for each in channel.members if each in workspace.people]
    return sorted(each.real_name or each.name for each in known)[:MEMBERS_NAMED]
