"""Whom words fit, the best first: as they are written, and through typos where nobody is found so."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import filterfalse, islice
from typing import NamedTuple

from bot.services.names import key_of
from bot.storage.search import Index
from bot.storage.sieve import Sieve
from bot.storage.texts import Hit, Rank, Word, word_of
from cadences.model import OPEN_STAGES

LOOKED_THROUGH = 1_000
"""So few are looked at one by one; of more only those are who are shown."""
BROAD = 32
"""What fits one in so many: among those looked through is a page of them."""
Misspelt = Mapping[Word, Mapping[str, Set[int]]]
"""What a word may have been meant as, where it is forgiven, and who is called so."""


class Place(NamedTuple):
    """Who has been found, and how each word fits."""

    number: int
    hits: tuple[Hit, ...]


def matching(index: Index, viewer_id: str, words: Sequence[str], sieve: Sieve | None) -> Iterator[Place]:
    """Whom all words fit, the viewer's own first, then the open ones, then the best fit; ``sieve``: of whom it lets."""
    own = index.shelves.having("owner_id", viewer_id)
    spelt = [word_of(key_of(word), word) for word in words]
    if not spelt:
        return (Place(number, ()) for number in _everybody(index, own, sieve))
    if len(spelt) > 1:
        return _of_several(index, spelt, own, sieve)
    if sieve is None or sieve.spread > LOOKED_THROUGH:
        some = index.texts.some(spelt[0], own, None if sieve is None else sieve.fits)
        if some:
            return _Order(index, spelt).of(some, own)
    return _through_typos(index, spelt, own, sieve)


def _everybody(index: Index, own: Set[int], sieve: Sieve | None) -> Iterator[int]:
    in_order = index.shelves.in_order
    if sieve is None:
        yield from in_order(own)
        yield from filterfalse(own.__contains__, in_order())
        return
    yield from in_order(sieve.among(own))
    if sieve.spread <= LOOKED_THROUGH:
        yield from in_order(sieve.numbers - own)
        return
    # Where many are let through, a page of them is soon found.
    first = list(islice(filterfalse(own.__contains__, in_order()), LOOKED_THROUGH))
    yield from filter(sieve.fits, first)
    yield from filterfalse({*own, *first}.__contains__, in_order(sieve.numbers))


def _of_several(index: Index, words: Sequence[Word], own: Set[int], sieve: Sieve | None) -> Iterator[Place]:
    """The rest, which takes longer, is worked out when the first are not enough."""
    shown = 0
    for place in _at_once(index, words, own, sieve):
        shown += 1
        yield place
    exact = _exact(index, words, sieve)
    if exact:
        yield from islice(_Order(index, words).of(exact, own), shown, None)
    else:
        yield from _through_typos(index, words, own, sieve)


def _at_once(index: Index, words: Sequence[Word], own: Set[int], sieve: Sieve | None) -> Iterator[Place]:
    """The first of those whom words fit that stand everywhere; of others nobody."""
    everybody, texts, order = index.shelves.known, index.texts, _Order(index, words)
    counts = [*map(texts.spread, words), len(everybody) if sieve is None else sieve.spread]
    if min(counts) * BROAD < len(everybody) or len(own) > LOOKED_THROUGH:
        return
    yield from order.one_by_one(_fitting_all(index, words, own if sieve is None else sieve.among(own)))
    named = set.intersection(*map(texts.named, words)) - own
    if len(named) > LOOKED_THROUGH:
        return
    is_open = [number for number in named if everybody[number].is_open]
    yield from order.one_by_one({*is_open} if sieve is None else sieve.among({*is_open}))
    for number in islice(filterfalse({*own, *named}.__contains__, index.shelves.in_order()), LOOKED_THROUGH):
        if not everybody[number].is_open:
            return
        if (sieve is None or sieve.fits(number)) and all(texts.hit(number, word) for word in words):
            yield order.place(number)


def _fitting_all(index: Index, words: Sequence[Word], among: Set[int]) -> Set[int]:
    for word in words:
        among = index.texts.fitting(word, among)
    return among


def _exact(index: Index, words: Sequence[Word], sieve: Sieve | None) -> Set[int] | None:
    """Whom all words fit as they are written, and whom the sieve lets through; the rarest is looked for first."""
    left: Set[int] | None = None
    waits = sieve
    for count, at in sorted((index.texts.spread(word), at) for at, word in enumerate(words)):
        if waits is not None and waits.spread < (count if left is None else len(left)):
            left, waits = waits.numbers if left is None else waits.among(left), None
        left = index.texts.fitting(words[at], left)
        if not left:
            return None
    return left if waits is None or left is None else waits.among(left)


def _through_typos(index: Index, words: Sequence[Word], own: Set[int], sieve: Sieve | None) -> Iterator[Place]:
    """A typo is forgiven in a word that nobody fits; where each fits somebody, but all nobody, in every word."""
    found = None if sieve is None else sieve.numbers
    rarest_first = sorted(words, key=index.texts.spread)
    misspelt: dict[Word, Mapping[str, Set[int]]] = {}
    numbers = _forgiven(index, rarest_first, found, misspelt)
    if not numbers and len(words) > 1:
        misspelt |= {word: index.texts.alike(word) for word in words if word not in misspelt}
        left = found
        for word in rarest_first:
            left = index.texts.fitting(word, left) | _called(misspelt[word], left)
        numbers = left or frozenset()
    return _Order(index, words, misspelt).of(numbers, own)


def _forgiven(
    index: Index, words: Sequence[Word], found: Set[int] | None, misspelt: dict[Word, Mapping[str, Set[int]]]
) -> Set[int]:
    """Whom all words fit; those that nobody fits as they are written are ``misspelt``."""
    texts, left = index.texts, found
    for word in words:
        fits = texts.fitting(word, left)
        if not fits and (left is found or not texts.fitting(word, found)):
            misspelt[word] = texts.alike(word)
            fits = _called(misspelt[word], left)
        left = fits
        if not left:
            break
    return left or frozenset()


def _called(meant: Mapping[str, Set[int]], among: Set[int] | None) -> Set[int]:
    called = set().union(*meant.values())
    return called if among is None else called & among


class _Order:
    """The order of those whom some words fit; how well they do is worked out for as many as somebody looks at."""

    def __init__(self, index: Index, words: Sequence[Word], misspelt: Misspelt | None = None) -> None:
        self._shelves, self._texts = index.shelves, index.texts
        self._words, self._misspelt = words, misspelt or {}

    def of(self, numbers: Set[int], own: Set[int]) -> Iterator[Place]:
        """The viewer's own first, open before closed, then the best fit, then by name."""
        for part in (numbers & own, numbers - own):
            yield from self.one_by_one(part) if len(part) <= LOOKED_THROUGH else self._by_level(part)

    def one_by_one(self, numbers: Set[int]) -> Iterator[Place]:
        """Open before closed, then the best fit, then by name; for a few."""
        groups: dict[tuple[bool, int], list[int]] = defaultdict(list)
        named = self._may_be_named(numbers)
        for number in numbers:
            rank = max([self._rank(number, word) for word in self._words]) if number in named else Rank.NOTE
            groups[not self._shelves.known[number].is_open, rank].append(number)
        for group in sorted(groups):
            yield from map(self.place, sorted(groups[group], key=self._shelves.place))

    def place(self, number: int) -> Place:
        """How each word fits one."""
        return Place(number, tuple(self._texts.hit(number, word) or self._meant(number, word) for word in self._words))

    def _by_level(self, numbers: Set[int]) -> Iterator[Place]:
        is_open = set().union(*(self._shelves.having("stage", stage) for stage in OPEN_STAGES))
        for part in (numbers & is_open, numbers - is_open):
            for level in self._levels(part):
                yield from map(self.place, self._shelves.in_order(level))

    def _levels(self, numbers: Set[int]) -> Iterator[Set[int]]:
        """The same by the rank of the word that fits worst: worked out for all at once, as long as somebody asks."""
        exact, named = numbers, numbers
        for word in self._words:
            if word in self._misspelt:
                exact = self._texts.fitting(word, exact)
            named = named & self._texts.named(word)
        left = named
        for whole in (True, False):
            level = left
            for word in self._words:
                level = self._texts.named_as(word, level, whole=whole)
            yield level
            left = left - level
        yield left
        yield exact - named
        yield numbers - exact

    def _may_be_named(self, numbers: Set[int]) -> Set[int]:
        """Of the others each is in a note what one of the words says: that is seen at once of all."""
        for word in () if self._misspelt else self._words:
            if self._texts.namesakes(word) <= LOOKED_THROUGH:
                numbers = numbers & self._texts.named(word)
        return numbers

    def _rank(self, number: int, word: Word) -> Rank:
        if word not in self._misspelt:
            return self._texts.rank(number, word)
        hit = self._texts.hit(number, word)
        return Rank.ALIKE if hit is None else hit.rank

    def _meant(self, number: int, word: Word) -> Hit:
        meant = next(each for each, called in self._misspelt[word].items() if number in called)
        return Hit(Rank.ALIKE, meant=meant)
