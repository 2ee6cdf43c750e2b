"""Everybody is spoken to in her own language: as in her Slack, or as she chose, from that answer on."""

from datetime import UTC, datetime

from bot.views import ids
from tests.support.app import Story, options, read

BERLIN, NEW_YORK = datetime(2026, 11, 23, 7, 45, tzinfo=UTC), datetime(2026, 11, 23, 13, 45, tzinfo=UTC)
"""08:45 on Monday."""


async def test_who_has_slack_in_german_reads_german_at_once_and_english_once_she_chooses_it(both: Story) -> None:
    """Ana reads German, chooses English by typing, and her answer, digest and Home are English; Ben keeps his."""
    story = both
    story.ana.locale = story.ben.locale = "de-DE"
    for person in (story.ana, story.ben):
        assert "Deine Tagesliste ist an" in (await story.told(person, "settings")).text

    chosen = await story.told(story.ana, "settings language english")
    assert chosen.text.startswith("Saved. Your daily digest is on: 08:45 (Europe/Berlin) on Mon–Fri.")
    assert "Language: English." in chosen.text
    home = await story.sandbox.open_home(story.ana)
    assert "Type it anywhere" in read(home)
    assert "Tippe es, wo du gerade bist" in read(await story.sandbox.open_home(story.ben))

    await story.told(story.ana, "add Dana Li, Acme, call mon")
    await story.told(story.ben, "add Eve Sample, Beta, call mon")
    await story.moves_to(BERLIN)
    await story.moves_to(NEW_YORK)
    assert "1 follow-up today · Mon 23 Nov" in read(story.digest(story.ana))
    assert "1 Follow-up heute · Mo., 23. November" in read(story.digest(story.ben))


async def test_taking_the_choice_back_is_answered_in_the_language_that_holds_again(story: Story) -> None:
    story.ana.locale = "de-DE"
    chosen = await story.told(story.ana, "settings language en")
    await story.clicks(story.ana, chosen, label="Undo")
    assert story.member(story.ana).language is None
    assert "Undone" not in story.heard()
    assert "Deine Tagesliste" in (await story.told(story.ana, "settings")).text


async def test_the_form_offers_each_language_by_its_own_name_and_home_is_drawn_in_the_one_that_is_picked(
    story: Story,
) -> None:
    home = await story.sandbox.open_home(story.ana)
    assert home is not None
    await story.clicks(story.ana, home, label="Settings")
    assert "Language: as in Slack." in read(home)
    await story.clicks(story.ana, home, label="Change")
    offered = options(story.form(story.ana), "language")
    assert offered == {"Automatic (as in Slack)": "auto", "English": "en", "Deutsch": "de"}

    await story.submits(story.ana, language="de")
    assert "Sprache: Deutsch." in read(home)
    await story.clicks(story.ana, home, ids.SETTINGS)
    title = story.form(story.ana).title
    assert title is not None
    assert title["text"] == "Einstellungen"
    await story.submits(story.ana, language="auto")
    assert "Language: as in Slack." in read(home)


async def test_a_language_that_is_not_spoken_changes_nothing_and_those_that_are_stand_in_the_answer(
    story: Story,
) -> None:
    answer = await story.told(story.ana, "settings language french")
    assert answer.text.startswith("I speak: English, Deutsch. Nothing was changed.")
    assert story.member(story.ana).language is None
