"""Whatever people do in whatever order: nobody is forgotten, and undo leads back to the first state, byte for byte."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from bot.services import changes
from bot.services.actor import Actor
from bot.services.errors import AlreadyDone, DomainError, NothingToUndo
from bot.services.targets import ByProspect
from bot.storage.engine import Database
from tests.support import cast as people
from tests.support import databases, verbs
from tests.support.cast import NOW, WORKSPACE, added, asking
from tests.support.databases import Databases
from tests.support.rows import change_count, everything, forgotten
from tests.support.verbs import ALL, LOGGINGS

ACTIONS = list((ALL | LOGGINGS | {"take over": verbs.take_over}).items())


class Afternoon(RuleBasedStateMachine):
    """One manager, two prospects, and everything she may do to them, a minute apart."""

    open_database: Callable[[], Database]

    def __init__(self) -> None:
        """Two prospects of Ana's."""
        super().__init__()
        self.db = type(self).open_database()
        team = people.gather(self.db)
        self.cleo = team.cleo
        self.ids = [added(self.db, team.ana, name, f"{name} Sample").prospect.id for name in ("Dana", "Eli")]
        self.start = everything(self.db)
        self.now = NOW
        self.done: list[tuple[Actor, int]] = []

    @rule(which=st.integers(0, 1), action=st.sampled_from(ACTIONS))
    def act(self, which: int, action: tuple[str, verbs.Verb]) -> None:
        """Do something; it may be refused, and is then no change."""
        self._later()
        actor = asking(self.cleo, f"request {self.now.isoformat()}")
        before = everything(self.db)
        try:
            action[1](self.db, actor, ByProspect(self.ids[which]), self.now)
        except DomainError:
            assert everything(self.db) == before
        else:
            self.done.append((actor, self.ids[which]))

    @precondition(lambda self: self.done)
    @rule(action=st.sampled_from(ACTIONS), data=st.data())
    def repeat(self, action: tuple[str, verbs.Verb], data: st.DataObject) -> None:
        """A request that comes again changes nothing, whatever it asks for."""
        actor, prospect_id = data.draw(st.sampled_from(self.done))
        before, count = everything(self.db), change_count(self.db)
        with pytest.raises(AlreadyDone):
            action[1](self.db, actor, ByProspect(prospect_id), self.now)
        assert (everything(self.db), change_count(self.db)) == (before, count)

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        """Take the last one back."""
        self._later()
        changes.undo(self.db, self.cleo, None, self.now)
        self.done.pop()

    @invariant()
    def nobody_is_forgotten(self) -> None:
        """Every open or parked prospect has a next step; the database itself refuses a second one."""
        assert forgotten(self.db, WORKSPACE) == []

    def teardown(self) -> None:
        """Everything taken back is everything as it was."""
        for _ in self.done:
            self._later()
            changes.undo(self.db, self.cleo, None, self.now)
        with pytest.raises(NothingToUndo):
            changes.undo(self.db, self.cleo, None, self.now)
        assert everything(self.db) == self.start

    def _later(self) -> None:
        self.now += timedelta(hours=7)


@pytest.mark.parametrize("kind", databases.kinds())
def test_any_sequence_of_actions_keeps_everybody_and_can_be_undone_to_the_first_state(
    databases_here: Databases, kind: str
) -> None:
    examples = 20 if kind == databases.SQLITE else 5
    with databases_here.fresh(kind) as db:

        class Machine(Afternoon):
            @staticmethod
            def open_database() -> Database:
                databases.empty(db)
                return db

        run_state_machine_as_test(
            Machine,
            settings=settings(
                max_examples=examples, stateful_step_count=12, deadline=None, database=None, derandomize=True,
                suppress_health_check=list(HealthCheck), phases=[Phase.generate],  # a dozen steps are short enough
            ),
        )  # fmt: skip
