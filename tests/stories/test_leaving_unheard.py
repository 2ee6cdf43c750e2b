"""Somebody is deactivated in Slack, and no event says so: the app was down, or Slack gave up telling."""

from datetime import UTC, datetime

from bot import standing
from bot.services import silence
from bot.storage.tables import DeliveryKind, DeliveryState
from tests.support.app import Story, read

FRIDAY_MORNING = datetime(2026, 11, 20, 7, 45, tzinfo=UTC)
"""08:45 in Berlin."""
MONDAY_MORNING = datetime(2026, 11, 23, 7, 45, tzinfo=UTC)
TUESDAY_MORNING = datetime(2026, 11, 24, 7, 45, tzinfo=UTC)
DANA = "add Dana Li, Acme, $12k, call tomorrow 10am"


async def test_who_left_is_not_written_to_and_her_manager_hears_of_hers(both: Story) -> None:
    """Ana had her digest on Friday; on the weekend she leaves, and on Monday Slack would take her digest silently."""
    await both.told(both.cleo, "help")
    await both.told(both.ana, DANA)
    await both.moves_to(FRIDAY_MORNING)
    said = len(both.messages(both.ana))
    both.ana.deleted = True

    await both.moves_to(MONDAY_MORNING)
    assert len(both.messages(both.ana)) == said
    assert both.member(both.ana).is_deleted
    kept = [each for each in both.outbox() if each.recipient_id == both.ana.id][-1]
    assert (kept.state, kept.reason) == (DeliveryState.SKIPPED, silence.DEACTIVATED)
    await both.moves_to(TUESDAY_MORNING)
    assert "1 prospect of ana, who left, has nobody." in both.digest(both.cleo).text
    assert "All clear" not in read(both.digest(both.cleo))


async def test_she_is_missed_too_where_nothing_would_have_been_sent_to_her(story: Story) -> None:
    """Her digest is off, so that no message would have found out; the worker asks about everybody once a day."""
    await story.told(story.cleo, "help")
    await story.told(story.ana, DANA)
    await story.told(story.ana, "settings off")
    story.ana.deleted = True
    await standing.all_asked(story.house)
    assert story.member(story.ana).is_deleted
    await story.moves_to(FRIDAY_MORNING)
    assert "1 prospect of ana, who left, has nobody." in story.digest(story.cleo).text


async def test_nobody_waits_for_the_answer_of_who_left(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ben, "help")
    story.ana.deleted = True
    for line in ("nudge acme", "take acme"):
        assert "ana left, and would never answer" in (await story.told(story.ben, line)).text.lower()
    refused = (await story.told(story.cleo, "nudge acme")).text
    assert "left, and would never answer: take it over" in refused
    assert "/followup take Dana Li" in refused
    taken = await story.told(story.cleo, "take acme")
    assert story.prospect("Dana Li").owner_id == story.cleo.id
    assert "was told" not in taken.text
    assert not [each for each in story.outbox() if each.recipient_id == story.ana.id and each.kind in _SPOKEN]


async def test_a_manager_gives_away_what_she_had_before_anybody_was_told(story: Story) -> None:
    await story.told(story.ben, "help")
    await story.told(story.ana, DANA)
    story.ana.deleted = True
    assert "1 prospect of ana handed over to ben." in (await story.told(story.cleo, "assign @ana to @ben")).text
    assert story.prospect("Dana Li").owner_id == story.ben.id


async def test_of_a_single_one_she_is_not_said_to_have_been_told(story: Story) -> None:
    await story.told(story.ben, "help")
    await story.told(story.ana, DANA)
    story.ana.deleted = True
    given = (await story.told(story.cleo, "assign acme @ben")).text
    assert "ben was told." in given
    assert "ana" not in given.replace("Dana", "")


async def test_nothing_is_given_to_who_left(story: Story) -> None:
    await story.told(story.ben, "help")
    await story.told(story.ana, DANA)
    story.ben.deleted = True
    assert "en is deactivated in Slack" in (await story.told(story.ana, "assign acme @ben")).text
    await story.types(story.ana, "edit acme")
    assert "is deactivated in Slack" in (await story.submits(story.ana, owner=story.ben.id)).errors["owner"]
    assert story.prospect("Dana Li").owner_id == story.ana.id


async def test_nobody_who_left_stands_in(story: Story) -> None:
    await story.told(story.ben, "help")
    await story.told(story.ana, DANA)
    story.ben.deleted = True
    assert "en is deactivated in Slack" in (await story.told(story.ana, "away 1-4 dec @ben")).text


async def test_who_became_a_guest_counts_as_gone(story: Story) -> None:
    await story.told(story.ana, DANA)
    story.ana.is_restricted = True
    await story.moves_to(FRIDAY_MORNING)
    assert story.messages(story.ana) == []
    assert story.member(story.ana).is_deleted


async def test_another_zone_that_no_event_told_of_is_asked_about(story: Story) -> None:
    await story.told(story.ana, DANA)
    story.ana.tz = "America/New_York"
    await story.moves_to(FRIDAY_MORNING)
    assert any("America/New_York" in str(each.blocks) for each in story.messages(story.ana))
    assert story.member(story.ana).zone == "Europe/Berlin"


async def test_a_digest_comes_also_where_slack_does_not_tell_who_is_here(story: Story) -> None:
    await story.told(story.ana, DANA)
    story.expected_refusals = {"fatal_error"}
    story.sandbox.faults.error("users.info", "fatal_error")
    await story.moves_to(FRIDAY_MORNING)
    assert "Dana Li" in story.digest(story.ana).text


async def test_where_slack_asks_to_wait_what_is_known_does_for_the_whole_wave(story: Story) -> None:
    for person in (story.ana, story.ben):
        await story.told(person, "help")
    asked, wave = len(story.sandbox.calls_of("users.info")), standing.Standing(story.house)
    story.expected_refusals = {"ratelimited"}
    story.sandbox.faults.rate_limited("users.info")
    for person in (story.ana, story.ben, story.ana):
        assert await wave.of(story.member(person)) == story.member(person)
    assert len(story.sandbox.calls_of("users.info")) == asked + 1


async def test_everybody_is_asked_about_in_the_end_where_slack_asks_to_wait(story: Story) -> None:
    for person in (story.ana, story.ben, story.cleo):
        await story.told(person, "help")
    story.expected_refusals = {"ratelimited"}
    story.ana.deleted = story.ben.deleted = True
    story.sandbox.faults.rate_limited("users.info", retry_after=0)
    await standing.all_asked(story.house)
    assert [story.member(each).is_deleted for each in (story.ana, story.ben, story.cleo)] == [True, True, False]


_SPOKEN = frozenset({DeliveryKind.NUDGE, DeliveryKind.NEWS, DeliveryKind.QUESTION})
