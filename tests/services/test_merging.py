"""Two entries of one person: found, merged field by field, undone exactly."""

from datetime import date, timedelta

import pytest

from bot.services import changes, hooks, merging, notes, prospects, questions, snoozes, targets, touches, twins
from bot.services.actor import Actor
from bot.services.cards import Card, Done
from bot.services.details import Details
from bot.services.errors import (
    AlreadyDone,
    DoNotContact,
    Gone,
    InvalidInput,
    LikelyDouble,
    MovedOn,
    NotYours,
    Outdated,
    UndoConflict,
    UndoneBefore,
)
from bot.services.merge_choices import Choice, Preview, Side
from bot.services.merging import Merged
from bot.services.promises import Wish
from bot.services.targets import ByProspect, ByStep
from bot.storage.engine import Database
from bot.storage.records import Prospect
from cadences.model import Channel, Outcome, Stage
from tests.support import verbs
from tests.support.cast import DAY, HOUR, MONDAY, NOW, WORKSPACE, Cast, added, asking, by_prospect, shown, step_of
from tests.support.laws import broken
from tests.support.rows import everything, forgotten
from tests.support.together import errors, together

MONTH = timedelta(days=30)
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def older(card: Card) -> Card:
    """Dana Li at Acme: she stays."""
    return card


@pytest.fixture
def newer(db: Database, cast: Cast, older: Card) -> Card:
    """The same person, entered once more after her as Dana Lee."""
    del older
    return added(db, cast.ana, "Dana Lee")


def merged(db: Database, cast: Cast, one: Card, into: Card, **taken: Side) -> Merged:
    """Ana merges the first into the second, an hour later."""
    return merging.merge(db, cast.ana, one.prospect.id, into.prospect.id, NOW + HOUR, taken)


def left(db: Database, done: Done) -> Prospect:
    """Who is left of the two, which breaks no law; and nobody is forgotten."""
    assert done.card is not None
    assert list(broken(done.card)) == []
    assert forgotten(db, WORKSPACE) == []
    return done.card.prospect


def agreed(db: Database, actor: Actor, preview: Preview) -> Merged:
    """Somebody says yes to what the preview shows, an hour later."""
    assert isinstance(preview.newer, Prospect)
    one, into = preview.newer.id, preview.older.id
    return merging.merge(db, actor, one, into, NOW + HOUR, seen=preview.seen)


# --- who is a double


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Dana.Li+sales@Gmail.com", "danali@googlemail.com", True),
        ("dana.li@acme.com", "danali@acme.com", False),
        ("dana+sales@acme.com", "dana@acme.com", False),
        ("Dana@ACME.com", "dana@acme.com", True),
    ],
)
def test_dots_and_pluses_count_where_the_provider_counts_them(one: str, other: str, same: bool) -> None:
    assert (twins.mailbox(one) == twins.mailbox(other)) is same


@pytest.mark.parametrize(
    "details",
    [
        Details("D. L.", None, email="DANA@acme.com"),
        Details("D. L.", None, phone="+4930901820"),
        Details("Dana Lie", "Acme Robotics"),
        Details("Dana Li", "Acme Robotic GmbH"),
    ],
)
def test_a_likely_double_is_asked_about_whether_typed_or_from_a_form(
    db: Database, cast: Cast, details: Details
) -> None:
    card = added(db, cast.ana, "Dana Li", "Acme Robotics", email="dana@acme.com", phone="+4930901820")
    before = everything(db)["prospects"]
    for how in ({"typed": "add somebody"}, {"ask": True}):
        with pytest.raises(LikelyDouble) as asked:
            prospects.add(db, cast.ben, details, NOW, **how)
        assert asked.value.existing.id == card.prospect.id
        assert asked.value.owner.name == "Ana"
    assert everything(db)["prospects"] == before


@pytest.mark.parametrize(
    "details",
    [
        Details("Ben Lee", "Acme Robotics"),
        Details("Dana Li", "Beta Robotics"),
        Details("Dana Lie", None),
        Details("Sample 2", "Numbers"),
    ],
)
def test_other_people_are_not_asked_about(db: Database, cast: Cast, details: Details) -> None:
    added(db, cast.ana, "Dana Li", "Acme Robotics")
    added(db, cast.ana, "Sample 1", "Numbers")
    assert prospects.add(db, cast.ana, details, NOW, ask=True).card is not None


def test_one_mailbox_written_in_two_ways_is_one_person(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, email="dana.li@gmail.com")
    with pytest.raises(LikelyDouble) as asked:
        prospects.add(db, cast.ana, Details("D", email="DanaLi+crm@googlemail.com"), NOW, ask=True)
    assert asked.value.existing.id == card.prospect.id


def test_a_form_that_waits_for_an_answer_is_kept_as_it_was_filled_in_and_nobody_else_reads_it(
    db: Database, cast: Cast
) -> None:
    added(db, cast.ana)
    details = Details("Dana Li", "Acme", close_on=FRIDAY, value_minor=9_00, currency="EUR")
    wish = Wish(FRIDAY, None, Channel.CALL)
    with pytest.raises(LikelyDouble) as asked:
        prospects.add(db, cast.ana, details, NOW, wish=wish, note="hello", ask=True)
    number = asked.value.draft_id
    assert questions.wanted(db, cast.ana, number) == questions.Wanted(details, wish, "hello")
    for other in (cast.ben, cast.otto):
        with pytest.raises(Gone):
            questions.wanted(db, other, number)


# --- what is left


def test_the_older_stays_with_everything_of_both_and_one_next_step(db: Database, cast: Cast) -> None:
    older = added(db, cast.ana, note="from the fair")
    newer = added(db, cast.ana, "Dana Lee", "Acme", role="CTO", email="dana@acme.com", note="from the web")
    touches.log(db, cast.ana, by_prospect(newer), touches.Made(Channel.CALL), NOW)
    done = merged(db, cast, newer, older).done
    prospect = left(db, done)
    assert (prospect.id, prospect.name, prospect.role, prospect.email) == (
        older.prospect.id, "Dana Li", "CTO", "dana@acme.com"
    )  # fmt: skip
    timeline = prospects.show(db, cast.ana, prospect.id)
    assert len(timeline.entries) == 3


def test_undo_tells_them_apart_again_exactly(db: Database, cast: Cast) -> None:
    older, newer = added(db, cast.ana, note="one"), added(db, cast.ana, "Dana Lee", "Acme", on=MONDAY)
    touches.log(db, cast.ana, by_prospect(newer), touches.Made(Channel.CALL), NOW)
    hooks.add(db, cast.ana, by_prospect(newer), "SSO", NOW)
    before = everything(db)
    change = merged(db, cast, newer, older).done.change
    assert {row[2] for row in everything(db)["hooks"]} == {older.prospect.id}
    changes.undo(db, cast.ana, change.id, NOW + MONTH)
    assert everything(db) == before


def test_a_month_later_it_stays_merged(db: Database, cast: Cast, older: Card, newer: Card) -> None:
    change = merged(db, cast, newer, older).done.change
    with pytest.raises(InvalidInput):
        changes.undo(db, cast.ana, change.id, NOW + MONTH + 2 * HOUR)


def test_after_a_further_touch_an_undo_says_so_and_after_a_note_it_works(db: Database, cast: Cast) -> None:
    older, newer = added(db, cast.ana), added(db, cast.ana, "Dana Lee", on=MONDAY)
    change = merged(db, cast, newer, older).done.change
    logged = verbs.log(db, cast.ana, by_prospect(older), NOW + 2 * HOUR)
    with pytest.raises(UndoConflict) as conflict:
        changes.undo(db, cast.ana, change.id, NOW + 3 * HOUR)
    assert conflict.value.since is not None
    assert conflict.value.since.id == logged.change.id
    changes.undo(db, cast.ana, logged.change.id, NOW + 3 * HOUR)
    changes.undo(db, cast.ana, change.id, NOW + 3 * HOUR)
    assert shown(db, cast.ana, newer).prospect.name == "Dana Lee"


@pytest.mark.parametrize("promised", ["older", "newer"])
def test_the_promised_step_stays_even_where_the_other_is_earlier(db: Database, cast: Cast, promised: str) -> None:
    older = added(db, cast.ana, on=FRIDAY if promised == "older" else None)
    newer = added(db, cast.ana, "Dana Lee", on=FRIDAY if promised == "newer" else None)
    step = step_of(older if promised == "older" else newer)
    done = merged(db, cast, newer, older).done
    assert step_of(done.card).id == step.id
    left(db, done)


def test_without_a_promise_the_earlier_step_stays_with_its_cadence(
    db: Database, cast: Cast, older: Card, newer: Card
) -> None:
    snoozes.snooze(db, cast.ana, by_prospect(older), FRIDAY, None, NOW)
    done = merged(db, cast, newer, older).done
    assert step_of(done.card).id == step_of(newer).id
    assert done.card is not None
    assert done.card.enrollment is not None
    left(db, done)


@pytest.mark.parametrize("name", ["won", "won with check-ins", "lost", "lost for now", "park", "stop contact", "log"])
@pytest.mark.parametrize("whose", ["older", "newer", "both"])
def test_whatever_became_of_either_the_one_that_is_left_keeps_the_laws(
    db: Database, cast: Cast, older: Card, newer: Card, name: str, whose: str
) -> None:
    for each in [older, newer] if whose == "both" else [older if whose == "older" else newer]:
        verbs.ALL[name](db, cast.ana, by_prospect(each), NOW)
    before = everything(db)
    done = merged(db, cast, newer, older).done
    left(db, done)
    changes.undo(db, cast.ana, done.change.id, NOW + DAY)
    assert everything(db) == before


def test_the_further_stage_and_the_larger_amount_are_kept(db: Database, cast: Cast) -> None:
    older = added(db, cast.ana, stage=Stage.PROPOSAL, value_minor=5_000_00, currency="USD")
    newer = added(db, cast.ana, "Dana Lee", stage=Stage.WORKING, value_minor=9_000_00, currency="USD")
    card = merged(db, cast, newer, older).done.card
    assert card is not None
    assert (card.prospect.stage, card.prospect.value_minor) == (Stage.PROPOSAL, 9_000_00)


def test_what_was_chosen_is_taken(db: Database, cast: Cast) -> None:
    older = added(db, cast.ana, email="dana@acme.com")
    newer = added(db, cast.ana, "Dana Lee", "Acme Robotics", email="dl@acme.com")
    choices = merging.preview(db, cast.ana, newer.prospect.id, older.prospect.id).choices
    assert [choice.field for choice in choices] == ["name", "company", "email"]
    card = merged(db, cast, newer, older, company=Side.NEWER).done.card
    assert card is not None
    assert (card.prospect.name, card.prospect.company) == ("Dana Li", "Acme Robotics")
    assert targets.named(db, cast.ana, "acme robotics").id == older.prospect.id


def test_into_the_newer_one_its_details_are_right_but_the_older_number_stays(
    db: Database, cast: Cast, older: Card, newer: Card
) -> None:
    card = merged(db, cast, older, newer).done.card
    assert card is not None
    assert (card.prospect.id, card.prospect.name) == (older.prospect.id, "Dana Lee")


@pytest.mark.parametrize("whose", ["older", "newer"])
def test_do_not_contact_survives_and_so_do_both_addresses(db: Database, cast: Cast, whose: str) -> None:
    older = added(db, cast.ana, email="dana@acme.com")
    newer = added(db, cast.ana, "Dana Lee", email="dl@acme.com")
    verbs.stop_contact(db, cast.ana, by_prospect(older if whose == "older" else newer), NOW)
    card = merged(db, cast, newer, older).done.card
    assert card is not None
    assert card.prospect.do_not_contact_at == NOW
    assert card.step is None
    for address in ("dana@acme.com", "dl@acme.com"):
        with pytest.raises(DoNotContact):
            prospects.add(db, cast.ben, Details("Somebody", email=address), NOW)
    verbs.lift(db, cast.cleo, by_prospect(older), NOW + DAY)
    prospects.add(db, cast.ben, Details("Somebody", email="dl@acme.com"), NOW + DAY)


def test_an_old_button_of_the_one_that_is_gone_finds_the_one_that_is_left(db: Database, cast: Cast) -> None:
    older, newer = added(db, cast.ana, on=MONDAY), added(db, cast.ana, "Dana Lee")
    merged(db, cast, newer, older)
    assert shown(db, cast.ana, newer).prospect.id == older.prospect.id
    with pytest.raises(MovedOn) as stale:
        verbs.log(db, cast.ana, ByStep(step_of(newer).id), NOW + DAY)
    assert stale.value.prospect.id == older.prospect.id
    done = notes.add(db, cast.ana, ByProspect(newer.prospect.id), "hello", NOW + DAY)
    assert done.change.prospect_id == older.prospect.id
    found, _ = targets.search(db, cast.ana, "dana lee")
    assert [each.id for each in found] == [older.prospect.id]


def test_who_was_merged_is_known_by_the_address_that_was_not_kept(db: Database, cast: Cast) -> None:
    older = added(db, cast.ana, email="dana@acme.com")
    newer = added(db, cast.ana, "Dana Lee", email="dl@acme.com")
    merged(db, cast, newer, older)
    with pytest.raises(LikelyDouble) as asked:
        prospects.add(db, cast.ana, Details("D", email="dl@acme.com"), NOW, ask=True)
    assert asked.value.existing.id == older.prospect.id


def test_of_three_that_were_merged_one_after_another_each_leads_to_the_last(db: Database, cast: Cast) -> None:
    first, second, third = (added(db, cast.ana, name) for name in ("Dana Li", "Dana Lee", "Dana Lie"))
    merged(db, cast, third, second)
    merged(db, cast, second, first)
    assert shown(db, cast.ana, third).prospect.id == first.prospect.id


# --- shown before it is done


def test_a_preview_says_what_is_chosen_added_and_next_and_changes_nothing(db: Database, cast: Cast) -> None:
    older = added(db, cast.ana, on=FRIDAY)
    newer = added(db, cast.ana, "Dana Lee", role="CTO", stage=Stage.ENGAGED)
    before = everything(db)
    preview = merging.preview(db, cast.ana, newer.prospect.id, older.prospect.id)
    assert preview.choices == (Choice("name", "Dana Li", "Dana Lee", Side.OLDER),)
    assert (preview.fills, preview.right) == (("role",), Side.OLDER)
    assert preview.left is not None
    assert (preview.left.stage, preview.left.step) == (Stage.ENGAGED, step_of(older))
    assert preview.left.ends == (step_of(newer),)
    assert merging.preview(db, cast.ana, older.prospect.id, newer.prospect.id).choices[0].preferred is Side.NEWER
    assert everything(db) == before


def test_what_a_preview_says_is_what_is_left(db: Database, cast: Cast, older: Card, newer: Card) -> None:
    preview = merging.preview(db, cast.ana, newer.prospect.id, older.prospect.id)
    done = agreed(db, cast.ana, preview).done
    assert preview.left is not None
    assert preview.left.step is not None
    assert (left(db, done).stage, step_of(done.card).id) == (preview.left.stage, preview.left.step.id)


@pytest.mark.parametrize("name", ["edit", "log", "snooze", "won", "lost", "park", "stop contact"])
def test_what_changed_since_the_preview_is_said_and_nothing_is_merged(
    db: Database, cast: Cast, older: Card, newer: Card, name: str
) -> None:
    preview = merging.preview(db, cast.ana, newer.prospect.id, older.prospect.id)
    change = verbs.ALL[name](db, cast.cleo, by_prospect(newer), NOW).change
    before = everything(db)
    with pytest.raises(Outdated) as outdated:
        agreed(db, cast.ana, preview)
    assert outdated.value.since is not None
    assert outdated.value.by is not None
    assert (outdated.value.since.id, outdated.value.by.name) == (change.id, "Cleo")
    assert everything(db) == before
    left(db, agreed(db, cast.ana, merging.preview(db, cast.ana, newer.prospect.id, older.prospect.id)).done)


def test_what_a_preview_does_not_say_may_change_since(db: Database, cast: Cast, older: Card, newer: Card) -> None:
    preview = merging.preview(db, cast.ana, newer.prospect.id, older.prospect.id)
    notes.add(db, cast.ana, by_prospect(newer), "wants SSO", NOW)
    agreed(db, cast.ana, preview)


def test_an_undo_since_the_preview_is_a_change_that_no_longer_stands(db: Database, cast: Cast, older: Card) -> None:
    newer = added(db, cast.ana, "Dana Lee")
    change = prospects.amend(db, cast.ana, by_prospect(newer), {"role": "CTO"}, NOW).change
    preview = merging.preview(db, cast.ana, newer.prospect.id, older.prospect.id)
    changes.undo(db, cast.ana, change.id, NOW)
    with pytest.raises(Outdated) as outdated:
        agreed(db, cast.ana, preview)
    assert outdated.value.since is None


def test_who_was_merged_into_a_third_since_the_preview_is_shown_as_that(
    db: Database, cast: Cast, older: Card, newer: Card
) -> None:
    third = added(db, cast.ana, "Dana Lie")
    preview = merging.preview(db, cast.ana, third.prospect.id, newer.prospect.id)
    change = merged(db, cast, newer, older).done.change
    with pytest.raises(Outdated) as outdated:
        agreed(db, cast.ana, preview)
    assert outdated.value.since == change
    again = merging.preview(db, cast.ana, third.prospect.id, newer.prospect.id)
    assert isinstance(again.newer, Prospect)
    assert (again.older.id, again.newer.id) == (older.prospect.id, third.prospect.id)


def test_of_two_yeses_at_the_same_instant_one_merges(db: Database, cast: Cast, older: Card, newer: Card) -> None:
    preview = merging.preview(db, cast.ana, newer.prospect.id, older.prospect.id)
    outcomes = together(*[lambda: agreed(db, cast.ana, preview)] * 2)
    assert [type(error) for error in errors(outcomes)] == [InvalidInput]


# --- somebody who is not kept yet


def test_who_is_about_to_be_added_is_merged_at_once_and_undone_at_once(db: Database, cast: Cast, card: Card) -> None:
    before = everything(db)
    details = Details("Dana Lee", "Acme", email="dana@acme.com")
    done = merging.merge_new(
        db, cast.ana, card.prospect.id, details, NOW + HOUR, wish=Wish(FRIDAY), note="new number", taken={}
    ).done
    prospect = left(db, done)
    assert (prospect.name, prospect.email) == ("Dana Li", "dana@acme.com")
    assert step_of(done.card).promised
    changes.undo(db, cast.ana, done.change.id, NOW + DAY)
    assert everything(db) == before


def test_without_a_wish_what_was_planned_stays(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, on=FRIDAY)
    done = merging.merge_new(db, cast.ana, card.prospect.id, Details("Dana Lee", "Acme"), NOW).done
    assert step_of(done.card).id == step_of(card).id


def test_a_closed_deal_that_is_added_again_runs_again(db: Database, cast: Cast, card: Card) -> None:
    verbs.lost(db, cast.ana, by_prospect(card), NOW)
    done = merging.merge_new(db, cast.ana, card.prospect.id, Details("Dana Li", "Acme"), NOW + DAY).done
    assert left(db, done).stage is Stage.NEW


# --- who may


def test_a_rep_may_not_merge_a_teammate_s_and_a_manager_may(db: Database, cast: Cast) -> None:
    mine, theirs = added(db, cast.ana), added(db, cast.ben, "Dana Lee")
    before = everything(db)
    with pytest.raises(NotYours):
        merged(db, cast, theirs, mine)
    with pytest.raises(NotYours):
        merging.preview(db, cast.ana, mine.prospect.id, theirs.prospect.id)
    with pytest.raises(Gone):
        merging.merge(db, cast.otto, mine.prospect.id, theirs.prospect.id, NOW)
    assert everything(db) == before
    done = merging.merge(db, cast.cleo, theirs.prospect.id, mine.prospect.id, NOW, {"owner": Side.NEWER}).done
    assert done.card is not None
    assert done.card.owner.name == "Ben"
    assert step_of(done.card).owner_id == cast.ben.member.id


def test_nobody_is_merged_with_herself_not_even_after_a_merge(
    db: Database, cast: Cast, older: Card, newer: Card
) -> None:
    merged(db, cast, newer, older)
    for other in (older, newer):
        with pytest.raises(InvalidInput):
            merged(db, cast, other, older)


def test_the_same_request_again_merges_nothing_more(db: Database, cast: Cast, older: Card, newer: Card) -> None:
    ana = asking(cast.ana, "request 1")
    merging.merge(db, ana, newer.prospect.id, older.prospect.id, NOW)
    before = everything(db)
    with pytest.raises(AlreadyDone):
        merging.merge(db, ana, newer.prospect.id, older.prospect.id, NOW)
    assert everything(db) == before


def test_a_reply_after_a_merge_moves_the_one_that_is_left(db: Database, cast: Cast, older: Card, newer: Card) -> None:
    merged(db, cast, newer, older)
    done = touches.log(db, cast.ana, ByProspect(newer.prospect.id), touches.Made(None, Outcome.REPLIED), NOW + DAY)
    assert done.card is not None
    assert done.card.prospect.id == older.prospect.id
    assert ByStep(step_of(done.card).id)


def test_after_a_merge_other_values_are_chosen_and_undo_tells_the_two_apart(db: Database, cast: Cast) -> None:
    one = added(db, cast.ana, "Dana Li", "Acme", value_minor=1_000_000, currency="USD", email="dana@acme.example")
    two = added(db, cast.ana, "Dana Lee", "Beta", note="from the web", email="lee@acme.example")
    apart = everything(db)
    first = merging.merge(db, cast.ana, two.prospect.id, one.prospect.id, NOW)
    preview = merging.preview_again(db, cast.ana, first.done.change.id)
    assert {choice.field: choice.preferred for choice in preview.choices} == {
        "name": Side.OLDER, "company": Side.OLDER, "email": Side.OLDER
    }  # fmt: skip

    again = merging.merge_again(db, cast.ana, first.done.change.id, NOW + HOUR, {"company": Side.NEWER})

    assert again.done.card is not None
    kept = again.done.card.prospect
    assert (kept.id, kept.name, kept.company) == (one.prospect.id, "Dana Li", "Beta")
    assert merging.preview_again(db, cast.ana, again.done.change.id).choices[1].preferred is Side.NEWER
    changes.undo(db, cast.ana, again.done.change.id, NOW + DAY)
    assert everything(db) == apart


def test_other_values_are_chosen_only_for_a_merge_that_stands(db: Database, cast: Cast) -> None:
    one, two = added(db, cast.ana), added(db, cast.ana, "Dana Lee", "Beta")
    done = merging.merge(db, cast.ana, two.prospect.id, one.prospect.id, NOW).done
    ana = asking(cast.ana, "request 1")
    before = everything(db)
    for actor, error in ((cast.ben, NotYours), (cast.otto, Gone)):
        with pytest.raises(error):
            merging.merge_again(db, actor, done.change.id, NOW, {})
        with pytest.raises(error):
            merging.preview_again(db, actor, done.change.id)
        assert everything(db) == before
    again = merging.merge_again(db, ana, done.change.id, NOW, {"name": Side.NEWER})
    with pytest.raises(AlreadyDone):
        merging.merge_again(db, ana, done.change.id, NOW, {"name": Side.NEWER})
    with pytest.raises(UndoneBefore):
        merging.merge_again(db, cast.ana, done.change.id, NOW, {})
    with pytest.raises(Gone):
        merging.merge_again(db, cast.ana, 404, NOW, {})
    with pytest.raises(InvalidInput):
        merging.merge_again(db, cast.ana, again.done.change.id, NOW + 31 * DAY, {})
    verbs.log(db, cast.ana, by_prospect(one), NOW)
    with pytest.raises(UndoConflict):
        merging.merge_again(db, cast.ana, again.done.change.id, NOW, {})
