"""Saved views: kept under a name, one's own, changed and deleted, and taken back exactly."""

import pytest

from bot.services import changes, saved_views
from bot.services.actor import Actor
from bot.services.errors import AlreadyDone, InvalidInput, NotAllowed
from bot.storage.engine import Database
from tests.support.cast import HOUR, NOW, Cast, asking
from tests.support.rows import everything
from tests.support.together import errors, together

LINE = "stage:proposal value:>10k"


def kept(db: Database, actor: Actor) -> dict[str, str]:
    """Name → line."""
    return {view.name: view.line for view in saved_views.listed(db, actor.member)}


def test_a_view_is_kept_found_by_its_name_and_taken_back(db: Database, cast: Cast) -> None:
    before = everything(db)
    done = saved_views.save(db, cast.ana, "Hot deals", LINE, NOW)
    assert kept(db, cast.ana) == {"Hot deals": LINE}
    for words in ("hot deals", "HOT", "hot d"):
        found = saved_views.named(db, cast.ana.member, words)
        assert found is not None
        assert found.line == LINE
    assert saved_views.named(db, cast.ana.member, "cold") is None
    changes.undo(db, cast.ana, done.change.id, NOW + HOUR)
    assert everything(db) == before


def test_the_same_name_again_replaces_it_and_undo_brings_the_first_back(db: Database, cast: Cast) -> None:
    saved_views.save(db, cast.ana, "Hot", LINE, NOW)
    before = everything(db)
    saved_views.save(db, cast.ana, "hot", "stage:engaged", NOW)
    assert kept(db, cast.ana) == {"hot": "stage:engaged"}
    changes.undo(db, cast.ana, None, NOW + HOUR)
    assert everything(db) == before


def test_a_deleted_view_comes_back_with_undo_and_goes_again(db: Database, cast: Cast) -> None:
    saved_views.save(db, cast.ana, "Hot", LINE, NOW)
    before = everything(db)
    saved_views.delete(db, cast.ana, "hot", NOW)
    assert kept(db, cast.ana) == {}
    changes.undo(db, cast.ana, None, NOW + HOUR)
    assert everything(db) == before
    with pytest.raises(InvalidInput):
        saved_views.delete(db, cast.ana, "cold", NOW)
    assert everything(db) == before


def test_everybody_has_her_own(db: Database, cast: Cast) -> None:
    done = saved_views.save(db, cast.ana, "Hot", LINE, NOW)
    saved_views.save(db, cast.otto, "Hot", "stage:new", NOW)
    assert kept(db, cast.ben) == kept(db, cast.cleo) == {}
    assert kept(db, cast.otto) == {"Hot": "stage:new"}
    for other in (cast.ben, cast.cleo):
        with pytest.raises(InvalidInput):
            saved_views.delete(db, other, "hot", NOW)
    with pytest.raises(NotAllowed):
        changes.undo(db, cast.ben, done.change.id, NOW)
    assert kept(db, cast.ana) == {"Hot": LINE}


@pytest.mark.parametrize(
    ("name", "line", "field"),
    [
        ("", LINE, "name"),
        (" - ", LINE, "name"),
        ("x" * 61, LINE, "name"),
        ("hot", " ", "line"),
        ("hot", "x" * 501, "line"),
    ],
)
def test_what_can_not_be_kept_is_said_at_its_field(db: Database, cast: Cast, name: str, line: str, field: str) -> None:
    before = everything(db)
    with pytest.raises(InvalidInput) as refused:
        saved_views.save(db, cast.ana, name, line, NOW)
    assert refused.value.field == field
    assert everything(db) == before


def test_there_are_no_more_of_them_than_a_menu_takes(db: Database, cast: Cast) -> None:
    for number in range(saved_views.KEPT_AT_MOST):
        saved_views.save(db, cast.ana, f"View {number}", LINE, NOW)
    with pytest.raises(InvalidInput) as refused:
        saved_views.save(db, cast.ana, "One more", LINE, NOW)
    assert "you have 50 views" in refused.value.why
    saved_views.save(db, cast.ana, "View 7", "stage:new", NOW)
    assert kept(db, cast.ana)["View 7"] == "stage:new"


def test_a_view_saved_twice_at_once_is_one(db: Database, cast: Cast) -> None:
    outcomes = together(*[lambda: saved_views.save(db, cast.ana, "Hot", LINE, NOW)] * 2)
    assert errors(outcomes) == []
    assert kept(db, cast.ana) == {"Hot": LINE}
    ana = asking(cast.ana, "request 1")
    saved_views.save(db, ana, "Cold", LINE, NOW)
    with pytest.raises(AlreadyDone):
        saved_views.save(db, ana, "Cold", LINE, NOW)
