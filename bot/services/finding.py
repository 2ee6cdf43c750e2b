"""Finding prospects: by words in names, companies, addresses and notes, through typos, and by what is known of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from bot.services import idleness
from bot.services.actor import Actor
from bot.services.amounts import Money
from bot.services.cards import Card
from bot.services.errors import InvalidInput
from bot.services.idleness import Compare, Due, Sign
from bot.services.names import key_of
from bot.storage import filters, members, search, timeline
from bot.storage.engine import Database
from bot.storage.filters import Condition
from bot.storage.records import Member, Prospect, StepRow
from bot.storage.search import Hit, Rank
from bot.storage.tables import prospects, steps
from cadences.model import LostReason, Stage
from cadences.states import State

PAGE = 20
WORDS_AT_MOST = 8
LOOKED_AT = 2_000
"""Prospects whose state is worked out, at most: the best placed ones."""
AT_ONCE = 200
SNIPPET = 80
MAY_BE: Mapping[State, Condition] = {
    State.WON: filters.at_stage(Stage.WON),
    State.LOST: filters.at_stage(Stage.LOST),
    State.DO_NOT_CONTACT: prospects.c.do_not_contact_at.is_not(None),
    State.SNOOZED: steps.c.snoozes > 0,
    State.PAUSED: filters.at_stage(Stage.PARKED) | steps.c.paused_until_on.is_not(None),
}
"""Who may be in a state at all; the others are open. It spares working the state out for everybody."""


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


class _Row(NamedTuple):
    prospect: Prospect
    step: StepRow | None
    hits: tuple[Hit, ...]


def find(db: Database, viewer: Actor, query: Query, now: datetime, page: int = 0) -> Page:
    """A page of the prospects that fit. InvalidInput where the owner named is nobody here."""
    with db.read() as tx:
        team = filters.people_in(tx, viewer.workspace_id) if _asks_about_people(query) else []
        owners = _owners(query, viewer.member, team)
        team = owners or team
        conditions = [filters.seen_by(viewer.member), *_conditions(query, viewer.member, owners, team, now)]
        wanted = (page + 1) * PAGE + 1
        rows: list[tuple[_Row, Card]] = []
        for part in _candidates(tx, viewer.member, query, conditions):
            cards = _cards(tx, viewer.member, part)
            rows += [pair for pair in zip(part, cards, strict=True) if query.state in {None, pair[1].state(now)}]
            if len(rows) >= wanted:
                break
        shown = rows[page * PAGE : (page + 1) * PAGE]
        found = tuple(_explained(tx, viewer.workspace_id, query.words, shown))
    return Page(found, page, len(rows) >= wanted, tuple(owners))


def _candidates(tx: Connection, viewer: Member, query: Query, conditions: Sequence[Condition]) -> Iterator[list[_Row]]:
    """Those who meet the conditions, some at a time, the best first."""
    limit = AT_ONCE if query.state else PAGE + 1
    if query.words:
        ranked = _ranked(tx, viewer, query.words)
        numbers = list(ranked)
        at = 0
        while at < len(numbers):
            part, at, limit = numbers[at : at + limit], at + limit, AT_ONCE
            kept = filters.among(tx, conditions, part)
            yield [_Row(*kept[number], ranked[number]) for number in part if number in kept]
        return
    for offset in range(0, LOOKED_AT, limit):
        rows = [_Row(*pair, ()) for pair in filters.matching(tx, conditions, viewer.id, limit, offset)]
        yield rows
        if len(rows) < limit:
            return


def _ranked(tx: Connection, viewer: Member, words: Sequence[str]) -> dict[int, tuple[Hit, ...]]:
    """Everybody whom all the words fit, the best first; typos are forgiven where nothing fits as it is written."""
    index = search.index_of(tx, viewer.workspace_id)
    with index.lock:
        index.refresh(tx)
        alone = len(words) == 1
        exact = [index.hits(key_of(word), search.folded(word).strip(), viewer.id, alone=alone) for word in words]
        hits = [found or index.alike(key_of(word), viewer.id) for found, word in zip(exact, words, strict=True)]
        common = set.intersection(*map(set, hits))
        if not common and len(words) > 1:
            hits = [index.alike(key_of(word), viewer.id) | found for found, word in zip(exact, words, strict=True)]
            common = set.intersection(*map(set, hits))
        known = index.known

        def place(number: int) -> tuple[bool, bool, int, str, int]:
            each = known[number]
            rank = max(found[number].rank for found in hits)
            return each.owner_id != viewer.id, not each.is_open, rank, each.name_key, number

        return {number: tuple(found[number] for found in hits) for number in sorted(common, key=place)}


def _asks_about_people(query: Query) -> bool:
    """True where everybody must be known: to tell who is meant, or how long it was on their calendars."""
    if query.owner is None:
        return query.idle is not None or query.stalled is not None
    return query.owner != "me"


def _owners(query: Query, viewer: Member, people: Sequence[Member]) -> list[Member]:
    if query.owner is None:
        return []
    if query.owner == "me":
        return [viewer]
    wanted = query.owner.casefold()
    exact = [member for member in people if member.id == query.owner or member.name.casefold() == wanted]
    named = exact or [member for member in people if member.name.casefold().startswith(wanted)]
    if not named:
        raise InvalidInput("owner", f"I know nobody in the team called “{query.owner}”", "find owner:me")
    return named


def _conditions(
    query: Query, viewer: Member, owners: Sequence[Member], team: Sequence[Member], now: datetime
) -> Iterator[Condition]:
    if owners:
        yield filters.owned_by([owner.id for owner in owners])
    if query.stage is not None:
        yield filters.at_stage(query.stage)
    if query.state is not None:
        yield MAY_BE.get(query.state, filters.IS_OPEN | filters.at_stage(Stage.PARKED))
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
        yield filters.lost_for(query.lost)
    for column, words in (("source", query.source), ("industry", query.industry)):
        if words is not None:
            yield filters.about(column, words)


def _worth(value: Value) -> Condition:
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


def _cards(tx: Connection, viewer: Member, rows: Sequence[_Row]) -> list[Card]:
    """What says how each stands, read for all of them at once."""
    people = members.named(tx, viewer.workspace_id, list({row.prospect.owner_id for row in rows}))
    numbers = [row.prospect.id for row in rows]
    latest = filters.latest_enrollments(tx, viewer.workspace_id, numbers)
    touched = timeline.last_touches(tx, viewer.workspace_id, numbers)
    cards = []
    for row in rows:
        enrollment = latest.get(row.prospect.id)
        is_running = enrollment is not None and enrollment.ended_at is None
        cards.append(
            Card(
                prospect=row.prospect,
                owner=people[row.prospect.owner_id],
                viewer=viewer,
                step=row.step,
                enrollment=enrollment if is_running else None,
                last_touch=touched.get(row.prospect.id),
                ended=None if is_running else enrollment,
            )
        )
    return cards


def _explained(
    tx: Connection, workspace_id: str, words: Sequence[str], rows: Sequence[tuple[_Row, Card]]
) -> Iterator[Found]:
    noted = [hit.note for row, _ in rows for hit in row.hits if hit.note is not None]
    texts = {
        (table, number): text
        for table in {table for table, _ in noted}
        for number, text in filters.noted(tx, workspace_id, table, [n for t, n in noted if t == table]).items()
    }
    for row, card in rows:
        yield Found(
            card, tuple(_match(word, hit, row.prospect, texts) for word, hit in zip(words, row.hits, strict=True))
        )


def _match(word: str, hit: Hit, prospect: Prospect, texts: Mapping[tuple[str, int], str]) -> Match:
    if hit.note is not None:
        return Match(word, "note", _around(word, texts.get(hit.note, "")))
    key = hit.meant if hit.rank is Rank.ALIKE else key_of(word)
    if key in (prospect.company_key or "") and key not in prospect.name_key:
        return Match(word, "company", prospect.company or "")
    if key not in prospect.name_key:
        return Match(word, "e-mail", prospect.email or "")
    return Match(word, "name", prospect.name)


def _around(word: str, text: str) -> str:
    """The part of a note where the word stands."""
    plain = " ".join(text.split())
    at = max(plain.lower().find(word.lower()), 0)
    begin = max(0, at - SNIPPET // 2)
    shown = plain[begin : begin + SNIPPET]
    return f"{'…' if begin else ''}{shown}{'…' if begin + SNIPPET < len(plain) else ''}"
