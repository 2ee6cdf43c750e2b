"""App Home as people use it: its tabs, filters and pages, the guide, and what a press in it leads to."""

from datetime import UTC, datetime

from bot.views import ids
from sandbox.model import Person, View
from tests.stories.conftest import Opened
from tests.support.app import Story, labels, options, read

FRIDAY_MORNING = datetime(2026, 11, 20, 7, 45, tzinfo=UTC)
DANA = "add Dana Li, Acme, $12k, call tomorrow 10am"


async def home_of(story: Story, person: Person) -> View:
    home = await story.sandbox.open_home(person)
    assert home is not None
    return home


async def turns_to(story: Story, person: Person, label: str) -> View:
    home = await home_of(story, person)
    await story.clicks(person, home, label=label)
    return home


def chosen(home: View) -> list[str]:
    """The tab that is marked as the one shown."""
    return [each["text"]["text"] for each in home.blocks[1]["elements"] if each.get("style") == "primary"]


async def test_every_tab_is_one_press_away_and_says_which_it_is(story: Story) -> None:
    await story.told(story.ana, DANA)
    home = await home_of(story, story.ana)
    assert chosen(home) == ["Today"]
    for label in ("Stalled", "Snoozed", "My cadences", "My week", "Settings", "Today"):
        await story.clicks(story.ana, home, label=label)
        assert chosen(home) == [label]
        spoken = [each["accessibility_label"] for each in home.blocks[1]["elements"]]
        assert f"{label}: shown now" in spoken
        assert len(set(spoken)) == len(spoken)


async def test_it_stays_on_its_tab_when_it_is_opened_again_and_after_each_press(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, "snooze dana tue")
    home = await turns_to(story, story.ana, "Snoozed")
    assert "snoozed once; next: call Tue 24 Nov" in read(home)
    assert chosen(await home_of(story, story.ana)) == ["Snoozed"]

    await story.clicks(story.ana, home, ids.WON)
    await story.submits(story.ana, amount="5k")
    assert chosen(home) == ["Snoozed"]
    assert "✓ Won $5,000: *Dana Li at Acme*" in read(home)
    assert "Dana Li" not in read(await home_of(story, story.ana))

    await story.clicks(story.ana, home, label="Add a prospect")
    await story.submits(story.ana, name="Eli Wu", next="call today 5pm")
    assert chosen(home) == ["Snoozed"]
    await story.clicks(story.ana, home, label="Today")
    assert "Eli Wu" in read(home)


async def test_what_was_just_done_stands_above_the_tab_with_its_undo_until_the_next_press(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.moves_to(FRIDAY_MORNING)
    home = await home_of(story, story.ana)
    await story.clicks(story.ana, home, ids.SNOOZE, next(iter(options(home, ids.SNOOZE).values())))
    assert "✓ Snoozed to Mon 23 Nov: *Dana Li at Acme*" in read(home)
    await story.clicks(story.ana, home, label="Undo")
    assert "↩️ Undone: snoozed to Mon 23 Nov" in read(home)
    assert "Undo" not in labels(home)
    await story.clicks(story.ana, home, label="Settings")
    assert "Undone" not in read(home)
    await story.clicks(story.ana, home, label="Change")
    await story.submits(story.ana, time="10:00")
    assert "Saved." in read(home)
    assert labels(home).count("Change") == 1
    await story.clicks(story.ana, home, label="Undo")
    assert "Saved." not in read(home)


async def test_an_edit_from_a_tab_offers_what_it_teaches(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, AC, call today 5pm")
    home = await home_of(story, story.ana)
    await story.clicks(story.ana, home, ids.MORE, ids.OPEN)
    await story.clicks(story.ana, story.form(story.ana), ids.EDIT)
    await story.submits(story.ana, company="Acme Corp")
    assert "Read “AC” as company Acme Corp from now on?" in read(home)
    await story.clicks(story.ana, home, ids.SHORTHAND_TEACH)
    assert "Shorthand “AC”: company Acme Corp" in read(home)


async def test_a_card_opened_from_a_tab_comes_back_to_it(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, "park dana until march")
    home = await turns_to(story, story.ana, "Snoozed")
    assert "parked until" in read(home)
    await story.clicks(story.ana, home, ids.MORE, ids.OPEN)
    await story.clicks(story.ana, story.form(story.ana), ids.WON)
    await story.submits(story.ana, amount="5k")
    assert chosen(home) == ["Snoozed"]
    assert "Dana Li" not in read(await home_of(story, story.ana))


async def test_stages_narrow_a_tab(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, "add Eli Wu, Beta, stage proposal, call tomorrow 10am")
    await story.moves_to(FRIDAY_MORNING)
    home = await home_of(story, story.ana)
    assert options(home, ids.HOME_STAGE)["Proposal"] == "proposal"
    await story.clicks(story.ana, home, ids.HOME_STAGE, "proposal")
    assert "Eli Wu" in read(home)
    assert "Dana Li" not in read(home)
    await story.clicks(story.ana, home, ids.HOME_STAGE, "any")
    assert "Dana Li" in read(home)


async def test_a_manager_looks_at_a_reps_day_and_a_rep_has_no_such_menu(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.moves_to(FRIDAY_MORNING)
    home = await home_of(story, story.cleo)
    assert "Dana Li" not in read(home)
    await story.clicks(story.cleo, home, ids.HOME_OWNER, "ana")
    assert "ana’s" in read(home)
    assert "Dana Li" in read(home)
    await story.clicks(story.cleo, home, ids.WON)
    await story.submits(story.cleo, amount="5k")
    assert "ana’s" in read(home)
    assert "Dana Li" not in read(await home_of(story, story.cleo))
    own = await home_of(story, story.ana)
    assert ids.HOME_OWNER not in str(own.blocks)


async def test_pages_are_turned_and_lead_back(story: Story) -> None:
    for number in range(20):
        await story.told(story.ana, f"add Sample {number}, call today 5pm")
    home = await home_of(story, story.ana)
    assert "Page 1 of 2" in read(home)
    await story.clicks(story.ana, home, label="Show 2 more")
    assert "Page 2 of 2" in read(home)
    await story.clicks(story.ana, home, ids.MORE, ids.REPLIED, row=row_in(home))
    assert "Page 2 of 2" in read(home)
    await story.clicks(story.ana, home, label="Back")
    assert "Page 1 of 2" in read(home)


def row_in(home: View) -> str:
    """The name in the first row."""
    return next(line.split("*")[1] for line in read(home).splitlines() if ". *" in line)


async def test_my_cadences_say_where_everybody_is_and_lead_to_the_cadence(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme")
    home = await turns_to(story, story.ana, "My cadences")
    assert "step 1 of" in read(home)
    await story.clicks(story.ana, home, label="Preview")
    assert story.form(story.ana).blocks
    await story.sandbox.close(story.ana, story.form(story.ana))
    await story.clicks(story.ana, home, label="Edit")
    assert story.form(story.ana).callback_id == ids.FORM_CADENCE
    await story.sandbox.close(story.ana, story.form(story.ana))
    await story.clicks(story.ana, home, label="Open")
    assert "Timeline" in read(story.form(story.ana))


async def test_my_week_counts_what_was_done_and_what_is_planned(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, "log dana call voicemail")
    home = await turns_to(story, story.ana, "My week")
    assert "Thu 19 Nov: 1 done, 0 planned (today)" in read(home)


async def test_settings_are_changed_where_they_stand(story: Story) -> None:
    home = await turns_to(story, story.ana, "Settings")
    assert "Your daily digest is on: 08:45" in read(home)
    await story.clicks(story.ana, home, label="Change")
    await story.submits(story.ana, time="07:00")
    assert "Your daily digest is on: 07:00" in read(home)
    assert chosen(home) == ["Settings"]


async def test_the_guide_stands_there_until_got_it_for_each_person(story: Story) -> None:
    home = await home_of(story, story.ana)
    assert "How it works" in read(home)
    assert "/followup add Kim Sample" in read(home)
    assert "How it works" in read(await home_of(story, story.ana))
    await story.clicks(story.ana, home, label="Got it")
    assert "How it works" not in read(home)
    assert "How it works" not in read(await home_of(story, story.ana))
    assert "How it works" in read(await home_of(story, story.ben))
    assert story.messages(story.ana) == []


async def test_its_samples_really_work(story: Story) -> None:
    home = await home_of(story, story.ana)
    lines = [line.strip("`") for line in read(home).splitlines() if line.startswith("`/followup")]
    assert len(lines) == 3
    for line in lines:
        answer = await story.told(story.ana, line.removeprefix("/followup "))
        assert "Nothing was" not in answer.text
    assert story.prospect("Kim Sample")


async def test_home_works_over_socket_mode(opened: Opened) -> None:
    async with opened(socket_mode=True) as story:
        home = await turns_to(story, story.ana, "Stalled")
        assert chosen(home) == ["Stalled"]


async def test_a_saved_view_shows_its_result_page_by_page(story: Story) -> None:
    for number in range(23):
        await story.told(story.ana, f"add Sample{number} Probe, Company{number}, call tomorrow 10am")
    await story.told(story.ana, "view save mine stage:new")
    await story.told(story.ana, "view save none stage:won")
    home = await home_of(story, story.ana)
    await story.clicks(story.ana, home, ids.HOME_VIEW, options(home, ids.HOME_VIEW)["mine"])
    assert "20 or more for stage new" in read(home)
    await story.clicks(story.ana, home, label="Show more")
    assert "Page 2 for stage new" in read(home)
    assert "Sample9 Probe" in read(home)
    await story.clicks(story.ana, home, label="Back")
    assert "20 or more" in read(home)
    await story.clicks(story.ana, home, ids.HOME_VIEW, options(home, ids.HOME_VIEW)["none"])
    assert "Nobody matches stage won." in read(home)
    await story.told(story.ana, "view delete none")
    home = await home_of(story, story.ana)
    assert "This view is kept no more." in read(home)
    await story.clicks(story.ana, home, label="Today")
    assert chosen(home) == ["Today"]


async def test_who_manages_sees_everybody_s_lists_with_whose_each_is(story: Story) -> None:
    """Cleo looks at the whole team; Ben's menu has no such choice."""
    await story.told(story.ana, DANA)
    await story.told(story.ben, "add Eva Berg, Beta, call tomorrow 10am")
    await story.moves_to(FRIDAY_MORNING)
    await home_of(story, story.ben)
    home = await home_of(story, story.cleo)
    await story.clicks(story.cleo, home, ids.HOME_OWNER, options(home, ids.HOME_OWNER)["Everybody"])
    for label in ("Today", "My cadences", "My week"):
        await story.clicks(story.cleo, home, label=label)
        assert "everybody’s" in read(home)
    assert "0 done, 2 planned" in read(home)
    await story.clicks(story.cleo, home, label="Today")
    assert "2 follow-ups" in read(home)
    assert "ana’s" in read(home)
    assert "ben’s" in read(home)
    assert ids.HOME_OWNER not in str((await home_of(story, story.ben)).blocks)


async def test_a_guest_is_led_to_nobody_by_any_line(story: Story) -> None:
    await story.told(story.ana, DANA)
    for line in ("", "find dana", "find stage:new", "show dana", "stalled", "views", "view save hot stage:new"):
        answer = await story.told(story.otto, line)
        assert "is for members of this workspace" in answer.text
        assert "Dana" not in answer.text


async def test_days_and_leave_are_one_press_from_the_settings(story: Story) -> None:
    await story.told(story.ana, DANA)
    home = await turns_to(story, story.ana, "Settings")
    await story.clicks(story.ana, home, label="Days and leave")
    assert "Your calendar" in read(story.form(story.ana))
    await story.clicks(story.ana, story.form(story.ana), label="Add a leave")
    await story.submits(story.ana, starts_on="2026-12-21", ends_on="2026-12-31")
    assert [each.ends_on.day for each in story.member(story.ana).leave] == [31]

    shown = await story.told(story.ana, "settings")
    await story.clicks(story.ana, shown, label="Days and leave")
    assert "Away Mon 21 Dec to Thu 31 Dec" in read(story.screen(story.ana))
