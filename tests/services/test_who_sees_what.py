"""Whom each surface leads to, for each kind of person: the team's prospects for the team, nothing for anybody else."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest

from bot.services import digests, finding, home, leave, merging, prospects, stalling, targets
from bot.services.actor import Actor
from bot.services.errors import Gone
from bot.services.finding import Query
from bot.services.home import EVERYBODY, Choice, Tab
from bot.storage import members as storage
from bot.storage.engine import Database
from bot.storage.tables import Role
from cadences.model import Stage
from tests.support import cast as people
from tests.support.cast import DAY, NOW, TODAY, Cast, added

LATER = NOW + 30 * DAY
"""By then everything is due, and stalled."""
ANAS, BENS, OTTOS = "Dana Li", "Eva Berg", "Otto Else"
Surface = Callable[[Database, Actor], set[str]]


@pytest.fixture
def cast(own_db: Database, the_cast: Cast) -> Cast:
    """The cast in a database of its own, with a prospect of Ana's, of Ben's, and one in another workspace."""
    people.gather_again(own_db, the_cast)
    added(own_db, the_cast.ana, ANAS, "Acme", email="dana@acme.example", note="wants SSO")
    added(own_db, the_cast.ben, BENS, "Beta", email="eva@beta.example")
    added(own_db, the_cast.otto, OTTOS, "Acme", email="dana@acme.example", note="wants SSO")
    return the_cast


def in_tab(tab: Tab, owner_id: str | None = None) -> Surface:
    """Whom a tab of App Home lists."""

    def names(db: Database, viewer: Actor) -> set[str]:
        shown = home.look(db, viewer.member, Choice(tab, owner_id), LATER)
        rows = {row.name for row in (item.row for item in shown.today.rows)} if shown.today else set()
        listed = {prospect.name for prospect, _ in shown.listed}
        return rows | listed | {deal.prospect.name for deal in shown.stalled}

    return names


def found_by(query: Query) -> Surface:
    """Whom a search finds."""
    return lambda db, viewer: {each.card.prospect.name for each in finding.find(db, viewer, query, LATER).found}


def named(words: str) -> Surface:
    """Whom a typed name may mean, as menus offer them while somebody types."""
    return lambda db, viewer: {prospect.name for prospect in targets.search(db, viewer, words)[0]}


def in_stalled_list(db: Database, viewer: Actor) -> set[str]:
    return {deal.prospect.name for deal in stalling.stalled_deals(db, viewer.member, LATER, everybody=True)}


def in_day(db: Database, viewer: Actor) -> set[str]:
    return {item.row.name for item in digests.my_day(db, viewer.member, LATER).rows}


TEAMS: dict[str, Surface] = {
    "find a word": found_by(Query(("example",))),
    "find a stage": found_by(Query(stage=Stage.NEW)),
    "find what stalls": found_by(Query(stalled=True)),
    "the stalled": in_stalled_list,
}
"""What shows the whole team's prospects to all of it."""
OWN: dict[str, Surface] = {"my day": in_day} | {
    f"home {tab}": in_tab(tab) for tab in (Tab.TODAY, Tab.STALLED, Tab.CADENCES)
}
"""What shows one's own."""
MANAGERS: dict[str, Callable[[str], Surface]] = {
    f"home {tab}": partial(in_tab, tab) for tab in (Tab.TODAY, Tab.STALLED, Tab.CADENCES)
}
"""What shows another's, or everybody's, to who manages."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of person: who of the cast she is, her role, and whose prospects are hers to work on."""

    who: str
    role: Role
    holds: frozenset[str]

    @property
    def team(self) -> frozenset[str]:
        """Everybody whom she may see."""
        return frozenset({OTTOS}) if self.who == "otto" else frozenset({ANAS, BENS})

    def actor(self, db: Database, cast: Cast) -> Actor:
        """The person, in this role."""
        actor: Actor = getattr(cast, self.who)
        with db.begin() as tx:
            storage.change(tx, actor.workspace_id, actor.member.id, role=self.role)
        return people.fresh(db, actor)


REP, DEPUTY = Kind("ana", Role.REP, frozenset({ANAS})), Kind("ben", Role.REP, frozenset({BENS}))
KINDS = {
    "rep": REP,
    "teammate": DEPUTY,
    "manager": Kind("cleo", Role.MANAGER, frozenset()),
    "admin": Kind("cleo", Role.ADMIN, frozenset()),
    "other workspace": Kind("otto", Role.ADMIN, frozenset({OTTOS})),
}
each_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())


@each_kind
@pytest.mark.parametrize("surface", TEAMS.values(), ids=TEAMS.keys())
def test_the_team_sees_its_prospects_and_nobody_else_does(
    own_db: Database, cast: Cast, kind: Kind, surface: Surface
) -> None:
    assert surface(own_db, kind.actor(own_db, cast)) == kind.team


@each_kind
@pytest.mark.parametrize("surface", OWN.values(), ids=OWN.keys())
def test_a_list_of_ones_own_holds_nobody_else_s(own_db: Database, cast: Cast, kind: Kind, surface: Surface) -> None:
    assert surface(own_db, kind.actor(own_db, cast)) == kind.holds


@each_kind
@pytest.mark.parametrize("surface", MANAGERS.values(), ids=MANAGERS.keys())
def test_another_s_list_and_everybody_s_are_for_who_manages(
    own_db: Database, cast: Cast, kind: Kind, surface: Callable[[str], Surface]
) -> None:
    viewer = kind.actor(own_db, cast)
    manages = kind.role is not Role.REP
    of_ben = {BENS} if manages and kind.who != "otto" else kind.holds
    assert surface(cast.ben.member.id)(own_db, viewer) == of_ben
    assert surface(EVERYBODY)(own_db, viewer) == (kind.team if manages else kind.holds)


@each_kind
def test_typed_names_and_cards_lead_to_the_same_people(own_db: Database, cast: Cast, kind: Kind) -> None:
    viewer = kind.actor(own_db, cast)
    assert named("acme")(own_db, viewer) == ({OTTOS} if kind.who == "otto" else {ANAS})
    assert named("dana@acme.example")(own_db, viewer) == ({OTTOS} if kind.who == "otto" else {ANAS})
    for number, name in ((1, ANAS), (2, BENS), (3, OTTOS)):
        if name in kind.team:
            assert prospects.show(own_db, viewer, number).card.prospect.name == name
        else:
            with pytest.raises(Gone):
                prospects.show(own_db, viewer, number)


@each_kind
def test_who_was_merged_away_is_seen_by_nobody(own_db: Database, cast: Cast, kind: Kind) -> None:
    merging.merge(own_db, cast.cleo, 2, 1, NOW)
    viewer = kind.actor(own_db, cast)
    surfaces = [*TEAMS.values(), *OWN.values(), *(of(EVERYBODY) for of in MANAGERS.values()), named("beta")]
    assert [surface for surface in surfaces if BENS in surface(own_db, viewer)] == []


def test_a_deputy_works_on_what_she_holds_while_its_owner_is_away(own_db: Database, cast: Cast) -> None:
    leave.take(own_db, cast.ana, TODAY, LATER.date() + DAY, NOW, deputy_id=cast.ben.member.id)
    ben = DEPUTY.actor(own_db, cast)
    assert in_day(own_db, ben) == in_tab(Tab.TODAY)(own_db, ben) == {ANAS, BENS}
    assert in_tab(Tab.STALLED)(own_db, ben) == {BENS}
