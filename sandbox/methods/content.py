"""Reads and checks what a message is made of: text, blocks, metadata. Shared by every way to post one."""

from typing import Any

from sandbox import rules
from sandbox.methods.call import Arguments
from sandbox.model import JSON, Blocks
from sandbox.refusal import Refusal
from sandbox.rendering import accepted
from sandbox.schema import Problem


def refuse_blocks(problems: list[Problem], code: str = "invalid_blocks") -> None:
    """Refuses when there is anything to refuse, in Slack's words."""
    if problems:
        messages = [str(each) for each in problems]
        raise Refusal(code, messages, errors=[f"{each.words} [json-pointer:{each.pointer}]" for each in problems])


def blocks_from(args: Arguments) -> Blocks | None:
    """The blocks of a message, checked and completed; None when none were given."""
    if not args.has("blocks"):
        return None
    return checked_blocks(args.json("blocks", "invalid_blocks_format"))


def checked_blocks(blocks: Any) -> Blocks:
    """Blocks that a message may carry, with the ids Slack fills in."""
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    refuse_blocks(rules.message_blocks(blocks))
    if rules.blocks_too_long(blocks):
        raise Refusal("msg_blocks_too_long")
    return accepted(blocks)


def attachments_from(args: Arguments) -> list[JSON] | None:
    """Attachments are kept as they come: new apps don't use them."""
    attachments = args.json("attachments", "invalid_attachments") if args.has("attachments") else None
    if attachments is not None and not isinstance(attachments, list):
        raise Refusal("invalid_attachments")
    return attachments


def metadata_from(args: Arguments) -> JSON | None:
    """A message's metadata, checked; an empty object takes it away."""
    if not args.has("metadata"):
        return None
    metadata: Any = args.json("metadata", "invalid_metadata_format")
    if metadata == {}:
        return {}
    code = rules.metadata(metadata)
    if code:
        raise Refusal(code)
    kept: JSON = metadata
    return kept
