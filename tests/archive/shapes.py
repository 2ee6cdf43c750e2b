"""What is kept of a posted message: everything that can be pressed, with the accidents of one day taken out."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from sandbox.screen import elements

JSON = dict[str, Any]
FIRST = "1"
"""Every number in a value stands for the first of its kind: in a replay there is one of each."""
NEXT_MONDAY = "2026-11-23"
NUMBER = re.compile(r"\d+")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
PERSON = re.compile(r"u0[a-z]+")
SHOWN = 30
SOMEWHERE = "https://example.com/"


def shape_of(posted: JSON) -> JSON | None:
    """A message or view with one block of each kind, or None when nothing in it can be pressed."""
    blocks = _distinct(_block(block) for block in posted.get("blocks") or [] if _usable(block))
    if not blocks and posted.get("type") != "modal":
        return None
    kept: JSON = {"type": posted.get("type", "message"), "blocks": blocks}
    if "callback_id" in posted:
        kept |= {"callback_id": posted["callback_id"]}
    if posted.get("type") == "home":
        kept["private_metadata"] = "today.-.-.0"
    return kept


def key_of(shape: JSON) -> str:
    """Two posts with the same key are the same to whoever presses."""
    return json.dumps(shape, sort_keys=True)


def ids_in(shapes: Iterable[JSON]) -> set[str]:
    """Every action and callback id."""
    found = set()
    for shape in shapes:
        found |= {element.action_id for element in elements(shape["blocks"])}
        found |= {shape["callback_id"]} if "callback_id" in shape else set()
    return found


def _usable(block: JSON) -> bool:
    return block["type"] in {"actions", "section"} and bool(block.get("elements") or block.get("accessory"))


def _block(block: JSON) -> JSON:
    """A block with its buttons and menus, and an id as ours are."""
    kept: JSON = {"type": block["type"]}
    if "block_id" in block and "." in block["block_id"]:
        kept["block_id"] = NUMBER.sub(FIRST, block["block_id"])
    if block["type"] == "section":
        text = {"type": "mrkdwn", "text": "…"}
        return {**kept, "text": text, "accessory": _element(block["accessory"])}
    return {**kept, "elements": [_element(each) for each in block["elements"]]}


def _element(element: JSON) -> JSON:
    kept: JSON = {"type": element["type"], "action_id": element["action_id"]}
    for name in ("value", "min_query_length"):
        if name in element:
            kept[name] = _value(element[name]) if isinstance(element[name], str) else element[name]
    if "url" in element:
        kept["url"] = SOMEWHERE
    if element["type"] == "button":
        kept["text"] = {"type": "plain_text", "text": NUMBER.sub("0", element["text"]["text"])[:SHOWN]}
    if "options" in element:
        kept["options"] = _distinct(
            {"text": _label(each), "value": _value(each["value"])} for each in element["options"]
        )
    return kept


def _label(option: JSON) -> JSON:
    return {"type": "plain_text", "text": PERSON.sub("somebody", _value(option["value"]))}


def _value(value: str) -> str:
    return PERSON.sub("u0ana", NUMBER.sub(FIRST, value)) if not DATE.fullmatch(value) else NEXT_MONDAY


def _distinct(blocks: Iterable[JSON]) -> list[JSON]:
    """One of each, in order; the block ids of what repeats would collide."""
    seen: dict[str, JSON] = {}
    for block in blocks:
        seen.setdefault(key_of(block), block)
    return list(_one_of_each_id(seen.values()))


def _one_of_each_id(blocks: Iterable[JSON]) -> Iterator[JSON]:
    used = set()
    for block in blocks:
        if block.get("block_id") in used:
            block = {name: part for name, part in block.items() if name != "block_id"}
        used.add(block.get("block_id"))
        yield block
