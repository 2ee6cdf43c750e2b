"""Turns what the app answers to a command, or posts to a response_url, into messages."""

import json
from typing import Any

from sandbox import rules
from sandbox.element_rules import OPTION, OPTION_GROUP, OPTION_GROUPS, SELECT_OPTIONS, options_of
from sandbox.methods.content import checked_blocks
from sandbox.model import JSON, Message
from sandbox.refusal import Refusal
from sandbox.schema import array, exactly_one_of, shape
from sandbox.workspace import ResponseUrl, Workspace

IN_CHANNEL = "in_channel"
OFFER = shape(
    {},
    {"options": array(OPTION, SELECT_OPTIONS, least=0), "option_groups": array(OPTION_GROUP, OPTION_GROUPS, least=0)},
    [exactly_one_of("options", "option_groups")],
)
"""What fills a menu while somebody types."""


def respond(workspace: Workspace, url: ResponseUrl, body: Any) -> Message | None:
    """Posts, replaces or deletes, as a response_url's body asks; ephemeral unless it says otherwise."""
    if not isinstance(body, dict):
        raise Refusal("invalid_payload")
    source = url.message
    if body.get("delete_original"):
        if source is not None:
            workspace.remove(source)
        return None
    blocks = checked_blocks(body["blocks"]) if body.get("blocks") else []
    text = str(body.get("text") or "")[: rules.MESSAGE_TEXT]
    attachments = body.get("attachments") or []
    if not text and not blocks and not attachments:
        raise Refusal("no_text")
    if body.get("replace_original") and source is not None and not source.deleted:
        source.text, source.blocks, source.attachments = text, blocks, attachments
        workspace.changed(source)
        return source
    return _posted(workspace, url, body, text=text, blocks=blocks, attachments=attachments)


def _posted(workspace: Workspace, url: ResponseUrl, body: JSON, **content: Any) -> Message:
    ephemeral_to = None if body.get("response_type") == IN_CHANNEL else url.person
    message = workspace.app_says(url.channel, **content, ephemeral_to=ephemeral_to, thread_ts=body.get("thread_ts"))
    url.message = url.message or message
    return message


def answer_to_command(workspace: Workspace, url: ResponseUrl, body: JSON | str | None) -> Message | None:
    """What a command's own HTTP answer shows; it doesn't count as a use of the response_url."""
    if body is None or body == "":
        return None
    return respond(workspace, url, {"text": body} if isinstance(body, str) else body)


def use(workspace: Workspace, key: str, raw: bytes) -> Message | None:
    """One POST to a response_url."""
    url = workspace.response_urls.get(key)
    if url is None:
        raise Refusal("invalid_url")
    try:
        body = json.loads(raw)
    except ValueError:
        raise Refusal("invalid_payload") from None
    url.spend(workspace.clock.now())
    return respond(workspace, url, body)


def offers(body: Any) -> list[JSON]:
    """The choices in the app's answer to what was typed into a menu; Slack shows none where it is not as it must be."""
    problems = list(OFFER(body, "")) if isinstance(body, dict) else ["no object"]
    if problems:
        raise Refusal("invalid_options", [str(problem) for problem in problems])
    return list(options_of(body))
