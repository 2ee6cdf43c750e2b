"""What is told of hand-overs in the morning is what came of the night: each once, and nothing that went back."""

import random
from collections import Counter
from datetime import UTC, datetime

import pytest

from bot.services import changes, handed_over, handover, members, messages, outbox, touches
from bot.services.actor import Actor
from bot.services.cards import Card
from bot.services.errors import DomainError
from bot.services.handed_over import GONE, RECEIVED
from bot.services.leavers import give_all
from bot.services.members import Profile
from bot.services.messages import Notice, Tone
from bot.services.touches import Made
from bot.storage import changes as kept_changes
from bot.storage import deliveries
from bot.storage.engine import Database
from bot.storage.records import Change, Delivery
from bot.storage.tables import DeliveryKind
from cadences.model import Channel, Outcome
from tests.support.cast import DAY, HOUR, MINUTE, NOW, WORKSPACE, Cast, added, by_prospect, shown

NIGHT = NOW + 9 * HOUR
"""A Friday, midnight in Berlin and 18:00 in New York."""
MORNING = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""A Monday, when both work."""


def said(db: Database, now: datetime = MORNING) -> list[tuple[str, Notice]]:
    """What is said of all that waits, to whom; as the outbox does it."""
    heard = []
    for taken in outbox.take(db, now, 99):
        notice = messages.question(taken.delivery)
        if taken.recipient is None or notice is None:
            continue
        told = handed_over.to_say(db, taken.delivery, notice)
        if told is None:
            outbox.mark_skipped(db, taken.delivery, "nothing left to say")
            continue
        outbox.mark_sent(db, taken.delivery, "D1", f"{taken.delivery.id}.1", now)
        heard.append((taken.recipient.name, told))
    return heard


def tones(db: Database) -> list[tuple[str, Tone]]:
    return [(name, notice.tone) for name, notice in said(db)]


def given(db: Database, cast: Cast, card: Card, to: Actor, minutes: int = 0) -> None:
    handover.assign(db, cast.cleo, by_prospect(card), to.member.id, NIGHT + minutes * MINUTE)


def undo(db: Database, actor: Actor) -> None:
    changes.undo(db, actor, None, NIGHT + HOUR)


def test_what_was_undone_in_the_night_is_told_to_nobody(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    given(db, cast, card, cast.ben)
    undo(db, cast.cleo)
    assert said(db) == []


def test_what_was_undone_and_done_again_is_told_once(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    given(db, cast, card, cast.ben)
    undo(db, cast.cleo)
    given(db, cast, card, cast.ben, 2)
    assert sorted(tones(db)) == [("Ana", Tone.ASSIGNED_AWAY), ("Ben", Tone.ASSIGNED)]


def test_what_went_there_and_back_is_told_to_nobody(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    given(db, cast, card, cast.ben)
    given(db, cast, card, cast.ana, 1)
    assert said(db) == []


def test_who_lost_it_hears_who_has_it_now_and_nobody_in_between_hears_anything(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    given(db, cast, card, cast.ben)
    given(db, cast, card, cast.cleo, 1)
    ((name, notice),) = said(db)
    assert (name, notice.tone, notice.to_name) == ("Ana", Tone.ASSIGNED_AWAY, "Cleo")


def test_one_that_was_undone_and_then_given_with_all_the_others_is_told_with_them(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    added(db, cast.ana, "Eve Sample", "Beta")
    given(db, cast, card, cast.ben)
    undo(db, cast.cleo)
    members.told(db, WORKSPACE, Profile("U0ANA", "Ana", is_deleted=True), NIGHT)
    give_all(db, cast.cleo, "U0ANA", "U0BEN", NIGHT + 2 * HOUR)
    assert [(name, notice.tone, notice.count) for name, notice in said(db) if name == "Ben"] == [
        ("Ben", Tone.ASSIGNED_MANY, 2)
    ]


def test_all_that_were_given_and_taken_back_are_told_to_nobody(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    members.told(db, WORKSPACE, Profile("U0ANA", "Ana", is_deleted=True), NIGHT)
    give_all(db, cast.cleo, "U0ANA", "U0BEN", NIGHT)
    undo(db, cast.cleo)
    assert said(db) == []


def test_a_yes_that_was_taken_back_before_it_was_heard_is_a_no(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    question = handover.take_over(db, cast.ben, by_prospect(card), NOW).delivery_id
    assert question is not None
    said(db, NOW)
    handover.answer(db, cast.ana, question, NIGHT, yes=True)
    undo(db, cast.ana)
    assert tones(db) == [("Ben", Tone.REFUSED)]


@pytest.mark.parametrize("happened", ["touched", "given away"])
def test_a_nudge_of_the_night_is_not_said_where_there_is_nothing_to_ask_any_more(
    db: Database, cast: Cast, happened: str
) -> None:
    card = added(db, cast.ana)
    handover.nudge(db, cast.cleo, by_prospect(card), NOW + 7 * HOUR)
    if happened == "touched":
        touches.log(db, cast.ana, by_prospect(card), Made(Channel.CALL, Outcome.NO_ANSWER), NIGHT)
        assert said(db) == []
    else:
        handover.assign(db, cast.ana, by_prospect(card), cast.cleo.member.id, NIGHT)
        assert ("Ana", Tone.NUDGE) not in tones(db)


def test_a_nudge_about_what_was_touched_lately_does_not_say_that_nothing_happened(db: Database, cast: Cast) -> None:
    old, new = added(db, cast.ana, now=NOW - 30 * DAY), added(db, cast.ben, "Eve Sample", "Beta", now=NOW)
    handover.nudge(db, cast.cleo, by_prospect(old), NOW)
    handover.nudge(db, cast.cleo, by_prospect(new), NOW)
    assert {name: notice.is_idle for name, notice in said(db, NOW)} == {"Ana": True, "Ben": False}


def test_what_was_told_and_undone_says_so_for_good(db: Database, cast: Cast) -> None:
    """The second time is told in a message of its own: the first does not read as if it were the second."""
    card = added(db, cast.ana)
    given(db, cast, card, cast.ben)
    said(db)
    undo(db, cast.cleo)
    given(db, cast, card, cast.ben, 2)
    for name, tone in (("U0BEN", RECEIVED), ("U0ANA", GONE)):
        first, second = _notices(db, name)
        notice = messages.question(first)
        assert notice is not None
        assert notice.tone in tone
        assert handed_over.since(db, first, notice) is not None
        assert handed_over.since(db, second, notice) is None


@pytest.mark.parametrize("seed", range(8))
def test_after_every_morning_everybody_knows_what_she_has_and_heard_it_once(
    db: Database, cast: Cast, seed: int
) -> None:
    """Cleo gives, takes and undoes as she likes; Ana and Ben hear of it in the mornings."""
    chance = random.Random(seed)  # noqa: S311 - the same each time
    cards = [added(db, cast.ana), added(db, cast.ben, "Eve Sample", "Beta")]
    known_to = {(card.prospect.id, actor.member.id): _has(db, card, actor) for card in cards for actor in _two(cast)}
    for day in range(4):
        at = NIGHT + 7 * day * DAY
        for number in range(chance.randrange(6)):
            before = {actor.member.id: _taken_back(db, actor.member.id) for actor in _two(cast)}
            _something(db, cast, chance, chance.choice(cards), at + number * MINUTE)
            for member_id, told in before.items():
                for about, had in _taken_back(db, member_id).items() - told.items():
                    known_to[about[0], member_id] = not had
        heard = Counter[tuple[int, str]]()
        for name, notice in said(db, MORNING + 7 * day * DAY):
            key = notice.prospect_id, f"U0{name.upper()}"
            heard[key] += 1
            assert known_to[key] is not (notice.tone in RECEIVED), "nobody hears what she knows"
            known_to[key] = notice.tone in RECEIVED
        assert max(heard.values(), default=1) == 1
        assert known_to == {
            (card.prospect.id, actor.member.id): _has(db, card, actor) for card in cards for actor in _two(cast)
        }


def _something(db: Database, cast: Cast, chance: random.Random, card: Card, at: datetime) -> None:
    target = by_prospect(card)
    try:
        match chance.choice(["give", "give", "take", "undo"]):
            case "give":
                handover.assign(db, cast.cleo, target, chance.choice(["U0ANA", "U0BEN", "U0CLEO"]), at)
            case "take":
                handover.take_over(db, cast.cleo, target, at)
            case "undo":
                handed_over.tell_after_all(db, changes.undo(db, cast.cleo, None, at).change, at)
    except DomainError:
        return


def _taken_back(db: Database, member_id: str) -> dict[tuple[int, int], bool]:
    """Of what she was told, and was undone: it says so where it stands. About whom, and whether she was to have it."""
    found = {}
    for each in _notices(db, member_id):
        change = _change(db, int(each.subject.split(":")[1]))
        notice = messages.question(each)
        if each.sent_at is not None and change and change.undone_at is not None and notice is not None:
            found[notice.prospect_id, each.id] = notice.tone in RECEIVED
    return found


def _notices(db: Database, member_id: str) -> list[Delivery]:
    with db.read() as tx:
        return deliveries.opened_for(tx, WORKSPACE, DeliveryKind.NEWS, member_id, NOW - DAY)


def _about(delivery: Delivery) -> int:
    notice = messages.question(delivery)
    assert notice is not None
    return notice.prospect_id


def _two(cast: Cast) -> tuple[Actor, Actor]:
    return cast.ana, cast.ben


def _has(db: Database, card: Card, actor: Actor) -> bool:
    return shown(db, actor, card).owner.id == actor.member.id


def _change(db: Database, number: int) -> Change | None:
    with db.read() as tx:
        return kept_changes.get(tx, WORKSPACE, number)
