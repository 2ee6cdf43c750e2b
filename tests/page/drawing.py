"""Draws single blocks and messages, and shorthand for the Block Kit they are made of."""

from typing import Any

from markupsafe import escape

from sandbox.page.blocks import Choice, Scene
from sandbox.page.render import draw
from sandbox.page.words import Words
from sandbox.rendering import accepted

Json = dict[str, Any]
WORDS = Words(people={"UANA": "Ana", "UBEN": "Ben <b>"}, channels={"CDEALS": "deals"})


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def marked(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(label: str, value: str, **more: Any) -> Json:
    return {"text": plain(label), "value": value, **more}


def button(label: str = "Go", action_id: str = "go", **more: Any) -> Json:
    return {"type": "button", "text": plain(label), "action_id": action_id, **more}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": marked(text), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "block_id": "acts", "elements": list(elements)}


def asked(element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": "ask", "label": plain("Question"), "element": element, **more}


def scene(**more: Any) -> Scene:
    return Scene(WORDS, "surface", people=[Choice(escape("Ana"), "UANA")], **more)


def drawn(*blocks: Json, **more: Any) -> str:
    """The HTML of these blocks, white space folded."""
    html = draw("surface.html", blocks=accepted(list(blocks)), scene=scene(**more))
    return " ".join(html.split())
