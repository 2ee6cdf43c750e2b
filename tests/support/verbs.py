"""Everything a person can do to one prospect, as functions of the same form, and prospects in every position."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from bot.services import (
    cadences,
    closing,
    contact,
    giving_up,
    handover,
    hooks,
    meetings,
    notes,
    positions,
    preferences,
    prospects,
    snoozes,
    touches,
)
from bot.services.actor import Actor
from bot.services.cards import Card, Done
from bot.services.details import Details
from bot.services.promises import Wish
from bot.services.targets import ByProspect, Target
from bot.services.touches import Made, Way
from bot.storage.engine import Database
from cadences import library
from cadences.model import Channel, LostReason, Mood, Outcome, Stage, Temperature
from tests.support.cast import DAY, HOUR, MONDAY, NOW, added, by_prospect, shown

Verb = Callable[[Database, Actor, Target, datetime], Done]

THURSDAY = date(2026, 11, 26)
MARCH = date(2027, 3, 1)
THIRD_OF_DECEMBER = date(2026, 12, 3)
IN_APRIL = date(2027, 4, 15)
WHY = "met them at the fair"


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


def hook(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    return hooks.add(db, actor, target, "cares about SSO", now)


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


def once_more(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    return giving_up.once_more(db, actor, target, now)


def take_over(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    done = handover.take_over(db, actor, target, now).done
    assert done is not None, "only a manager takes over at once"
    return done


def logging(outcome: Outcome) -> Verb:
    """Logging a touch that ended like this."""

    def log_it(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
        return touches.log(db, actor, target, touches.Made(outcome=outcome), now)

    return log_it


def replied(made: Made) -> Verb:
    """Logging a reply, and which way it went."""

    def log_it(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
        return touches.log(db, actor, target, made, now)

    return log_it


def answered(way: Way) -> Verb:
    """Saying which way the reply went that is waiting."""

    def say_it(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
        return touches.answered(db, actor, target, way, now)

    return say_it


def skip(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    return positions.skip(db, actor, target, WHY, now)


def jump(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    return positions.jump(db, actor, target, 3, WHY, now)


def restart(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    return positions.restart(db, actor, target, WHY, now)


def align(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    return positions.align(db, actor, target, now)


def out_of_office(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    return touches.out_of_office(db, actor, target, max(THIRD_OF_DECEMBER, (now + 3 * DAY).date()), now)


def amend(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    return prospects.amend(db, actor, target, {"temperature": Temperature.HOT, "role": "CTO"}, now, note="said so")


def prefer(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    return preferences.prefer(db, actor, target, Channel.CALL, now)


def lost_for_now(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    return closing.lost(db, actor, target, LostReason.TIMING, "", now, again_in_months=3)


def stop_contact(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    return contact.stop(db, actor, target, "asked us by mail", now)


def lift(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    assert isinstance(target, ByProspect)
    return contact.lift(db, actor, target, "they wrote to us again", now)


def reopen(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    assert isinstance(target, ByProspect)
    return closing.reopen(db, actor, target, now, "they called back")


def met(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    assert isinstance(target, ByProspect)
    return meetings.met(db, actor, target, "wants SSO", now)


def recap(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    assert isinstance(target, ByProspect)
    return meetings.recap(db, actor, target.prospect_id, ["a price", "by Friday"], now)


def meeting_booked(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    made = Made(Channel.CALL, Outcome.MEETING_BOOKED, retry=Wish((now + 5 * DAY).date(), time(10)))
    return touches.log(db, actor, target, made, now)


def happy(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    return touches.log(db, actor, target, Made(Channel.CALL, Outcome.CONNECTED, mood=Mood.POSITIVE), now)


def decides_in_april(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    details = Details("Dana Lee", "Acme Sample", phone="+4930123456", close_on=IN_APRIL, renewal_on=IN_APRIL)
    return prospects.edit(db, actor, target, details, None, now)


def starting(key: str) -> Verb:
    """Putting a prospect on a cadence by hand."""

    def start(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
        cadence = library.get(key)
        assert cadence is not None
        assert isinstance(target, ByProspect)
        return cadences.start(db, actor, target, cadence, now).done

    return start


def stop_cadence(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    assert isinstance(target, ByProspect)
    return cadences.stop(db, actor, target, now).done


REPLIES: dict[str, Verb] = {
    "replied, interested": replied(Made(None, Outcome.REPLIED, way=Way.INTERESTED)),
    "replied, a question": replied(Made(None, Outcome.REPLIED, way=Way.QUESTION)),
    "replied, not now": replied(Made(None, Outcome.REPLIED, park_until=MARCH)),
    "replied, no": replied(Made(None, Outcome.REPLIED, lost=LostReason.PRICING)),
}
"""A reply together with which way it went."""
ON_A_CADENCE: dict[str, Verb] = {"skip": skip, "jump": jump, "restart": restart}
"""What moves a prospect along the cadence it is on."""
OWNERS: dict[str, Verb] = {
    "edit": edit,
    "amend": amend,
    "prefer": prefer,
    "replan": replan,
    "log": log,
    "snooze": snooze,
    "park": park,
    "won": won,
    "won with check-ins": won_with_check_ins,
    "lost": lost,
    "lost for now": lost_for_now,
    "one more try": once_more,
    "out of office": out_of_office,
    "stop contact": stop_contact,
    **REPLIES,
    **ON_A_CADENCE,
}
"""What only the owner or a manager may do."""
STEPPING: dict[str, Verb] = {
    name: verb for name, verb in OWNERS.items() if name not in {"edit", "amend", "prefer", "replan", "stop contact"}
}
"""What ends the step that was next: a button that asks for it must be of the newest step."""
ANYBODYS: dict[str, Verb] = {"note": note, "hook": hook}
ALL: dict[str, Verb] = OWNERS | ANYBODYS
EVERYWHERE: dict[str, Verb] = {name: verb for name, verb in ALL.items() if name not in ON_A_CADENCE}
"""What can be done wherever an open prospect stands."""
LOGGINGS: dict[str, Verb] = {f"log {outcome.value}": logging(outcome) for outcome in Outcome}
PARTICULAR: dict[str, Verb] = {
    "align": align,
    "answered, interested": answered(Way.INTERESTED),
    "answered, a question": answered(Way.QUESTION),
    "lift": lift,
    "reopen": reopen,
    "met": met,
    "recap": recap,
    "meeting booked": meeting_booked,
    "happy": happy,
    "decides in april": decides_in_april,
    "start persistent": starting("persistent"),
    "start referral": starting("referral"),
    "start linkedin": starting("linkedin"),
    "stop cadence": stop_cadence,
}
"""What only some prospects can have done to them, or only by their number."""


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


def in_every_last_position(db: Database, actor: Actor) -> dict[str, Card]:
    """Prospects whose deal is closed, or that wait for something particular, all of it made before ``NOW``."""
    start = NOW - 30 * DAY
    done: dict[str, list[Verb]] = {
        "won": [won],
        "a customer": [won_with_check_ins],
        "a happy customer": [won_with_check_ins, happy],
        "lost": [lost],
        "tried again": [lost_for_now],
        "do not contact": [stop_contact],
        "deciding in april": [decides_in_april],
        "away": [out_of_office],
    }
    cards = {}
    for position, made in done.items():
        card = added(db, actor, f"Lea {position}", f"Last {position} Sample", now=start)
        for number, verb in enumerate(made, start=1):
            verb(db, actor, by_prospect(card), start + number * DAY)
        cards[position] = shown(db, actor, card)
    return cards


def _snoozed_long_ago(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
    return snoozes.snooze(db, actor, target, (now + timedelta(days=3)).date(), time(16, 30), now)


def on(card: Card) -> ByProspect:
    """The prospect, wherever it stands."""
    return by_prospect(card)
