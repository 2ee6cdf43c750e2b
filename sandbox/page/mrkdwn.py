"""Slack's mrkdwn and plain text to HTML that is safe to put on a page, whoever wrote the text."""

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup

from sandbox.page.emoji import SHORT_CODE, emoji, with_emoji
from sandbox.page.words import Words, slack_date

SAFE_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
LINK_REL: Final = "noopener noreferrer nofollow"

FENCE: Final = re.compile(r"```(.*?)```", re.DOTALL)
ATOM: Final = re.compile(
    r"`(?P<code>[^`\n]+)`|<(?P<token>[^<>\n]+)>|(?P<url>https?://[^\s<>|*`]+[^\s<>|*`.,;:!?'\")\]_~])|"
    + SHORT_CODE.pattern
)
# One delimiter, text without it, one delimiter; never inside a word, so snake_case and 2*3*4 stay as typed.
STYLES: Final = tuple(
    (re.compile(rf"(?<![\w{mark}])\{mark}(?=\S)([^{mark}\n]+?)(?<=\S)\{mark}(?![\w{mark}])"), tag)
    for mark, tag in (("*", "strong"), ("_", "em"), ("~", "s"))
)
# Finished HTML waits behind a numbered mark of private-use characters while the rest of the line is styled.
OPEN, SHUT = "\ue000", "\ue001"
PARKED: Final = re.compile(f"{OPEN}(\\d+){SHUT}")


def plain(text: str, *, emoji_on: bool = True) -> Markup:
    """Plain text as HTML: everything escaped, line ends and emoji kept."""
    shown = with_emoji(text) if emoji_on else text
    return _finished(_escape(shown).replace("\n", "<br>"))


def mrkdwn(text: str, words: Words) -> Markup:
    """mrkdwn as HTML: Slack's tokens and styles become tags, everything else is escaped."""
    text = text.replace(OPEN, "").replace(SHUT, "")
    parts = FENCE.split(text)
    drawn = [_fence(part) if odd % 2 else _lines(part, words) for odd, part in enumerate(parts)]
    return _finished("".join(drawn))


def safe_url(url: str) -> str | None:
    """The address if a browser may follow it, else None: no javascript:, no data:, nothing relative."""
    address = unescape(url).strip()
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        return None
    return address if scheme in SAFE_SCHEMES and not re.search(r"[\x00-\x20]", address) else None


def unescape(text: str) -> str:
    """Slack's three entities back to the characters they stand for."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def link(url: str, label: str) -> str:
    """An anchor that opens outside the page, or only its label when the address is not safe."""
    address = safe_url(url)
    if address is None:
        return label
    return f'<a href="{html.escape(address)}" target="_blank" rel="{LINK_REL}">{label}</a>'


def anchor(url: str, label: str) -> Markup:
    """A link with a label of plain words."""
    return _finished(link(url, html.escape(label)))


def _finished(drawn: str) -> Markup:
    """HTML of this module's own making: every piece of foreign text in it went through _escape."""
    return Markup(drawn)  # noqa: S704  # nosec B704


def _escape(text: str) -> str:
    return html.escape(unescape(text))


def _fence(code: str) -> str:
    return f"<pre><code>{_escape(code.strip(chr(10)))}</code></pre>"


def _lines(text: str, words: Words) -> str:
    """Lines joined by breaks; neighbouring lines that start with > stand in one quotation."""
    drawn: list[str] = []
    quoted: list[str] = []
    for line in text.strip("\n").split("\n") if text.strip("\n") else []:
        quote = re.match(r"(?:>|&gt;) ?(.*)", line)
        if quote:
            quoted.append(_inline(quote[1], words))
            continue
        _end_quote(drawn, quoted)
        drawn.append(_inline(line, words))
    _end_quote(drawn, quoted)
    return re.sub(r"(</blockquote>)<br>|<br>(?=<blockquote>)", r"\1", "<br>".join(drawn))


def _end_quote(drawn: list[str], quoted: list[str]) -> None:
    if quoted:
        drawn.append(f"<blockquote>{'<br>'.join(quoted)}</blockquote>")
        quoted.clear()


def _inline(line: str, words: Words) -> str:
    """One line: what is already an element is parked, the rest escaped and styled, then all put back."""
    parked: list[str] = []

    def park(found: re.Match[str]) -> str:
        parked.append(_atom(found, words))
        return f"{OPEN}{len(parked) - 1}{SHUT}"

    return _unpark(style(_escape(_park_all(line, park))), parked)


def _park_all(line: str, park: Callable[[re.Match[str]], str]) -> str:
    return ATOM.sub(park, line)


def _unpark(text: str, parked: list[str]) -> str:
    return PARKED.sub(lambda found: parked[int(found[1])], text)


def style(escaped: str) -> str:
    """Bold, italic and struck text in a line that is already escaped."""
    for pattern, tag in STYLES:
        escaped = pattern.sub(rf"<{tag}>\1</{tag}>", escaped)
    return escaped


def _atom(found: re.Match[str], words: Words) -> str:
    if found["code"] is not None:
        return f"<code>{_escape(found['code'])}</code>"
    if found["token"] is not None:
        return _token(found["token"], words)
    if found["url"] is not None:
        return link(found["url"], _escape(found["url"]))
    name = found[found.re.groups]
    return _escape(emoji(name) or found[0])


def _token(token: str, words: Words) -> str:
    """What stands between angle brackets: a person, a channel, a special mention, a date or a link."""
    target, _, label = token.partition("|")
    match target[:1]:
        case "@":
            name = words.people.get(target[1:]) or label or target[1:]
            return _mention(f"@{name.removeprefix('@')}")
        case "#":
            return _mention(f"#{words.channels.get(target[1:]) or label or target[1:]}")
        case "!":
            return _special(target[1:], label, words)
        case _:
            shown = label or target.removeprefix("mailto:").removeprefix("tel:")
            return link(target, _escape(with_emoji(shown)))


def _mention(text: str) -> str:
    return f'<span class="mention">{_escape(text)}</span>'


def _special(target: str, label: str, words: Words) -> str:
    if not target.startswith("date^"):
        return _mention(f"@{(label or target.partition('^')[0]).removeprefix('@')}")
    _, stamp, pattern, *rest = [*target.split("^"), "", ""]
    try:
        text = slack_date(datetime.fromtimestamp(int(stamp), UTC), pattern, words)
    except (ValueError, OverflowError, OSError):
        return _escape(label or target)
    shown = f"<time>{_escape(text)}</time>"
    return link(rest[0], shown) if rest and rest[0] else shown
