"""What somebody who left has left behind."""

from datetime import timedelta

import pytest

from bot.services import changes, digests, leavers
from bot.services.errors import AlreadyDone, Gone, InvalidInput, NotAllowed
from bot.services.leavers import Left
from bot.storage import members as kept_members
from bot.storage.engine import Database
from bot.storage.records import Delivery, record
from bot.storage.tables import deliveries
from tests.support import verbs
from tests.support.cast import NOW, WORKSPACE, Cast, added, asking, by_prospect, shown, step_of
from tests.support.rows import delivery_count, everything

MONDAY_MORNING = NOW + timedelta(days=2, hours=18)


def leaves(db: Database, cast: Cast) -> None:
    """Ben is deactivated in Slack."""
    with db.begin() as tx:
        kept_members.change(tx, WORKSPACE, cast.ben.member.id, is_deleted=True)


def bens_three(db: Database, cast: Cast) -> None:
    """Ben had an open deal, a parked one, a lost one, and left."""
    added(db, cast.ben, "Dana Li")
    parked, lost = added(db, cast.ben, "Eve Sample", "Beta"), added(db, cast.ben, "Finn Sample", "Gamma")
    verbs.park(db, cast.ben, by_prospect(parked), NOW)
    verbs.lost(db, cast.ben, by_prospect(lost), NOW)
    leaves(db, cast)


def test_a_manager_s_next_digest_says_who_left_what_behind_also_where_nothing_is_due(db: Database, cast: Cast) -> None:
    bens_three(db, cast)
    digests.open_due(db, MONDAY_MORNING, 50)
    with db.read() as tx:
        found = [record(Delivery, row) for row in tx.execute(deliveries.select())]
    (cleos,) = [each for each in found if each.recipient_id == cast.cleo.member.id]
    seen = digests.view(db, WORKSPACE, cleos.id, MONDAY_MORNING)
    assert seen is not None
    assert seen.left == (Left("U0BEN", "Ben", 2),)
    assert digests.my_day(db, cast.ana.member, MONDAY_MORNING).left == ()


def test_everything_open_is_given_away_at_once_told_once_and_undone_exactly(db: Database, cast: Cast) -> None:
    card = added(db, cast.ben, "Gus Sample", "Delta")
    bens_three(db, cast)
    before = everything(db)
    given = leavers.give_all(db, cast.cleo, "U0BEN", "U0ANA", NOW)
    assert (given.count, delivery_count(db)) == (3, 1)
    assert step_of(shown(db, cast.ana, card)).owner_id == "U0ANA"
    assert leavers.all_left(db, cast.cleo) == ()
    changes.undo(db, cast.cleo, given.done.change.id, NOW)
    assert everything(db) == before


def test_only_a_manager_gives_away_and_only_what_somebody_who_left_had(db: Database, cast: Cast) -> None:
    added(db, cast.ana)
    bens_three(db, cast)
    before = everything(db)
    with pytest.raises(NotAllowed):
        leavers.give_all(db, cast.ana, "U0BEN", "U0ANA", NOW)
    with pytest.raises(NotAllowed):
        leavers.all_left(db, cast.ana)
    with pytest.raises(InvalidInput):
        leavers.give_all(db, cast.cleo, "U0ANA", "U0CLEO", NOW)
    with pytest.raises(Gone):
        leavers.give_all(db, cast.otto, "U0BEN", "U0OTTO", NOW)
    for nobody in ("U0BEN", "U0OTTO", "U0NOBODY"):
        with pytest.raises(InvalidInput):
            leavers.give_all(db, cast.cleo, "U0BEN", nobody, NOW)
    assert everything(db) == before


def test_the_same_request_again_gives_nothing_twice(db: Database, cast: Cast) -> None:
    bens_three(db, cast)
    cleo = asking(cast.cleo, "request 1")
    leavers.give_all(db, cleo, "U0BEN", "U0ANA", NOW)
    with pytest.raises(AlreadyDone):
        leavers.give_all(db, cleo, "U0BEN", "U0ANA", NOW)


def test_who_takes_them_herself_is_not_told(db: Database, cast: Cast) -> None:
    bens_three(db, cast)
    assert leavers.give_all(db, cast.cleo, "U0BEN", "U0CLEO", NOW).delivery_id is None
