"""A year of a busy team: what each person hears in a day, counted where it leaves the app."""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot import worker
from bot.gateway import Answer, Gateway, Said
from bot.house import House, Identity
from bot.services import calendars, handover, leave, members, prospects, quiet, snoozes, touches
from bot.services.actor import Actor, Origin
from bot.services.calendars import Scope
from bot.services.details import Details
from bot.services.errors import DomainError
from bot.services.members import Place, Profile
from bot.services.noise import ONE_A_DAY
from bot.services.promises import Wish
from bot.services.targets import ByProspect
from bot.services.touches import Made
from bot.storage import deliveries, tables
from bot.storage.engine import Database
from bot.storage.tables import DeliveryKind, Rhythm
from tests.support.cast import DAY, WORKSPACE

WEEKS = 13
"""Of each season: together they are the year."""
SEASONS = [
    datetime(2026, 12, 13, 12, 0, tzinfo=UTC),  # Christmas and New Year
    datetime(2027, 3, 14, 6, 0, tzinfo=UTC),  # the clocks of America, then those of Europe
    datetime(2027, 6, 13, 12, 0, tzinfo=UTC),
    datetime(2027, 9, 12, 12, 0, tzinfo=UTC),  # and back again
]
"""Sundays, thirteen weeks apart."""
SPANS = {True: timedelta(weeks=WEEKS).days, False: 4}
"""Days of each season, on SQLite and on PostgreSQL."""
ZONES = (
    "Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles", "Asia/Kolkata", "Asia/Tokyo",
    "Australia/Sydney", "America/Sao_Paulo",
)  # fmt: skip
ELSEWHERE = ("Pacific/Auckland", "Europe/Lisbon", "Pacific/Honolulu")
SETTINGS: tuple[dict[str, Any], ...] = (
    {},
    {"rhythm": Rhythm.WEEKLY},
    {"workdays": frozenset({1, 2, 3, 4, 5})},
    {"hours": (time(7), time(14)), "digest_time": time(7, 30)},
    {"digest_time": time(16, 30)},
    {"place": Place("JP")},
    {"workdays": frozenset({0, 1, 2}), "all_clear": True},
    {"place": Place("DE", "BY")},
)
ACTS_A_DAY = 3
PROSPECTS = 3
"""Of each person."""


@dataclass(frozen=True)
class Heard:
    """One message as it reached somebody, on her own clock."""

    member_id: str
    kind: DeliveryKind
    local_on: date
    is_here: bool


@dataclass
class Voice(Gateway):
    """Says it to nobody, and remembers who would have heard it, and when."""

    db: Database
    now: datetime = SEASONS[0]
    heard: list[Heard] = field(default_factory=list)

    async def post(self, channel: str, *_text: Any, delivery_id: int | None = None, **_more: Any) -> Answer:
        with self.db.read() as tx:
            delivery = deliveries.get(tx, WORKSPACE, delivery_id or 0)
        member = members.get(self.db, WORKSPACE, channel.removeprefix("D"))
        assert delivery is not None
        assert member is not None
        on = member.local(self.now).date()
        self.heard.append(Heard(member.id, delivery.kind, on, quiet.is_here(member, on)))
        return Said(channel, str(delivery_id))

    async def direct_channel(self, member_id: str) -> str:
        return f"D{member_id}"

    async def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        del method, arguments
        return {"ok": True, "dnd_enabled": False}


def too_much(heard: Iterable[Heard]) -> list[str]:
    """Each day on which somebody heard more than one digest and one nudge, or anything at all on a day off.

    A nudge is a teammate's, the second one, or in their place the weekly recap. What a teammate did to somebody (a
    hand-over, a question) is told once each time, in her hours.
    """
    counted = Counter(
        (each.member_id, each.local_on, each.kind is DeliveryKind.DAILY)
        for each in heard
        if each.kind in {DeliveryKind.DAILY, *ONE_A_DAY}
    )
    crowded = [f"{who} on {on}: {count}" for (who, on, _), count in counted.items() if count > 1]
    return crowded + [f"{each.member_id} on {each.local_on}, a day off" for each in heard if not each.is_here]


class Team:
    """Eight people, and what they do to their prospects and to each other, the same in each run."""

    def __init__(self, db: Database, start: datetime) -> None:
        self.db, self.start, self.chance = db, start, random.Random(start.month)  # noqa: S311 - the same each time
        members.ensure_workspace(db, WORKSPACE, "Sample team", "U0BOT", start)
        self.people = [f"U0P{number}" for number in range(len(ZONES))]
        for number, (zone, settings) in enumerate(zip(ZONES, SETTINGS, strict=True)):
            person = self.people[number]
            profile = Profile(person, f"Person {number}", zone, is_admin=number == 0)
            members.ensure(db, WORKSPACE, profile, start)
            members.set_digest(db, self.actor(person), start, second_nudge=True, recap=number != 2, **settings)
            for which in range(PROSPECTS):
                details = Details(f"Sample {number}{which}", f"Company {number}{which}")
                prospects.add(db, self.actor(person), details, start)

    def actor(self, person: str) -> Actor:
        member = members.get(self.db, WORKSPACE, person)
        assert member is not None
        return Actor(member, Origin.BUTTON)

    def acts(self, now: datetime) -> None:
        """Somebody does something; what can't be done at the moment is refused, as in life."""
        number, act = self.chance.randrange(len(self.people)), self.chance.choice(ACTS)
        whose = number if act in OWN else self.chance.randrange(len(self.people))
        target = ByProspect(whose * PROSPECTS + self.chance.randint(1, PROSPECTS))
        with suppress(DomainError):
            act(self, self.actor(self.people[number]), target, now)


def promises(team: Team, actor: Actor, target: ByProspect, now: datetime) -> None:
    wish = Wish(actor.member.local(now).date() + DAY * team.chance.randint(0, 2), time(11))
    shown = prospects.show(team.db, actor, target.prospect_id).card.prospect
    prospects.edit(team.db, actor, target, Details(shown.name, shown.company), wish, now)


def logs(team: Team, actor: Actor, target: ByProspect, now: datetime) -> None:
    touches.log(team.db, actor, target, Made(), now)


def puts_off(team: Team, actor: Actor, target: ByProspect, now: datetime) -> None:
    snoozes.snooze(team.db, actor, target, (now + 2 * DAY).date(), None, now)


def nudges(team: Team, actor: Actor, target: ByProspect, now: datetime) -> None:
    handover.nudge(team.db, actor, target, now)


def asks_for_it(team: Team, actor: Actor, target: ByProspect, now: datetime) -> None:
    handover.take_over(team.db, actor, target, now)


def gives(team: Team, _actor: Actor, target: ByProspect, now: datetime) -> None:
    handover.assign(team.db, team.actor(team.people[0]), target, team.chance.choice(team.people), now)


def travels(team: Team, actor: Actor, _target: ByProspect, now: datetime) -> None:
    profile = Profile(actor.member.id, actor.member.name, team.chance.choice((*ZONES, *ELSEWHERE)))
    question = members.told(team.db, WORKSPACE, profile, now)
    if question is not None:
        members.answer_zone(team.db, actor, question, now, yes=team.chance.random() < 0.5)


def goes_away(team: Team, actor: Actor, _target: ByProspect, now: datetime) -> None:
    first = actor.member.local(now).date() + DAY * team.chance.randint(0, 4)
    deputy = team.chance.choice([None, *team.people])
    leave.take(team.db, actor, first, first + DAY * team.chance.randint(0, 9), now, deputy_id=deputy)


def takes_a_day(team: Team, actor: Actor, _target: ByProspect, now: datetime) -> None:
    on = actor.member.local(now).date() + DAY * team.chance.randint(0, 4)
    calendars.add_day_off(team.db, actor, Scope(), on, "a day off", now)


def pauses(team: Team, actor: Actor, _target: ByProspect, now: datetime) -> None:
    members.pause(team.db, actor, actor.member.local(now).date() + DAY * 3, now)


OWN = (promises, logs, puts_off)
OFTEN = (promises, promises, logs, logs, puts_off, nudges, nudges, nudges, nudges)
NOW_AND_THEN = (asks_for_it, gives, travels, goes_away, takes_a_day, pauses)
ACTS: tuple[Callable[[Team, Actor, ByProspect, datetime], None], ...] = (*OFTEN, *OFTEN, *NOW_AND_THEN)


def next_moment(db: Database) -> datetime | None:
    """When the worker has something to do."""
    moments = [tables.members.c[name] for name in tables.MEMBER_MOMENTS]
    with db.read() as tx:
        due = tx.execute(select(*map(func.min, moments))).one()
        waits = select(func.min(tables.deliveries.c.not_before_at)).where(deliveries.STILL_OPEN)
        return min(filter(None, [*due, tx.execute(waits).scalar()]), default=None)


async def lives(team: Team, voice: Voice, days: int) -> None:
    """The days go by: people act at any hour, and the worker looks whenever something is due."""
    house = House(team.db, voice, lambda: voice.now, Identity(WORKSPACE, "Sample team", "U0BOT", "followup", "B0"))
    acts_at = sorted(
        team.start + day * DAY + team.chance.random() * DAY for day in range(days) for _ in range(ACTS_A_DAY)
    )
    for moment in acts_at:
        while (due := next_moment(team.db)) is not None and due <= moment:
            voice.now = max(voice.now, due)
            await worker.tick(house, voice.now)
        voice.now = max(voice.now, moment)
        team.acts(moment)


@pytest.mark.parametrize("start", SEASONS, ids=lambda start: f"from {start:%B}")
async def test_in_a_year_nobody_hears_more_than_a_digest_and_a_nudge_a_day_and_nothing_on_days_off(
    db: Database, start: datetime
) -> None:
    """All weeks of the year on SQLite; some days of each season on PostgreSQL, which takes longer for the same."""
    voice = Voice(db, start)
    await lives(Team(db, start), voice, SPANS[db.is_sqlite])
    assert too_much(voice.heard) == []
    expected = {DeliveryKind.DAILY, *ONE_A_DAY} if db.is_sqlite else {DeliveryKind.DAILY}
    assert {each.kind for each in voice.heard} >= expected
    assert len({each.member_id for each in voice.heard}) > len(ZONES) / 2


MONDAY = date(2026, 11, 23)
DIGEST, NUDGE, SECOND, RECAP, NEWS = (
    Heard("U0ANA", kind, MONDAY, is_here=True)
    for kind in (
        DeliveryKind.DAILY, DeliveryKind.NUDGE, DeliveryKind.SECOND_NUDGE, DeliveryKind.RECAP, DeliveryKind.NEWS,
    )
)  # fmt: skip


@pytest.mark.parametrize("heard", [[DIGEST, DIGEST], [NUDGE, SECOND], [DIGEST, SECOND, RECAP], [NUDGE, NUDGE]])
def test_one_too_many_is_noticed(heard: list[Heard]) -> None:
    assert len(too_much(heard)) == 1


def test_a_message_on_a_day_off_is_noticed() -> None:
    assert len(too_much([Heard("U0ANA", DeliveryKind.NEWS, MONDAY, is_here=False)])) == 1


def test_a_digest_a_nudge_and_what_others_did_is_not_too_much() -> None:
    tomorrow = Heard("U0ANA", DeliveryKind.DAILY, MONDAY + timedelta(days=1), is_here=True)
    assert too_much([DIGEST, RECAP, NEWS, NEWS, tomorrow]) == []
