"""Plain builders of Block Kit, so that a test shows only what it is about."""

from typing import Any

JSON = dict[str, Any]


def plain(text: str = "x") -> JSON:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "x") -> JSON:
    return {"type": "mrkdwn", "text": text}


def section(**more: Any) -> JSON:
    return {"type": "section", "text": mrkdwn(), **more}


def button(action_id: str = "go", text: str = "Go", **more: Any) -> JSON:
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


def actions(*elements: JSON, **more: Any) -> JSON:
    return {"type": "actions", "elements": list(elements), **more}


def option(value: str = "one", text: str | None = None, **more: Any) -> JSON:
    return {"text": plain(text or value), "value": value, **more}


def options(number: int) -> list[JSON]:
    return [option(f"v{index}") for index in range(number)]


def select(kind: str = "static_select", number: int = 2, **more: Any) -> JSON:
    return {"type": kind, "action_id": "pick", "options": options(number), **more}


def text_input(action_id: str = "say", **more: Any) -> JSON:
    return {"type": "plain_text_input", "action_id": action_id, **more}


def asking(element: JSON | None = None, block_id: str = "ask", **more: Any) -> JSON:
    element = element or text_input()
    return {"type": "input", "block_id": block_id, "label": plain("Label"), "element": element, **more}


def modal(*blocks: JSON, **more: Any) -> JSON:
    return {"type": "modal", "title": plain("Title"), "submit": plain("Save"), "blocks": list(blocks), **more}


def home(*blocks: JSON, **more: Any) -> JSON:
    return {"type": "home", "blocks": list(blocks), **more}


def confirm(**more: Any) -> JSON:
    return {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain(), **more}
