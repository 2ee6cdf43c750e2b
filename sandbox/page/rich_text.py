"""A rich_text block, and the cells of a table block, to safe HTML."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from markupsafe import Markup, escape

from sandbox.page.emoji import emoji
from sandbox.page.mrkdwn import anchor
from sandbox.page.words import Words, slack_date

STYLE_TAGS: Final = {
    "bold": Markup("strong"),
    "italic": Markup("em"),
    "strike": Markup("s"),
    "code": Markup("code"),
    "underline": Markup("u"),
}
PARAGRAPH: Final = Markup("p")
BLOCK_TAGS: Final = {"rich_text_quote": Markup("blockquote"), "rich_text_preformatted": Markup("pre")}

Piece = Mapping[str, Any]


def rich_text(block: Piece, words: Words) -> Markup:
    """The whole block: sections, lists, quotations and preformatted text in their order."""
    return Markup("").join(_part(part, words) for part in block.get("elements", ()))


def cell(piece: Piece, words: Words) -> Markup:
    """One table cell: raw text, a raw number, or rich text."""
    if piece.get("type") == "rich_text":
        return rich_text(piece, words)
    return escape(piece.get("text", piece.get("value", "")))


def _part(part: Piece, words: Words) -> Markup:
    if part.get("type") == "rich_text_list":
        return _list(part, words)
    tag = BLOCK_TAGS.get(str(part.get("type")), PARAGRAPH)
    return Markup("<{0}>{1}</{0}>").format(tag, _inline(part.get("elements", ()), words))


def _list(part: Piece, words: Words) -> Markup:
    tag = Markup("ol") if part.get("style") == "ordered" else Markup("ul")
    items = Markup("").join(
        Markup("<li>{}</li>").format(_inline(item.get("elements", ()), words)) for item in part.get("elements", ())
    )
    return Markup('<{0} data-indent="{1}">{2}</{0}>').format(tag, int(part.get("indent", 0)), items)


def _inline(pieces: Iterable[Piece], words: Words) -> Markup:
    return Markup("").join(_styled(_piece(piece, words), piece.get("style", {})) for piece in pieces)


def _styled(drawn: Markup, styles: Mapping[str, bool]) -> Markup:
    for name, tag in STYLE_TAGS.items():
        if styles.get(name):
            drawn = Markup("<{0}>{1}</{0}>").format(tag, drawn)
    return drawn


def _piece(piece: Piece, words: Words) -> Markup:
    match piece.get("type"):
        case "link":
            return anchor(str(piece.get("url", "")), str(piece.get("text") or piece.get("url", "")))
        case "user":
            return _mention("@", words.people, piece.get("user_id", ""))
        case "channel":
            return _mention("#", words.channels, piece.get("channel_id", ""))
        case "broadcast":
            return _mention("@", {}, piece.get("range", ""))
        case "emoji":
            return escape(emoji(piece.get("name", "")) or f":{piece.get('name', '')}:")
        case "date":
            at = datetime.fromtimestamp(int(piece.get("timestamp", 0)), UTC)
            return Markup("<time>{}</time>").format(slack_date(at, piece.get("format", "{date}"), words))
        case _:
            return Markup("<br>").join(str(piece.get("text", "")).split("\n"))


def _mention(mark: str, names: Mapping[str, str], ident: str) -> Markup:
    return Markup('<span class="mention">{}{}</span>').format(mark, names.get(ident, ident))
