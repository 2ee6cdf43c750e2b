"""A markdown block to safe HTML: the everyday part of markdown, as Slack draws it."""

import re
from typing import Final

from markupsafe import Markup

from sandbox.page.mrkdwn import mrkdwn
from sandbox.page.words import Words

HEADING: Final = re.compile(r"#{1,6}\s+(.*)")
BULLET: Final = re.compile(r"\s*[-*+]\s+(.*)")
NUMBER: Final = re.compile(r"\s*\d+[.)]\s+(.*)")
RULE: Final = re.compile(r"\s*([-*_])(?:\s*\1){2,}\s*")
FENCE: Final = re.compile(r"(```.*?```)", re.DOTALL)
# markdown's inline marks said in mrkdwn; what mrkdwn knows already (`code`, _em_) stays.
INLINE: Final = (
    (re.compile(r"!?\[([^\]\n]+)\]\(([^)\s]+)\)"), r"<\2|\1>"),
    (re.compile(r"(?<!\*)\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?!\*)"), r"_\1_"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"*\2*"),
    (re.compile(r"~~(?=\S)(.+?)(?<=\S)~~"), r"~\1~"),
)


def markdown(text: str, words: Words) -> Markup:
    """Headings, lists, rules, quotations, code and inline styles; everything else is escaped text."""
    drawn = [
        mrkdwn(part, words) if odd % 2 else _flow(part.strip("\n"), words) for odd, part in enumerate(FENCE.split(text))
    ]
    return Markup("").join(drawn)


def _flow(text: str, words: Words) -> Markup:
    """Paragraphs, split at empty lines; within one, runs of list lines become a list."""
    return Markup("").join(
        _paragraph(lines, words) for part in re.split(r"\n\s*\n", text) if (lines := part.split("\n"))
    )


def _paragraph(lines: list[str], words: Words) -> Markup:
    drawn: list[Markup] = []
    kind, run = "", list[Markup]()
    for line in [*lines, None]:
        new, content = ("end", "") if line is None else _kind(line)
        if run and new != kind:
            drawn.append(_close(kind, run))
            run = []
        kind = new
        if line is not None and (content or kind == "hr"):
            run.append(mrkdwn(_inline(content), words))
    return Markup("").join(drawn)


def _kind(line: str) -> tuple[str, str]:
    if RULE.fullmatch(line):
        return "hr", ""
    for tag, pattern in (("h4", HEADING), ("ul", BULLET), ("ol", NUMBER)):
        found = pattern.fullmatch(line)
        if found:
            return tag, found[1]
    return "p", line


def _close(kind: str, run: list[Markup]) -> Markup:
    match kind:
        case "ul" | "ol":
            items = Markup("").join(Markup("<li>{}</li>").format(item) for item in run)
            return Markup("<{0}>{1}</{0}>").format(kind, items)
        case "h4":
            return Markup("").join(Markup("<h4>{}</h4>").format(item) for item in run)
        case "hr":
            return Markup("<hr>")
        case _:
            return Markup("<p>{}</p>").format(Markup("<br>").join(run))


def _inline(text: str) -> str:
    for pattern, replacement in INLINE:
        text = pattern.sub(replacement, text)
    return text
