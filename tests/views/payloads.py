"""What every payload that leaves the app must keep to: Slack's limits, and our own promises about it."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.views.blocks import escape
from sandbox import rules

JSON = dict[str, Any]

TEXT_BYTES = rules.UPDATE_TEXT_BYTES
LABEL_LENGTH = 75
VALUES = re.compile(r"\d*|\d{4}-\d\d-\d\d|[a-z0-9_.]+")
"""What a button or an option may carry: a number, a date, a word of our own vocabulary, or a cadence's key."""
ORIGIN_KEYS = {"step_id", "prospect_id", "draft_id", "channel", "ts", "response_url"}
"""What a form may remember of where it was opened from."""
SAID_TO_SLACK = {
    "chat": {"channel", "text", "blocks", "thread_ts", "ts", "metadata", "unfurl_links", "unfurl_media"},
    "answer": {"response_type", "text", "blocks", "replace_original"},
}
"""What stands beside the blocks: in a call, and in an answer to an interaction."""
CALLS_ALOUD = ("<!", "<@", "<#", "<http", "<mailto:")


def message_problems(body: JSON, names: Iterable[str]) -> list[str]:
    """What is wrong with a message: ``names`` are those that its text must repeat where its blocks show them."""
    text, blocks = body.get("text") or "", body.get("blocks") or []
    problems = [str(problem) for problem in rules.message_blocks(blocks)]
    if rules.blocks_too_long(blocks):
        problems.append("blocks too long together")
    if not text:
        problems.append("no top-level text")
    if len(text.encode()) > TEXT_BYTES:
        problems.append(f"text of {len(text.encode())} bytes")
    shown = " ".join(words_in(blocks))
    problems += [
        f"{name} is in the blocks only" for name in names if escape(name) in shown and escape(name) not in text
    ]
    problems += _of_blocks(blocks) + _aloud([text, *words_in(blocks)]) + _sdk_on_blocks(blocks)
    if "metadata" in body and set(body["metadata"]["event_payload"]) != {"delivery"}:
        problems.append(f"metadata says more than its number: {body['metadata']}")
    return problems


def view_problems(view: JSON) -> list[str]:
    """What is wrong with a modal or a Home."""
    problems = [str(problem) for problem in rules.view(view, view["type"])]
    if rules.view_too_large(view):
        problems.append("view too large")
    problems += _of_blocks(view["blocks"]) + _aloud(words_in(view["blocks"]))
    try:
        View(**view).to_dict()
    except SlackObjectFormationError as error:
        problems.append(f"slack_sdk: {error}")
    return problems


def problems_beside_blocks(body: JSON) -> list[str]:
    """What is wrong with the rest of a call or an answer that carries a message."""
    known = SAID_TO_SLACK["chat" if "channel" in body else "answer"]
    problems = [f"{name} is nothing Slack knows" for name in body.keys() - known]
    if "channel" not in body and body.get("response_type") not in {"ephemeral", "in_channel"}:
        problems.append("no response_type")
    flags = ("replace_original", "unfurl_links", "unfurl_media")
    problems += [f"{name} is no boolean" for name in flags if not isinstance(body.get(name, False), bool)]
    return problems


def words_in(value: Any) -> Iterator[str]:
    """Every text that is drawn, in reading order."""
    if isinstance(value, list):
        for each in value:
            yield from words_in(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key == "text" and isinstance(each, str):
                yield each
            else:
                yield from words_in(each)


def hidden_in(value: Any, key: str = "") -> Iterator[str]:
    """Everything sent along that nobody sees: ids, values, what a form remembers."""
    if isinstance(value, list):
        for each in value:
            yield from hidden_in(each, key)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from hidden_in(each, name)
    elif key in {"value", "action_id", "block_id", "callback_id", "private_metadata", "event_payload"}:
        yield str(value)


def _of_blocks(blocks: list[JSON]) -> list[str]:
    problems = []
    for block in blocks:
        used = list(_elements(block))
        ids = [element["action_id"] for element in used if "action_id" in element]
        if len(ids) != len(set(ids)):
            problems.append(f"an action_id twice in one block: {ids}")
        for element in used:
            label = element.get("accessibility_label", "")
            if len(label) > LABEL_LENGTH:
                problems.append(f"spoken label of {len(label)}")
            if label != label.strip() or "……" in label:
                problems.append(f"spoken label {label!r}")
            values = [element.get("value", ""), *(option["value"] for option in element.get("options", []))]
            problems += [f"value {value!r}" for value in values if not VALUES.fullmatch(value)]
    return problems


def _elements(block: JSON) -> Iterator[JSON]:
    for candidate in (*block.get("elements", []), block.get("accessory"), block.get("element")):
        if isinstance(candidate, dict):
            yield candidate


def _aloud(texts: Iterable[str]) -> list[str]:
    """Nothing we say mentions, links or calls a channel: all of it would come out of somebody's text."""
    return [f"{call} in {text[:60]!r}" for text in texts for call in CALLS_ALOUD if call in text]


def _sdk_on_blocks(blocks: list[JSON]) -> list[str]:
    try:
        for parsed in Block.parse_all(blocks):
            parsed.to_dict()
    except SlackObjectFormationError as error:
        return [f"slack_sdk: {error}"]
    return []
