"""Which way they answered, in the words of six languages."""

import re

from bot.slack.commands import ReplyWay
from bot.slack.reading import outcome_languages

WAYS = {
    "interested": ReplyWay.INTERESTED,
    "question": ReplyWay.QUESTION,
    "a question": ReplyWay.QUESTION,
    "asks": ReplyWay.QUESTION,
    "not now": ReplyWay.NOT_NOW,
    "later": ReplyWay.NOT_NOW,
    "no": ReplyWay.NO,
    "not interested": ReplyWay.NO,
}
_WAY = re.compile(
    rf"(?P<who>.+?)[ ,:]+(?P<way>{'|'.join(sorted(WAYS, key=len, reverse=True))})(?P<rest>[ ,:].*)?",
    re.IGNORECASE | re.DOTALL,
)


def way_in(head: str) -> tuple[str, ReplyWay, str] | None:
    """The name, which way they answered, in any of six languages, and what is said behind it."""
    found, elsewhere = _WAY.fullmatch(head), outcome_languages.answer(head)
    if elsewhere and not (found and len(found["who"]) < len(elsewhere[0])):
        return elsewhere[0], WAYS[elsewhere[1]], elsewhere[2].strip(" ,:")
    return (found["who"], WAYS[_plain(found["way"])], (found["rest"] or "").strip(" ,:")) if found else None


def _plain(words: str) -> str:
    return " ".join(words.lower().split())
