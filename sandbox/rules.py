"""What Slack refuses: messages, views, metadata. Every function lists the problems; an empty list means accepted."""

import json
from collections.abc import Iterator
from typing import Any

from sandbox.block_rules import IN_HOME, IN_MESSAGE, IN_MODAL
from sandbox.element_rules import ID, plain
from sandbox.schema import Check, Problem, anything, array, boolean, by_type, shape, string

MESSAGE_BLOCKS, MODAL_BLOCKS, HOME_BLOCKS = 50, 100, 100
MESSAGE_TEXT = 40_000
"""chat.postMessage cuts what is longer."""
UPDATE_TEXT_BYTES = 4_000
"""chat.update refuses what is longer, counted in bytes after escaping."""
BLOCKS_TEXT = 13_200
"""All the words in one message's blocks together: not documented, met in practice as msg_blocks_too_long."""
CHARTS, TABLES = 2, 1
MODAL_TITLE = MODAL_SUBMIT = MODAL_CLOSE = 24
PRIVATE_METADATA = 3_000
VIEW_BYTES = 250_000
METADATA_BYTES = 16_384
SINGLE = ("element", "accessory")
"""Where a block keeps an element that stands alone in it."""
AT_MOST_IN_A_MESSAGE = {"data_visualization": CHARTS, "table": TABLES}


def message_blocks(blocks: Any) -> list[Problem]:
    """What is wrong with the blocks of a message."""
    problems = list(array(IN_MESSAGE, MESSAGE_BLOCKS, least=0)(blocks, "/blocks"))
    if problems:
        return problems
    return [*_repeated_ids(blocks, "/blocks"), *_too_many_of_a_kind(blocks), *_too_many_in_focus(blocks, "/blocks")]


def blocks_too_long(blocks: list[dict[str, Any]]) -> bool:
    """Whether the words in all blocks together pass what one message holds."""
    return sum(len(text) for text in _texts(blocks)) > BLOCKS_TEXT


def view(view: Any, kind: str) -> list[Problem]:
    """What is wrong with a view meant as ``modal`` or ``home``."""
    problems = list(by_type({kind: VIEWS[kind]})(view, "/view"))
    if problems:
        return problems
    blocks, pointer = view["blocks"], "/view/blocks"
    return [*_repeated_ids(blocks, pointer), *_too_many_in_focus(blocks, pointer), *_unsubmittable(view)]


def view_too_large(view: Any) -> bool:
    """Whether a view passes the size of what Slack stores."""
    return len(json.dumps(view).encode()) > VIEW_BYTES


def metadata(value: Any) -> str | None:
    """The error code for a message's metadata, if it has one coming."""
    if not isinstance(value, dict):
        return "invalid_metadata_format"
    if list(METADATA(value, "/metadata")):
        return "invalid_metadata_schema"
    return "metadata_too_large" if len(json.dumps(value).encode()) > METADATA_BYTES else None


def _repeated_ids(blocks: list[dict[str, Any]], pointer: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            yield Problem(f"{pointer}/{index}/block_id", f"`block_id` must be unique: {block_id}")
        if block_id:
            seen.add(block_id)


def _too_many_of_a_kind(blocks: list[dict[str, Any]]) -> Iterator[Problem]:
    for kind, most in AT_MOST_IN_A_MESSAGE.items():
        if sum(block["type"] == kind for block in blocks) > most:
            yield Problem("/blocks", f"no more than {most} {kind} blocks allowed")


def _too_many_in_focus(blocks: list[dict[str, Any]], pointer: str) -> Iterator[Problem]:
    """The cursor stands in one place."""
    parts = [part for block in blocks for part in (*block.get("elements", []), *map(block.get, SINGLE))]
    if sum(isinstance(part, dict) and part.get("focus_on_load") is True for part in parts) > 1:
        yield Problem(pointer, "only one element can have `focus_on_load` set to true")


def _unsubmittable(view: dict[str, Any]) -> Iterator[Problem]:
    """A modal that asks must have a button to answer with."""
    asks = any(block["type"] == "input" for block in view["blocks"])
    if view["type"] == "modal" and asks and "submit" not in view:
        yield Problem("/view", "missing required field: submit")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key == "text" and isinstance(each, str):
                yield each
            else:
                yield from _texts(each)


def _an_object(value: Any, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(pointer, "must provide an object")


IDS: dict[str, Check] = {
    "callback_id": string(ID, least=0),
    "private_metadata": string(PRIVATE_METADATA, least=0),
    "external_id": string(ID, least=0),
}
MODAL = shape(
    {"type": anything, "title": plain(MODAL_TITLE), "blocks": array(IN_MODAL, MODAL_BLOCKS, least=0)},
    {
        **IDS,
        "submit": plain(MODAL_SUBMIT),
        "close": plain(MODAL_CLOSE),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
HOME = shape({"type": anything, "blocks": array(IN_HOME, HOME_BLOCKS, least=0)}, IDS)
VIEWS: dict[str, Check] = {"modal": MODAL, "home": HOME}
METADATA = shape({"event_type": string(ID), "event_payload": _an_object}, {"entities": anything})
