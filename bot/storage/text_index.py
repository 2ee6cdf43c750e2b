"""Texts kept in memory, to be looked through for parts of words and for words that are nearly the same."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from rapidfuzz import fuzz, process

BREAK = "\n"
ALIKE_ENOUGH = 75
"""Similarity (0 to 100) from which a misspelt word counts as the same: one wrong letter in four."""
ALIKE_AT_MOST = 5
LOOKED_UP_AT_MOST = 32

_WORD = re.compile(r"\w+")


class _LookedUp(NamedTuple):
    """The words that a part may be in, and in how many places they stand."""

    words: list[str]
    places: int


class Pile:
    """Texts by number, and in which of them each word stands: a part is looked for among the words, not the texts."""

    def __init__(self) -> None:
        """No text yet."""
        self._texts: dict[int, str] = {}
        self._places: dict[str, list[int]] = {}
        self._changed: set[int] = set()
        self._words: str | None = None
        self._looked_up: dict[str, _LookedUp] = {}

    def put(self, number: int, text: str | None) -> None:
        """Another text under this number; None takes it out. Where its old words stood is looked at in vain."""
        if self._texts.pop(number, None) is not None:
            self._changed.add(number)
        if text is None:
            return
        self._texts[number] = text
        self._looked_up.clear()
        for word in dict.fromkeys(_WORD.findall(text)):
            if word not in self._places:
                self._places[word] = []
                self._words = None
            self._places[word].append(number)

    @property
    def texts(self) -> Mapping[int, str]:
        """Every text by its number."""
        return self._texts

    def get(self, number: int) -> str:
        """The text under this number; empty when there is none."""
        return self._texts.get(number, "")

    def holding(self, part: str) -> Iterator[int]:
        """The numbers of all texts with this part in it; those put in last come first for each word."""
        seen: set[int] = set()
        is_word, changed = _WORD.fullmatch(part) is not None, self._changed
        for word in self._rarest(part):
            for number in reversed(self._places[word]):
                if number in seen:
                    continue
                seen.add(number)
                # Where one word is all there is to it, only a text that is another by now must be looked at.
                if (is_word and number not in changed) or part in self.get(number):
                    yield number

    def all_holding(self, part: str) -> set[int]:
        """The same all at once, which takes a tenth of the time for each."""
        texts = self._texts
        found = set().union(*(self._places[word] for word in self._look_up(part).words))
        doubtful = found & self._changed if _WORD.fullmatch(part) else found
        return (found - doubtful) | {number for number in doubtful if part in texts.get(number, "")}

    def spread(self, part: str) -> int:
        """In how many places the words stand that the part may be in: about how often it is held, at little cost."""
        return self._look_up(part).places

    def near(self, word: str) -> list[str]:
        """The words that this one may have been meant as, the likeliest first."""
        found = process.extract(word, self._places.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE_ENOUGH, limit=None)
        return list(islice((each[0] for each in found if each[0] != word and self._stands(each[0])), ALIKE_AT_MOST))

    def _stands(self, word: str) -> bool:
        """A word whose texts are all others by now is kept, and meant by nobody."""
        return any(number not in self._changed or word in self.get(number) for number in self._places[word])

    def _look_up(self, part: str) -> _LookedUp:
        """Looked up once: a search asks for the same several times."""
        if part not in self._looked_up:
            if len(self._looked_up) >= LOOKED_UP_AT_MOST:
                self._looked_up.clear()
            words = list(self._rarest(part))
            self._looked_up[part] = _LookedUp(words, sum(len(self._places[word]) for word in words))
        return self._looked_up[part]

    def _rarest(self, part: str) -> Iterable[str]:
        """The words that one of the part's words may be in; of several the one that stands in the fewest texts."""
        sides = [
            (BREAK if part[found.start() - 1 : found.start()] == " " else "")
            + found[0]
            + (BREAK if part[found.end() : found.end() + 1] == " " else "")
            for found in _WORD.finditer(part)
        ]
        if len(sides) == 1:
            return self._with(sides[0])  # one by one: who wants a few hits does not wait for all words
        among = [list(self._with(each)) for each in sides]
        return min(among, key=lambda words: sum(len(self._places[word]) for word in words), default=[])

    def _with(self, needle: str) -> Iterator[str]:
        """Every word with these letters, a break among them standing for its beginning or end."""
        if self._words is None:
            self._words = BREAK + "".join(f"{word}{BREAK}" for word in self._places)
        if needle.startswith(BREAK):
            for found in re.finditer(f"{BREAK}({re.escape(needle.strip(BREAK))}[^{BREAK}]*)", self._words):
                if not needle.endswith(BREAK) or found[1] == needle.strip(BREAK):
                    yield found[1]
            return
        at = self._words.find(needle)
        while at >= 0:
            begin = self._words.rfind(BREAK, 0, at + 1) + 1
            end = self._words.find(BREAK, begin)
            yield self._words[begin:end]
            at = self._words.find(needle, end)
