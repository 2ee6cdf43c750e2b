"""The nouns of a Slack workspace: people, the app, channels, messages, views."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

JSON = dict[str, Any]
Blocks = list[JSON]
State = dict[str, dict[str, JSON]]
"""What stands in the inputs of a message or a view: block_id → action_id → Slack's value object."""

SLACKBOT = "USLACKBOT"


@dataclass(slots=True)
class DoNotDisturb:
    """A person's do-not-disturb: the nightly schedule's next span, and a snooze by hand."""

    enabled: bool = False
    next_start: datetime | None = None
    next_end: datetime | None = None
    snoozed_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """An Enterprise organisation: several workspaces with the same people."""

    id: str = "E0000000001"
    name: str = "Sample Organisation"


@dataclass(slots=True)
class Person:
    """Somebody (or some bot) in the workspace; ``tz`` is missing for some, as in real workspaces."""

    id: str
    name: str
    real_name: str
    team_id: str
    tz: str | None = None
    tz_label: str | None = None
    locale: str = "en-US"
    display_name: str | None = None
    """What she calls herself; as her handle where nothing is said here."""
    email: str | None = None
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    deleted: bool = False
    is_restricted: bool = False
    is_stranger: bool = False
    workspaces: tuple[str, ...] = ()
    """In an organisation: all of its workspaces that she is in."""
    do_not_disturb: DoNotDisturb = field(default_factory=DoNotDisturb)

    def tz_offset(self, now: datetime) -> int | None:
        """Seconds east of UTC at ``now``, as users.info gives it."""
        offset = now.astimezone(ZoneInfo(self.tz)).utcoffset() if self.tz else None
        return None if offset is None else int(offset.total_seconds())


@dataclass(slots=True)
class SlashCommand:
    """A slash command of the app's manifest; ``should_escape`` turns typed mentions into ids."""

    name: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(slots=True)
class Shortcut:
    """A shortcut of the app's manifest: ``global`` from anywhere, ``message`` from a message's menu."""

    callback_id: str
    name: str
    kind: str = "global"
    description: str = ""


@dataclass(slots=True)
class App:
    """The one app installed here: its tokens, scopes, and where its deliveries go (no URL: Socket Mode)."""

    app_id: str = "A0000000001"
    bot_user_id: str = "U0000000APP"
    bot_id: str = "B0000000001"
    name: str = "followup"
    display_name: str = "Sample App"
    scopes: set[str] = field(default_factory=set)
    app_scopes: set[str] = field(default_factory=lambda: {"connections:write"})
    bot_token: str = "xoxb-sandbox-bot"  # noqa: S105 (a sandbox's token opens nothing but the sandbox)
    app_token: str = "xapp-sandbox-app"  # noqa: S105
    signing_secret: str = "sandbox-signing-secret"  # noqa: S105
    verification_token: str = "sandbox-verification"  # noqa: S105
    commands: list[SlashCommand] = field(default_factory=list)
    shortcuts: list[Shortcut] = field(default_factory=list)
    events: set[str] = field(default_factory=set)
    home_tab: bool = True
    request_url: str | None = None
    revoked: bool = False
    """The bot token was revoked: every call with it is refused."""
    inactive: bool = False
    """The app was uninstalled or its bot deactivated."""

    def command(self, name: str) -> SlashCommand | None:
        """The registered command of that name, with its slash."""
        return next((each for each in self.commands if each.name == name), None)


@dataclass(slots=True)
class Channel:
    """A conversation: a channel (``C…``) or a direct message (``D…``), and who is in it."""

    id: str
    name: str
    members: set[str]
    created: datetime
    is_im: bool = False
    is_private: bool = False
    is_archived: bool = False

    def partner(self, of: str) -> str | None:
        """In a direct message: the other one."""
        return next((each for each in sorted(self.members) if each != of), None) if self.is_im else None


@dataclass(slots=True)
class Message:
    """A message as the workspace keeps it; an ephemeral one is seen by one person and is in no history."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: Blocks = field(default_factory=list)
    bot_id: str | None = None
    app_id: str | None = None
    metadata: JSON | None = None
    thread_ts: str | None = None
    edited: JSON | None = None
    deleted: bool = False
    ephemeral_to: str | None = None
    attachments: list[JSON] = field(default_factory=list)
    states: dict[str, State] = field(default_factory=dict)
    """What each person has chosen in this message's inputs and menus."""
    offered: dict[str, list[JSON]] = field(default_factory=dict)
    """What the app offered last in each menu that it fills while somebody types, by the menu's action id."""

    @property
    def is_ephemeral(self) -> bool:
        """Seen by one person only."""
        return self.ephemeral_to is not None

    def snapshot(self) -> "Message":
        """The message as it is on somebody's screen now, whatever happens to it later."""
        return deepcopy(self)


@dataclass(slots=True)
class View:
    """A modal in a person's stack, or a person's App Home."""

    id: str
    person: str
    type: str
    blocks: Blocks
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    callback_id: str = ""
    private_metadata: str = ""
    external_id: str = ""
    title: JSON | None = None
    submit: JSON | None = None
    close: JSON | None = None
    clear_on_close: bool = False
    notify_on_close: bool = False
    submit_disabled: bool = False
    state: State = field(default_factory=dict)
    """What the person has changed since the view was drawn; initial values count where nothing was changed."""
    offered: dict[str, list[JSON]] = field(default_factory=dict)
    """What the app offered last in each menu that it fills while somebody types, by the menu's action id."""
    errors: dict[str, str] = field(default_factory=dict)
    """What the app said about single inputs at the last submission, by block id."""
    trouble: str | None = None
    """What Slack itself said about the last submission (no answer, a broken one)."""
    response_urls: list[JSON] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Event:
    """Something a screen may have to redraw for; ``person`` is set when only that person sees it."""

    number: int
    kind: str
    channel: str | None = None
    person: str | None = None
    ref: str | None = None
    """The message's ts or the view's id."""
