"""Who acts, from where, and under which request."""

from dataclasses import dataclass
from enum import StrEnum

from bot.storage.records import Member


class Origin(StrEnum):
    """The surface an action came from."""

    COMMAND = "command"
    BUTTON = "button"
    FORM = "form"
    TOGETHER = "together"
    """No surface: a part of a change that did several things at once."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A member acting; ``request_id`` names the request, so that a repeated delivery changes nothing twice."""

    member: Member
    origin: Origin
    request_id: str | None = None

    @property
    def workspace_id(self) -> str:
        """The workspace everything she does stays in."""
        return self.member.workspace_id
