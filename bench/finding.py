"""How long a search takes among very many prospects and notes: parts, typos, notes, filters."""

import random
import time
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import text

from bench import due
from bench.apps import STARTS_AT, ZONE
from bench.due import ASKED_AT, SEED, WARM_UP, WORKSPACE, Row
from bench.timing import Timing
from bot.services import finding, members
from bot.services.actor import Actor, Origin
from bot.services.amounts import Money
from bot.services.finding import Query, Value
from bot.services.idleness import Compare, Sign
from bot.services.members import Profile
from bot.storage import migrations
from bot.storage.engine import Database
from bot.storage.tables import notes, prospects, steps
from cadences.model import Stage
from cadences.states import State

PROSPECTS = 50_000
NOTES = 100_000
REPS = 250
SYLLABLES = ("ka", "ro", "mi", "te", "lu", "na", "so", "vi", "da", "be", "po", "ri", "sta", "len", "mor", "tan", "qui")
SURNAMES = 12_000
COMPANIES = 15_000
NOTE_WORDS = 14
RARE = "wants the security review"
"""Stands in one note of a thousand."""
Asked = tuple[str, list[Query]]


def measure(url: str, kind: str, rounds: int) -> list[Timing]:
    """Each way of asking, by itself; and the first search after a start, which reads everything once."""
    db = Database(url)
    try:
        words = _fill(db)
        me = members.get(db, WORKSPACE, "U0")
        if me is None:
            raise RuntimeError("the bench has no reps")
        actor = Actor(me, Origin.COMMAND)
        chance = random.Random(SEED)  # noqa: S311  # nosec B311: it picks words to ask for, no secrets
        started = time.perf_counter()
        finding.find(db, actor, Query(("start",)), ASKED_AT)
        timings = [Timing(f"the first search, {kind}", (time.perf_counter() - started,))]
        for name, queries in _asked(words, chance, WARM_UP + rounds):
            taken = list(_times(db, actor, queries))[WARM_UP:]
            timings.append(Timing(f"{name}, {kind}", tuple(passed for passed, _ in taken)))
            if db.is_sqlite:  # elsewhere most of the work is the server's
                timings.append(Timing(f"{name}, processor time", tuple(worked for _, worked in taken)))
        return timings
    finally:
        db.close()


def _times(db: Database, actor: Actor, queries: list[Query]) -> Iterator[tuple[float, float]]:
    """How long each took, and how long the processor was at it: other work on the machine is not our doing."""
    for query in queries:
        started, worked = time.perf_counter(), time.process_time()
        page = finding.find(db, actor, query, ASKED_AT)
        yield time.perf_counter() - started, time.process_time() - worked
        if not page.found:
            raise RuntimeError(f"{query} found nothing: the times would mean nothing")


def _asked(words: list[str], chance: random.Random, count: int) -> Iterator[Asked]:
    some = [chance.choice(words) for _ in range(count)]
    over = Value(Sign.OVER, Money(5_000_000, "USD"))
    one, most = Value(Sign.IS, Money(25_000_000, "USD")), Value(Sign.OVER, Money(49_000_000, "USD"))
    usual = Query(owner="me", stage=Stage.PROPOSAL, idle=Compare(Sign.OVER, 3), value=over)
    yield "a part of a name", [Query((word[1:-1],)) for word in some]
    yield "a name with a typo", [Query((_misspelt(word, chance),)) for word in some]
    yield "three letters", [Query((word[:3],)) for word in some]
    yield "words of a note", [Query((RARE,))] * count
    yield "a word of every note", [Query(("meeting",))] * count
    yield "owner, stage, idle, value", [usual] * count
    yield "filters of the whole team", [Query(stage=Stage.PROPOSAL, idle=Compare(Sign.OVER, 3))] * count
    yield "a part and the stalled", [Query((word[1:-1],), stalled=True) for word in ["start"] * count]
    yield "a filter that one fits", [Query(value=one)] * count
    yield "a word and that filter", [Query(("sample",), value=one)] * count
    yield "two words", [Query(("meeting", word)) for word in some]
    yield "two words of every note", [Query(("meeting", "went"))] * count
    yield "three letters and a word", [Query((word[:3], "meeting")) for word in some]
    yield "two words and a stage", [Query(("meeting", word), stage=Stage.PROPOSAL) for word in some]
    yield "idle, of one owner", [Query(owner="me", idle=Compare(Sign.OVER, 3))] * count
    yield "all the stalled", [Query(stalled=True)] * count
    yield "stalled, over an amount", [Query(stalled=True, value=most)] * count
    yield "all in a state", [Query(state=State.DUE)] * count


def _misspelt(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + "z" + word[at + 1 :]


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(3, 4)))


def _fill(db: Database) -> list[str]:
    """The team, its prospects and notes; the surnames in use."""
    migrations.upgrade(db)
    members.ensure_workspace(db, WORKSPACE, "Sample team", "U0BOT", STARTS_AT)
    for number in range(REPS):
        members.ensure(db, WORKSPACE, Profile(f"U{number}", f"Rep {number}", ZONE), STARTS_AT)
    chance = random.Random(SEED)  # noqa: S311  # nosec B311: it makes sample names, no secrets
    surnames = [_word(chance) for _ in range(SURNAMES)]
    companies = [f"start {_word(chance)}" if at % 50 == 0 else _word(chance) for at in range(COMPANIES)]
    due.write(db, prospects, (_prospect(at, surnames, companies, chance) for at in range(PROSPECTS)))
    due.write(db, steps, (due.step(at) | {"owner_id": f"U{at % REPS}"} for at in range(PROSPECTS)))
    due.write(db, notes, (_note(at, surnames, chance) for at in range(NOTES)))
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    return surnames[: SURNAMES // 2]


def _prospect(number: int, surnames: list[str], companies: list[str], chance: random.Random) -> Row:
    name, company = f"sample {surnames[number % SURNAMES]}", chance.choice(companies)
    return due.prospect(number) | {
        "owner_id": f"U{number % REPS}",
        "name": name.title(),
        "name_key": name,
        "company": company.title(),
        "company_key": company,
        "email": f"{name.replace(' ', '.')}@{company.replace(' ', '-')}.example.com",
        "stage": list(Stage)[number // REPS % 4],
        "value_minor": number * 1_000,
        "currency": "USD",
        "active_at": STARTS_AT - timedelta(days=number % 31),
    }


def _note(number: int, words: list[str], chance: random.Random) -> Row:
    said = [chance.choice(words) for _ in range(NOTE_WORDS)] + [RARE if number % 1_000 == 0 else "meeting went well"]
    return {
        "id": number + 1,
        "workspace_id": WORKSPACE,
        "prospect_id": number % PROSPECTS + 1,
        "member_id": f"U{number % REPS}",
        "text": " ".join(said),
        "created_at": STARTS_AT,
    }
