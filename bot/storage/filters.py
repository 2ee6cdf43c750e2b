"""What prospects are sifted by: each filter tests one of them, and names those of everybody who can fit."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from bot.storage.known import Known, Shelves
from cadences.model import OPEN_STAGES, LostReason, Stage

LONG_AGO = datetime.min.replace(tzinfo=UTC)
IN_HAND = (*OPEN_STAGES, Stage.PARKED)
Test = Callable[[Known], bool]
Moments = Mapping[str, datetime]
"""A moment for each owner, in UTC: the same day begins at another time elsewhere."""


class Pick(NamedTuple):
    """Of everybody, those who ``surely`` fit, and those who ``perhaps`` do and are to be tested; nobody else does."""

    surely: Sequence[Collection[int]]
    perhaps: Sequence[Collection[int]] = ()

    @property
    def size(self) -> int:
        """How many these are."""
        return sum(len(each) for each in (*self.surely, *self.perhaps))


class Filter(NamedTuple):
    """A test, which decides, and whom it is worth testing."""

    test: Test
    pick: Callable[[Shelves], Pick]
    guess: Callable[[Shelves], int] | None = None
    """About how many fit, where to pick them takes long."""

    def spread(self, shelves: Shelves) -> int:
        """About how many fit."""
        return self.pick(shelves).size if self.guess is None else self.guess(shelves)


def owned_by(member_ids: Collection[str]) -> Filter:
    """Held by one of these members."""
    return _sharing("owner_id", frozenset(member_ids).__contains__)


def at_stage(stage: Stage) -> Filter:
    """Where the deal stands."""
    return _sharing("stage", lambda each: each is stage)


def worth(currency: str, *, least: int | None = None, most: int | None = None) -> Filter:
    """An amount in this currency, both limits included."""

    def test(known: Known) -> bool:
        value = known.value_minor
        if value is None or known.currency != currency:
            return False
        return (least is None or value >= least) and (most is None or value <= most)

    return Filter(test, lambda shelves: Pick([shelves.worth(currency, least, None if most is None else most + 1)]))


def from_source(words: str) -> Filter:
    """The source holds these words."""
    wanted = words.lower()
    return _sharing("source", lambda source: wanted in source)


def of_industry(words: str) -> Filter:
    """The industry holds these words."""
    wanted = words.lower()
    return _sharing("industry", lambda industry: wanted in industry)


def lost_for(reason: LostReason) -> Filter:
    """The reason that was said when the deal was lost."""
    return _sharing("lost_reason", lambda each: each is reason)


def on_cadence(key: str = "") -> Filter:
    """On a cadence whose key begins like this."""
    return _sharing("cadence", lambda cadence: cadence.startswith(key))


def put_off() -> Filter:
    """Snoozed by hand, or they are away."""
    return _sharing("is_put_off", bool)


def fell_silent() -> Filter:
    """The latest cadence ended without an answer, and nothing was begun since."""
    return _sharing("fell_silent", bool)


def barred() -> Filter:
    """They asked us to stop."""
    return _sharing("is_barred", bool)


def due(after_at: datetime | None, before_at: datetime) -> Filter:
    """The next step comes before a moment, and not before another."""

    def test(known: Known) -> bool:
        at = known.due_at
        return at is not None and at < before_at and (after_at is None or at >= after_at)

    return Filter(
        test, lambda shelves: Pick([shelf.by_due.between(after_at, before_at) for shelf in shelves.stages.values()])
    )


def ahead(after_at: datetime) -> Filter:
    """Open or parked, and nothing is due before a moment."""

    def test(known: Known) -> bool:
        return known.stage in IN_HAND and (known.due_at is None or known.due_at >= after_at)

    def pick(shelves: Shelves) -> Pick:
        due_before = {stage: shelves.stages[stage].by_due.between(end=after_at) for stage in IN_HAND}
        return Pick([shelves.having("stage", stage) - set(numbers) for stage, numbers in due_before.items()])

    return Filter(test, pick, lambda shelves: sum(len(shelves.having("stage", stage)) for stage in IN_HAND))


def active(after: Moments | None, before: Moments | None) -> Filter:
    """Open, and the last activity before a moment of the owner's, and not before another; None: at any time."""

    def test(known: Known) -> bool:
        if not known.is_open:
            return False
        least = None if after is None else after.get(known.owner_id)
        if before is None:
            return least is None or known.active_at >= least
        end = before.get(known.owner_id)
        return end is not None and known.active_at < end and (least is None or known.active_at >= least)

    def pick(shelves: Shelves) -> Pick:
        least, end = (None if each is None else _edge(shelves, each) for each in (after, before))
        ladders = [shelves.stages[stage].by_activity for stage in OPEN_STAGES]
        return Pick(
            [ladder.between(least and least[1], end and end[0]) for ladder in ladders],
            [ladder.between(*edge) for ladder in ladders for edge in (least, end) if edge is not None],
        )

    return Filter(test, pick)


def stalled(quiet: Mapping[Stage, Moments], starts: Moments, ends: Mapping[Stage, Moments]) -> Filter:
    """The last activity before ``quiet`` at its stage, and the next step not between ``starts`` and ``ends``."""

    def test(known: Known) -> bool:
        quiet_at = quiet.get(known.stage, {}).get(known.owner_id)
        if quiet_at is None or known.active_at >= quiet_at:
            return False
        return known.due_at is None or not starts[known.owner_id] <= known.due_at < ends[known.stage][known.owner_id]

    def pick(shelves: Shelves) -> Pick:
        surely: list[Collection[int]] = []
        perhaps: list[Collection[int]] = []
        for stage, moments in quiet.items():
            shelf = shelves.stages[stage]
            idle, begin, end = (_edge(shelves, each) for each in (moments, starts, ends[stage]))
            planned = shelf.by_due.between(begin[0], end[1])
            surely.append(set(shelf.by_activity.between(end=idle[0])).difference(planned))
            perhaps += [shelf.by_activity.between(*idle), shelf.by_due.between(*begin), shelf.by_due.between(*end)]
        return Pick(surely, perhaps)

    def guess(shelves: Shelves) -> int:
        return sum(shelves.stages[stage].by_activity.before(_edge(shelves, quiet[stage])[1]) for stage in quiet)

    return Filter(test, pick, guess)


def none_of(wanted: Filter) -> Filter:
    """Not so."""

    def pick(shelves: Shelves) -> Pick:
        picked = wanted.pick(shelves)
        return Pick([set(shelves.known).difference(*picked.surely, *picked.perhaps)], picked.perhaps)

    return Filter(lambda known: not wanted.test(known), pick, lambda shelves: len(shelves.known))


def any_of(*wanted: Filter) -> Filter:
    """One of these, or several."""

    def pick(shelves: Shelves) -> Pick:
        picks = [each.pick(shelves) for each in wanted]
        return Pick([part for each in picks for part in each.surely], [part for each in picks for part in each.perhaps])

    return Filter(lambda known: any(each.test(known) for each in wanted), pick)


def _sharing(name: str, fits: Callable[[Any], bool]) -> Filter:
    """Those of whom something is known that fits. Where nothing is known it does not."""

    def test(known: Known) -> bool:
        value = getattr(known, name)
        return bool(value) and fits(value)

    return Filter(
        test, lambda shelves: Pick([shelves.having(name, each) for each in shelves.values(name) if fits(each)])
    )


def _edge(shelves: Shelves, moments: Moments) -> tuple[datetime, datetime]:
    """The earliest and the latest moment: between them it depends on the owner."""
    earliest = min(moments.values(), default=LONG_AGO)
    is_said_of_all = all(owner in moments for owner in shelves.values("owner_id"))
    return earliest if is_said_of_all else LONG_AGO, max(moments.values(), default=LONG_AGO)
