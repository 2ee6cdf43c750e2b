"""Two workspaces never see each other: Otto tries everything he could know a number of."""

from collections.abc import Callable

import pytest

from bot.services import closing, digests, members, notes, outbox, prospects, stalling, team
from bot.services.actor import Actor
from bot.services.errors import Gone
from bot.services.targets import ByProspect, ByStep
from bot.storage.engine import Database
from tests.support.cast import DAY, NOW, Cast, added, known, step_of
from tests.support.rows import everything

Peek = Callable[[Database, Actor, int, int], object]
PEEKS: dict[str, Peek] = {
    "show": lambda db, otto, prospect, _: prospects.show(db, otto, prospect),
    "open a form": lambda db, otto, prospect, _: prospects.card(db, otto, ByProspect(prospect)),
    "open a form by a step": lambda db, otto, _, step: prospects.card(db, otto, ByStep(step)),
    "open the edit form": lambda db, otto, prospect, _: prospects.card_to_edit(db, otto, prospect),
    "note": lambda db, otto, prospect, _: notes.add(db, otto, ByProspect(prospect), "hello", NOW),
    "win": lambda db, otto, _, step: closing.won(db, otto, ByStep(step), closing.Win(), NOW),
}


@pytest.mark.parametrize("peek", PEEKS.values(), ids=PEEKS.keys())
def test_what_is_in_another_workspace_does_not_exist_here(db: Database, cast: Cast, peek: Peek) -> None:
    card = added(db, cast.ana)
    before = everything(db, cursors=True)
    with pytest.raises(Gone):
        peek(db, cast.otto, card.prospect.id, step_of(card).id)
    assert everything(db, cursors=True) == before


def test_lists_hold_only_what_is_here(db: Database, cast: Cast) -> None:
    added(db, cast.ana, now=NOW - 40 * DAY)
    otto = known(db, cast.otto)
    assert stalling.stalled_deals(db, otto, NOW, everybody=True) == ()
    assert digests.my_day(db, otto, NOW + 4 * DAY).rows == ()


def test_the_same_people_of_two_workspaces_are_two_members(db: Database, cast: Cast) -> None:
    before = known(db, cast.ana)
    members.ensure(db, cast.otto.workspace_id, members.Profile("U0ANA", "Another Ana", "Asia/Tokyo"), NOW)
    assert known(db, cast.ana) == before
    members.pause(db, cast.otto, (NOW + 9 * DAY).date(), NOW)
    assert known(db, cast.ana) == before


def test_planning_anew_there_moves_nothing_here(db: Database, cast: Cast) -> None:
    team.set_up(db, cast.ana, "C0DEALS", NOW)
    before = everything(db, cursors=True)
    team.replan(db, cast.otto.workspace_id, "C0DEALS", NOW + 20 * DAY)
    members.replan_digest(db, cast.otto.workspace_id, cast.ana.member.id, NOW + 20 * DAY)
    assert everything(db, cursors=True) == before
    assert outbox.unsaid(db, cast.otto.workspace_id, cast.ana.member.id) is None
