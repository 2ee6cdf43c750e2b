"""A typed line taken apart: what stands before the note, and the parts between commas."""

import re

from bot.slack.reading.date_rules import MONTHS

MOST_SEGMENTS = 40
"""Nobody writes more fields than this; what follows stays together."""
INCORPORATED = (
    r"inc|ltd|llc|llp|gmbh|corp|co|plc|ag|kg|se|sa|s\.a|bv|b\.v|oy|ab|srl|spa|pty|limited|jr|sr|phd|esq|ii|iii"
)

_NOTE = re.compile(r"(?:^|(?<=\s))(?:--+|—)|(?:--+|—)(?=\s|$)|\n")
_COMMA_OR_BRACKETS = re.compile(r"[,;،，、；]|\([^()]{1,200}\)")
_JOINED = re.compile(rf"\s*(?:{INCORPORATED})\.?\s*(?:[,;)]|$)", re.IGNORECASE)
_DECIMALS = re.compile(r"[0-9]{3}(?![0-9])|[0-9]{1,2} ?(?:€|eur|[km]\b|mio)", re.IGNORECASE)
_PRICED = re.compile(
    r"(?:[$€£]|\b(?:eur|usd|gbp|chf|value|worth|amount|wert):?) ?[0-9]{1,3}(?:\.?[0-9]{3})*$|[0-9]\.[0-9]{3}$",
    re.IGNORECASE,
)
_CENTS = re.compile(r"[0-9]{2}(?![0-9])")
_MONTH_DAY = re.compile(rf"(?:^|\s)(?:(?:{'|'.join(MONTHS)})\.? ?[0-9]{{1,2}}(?:st|nd|rd|th)?)$", re.IGNORECASE)
_NEARBY = 24


def split_note(text: str) -> tuple[str, str]:
    """What stands before and after the first ` -- `, em dash or new line."""
    text = text.strip()
    found = _NOTE.search(text)
    return (text[: found.start()].strip(), text[found.end() :].strip()) if found else (text, "")


def segments(head: str) -> list[str]:
    """The parts between commas, where the comma is no part of a number, a date, a company's form or brackets."""
    parts: list[str] = []
    start = 0
    for found in _COMMA_OR_BRACKETS.finditer(head):
        if len(parts) == MOST_SEGMENTS:
            break
        if found[0][0] != "(" and not _belongs(head, found.start()):
            parts.append(head[start : found.start()].strip())
            start = found.end()
    return [part for part in [*parts, head[start:].strip()] if part]


def _belongs(head: str, comma: int) -> bool:
    before, after = head[max(0, comma - _NEARBY) : comma], head[comma + 1 : comma + _NEARBY]
    if before[-1:].isdigit() and _DECIMALS.match(after):
        return True
    if _CENTS.match(after) and _PRICED.search(before):
        return True
    if re.match(r" ?20[0-9]{2}\b", after) and _MONTH_DAY.search(before):
        return True
    return bool(before.strip()) and _JOINED.match(after) is not None
