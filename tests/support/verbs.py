"""Everything a person can do to one prospect, as functions of the same form, and prospects in every position."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from bot.services import closing, handover, notes, prospects, snoozes, touches
from bot.services.actor import Actor
from bot.services.cards import Card, Done
from bot.services.prospects import Details, Wish
from bot.services.targets import ByProspect, Target
from bot.storage.engine import Database
from cadences.model import Channel, LostReason, Outcome, Stage
from tests.support.cast import DAY, HOUR, MONDAY, NOW, added, by_prospect

Verb = Callable[[Database, Actor, Target, datetime], Done]

THURSDAY = date(2026, 11, 26)
MARCH = date(2027, 3, 1)


def edit(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    details = Details(
        "Dana Lee", "Acme Sample", "CTO", "dana.lee@example.com", "+4930123456", 900_00, "EUR", Stage.ENGAGED
    )
    return prospects.edit(db, actor, target, details, None, now)


def replan(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    wish = Wish(THURSDAY, time(11, 15), Channel.VIDEO)
    return prospects.edit(db, actor, target, Details("Dana Lee"), wish, now)


def note(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    return notes.add(db, actor, target, "wants SSO", now)


def log(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    return touches.log(db, actor, target, touches.Made(note="left the pricing answer"), now)


def snooze(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    return snoozes.snooze(db, actor, target, THURSDAY, None, now)


def park(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    return snoozes.park(db, actor, target, MARCH, now)


def won(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    return closing.won(db, actor, target, closing.Win(12_000_00, "USD", note="signed"), now)


def won_with_check_ins(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    return closing.won(db, actor, target, closing.Win(post_sale=True), now)


def lost(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    return closing.lost(db, actor, target, LostReason.PRICING, "too dear", now)


def take_over(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    done = handover.take_over(db, actor, target, now).done
    assert done is not None, "only a manager takes over at once"
    return done


def logging(outcome: Outcome) -> Verb:
    """Logging a touch that ended like this."""

    def log_it(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
        return touches.log(db, actor, target, touches.Made(outcome=outcome), now)

    return log_it


OWNERS: dict[str, Verb] = {
    "edit": edit,
    "replan": replan,
    "log": log,
    "snooze": snooze,
    "park": park,
    "won": won,
    "won with check-ins": won_with_check_ins,
    "lost": lost,
}
"""What only the owner or a manager may do."""
STEPPING: dict[str, Verb] = {name: verb for name, verb in OWNERS.items() if name not in {"edit", "replan"}}
"""What ends the step that was next: a button that asks for it must be of the newest step."""
ANYBODYS: dict[str, Verb] = {"note": note}
ALL: dict[str, Verb] = OWNERS | ANYBODYS
LOGGINGS: dict[str, Verb] = {f"log {outcome.value}": logging(outcome) for outcome in Outcome}


def in_every_position(db: Database, actor: Actor) -> dict[str, Card]:
    """Prospects that stand where a prospect can stand with something next, all of it made before ``NOW``."""
    start = NOW - 30 * DAY
    cards = {
        "new": added(db, actor, "Nia New", "Newco", now=NOW - HOUR),
        "promised": added(db, actor, "Pia Promised", "Promco", now=NOW - HOUR, on=MONDAY, at=time(10)),
        "with a note": added(db, actor, "Nora Noted", "Noteco", now=NOW - HOUR, note="met at the fair"),
    }
    later: dict[str, list[Verb]] = {
        "mid-cadence": [log],
        "last step": [log, log],
        "nurtured": [log, log, log],
        "answered": [logging(Outcome.REPLIED)],
        "to be asked": [replan, log, log, log],
        "snoozed": [_snoozed_long_ago],
        "parked": [park],
    }
    for position, done in later.items():
        card = added(db, actor, f"Sam {position}", f"{position} Sample", now=start)
        for number, verb in enumerate(done, start=1):
            made = verb(db, actor, by_prospect(card), start + number * DAY).card
            assert made is not None
            card = made
        cards[position] = card
    return cards


def _snoozed_long_ago(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    return snoozes.snooze(db, actor, target, (now + timedelta(days=3)).date(), time(16, 30), now)


def on(card: Card) -> ByProspect:
    """The prospect, wherever it stands."""
    return by_prospect(card)
