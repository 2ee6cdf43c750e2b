"""Block Kit as plain dicts, cut to Slack's limits so that nothing we say is refused for its length."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from language import say

SECTION_LENGTH = 3_000
CONTEXT_LENGTH = 2_000
HEADER_LENGTH = 150
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30
LABEL_LENGTH = 75
BUTTON_LENGTH = 30
"""Slack takes more, and shows no more of it."""
TITLE_LENGTH = 24
TEXT_BYTES = 3_900
"""chat.update counts a message's text in bytes, after escaping; it takes 4,000."""
LIST_BYTES = 3_300
"""What a list in that text may take."""
NAME_SHOWN = 60
"""A name in a row: all the words in one message's blocks together have a limit too."""
SENTENCE_ENDS = (".", "!", "?", "…", ":")
MESSAGE_BLOCKS = 50
PLACEHOLDER_LENGTH = 150

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """What is said: blocks to look at, and a text with the same facts for notifications and screen readers."""

    text: str
    blocks: list[Block]


def escape(text: str) -> str:
    """User text as Slack shows it literally: no mention, no link, no channel-wide call."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, length: int) -> str:
    """At most ``length`` characters, with an ellipsis, never through the middle of an escaped character."""
    if len(text) <= length:
        return text
    kept = text[: length - 1]
    ampersand = kept.rfind("&")
    if ampersand >= 0 and ";" not in kept[ampersand:] and len(kept) - ampersand < len("&amp;"):
        kept = kept[:ampersand]
    return kept.rstrip().removesuffix("…") + "…"


def short(name: str | None) -> str:
    """A name as rows show it: escaped it takes 60 characters, whatever it is made of."""
    return cut(name, NAME_SHOWN * len(name) // len(escape(name))) if name else ""


def listed(lines: Sequence[str]) -> str:
    """Lines one after the other; where they don't all fit, each is cut at its end and none is left out."""
    size = sum(len(escape(line).encode()) for line in lines)
    if size <= LIST_BYTES:
        return " ".join(lines)
    return " ".join(cut(line, max(1, len(line) * LIST_BYTES // size)) for line in lines)


def message(text: str, blocks: Sequence[Block]) -> Message:
    """A message within Slack's limits. ``text`` is plain and escaped here, as Slack reads mentions in it."""
    return _within(escape(text), blocks)


def joined(first: Message, second: Message) -> Message:
    """Two messages as one, the first above the second."""
    return _within(sentences(first.text, second.text), [*first.blocks, divider(), *second.blocks])


def sentences(*parts: str) -> str:
    """Texts that are read one after the other: each ends before the next begins."""
    *most, last = [part for part in parts if part] or [""]
    return " ".join([*(part if part.endswith(SENTENCE_ENDS) else f"{part}." for part in most), last])


def _within(said: str, blocks: Sequence[Block]) -> Message:
    kept = said.encode(errors="replace")[: TEXT_BYTES - 2].decode(errors="ignore")
    return Message(cut(said, len(kept)), list(blocks[:MESSAGE_BLOCKS]))


def mrkdwn(text: str, length: int = SECTION_LENGTH) -> Block:
    """Text with formatting; ``verbatim`` keeps Slack from making links and names out of plain words."""
    return {"type": "mrkdwn", "text": cut(text, length), "verbatim": True}


def plain(text: str, length: int) -> Block:
    """Text without formatting."""
    return {"type": "plain_text", "text": cut(text, length), "emoji": True}


def header(text: str) -> Block:
    """A headline."""
    return {"type": "header", "text": plain(text, HEADER_LENGTH)}


def section(text: str, accessory: Block | None = None, block_id: str | None = None) -> Block:
    """A paragraph, maybe with one control beside it."""
    return _with({"type": "section", "text": mrkdwn(text)}, accessory=accessory, block_id=block_id)


def context(text: str) -> Block:
    """A small line."""
    return {"type": "context", "elements": [mrkdwn(text, CONTEXT_LENGTH)]}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def actions(elements: Sequence[Block], block_id: str | None = None) -> Block:
    """A row of controls."""
    return _with({"type": "actions", "elements": list(elements)}, block_id=block_id)


def button(
    label: str,
    action_id: str,
    value: object = None,
    *,
    style: str | None = None,
    spoken: str | None = None,
    confirm: Block | None = None,
) -> Block:
    """A button; ``spoken`` is what a screen reader says, so that "Won" is told apart from the next row's "Won".

    A label that is too long for Slack to show, as one with a name in it may be, is cut, and spoken whole.
    """
    spoken = spoken or (label if len(label) > BUTTON_LENGTH else None)
    return _with(
        {"type": "button", "text": plain(label, BUTTON_LENGTH), "action_id": action_id},
        value=None if value is None else str(value),
        style=style,
        accessibility_label=cut(spoken, LABEL_LENGTH) if spoken else None,
        confirm=confirm,
    )


def confirmation(title: str, text: str, yes: str) -> Block:
    """Slack's own question before a press counts."""
    return {
        "title": plain(title, CONFIRM_TITLE),
        "text": plain(text, CONFIRM_TEXT),
        "confirm": plain(yes, CONFIRM_BUTTON),
        "deny": plain(say("Cancel"), CONFIRM_BUTTON),
        "style": "danger",
    }


def option(label: str, value: str) -> Block:
    """One choice of a menu."""
    return {"text": plain(label, LABEL_LENGTH), "value": value}


def menu(action_id: str, placeholder: str, options: Sequence[Block], initial: Block | None = None) -> Block:
    """A menu to choose one from."""
    return _with(
        {
            "type": "static_select",
            "action_id": action_id,
            "placeholder": plain(placeholder, PLACEHOLDER_LENGTH),
            "options": list(options),
        },
        initial_option=initial,
    )


def preformatted(text: str) -> Block:
    """Text exactly as it is, whatever signs it holds."""
    inside = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text or " "}]}
    return {"type": "rich_text", "elements": [inside]}


def overflow(action_id: str, options: Sequence[Block]) -> Block:
    """The ⋯ menu: at most five."""
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def field(block_id: str, label: str, element: Block, *, optional: bool = False, hint: str | None = None) -> Block:
    """A labelled input of a form; its element's action id is the block's id."""
    return _with(
        {
            "type": "input",
            "block_id": block_id,
            "label": plain(label, 2_000),
            "element": {**element, "action_id": block_id},
            "optional": optional,
        },
        hint=plain(hint, 2_000) if hint else None,
    )


def text_input(initial: str | None = None, *, length: int = 3_000, lines: bool = False, hint: str = "") -> Block:
    """A line, or several, to type into."""
    return _with(
        {"type": "plain_text_input", "multiline": lines, "max_length": min(length, 3_000)},
        initial_value=initial[: min(length, 3_000)] if initial else None,
        placeholder=plain(hint, PLACEHOLDER_LENGTH) if hint else None,
    )


def modal(
    title: str,
    callback_id: str,
    blocks: Sequence[Block],
    *,
    submit: str | None = None,
    close: str | None = None,
    metadata: str = "",
) -> Block:
    """A form."""
    return _with(
        {
            "type": "modal",
            "callback_id": callback_id,
            "title": plain(title, TITLE_LENGTH),
            "close": plain(close or say("Cancel"), TITLE_LENGTH),
            "blocks": list(blocks),
            "private_metadata": metadata,
        },
        submit=plain(submit, TITLE_LENGTH) if submit else None,
    )


def _with(block: Block, **parts: Any) -> Block:
    return block | {name: part for name, part in parts.items() if part is not None}
