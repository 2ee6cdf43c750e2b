"""The library of what is worth sending: kept, found, suggested, never sent to one person twice."""

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from bot.services import changes, drafting, resources, touches
from bot.services.actor import Actor
from bot.services.cards import Card
from bot.services.errors import AlreadyDone, Gone, InvalidInput, NotAllowed, UndoConflict
from bot.services.resources import Offer, Shelved
from bot.services.touches import Made
from bot.storage.engine import Database
from bot.storage.records import Resource
from cadences.model import Channel
from tests.support.cast import HOUR, NOW, Cast, added, asking, by_prospect, shown
from tests.support.rows import everything

SSO = Offer("SSO in two weeks", "https://example.com/sso", "software", "security")
PLAIN = Offer("A checklist", "https://example.com/list")


def shelf(db: Database, actor: Actor, words: str = "") -> list[str]:
    return [each.resource.title for each in resources.listed(db, actor, words)]


def one(db: Database, actor: Actor, words: str = "") -> Shelved:
    (each,) = resources.listed(db, actor, words)
    return each


def sent(db: Database, actor: Actor, card: Card, text: str) -> None:
    touches.log(db, actor, by_prospect(card), Made(Channel.EMAIL, sent=text), NOW + HOUR)


def suggested(db: Database, actor: Actor, card: Card) -> Resource | None:
    return drafting.draft(db, actor, by_prospect(card)).gift


def test_a_resource_is_kept_and_found_by_what_it_is_about(db: Database, cast: Cast) -> None:
    done = resources.add(db, cast.ana, SSO, NOW)
    resources.add(db, cast.ben, PLAIN, NOW)
    assert (done.change.facts["title"], done.card) == ("SSO in two weeks", None)
    assert shelf(db, cast.cleo) == ["A checklist", "SSO in two weeks"]
    for words in ("sso", "Software", "security"):
        assert shelf(db, cast.ben, words) == ["SSO in two weeks"]
    assert shelf(db, cast.ben, "zebra") == []
    assert shelf(db, cast.otto) == []


@pytest.mark.parametrize(
    "offer",
    [
        Offer("", "https://example.com/sso"),
        Offer("SSO", "example.com"),
        Offer("SSO", "javascript:alert(1)"),
        Offer("SSO", "https://localhost/sso"),
        Offer("SSO", "https://example.com/a b"),
        Offer("SSO", f"https://example.com/{'x' * 1000}"),
        Offer("x" * 201, "https://example.com/sso"),
        Offer("SSO", "https://example.com/sso", "x" * 201),
    ],
)
def test_what_can_not_be_kept_is_refused(db: Database, cast: Cast, offer: Offer) -> None:
    before = everything(db)
    with pytest.raises(InvalidInput):
        resources.add(db, cast.ana, offer, NOW)
    assert everything(db) == before


def test_a_link_is_kept_once(db: Database, cast: Cast) -> None:
    resources.add(db, cast.ana, SSO, NOW)
    with pytest.raises(InvalidInput) as refused:
        resources.add(db, cast.ben, Offer("The same", "http://www.example.com/sso/"), NOW)
    assert refused.value.why == "that link is kept already, as “SSO in two weeks”"


def test_who_added_it_or_a_manager_deletes_it(db: Database, cast: Cast) -> None:
    resources.add(db, cast.ana, SSO, NOW)
    number = one(db, cast.ana).resource.id
    assert [one(db, actor).may_delete for actor in (cast.ana, cast.ben, cast.cleo)] == [True, False, True]
    before = everything(db)
    with pytest.raises(NotAllowed):
        resources.delete(db, cast.ben, number, NOW)
    with pytest.raises(Gone):
        resources.delete(db, cast.otto, number, NOW)
    assert everything(db) == before
    done = resources.delete(db, cast.cleo, number, NOW)
    with pytest.raises(Gone):
        resources.delete(db, cast.ana, number, NOW)
    assert shelf(db, cast.ana) == []
    changes.undo(db, cast.cleo, done.change.id, NOW)
    assert everything(db) == before


def test_undo_takes_a_resource_back_while_nobody_had_it(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    done = resources.add(db, cast.ana, SSO, NOW)
    changes.undo(db, cast.ana, done.change.id, NOW)
    assert everything(db) == before
    again = resources.add(db, cast.ana, SSO, NOW)
    sent(db, cast.ana, card, f"Does it help you? {SSO.url}")
    before = everything(db)
    with pytest.raises(UndoConflict):
        changes.undo(db, cast.ana, again.change.id, NOW + HOUR)
    assert everything(db) == before


def test_the_same_request_again_writes_nothing(db: Database, cast: Cast) -> None:
    ana = asking(cast.ana, "request 1")
    resources.add(db, ana, SSO, NOW)
    before = everything(db)
    with pytest.raises(AlreadyDone):
        resources.add(db, ana, SSO, NOW)
    assert everything(db) == before


def test_the_name_of_one_is_enough_and_of_several_is_asked(db: Database, cast: Cast) -> None:
    resources.add(db, cast.ana, SSO, NOW)
    resources.add(db, cast.ana, Offer("SSO in two weeks, the film", "https://example.com/film"), NOW)
    assert resources.named(db, cast.ana, "film").title == "SSO in two weeks, the film"
    assert resources.named(db, cast.ana, "sso in two weeks").title == "SSO in two weeks"
    with pytest.raises(InvalidInput):
        resources.named(db, cast.ana, "sso")
    with pytest.raises(InvalidInput):
        resources.named(db, cast.otto, "film")


def test_it_is_suggested_where_industry_and_objection_fit(db: Database, cast: Cast) -> None:
    resources.add(db, cast.ana, SSO, NOW)
    other = added(db, cast.ana, "Sam Sample", "Bank Sample", industry="banking", note="asks about security")
    silent = added(db, cast.ana, "Kim Sample", "Soft Sample", industry="software")
    card = added(db, cast.ana, industry="Enterprise software", note="asks about security")
    assert suggested(db, cast.ana, other) is None
    assert suggested(db, cast.ana, silent) is None
    resources.add(db, cast.ben, PLAIN, NOW)
    gift = suggested(db, cast.ana, card)
    assert gift is not None
    assert gift.title == "SSO in two weeks"  # it fits better than what fits everybody
    plain = suggested(db, cast.ana, other)
    assert plain is not None
    assert plain.title == "A checklist"


def test_what_was_sent_is_remembered_with_whom_and_undone_exactly(db: Database, cast: Cast) -> None:
    resources.add(db, cast.ana, SSO, NOW)
    card = added(db, cast.ana)
    before = everything(db)
    sent(db, cast.ana, card, f"Does it help you? {SSO.url}, and once more {SSO.url}/")
    assert one(db, cast.ben).names == (("Dana Li", "Acme"),)
    last = shown(db, cast.ana, card).last_touch
    assert last is not None
    assert last.note == f"Does it help you? {SSO.url}, and once more {SSO.url}/"
    changes.undo(db, cast.ana, None, NOW + HOUR)
    assert everything(db) == before


def test_a_deleted_one_stays_known_when_it_comes_back_under_another_title(db: Database, cast: Cast) -> None:
    resources.add(db, cast.ana, PLAIN, NOW)
    card = added(db, cast.ana)
    sent(db, cast.ana, card, f"Does it help you? {PLAIN.url}")
    resources.delete(db, cast.ana, one(db, cast.ana).resource.id, NOW)
    resources.add(db, cast.ana, Offer("Another title", PLAIN.url), NOW)
    assert suggested(db, cast.ana, card) is None


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(count=strategies.integers(1, 4), logged=strategies.lists(strategies.booleans(), min_size=1, max_size=6))
def test_no_resource_is_ever_suggested_to_one_person_twice(
    db: Database, cast: Cast, count: int, logged: list[bool]
) -> None:
    """Ana sends whatever is suggested, or does not; what she sent never comes again."""
    run = f"{count}{''.join(map(str, logged))}{len(shelf(db, cast.ana))}"
    for number in range(count):
        resources.add(db, cast.ana, Offer(f"Paper {number} {run}", f"https://example.com/{run}/{number}"), NOW)
    card = added(db, cast.ana, f"Dana {run}")
    had: list[str] = []
    for is_sent in logged:
        gift = suggested(db, cast.ana, card)
        assert gift is None or gift.url not in had
        if gift is not None and is_sent:
            sent(db, cast.ana, card, f"Does this help you? {gift.url}")
            had.append(gift.url)
