"""The daily digest: when it comes, when it does not, how it is turned and worked through."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.services import prospects
from bot.services.actor import Actor, Origin
from bot.services.details import Details
from bot.services.promises import Wish
from bot.storage.tables import DeliveryState
from bot.views import ids
from cadences import calendar
from tests.stories.conftest import Opened
from tests.support.app import Story, labels, read
from tests.support.rows import forgotten

FRIDAY_MORNING = datetime(2026, 11, 20, 7, 45, tzinfo=UTC)
"""08:45 in Berlin."""
NEW_YORK_MORNING = datetime(2026, 11, 20, 13, 45, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 21, 7, 45, tzinfo=UTC)
MONDAY_MORNING = datetime(2026, 11, 23, 7, 45, tzinfo=UTC)
RTL = "דנה לוי"


async def thirty_due(story: Story, name: str = "Dana") -> None:
    await story.told(story.ana, "help")
    ana, friday_at_nine = Actor(story.member(story.ana), Origin.COMMAND), Wish(FRIDAY_MORNING.date(), time(9))
    for number in range(30):
        details = Details(f"{name} {number:02d}", f"Sample {number:02d}")
        prospects.add(story.db, ana, details, story.now, wish=friday_at_nine)


async def test_nothing_due_is_silence_with_a_logged_reason(story: Story) -> None:
    await story.told(story.ana, "help")
    await story.moves_to(FRIDAY_MORNING)
    assert story.messages(story.ana) == []
    assert [(each.state, each.reason) for each in story.outbox()] == [(DeliveryState.SKIPPED, "nothing due")]


async def test_the_load_line_counts_what_is_done(story: Story) -> None:
    for number in range(3):
        await story.told(story.ana, f"add Dana {number}, Sample {number}, call tomorrow 9am")
    await story.moves_to(FRIDAY_MORNING)
    digest = story.digest(story.ana)
    assert "3 promised" in digest.text
    await story.clicks(story.ana, digest, ids.MORE, ids.REPLIED, row="Dana 1")
    assert "1 of 3 done" in digest.text
    assert "1 of 3 done" in read(digest)
    for name in ("Dana 0", "Dana 2"):
        await story.clicks(story.ana, digest, ids.MORE, ids.REPLIED, row=name)
    assert "3 of 3 done – all clear" in read(digest)


@pytest.mark.parametrize("name", ["Dana", RTL, "😀" * 20, "x" * 190, "&" * 190])
async def test_thirty_due_are_seven_and_a_button_and_every_page_can_be_drawn_and_worked(
    story: Story, name: str
) -> None:
    """However long the names are and whatever they are written in."""
    await thirty_due(story, name)
    await story.moves_to(FRIDAY_MORNING)
    digest = story.digest(story.ana)
    assert len(labels(digest, ids.LOG)) == 7
    assert "Show 23 more" in labels(digest)

    before = digest.snapshot()
    await story.clicks(story.ana, before, ids.PAGE_NEXT)
    await story.clicks(story.ana, before, ids.PAGE_NEXT)
    assert len(labels(digest, ids.LOG)) == 18
    await story.clicks(story.ana, digest, ids.MORE, ids.REPLIED, row="Sample 12")
    assert "1 of 30 done" in digest.text

    await story.clicks(story.ana, digest, ids.PAGE_NEXT)
    assert len(labels(digest, ids.LOG)) == 5
    await story.clicks(story.ana, digest, ids.PAGE_BACK)
    await story.clicks(story.ana, digest, ids.PAGE_BACK)
    assert len(labels(digest, ids.LOG)) == 7
    assert len(story.messages(story.ana)) == 1


async def test_my_day_can_be_turned_for_ones_own_eyes(story: Story) -> None:
    await thirty_due(story)
    await story.moves_to(FRIDAY_MORNING)
    mine = await story.told(story.ana, "", story.deals)
    await story.clicks(story.ana, mine, ids.PAGE_NEXT)
    assert len(labels(mine, ids.LOG)) == 18
    await story.clicks(story.ana, mine, ids.PAGE_BACK)
    assert len(labels(mine, ids.LOG)) == 7


async def test_each_member_hears_at_her_own_local_time(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme, call tomorrow 10am")
    await story.told(story.ben, "add Eli Wu, Beta, call tomorrow 10am")
    await story.moves_to(FRIDAY_MORNING)
    assert (len(story.messages(story.ana)), len(story.messages(story.ben))) == (1, 0)
    await story.moves_to(NEW_YORK_MORNING)
    assert (len(story.messages(story.ana)), len(story.messages(story.ben))) == (1, 1)


async def test_after_a_change_of_zone_in_slack_the_digest_follows_if_she_says_so(story: Story) -> None:
    """Ana flies to New York in the evening."""
    await story.told(story.ana, "add Dana Li, Acme, call tomorrow 10am")
    await story.sandbox.change_person(story.ana, tz="America/New_York")
    asked = story.digest(story.ana)
    assert "Slack says you are in America/New_York now" in asked.text
    await story.clicks(story.ana, asked, ids.ZONE_YES)
    await story.moves_to(FRIDAY_MORNING)
    assert story.messages(story.ana) == [asked]
    await story.moves_to(NEW_YORK_MORNING)
    assert "1 follow-up today" in story.digest(story.ana).text


async def test_a_paused_member_hears_nothing_until_she_is_back(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme, call tomorrow 10am")
    await story.told(story.ana, "pause mon")
    await story.moves_to(FRIDAY_MORNING)
    assert story.messages(story.ana) == []
    await story.moves_to(MONDAY_MORNING)
    assert "1 overdue" in story.digest(story.ana).text or "1 promised" in story.digest(story.ana).text


async def test_a_free_day_is_silent(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme, call tomorrow 10am")
    await story.told(story.ana, "settings days mon-thu")
    await story.moves_to(FRIDAY_MORNING)
    await story.moves_to(SATURDAY)
    assert story.messages(story.ana) == []
    await story.moves_to(MONDAY_MORNING)
    assert len(story.messages(story.ana)) == 1


async def test_a_deactivated_member_gets_nothing(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme, call tomorrow 10am")
    await story.sandbox.change_person(story.ana, deleted=True)
    await story.moves_to(FRIDAY_MORNING)
    assert story.sandbox.calls_of("chat.postMessage") == []


async def test_a_colleagues_click_elsewhere_redraws_the_owners_digest(story: Story) -> None:
    """Cleo, a manager, closes Ana's deal by typing; Ana's row says so at once."""
    await story.told(story.ana, "add Dana Li, Acme, call tomorrow 10am")
    await story.moves_to(FRIDAY_MORNING)
    await story.told(story.cleo, "won dana 9k")
    assert "won $9,000, 08:45 by cleo" in read(story.digest(story.ana))


async def test_every_row_of_the_menu_works(story: Story) -> None:
    """⋯: note, park, another channel, the card."""
    for name in ("Ada", "Bea", "Cid", "Dan"):
        await story.told(story.ana, f"add {name} Sample, Sampleco {name}, call tomorrow 9am")
    await story.moves_to(FRIDAY_MORNING)
    digest = story.digest(story.ana)
    await story.chooses(story.ana, digest, ids.NOTE, row="Ada")
    await story.submits(story.ana, note="likes tea")
    assert story.notes() == ["likes tea"]
    assert "Noted: Ada Sample" in story.screen(story.ana).text

    await story.chooses(story.ana, digest, ids.PARK, row="Bea")
    await story.submits(story.ana, on="2027-03-01")
    assert "parked until Mon 1 Mar 2027" in read(digest)

    await story.chooses(story.ana, digest, ids.LOG, row="Cid")
    await story.submits(story.ana, channel="sms")
    assert "texted 08:45" in read(digest)

    await story.chooses(story.ana, digest, ids.OPEN, row="Dan")
    assert "Timeline" in read(story.screen(story.ana))
    assert len(story.messages(story.ana)) == 1


async def test_a_snooze_can_be_picked_from_the_calendar_and_a_free_day_becomes_a_workday(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme")
    await story.moves_to(FRIDAY_MORNING)
    digest = story.digest(story.ana)
    await story.clicks(story.ana, digest, ids.SNOOZE, ids.PICK_DATE)
    await story.submits(story.ana, on="2026-12-05")
    assert "snoozed to Mon 7 Dec" in read(digest)


async def test_the_off_switch_is_in_the_footer(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme, call tomorrow 9am")
    await story.moves_to(FRIDAY_MORNING)
    digest = story.digest(story.ana)
    await story.clicks(story.ana, digest, ids.PAUSE)
    await story.submits(story.ana, on="2026-12-01")
    assert "No digests until Tue 1 Dec" in story.screen(story.ana).text
    await story.clicks(story.ana, story.screen(story.ana), ids.RESUME)
    assert "on again" in story.screen(story.ana).text

    await story.clicks(story.ana, digest, ids.SETTINGS)
    await story.submits(story.ana, time="07:15", days=["0", "1"], digest=["on"])
    assert "07:15 (Europe/Berlin) on Mon, Tue" in story.screen(story.ana).text


async def test_the_digest_comes_at_the_same_wall_time_when_clocks_change(opened: Opened) -> None:
    """In Berlin the clocks go forward on Sunday, 28 March 2027."""
    async with opened(at=datetime(2027, 3, 26, 10, 0, tzinfo=UTC)) as story:
        await story.told(story.ana, "add Dana Li, Acme, call mon 10am")
        await story.moves_to(datetime(2027, 3, 29, 6, 44, tzinfo=UTC))
        assert story.messages(story.ana) == []
        await story.moves_to(datetime(2027, 3, 29, 6, 45, tzinfo=UTC))
        assert len(story.messages(story.ana)) == 1


async def test_a_year_goes_by_in_seconds_with_one_digest_a_working_day_at_most(story: Story) -> None:
    """Ana works on whatever comes first; through both clock changes she hears once a day and never on a weekend."""
    for number in range(4):
        await story.told(story.ana, f"add Dana {number}, Acme {number}, call tomorrow 10am")
    first_on = story.now.date()
    for day in range(1, 366):
        morning = calendar.resolve(first_on + timedelta(days=day), time(8, 45), ZoneInfo("Europe/Berlin"))
        heard = len(story.messages(story.ana))
        await story.moves_to(morning)
        if len(story.messages(story.ana)) > heard:
            await story.chooses(story.ana, story.digest(story.ana), ids.REPLIED, row="1. ")
    said = [datetime.fromtimestamp(float(each.ts), ZoneInfo("Europe/Berlin")) for each in story.messages(story.ana)]
    days = [moment.date() for moment in said]
    assert len(days) == len(set(days)) > 50
    assert {moment.weekday() for moment in said} <= {0, 1, 2, 3, 4}
    assert {(moment.hour, moment.minute) for moment in said} == {(8, 45)}
    assert forgotten(story.db, story.house.identity.workspace_id) == []
