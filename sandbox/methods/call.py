"""One call of a Web API method: its arguments, and what it may touch."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.model import JSON
from sandbox.pace import Pace
from sandbox.refusal import Refusal
from sandbox.socket import SocketMode
from sandbox.workspace import Workspace

YES = frozenset({"1", "true", "True"})
BOT, APP = "bot", "app"
"""The two kinds of token."""


class TooFast(Exception):
    """Slack answers 429 and says how many seconds to wait."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class Arguments:
    """A method's arguments, which came as strings of a form or as JSON."""

    def __init__(self, given: JSON) -> None:
        self._given = given

    def text(self, name: str, default: str = "") -> str:
        """A string; missing and null are the default."""
        value = self._given.get(name)
        return default if value is None else str(value)

    def flag(self, name: str) -> bool:
        """True or false."""
        return str(self._given.get(name)) in YES

    def number(self, name: str, default: int, most: int) -> int:
        """A positive whole number up to ``most``."""
        raw = self.text(name) or str(default)
        if not raw.isdecimal() or not 1 <= int(raw) <= most:
            raise Refusal("invalid_limit" if name == "limit" else "invalid_arguments")
        return int(raw)

    def has(self, name: str) -> bool:
        """Whether it was given at all."""
        return self._given.get(name) not in (None, "")

    def json(self, name: str, code: str) -> Any:
        """A JSON value, given as such or as a string of JSON; ``code`` is the refusal when it can't be read."""
        value = self._given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise Refusal(code) from None


@dataclass(frozen=True, slots=True)
class Call:
    """What a method gets: its arguments, the workspace, and the few other things Slack has."""

    workspace: Workspace
    args: Arguments
    pace: Pace
    socket: SocketMode

    def need_scope(self, *scopes: str) -> None:
        """Refuses unless the bot token has one of these scopes."""
        held = self.workspace.app.scopes
        if not held & set(scopes):
            raise Refusal("missing_scope", needed=",".join(scopes), provided=",".join(sorted(held)))

    def need_app_scope(self, scope: str) -> None:
        """Refuses unless the app-level token has this scope."""
        held = self.workspace.app.app_scopes
        if scope not in held:
            raise Refusal("missing_scope", needed=scope, provided=",".join(sorted(held)))


Handler = Callable[[Call], JSON]


@dataclass(frozen=True, slots=True)
class Method:
    """How a method is guarded: its token, the scopes of which one is needed, its rate limit's tier. One that ``reads``
    understands no JSON: it is as if nothing had been given."""

    handler: Handler
    tier: int
    scopes: tuple[str, ...] = ()
    token: str | None = BOT
    reads: bool = False
