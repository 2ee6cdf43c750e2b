"""Forms that did not open, kept for whoever asked for them."""

import pytest
from sqlalchemy import func, select

from bot.services import kept_forms
from bot.services.actor import Actor
from bot.services.errors import InvalidInput
from bot.services.kept_forms import KEPT_FOR, KIND, KeptForm
from bot.storage.engine import Database
from bot.storage.tables import drafts
from tests.support.cast import MINUTE, NOW, Cast, added, step_of

FORM = KeptForm('{"title": "Lost", "note": "Grüße 👋 \\u0000"}', "lost acme -- we heard nothing")


def count(db: Database) -> int:
    with db.read() as tx:
        return int(tx.execute(select(func.count()).where(drafts.c.kind == KIND)).scalar_one())


def test_a_form_comes_back_as_it_was_kept(db: Database, cast: Cast) -> None:
    number = kept_forms.keep(db, cast.ana, FORM, NOW)
    assert kept_forms.kept(db, cast.ana, number, NOW + MINUTE) == FORM
    assert kept_forms.kept(db, cast.ana, number, NOW + KEPT_FOR) == FORM


@pytest.mark.parametrize("who", ["ben", "cleo", "otto"])
def test_it_is_nobody_else_s(db: Database, cast: Cast, who: str) -> None:
    number = kept_forms.keep(db, cast.ana, FORM, NOW)
    other: Actor = getattr(cast, who)
    with pytest.raises(InvalidInput):
        kept_forms.kept(db, other, number, NOW)


def test_after_a_day_it_is_given_out_no_more_and_gone_with_the_next_that_is_kept(db: Database, cast: Cast) -> None:
    number = kept_forms.keep(db, cast.ana, FORM, NOW)
    later = NOW + KEPT_FOR + MINUTE
    with pytest.raises(InvalidInput):
        kept_forms.kept(db, cast.ana, number, later)
    kept_forms.keep(db, cast.ben, FORM, later)
    assert count(db) == 2
    kept_forms.keep(db, cast.ana, FORM, later)
    assert count(db) == 2


def test_whom_it_is_about_is_told_by_number_or_by_step_in_one_s_own_workspace_alone(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, "Gus Sample")
    step = step_of(card)
    by_number = kept_forms.about(db, cast.ben, [None, card.prospect.id], step.id)
    assert [each.name for each in by_number] == ["Gus Sample"]
    assert [each.name for each in kept_forms.about(db, cast.ben, [], step.id)] == ["Gus Sample"]
    assert kept_forms.about(db, cast.ben, [], None) == []
    assert kept_forms.about(db, cast.otto, [card.prospect.id], None) == []
    assert kept_forms.about(db, cast.otto, [], step.id) == []
