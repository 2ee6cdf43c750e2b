"""Whatever people do in whatever order: nobody is forgotten, nothing bunches, and undo leads back byte for byte."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from bot.services import changes, prospects
from bot.services.actor import Actor
from bot.services.cards import Card
from bot.services.errors import AlreadyDone, DomainError, DoNotContactStands, NothingToUndo
from bot.services.targets import ByProspect
from bot.storage.engine import Database
from tests.support import cast as people
from tests.support import databases, laws, verbs
from tests.support.cast import NOW, WORKSPACE, added, asking
from tests.support.databases import Databases
from tests.support.rows import Rows, change_count, everything, forgotten
from tests.support.verbs import ALL, LOGGINGS, PARTICULAR

ACTIONS = list((ALL | LOGGINGS | PARTICULAR | {"take over": verbs.take_over}).items())
SPANS = [timedelta(minutes=20), timedelta(hours=7), timedelta(hours=30), timedelta(days=4)]


@dataclass(frozen=True)
class Made:
    """A change that stands, and everything as it was before it."""

    actor: Actor
    prospect_id: int
    change_id: int
    before: Rows


class Afternoon(RuleBasedStateMachine):
    """One manager, two prospects, and everything she may do to them, minutes or days apart."""

    open_database: Callable[[], Database]

    def __init__(self) -> None:
        """Two prospects of Ana's: of one an address is known, of the other nothing."""
        super().__init__()
        self.db = type(self).open_database()
        team = people.gather(self.db)
        self.cleo = team.cleo
        dana = added(self.db, team.ana, "Dana", "Dana Sample", email="dana@example.com")
        eli = added(self.db, team.ana, "Eli", "Eli Sample", close_on=verbs.IN_APRIL)
        self.ids = [dana.prospect.id, eli.prospect.id]
        self.start = everything(self.db)
        self.now, self.acts = NOW, 0
        self.done: list[Made] = []
        self.something_stands = False

    @rule(which=st.integers(0, 1), action=st.sampled_from(ACTIONS), span=st.sampled_from(SPANS))
    def act(self, which: int, action: tuple[str, verbs.Verb], span: timedelta) -> None:
        """Do something; it may be refused, and is then no change."""
        self.now += span
        self.acts += 1
        actor = asking(self.cleo, f"request {self.acts}")
        target, before, was = ByProspect(self.ids[which]), everything(self.db), self._card(self.ids[which])
        try:
            done = action[1](self.db, actor, target, self.now)
        except DomainError:
            assert everything(self.db) == before
            return
        stands = self._card(self.ids[which])
        assert laws.transition(done, was, stands) is None, laws.transition(done, was, stands)
        assert laws.bunched(done, was, stands) is None, laws.bunched(done, was, stands)
        self.done.append(Made(actor, self.ids[which], done.change.id, before))

    @precondition(lambda self: self.done)
    @rule(action=st.sampled_from(ACTIONS), data=st.data())
    def repeat(self, action: tuple[str, verbs.Verb], data: st.DataObject) -> None:
        """A request that comes again changes nothing, whatever it asks for."""
        made = data.draw(st.sampled_from(self.done))
        before, count = everything(self.db), change_count(self.db)
        with pytest.raises(AlreadyDone):
            action[1](self.db, made.actor, ByProspect(made.prospect_id), self.now)
        assert (everything(self.db), change_count(self.db)) == (before, count)

    @precondition(lambda self: self.done)
    @rule(span=st.sampled_from(SPANS))
    def undo(self, span: timedelta) -> None:
        """Take the last one back: everything is as it was. What stands for good changes nothing."""
        self.now += span
        self._take_back()

    @invariant()
    def nobody_is_forgotten_and_all_is_in_order(self) -> None:
        """Every open or parked prospect has a next step; the database itself refuses a second one."""
        assert forgotten(self.db, WORKSPACE) == []
        assert [law for number in self.ids for law in laws.broken(self._card(number))] == []
        assert laws.miscounted(self.db) == []

    def teardown(self) -> None:
        """Everything taken back is everything as it was, or as it was when something began to stand for good."""
        while self.done:
            self._take_back()
        assert everything(self.db) == self.start
        if not self.something_stands:
            with pytest.raises(NothingToUndo):
                changes.undo(self.db, self.cleo, None, self.now)

    def _take_back(self) -> None:
        last, before = self.done.pop(), everything(self.db)
        try:
            changes.undo(self.db, self.cleo, last.change_id, self.now)
        except DoNotContactStands:
            # An hour after they asked us to stop nothing takes that back: all that was done until now stands with it.
            assert everything(self.db) == before
            self.something_stands, self.done, self.start = True, [], before
        else:
            assert everything(self.db) == last.before

    def _card(self, prospect_id: int) -> Card:
        return prospects.show(self.db, self.cleo, prospect_id).card


@pytest.mark.parametrize("kind", databases.kinds())
def test_any_sequence_of_actions_keeps_everybody_and_can_be_undone_to_the_first_state(
    databases_here: Databases, kind: str
) -> None:
    examples = 60 if kind == databases.SQLITE else 5
    with databases_here.fresh(kind) as db:

        class Machine(Afternoon):
            @staticmethod
            def open_database() -> Database:
                databases.empty(db)
                return db

        run_state_machine_as_test(
            Machine,
            settings=settings(
                max_examples=examples, stateful_step_count=14, deadline=None, database=None, derandomize=True,
                suppress_health_check=list(HealthCheck), phases=[Phase.generate],  # a dozen steps are short enough
            ),
        )  # fmt: skip
