"""How long a person waits: an add, a click in the digest, and Bolt doing nothing, in turns on one machine."""

from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from slack_bolt.async_app import AsyncApp

from bench import apps
from bench.apps import NEXT_MORNING_AT, ZONE, Ours, Settled
from bench.places import Place
from bench.requests import Sent, chosen_first, timed, typed
from bench.timing import Timing
from bot import worker
from bot.services import members, prospects
from bot.services.actor import Actor, Origin
from bot.services.details import Details
from bot.services.members import Profile
from bot.services.promises import Wish
from bot.storage.engine import Database
from bot.views import ids
from sandbox.model import Person

WARM_UP = 50
TURN = 25
"""Requests of one kind before the next kind has its turn: whatever else the machine does meets all of them."""
ROWS_IN_A_DIGEST = 7
DEFAULT_NOOP = "no-op, Bolt as it ships"
PLAIN_NOOP = "no-op, process_before_response"


@dataclass(slots=True)
class Kind:
    """One kind of request, and what it took so far."""

    name: str
    bolt: AsyncApp
    secret: str
    make: Callable[[int], Sent]
    settled: Settled
    taken: list[tuple[float, float]] = field(default_factory=list)

    def timing(self) -> Timing:
        """The answers, without the first ones."""
        return Timing(self.name, tuple(answered for answered, _ in self.taken[WARM_UP:]))

    def drawn(self, name: str) -> Timing:
        """Until everything that follows the answer was done, without the first ones."""
        return Timing(name, tuple(finished for _, finished in self.taken[WARM_UP:]))


async def measure(places: Sequence[Place], rounds: int) -> list[Timing]:
    """Everything a person may wait for: the two no-ops first."""
    async with AsyncExitStack() as opened:
        kinds = _doing_nothing(await opened.enter_async_context(apps.slack()))
        houses = [await opened.enter_async_context(apps.ours(place)) for place in places]
        kinds += [_adding(house) for house in houses]
        await _in_turns(kinds, rounds)
        clicks = [await _clicking(house, rounds) for house in houses]
        await _in_turns(clicks, rounds)
    timings = [kind.timing() for kind in [*kinds, *clicks]]
    return timings + [click.drawn(click.name.replace("answered", "and drawn anew")) for click in clicks]


async def _in_turns(kinds: Sequence[Kind], rounds: int) -> None:
    for start in range(0, WARM_UP + rounds, TURN):
        for kind in kinds:
            for number in range(start, start + TURN):
                kind.taken.append(await timed(kind.bolt, kind.secret, kind.make(number), kind.settled))


def _doing_nothing(there: apps.Slack) -> list[Kind]:
    def make(number: int) -> Sent:
        return typed(there.sandbox, there.ana, _line(number))

    secret = there.app.signing_secret
    default = apps.doing_nothing(there, process_before_response=False)
    plain = apps.doing_nothing(there, process_before_response=True)
    return [
        Kind(DEFAULT_NOOP, default, secret, make, apps.at_once),
        Kind(PLAIN_NOOP, plain, secret, make, apps.at_once),
    ]


def _adding(house: Ours) -> Kind:
    def make(number: int) -> Sent:
        return typed(house.slack.sandbox, house.slack.ana, f"add {_line(number)}", expects=f"Sample {number}")

    name = f"/followup add, committed on {house.place.kind}"
    return Kind(name, house.bolt, house.slack.app.signing_secret, make, house.settled)


def _line(number: int) -> str:
    return f"Sample {number}, Company {number}, sample{number}@example.com, $12k, call thu 10am -- demo went well"


async def _clicking(house: Ours, rounds: int) -> Kind:
    """Real digests in real direct messages; each click snoozes another row."""
    people = await _people(house, -(-(WARM_UP + rounds) // ROWS_IN_A_DIGEST))
    house.slack.sandbox.clock.set(NEXT_MORNING_AT)
    await worker.tick(house.house, NEXT_MORNING_AT)

    def make(number: int) -> Sent:
        return _click(house, people[number // ROWS_IN_A_DIGEST])

    name = f"a click in a digest of {ROWS_IN_A_DIGEST}, {house.place.kind}: answered"
    return Kind(name, house.bolt, house.slack.app.signing_secret, make, house.settled)


def _click(house: Ours, person: Person) -> Sent:
    """Snooze the first row that still has its buttons."""
    sandbox = house.slack.sandbox
    (message,) = sandbox.workspace.history(sandbox.workspace.im_with(person.id).id)
    block_id = next(block["block_id"] for block in message.blocks or [] if ids.step_of(block["block_id"]))
    return chosen_first(sandbox, person, message, ids.SNOOZE, block_id)


async def _people(house: Ours, count: int) -> list[Person]:
    workspace = house.slack.sandbox.workspace
    people = [workspace.add_person(f"rep{number}", id=f"U0REP{number}", tz=ZONE) for number in range(count)]
    await house.house.db.run(_add_for_tomorrow, workspace.team_id, [person.id for person in people])
    return people


def _add_for_tomorrow(db: Database, workspace_id: str, people: Sequence[str]) -> None:
    tomorrow = Wish(NEXT_MORNING_AT.date())
    for person in people:
        member = members.ensure(db, workspace_id, Profile(person, person, ZONE), apps.STARTS_AT)
        for number in range(ROWS_IN_A_DIGEST):
            details = Details(f"Sample {number}", f"Company {person}", value_minor=1_200_000, currency="USD")
            prospects.add(db, Actor(member, Origin.COMMAND), details, apps.STARTS_AT, wish=tomorrow)
