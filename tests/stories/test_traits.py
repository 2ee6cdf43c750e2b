"""What somebody is like to deal with: typed with the add, in the form, on the card, changed by one line or press."""

from datetime import time

from bot.views import ids
from cadences.model import Channel, Temperature
from tests.support.app import Story, labels, read

DANA = "add Dana Li, Acme, dana@acme.com, +49 30 901820, hot, prefers calls, best 14:00, linkedin.com/in/dana-li"


async def test_an_add_line_says_what_it_understood_and_from_which_words(story: Story) -> None:
    added = await story.told(story.ana, DANA)
    assert "temperature: hot" in added.text
    assert "prefers: call (from “prefers calls”)" in added.text
    assert "best time: 14:00 (from “best 14:00”)" in added.text
    kept = story.prospect("Dana Li")
    assert (kept.temperature, kept.preferred_channel, kept.best_time) == (Temperature.HOT, Channel.CALL, time(14))
    assert kept.profile_url == "https://linkedin.com/in/dana-li"


async def test_the_card_says_it_and_opens_mail_dialler_and_page(story: Story) -> None:
    await story.told(story.ana, DANA)
    card = await story.told(story.ana, "show dana")
    for fact in ("hot (set by hand)", "prefers call", "best 14:00 on their clock"):
        assert fact in card.text
        assert fact in read(card)
    assert labels(card, "link.mail") == ["Write an email"]
    assert labels(card, "link.phone") == ["Call"]
    assert labels(card, "link.page") == ["Profile page"]
    await story.clicks(story.ana, card, "link.page")


async def test_the_form_has_every_field_and_each_can_be_emptied(story: Story) -> None:
    await story.clicks(story.ana, await story.told(story.ana, DANA), label="Edit")
    form = read(story.form(story.ana))
    for label in (
        "Name", "Company", "Role", "Email", "Phone", "Profile page", "Deal value", "Stage", "Temperature", "Source",
        "Industry", "Time zone", "Preferred channel", "Best time", "Decides or closes by", "Contract renews on",
        "Next step", "Owner",
    ):  # fmt: skip
        assert label in form, label
    refused = await story.submits(story.ana, best_time="whenever", profile_url="javascript:alert(1)", zone="Mars")
    assert set(refused.errors) == {"best_time", "profile_url", "zone"}

    await story.submits(
        story.ana, best_time="", profile_url="", zone="", temperature="none", preferred_channel="none", industry="toys"
    )
    kept = story.prospect("Dana Li")
    assert (kept.temperature, kept.preferred_channel, kept.best_time, kept.profile_url) == (None,) * 4
    assert (kept.industry, kept.email) == ("toys", "dana@acme.com")
    await story.clicks(story.ana, story.screen(story.ana), ids.UNDO)
    assert story.prospect("Dana Li").temperature is Temperature.HOT


async def test_one_line_changes_what_it_names(story: Story) -> None:
    await story.told(story.ana, DANA)
    edited = await story.told(story.ana, "edit acme cold, value: $15k -- they went quiet")
    assert "Edited: Dana Li at Acme" in edited.text
    kept = story.prospect("Dana Li")
    assert (kept.temperature, kept.value_minor, kept.best_time) == (Temperature.COLD, 1_500_000, time(14))
    assert story.notes() == ["they went quiet"]
    await story.told(story.ana, "edit acme no temperature")
    assert "looks " in (await story.told(story.ana, "show acme")).text
    await story.told(story.ana, "undo")
    assert story.prospect("Dana Li").temperature is Temperature.COLD


async def test_a_line_that_names_no_change_opens_the_form_and_one_that_can_not_be_read_says_so(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.types(story.ana, "edit acme")
    assert story.form(story.ana).callback_id == ids.FORM_EDIT
    answer = await story.told(story.ana, "edit acme foo bar")
    assert "“foo bar”" in answer.text
    answer = await story.told(story.ana, "edit acme, foo")
    assert "I can't read that as one of their details" in answer.text
    answer = await story.told(story.ben, "edit acme hot")
    assert story.prospect("Dana Li").temperature is Temperature.HOT
    assert "ana" in answer.text


async def test_who_picks_up_and_never_writes_back_is_suggested_for_calls(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme, dana@acme.com, +49 30 901820")
    for line in ("log dana call connected", "log dana call connected", "log dana call connected", "log dana email"):
        await story.told(story.ana, line)
        await story.waits(days=3)
    card = await story.told(story.ana, "show dana")
    assert "Answered: 3 of 3 (call), 0 of 1 (email). Set call as preferred?" in card.text
    await story.clicks(story.ana, card, f"{ids.PREFER}call")
    assert story.prospect("Dana Li").preferred_channel is Channel.CALL
    assert "Set as preferred: call" in story.screen(story.ana).text
    await story.clicks(story.ana, story.screen(story.ana), ids.UNDO)
    assert story.prospect("Dana Li").preferred_channel is None


async def test_why_says_the_temperature_and_the_points_line_by_line(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme, $30k, call tomorrow 10am")
    answer = await story.told(story.ana, "why dana")
    assert answer.text == "Dana Li at Acme: looks hot; promised: 100; value: 20; 120 points in all"
    assert labels(answer, ids.SHOW) == ["Open"]
    await story.told(story.ana, "edit dana cold")
    assert "cold (set by hand); promised: 100" in (await story.told(story.ben, "why dana")).text
    await story.told(story.ana, "won dana")
    assert "nothing is planned" in (await story.told(story.ana, "why dana")).text
