"""About 25 plainly invented prospects in all stages, made by the same services a rep uses, at moments in the past."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from operator import itemgetter

from bot.services import closing, members, notes, prospects, snoozes, team, touches, welcome
from bot.services.actor import Actor, Origin
from bot.services.cards import Done
from bot.services.closing import Win
from bot.services.details import Details
from bot.services.members import Profile
from bot.services.promises import Wish
from bot.services.targets import ByProspect
from bot.services.touches import Made
from bot.storage.engine import Database
from cadences.model import Channel, LostReason, Outcome, Stage

Deed = tuple[int, Callable[[Database, Actor, ByProspect, datetime, datetime], object]]
"""How many days ago, and what: at which moment, seen from which now."""

Act = tuple[datetime, Callable[[datetime], object]]


@dataclass(frozen=True, slots=True)
class Sample:
    """One invented prospect: whose, since how many days, and what happened with it since."""

    owner: str
    name: str
    company: str
    days: int
    thousands: int = 0
    stage: Stage = Stage.NEW
    role: str | None = None
    promised_in: int | None = None
    close_in: int | None = None
    deeds: tuple[Deed, ...] = ()


def logged(days: int, channel: Channel, outcome: Outcome, note: str = "") -> Deed:
    """A touch so many days ago."""
    return days, lambda db, actor, who, at, _: touches.log(db, actor, who, Made(channel, outcome, note), at)


def noted(days: int, text: str) -> Deed:
    """A note so many days ago."""
    return days, lambda db, actor, who, at, _: notes.add(db, actor, who, text, at)


def snoozed(days: int, ahead: int) -> Deed:
    """Snoozed so many days ago, to so many days from now on."""
    later = timedelta(days=ahead)
    return days, lambda db, actor, who, at, now: snoozes.snooze(db, actor, who, (now + later).date(), None, at)


def won(days: int) -> Deed:
    """Closed as won so many days ago."""
    return days, lambda db, actor, who, at, _: closing.won(db, actor, who, Win(note="The pilot convinced them"), at)


def lost(days: int, reason: LostReason) -> Deed:
    """Closed as lost so many days ago."""
    return days, lambda db, actor, who, at, _: closing.lost(db, actor, who, reason, "", at, asks=False)


def parked(days: int, ahead: int) -> Deed:
    """Parked so many days ago, for so many days from now on."""
    until = timedelta(days=ahead)
    return days, lambda db, actor, who, at, now: snoozes.park(db, actor, who, (now + until).date(), at)


CALL, EMAIL, MEETING, LINKEDIN = Channel.CALL, Channel.EMAIL, Channel.MEETING, Channel.LINKEDIN
SENT, VOICEMAIL, CONNECTED, NO_ANSWER = Outcome.SENT, Outcome.VOICEMAIL, Outcome.CONNECTED, Outcome.NO_ANSWER
ANA, BEN, CLEO = "ana", "ben", "cleo"
FRIDAY = 4
EARLIER_MINUTES = 280
"""Not everything happened at the same minute of the day."""

SAMPLES = (
    # Ana: what her next morning looks like
    Sample(ANA, "Rosa Sample", "Example Foods", 6, 18, promised_in=1, role="Head of Operations", deeds=(noted(6, "Wants a call after their board meeting"),)),
    Sample(ANA, "Omar Specimen", "Placeholder Parts", 16, 41, Stage.PROPOSAL, close_in=6, deeds=(logged(8, MEETING, CONNECTED, "Sent the proposal"),)),
    Sample(ANA, "Tom Placeholder", "Sample Logistics", 8, 24, deeds=(logged(4, EMAIL, SENT), snoozed(3, 1))),
    Sample(ANA, "Mia Example", "Demo Dental", 0, 6, role="Practice manager"),
    Sample(ANA, "Lena Muster", "Muster Metall", 9, 9, deeds=(logged(8, CALL, VOICEMAIL, "Left the pricing answer"), snoozed(7, 1))),
    Sample(ANA, "Kofi Test", "Sandbox Solar", 12, 15, Stage.WORKING, deeds=(logged(10, CALL, CONNECTED, "Budget in spring"), snoozed(3, 3))),
    Sample(ANA, "Yuki Dummy", "Trial Textiles", 1, 11, promised_in=2),
    # Ana: stalled, parked, closed
    Sample(ANA, "Nora Fictional", "Invented Insurance", 40, 60, Stage.PROPOSAL, deeds=(logged(33, MEETING, CONNECTED, "Legal is reading the contract"),)),
    Sample(ANA, "Pavel Mock", "Mockup Media", 35, 8, Stage.WORKING, deeds=(logged(30, EMAIL, SENT), snoozed(6, 24))),
    Sample(ANA, "Sara Draft", "Draft Drinks", 30, 12, deeds=(parked(20, 40),)),
    Sample(ANA, "Ivo Stand-In", "Blank Bikes", 45, 22, Stage.PROPOSAL, deeds=(logged(20, CALL, CONNECTED), won(8))),
    Sample(ANA, "Gita Filler", "Filler Films", 50, 5, deeds=(logged(30, EMAIL, SENT), lost(12, LostReason.TIMING))),
    # Ben
    Sample(BEN, "Hugo Sample", "Sample Shoes", 28, 33, Stage.ENGAGED, deeds=(logged(24, CALL, CONNECTED, "Comparing with two others"),)),
    Sample(BEN, "Ines Example", "Example Energy", 21, 75, Stage.WORKING, deeds=(logged(18, EMAIL, SENT),)),
    Sample(BEN, "Carl Pretend", "Pretend Paper", 2, 14),
    Sample(BEN, "Dora Trial", "Trial Tools", 5, 19, promised_in=1),
    Sample(BEN, "Emil Proof", "Proof Pumps", 7, 27, deeds=(logged(1, LINKEDIN, SENT),)),
    Sample(BEN, "Fay Template", "Template Travel", 1, 4),
    Sample(BEN, "Gus Variable", "Variable Valves", 60, 52, Stage.PROPOSAL, close_in=-5, deeds=(logged(42, MEETING, CONNECTED),)),
    Sample(BEN, "Hana Null", "Null Networks", 44, 10, deeds=(logged(25, CALL, NO_ANSWER), lost(15, LostReason.COMPETITION))),
    # Cleo keeps two of her own
    Sample(CLEO, "Jon Specimen", "Specimen Steel", 26, 90, Stage.ENGAGED, deeds=(logged(22, MEETING, CONNECTED, "Strategic: their whole group"),)),
    Sample(CLEO, "Kim Sample", "Sample Seeds", 4, 16, deeds=(logged(3, CALL, CONNECTED),)),
    Sample(CLEO, "Leo Demo", "Demo Doors", 33, 13, deeds=(logged(20, CALL, CONNECTED), won(5))),
    Sample(BEN, "Mara Trial", "Trial Trains", 23, 47, Stage.ENGAGED, deeds=(noted(23, "Met at the fair"),)),
    Sample(ANA, "Nils Example", "Example Elevators", 18, 29, Stage.ENGAGED, deeds=(logged(17, CALL, CONNECTED, "Sends the requirements"),)),
)  # fmt: skip


def fill(db: Database, workspace_id: str, people: dict[str, Profile], channel_id: str, now: datetime) -> None:
    """Make the sample workspace as of ``now``: its members, their prospects, and the team digest of a channel."""
    first = now - timedelta(days=90)
    actors = {}
    for key, person in people.items():
        actors[key] = Actor(members.ensure(db, workspace_id, person, first), Origin.COMMAND)
    for at, act in sorted(_acts(db, actors, now), key=itemgetter(0)):
        act(at)
    team.set_up(db, actors[CLEO], channel_id, now)
    welcome.not_needed(db, workspace_id, actors[CLEO].member.id, now)
    for actor in actors.values():
        members.replan_digest(db, workspace_id, actor.member.id, now)


def _acts(db: Database, actors: dict[str, Actor], now: datetime) -> Iterator[Act]:
    """Everything that happened, each with its moment: on working days, at different hours, never after ``now``."""
    for number, sample in enumerate(SAMPLES):
        actor = actors[sample.owner]
        earlier = timedelta(minutes=number * 37 % EARLIER_MINUTES)
        added_at = _workday(now - timedelta(days=sample.days) - earlier)
        target: list[ByProspect] = []
        yield added_at, partial(_add, db, actor, sample, target, now)
        for days, deed in sample.deeds:
            at = max(_workday(now - timedelta(days=days) - earlier), added_at) + timedelta(minutes=5)
            yield at, partial(_do, db, actor, deed, target, now)


def _workday(at: datetime) -> datetime:
    """Friday, where it would have been a weekend."""
    return at - timedelta(days=max(0, at.weekday() - FRIDAY))


def _do(
    db: Database, actor: Actor, deed: Callable[..., object], target: list[ByProspect], now: datetime, at: datetime
) -> None:
    deed(db, actor, target[0], at, now)


def _add(db: Database, actor: Actor, sample: Sample, target: list[ByProspect], now: datetime, at: datetime) -> None:
    today = actor.member.local(now).date()
    wish = None
    if sample.promised_in is not None:
        wish = Wish(today + timedelta(days=sample.promised_in), time(10), Channel.CALL)
    done: Done = prospects.add(db, actor, _details(sample, today), at, wish=wish)
    if done.card is None:
        raise LookupError(sample.name)
    target.append(ByProspect(done.card.prospect.id))


def _details(sample: Sample, today: date) -> Details:
    word = sample.name.split()[0].casefold()
    domain = "".join(char for char in sample.company.casefold() if char.isalnum())
    return Details(
        name=sample.name,
        company=sample.company,
        role=sample.role,
        email=f"{word}@{domain}.example",
        value_minor=sample.thousands * 100_000 or None,
        currency="USD",
        stage=sample.stage,
        source="sample data",
        close_on=None if sample.close_in is None else today + timedelta(days=sample.close_in),
    )
