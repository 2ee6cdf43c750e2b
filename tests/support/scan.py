"""Finding as plainly as it can be said: every prospect is looked at, and what fits is sorted. The search must agree."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from rapidfuzz import fuzz, process
from sqlalchemy import select

from bot.services import prospects as deals
from bot.services.actor import Actor
from bot.services.finding import Query
from bot.services.idleness import Compare, Due, Sign
from bot.services.names import key_of
from bot.storage import tables
from bot.storage.engine import Database
from bot.storage.records import Enrollment, Member, Prospect, StepRow, record
from bot.storage.text_index import ALIKE_AT_MOST, ALIKE_ENOUGH
from bot.storage.texts import SHORT, Rank, folded
from cadences import calendar, stalled
from cadences.model import Stage
from tests.support.cast import known

COMPARED = {
    Sign.OVER: int.__gt__,
    Sign.FROM: int.__ge__,
    Sign.UNDER: int.__lt__,
    Sign.TO: int.__le__,
    Sign.IS: int.__eq__,
}
DAYS_AHEAD = {Due.TODAY: (0, 1), Due.OVERDUE: (-10_000, 0), Due.TOMORROW: (1, 2)}


class Scan:
    """Everything that can be found in the viewer's workspace, as it stands in the database."""

    def __init__(self, db: Database, viewer: Actor, now: datetime) -> None:
        """Read all of it."""
        self._db, self._viewer, self._now = db, viewer, now
        with db.read() as tx:
            people = [record(Prospect, row) for row in tx.execute(select(tables.prospects))]
            steps = [record(StepRow, row) for row in tx.execute(select(tables.steps))]
            cadences = [record(Enrollment, row) for row in tx.execute(select(tables.enrollments))]
            noted = [*tx.execute(select(tables.notes.c.prospect_id, tables.notes.c.text))]
            noted += [*tx.execute(select(tables.touches.c.prospect_id, tables.touches.c.note))]
            members = [record(Member, row) for row in tx.execute(select(tables.members))]
        here = [each for each in people if each.workspace_id == viewer.workspace_id and each.merged_into_id is None]
        self.people = {each.id: each for each in here}
        self._steps = {step.prospect_id: step for step in steps if step.closed_at is None}
        self._cadences = {each.prospect_id: each.cadence for each in cadences if each.ended_at is None}
        self._notes = [(number, folded(text)) for number, text in noted if text is not None]
        self._owners = {member.id: member for member in members if member.workspace_id == viewer.workspace_id}
        self._names = {each.id: f" {each.name_key} {each.company_key or ''} {each.email or ''} " for each in here}

    def find(self, query: Query) -> list[int]:
        """Everybody who fits, in order."""
        among = [number for number, each in self.people.items() if self._is_let_through(each, query)]
        exact = [{number: rank for number in among if (rank := self._rank(number, word)) is not None}
                 for word in query.words]  # fmt: skip
        alike = [dict.fromkeys(filter(self._called(word).__contains__, among), Rank.ALIKE) for word in query.words]
        ranks = [these or those for these, those in zip(exact, alike, strict=True)]
        if len(ranks) > 1 and not set.intersection(*map(set, ranks)):
            ranks = [those | these for these, those in zip(exact, alike, strict=True)]
        fitting = set(among).intersection(*ranks)
        return sorted(fitting, key=lambda number: self._place(number, max([each[number] for each in ranks], default=0)))

    def _place(self, number: int, rank: int) -> tuple[bool, bool, int, str, int]:
        each = self.people[number]
        return each.owner_id != self._viewer.member.id, not each.stage.is_open, rank, each.name_key, number

    def _rank(self, number: int, word: str) -> Rank | None:
        said = folded(word).strip()
        for spelling in filter(None, (key_of(word), said)):
            if _part(spelling) in self._names[number]:
                begins = Rank.BEGINS if f" {spelling}" in self._names[number] else Rank.PART
                return Rank.WHOLE if f" {spelling} " in self._names[number] else begins
        is_noted = said and any(about == number and _part(said) in text for about, text in self._notes)
        return Rank.NOTE if is_noted else None

    def _called(self, word: str) -> set[int]:
        """Who is called by a word that is nearly the same."""
        key = key_of(word)
        words = {each for text in self._names.values() for each in re.findall(r"\w+", text)} - {key}
        near = process.extract(key, words, scorer=fuzz.ratio, score_cutoff=ALIKE_ENOUGH, limit=None)
        meant = [each[0] for each in near] if len(key) > SHORT else []
        assert len(meant) <= ALIKE_AT_MOST, f"which words are meant is up to chance: {meant}"
        return {number for number, text in self._names.items() if any(f" {each} " in text for each in meant)}

    def _is_let_through(self, each: Prospect, query: Query) -> bool:
        return all(self._filters(each, query))

    def _filters(self, each: Prospect, query: Query) -> Iterator[bool]:
        owner, step = self._owners[each.owner_id], self._steps.get(each.id)
        yield query.owner in {None, each.owner_id} or (query.owner == "me" and owner.id == self._viewer.member.id)
        yield query.stage in {None, each.stage}
        yield query.source is None or query.source.lower() in (each.source or "").lower()
        yield query.industry is None or query.industry.lower() in (each.industry or "").lower()
        yield query.cadence is None or self._cadences.get(each.id, "").startswith(query.cadence)
        yield query.lost is None or (each.stage is Stage.LOST and each.lost_reason is query.lost)
        if query.value is not None:
            same, amount = each.currency == query.value.money.currency, query.value.money.amount_minor
            yield same and each.value_minor is not None and COMPARED[query.value.sign](each.value_minor, amount)
        if query.due is not None:
            yield step is not None and self._is_due(step.due_at, query.due)
        if query.idle is not None:
            yield each.stage.is_open and self._is_idle(each, owner, query.idle)
        if query.stalled is not None:
            yield self._is_stalled(each, owner, step) is query.stalled
        if query.state is not None:
            viewer = Actor(known(self._db, self._viewer), self._viewer.origin)
            yield deals.show(self._db, viewer, each.id).card.state(self._now) is query.state

    def _is_due(self, due_at: datetime, due: Due) -> bool:
        viewer = self._viewer.member
        today, on = viewer.local(self._now).date(), calendar.local_date(due_at, viewer.calendar.zone)
        if due in DAYS_AHEAD:
            first, end = DAYS_AHEAD[due]
            return first <= (on - today).days < end
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * (due is Due.NEXT_WEEK))
        return 0 <= (on - monday).days < 7

    def _is_idle(self, each: Prospect, owner: Member, wanted: Compare) -> bool:
        since, today = (calendar.local_date(at, owner.calendar.zone) for at in (each.active_at, self._now))
        counted = stalled.silence(owner.calendar)
        return COMPARED[wanted.sign](calendar.business_days_between(since, today, counted), wanted.days)

    def _is_stalled(self, each: Prospect, owner: Member, step: StepRow | None) -> bool:
        facts = stalled.DealFacts(
            each.stage, each.active_at, each.stage_since_at, each.close_on, step.due_at if step else None
        )
        return stalled.judge(facts, self._now, owner.calendar).stalled


def _part(spelling: str) -> str:
    return f" {spelling}" if len(spelling) <= SHORT else spelling
