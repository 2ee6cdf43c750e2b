"""Days, leave, quiet hours and do-not-disturb, as people type, press and read them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from bot.services.calendars import Level
from bot.storage import tables
from bot.storage.tables import DeliveryKind, DeliveryState
from bot.views import ids
from cadences import calendar
from cadences.model import Stage
from language.kept import say_kept
from sandbox.model import Person
from tests.stories.conftest import Opened
from tests.support.app import Story, labels, read
from tests.support.rows import change_count, everything

FRIDAY_MORNING = datetime(2026, 11, 20, 7, 45, tzinfo=UTC)
MONDAY_MORNING = datetime(2026, 11, 23, 7, 45, tzinfo=UTC)
DANA = "add Dana Li, Acme, $12k, call tue 10am"
BAD = [
    "holidays atlantis", "dayoff", "dayoff someday", "dayoff 1 nov 2026", "workday", "workday 31 feb", "away",
    "away foo", "away 1-10 nov", "away 2026-01-01..2026-01-14", "away 20 dec - 1 dec 2026", "away fri @ben @cleo",
    "away fri @sam", "back", "back soon", "calendar frobnicate", "calendar remove 24 dec", "settings hours 18-8",
    "settings hours whenever", "settings cap 0", "settings cap 100000", "settings new 0", "settings team EMEA",
    "settings cap many", "dayoff 24 dec for workspace", "holidays de for team", "workday 5 dec for team EMEA",
]  # fmt: skip


def planned(story: Story, person: Person, name: str, on: date) -> None:
    """A prospect whose next step is that day, promised to nobody."""
    kept = story.prospect(name)
    due_at = calendar.resolve(on, time(9), story.member(person).calendar.zone)
    with story.db.begin() as tx:
        row = update(tables.steps).where(tables.steps.c.prospect_id == kept.id, tables.steps.c.closed_at.is_(None))
        tx.execute(row.values(due_at=due_at, promised=False, timed=False))


def step_day(story: Story, person: Person, name: str) -> date:
    with story.db.read() as tx:
        due_at = tx.execute(
            select(tables.steps.c.due_at).where(
                tables.steps.c.prospect_id == story.prospect(name).id, tables.steps.c.closed_at.is_(None)
            )
        ).scalar_one()
    return story.member(person).local(due_at).date()


def rests(story: Story, person: Person, **span: int) -> datetime:
    """Somebody's do-not-disturb is on from now; its end."""
    dnd = person.do_not_disturb
    dnd.enabled, dnd.next_start, dnd.next_end = True, story.now, story.now + timedelta(**span)
    return dnd.next_end


async def test_the_calendar_shows_days_as_they_apply_and_where_each_comes_from(story: Story) -> None:
    await story.told(story.cleo, "holidays germany for workspace")
    await story.told(story.cleo, "settings team EMEA")
    await story.told(story.ana, "settings team emea")
    await story.told(story.cleo, "dayoff 23 dec for team -- Team day")
    await story.told(story.ana, "dayoff 24 dec -- Christmas Eve")
    await story.told(story.ana, "away 28 dec - 3 jan")
    shown = read(await story.told(story.ana, "calendar"))
    for words in (
        "Your week: Mon–Fri, 08:00–18:00 (Europe/Berlin)", "at most 20 a day, 10 new ones", "Germany (the workspace's)",
        "Team: EMEA", "Wed 23 Dec  Team day (your team's)", "Thu 24 Dec  Christmas Eve (your own)",
        "Fri 25 Dec  Christmas Day (the workspace's)", "Away Mon 28 Dec to Sun 3 Jan 2027",
    ):  # fmt: skip
        assert words in shown, words


async def test_a_day_off_is_typed_undone_and_removed_by_button(both: Story) -> None:
    story = both
    await story.told(story.ana, DANA)
    planned(story, story.ana, "Dana Li", date(2026, 11, 24))
    before = everything(story.db)
    answer = await story.told(story.ana, "dayoff 24 nov -- moving house")
    assert "Tue 24 Nov is free (moving house)" in answer.text
    assert "1 planned step moved to the next working days" in answer.text
    assert step_day(story, story.ana, "Dana Li") == date(2026, 11, 25)
    await story.clicks(story.ana, answer, ids.UNDO)
    assert "Undone: Tue 24 Nov is free" in story.screen(story.ana).text
    assert everything(story.db) == before

    await story.told(story.ana, "dayoff 24 nov")
    shown = await story.told(story.ana, "calendar")
    await story.clicks(story.ana, shown, f"{ids.DAY_REMOVE}{Level.MINE.value}")
    assert "Nothing special on Tue 24 Nov any more" in story.screen(story.ana).text
    assert story.member(story.ana).rules.days_off == ()
    assert "24 Nov" not in read(await story.told(story.ana, "calendar"))


async def test_a_promise_on_a_free_day_stays_and_is_named(story: Story) -> None:
    await story.told(story.ana, DANA)
    answer = await story.told(story.ana, "dayoff 24 nov")
    assert "1 promise stays on a free day: Dana Li at Acme Tue 24 Nov" in answer.text


async def test_a_company_day_is_for_admins_and_silences_everybody(story: Story) -> None:
    await story.told(story.ana, DANA)
    refused = await story.told(story.ana, "dayoff 23 nov for workspace")
    assert "Only an admin can change everybody's days" in refused.text
    done = await story.told(story.cleo, "dayoff 23 nov for workspace -- Company day")
    assert "Mon 23 Nov is free (Company day) for the workspace" in done.text
    await story.moves_to(MONDAY_MORNING)
    assert story.messages(story.ana) == []
    await story.moves_to(MONDAY_MORNING + timedelta(days=1))
    assert "Dana Li" in story.digest(story.ana).text


async def test_what_can_not_be_read_changes_nothing_and_says_what_would_work(story: Story) -> None:
    await story.told(story.ana, DANA)
    kept, count = everything(story.db), change_count(story.db)
    for line in BAD:
        answer = await story.told(story.ana, line)
        assert "Nothing was changed" in answer.text or "/followup" in answer.text, line
        assert "went wrong" not in answer.text, line
        assert (everything(story.db), change_count(story.db)) == (kept, count), line


async def test_hours_caps_and_days_are_typed(story: Story) -> None:
    await story.told(story.ana, "settings hours 8:30-17:00")
    await story.told(story.ana, "settings cap 12")
    await story.told(story.ana, "settings new 4")
    await story.told(story.ana, "settings days sun-thu")
    ana = story.member(story.ana)
    assert (ana.opens_time, ana.closes_time, ana.due_cap, ana.new_cap) == (time(8, 30), time(17), 12, 4)
    assert ana.workdays == frozenset({6, 0, 1, 2, 3})
    widened = await story.told(story.ana, "settings time 6:30")
    assert "Your hours are 06:30 to 17:00 now, so that the digest is inside" in widened.text


async def test_the_settings_form_holds_hours_caps_and_holidays_with_errors_at_their_fields(story: Story) -> None:
    await story.clicks(story.ana, await story.told(story.ana, "settings"), label="Change")
    wrong = {"closes": "07:00", "opens": "09:30", "cap": "0", "new": "many", "country": "atlantis"}
    right = {"closes": "18:00", "opens": "08:00", "cap": "20", "new": "10", "country": ""}
    for field, value in wrong.items():
        refused = await story.submits(story.ana, **{**right, field: value})
        assert list(refused.errors) == [field], field
        assert change_count(story.db) == 0
    await story.submits(story.ana, opens="08:15", closes="19:00", cap="15", new="5", country="de-by")
    ana = story.member(story.ana)
    assert (ana.opens_time, ana.closes_time, ana.due_cap, ana.new_cap) == (time(8, 15), time(19), 15, 5)
    assert (ana.rules.country, ana.rules.subdivision) == ("DE", "BY")


async def test_a_leave_shifts_what_is_planned_and_back_ends_it(both: Story) -> None:
    story = both
    await story.told(story.ana, DANA)
    await story.told(story.ana, "add Eli Wu, Beta, call wed 10am")
    planned(story, story.ana, "Dana Li", date(2026, 11, 24))
    before = everything(story.db)
    answer = await story.told(story.ana, "away 23–27 nov")
    assert "Away Mon 23 Nov to Fri 27 Nov, back Mon 30 Nov" in answer.text
    assert "1 follow-up moved behind it" in answer.text
    assert "1 promise falls into your leave: Eli Wu at Beta Wed 25 Nov" in answer.text
    assert {"Undo", "Name a deputy"} <= set(labels(answer))
    assert step_day(story, story.ana, "Dana Li") == date(2026, 11, 30)
    assert "overlap" not in (await story.told(story.ana, "away thu-fri")).text
    await story.told(story.ana, "undo")
    assert everything(story.db) == before

    await story.told(story.ana, "away until mon")
    assert story.member(story.ana).leave[0].ends_on == date(2026, 11, 22)
    assert "Welcome back" in (await story.told(story.ana, "back")).text
    assert story.member(story.ana).leave == ()


async def test_a_leave_that_has_not_begun_is_taken_back_by_a_line_as_by_its_button(story: Story) -> None:
    await story.told(story.ana, "away 23–27 nov")
    answer = await story.told(story.ana, "calendar remove 23 nov")
    assert "The leave Mon 23 Nov to Fri 27 Nov is cancelled" in answer.text
    assert story.member(story.ana).leave == ()
    await story.clicks(story.ana, answer, ids.UNDO)
    assert [each.starts_on for each in story.member(story.ana).leave] == [date(2026, 11, 23)]


async def test_a_promise_in_a_leave_is_snoozed_or_given_to_a_deputy_from_the_answer(story: Story) -> None:
    await story.told(story.ben, "help")
    await story.told(story.ana, DANA)
    await story.told(story.ana, "add Eli Wu, Beta, call wed 10am")
    answer = await story.told(story.ana, "away 23–27 nov")
    await story.clicks(story.ana, answer, ids.SNOOZE, "2026-11-30", row="Dana Li")
    assert step_day(story, story.ana, "Dana Li") == date(2026, 11, 30)
    assert "Snoozed to Mon 30 Nov" in story.heard()
    await story.clicks(story.ana, answer, ids.LEAVE_DEPUTY)
    await story.submits(story.ana, deputy=story.ben.id)
    assert "ben stands in and has 1 follow-up due in these days" in story.heard()
    assert story.member(story.ana).leave[0].deputy_id == story.ben.id


async def test_a_deputy_is_told_once_acts_and_gives_it_all_back(story: Story) -> None:
    await story.told(story.ben, "help")
    await story.told(story.ana, DANA)
    answer = await story.told(story.ana, f"away 23-27 nov <@{story.ben.id}>")
    assert "ben stands in and has 1 follow-up due" in answer.text
    (news,) = [each for each in story.messages(story.ben) if "named you to stand in" in each.text]
    assert "ana is away Mon 23 Nov to Fri 27 Nov" in news.text

    await story.moves_to(datetime(2026, 11, 24, 13, 45, tzinfo=UTC))
    assert "Dana Li" in story.digest(story.ben).text
    assert not any("Dana Li" in each.text for each in story.messages(story.ana))
    await story.clicks(story.ben, story.digest(story.ben), ids.LOG, row="Dana Li")
    await story.clicks(story.ben, story.form(story.ben), label="Voicemail")
    assert story.prospect("Dana Li").owner_id == story.ana.id

    await story.moves_to(datetime(2026, 11, 30, 7, 45, tzinfo=UTC))
    assert "Welcome back." in story.digest(story.ana).text
    assert "ben made 1 follow-up with 1 prospect of yours" in story.digest(story.ana).text
    assert len([each for each in story.messages(story.ben) if "stand in" in each.text]) == 1


async def test_a_deputy_hears_of_the_leave_that_stands_and_not_of_those_undone_before(story: Story) -> None:
    """In Ben's night Ana types her leave three times; in the morning he hears of it once."""
    await story.told(story.ben, "help")
    await story.moves_to(datetime(2026, 11, 20, 8, 0, tzinfo=UTC))
    for _ in range(2):
        await story.told(story.ana, "away 1-14 dec @ben")
        await story.told(story.ana, "undo")
    await story.told(story.ana, "away 1-14 dec @ben")
    await story.moves_to(datetime(2026, 11, 20, 14, 0, tzinfo=UTC))
    (heard,) = story.messages(story.ben)
    assert "named you to stand in" in heard.text
    await story.told(story.ana, "undo")
    (heard,) = story.messages(story.ben)
    assert "ana’s leave Tue 1 Dec to Mon 14 Dec: you stand in no longer" in heard.text


async def test_the_same_deputy_named_once_more_is_said_to_stand_in_already(story: Story) -> None:
    await story.told(story.ben, "help")
    await story.told(story.ana, "add Eli Wu, Beta, call wed 10am")
    line = f"away 23-27 nov <@{story.ben.id}>"
    await story.told(story.ana, "away 23-27 nov")
    assert "ben stands in and has 1 follow-up due in these days." in (await story.told(story.ana, line)).text
    before, told = everything(story.db), len(story.messages(story.ben))
    answer = (await story.told(story.ana, line)).text
    assert "Ben stands in already and has 1 follow-up of these days. Nothing was changed." in answer
    assert (everything(story.db), len(story.messages(story.ben))) == (before, told)


async def test_the_answer_to_a_leave_counts_what_the_deputy_really_gets(story: Story) -> None:
    await story.told(story.ben, "help")
    for name in ("Dana Li, Acme", "Eli Wu, Beta"):
        await story.told(story.ana, f"add {name}, call fri 10am")
    ahead = await story.told(story.ana, f"away 23-27 nov <@{story.ben.id}>")
    assert "ben stands in; nothing is due in these days yet." in ahead.text
    assert "What is overdue when the leave begins goes to ben as well." in ahead.text
    assert "What is overdue when the leave begins comes to you as well." in story.messages(story.ben)[-1].text
    await story.told(story.ana, "undo")

    await story.moves_to(datetime(2026, 11, 21, 9, 0, tzinfo=UTC))
    ahead = await story.told(story.ana, f"away 23-27 nov <@{story.ben.id}>")
    assert "2 are overdue now: those that still are when the leave begins go to ben as well." in ahead.text
    await story.told(story.ana, "undo")

    running = await story.told(story.ana, f"away 21-27 nov <@{story.ben.id}>")
    assert "ben stands in and has 2 overdue follow-ups; nothing is due in these days yet." in running.text
    assert "overdue when the leave begins" not in running.text
    await story.told(story.ana, "undo")
    planned(story, story.ana, "Eli Wu", date(2026, 11, 24))
    running = await story.told(story.ana, f"away 21-27 nov <@{story.ben.id}>")
    assert "ben stands in and has 2 follow-ups: 1 overdue, 1 due in these days." in running.text


async def test_what_is_overdue_when_a_leave_begins_is_in_the_deputys_digest_and_home(story: Story) -> None:
    await story.told(story.ben, "help")
    await story.told(story.ana, "add Dana Li, Acme, call fri 10am")
    await story.told(story.ana, f"away 23-27 nov <@{story.ben.id}>")
    await story.moves_to(datetime(2026, 11, 23, 13, 45, tzinfo=UTC))
    assert "Dana Li" in story.digest(story.ben).text
    home = await story.sandbox.open_home(story.ben)
    await story.settle()
    assert "Dana Li" in read(home)
    await story.told(story.ana, "undo")
    await story.tick()
    assert "Dana Li" in (await story.told(story.ana, "today")).text
    assert "Nothing is due." in (await story.told(story.ben, "today")).text


async def test_the_return_offers_to_drop_what_died(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, "add Eli Wu, Beta, call wed 10am")
    for name in ("Dana Li", "Eli Wu"):
        planned(story, story.ana, name, date(2026, 11, 24))
    with story.db.begin() as tx:
        gone = update(tables.prospects).where(tables.prospects.c.name == "Dana Li")
        tx.execute(gone.values(close_on=date(2026, 11, 25)))
    await story.told(story.ana, "away 23–27 nov")
    await story.moves_to(datetime(2026, 11, 30, 7, 45, tzinfo=UTC))
    digest = story.digest(story.ana)
    assert "2 waited, and all of them are due today." in digest.text
    assert "1 died meanwhile: Dana Li at Acme." in digest.text
    await story.clicks(story.ana, digest, ids.WELCOME_DROP)
    assert story.prospect("Dana Li").stage is Stage.LOST
    assert "died meanwhile" not in story.digest(story.ana).text
    await story.clicks(story.ana, story.screen(story.ana), ids.UNDO)
    assert story.prospect("Dana Li").stage is Stage.NEW


async def test_a_nudge_in_the_evening_says_when_it_will_be_heard_and_comes_then(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme, call 18 dec")
    await story.told(story.cleo, "team mon 09:30", story.deals)
    await story.moves_to(datetime(2026, 11, 30, 8, 30, tzinfo=UTC))
    await story.moves_to(datetime(2026, 11, 30, 20, 0, tzinfo=UTC))
    digest = next(each for each in story.messages(story.deals) if ids.NUDGE in str(each.blocks))
    await story.clicks(story.cleo, digest, ids.NUDGE)
    assert "ana will be asked about Dana Li at Acme Tue 1 Dec 08:00" in story.heard()
    assert not any("asks how" in each.text for each in story.messages(story.ana))
    await story.moves_to(datetime(2026, 12, 1, 7, 0, tzinfo=UTC))
    assert any("asks how Dana Li" in each.text for each in story.messages(story.ana))


async def test_a_digest_waits_for_the_end_of_do_not_disturb(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme, call tomorrow 10am")
    await story.moves_to(FRIDAY_MORNING - timedelta(minutes=1))
    ends_at = rests(story, story.ana, hours=1)
    await story.moves_to(FRIDAY_MORNING)
    assert story.messages(story.ana) == []
    await story.moves_to(ends_at)
    assert len(story.messages(story.ana)) == 1
    assert "Dana Li" in story.digest(story.ana).text


async def test_a_digest_that_do_not_disturb_makes_too_late_merges_with_a_logged_reason(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme, call tomorrow 10am")
    await story.moves_to(FRIDAY_MORNING - timedelta(minutes=1))
    rests(story, story.ana, hours=4)
    await story.moves_to(FRIDAY_MORNING)
    (digest,) = [
        each for each in story.outbox() if each.kind is DeliveryKind.DAILY and each.recipient_id == story.ana.id
    ]
    assert (digest.state, say_kept(digest.reason or "")) == (
        DeliveryState.SKIPPED, "do not disturb until 12:44: it merges into the next"
    )  # fmt: skip
    await story.moves_to(MONDAY_MORNING)
    assert "Dana Li" in story.digest(story.ana).text


async def test_send_now_is_her_own_press_and_comes_at_once(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme, call today 5pm")
    settings = await story.told(story.ana, "settings")
    rests(story, story.ana, hours=4)
    await story.clicks(story.ana, settings, label="Send now")
    assert "Dana Li" in story.digest(story.ana).text


@pytest.mark.parametrize("trouble", ["missing_scope", "server", "slow"])
async def test_when_slack_does_not_tell_the_digest_comes_all_the_same(opened: Opened, trouble: str) -> None:
    async with opened() as story:
        story.expected_refusals = {"missing_scope", "ratelimited"}
        await story.told(story.ana, "add Dana Li, Acme, call tomorrow 10am")
        await story.told(story.ben, "add Eli Wu, Beta, call tomorrow 10am")
        if trouble == "missing_scope":
            story.app.scopes.discard("dnd:read")
        else:
            for _ in range(2):
                story.sandbox.faults.server_error("dnd.info")
        await story.moves_to(FRIDAY_MORNING)
        await story.moves_to(FRIDAY_MORNING + timedelta(hours=6))
        assert "Dana Li" in story.digest(story.ana).text
        assert "Eli Wu" in story.digest(story.ben).text
        said = [event for event in story.log if event["event"] == "do_not_disturb_unknown"]
        assert len(said) == 1, "it is logged once"


async def test_a_channel_hears_its_digest_whoever_rests(story: Story) -> None:
    await story.told(story.cleo, "team mon 09:30", story.deals)
    await story.told(story.ana, "add Dana Li, Acme, call 18 dec")
    await story.moves_to(datetime(2026, 11, 30, 8, 29, tzinfo=UTC))
    rests(story, story.cleo, hours=9)
    await story.moves_to(datetime(2026, 11, 30, 8, 30, tzinfo=UTC))
    assert any("Dana Li" in each.text for each in story.messages(story.deals))


async def test_what_may_have_been_said_is_settled_before_the_evening_puts_it_off(story: Story) -> None:
    """The nudge stood in Ana's messages, but the answer was lost; when the lease has run out her day is over."""
    story.expected_refusals = {"missing_scope"}
    await story.told(story.ana, "add Dana Li, Acme, call 18 dec")
    await story.told(story.cleo, "team mon 09:30", story.deals)
    await story.moves_to(datetime(2026, 11, 30, 8, 30, tzinfo=UTC))
    digest = next(each for each in story.messages(story.deals) if ids.NUDGE in str(each.blocks))
    await story.moves_to(datetime(2026, 11, 30, 16, 59, 50, tzinfo=UTC))
    story.sandbox.faults.dropped_after_success("chat.postMessage")
    await story.clicks(story.cleo, digest, ids.NUDGE)
    await story.moves_to(datetime(2026, 11, 30, 17, 5, tzinfo=UTC))
    await story.moves_to(datetime(2026, 12, 1, 8, 0, tzinfo=UTC))
    assert len([each for each in story.messages(story.ana) if "asks how Dana Li" in each.text]) == 1
    (nudge,) = [each for each in story.outbox() if each.kind is DeliveryKind.NUDGE]
    assert nudge.state is DeliveryState.FAILED
