"""What a prospect cares about: kept, used once, and undone exactly."""

import pytest

from bot.services import changes, hooks, prospects, touches
from bot.services.cards import Card
from bot.services.errors import AlreadyDone, Gone, InvalidInput, NotYours, UndoConflict
from bot.services.targets import ByProspect
from bot.services.touches import Made
from bot.storage.engine import Database
from bot.storage.records import Hook
from cadences.model import Channel
from tests.support.cast import DAY, HOUR, NOW, Cast, added, asking, by_prospect, by_step
from tests.support.rows import change_count, everything
from tests.support.together import errors, together

SSO = "cares about SSO"


def hooks_of(db: Database, cast: Cast, card: Card) -> list[Hook]:
    return list(prospects.show(db, cast.ana, card.prospect.id).hooks)


def kept(db: Database, cast: Cast, card: Card, text: str = SSO) -> Hook:
    hooks.add(db, cast.ana, by_prospect(card), text, NOW)
    return hooks_of(db, cast, card)[0]


def test_a_hook_restarts_the_stalled_clock_and_leaves_the_next_step_alone(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    done = hooks.add(db, cast.ben, by_prospect(card), f"  {SSO}\n ", NOW + DAY)
    (hook,) = hooks_of(db, cast, card)
    assert (hook.text, hook.member_id, hook.used_at) == (SSO, cast.ben.member.id, None)
    assert done.card is not None
    assert (done.card.prospect.active_at, done.card.prospect.active_kind) == (NOW + DAY, "note")
    assert done.card.step == card.step


@pytest.mark.parametrize("text", ["", " \n ", "\0", "x" * 301])
def test_a_hook_that_can_not_be_kept_is_refused(db: Database, cast: Cast, text: str) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    with pytest.raises(InvalidInput):
        hooks.add(db, cast.ana, by_prospect(card), text, NOW)
    assert everything(db) == before


def test_only_who_works_on_it_marks_a_hook_as_used(db: Database, cast: Cast) -> None:
    hook = kept(db, cast, added(db, cast.ana))
    before = everything(db)
    with pytest.raises(NotYours):
        hooks.use(db, cast.ben, hook.id, NOW)
    with pytest.raises(Gone):
        hooks.use(db, cast.otto, hook.id, NOW)
    assert everything(db) == before
    assert hooks.use(db, cast.cleo, hook.id, NOW).change.facts["used"] is True


def test_an_outsider_can_add_none_and_what_is_not_there_is_gone(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    with pytest.raises(Gone):
        hooks.add(db, cast.otto, by_prospect(card), SSO, NOW)
    with pytest.raises(Gone):
        hooks.add(db, cast.ana, ByProspect(404), SSO, NOW)
    with pytest.raises(Gone):
        hooks.use(db, cast.ana, 404, NOW)
    assert everything(db) == before


def test_a_hook_is_used_once(db: Database, cast: Cast) -> None:
    hook = kept(db, cast, added(db, cast.ana))
    outcomes = together(*[lambda: hooks.use(db, cast.ana, hook.id, NOW)] * 2)
    assert [type(error) for error in errors(outcomes)] == [InvalidInput]
    assert change_count(db) == 3


def test_the_same_request_again_writes_nothing(db: Database, cast: Cast) -> None:
    card, ana = added(db, cast.ana), asking(cast.ana, "request 1")
    hooks.add(db, ana, by_prospect(card), SSO, NOW)
    before = everything(db)
    with pytest.raises(AlreadyDone):
        hooks.add(db, ana, by_prospect(card), SSO, NOW + HOUR)
    assert everything(db) == before


def test_undo_takes_a_hook_and_its_use_back_exactly(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    made = hooks.add(db, cast.ana, by_prospect(card), SSO, NOW)
    unused = everything(db)
    used = hooks.use(db, cast.ana, hooks_of(db, cast, card)[0].id, NOW + HOUR)
    with pytest.raises(UndoConflict):
        changes.undo(db, cast.ana, made.change.id, NOW + HOUR)
    changes.undo(db, cast.ana, used.change.id, NOW + HOUR)
    assert everything(db) == unused
    changes.undo(db, cast.ana, made.change.id, NOW + HOUR)
    assert everything(db) == before


def test_a_prospect_that_has_a_hook_is_not_taken_from_under_it(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    kept(db, cast, card)
    first = changes.history(db, cast.ana)[-1]
    before = everything(db)
    with pytest.raises(UndoConflict):
        changes.undo(db, cast.ana, first.id, NOW + HOUR)
    assert everything(db) == before


def test_a_logged_draft_uses_the_hooks_it_speaks_of_and_undo_gives_them_back(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    kept(db, cast, card)
    kept(db, cast, card, "wants a pilot")
    before = everything(db)
    made = Made(Channel.EMAIL, note="sent", sent="You asked for SSO: shall we look at it?")
    done = touches.log(db, cast.ana, by_step(card), made, NOW + HOUR)
    assert {hook.text: hook.used_at for hook in hooks_of(db, cast, card)} == {SSO: NOW + HOUR, "wants a pilot": None}
    changes.undo(db, cast.ana, done.change.id, NOW + 2 * HOUR)
    assert everything(db) == before


def test_a_touch_without_a_draft_uses_nothing(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    kept(db, cast, card)
    touches.log(db, cast.ana, by_step(card), Made(note="we spoke about SSO"), NOW + HOUR)
    assert hooks_of(db, cast, card)[0].used_at is None


def test_the_same_hook_is_kept_once_until_it_was_used(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    hook = kept(db, cast, card)
    before, count = everything(db), change_count(db)
    with pytest.raises(InvalidInput, match="known already"):
        hooks.add(db, cast.ben, by_prospect(card), "Cares  about sso", NOW + DAY)
    assert (everything(db), change_count(db)) == (before, count)
    hooks.add(db, cast.ana, by_prospect(added(db, cast.ana, "Eli", "Else")), SSO, NOW)
    hooks.use(db, cast.ana, hook.id, NOW)
    hooks.add(db, cast.ana, by_prospect(card), SSO, NOW + DAY)
    assert len(hooks_of(db, cast, card)) == 2


def test_the_unused_hook_with_these_words_is_found_for_the_typed_line(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    number = card.prospect.id
    with pytest.raises(InvalidInput, match="no hook"):
        hooks.unused_of(db, cast.ana, number, "")
    first = kept(db, cast, card)
    assert hooks.unused_of(db, cast.ana, number, "") == first.id
    second = kept(db, cast, card, "likes tea")
    with pytest.raises(InvalidInput, match="likes tea"):
        hooks.unused_of(db, cast.ana, number, "")
    assert hooks.unused_of(db, cast.ana, number, "TEA") == second.id
    hooks.use(db, cast.ana, second.id, NOW)
    with pytest.raises(InvalidInput, match="no hook"):
        hooks.unused_of(db, cast.ana, number, "tea")
