"""Working the list: the place is kept, who moved on is left out, and everybody walks through her own."""

from datetime import timedelta

from bot.services import digests, focus
from bot.services.cards import Card
from bot.storage.engine import Database
from tests.support import verbs
from tests.support.cast import DAY, MINUTE, MONDAY, NOW, Cast, added, by_prospect, step_of
from tests.support.rows import change_count

DUE = NOW + 3 * DAY


def three(db: Database, cast: Cast) -> list[Card]:
    """Three who are due on Monday, in the order of the list."""
    made = [added(db, cast.ana, name, name, on=MONDAY) for name in ("Dana Li", "Sam Sample", "Pia Probe")]
    cards = {card.prospect.id: card for card in made}
    return [cards[item.row.prospect_id] for item in digests.my_day(db, cast.ana.member, DUE).rows]


def hand(place: focus.Place) -> int | None:
    """Whose card it is."""
    return place.row.prospect_id if place.row else None


def test_it_begins_with_the_first_and_goes_on_where_it_was(db: Database, cast: Cast) -> None:
    first, second, third = three(db, cast)
    ana = cast.ana.member
    begun = focus.resume(db, ana, DUE)
    assert (hand(begun), begun.position, begun.total) == (first.prospect.id, 0, 3)
    assert hand(focus.go(db, ana, step_of(first).id, 1, DUE)) == second.prospect.id
    assert hand(focus.resume(db, ana, DUE + MINUTE)) == second.prospect.id
    assert hand(focus.go(db, ana, step_of(second).id, 1, DUE)) == third.prospect.id
    assert hand(focus.go(db, ana, step_of(third).id, -1, DUE)) == second.prospect.id
    assert hand(focus.go(db, ana, step_of(first).id, -1, DUE)) == first.prospect.id


def test_it_leads_back_only_where_a_card_before_still_stands(db: Database, cast: Cast) -> None:
    first, second, _ = three(db, cast)
    ana = cast.ana.member
    assert not focus.resume(db, ana, DUE).leads_back
    assert focus.go(db, ana, step_of(first).id, 1, DUE).leads_back
    verbs.snooze(db, cast.ana, by_prospect(first), DUE)
    assert not focus.go(db, ana, step_of(second).id, 0, DUE).leads_back


def test_walking_changes_nothing(db: Database, cast: Cast) -> None:
    cards, made = three(db, cast), change_count(db)
    focus.resume(db, cast.ana.member, DUE)
    focus.go(db, cast.ana.member, step_of(cards[0]).id, 1, DUE)
    assert change_count(db) == made


def test_who_moved_on_is_left_out_by_name_and_what_she_did_is_not(db: Database, cast: Cast) -> None:
    first, second, third = three(db, cast)
    ana = cast.ana.member
    focus.resume(db, ana, DUE)
    done = verbs.log(db, cast.ana, by_prospect(first), DUE + MINUTE)
    verbs.log(db, cast.cleo, by_prospect(second), DUE + MINUTE)
    place = focus.go(db, ana, step_of(first).id, 1, DUE + MINUTE)
    assert hand(place) == third.prospect.id
    assert [each.id for each in place.left_out] == [second.prospect.id]
    assert [change.id for change in place.done] == [done.change.id]


def test_at_the_end_there_is_no_card_and_what_was_skipped_comes_round_when_opened_again(
    db: Database, cast: Cast
) -> None:
    first, *_, third = three(db, cast)
    ana = cast.ana.member
    focus.resume(db, ana, DUE)
    assert hand(focus.go(db, ana, step_of(third).id, 1, DUE)) is None
    assert hand(focus.resume(db, ana, DUE + MINUTE)) == first.prospect.id


def test_the_next_day_begins_anew(db: Database, cast: Cast) -> None:
    first, *_, third = three(db, cast)
    focus.resume(db, cast.ana.member, DUE)
    focus.go(db, cast.ana.member, step_of(first).id, 2, DUE)
    begun = focus.resume(db, cast.ana.member, DUE + timedelta(days=1))
    assert (begun.position, begun.total, begun.done) == (0, 3, ())
    assert hand(begun) != third.prospect.id


def test_a_card_of_yesterday_leads_to_the_first_of_today(db: Database, cast: Cast) -> None:
    """The form stayed open over midnight; its first card was answered."""
    first, second, _ = three(db, cast)
    focus.resume(db, cast.ana.member, DUE)
    verbs.log(db, cast.ana, by_prospect(first), DUE + MINUTE)
    assert hand(focus.go(db, cast.ana.member, step_of(first).id, 1, DUE + DAY)) == second.prospect.id


def test_behind_the_last_card_those_passed_over_are_counted(db: Database, cast: Cast) -> None:
    first, _, third = three(db, cast)
    verbs.log(db, cast.ana, by_prospect(first), DUE)
    focus.resume(db, cast.ana.member, DUE)
    assert focus.go(db, cast.ana.member, step_of(third).id, 1, DUE).still_due == 2


def test_everybody_walks_through_her_own_list(db: Database, cast: Cast) -> None:
    cards = three(db, cast)
    for other in (cast.ben, cast.cleo, cast.otto):
        assert focus.resume(db, other.member, DUE).row is None
        assert focus.go(db, other.member, step_of(cards[0]).id, 1, DUE).row is None
