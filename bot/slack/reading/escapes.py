"""Slack's escaping, undone once, before anything else looks at the text."""

import re
import unicodedata

_CONTROL = re.compile(r"<([^<>\n]+)>|&(amp|lt|gt);")
_ENTITY = re.compile(r"&(amp|lt|gt);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}
_MENTION = re.compile(r"<@([UW][A-Z0-9]{1,30})>")
_SCHEME = re.compile(r"^(?:https?://|mailto:|tel:)")
_CONTACT = ("mailto:", "tel:")

# Copied phone numbers and addresses arrive wrapped in these; they also let a text pose as another one.
_INVISIBLE = re.compile("[\u200b\ufeff\u202a-\u202e\u2066-\u2069]")
_NEWLINE = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# NUL is refused by PostgreSQL and lone surrogates by every encoder; a no-break space is a space to a reader.
_SPACE = re.compile("[\x00-\x09\x0e-\x1f\x7f-\x9f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def undo(text: str) -> str:
    """The text as the person typed it: entities and links undone exactly once, mentions kept as ``<@U123>``."""
    return plain(_CONTROL.sub(_one, text))


def plain(text: str) -> str:
    """The same words with plain spaces and newlines and nothing invisible or unstorable; safe to apply twice."""
    text = _NEWLINE.sub("\n", text)
    text = _SPACE.sub(" ", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", _SURROGATE.sub("\ufffd", text))


def mentioned(word: str) -> str | None:
    """The user id when the word is a mention, else None."""
    found = _MENTION.fullmatch(word)
    return found[1] if found else None


def _one(found: re.Match[str]) -> str:
    if found[2]:
        return _ENTITIES[found[2]]
    target, _, label = found[1].partition("|")
    target, label = _entities(target), _entities(label)
    match target[:1]:
        case "@":
            return f"<{target}>"
        case "#":
            return f"#{label or target[1:]}"
        case "!":
            return _special(target[1:], label)
        case _:
            return _link(target, label, found[0])


def _special(target: str, label: str) -> str:
    if target.startswith("date^"):
        return label
    name = label or target.partition("^")[0]
    return name if name.startswith("@") else f"@{name}"


def _link(target: str, label: str, whole: str) -> str:
    """A contact is its address; an address is its label when they differ by the scheme only."""
    bare = _SCHEME.sub("", target)
    if bare == target:
        return _entities(whole)  # no link Slack makes: somebody's own angle brackets
    if target.startswith(_CONTACT):
        return bare
    return label if label and label.rstrip("/") == bare.rstrip("/") else target


def _entities(text: str) -> str:
    return _ENTITY.sub(lambda found: _ENTITIES[found[1]], text)
