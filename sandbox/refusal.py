"""How Slack says no."""

from typing import Any


class Refusal(Exception):
    """An API call that Slack answers with ``ok: false`` and one of its own error codes."""

    def __init__(self, code: str, messages: list[str] | None = None, **more: Any) -> None:
        """``messages`` become ``response_metadata.messages``; ``more`` joins the answer (``needed``, ``provided``)."""
        super().__init__(code, *(messages or []))
        self.code = code
        self.messages = messages or []
        self.more = more

    def __str__(self) -> str:
        return f"{self.code}: {'; '.join(self.messages)}" if self.messages else self.code

    def answer(self) -> dict[str, Any]:
        """The body of Slack's answer."""
        body: dict[str, Any] = {"ok": False, "error": self.code, **self.more}
        if self.messages:
            body["response_metadata"] = {"messages": self.messages}
        return body


class NotRendered(LookupError):
    """Somebody tried to use something that isn't on their screen, or can't be told from something else on it."""
