"""What one of them caused in her language, the other reads in hers: facts are kept, and said to whoever looks."""

from datetime import UTC, datetime

import pytest

from bot.services import checkup, outbox
from bot.storage.tables import DeliveryKind
from bot.views import ids
from language.kept import keep_n
from tests.support.app import Story, read

MONDAY = datetime(2026, 11, 23, 7, 45, tzinfo=UTC)
"""08:45 in Berlin."""
OF_ANA = (DeliveryKind.DAILY, "U0ANA")
SAID = {
    "en": "public holidays of Germany, Bayern are free for the workspace",
    "de": "Feiertage (Deutschland, Bayern) sind frei",
}


@pytest.fixture
def german(story: Story) -> Story:
    """Ana's Slack speaks German; Cleo's speaks English."""
    story.ana.locale = "de-DE"
    return story


@pytest.mark.parametrize(("first", "then"), [("en", "de"), ("de", "en")])
async def test_holidays_that_were_chosen_in_one_language_are_named_in_the_other(
    story: Story, first: str, then: str
) -> None:
    await story.told(story.cleo, f"settings language {first}")
    await story.told(story.cleo, "holidays de-by for workspace")
    assert SAID[first] in (await story.told(story.cleo, "history")).text
    await story.told(story.cleo, f"settings language {then}")
    assert SAID[then] in (await story.told(story.cleo, "history")).text


async def test_promises_that_stay_on_a_free_day_are_named_with_their_day_in_her_language(german: Story) -> None:
    await german.told(german.ana, "add Pia Muster, Delta, call fri 10am")
    told = await german.told(german.ana, "settings days mon-thu")
    assert "Pia Muster" in told.text
    assert "Fr., 20. November" in told.text


async def test_what_was_agreed_begins_in_the_language_of_whoever_reads_it(german: Story) -> None:
    answer = await german.told(german.ana, "met Pia Muster @ Delta")
    await german.clicks(german.ana, answer, ids.RECAP)
    await german.submits(german.ana, point_1="SSO ist ein Muss")
    assert "Vereinbart:\n• SSO ist ein Muss" in read(await german.told(german.ana, "show pia"))
    assert "Recap:\n• SSO ist ein Muss" in read(await german.told(german.cleo, "show pia"))


async def test_why_a_do_not_contact_was_lifted_begins_in_the_language_of_whoever_reads_it(german: Story) -> None:
    await german.told(german.ana, "add Pia Muster, Delta")
    await german.told(german.ana, "stop pia")
    await german.told(german.cleo, "lift pia -- they wrote to us")
    assert "Kontaktsperre aufgehoben: they wrote to us" in read(await german.told(german.ana, "show pia"))
    assert "Do-not-contact lifted: they wrote to us" in read(await german.told(german.cleo, "show pia"))


async def test_why_a_digest_was_not_sent_is_said_in_the_language_of_its_reader_and_of_the_operator(
    german: Story,
) -> None:
    await german.told(german.ana, "add Pia Muster, Delta, call mon 10am")
    await german.moves_to(MONDAY)
    digest = [each for each in german.outbox() if (each.kind, each.recipient_id) == OF_ANA][-1]
    kept = keep_n(
        "given up after {count} try: {reason}", "given up after {count} tries: {reason}", 3, reason="ratelimited"
    )
    outbox.mark_failed(german.db, digest, kept)
    home = await german.sandbox.open_home(german.ana)
    assert "aufgegeben nach 3 Versuchen: ratelimited" in read(home)
    report = checkup.outbox(german.db, german.now)
    assert report.failed == ("1 × daily: given up after 3 tries: ratelimited",)


async def test_a_pause_is_read_by_the_operator_as_a_day(german: Story) -> None:
    await german.told(german.ana, "add Pia Muster, Delta, call mon 10am")
    await german.told(german.ana, "pause until tue")
    await german.moves_to(MONDAY)
    assert "2 × daily: paused until Tue 24 Nov" in checkup.outbox(german.db, german.now).skipped


async def test_her_zone_and_theirs_are_called_by_their_cities(german: Story) -> None:
    added = await german.told(german.ana, "add Pia Muster, Delta, call mon 10am, zone: Lissabon")
    assert "Lissabon" in added.text
    assert german.prospect("Pia Muster").zone == "Europe/Lisbon"
    assert "Europe/" not in read(await german.told(german.ana, "show pia"))
    assert "Europe/Lisbon" in read(await german.told(german.cleo, "show pia"))
