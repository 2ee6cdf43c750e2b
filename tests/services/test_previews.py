"""What a preview says is what then happens, with everything else that a member has to do."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from bot.services import cadences, previews, touches
from bot.services.actor import Actor
from bot.services.cards import Card
from bot.services.errors import Gone
from bot.services.touches import Made
from bot.storage import tables
from bot.storage.engine import Database
from cadences import library
from cadences.model import Cadence, Channel, StartsAfter
from cadences.work_calendar import DayOff, DayRules, Leave
from tests.support import cast as people
from tests.support import databases
from tests.support.cast import MONDAY, NOW, TODAY, Cast, added, by_prospect, fresh, step_of
from tests.support.databases import Databases

EXAMPLES = {"sqlite": 60, "postgresql": 15}
STARTED_BY_HAND = [each for each in library.all() if each.starts_after is not StartsAfter.CHECK_IN]
HALF_YEAR = 180


def days_ahead() -> st.SearchStrategy[date]:
    return st.integers(1, HALF_YEAR).map(lambda days: TODAY + timedelta(days=days))


def busy_days() -> st.SearchStrategy[list[date]]:
    """Promises on other days, mostly on the same few."""
    return st.lists(st.sampled_from([TODAY + timedelta(days=days) for days in range(1, 40)]), max_size=12)


def preferences() -> st.SearchStrategy[Channel | None]:
    """How they like to be reached; most never said."""
    return st.sampled_from([None, None, Channel.CALL, Channel.EMAIL, Channel.LINKEDIN])


def calendars() -> st.SearchStrategy[dict[str, Any]]:
    """How a member works: caps, week, company days, holidays and a leave."""
    leave = st.builds(lambda on, days: (Leave(on, on + timedelta(days=days)),), days_ahead(), st.integers(0, 20))
    rules = st.builds(
        lambda country, off: DayRules(country=country, days_off=tuple(DayOff(on, "Sample day") for on in off)),
        st.sampled_from([None, "DE", "US"]),
        st.lists(days_ahead(), max_size=3, unique=True),
    )
    return st.fixed_dictionaries(
        {
            "due_cap": st.integers(1, 4),
            "new_cap": st.integers(1, 3),
            "workdays": st.frozensets(st.integers(0, 6), min_size=1),
            "leave": st.just(()) | leave,
            "rules": rules,
        }
    )


@pytest.mark.parametrize("kind", databases.kinds())
def test_the_preview_equals_what_happens_with_load_holidays_and_leave(
    databases_here: Databases, the_cast: Cast, kind: str
) -> None:
    """Others are promised on the days around; each step is then logged at its due moment with the usual outcome."""
    with databases_here.fresh(kind) as db:

        @settings(
            max_examples=EXAMPLES[kind], deadline=None, database=None, derandomize=True, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(st.sampled_from(STARTED_BY_HAND), calendars(), busy_days(), st.booleans(), preferences())
        def replays(
            cadence: Cadence, member: dict[str, Any], busy: list[date], has_phone: bool, preferred: Channel | None
        ) -> None:
            databases.empty(db)
            people.gather_again(db, the_cast)
            with db.begin() as tx:
                tx.execute(update(tables.members).values(**member))
            ana = fresh(db, the_cast.ana)
            for number, on in enumerate(busy):
                added(db, ana, f"Sample {number}", f"Company {number}", on=on, at=time(11))
            reach: dict[str, Any] = {"email": "dana@example.com", "phone": "+493012345678" if has_phone else None}
            card = added(db, ana, on=MONDAY, preferred_channel=preferred, **reach)
            _replay(db, ana, card, cadence)

        replays()


def _replay(db: Database, actor: Actor, card: Card, cadence: Cadence) -> None:
    """The promise is kept first; then the cadence is previewed, started, and gone through."""
    promised = step_of(card)
    touches.log(db, actor, by_prospect(card), Made(), promised.due_at)
    now = promised.due_at + timedelta(hours=1)
    said = previews.with_prospect(db, actor, cadence, card.prospect.id, now)
    if cadence.key == "nudge":  # it is on that one already
        cadences.stop(db, actor, by_prospect(card), now)
    card = _card(cadences.start(db, actor, by_prospect(card), cadence, now).done.card)
    for dated in said.steps:
        step = step_of(card)
        assert step.planned == dated.planned
        card = _card(touches.log(db, actor, by_prospect(card), Made(), step.due_at).card)
    assert said.then is not None
    assert step_of(card).planned == said.then.planned


def _card(card: Card | None) -> Card:
    assert card is not None
    return card


def built_in(key: str) -> Cadence:
    cadence = library.get(key)
    assert cadence is not None
    return cadence


def test_a_full_day_moves_the_first_step_and_the_preview_says_so(db: Database, cast: Cast) -> None:
    """Ten new ones wait on Monday; what would be the eleventh is shown, and put, on Tuesday."""
    for number in range(10):
        added(db, cast.ana, f"Sample {number}", f"Company {number}")
    said = previews.plain(db, cast.ana, built_in("post-meeting"), NOW)
    first = said.steps[0]
    assert (first.planned.wanted_on, cast.ana.member.local(first.due_at).date()) == (MONDAY, date(2026, 11, 24))
    assert step_of(added(db, cast.ana)).planned == first.planned


def test_a_teammate_may_look_at_what_would_come(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    said = previews.with_prospect(db, cast.ben, built_in("persistent"), card.prospect.id, NOW)
    assert said.cal.zone.key == "Europe/Berlin"


def test_nobody_of_another_workspace_sees_anything(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    with pytest.raises(Gone):
        previews.with_prospect(db, cast.otto, built_in("persistent"), card.prospect.id, NOW)
