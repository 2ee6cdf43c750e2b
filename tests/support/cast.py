"""The recurring cast: Ana owns, Ben is a teammate, Cleo manages, Otto is an outsider from another workspace."""

from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert

from bot.services import fates, members, prospects
from bot.services.actor import Actor, Origin
from bot.services.cards import Card
from bot.services.details import Details
from bot.services.handover import Sent
from bot.services.promises import Wish
from bot.services.targets import ByProspect, ByStep
from bot.storage import tables
from bot.storage.engine import Database
from bot.storage.records import Member, StepRow, Workspace
from cadences.model import Channel

WORKSPACE = "T0SAMPLE"
ELSEWHERE = "T0ELSEWHERE"
NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
"""A Friday, 15:00 in Berlin and 09:00 in New York."""
TODAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Cast:
    """Everybody as an actor clicking a button."""

    ana: Actor
    ben: Actor
    cleo: Actor
    otto: Actor


def gather(db: Database, now: datetime = NOW) -> Cast:
    """Two workspaces and the four people in them, known as of ``now``."""
    for workspace_id in (WORKSPACE, ELSEWHERE):
        members.ensure_workspace(db, workspace_id, "Sample team", "U0BOT", now)
    return Cast(
        ana=_known(db, WORKSPACE, members.Profile("U0ANA", "Ana", "Europe/Berlin"), now),
        ben=_known(db, WORKSPACE, members.Profile("U0BEN", "Ben", "America/New_York"), now),
        cleo=_known(db, WORKSPACE, members.Profile("U0CLEO", "Cleo", "Europe/Berlin", is_admin=True), now),
        otto=_known(db, ELSEWHERE, members.Profile("U0OTTO", "Otto", "Europe/Berlin", is_admin=True), now),
    )


def gather_again(db: Database, people: Cast) -> None:
    """The same people in another database, row for row: nearly every test begins with it, so it must cost little."""
    everybody = [people.ana.member, people.ben.member, people.cleo.member, people.otto.member]
    teams = [Workspace(i, "Sample team", "U0BOT", members.CURRENCY, NOW, None) for i in (WORKSPACE, ELSEWHERE)]
    with db.begin() as tx:
        tx.execute(insert(tables.workspaces), [asdict(team) for team in teams])
        tx.execute(insert(tables.members), [asdict(member) for member in everybody])


def asking(actor: Actor, request_id: str) -> Actor:
    """The same person under a named request, as Slack would deliver it."""
    return replace(actor, request_id=request_id)


def fresh(db: Database, actor: Actor) -> Actor:
    """The same person with the settings she has now."""
    return replace(actor, member=known(db, actor))


def known(db: Database, actor: Actor) -> Member:
    """The member's row as it stands."""
    member = members.get(db, actor.workspace_id, actor.member.id)
    assert member is not None
    return member


def added(
    db: Database,
    actor: Actor,
    name: str = "Dana Li",
    company: str | None = "Acme",
    *,
    now: datetime = NOW,
    on: date | None = None,
    at: time | None = None,
    channel: Channel | None = None,
    note: str = "",
    **details: Any,
) -> Card:
    """Add a prospect, promised ``on`` a date where one is given; its card."""
    wish = Wish(on, at, channel) if on else None
    done = prospects.add(db, actor, Details(name, company, **details), now, wish=wish, note=note)
    assert done.card is not None
    return done.card


def step_of(card: Card | None) -> StepRow:
    """The next step, which must be there."""
    assert card is not None
    assert card.step is not None
    return card.step


def by_step(card: Card) -> ByStep:
    """What a button on this card stands for."""
    return ByStep(step_of(card).id)


def by_prospect(card: Card) -> ByProspect:
    """What a typed name on this card stands for."""
    return ByProspect(card.prospect.id)


def shown(db: Database, actor: Actor, card: Card) -> Card:
    """The card as it stands now."""
    return prospects.show(db, actor, card.prospect.id).card


def comes_at(db: Database, sent: Sent, now: datetime) -> datetime | None:
    """When the one it is sent to hears of it, where that is later than now."""
    assert sent.delivery_id is not None
    return fates.of(db, WORKSPACE, sent.delivery_id, now).at


def _known(db: Database, workspace_id: str, profile: members.Profile, now: datetime) -> Actor:
    return Actor(members.ensure(db, workspace_id, profile, now), Origin.BUTTON)
