"""Names, companies, addresses and notes of one workspace in memory: whom a word fits, how well, and where it stands."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Set
from enum import IntEnum
from itertools import chain, filterfalse, islice
from typing import NamedTuple

from bot.storage.tables import notes, touches
from bot.storage.text_index import Pile

HITS_AT_MOST = 300
"""Of one word alone, beside the viewer's own. Nobody pages through more."""
NOTED_AT_LEAST = 100
"""Of those, whom only a note names, however many are called so."""
SHORT = 2
"""So few letters stand somewhere in nearly every text: they are looked for at the beginnings of words only."""
A_LOOK = 10
"""To look through one prospect's texts takes as long as to take so many from where a word stands."""
NOTES, TOUCHES = notes.name, touches.name
SLOT = {NOTES: 0, TOUCHES: 1}
"""Notes and what was noted with a touch stand in one pile, under even and odd numbers."""
Fits = Callable[[int], bool]


class Rank(IntEnum):
    """How well a word fits, the best first."""

    WHOLE = 0
    BEGINS = 1
    PART = 2
    NOTE = 3
    ALIKE = 4


class Hit(NamedTuple):
    """How a word fits a prospect: in which note, or which other word it may have been meant as."""

    rank: Rank
    note: tuple[str, int] | None = None
    """The table it stands in, and its number there."""
    meant: str = ""


class Word(NamedTuple):
    """A word to look for: as names are compared, and as texts are."""

    spellings: tuple[str, ...]
    """In names; two where they differ: an address keeps its dots."""
    parts: tuple[str, ...]
    """Of each spelling, what must stand in a name."""
    said: str
    noted: str
    """What must stand in a note."""

    @property
    def key(self) -> str:
        """As names are compared."""
        return self.spellings[0] if self.spellings else ""


NAMED = {rank: Hit(rank) for rank in Rank}


def folded(text: str) -> str:
    """Without capitals, accents and line breaks, with one space in front and one behind."""
    lowered = text.lower() if text.isascii() else unicodedata.normalize("NFKD", text).casefold()
    plain = lowered if lowered.isascii() else "".join(char for char in lowered if not unicodedata.combining(char))
    return f" {' '.join(plain.split())} "


def word_of(key: str, text: str) -> Word:
    """A word to look for; ``key``: as names are compared."""
    said = folded(text).strip()
    spellings = tuple(each for each in dict.fromkeys((key, said)) if each)
    return Word(spellings, tuple(_part(each) for each in spellings), said, _part(said))


class Texts:
    """What a workspace's prospects are called, and what was noted about them."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._people, self._notes = Pile(), Pile()
        self._about: dict[int, int] = {}
        self._noted_of: dict[int, list[int]] = defaultdict(list)

    def put(self, number: int, text: str | None) -> None:
        """What a prospect is called now; None takes it out."""
        self._people.put(number, text)

    def put_note(self, table: str, number: int, prospect_id: int, text: str) -> None:
        """What a note says now."""
        slot = number * 2 + SLOT[table]
        self._about[slot] = prospect_id
        if slot not in self._noted_of[prospect_id]:
            self._noted_of[prospect_id].append(slot)
        self._notes.put(slot, folded(text))

    def drop_note(self, table: str, number: int) -> None:
        """A note that may be gone."""
        self._notes.put(number * 2 + SLOT[table], None)

    def spread(self, word: Word) -> int:
        """About how many a word fits."""
        return self.namesakes(word) + self._notes.spread(word.said)

    def some(self, word: Word, own: Set[int], fits: Fits | None = None) -> set[int]:
        """Whom a word alone fits as it is written, until it is enough: all of the viewer's own, and others.

        ``fits``: only those are of interest.
        """
        found: set[int] = set()
        for part in word.parts:
            found.update(self._naming(part, own, fits))
        noting = islice(self._noting(word, fits), max(NOTED_AT_LEAST, HITS_AT_MOST - len(found)))
        return found.union(noting)

    def fitting(self, word: Word, among: Set[int] | None = None) -> Set[int]:
        """Everybody whom a word fits as it is written; ``among``: of these."""
        if among is not None and len(among) * A_LOOK < self.spread(word):
            return self._looked_through(word, among)
        found = self.named(word)
        if word.said:
            found.update(map(self._about.__getitem__, self._notes.all_holding(word.noted)))
        return found & (self._people.texts.keys() if among is None else among)

    def namesakes(self, word: Word) -> int:
        """About how many are called so."""
        return self._people.spread(word.key)

    def named(self, word: Word) -> set[int]:
        """Everybody who is called so."""
        return set().union(*(self._people.all_holding(part) for part in word.parts))

    def named_as(self, word: Word, among: Set[int], *, whole: bool) -> set[int]:
        """Who of those called so is so by a whole word, or by the beginning of one."""
        if len(word.spellings) > 1:
            worst = Rank.WHOLE if whole else Rank.BEGINS
            return {number for number in among if self.rank(number, word) <= worst}
        part, texts = f" {word.key} " if whole else f" {word.key}", self._people.texts
        return {number for number in among if part in texts[number]}

    def rank(self, number: int, word: Word) -> Rank:
        """How well a word fits one whom it does fit as it is written."""
        text = self._people.get(number)
        for spelling, part in zip(word.spellings, word.parts, strict=True):
            if part in text:
                if f" {spelling} " in text:
                    return Rank.WHOLE
                return Rank.BEGINS if f" {spelling}" in text else Rank.PART
        return Rank.NOTE

    def hit(self, number: int, word: Word) -> Hit | None:
        """How a word fits one prospect as it is written; None: it does not."""
        rank = self.rank(number, word)
        if rank is not Rank.NOTE:
            return NAMED[rank]
        for slot in reversed(self._noted_of.get(number, ())):
            if word.said and self._about[slot] == number and word.noted in self._notes.get(slot):
                return Hit(Rank.NOTE, note=(NOTES if slot % 2 == SLOT[NOTES] else TOUCHES, slot // 2))
        return None

    def alike(self, word: Word) -> dict[str, Set[int]]:
        """The words that a misspelt one may have been meant as, the likeliest first, and who is called so."""
        near = self._people.near(word.key) if len(word.key) > SHORT else ()
        return {meant: self._people.all_holding(f" {meant} ") for meant in near}

    def _naming(self, part: str, own: Set[int], fits: Fits | None) -> Iterator[int]:
        """The viewer's own first, so that no limit leaves one out."""
        mine = (number for number in own if part in self._people.get(number))
        others = filterfalse(own.__contains__, self._people.holding(part))
        if fits is None:
            return chain(mine, islice(others, HITS_AT_MOST))
        return chain(filter(fits, mine), islice(filter(fits, others), HITS_AT_MOST))

    def _noting(self, word: Word, fits: Fits | None) -> Iterator[int]:
        """Of whom it is noted, once for each note."""
        if not word.said:
            return iter(())
        noted = filter(self._people.texts.__contains__, map(self._about.__getitem__, self._notes.holding(word.noted)))
        return noted if fits is None else filter(fits, noted)

    def _looked_through(self, word: Word, among: Set[int]) -> set[int]:
        """Among a few their texts are looked at, and not where the word stands."""
        names, texts, about = self._people.texts, self._notes.texts, self._about
        if self.namesakes(word) < len(among):
            found = self.named(word) & among
        else:
            found = {number for part in word.parts for number in among if part in names.get(number, "")}
        if word.said:
            part = word.noted
            for number in among - found:
                for slot in self._noted_of.get(number, ()):
                    if part in texts.get(slot, "") and about[slot] == number:
                        found.add(number)
                        break
        return found


def _part(spelling: str) -> str:
    return f" {spelling}" if len(spelling) <= SHORT else spelling
