"""How warm, by which channel, at what time, on which page: kept, shown, used, taken back."""

from datetime import date, time
from typing import Any

import pytest

from bot.services import cadences, changes, closing, preferences, prospects, rows, touches
from bot.services.cards import Card
from bot.services.closing import Win
from bot.services.errors import Gone, InvalidInput, NotYours
from bot.services.touches import Made
from bot.storage.engine import Database
from bot.views import cards as views
from bot.views import hints as words
from bot.views import ids, traits
from cadences import library
from cadences.model import Channel, Outcome, Stage, Temperature
from cadences.preference import Tally
from sandbox.screen import elements
from tests.support import verbs
from tests.support.cast import DAY, HOUR, MONDAY, NOW, TODAY, Cast, added, by_prospect, by_step, shown, step_of
from tests.support.rows import everything

EMAIL, PHONE = "dana@example.com", "+4930123456"
BOTH: dict[str, Any] = {"email": EMAIL, "phone": PHONE}


def amended(db: Database, cast: Cast, card: Card, **said: object) -> Card:
    done = prospects.amend(db, cast.ana, by_prospect(card), said, NOW + HOUR)
    assert done.card is not None
    return done.card


def on_persistent(db: Database, cast: Cast, **details: Any) -> Card:
    """Mail, call, LinkedIn, call, …; the mail is next."""
    cadence = library.get("persistent")
    assert cadence is not None
    card = added(db, cast.ana, now=NOW - 3 * DAY, **details)
    done = cadences.start(db, cast.ana, by_prospect(card), cadence, NOW - 3 * DAY).done
    assert done.card is not None
    return done.card


def test_the_traits_are_kept_with_an_add_and_shown(db: Database, cast: Cast) -> None:
    card = added(
        db, cast.ana, temperature=Temperature.HOT, preferred_channel=Channel.CALL, best_time=time(14),
        profile_url="https://www.linkedin.com/in/dana-li", **BOTH,
    )  # fmt: skip
    text = views.shown(prospects.show(db, cast.ana, card.prospect.id), NOW).text
    for fact in ("hot (set by hand)", "prefers call", "best 14:00 on their clock", "linkedin.com/in/dana-li"):
        assert fact in text


def test_some_details_change_and_the_others_stay_until_it_is_undone(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, role="CTO", value_minor=1_200_000, currency="USD", close_on=date(2027, 1, 15), **BOTH)
    before = everything(db)
    done = prospects.amend(
        db, cast.ana, by_prospect(card), {"temperature": Temperature.COLD, "name": "Dana Lee"}, NOW, note="rang"
    )
    kept = shown(db, cast.ana, card).prospect
    assert (kept.name, kept.name_key, kept.temperature) == ("Dana Lee", "dana lee", Temperature.COLD)
    assert (kept.role, kept.value_minor, kept.close_on, kept.email) == ("CTO", 1_200_000, date(2027, 1, 15), EMAIL)
    changes.undo(db, cast.ana, done.change.id, NOW + HOUR)
    assert everything(db) == before


def test_what_was_set_by_hand_wins_over_the_points_and_emptied_the_points_tell(db: Database, cast: Cast) -> None:
    """12,000 dollars and no date in sight: cold by its points."""
    card = added(db, cast.ana, value_minor=1_200_000, currency="USD")
    warmth = card.warmth(NOW)
    assert warmth is not None
    assert traits.warmth_words(warmth) == "looks cold"
    hot = amended(db, cast, card, temperature=Temperature.HOT).warmth(NOW)
    assert hot is not None
    assert (traits.warmth_words(hot), hot.points) == ("hot (set by hand)", warmth.points)
    assert amended(db, cast, card, temperature=None).warmth(NOW) == warmth


def test_a_large_promised_deal_is_hot_by_its_points_and_a_won_one_has_no_temperature(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, value_minor=20_000_000, currency="USD", on=MONDAY)
    warmth = card.warmth(NOW)
    assert warmth is not None
    assert (warmth.temperature, warmth.by_hand) == (Temperature.HOT, False)
    closing.won(db, cast.ana, by_prospect(card), Win(None, None, None, ""), NOW)
    assert shown(db, cast.ana, card).warmth(NOW) is None


def test_a_preference_turns_the_next_step_at_its_own_moment_and_undo_turns_it_back(db: Database, cast: Cast) -> None:
    card = on_persistent(db, cast, **BOTH)
    was, before = step_of(card), everything(db)
    done = preferences.prefer(db, cast.ana, by_prospect(card), Channel.CALL, NOW)
    step = step_of(done.card)
    assert (step.channel, step.due_at, step.number) == (Channel.CALL, was.due_at, was.number)
    assert done.card is not None
    assert done.card.hints.instead_of is Channel.EMAIL
    assert "planned as email; they prefer it this way" in words.lines(done.card.hints, cast.ana.member, NOW)
    changes.undo(db, cast.ana, done.change.id, NOW + HOUR)
    assert everything(db) == before


def test_emptying_the_preference_gives_the_cadence_its_word_back(db: Database, cast: Cast) -> None:
    card = on_persistent(db, cast, preferred_channel=Channel.CALL, **BOTH)
    assert step_of(card).channel is Channel.CALL
    assert step_of(amended(db, cast, card, preferred_channel=None)).channel is Channel.EMAIL


def test_a_promised_step_stays_as_it_was_promised(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, on=MONDAY, channel=Channel.EMAIL, **BOTH)
    done = preferences.prefer(db, cast.ana, by_prospect(card), Channel.CALL, NOW)
    assert step_of(done.card) == step_of(card)


def test_a_step_named_without_a_channel_goes_the_way_they_prefer(db: Database, cast: Cast) -> None:
    assert step_of(added(db, cast.ana, on=MONDAY, preferred_channel=Channel.SMS, **BOTH)).channel is Channel.SMS


def test_a_closed_deal_keeps_its_stage_and_says_how_to_open_it(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    verbs.won(db, cast.ana, by_prospect(card), NOW)
    assert amended(db, cast, card, temperature=Temperature.HOT).prospect.stage is Stage.WON
    with pytest.raises(InvalidInput) as refused:
        amended(db, cast, card, stage=Stage.PROPOSAL)
    assert refused.value.field == "stage"


def test_only_the_owner_or_a_manager_says_what_they_prefer(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, **BOTH)
    before = everything(db)
    with pytest.raises(NotYours):
        preferences.prefer(db, cast.ben, by_prospect(card), Channel.CALL, NOW)
    with pytest.raises(Gone):
        preferences.prefer(db, cast.otto, by_prospect(card), Channel.CALL, NOW)
    with pytest.raises(NotYours):
        prospects.amend(db, cast.ben, by_prospect(card), {"temperature": Temperature.HOT}, NOW)
    assert everything(db) == before
    preferences.prefer(db, cast.cleo, by_prospect(card), Channel.CALL, NOW)
    assert shown(db, cast.ana, card).prospect.preferred_channel is Channel.CALL


def test_who_answers_calls_and_no_mails_is_suggested_for_calls(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, now=NOW - 30 * DAY, **BOTH)
    made = [(Channel.CALL, Outcome.CONNECTED)] * 3 + [(Channel.EMAIL, Outcome.SENT)] * 2
    for days, (channel, outcome) in enumerate(made):
        touches.log(db, cast.ana, by_prospect(card), Made(channel, outcome), NOW - (20 - days) * DAY)
    timeline = prospects.show(db, cast.ana, card.prospect.id)
    assert timeline.answers_by is not None
    assert timeline.answers_by.best == Tally(Channel.CALL, 3, 3)
    message = views.shown(timeline, NOW)
    assert "Answered: 3 of 3 (call), 0 of 2 (email). Set call as preferred?" in message.text
    (prefer,) = [each for each in elements(message.blocks) if each.action_id == f"{ids.PREFER}call"]
    assert prefer.json["accessibility_label"] == "Set call as the preferred channel of Dana Li at Acme"

    preferences.prefer(db, cast.ana, by_prospect(card), Channel.CALL, NOW)
    assert prospects.show(db, cast.ana, card.prospect.id).answers_by is None
    amended(db, cast, card, preferred_channel=None)
    looked_at = views.shown(prospects.show(db, cast.ben, card.prospect.id), NOW)
    assert [each for each in elements(looked_at.blocks) if each.action_id.startswith(ids.PREFER)] == []


def test_two_calls_prove_nothing(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, now=NOW - 30 * DAY, **BOTH)
    for days in (10, 9):
        touches.log(db, cast.ana, by_prospect(card), Made(Channel.CALL, Outcome.CONNECTED), NOW - days * DAY)
    assert prospects.show(db, cast.ana, card.prospect.id).answers_by is None


def test_calls_come_in_the_order_of_the_times_they_like_best(db: Database, cast: Cast) -> None:
    """All three are to be called on the same day; New York at 10:00 is 16:00 in Berlin."""
    late = added(db, cast.ana, "Nia York", "Nia Ltd", best_time=time(10), zone="America/New_York", phone=PHONE)
    early = added(db, cast.ana, "Eve Early", "Eve Ltd", best_time=time(9, 30), phone=PHONE)
    noon = added(db, cast.ana, "Max Noon", "Max Ltd", best_time=time(12), phone=PHONE)
    for card in (late, early, noon):
        touches.log(db, cast.ana, by_step(card), Made(Channel.CALL, Outcome.NO_ANSWER), NOW - 3 * DAY)
    planned = {card.prospect.id: step_of(shown(db, cast.ana, card)) for card in (late, early, noon)}
    calls = {number: step for number, step in planned.items() if step.channel is Channel.CALL}
    if len(calls) < len(planned):
        pytest.fail(f"these are to be called: {planned}")
    on = cast.ana.member.local(max(step.due_at for step in calls.values())).date()
    morning = next(iter(calls.values())).due_at.replace(hour=6)
    with db.read() as tx:
        day = rows.build(tx, cast.ana.member, on, morning)
    assert [row.name for row in day] == ["Eve Early", "Max Noon", "Nia York"]
    assert on > TODAY or day[0].hints.best_at is not None
