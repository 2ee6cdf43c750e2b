"""Ana names a day she does not work: what is meant is said, and the other day is one press away."""

from datetime import UTC, datetime

from bot.storage import steps
from bot.views import ids
from tests.stories.conftest import Opened
from tests.support.app import Story, labels, read

FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SO_PLANNED = "Sat 21 Nov is a day off for you, so it is planned for Mon 23 Nov."
LISTED = "Sat 21 Nov is a day off for you: it will be in your list of Mon 23 Nov."


def due(story: Story, name: str) -> str:
    """When the next step of somebody is planned, on Ana's clock."""
    with story.db.read() as tx:
        step = steps.open_of(tx, story.sandbox.workspace.team_id, story.prospect(name).id)
    assert step is not None
    assert step.promised
    return f"{story.member(story.ana).local(step.due_at):%a %d %b %H:%M}"


async def test_tomorrow_said_on_a_friday_is_monday_and_the_answer_says_so(both: Story) -> None:
    await both.moves_to(FRIDAY)
    added = await both.told(both.ana, "add Dana Li, Acme, call tomorrow 10am")
    assert due(both, "Dana Li") == "Mon 23 Nov 10:00"
    assert SO_PLANNED in added.text
    assert SO_PLANNED in read(added)
    assert "*Step*  call Mon 23 Nov 2026 10:00   _from “call tomorrow 10am”_" in read(added)
    assert labels(added) == ["Sat 21 Nov after all", "Edit", "Undo"]

    await both.clicks(both.ana, added, label="Sat 21 Nov after all")
    assert due(both, "Dana Li") == "Sat 21 Nov 10:00"
    assert LISTED in both.screen(both.ana).text
    await both.told(both.ana, "undo")
    assert due(both, "Dana Li") == "Mon 23 Nov 10:00"


async def test_a_saturday_that_is_named_stays_one_and_is_moved_by_one_press(both: Story) -> None:
    await both.moves_to(FRIDAY)
    added = await both.told(both.ana, "add Dana Li, Acme, call sat 11am")
    assert due(both, "Dana Li") == "Sat 21 Nov 11:00"
    assert LISTED in added.text
    assert labels(added) == ["Move to Mon 23 Nov", "Edit", "Undo"]

    stale = added.snapshot()
    await both.clicks(both.ana, added, label="Move to Mon 23 Nov")
    assert due(both, "Dana Li") == "Mon 23 Nov 11:00"
    assert "day off" not in both.screen(both.ana).text
    await both.clicks(both.ana, stale, label="Move to Mon 23 Nov")
    assert "Nothing was changed now" in both.screen(both.ana).text
    assert due(both, "Dana Li") == "Mon 23 Nov 11:00"


async def test_what_is_typed_later_or_into_a_form_is_read_the_same_way(story: Story) -> None:
    await story.moves_to(FRIDAY)
    await story.told(story.ana, "add Dana Li, Acme, call mon 9am")
    edited = await story.told(story.ana, "edit dana call tomorrow 9am")
    assert due(story, "Dana Li") == "Mon 23 Nov 09:00"
    assert SO_PLANNED in edited.text
    assert "Step: call Mon 23 Nov 2026 09:00 (from “call tomorrow 9am”)" in edited.text
    assert "Sat 21 Nov after all" in labels(edited)

    named = await story.told(story.ana, "edit dana call sat 9am")
    assert due(story, "Dana Li") == "Sat 21 Nov 09:00"
    assert LISTED in named.text
    assert "day off" not in (await story.told(story.ana, "note dana wants SSO")).text

    await story.types(story.ana, "add")
    await story.submits(story.ana, name="Eli Wu", next="call tomorrow 5pm")
    assert due(story, "Eli Wu") == "Mon 23 Nov 17:00"
    assert SO_PLANNED in story.heard()


async def test_a_manager_who_plans_for_somebody_else_is_told_too(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme, call mon 9am")
    await story.moves_to(FRIDAY)
    assert SO_PLANNED in (await story.told(story.cleo, "edit dana call tomorrow 10am")).text
    assert due(story, "Dana Li") == "Mon 23 Nov 10:00"


async def test_a_promise_put_off_to_tomorrow_in_the_list_goes_to_the_same_monday(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme, call tomorrow 10am")
    await story.told(story.ana, "add Eli Wu, Beta, call tomorrow 11am")
    await story.moves_to(FRIDAY)
    await story.told(story.ana, "today")
    await story.told(story.ana, "1 snooze tomorrow; 2 snooze sat")
    assert (due(story, "Dana Li"), due(story, "Eli Wu")) == ("Mon 23 Nov 10:00", "Sat 21 Nov 11:00")


async def test_a_saturday_picked_in_a_row_of_the_digest_is_told_beside_it(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme, call tomorrow 10am")
    await story.told(story.ana, "add Eli Wu, Beta")
    await story.moves_to(FRIDAY)
    digest = story.digest(story.ana)
    await story.clicks(story.ana, digest, ids.SNOOZE, ids.PICK_DATE, row="Dana Li")
    await story.submits(story.ana, on="2026-11-21")
    assert "snoozed to Sat 21 Nov" in read(digest)
    assert story.screen(story.ana).text == f"Dana Li at Acme: {LISTED}"
    await story.clicks(story.ana, story.screen(story.ana), label="Move to Mon 23 Nov")
    assert due(story, "Dana Li") == "Mon 23 Nov 10:00"

    await story.clicks(story.ana, digest, ids.SNOOZE, ids.PICK_DATE, row="Eli Wu")
    await story.submits(story.ana, on="2026-11-21")
    assert "snoozed to Mon 23 Nov" in read(digest)
    assert story.screen(story.ana).text == f"Eli Wu at Beta: {SO_PLANNED}"
    await story.clicks(story.ana, story.screen(story.ana), label="Sat 21 Nov after all")
    assert due(story, "Eli Wu").startswith("Sat 21 Nov")


async def test_a_snooze_that_is_typed_says_what_became_of_the_saturday(story: Story) -> None:
    await story.moves_to(FRIDAY)
    await story.told(story.ana, "add Eli Wu, Beta")
    assert SO_PLANNED in (await story.told(story.ana, "snooze eli sat")).text
    assert SO_PLANNED in (await story.told(story.ana, "snooze eli tomorrow")).text
    assert "day off" not in (await story.told(story.ana, "snooze eli tue")).text


async def test_a_working_day_is_planned_without_a_word_and_a_holiday_of_ones_own_is_free(story: Story) -> None:
    await story.told(story.ana, "dayoff 20 nov -- Moving house")
    added = await story.told(story.ana, "add Dana Li, Acme, call tomorrow 10am")
    assert due(story, "Dana Li") == "Mon 23 Nov 10:00"
    assert "Fri 20 Nov is a day off for you, so it is planned for Mon 23 Nov." in added.text
    plain = await story.told(story.ana, "add Eli Wu, Beta, call mon")
    assert "day off" not in plain.text
    assert not [each for each in str(plain.blocks).split() if ids.OTHER_DAY in each]


async def test_the_time_that_a_night_leaves_out_is_read_back_as_it_is_planned(opened: Opened) -> None:
    async with opened(at=datetime(2027, 3, 25, 9, 0, tzinfo=UTC)) as story:
        added = await story.told(story.ana, "add Dana Li, Acme, call sun 2:30am")
        assert due(story, "Dana Li") == "Sun 28 Mar 03:00"
        assert "*Step*  call Sun 28 Mar 2027 03:00   _from “call sun 2:30am”_" in read(added)
        assert "02:30" not in added.text
