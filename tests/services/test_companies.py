"""Several people at one company: a colleague who was there lately is said."""

from datetime import date, datetime, timedelta

import pytest

from bot.services import changes, companies, digests, prospects, snoozes, touches
from bot.services.cards import Card
from bot.services.details import Details
from bot.services.errors import AlreadyDone, Gone, InvalidInput, NotFound, NotYours, SeveralFound
from bot.storage.engine import Database
from bot.views import hints
from cadences.model import Channel, Outcome
from tests.support.cast import DAY, MONDAY, NOW, Cast, added, asking, by_prospect, shown, step_of
from tests.support.laws import broken
from tests.support.rows import everything

MONDAY_MORNING = NOW + timedelta(days=2, hours=18)
TUESDAY_EVENING = NOW + timedelta(days=4, hours=3)


def bens_call(db: Database, cast: Cast, channel: Channel = Channel.CALL) -> Card:
    """On Friday Ben talked to Eve at Acme."""
    card = added(db, cast.ben, "Eve Sample", "ACME Inc.")
    touches.log(db, cast.ben, by_prospect(card), touches.Made(channel), NOW)
    return card


def warned(card: Card, now: datetime = NOW) -> list[str]:
    return hints.warning(card.hints, card.viewer, now)


def test_a_colleague_who_was_at_the_same_company_lately_is_named_on_the_card_and_after_adding(
    db: Database, cast: Cast
) -> None:
    bens_call(db, cast)
    done = prospects.add(db, cast.ana, Details("Dana Li", "Acme"), NOW)
    assert done.card is not None
    assert warned(done.card) == ["Ben called Eve Sample at Acme today"]
    assert warned(shown(db, cast.ana, done.card), NOW + DAY) == ["Ben called Eve Sample at Acme yesterday"]
    assert warned(shown(db, cast.ana, done.card), MONDAY_MORNING) == ["Ben called Eve Sample at Acme Fri 20 Nov"]


def test_after_the_gap_nothing_is_said(db: Database, cast: Cast) -> None:
    bens_call(db, cast)
    card = added(db, cast.ana)
    assert warned(card, TUESDAY_EVENING) == []


def test_neither_one_s_own_touch_nor_another_company_s_nor_another_workspace_s_is_said(
    db: Database, cast: Cast
) -> None:
    bens_call(db, cast)
    own = added(db, cast.ben, "Finn Sample", "Acme")
    other = added(db, cast.ana, "Dana Li", "Beta")
    alone = added(db, cast.ana, "Gus Sample", None)
    elsewhere = added(db, cast.otto, "Dana Li", "Acme")
    assert [warned(card) for card in (own, other, alone, elsewhere)] == [[], [], [], []]


@pytest.mark.parametrize("channel", Channel)
def test_whatever_was_done_there_is_said_in_words(db: Database, cast: Cast, channel: Channel) -> None:
    bens_call(db, cast, channel)
    (line,) = warned(added(db, cast.ana))
    assert line.startswith("Ben ")
    assert line.endswith(" Eve Sample at Acme today")


def test_the_digest_s_row_says_it_too(db: Database, cast: Cast) -> None:
    bens_call(db, cast)
    added(db, cast.ana, on=MONDAY)
    (row,) = digests.my_day(db, cast.ana.member, MONDAY_MORNING).rows
    assert hints.warning(row.row.hints, cast.ana.member, MONDAY_MORNING) == ["Ben called Eve Sample at Acme Fri 20 Nov"]


# --- somebody there answered


def acme(db: Database, cast: Cast) -> tuple[Card, Card, Card, Card]:
    """Dana answers; Eve is Ana's too, Finn was promised something, Gus is Ben's."""
    dana, eve = added(db, cast.ana), added(db, cast.ana, "Eve Sample", "Acme Inc")
    finn = added(db, cast.ana, "Finn Sample", "Acme", on=MONDAY)
    return dana, eve, finn, added(db, cast.ben, "Gus Sample", "Acme")


def test_the_owner_s_others_are_offered_and_a_colleague_s_are_named(db: Database, cast: Cast) -> None:
    dana, eve, *_ = acme(db, cast)
    found = companies.others(db, cast.ana, dana.prospect.id, NOW)
    assert found is not None
    assert [each.id for each in found.mine] == [eve.prospect.id]
    assert [(each.name, owner) for each, owner in found.theirs] == [("Gus Sample", "Ben")]
    assert found.until_on == date(2026, 11, 27)


def test_a_pause_moves_them_all_leaves_promises_alone_and_is_one_undo(db: Database, cast: Cast) -> None:
    dana, eve, finn, gus = acme(db, cast)
    before = everything(db)
    done = companies.pause(db, cast.ana, dana.prospect.id, NOW)
    paused = shown(db, cast.ana, eve)
    assert cast.ana.member.local(step_of(paused).due_at).date() == date(2026, 11, 27)
    assert (step_of(paused).number, step_of(paused).snoozes) == (step_of(eve).number, 0)
    for untouched in (dana, finn, gus):
        assert step_of(shown(db, cast.ana, untouched)) == step_of(untouched)
    assert list(broken(paused)) == []
    changes.undo(db, cast.ana, done.change.id, NOW + DAY)
    assert everything(db) == before


def test_the_dates_that_are_offered_are_working_days(db: Database, cast: Cast) -> None:
    dana, *_ = acme(db, cast)
    found = companies.others(db, cast.ana, dana.prospect.id, NOW)
    assert found is not None
    assert (found.until_on, found.two_weeks_on, found.month_on) == (
        date(2026, 11, 27),
        date(2026, 12, 4),
        date(2026, 12, 21),
    )


def test_a_chosen_date_takes_those_too_who_are_due_by_then(db: Database, cast: Cast) -> None:
    dana, eve, *_ = acme(db, cast)
    later = added(db, cast.ana, "Ida Sample", "Acme")
    snoozes.snooze(db, cast.ana, by_prospect(later), date(2026, 12, 1), None, NOW)
    before = everything(db)
    done = companies.pause(db, cast.ana, dana.prospect.id, NOW, date(2026, 12, 4))
    assert done.change.facts["count"] == 2
    for paused in (eve, later):
        due_at = step_of(shown(db, cast.ana, paused)).due_at
        assert cast.ana.member.local(due_at).date() == date(2026, 12, 4)
    changes.undo(db, cast.ana, done.change.id, NOW + DAY)
    assert everything(db) == before


@pytest.mark.parametrize("until_on", [date(2026, 11, 20), date(2026, 11, 19), date(2028, 1, 1)])
def test_a_date_that_has_passed_or_that_nobody_means_is_refused(db: Database, cast: Cast, until_on: date) -> None:
    dana, *_ = acme(db, cast)
    before = everything(db)
    with pytest.raises(InvalidInput):
        companies.pause(db, cast.ana, dana.prospect.id, NOW, until_on)
    with pytest.raises(InvalidInput):
        companies.pause_company(db, cast.ana, "acme", until_on, NOW)
    assert everything(db) == before


def test_typed_it_is_everybody_of_one_s_own_at_the_company_but_who_answered_last(db: Database, cast: Cast) -> None:
    dana, eve, finn, gus = acme(db, cast)
    touches.log(db, cast.ana, by_prospect(dana), touches.Made(outcome=Outcome.REPLIED), NOW)
    waits = step_of(shown(db, cast.ana, dana))
    before = everything(db)
    done = companies.pause_company(db, cast.ana, "acm", date(2026, 12, 4), NOW)
    assert (done.change.facts["count"], done.change.facts["company"]) == (1, "Acme")
    assert cast.ana.member.local(step_of(shown(db, cast.ana, eve)).due_at).date() == date(2026, 12, 4)
    assert step_of(shown(db, cast.ana, dana)) == waits
    for untouched in (finn, gus):
        assert step_of(shown(db, cast.ana, untouched)) == step_of(untouched)
    changes.undo(db, cast.ana, done.change.id, NOW + DAY)
    assert everything(db) == before


def test_a_company_that_nobody_knows_or_that_several_are_called_is_asked_back(db: Database, cast: Cast) -> None:
    acme(db, cast)
    added(db, cast.ana, "Jo Sample", "Acme North")
    until_on = date(2026, 12, 4)
    with pytest.raises(NotFound):
        companies.pause_company(db, cast.ana, "zeta", until_on, NOW)
    with pytest.raises(NotFound):
        companies.pause_company(db, cast.otto, "acme", until_on, NOW)
    with pytest.raises(SeveralFound):
        companies.pause_company(db, cast.ana, "acm", until_on, NOW)
    assert companies.pause_company(db, cast.ana, "acme north", until_on, NOW).change.facts["count"] == 1


def test_with_nobody_left_to_pause_nothing_is_offered_and_nothing_is_changed(db: Database, cast: Cast) -> None:
    dana, *_ = acme(db, cast)
    companies.pause(db, cast.ana, dana.prospect.id, NOW)
    before = everything(db)
    assert companies.others(db, cast.ana, dana.prospect.id, NOW) is None
    with pytest.raises(InvalidInput):
        companies.pause(db, cast.ana, dana.prospect.id, NOW)
    assert everything(db) == before
    assert companies.others(db, cast.ana, added(db, cast.ana, "Hal", None).prospect.id, NOW) is None


def test_only_the_owner_or_a_manager_pauses_them(db: Database, cast: Cast) -> None:
    dana, eve, *_ = acme(db, cast)
    before = everything(db)
    with pytest.raises(NotYours):
        companies.pause(db, cast.ben, dana.prospect.id, NOW)
    with pytest.raises(Gone):
        companies.pause(db, cast.otto, dana.prospect.id, NOW)
    assert everything(db) == before
    companies.pause(db, cast.cleo, dana.prospect.id, NOW)
    assert step_of(shown(db, cast.ana, eve)).owner_id == cast.ana.member.id


def test_the_same_press_again_pauses_once(db: Database, cast: Cast) -> None:
    dana, *_ = acme(db, cast)
    ana = asking(cast.ana, "request 1")
    companies.pause(db, ana, dana.prospect.id, NOW)
    with pytest.raises(AlreadyDone):
        companies.pause(db, ana, dana.prospect.id, NOW)
