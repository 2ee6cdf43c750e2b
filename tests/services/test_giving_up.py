"""Somebody is given up as silent: asked first where little was tried, with the team's own figures."""

from datetime import UTC, date, datetime

import pytest

from bot.services import batch, changes, closing, contact, digests, giving_up, touches
from bot.services.actor import Actor
from bot.services.batch import Answer
from bot.services.cards import Card, Done
from bot.services.errors import AsksOnceMore, Closed, Gone, InvalidInput, MovedOn, NotYours
from bot.services.targets import Target
from bot.services.touches import Made
from bot.storage import silences
from bot.storage.engine import Database
from bot.storage.tables import ChangeKind
from bot.storage.tables import touches as kept
from cadences.giving_up import Rate
from cadences.model import Channel, LostReason, Outcome, Stage
from cadences.snoozing import Why
from tests.support.cast import DAY, MONDAY, NOW, WORKSPACE, Cast, added, by_prospect, by_step, shown, step_of
from tests.support.rows import everything

CALL, EMAIL, LINKEDIN = Channel.CALL, Channel.EMAIL, Channel.LINKEDIN
LONG_AGO = NOW - 60 * DAY
SILENT, ANSWERED, AWAY = Outcome.NO_ANSWER, Outcome.CONNECTED, Outcome.OUT_OF_OFFICE


def touched(db: Database, actor: Actor, name: str, *outcomes: Outcome, channels: tuple[Channel, ...] = ()) -> Card:
    """Somebody added long ago with a touch a day; by mail, unless the channels are said."""
    card = added(db, actor, name, "Acme", now=LONG_AGO)
    with db.begin() as tx:
        for number, outcome in enumerate(outcomes):
            at = LONG_AGO + (number + 1) * DAY
            tx.execute(
                kept.insert().values(
                    workspace_id=actor.workspace_id,
                    prospect_id=card.prospect.id,
                    member_id=actor.member.id,
                    channel=channels[number] if channels else EMAIL,
                    type=step_of(card).type,
                    outcome=outcome,
                    happened_at=at,
                    created_at=at,
                )
            )
        silences.settle(tx, actor.workspace_id, [card.prospect.id])
    return shown(db, actor, card)


def give_up(db: Database, actor: Actor, card: Card, note: str = "") -> Done:
    return closing.lost(db, actor, by_step(card), LostReason.UNRESPONSIVE, note, NOW)


def question(db: Database, actor: Actor, card: Card, note: str = "") -> AsksOnceMore:
    with pytest.raises(AsksOnceMore) as asked:
        give_up(db, actor, card, note)
    return asked.value


def without_drafts(db: Database) -> dict[str, object]:
    return {name: rows for name, rows in everything(db).items() if name != "drafts"}


def test_it_is_asked_first_and_nothing_but_the_draft_is_kept(db: Database, cast: Cast) -> None:
    card = touched(db, cast.ana, "Dana Li", SILENT, SILENT)
    before = without_drafts(db)
    asked = question(db, cast.ana, card, "went quiet")
    assert (asked.prospect.id, asked.silence.touches, len(asked.silence.channels)) == (card.prospect.id, 2, 1)
    assert (asked.channel, asked.on) == (CALL, MONDAY)
    assert without_drafts(db) == before
    wanted = giving_up.asked_about(db, cast.ana, asked.draft_id)
    assert (wanted.target, wanted.note) == (by_step(card), "went quiet")


@pytest.mark.parametrize(
    ("channels", "asks"),
    [
        ((CALL, EMAIL, LINKEDIN, CALL), True),
        ((CALL, EMAIL, LINKEDIN, CALL, CALL), False),
        ((CALL, EMAIL, CALL, EMAIL, CALL), True),
    ],
)
def test_five_touches_on_three_channels_are_carried_out_at_once(
    db: Database, cast: Cast, channels: tuple[Channel, ...], asks: bool
) -> None:
    card = touched(db, cast.ana, "Dana Li", *[SILENT] * len(channels), channels=channels)
    if asks:
        question(db, cast.ana, card)
    else:
        assert give_up(db, cast.ana, card).change.kind is ChangeKind.LOST


@pytest.mark.parametrize("reason", sorted(set(LostReason) - {LostReason.UNRESPONSIVE}))
def test_no_other_reason_is_asked_about(db: Database, cast: Cast, reason: LostReason) -> None:
    card = touched(db, cast.ana, "Dana Li", SILENT)
    assert closing.lost(db, cast.ana, by_step(card), reason, "", NOW).change.kind is ChangeKind.LOST


def test_who_answered_last_is_not_asked_about(db: Database, cast: Cast) -> None:
    assert give_up(db, cast.ana, touched(db, cast.ana, "Dana Li", SILENT, ANSWERED)).change.kind is ChangeKind.LOST
    question(db, cast.ana, touched(db, cast.ana, "Eve Sample", SILENT, ANSWERED, SILENT))


def test_who_asked_us_to_stop_is_not_asked_about(db: Database, cast: Cast) -> None:
    card = touched(db, cast.ana, "Dana Li", SILENT)
    assert contact.stop(db, cast.ana, by_step(card), "", NOW).change.kind is ChangeKind.LOGGED


def test_a_customer_is_no_lost_deal_whatever_was_tried(db: Database, cast: Cast) -> None:
    card = touched(db, cast.ana, "Dana Li", SILENT)
    closing.won(db, cast.ana, by_step(card), closing.Win(post_sale=True), NOW)
    with pytest.raises(Closed):
        closing.lost(db, cast.ana, by_prospect(card), LostReason.UNRESPONSIVE, "", NOW)


def test_lost_anyway_keeps_everything_that_was_wanted_and_an_undo_restores_exactly(db: Database, cast: Cast) -> None:
    card = touched(db, cast.ana, "Dana Li", SILENT)
    with pytest.raises(AsksOnceMore) as asked:
        closing.lost(
            db, cast.ana, by_step(card), LostReason.UNRESPONSIVE, "two  words", NOW, again_in_months=3, why=Why.DEAD
        )
    wanted = giving_up.asked_about(db, cast.ana, asked.value.draft_id)
    assert (wanted.note, wanted.again_in_months, wanted.why) == ("two  words", 3, Why.DEAD)
    before = everything(db)
    done = closing.lost(
        db, cast.ana, wanted.target, LostReason.UNRESPONSIVE, wanted.note, NOW,
        again_in_months=wanted.again_in_months, why=wanted.why, asks=False,
    )  # fmt: skip
    assert shown(db, cast.ana, card).prospect.lost_reason is LostReason.UNRESPONSIVE
    changes.undo(db, cast.ana, done.change.id, NOW + DAY)
    assert everything(db) == before


def test_one_more_try_takes_the_untried_way_on_the_next_working_day_and_is_one_undo(db: Database, cast: Cast) -> None:
    card = touched(db, cast.ana, "Dana Li", SILENT, SILENT)
    wanted = giving_up.asked_about(db, cast.ana, question(db, cast.ana, card).draft_id)
    before = everything(db)
    done = giving_up.once_more(db, cast.ana, wanted.target, NOW)
    step = step_of(done.card)
    assert (step.channel, step.due_at) == (CALL, datetime(2026, 11, 23, 8, 0, tzinfo=UTC))
    assert (step.number, step.snoozes) == (step_of(card).number, step_of(card).snoozes)
    assert done.change.kind is ChangeKind.ONE_MORE
    changes.undo(db, cast.ana, done.change.id, NOW + DAY)
    assert everything(db) == before


def test_an_old_question_hears_what_happened_since(db: Database, cast: Cast) -> None:
    card = touched(db, cast.ana, "Dana Li", SILENT)
    wanted = giving_up.asked_about(db, cast.ana, question(db, cast.ana, card).draft_id)
    giving_up.once_more(db, cast.ana, wanted.target, NOW)
    with pytest.raises(MovedOn):
        giving_up.once_more(db, cast.ana, wanted.target, NOW)


def test_only_who_was_asked_may_answer_and_only_who_may_close_it_is_asked(db: Database, cast: Cast) -> None:
    card = touched(db, cast.ana, "Dana Li", SILENT)
    with pytest.raises(NotYours):
        give_up(db, cast.ben, card)
    with pytest.raises(Gone):
        give_up(db, cast.otto, card)
    draft_id = question(db, cast.ana, card).draft_id
    for stranger in (cast.ben, cast.cleo, cast.otto):
        with pytest.raises(Gone):
            giving_up.asked_about(db, stranger, draft_id)
    wanted = giving_up.asked_about(db, cast.ana, draft_id)
    with pytest.raises(NotYours):
        giving_up.once_more(db, cast.ben, wanted.target, NOW)
    asked = question(db, cast.cleo, card)
    done = giving_up.once_more(db, cast.cleo, giving_up.asked_about(db, cast.cleo, asked.draft_id).target, NOW)
    assert (done.change.member_id, step_of(done.card).owner_id) == (cast.cleo.member.id, cast.ana.member.id)


def test_a_note_that_is_too_long_is_refused_before_it_is_asked(db: Database, cast: Cast) -> None:
    card = touched(db, cast.ana, "Dana Li", SILENT)
    before = everything(db)
    with pytest.raises(InvalidInput):
        give_up(db, cast.ana, card, "x" * 10_001)
    assert everything(db) == before


def test_among_several_it_is_carried_out_and_said_afterwards(db: Database, cast: Cast) -> None:
    card = touched(db, cast.ana, "Dana Li", SILENT, SILENT)

    def lose(db: Database, actor: Actor, target: Target, now: datetime) -> Done:
        return closing.lost(db, actor, target, LostReason.UNRESPONSIVE, "", now, asks=False)

    digests.my_day(db, cast.ana.member, NOW)
    answered = batch.answer(db, cast.ana, [Answer(1, lose)], NOW)
    (_, done) = answered.parts[0]
    early = giving_up.ask_after(db, done)
    assert early is not None
    assert (early.prospect.id, early.silence.touches, early.prospect.stage) == (card.prospect.id, 2, Stage.LOST)
    changes.undo(db, cast.ana, answered.change.id, NOW)
    pricing = closing.lost(db, cast.ana, by_step(card), LostReason.PRICING, "", NOW)
    assert giving_up.ask_after(db, pricing) is None


# --- the team's own figures


def team(db: Database, cast: Cast) -> Card:
    """Everybody of one workspace, with what is to be counted of them after two silent touches in a row."""
    stories: list[tuple[Outcome, ...]] = [
        (SILENT, SILENT, ANSWERED),  # silent, then answered
        (ANSWERED, SILENT, SILENT, SILENT, Outcome.REPLIED, SILENT),  # the same
        (SILENT, AWAY, SILENT, Outcome.NOT_INTERESTED),  # away is no answer: the same
        (SILENT, SILENT),  # silent, followed up still
        (ANSWERED, SILENT, SILENT),  # the same: what was before does not count
        (SILENT, SILENT, AWAY),  # the same
        (SILENT, ANSWERED, SILENT),  # never two in a row
        (SILENT,),
        (ANSWERED, ANSWERED),
        (),
    ]
    for number, story in enumerate(stories):
        touched(db, cast.ana if number % 2 else cast.ben, f"Sample {number}", *story)
    given_up = touched(db, cast.ana, "Sample lost", SILENT, SILENT)
    closing.lost(db, cast.ana, by_step(given_up), LostReason.UNRESPONSIVE, "", NOW, asks=False)
    for number in range(3):
        touched(db, cast.otto, f"Elsewhere {number}", SILENT, SILENT, ANSWERED)
    return touched(db, cast.ana, "Dana Li", SILENT, SILENT)


@pytest.mark.parametrize(
    ("count", "rate"),
    [(1, Rate(9, 4, 4)), (2, Rate(7, 3, 3)), (3, Rate(1, 1, 0)), (4, Rate(0, 0, 0)), (50, Rate(0, 0, 0))],
)
def test_the_figures_are_those_counted_by_hand(db: Database, cast: Cast, count: int, rate: Rate) -> None:
    """Of those with one silent touch, `Sample 6` answered and `Sample 7` did not; Dana herself is left out."""
    dana = team(db, cast)
    with db.read() as tx:
        assert silences.rate(tx, WORKSPACE, count, dana.prospect.id) == rate


def test_the_question_carries_the_figures_for_as_many_touches_as_were_made(db: Database, cast: Cast) -> None:
    dana = team(db, cast)
    assert question(db, cast.ana, dana).rate == Rate(7, 3, 3)
    never = added(db, cast.ana, "Nobody Yet", "Acme", on=date(2026, 11, 25))
    assert question(db, cast.ana, never).rate == Rate(10, 4, 5)


def test_touches_count_in_the_order_in_which_they_happened_not_in_which_they_were_written(
    db: Database, cast: Cast
) -> None:
    """An answer that was logged late, for a day before the silence, ends no silence."""
    card = touched(db, cast.ana, "Eve Sample", SILENT, SILENT)
    touches.log(db, cast.ana, by_prospect(card), Made(CALL, ANSWERED, happened_at=LONG_AGO + DAY / 2), NOW)
    dana = touched(db, cast.ana, "Dana Li", SILENT, SILENT)
    with db.read() as tx:
        assert silences.rate(tx, WORKSPACE, 2, dana.prospect.id) == Rate(1, 0, 1)
