"""Of any number who claim the same thing at once, exactly one gets it."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from bot.services import team
from bot.storage import deliveries, members, team_digests
from bot.storage.engine import Database
from bot.storage.records import Delivery, Member, TeamDigest
from bot.storage.tables import DeliveryKind, DeliveryState
from bot.storage.tables import deliveries as table
from tests.support.cast import NOW, TODAY, WORKSPACE, Cast, known
from tests.support.together import errors, together

ROWS, CLAIMERS = 50, 8
UNTIL = NOW + timedelta(seconds=30)


def opened(db: Database, recipient: str, number: int) -> int | None:
    with db.begin() as tx:
        subject = f"row:{number}"
        return deliveries.open_once(tx, WORKSPACE, DeliveryKind.NEWS, recipient, TODAY, NOW, subject=subject)


def claimer(db: Database, waiting: list[Delivery]) -> Callable[[], int]:
    """Somebody who tries every row, each in a transaction of its own; how many were won."""

    def claim() -> int:
        won = 0
        for delivery in waiting:
            with db.begin() as tx:
                won += deliveries.lease(tx, delivery, UNTIL)
        return won

    return claim


def test_four_hundred_claims_on_fifty_rows_are_won_fifty_times(db: Database, cast: Cast) -> None:
    for number in range(ROWS):
        opened(db, cast.ana.member.id, number)
    with db.read() as tx:
        waiting = deliveries.waiting(tx, NOW, ROWS)
    outcomes = together(*(claimer(db, waiting) for _ in range(CLAIMERS)))
    assert errors(outcomes) == []
    assert sum(won for won in outcomes if isinstance(won, int)) == ROWS
    with db.read() as tx:
        rows = tx.execute(select(table.c.state, table.c.attempts)).all()
    assert [tuple(row) for row in rows] == [(DeliveryState.LEASED, 1)] * ROWS


def test_of_many_who_open_the_same_delivery_one_does(db: Database, cast: Cast) -> None:
    outcomes = together(*[lambda: opened(db, cast.ana.member.id, 1)] * CLAIMERS)
    assert errors(outcomes) == []
    assert len([number for number in outcomes if number is not None]) == 1


def test_of_many_who_move_a_members_digest_one_does(db: Database, cast: Cast) -> None:
    seen = known(db, cast.ana)

    def move(member: Member) -> bool:
        with db.begin() as tx:
            return members.move(tx, member, "next_digest_at", NOW + timedelta(days=1))

    assert sorted(map(str, together(*[lambda: move(seen)] * CLAIMERS))) == ["False"] * (CLAIMERS - 1) + ["True"]


def test_of_many_who_move_a_channels_digest_one_does(db: Database, cast: Cast) -> None:
    team.set_up(db, cast.ana, "C0DEALS", NOW)
    seen = team.current(db, WORKSPACE, "C0DEALS")
    assert seen is not None

    def move(digest: TeamDigest) -> bool:
        with db.begin() as tx:
            return team_digests.move(tx, digest, NOW + timedelta(days=7))

    assert sorted(map(str, together(*[lambda: move(seen)] * CLAIMERS))) == ["False"] * (CLAIMERS - 1) + ["True"]
