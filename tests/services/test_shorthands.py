"""Shorthands: taught outright or by a correction, one's own, changed and deleted, and taken back exactly."""

from dataclasses import replace

import pytest

from bot.services import changes, prospects, shorthands
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.corrections import Said, Taught
from bot.services.details import Details
from bot.services.errors import AlreadyDone, Gone, InvalidInput, NotAllowed, UndoneBefore
from bot.services.targets import ByProspect
from bot.storage.engine import Database
from tests.support.cast import DAY, HOUR, MINUTE, NOW, Cast, added, asking, by_prospect
from tests.support.rows import everything
from tests.support.together import errors, together

AC = Taught("AC", "company", "Acme Corp")
SAID = (Said("company", "AC"),)


def kept(db: Database, actor: Actor) -> dict[str, tuple[str, str]]:
    """Words → field and meaning."""
    return {each.words: (each.field, each.meaning) for each in shorthands.listed(db, actor.member)}


def corrected(db: Database, actor: Actor) -> Done:
    """Somebody at “AC” is added by a line, and an hour later the company is put right."""
    done = prospects.add(db, actor, Details("Dana Li", "AC"), NOW, said=SAID)
    target = ByProspect(done.change.prospect_id or 0)
    return prospects.amend(db, actor, target, {"company": "Acme Corp"}, NOW + HOUR)


def test_one_is_taught_known_by_its_words_and_taken_back(db: Database, cast: Cast) -> None:
    before = everything(db)
    done = shorthands.teach(db, cast.ana, Taught(" A  C ", "company", " Acme \0 Corp "), NOW)
    assert kept(db, cast.ana) == {"A C": ("company", "Acme Corp")}
    assert list(shorthands.known(db, cast.ana.member)) == ["a c"]
    changes.undo(db, cast.ana, done.change.id, NOW + HOUR)
    assert everything(db) == before


def test_another_meaning_replaces_it_and_undo_brings_the_first_back(db: Database, cast: Cast) -> None:
    shorthands.teach(db, cast.ana, AC, NOW)
    before = everything(db)
    with pytest.raises(InvalidInput, match="already"):
        shorthands.teach(db, cast.ana, replace(AC, words="ac"), NOW)
    assert everything(db) == before
    shorthands.teach(db, cast.ana, Taught("ac", "role", "Area coach"), NOW + HOUR)
    assert kept(db, cast.ana) == {"ac": ("role", "Area coach")}
    changes.undo(db, cast.ana, None, NOW + DAY)
    assert everything(db) == before


def test_a_deleted_one_comes_back_with_undo(db: Database, cast: Cast) -> None:
    shorthands.teach(db, cast.ana, AC, NOW)
    before = everything(db)
    shorthands.forget(db, cast.ana, "ac", NOW)
    assert kept(db, cast.ana) == {}
    changes.undo(db, cast.ana, None, NOW + HOUR)
    assert everything(db) == before
    with pytest.raises(InvalidInput):
        shorthands.forget(db, cast.ana, "acme", NOW)


def test_some_are_found_by_a_part_of_their_words_or_meaning(db: Database, cast: Cast) -> None:
    shorthands.teach(db, cast.ana, AC, NOW)
    shorthands.teach(db, cast.ana, Taught("Ops", "role", "Head of Operations"), NOW)
    for words, found in (("", 2), ("A", 2), ("acme", 1), ("ops", 1), ("operations", 1), ("zebra", 0)):
        assert len(shorthands.listed(db, cast.ana.member, words)) == found


def test_everybody_has_her_own(db: Database, cast: Cast) -> None:
    done = shorthands.teach(db, cast.ana, AC, NOW)
    shorthands.teach(db, cast.otto, replace(AC, meaning="Other Corp"), NOW)
    assert kept(db, cast.ben) == kept(db, cast.cleo) == {}
    for other in (cast.ben, cast.cleo):
        with pytest.raises(InvalidInput):
            shorthands.forget(db, other, "AC", NOW)
    with pytest.raises(NotAllowed):
        changes.undo(db, cast.ben, done.change.id, NOW)
    with pytest.raises(Gone):
        changes.undo(db, cast.otto, done.change.id, NOW)
    assert kept(db, cast.ana) == {"AC": ("company", "Acme Corp")}
    assert kept(db, cast.otto) == {"AC": ("company", "Other Corp")}


@pytest.mark.parametrize(
    ("taught", "field"),
    [
        (replace(AC, words=""), "words"),
        (replace(AC, words="A"), "words"),
        (replace(AC, words="- !"), "words"),
        (replace(AC, words="x" * 61), "words"),
        (replace(AC, meaning=" "), "meaning"),
        (replace(AC, meaning="\u200b"), "meaning"),
        (replace(AC, meaning="x" * 201), "meaning"),
    ],
)
def test_what_can_not_be_kept_is_said_at_its_field(db: Database, cast: Cast, taught: Taught, field: str) -> None:
    before = everything(db)
    with pytest.raises(InvalidInput) as refused:
        shorthands.teach(db, cast.ana, taught, NOW)
    assert refused.value.field == field
    assert everything(db) == before


def test_there_are_not_endlessly_many(db: Database, cast: Cast) -> None:
    for number in range(shorthands.KEPT_AT_MOST):
        shorthands.teach(db, cast.ana, replace(AC, words=f"AC {number}"), NOW)
    with pytest.raises(InvalidInput, match="you have 200 shorthands"):
        shorthands.teach(db, cast.ana, AC, NOW)
    shorthands.teach(db, cast.ana, replace(AC, words="AC 7", meaning="Other"), NOW)
    assert kept(db, cast.ana)["AC 7"] == ("company", "Other")


def test_one_taught_twice_at_once_is_one(db: Database, cast: Cast) -> None:
    outcomes = together(*[lambda: shorthands.teach(db, cast.ana, AC, NOW)] * 2)
    assert [type(error) for error in errors(outcomes)] == [InvalidInput]
    assert kept(db, cast.ana) == {"AC": ("company", "Acme Corp")}
    ana = asking(cast.ana, "request 1")
    shorthands.forget(db, ana, "AC", NOW)
    with pytest.raises(AlreadyDone):
        shorthands.forget(db, ana, "AC", NOW)


def test_a_correction_within_a_day_is_offered_and_taught_at_any_time(db: Database, cast: Cast) -> None:
    edit = corrected(db, cast.ana)
    assert shorthands.offered(db, cast.ana, edit) == AC
    before = everything(db)
    shorthands.teach_from(db, cast.ana, edit.change.id, NOW + 90 * DAY)
    assert kept(db, cast.ana) == {"AC": ("company", "Acme Corp")}
    assert shorthands.offered(db, cast.ana, edit) is None
    changes.undo(db, cast.ana, None, NOW + 91 * DAY)
    assert everything(db) == before
    shorthands.teach_from(db, cast.ana, edit.change.id, NOW + 92 * DAY)
    with pytest.raises(InvalidInput, match="already"):
        shorthands.teach_from(db, cast.ana, edit.change.id, NOW + 92 * DAY)


def test_nothing_is_offered_for_an_old_line_or_what_somebody_else_typed(db: Database, cast: Cast) -> None:
    done = prospects.add(db, cast.ana, Details("Dana Li", "AC"), NOW, said=SAID)
    target = ByProspect(done.change.prospect_id or 0)
    others = prospects.amend(db, cast.cleo, target, {"company": "Acme"}, NOW + HOUR)
    assert shorthands.offered(db, cast.cleo, others) is None
    late = prospects.amend(db, cast.ana, target, {"company": "Acme Corp"}, NOW + DAY + MINUTE)
    assert shorthands.offered(db, cast.ana, late) is None
    by_form = added(db, cast.ana, "Bo Berg", "AC")
    edit = prospects.amend(db, cast.ana, by_prospect(by_form), {"company": "Acme Corp"}, NOW + HOUR)
    assert shorthands.offered(db, cast.ana, edit) is None
    with pytest.raises(Gone):
        shorthands.teach_from(db, cast.ana, edit.change.id, NOW + HOUR)


def test_an_offer_is_nobody_elses(db: Database, cast: Cast) -> None:
    edit = corrected(db, cast.ana)
    for other in (cast.ben, cast.cleo, cast.otto):
        with pytest.raises(Gone):
            shorthands.teach_from(db, other, edit.change.id, NOW + HOUR)
    assert kept(db, cast.ana) == {}


def test_an_offer_does_not_outlive_what_it_was_made_of(db: Database, cast: Cast) -> None:
    edit = corrected(db, cast.ana)
    target = ByProspect(edit.change.prospect_id or 0)
    shorthands.teach(db, cast.ana, replace(AC, meaning="Alpha Cooling"), NOW + 2 * HOUR)
    with pytest.raises(InvalidInput, match="another meaning"):
        shorthands.teach_from(db, cast.ana, edit.change.id, NOW + 3 * HOUR)
    changes.undo(db, cast.ana, None, NOW + 3 * HOUR)
    again = prospects.amend(db, cast.ana, target, {"company": "Acme Holding"}, NOW + 4 * HOUR)
    assert shorthands.offered(db, cast.ana, again) == replace(AC, meaning="Acme Holding")
    with pytest.raises(InvalidInput, match="once more"):
        shorthands.teach_from(db, cast.ana, edit.change.id, NOW + 4 * HOUR)
    changes.undo(db, cast.ana, again.change.id, NOW + 5 * HOUR)
    changes.undo(db, cast.ana, edit.change.id, NOW + 5 * HOUR)
    with pytest.raises(UndoneBefore):
        shorthands.teach_from(db, cast.ana, edit.change.id, NOW + 5 * HOUR)
    changes.undo(db, cast.ana, None, NOW + 5 * HOUR)
    with pytest.raises(Gone):
        shorthands.teach_from(db, cast.ana, edit.change.id, NOW + 5 * HOUR)
    assert kept(db, cast.ana) == {}


def test_a_later_correction_replaces_what_an_earlier_one_taught(db: Database, cast: Cast) -> None:
    first = corrected(db, cast.ana)
    shorthands.teach_from(db, cast.ana, first.change.id, NOW + 2 * HOUR)
    target = ByProspect(first.change.prospect_id or 0)
    second = prospects.amend(db, cast.ana, target, {"company": "Alpha Cooling"}, NOW + 3 * HOUR)
    assert shorthands.offered(db, cast.ana, second) == replace(AC, meaning="Alpha Cooling")
    shorthands.teach_from(db, cast.ana, second.change.id, NOW + 4 * HOUR)
    assert kept(db, cast.ana) == {"AC": ("company", "Alpha Cooling")}
