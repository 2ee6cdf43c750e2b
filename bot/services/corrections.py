"""What a correction teaches: words of an add line that were read as they were not meant. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.services.names import key_of, wording_of

FIELDS = ("company", "role", "source", "industry")
"""What a text between two commas can mean, beside the name and the note."""
NOTE = "note"
WORDS_LENGTH = 60
FEWEST_LETTERS = 2
KEPT_AT_MOST = 8
"""Texts remembered of one line."""
A_SLIP = 80
"""So much alike, and at least as long as ``SLIP_LETTERS``, it is a typing error that was mended."""
SLIP_LETTERS = 5


@dataclass(frozen=True, slots=True)
class Said:
    """A text of an add line, and the field that it was read as; the note where it was not read at all."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Taught:
    """Words that mean something in a field."""

    words: str
    field: str
    meaning: str


def worth_keeping(said: Sequence[Said]) -> tuple[Said, ...]:
    """Those of a line's texts that a correction could teach something about."""
    return tuple(each for each in said if is_teachable(each.words))[:KEPT_AT_MOST]


def is_teachable(words: str) -> bool:
    """False for what is too short or too long to be a shorthand."""
    return len(words) <= WORDS_LENGTH and len(_letters(words)) >= FEWEST_LETTERS


def taught_by(said: Sequence[Said], before: Mapping[str, str | None], after: Mapping[str, str | None]) -> Taught | None:
    """What an edit of these fields teaches about the line that they came from; None where that is not sure."""
    changed = [field for field in FIELDS if field in after]
    emptied = [field for field in changed if before[field] and not after[field]]
    filled = [field for field in changed if after[field]]
    found = _corrected(said, after)
    if found is None and len(emptied) == len(filled) == 1:
        found = _moved(said, emptied[0], Taught("", filled[0], after[filled[0]] or ""))
    if found is None and not emptied and len(filled) == 1 and not before[filled[0]]:
        found = _read_at_last(said, Taught("", filled[0], after[filled[0]] or ""))
    return found


def _corrected(said: Sequence[Said], after: Mapping[str, str | None]) -> Taught | None:
    """The company “AC” became Acme Corp."""
    corrected = [Taught(each.words, each.field, after.get(each.field) or "") for each in said if each.field in FIELDS]
    return next((each for each in corrected if each.meaning and not _is_spelling(each.words, each.meaning)), None)


def _moved(said: Sequence[Said], emptied: str, filled: Taught) -> Taught | None:
    """“Ops” was no company but their role."""
    words = [each.words for each in said if each.field == emptied]
    return Taught(words[0], filled.field, filled.meaning) if words else None


def _read_at_last(said: Sequence[Said], filled: Taught) -> Taught | None:
    """“Ops” was not read, and is short for what was filled in now."""
    unread = [each.words for each in said if each.field == NOTE]
    sure = len(unread) == 1 and _is_short_for(unread[0], filled.meaning)
    return Taught(unread[0], filled.field, filled.meaning) if sure else None


def _is_spelling(words: str, meaning: str) -> bool:
    """True for the same name written otherwise, and for a typing error."""
    if key_of(words) == key_of(meaning):
        return True
    alike = fuzz.ratio(wording_of(words), wording_of(meaning)) >= A_SLIP
    return alike and len(_letters(words)) >= SLIP_LETTERS


def _is_short_for(words: str, meaning: str) -> bool:
    """True where the letters stand in the meaning one after the other, from its first on."""
    short, long = _letters(words), _letters(meaning)
    rest = iter(long)
    return short[:1] == long[:1] and all(letter in rest for letter in short)


def _letters(words: str) -> str:
    return "".join(char for char in wording_of(words) if char.isalnum())
