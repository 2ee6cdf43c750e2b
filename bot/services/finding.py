"""Finding prospects: by words in names, companies, addresses and notes, through typos, and by what is known of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection

from bot.services import idleness
from bot.services.actor import Actor
from bot.services.amounts import Money
from bot.services.cards import Card
from bot.services.errors import InvalidInput, StillReading
from bot.services.idleness import Compare, Due, Sign, Team
from bot.services.matching import Place, matching
from bot.services.names import key_of
from bot.storage import filters, members, search, shown, timeline
from bot.storage.engine import Database
from bot.storage.filters import Filter
from bot.storage.records import Member, Prospect
from bot.storage.sieve import Sieve
from bot.storage.texts import Hit, Rank
from cadences.model import LostReason, Stage
from cadences.states import State
from language import say

PAGE = 20
WORDS_AT_MOST = 8
LOOKED_AT = 2_000
"""Prospects whose state is worked out, at most: the best placed ones."""
FIRST, AT_ONCE = 60, 200
"""Whose state is worked out together: few at first, which is mostly enough."""
SNIPPET = 80


@dataclass(frozen=True, slots=True)
class Value:
    """An amount, and which side of it is looked for."""

    sign: Sign
    money: Money


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: all of it must hold. ``owner`` is ``me``, a member's id or the beginning of a name."""

    words: tuple[str, ...] = ()
    owner: str | None = None
    stage: Stage | None = None
    state: State | None = None
    idle: Compare | None = None
    value: Value | None = None
    due: Due | None = None
    stalled: bool | None = None
    source: str | None = None
    industry: str | None = None
    cadence: str | None = None
    lost: LostReason | None = None

    @property
    def is_empty(self) -> bool:
        """True when nothing is looked for."""
        return self == Query()


class Match(NamedTuple):
    """A word that matched: as it was typed, where it stands, and the words around it."""

    word: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A prospect that was found, and by which words."""

    card: Card
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of what was found, the best first."""

    found: tuple[Found, ...]
    number: int
    has_more: bool
    owners: tuple[Member, ...] = ()
    """Whose prospects were looked for, where somebody was named."""


class _Shown(NamedTuple):
    card: Card
    hits: tuple[Hit, ...]


def find(db: Database, viewer: Actor, query: Query, now: datetime, page: int = 0) -> Page:
    """A page of the prospects that fit. InvalidInput where the owner named is nobody here; StillReading at a start."""
    with db.read() as tx:
        owners = _owners(tx, query, viewer.member)
        owner_ids = [owner.id for owner in owners]
        asks_days = query.idle is not None or query.stalled is not None
        team = shown.calendars_in(tx, viewer.workspace_id, owner_ids) if asks_days else []
        asked = list(_filters(query, viewer.member, owner_ids, team, now))
        first, wanted = page * PAGE, (page + 1) * PAGE + 1
        index = search.index_of(tx, viewer.workspace_id)
        if index.is_being_read:
            raise StillReading
        with index.lock:
            index.refresh(tx)
            sieve = Sieve(index.shelves, asked) if asked else None
            places = matching(index, viewer.member.id, query.words, sieve)
            if query.state is None:
                found = list(islice(places, wanted))
                has_more = len(found) == wanted
                rows = _cards(tx, viewer.member, found[first : first + PAGE])
            else:
                among = islice(places, LOOKED_AT)
                in_state = _in_state(tx, viewer.member, among, query.state, now, wanted)
                has_more, rows = len(in_state) >= wanted, in_state[first : first + PAGE]
        explained = tuple(_explained(tx, viewer.workspace_id, query.words, rows))
    return Page(explained, page, has_more, tuple(owners))


def warm(db: Database, workspace_id: str) -> None:
    """Read everything that a search looks through, before anybody asks; in a thread of its own it delays nobody."""
    with db.read() as tx:
        index = search.index_of(tx, workspace_id)
        with index.lock:
            index.refresh(tx)


def _in_state(
    tx: Connection, viewer: Member, places: Iterator[Place], state: State, now: datetime, wanted: int
) -> list[_Shown]:
    """Those who are in a state, which their cards tell; some at a time, until there are enough."""
    rows: list[_Shown] = []
    step = FIRST
    while len(rows) < wanted and (part := list(islice(places, step))):
        rows += [row for row in _cards(tx, viewer, part) if row.card.state(now) is state]
        step = AT_ONCE
    return rows


def _owners(tx: Connection, query: Query, viewer: Member) -> list[Member]:
    if query.owner is None:
        return []
    if query.owner == "me":
        return [viewer]
    wanted = query.owner.casefold()
    people = shown.names_in(tx, viewer.workspace_id)
    exact = [number for number, name in people if number == query.owner or name.casefold() == wanted]
    named = exact or [number for number, name in people if name.casefold().startswith(wanted)]
    if not named:
        why = say("I know nobody in the team called “{name}”", name=query.owner)
        raise InvalidInput("owner", why, "find owner:me")
    known = members.named(tx, viewer.workspace_id, named)
    return [known[number] for number in named]


def _filters(query: Query, viewer: Member, owner_ids: Sequence[str], team: Team, now: datetime) -> Iterator[Filter]:
    if owner_ids:
        yield filters.owned_by(owner_ids)
    if query.stage is not None:
        yield filters.at_stage(query.stage)
    if query.state is not None:
        yield from idleness.may_be(query.state, now)
    if query.idle is not None:
        yield idleness.idle(query.idle, team, now)
    if query.value is not None:
        yield _worth(query.value)
    if query.due is not None:
        yield idleness.due(query.due, viewer, now)
    if query.stalled is not None:
        stalled = idleness.stalled(team, now)
        yield stalled if query.stalled else filters.none_of(stalled)
    if query.cadence is not None:
        yield filters.on_cadence(query.cadence)
    if query.lost is not None:
        yield filters.at_stage(Stage.LOST)
        yield filters.lost_for(query.lost)
    if query.source is not None:
        yield filters.from_source(query.source)
    if query.industry is not None:
        yield filters.of_industry(query.industry)


def _worth(value: Value) -> Filter:
    amount, currency = value.money.amount_minor, value.money.currency
    match value.sign:
        case Sign.OVER:
            return filters.worth(currency, least=amount + 1)
        case Sign.FROM:
            return filters.worth(currency, least=amount)
        case Sign.UNDER:
            return filters.worth(currency, most=amount - 1)
        case Sign.TO:
            return filters.worth(currency, most=amount)
        case Sign.IS:
            return filters.worth(currency, least=amount, most=amount)


def _cards(tx: Connection, viewer: Member, places: Sequence[Place]) -> list[_Shown]:
    """What says how each stands, read for all of them at once."""
    numbers = [place.number for place in places]
    seen = shown.among(tx, viewer.workspace_id, numbers)
    people = members.named(tx, viewer.workspace_id, list({prospect.owner_id for prospect, _ in seen.values()}))
    latest = shown.latest_enrollments(tx, viewer.workspace_id, numbers)
    touched = timeline.last_touches(tx, viewer.workspace_id, numbers)
    cards = []
    for number, hits in places:
        if number not in seen:
            continue
        prospect, step = seen[number]
        enrollment = latest.get(number)
        is_running = enrollment is not None and enrollment.ended_at is None
        card = Card(
            prospect=prospect,
            owner=people[prospect.owner_id],
            viewer=viewer,
            step=step,
            enrollment=enrollment if is_running else None,
            last_touch=touched.get(number),
            ended=None if is_running else enrollment,
        )
        cards.append(_Shown(card, hits))
    return cards


def _explained(tx: Connection, workspace_id: str, words: Sequence[str], rows: Sequence[_Shown]) -> Iterator[Found]:
    noted = [hit.note for row in rows for hit in row.hits if hit.note is not None]
    texts = {
        (table, number): text
        for table in {table for table, _ in noted}
        for number, text in shown.noted(tx, workspace_id, table, [n for t, n in noted if t == table]).items()
    }
    for card, hits in rows:
        yield Found(card, tuple(_match(word, hit, card.prospect, texts) for word, hit in zip(words, hits, strict=True)))


def _match(word: str, hit: Hit, prospect: Prospect, texts: Mapping[tuple[str, int], str]) -> Match:
    if hit.note is not None:
        return Match(word, "note", _around(word, texts.get(hit.note, "")))
    key = hit.meant if hit.rank is Rank.ALIKE else key_of(word)
    if key in (prospect.company_key or "") and key not in prospect.name_key:
        return Match(word, "company", prospect.company or "")
    if key not in prospect.name_key:
        return Match(word, "email", prospect.email or "")
    return Match(word, "name", prospect.name)


def _around(word: str, text: str) -> str:
    """The part of a note where the word stands."""
    plain = " ".join(text.split())
    at = max(plain.lower().find(word.lower()), 0)
    begin = max(0, at - SNIPPET // 2)
    shown = plain[begin : begin + SNIPPET]
    return f"{'…' if begin else ''}{shown}{'…' if begin + SNIPPET < len(plain) else ''}"
