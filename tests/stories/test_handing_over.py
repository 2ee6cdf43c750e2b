"""Asking, taking, giving and keeping: what is answered is true, in everybody's hours and outside of them."""

from datetime import UTC, datetime

from bot.storage.tables import DeliveryKind
from bot.views import ids
from sandbox.model import DoNotDisturb
from tests.stories.test_team import stalled
from tests.support.app import Story, labels, read

DANA = "add Dana Li, Acme, call 18 dec"
EVENING = datetime(2026, 11, 19, 21, 30, tzinfo=UTC)
"""A Thursday, 22:30 in Berlin and 16:30 in New York."""
MORNING = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
BEN_S_MORNING = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


async def here(story: Story) -> None:
    """Everybody has used the app, and Ana has Dana."""
    for person in (story.ben, story.cleo):
        await story.told(person, "help")
    await story.told(story.ana, DANA)


def heard(story: Story, words: str) -> list[str]:
    """Everything that was said to anybody with these words."""
    everybody = (story.ana, story.ben, story.cleo)
    return [each.text for person in everybody for each in story.messages(person) if words in each.text]


async def test_who_was_refused_today_is_told_so_and_not_that_an_answer_is_to_come(both: Story) -> None:
    await here(both)
    assert "You will hear the answer" in (await both.told(both.ben, "take dana")).text
    again = (await both.told(both.ben, "take dana")).text
    assert again == "ana was asked already (09:00) to hand Dana Li at Acme over to you. You will hear the answer."
    await both.told(both.ana, "keep dana")
    again = (await both.told(both.ben, "take dana")).text
    assert again == "ana answered already (09:00) and keeps Dana Li at Acme. Ask again tomorrow."
    await both.waits(days=1)
    assert "ana was asked to hand Dana Li at Acme over" in (await both.told(both.ben, "take dana")).text


async def test_after_a_yes_that_was_undone_it_is_said_that_she_has_it_again(story: Story) -> None:
    await here(story)
    await story.told(story.ben, "take dana")
    await story.clicks(story.ana, story.digest(story.ana), label="Yes, hand over")
    assert "yours already" in (await story.told(story.ben, "take dana")).text
    await story.told(story.ana, "undo")
    again = (await story.told(story.ben, "take dana")).text
    assert again == "ana handed Dana Li at Acme over already (09:00), and has it again. Ask again tomorrow."


async def test_a_question_that_waits_for_her_morning_is_said_to_wait_however_often_it_is_asked(story: Story) -> None:
    await here(story)
    await story.moves_to(EVENING)
    for _ in range(2):
        told = (await story.told(story.ben, "take dana")).text
        assert told.startswith("ana will be asked Fri 20 Nov 02:00 (your time) to hand Dana Li at Acme over to you.")
        assert told.endswith("It is outside ana’s hours.")
    await story.moves_to(MORNING)
    assert len(heard(story, "ben would like to take over")) == 1


async def test_a_question_that_was_never_put_as_she_had_it_no_more_is_put_once_she_has_it_again(story: Story) -> None:
    """Berlin sleeps: Cleo takes Dana over, the question comes to nothing, and Dana is Ana's again."""
    await here(story)
    await story.moves_to(datetime(2026, 11, 20, 5, 30, tzinfo=UTC))
    await story.told(story.ben, "take dana")
    await story.told(story.cleo, "take dana")
    await story.moves_to(MORNING)
    assert heard(story, "ben would like to take over") == []
    await story.told(story.cleo, "undo")
    assert "ana was asked to hand" in (await story.told(story.ben, "take dana")).text
    assert len(heard(story, "ben would like to take over")) == 1


async def test_what_slack_refuses_to_deliver_is_said_not_to_have_been_delivered(story: Story) -> None:
    await here(story)
    story.expected_refusals, story.expected_alarms = {"is_archived"}, {"delivery_refused"}
    story.sandbox.faults.error("chat.postMessage", "is_archived", times=2)
    for line in ("take dana", "nudge dana"):
        assert "The message to ana could not be delivered: is_archived." in (await story.told(story.ben, line)).text
    again = (await story.told(story.ben, "take dana")).text
    assert again == "The message to ana could not be delivered: is_archived. Ask again tomorrow."
    again = (await story.told(story.ben, "nudge dana")).text
    assert again == "The nudge for ana could not be delivered: is_archived. Try again tomorrow."


async def test_who_does_not_want_to_be_disturbed_is_said_to_hear_it_later(story: Story) -> None:
    await here(story)
    until = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)
    story.ana.do_not_disturb = DoNotDisturb(enabled=True, next_start=story.now, next_end=until)
    told = (await story.told(story.cleo, "nudge dana")).text
    assert told == (
        "ana will be asked about Dana Li at Acme Thu 19 Nov 16:00 (your time). ana does not want to be disturbed now."
    )
    again = (await story.told(story.cleo, "nudge dana")).text
    assert again == "ana is to be nudged already, Thu 19 Nov 16:00 (your time); once a day is enough."


async def test_on_a_leave_it_is_said_when_she_hears_and_that_she_is_not_here(story: Story) -> None:
    await here(story)
    await story.told(story.ana, "away tomorrow-27 nov")
    await story.moves_to(BEN_S_MORNING)
    assert (
        "ana hears nothing today: back Mon 30 Nov. Nothing was sent."
        in (await story.told(story.ben, "nudge dana")).text
    )
    told = (await story.told(story.ben, "take dana")).text
    assert "ana will be asked Mon 30 Nov 02:00 (your time)" in told
    assert told.endswith("ana is not here today.")
    assert (
        "ana will be told Mon 30 Nov 08:00 (your time). ana is not here"
        in (await story.told(story.cleo, "take dana")).text
    )


async def test_the_row_of_a_nudge_says_when_it_is_heard(story: Story) -> None:
    """It is 09:30 in the channel and 03:30 where Ben is."""
    await story.told(story.ben, "add Eve Sample, Beta, call 18 dec")
    digest = await stalled(story, "2 stalled deals")
    await story.clicks(story.cleo, digest, ids.NUDGE, row="Eve Sample")
    assert "✓ nudge for ben: comes 14:00" in read(digest)
    assert "was nudged" not in digest.text
    await story.waits(hours=4, minutes=30)
    await story.clicks(story.cleo, digest, ids.NUDGE, row="Dana Li")
    assert "✓ ben was nudged 14:00" in read(digest)
    assert "✓ ana was nudged 14:00" in read(digest)


async def test_a_nudge_about_what_moved_today_does_not_say_that_nothing_happened(story: Story) -> None:
    await here(story)
    await story.told(story.ben, "nudge dana")
    assert story.digest(story.ana).text == "ben asks how Dana Li at Acme is going."


async def test_what_is_given_undone_and_given_again_in_the_night_is_told_once_in_the_morning(both: Story) -> None:
    await here(both)
    await both.moves_to(MORNING)  # 03:00 where Ben is
    for line in ("assign acme @ben", "undo", "assign acme @ben"):
        told = (await both.told(both.cleo, line)).text
    assert "ana was told." in told
    assert "ben will be told Fri 20 Nov 14:00 (your time). It is outside ben’s hours." in told
    assert [each for each in both.messages(both.ben) if "gave Dana" in each.text] == []
    await both.moves_to(BEN_S_MORNING)
    assert len([each for each in both.messages(both.ben) if "cleo gave Dana Li at Acme to you" in each.text]) == 1


async def test_what_goes_there_and_back_in_the_night_is_told_to_nobody_and_the_answer_says_so(story: Story) -> None:
    await here(story)
    await story.moves_to(MORNING)
    await story.told(story.cleo, "assign acme @ben")
    back = (await story.told(story.cleo, "assign acme @ana")).text
    assert back.endswith("ana was told. ben heard nothing of it yet, and now need not.")
    await story.moves_to(BEN_S_MORNING)
    assert [each.text for each in story.messages(story.ben) if "Dana" in each.text] == []


async def test_what_was_told_to_nobody_is_told_once_the_way_back_is_undone(story: Story) -> None:
    await here(story)
    await story.moves_to(MORNING)
    await story.told(story.cleo, "assign acme @ben")
    await story.told(story.cleo, "assign acme @ana")
    await story.moves_to(BEN_S_MORNING)
    await story.told(story.cleo, "undo")
    await story.tick()
    assert [each.text for each in story.messages(story.ben) if "Dana" in each.text] == [
        "cleo gave Dana Li at Acme to you, with its history and next step. It is in your list now."
    ]


async def test_who_keeps_it_in_the_night_of_who_asked_reads_when_that_is_heard(story: Story) -> None:
    story.ben.tz = "Asia/Tokyo"
    await here(story)
    await story.told(story.ben, "take dana")
    question = story.digest(story.ana)
    await story.clicks(story.ana, question, label="No, I keep it")
    assert question.text == (
        "✓ You keep Dana Li at Acme. ben will be told Fri 20 Nov 00:00 (your time). It is outside ben’s hours."
    )


async def test_a_question_says_how_it_stands_after_whatever_came_of_it(both: Story) -> None:
    """Ana says yes and takes that back; then she gives Eve away without saying yes to who asked."""
    await here(both)
    await both.told(both.ana, "add Eve Sample, Beta, call 18 dec")
    await both.told(both.ben, "take dana")
    dana = both.digest(both.ana)
    await both.clicks(both.ana, dana, label="Yes, hand over")
    assert dana.text == "✓ You handed Dana Li at Acme over to ben. ben was told."
    await both.told(both.ana, "undo")
    assert dana.text == "You handed Dana Li at Acme over to ben. It is yours again."

    await both.told(both.ben, "take eve")
    eve = both.digest(both.ana)
    await both.told(both.ana, "assign eve @cleo")
    assert (eve.text, labels(eve)) == ("ben wanted to take over Eve Sample at Beta. cleo has it now.", [])
    await both.told(both.ana, "undo")
    assert labels(eve) == ["Yes, hand over", "No, I keep it"]


async def test_a_yes_that_was_taken_back_in_the_night_of_who_asked_is_heard_as_a_no(story: Story) -> None:
    story.ben.tz = "Asia/Tokyo"
    await here(story)
    await story.told(story.ben, "take dana")
    await story.clicks(story.ana, story.digest(story.ana), label="Yes, hand over")
    await story.told(story.ana, "undo")
    await story.moves_to(MORNING)
    news = [each.text for each in story.messages(story.ben) if "Dana" in each.text]
    assert news == ["ana keeps Dana Li at Acme."]
    assert all(each.kind is not DeliveryKind.NEWS or each.sent_at for each in story.outbox())


async def test_who_was_refused_and_is_given_it_later_reads_both_as_it_is(story: Story) -> None:
    await here(story)
    await story.told(story.ben, "take dana")
    await story.told(story.ana, "keep dana")
    await story.told(story.ana, "assign dana @ben")
    assert "ana kept Dana Li at Acme first. It is yours now." in [each.text for each in story.messages(story.ben)]


async def test_undo_after_an_answer_does_not_reach_for_what_was_changed_before_it(both: Story) -> None:
    """Ana keeps Dana, and then types undo: Dana must not be gone."""
    await both.told(both.ana, "add Dana Li, Acme, call mon 10am")
    await both.told(both.ben, "add Eve Sample, Beta, call mon 10am")
    await both.waits(minutes=1)
    await both.told(both.ben, "take dana")
    refused = await both.told(both.ben, "undo")
    assert "can’t be taken back. Nothing was undone. Your last change before it" in refused.text
    await both.told(both.ana, "keep dana")
    refused = await both.told(both.ana, "undo")
    assert "added – Dana Li at Acme" in refused.text
    assert [each.name for each in both.prospects()] == ["Dana Li", "Eve Sample"]
    await both.clicks(both.ana, refused, ids.UNDO)
    assert [each.name for each in both.prospects()] == ["Eve Sample"]
