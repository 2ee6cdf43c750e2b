"""How far each person has read each conversation, for the sidebar's badges."""

from sandbox.workspace import Workspace


class ReadMarks:
    """Kept for as long as the page runs; what was there before its first visitor counts as read."""

    def __init__(self) -> None:
        self._start: str | None = None
        self._read: dict[tuple[str, str], str] = {}

    def begin(self, workspace: Workspace) -> None:
        """The first visit: everything so far is old."""
        if self._start is None:
            self._start = max((each.ts for posted in workspace.messages.values() for each in posted), default="0")

    def read(self, workspace: Workspace, person: str, channel: str) -> None:
        """The person has the conversation in front of them now."""
        self._read[person, channel] = max((each.ts for each in workspace.seen_by(person, channel)), default="0")

    def unread(self, workspace: Workspace, person: str, channel: str) -> int:
        """How many messages of others arrived since."""
        since = max(self._read.get((person, channel), "0"), self._start or "0")
        return sum(each.ts > since and each.user != person for each in workspace.seen_by(person, channel))
