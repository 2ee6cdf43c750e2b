"""A like and a comment of the LinkedIn cadence are logged as touches, and keep nothing away from them."""

from datetime import date

from bot.services import cadences, changes, mending, positions, touches
from bot.services.actor import Actor
from bot.services.cards import Card
from bot.services.mending import Mended
from bot.services.touches import Made
from bot.storage.engine import Database
from cadences import library
from cadences.model import Channel, Outcome
from tests.support.cast import DAY, HOUR, NOW, Cast, added, by_prospect, by_step, shown, step_of
from tests.support.rows import everything

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
LIKED_AT = NOW + 2 * DAY + 19 * HOUR
"""Monday at ten in Berlin; on Friday she was put on it."""


def liked(db: Database, actor: Actor, made: Made | None = None) -> Card:
    """Somebody whose post was liked on Monday."""
    card = added(db, actor, email="dana@example.com", phone="+4930123456")
    cadence = library.get("linkedin")
    assert cadence is not None
    cadences.start(db, actor, by_prospect(card), cadence, NOW)
    touches.log(db, actor, by_prospect(card), made or Made(), LIKED_AT)
    return shown(db, actor, card)


def next_on(card: Card) -> date:
    return card.owner.local(step_of(card).due_at).date()


def test_the_comment_follows_the_like_on_the_next_business_day(db: Database, cast: Cast) -> None:
    card = liked(db, cast.ana)
    assert (step_of(card).number, next_on(card)) == (2, TUESDAY)


def test_a_call_in_place_of_the_like_keeps_the_comment_away(db: Database, cast: Cast) -> None:
    card = liked(db, cast.ana, Made(Channel.CALL, Outcome.VOICEMAIL))
    assert next_on(card) == WEDNESDAY


def test_what_is_made_of_it_later_decides_anew_and_an_undo_restores_exactly(db: Database, cast: Cast) -> None:
    card = liked(db, cast.ana)
    before = everything(db)
    assert card.last_touch is not None
    done = mending.edit(db, cast.ana, card.last_touch.id, Mended(Channel.EMAIL), LIKED_AT + HOUR)
    assert next_on(shown(db, cast.ana, card)) == WEDNESDAY
    changes.undo(db, cast.ana, done.change.id, LIKED_AT + HOUR)
    assert everything(db) == before


def test_on_the_day_of_a_like_another_step_can_be_the_next_one(db: Database, cast: Cast) -> None:
    card = liked(db, cast.ana)
    done = positions.jump(db, cast.ana, by_step(card), 4, "they wrote to us", LIKED_AT + HOUR)
    assert done.card is not None
    assert next_on(done.card) == MONDAY


def test_a_like_leaves_the_gap_after_an_earlier_mail_as_it_was(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, email="dana@example.com")
    touches.log(db, cast.ana, by_prospect(card), Made(Channel.EMAIL), LIKED_AT - HOUR)
    cadence = library.get("linkedin")
    assert cadence is not None
    cadences.start(db, cast.ana, by_prospect(card), cadence, LIKED_AT - HOUR)
    touches.log(db, cast.ana, by_prospect(card), Made(), LIKED_AT)
    done = positions.jump(db, cast.ana, by_prospect(card), 4, "they wrote to us", LIKED_AT + HOUR)
    assert done.card is not None
    assert next_on(done.card) == WEDNESDAY
