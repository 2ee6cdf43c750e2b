"""Ana types what a button would do, and the answer says what was understood."""

from datetime import UTC, datetime

import pytest

from bot.storage import timeline
from bot.views import ids
from cadences.model import FollowUpType, LostReason, Stage, Temperature
from sandbox.screen import elements
from tests.support.app import Story, labels, read

DANA = "add Dana Li, Acme, dana@acme.com, call tomorrow 10am"


async def test_an_edit_says_what_it_understood_and_from_which_words(both: Story) -> None:
    story = both
    await story.told(story.ana, DANA)
    answer = await story.told(story.ana, "edit dana hot, value: $15k, prefers calls, no role, email thu 9am")
    for told in (
        "Temperature: hot (from “hot”)",
        "value: $15,000 (from “value: $15k”)",
        "prefers: call (from “prefers calls”)",
        "role: none (from “no role”)",
        "(from “email thu 9am”)",
    ):
        assert told in answer.text
        assert told in read(answer)
    assert story.prospect("Dana Li").temperature is Temperature.HOT
    await story.clicks(story.ana, answer, ids.UNDO)
    assert story.prospect("Dana Li").temperature is None


async def test_the_same_in_german(story: Story) -> None:
    story.ana.locale = "de-DE"
    await story.told(story.ana, DANA)
    assert "(aus „hot“)" in (await story.told(story.ana, "edit dana hot")).text
    assert "Gern geschehen" in (await story.told(story.ana, "danke")).text
    assert "Art des Follow-ups: Nutzen" in (await story.told(story.ana, "log dana email value")).text


async def test_the_kind_of_a_touch_is_typed_corrected_and_said(both: Story) -> None:
    story = both
    await story.told(story.ana, DANA)
    logged = await story.told(story.ana, "log dana email value -- the study")
    assert "Kind of follow-up: value." in logged.text
    assert "Kind of follow-up: value." in read(logged)
    card = await story.told(story.ana, "show dana")
    await story.clicks(story.ana, card, ids.TOUCH, ids.TOUCH_EDIT)
    assert "Value" in str(story.form(story.ana).blocks)
    fixed = await story.told(story.ana, "fix last dana thank-you")
    assert "Kind of follow-up: thank-you." in fixed.text
    assert kinds(story) == [FollowUpType.THANK_YOU]
    await story.told(story.ana, "undo")
    assert kinds(story) == [FollowUpType.VALUE]


def kinds(story: Story) -> list[FollowUpType]:
    """Of every touch, the newest first."""
    with story.db.read() as tx:
        found = timeline.touches_of(tx, story.sandbox.workspace.team_id, story.prospect("Dana Li").id, 10)
    return [touch.type for touch in found if touch.type is not None]


async def test_a_like_and_a_channel_of_several_words_are_logged(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, "log dana linkedin like")
    answer = await story.told(story.ana, "log dana via trade fair -- met the CTO")
    assert "Contacted via trade fair" in answer.text
    card = read(await story.told(story.ana, "show dana"))
    assert "like" in card
    assert "met the CTO" in card


async def test_an_older_touch_is_put_right_and_taken_away_by_typing(both: Story) -> None:
    story = both
    await story.told(story.ana, DANA)
    await story.told(story.ana, "log dana call voicemail -- the first")
    await story.waits(days=1)
    await story.told(story.ana, "log dana email -- the second")
    assert "Corrected: called" in (await story.told(story.ana, "fix 2nd last dana call connected")).text
    assert "Deleted: called" in (await story.told(story.ana, "delete 2nd last dana")).text
    card = read(await story.told(story.ana, "show dana"))
    assert "the second" in card
    assert "the first" not in card
    assert "only 1 touch" in (await story.told(story.ana, "delete 2nd last dana")).text


async def test_a_note_stands_behind_a_reason_or_a_date(story: Story) -> None:
    await story.told(story.ana, DANA)
    snoozed = await story.told(story.ana, "snooze dana fri 27 nov because they asked")
    assert "Snoozed to Fri 27 Nov" in snoozed.text
    assert "Note: because they asked" in snoozed.text
    lost = await story.told(story.ana, "lost dana competition: went with Initech")
    assert "Note: went with Initech" in lost.text
    kept = story.prospect("Dana Li")
    assert (kept.stage, kept.lost_reason, kept.close_note) == (
        Stage.LOST, LostReason.COMPETITION, "went with Initech",
    )  # fmt: skip


async def test_a_colleague_is_no_prospect(story: Story) -> None:
    for line in ("add @Ben", "add <@U0BEN>, Acme", "met @Ben", "met <@U0BEN>"):
        answer = await story.told(story.ana, line)
        assert "That is a colleague of yours" in answer.text
        assert "U0BEN" not in answer.text
    assert story.prospects() == []


async def test_a_hook_is_kept_once_and_marked_as_used_by_typing(both: Story) -> None:
    story = both
    await story.told(story.ana, DANA)
    await story.told(story.ana, "hook dana cares about SSO")
    again = await story.told(story.ana, "hook dana Cares about sso")
    assert "That is known already: “cares about SSO”. Nothing was changed." in again.text
    await story.told(story.ana, "hook dana used to work at a bank")
    assert "Which one was used: “" in (await story.told(story.ana, "hook dana used")).text
    used = await story.told(story.ana, "hook dana used: SSO")
    assert "Hook used (“cares about SSO”)" in used.text
    await story.told(story.ana, "hook dana used")
    assert "no hook of theirs" in (await story.told(story.ana, "hook dana used")).text
    assert "Hook kept" in (await story.told(story.ana, "hook dana cares about SSO")).text


async def test_more_of_what_happened_is_typed(story: Story) -> None:
    await story.told(story.ana, DANA)
    for number in range(12):
        await story.told(story.ana, f"note dana remark {number}")
    assert "remark 0" not in read(await story.told(story.ana, "show dana")).splitlines()
    for line in ("show dana all", "history dana"):
        assert "remark 0" in read(await story.told(story.ana, line))
    assert "noted" in (await story.told(story.ana, "history")).text.lower()


async def test_somebody_polite_gets_a_friendly_answer(story: Story) -> None:
    assert "You’re welcome" in (await story.told(story.ana, "thanks!")).text
    for line in ("hi", "hallo"):
        answer = await story.told(story.ana, line)
        assert "/followup help" in answer.text
        assert "/followup help" in read(answer)


async def test_the_question_why_says_the_time_too(story: Story) -> None:
    await story.told(story.ana, DANA)
    for day in ("fri 20 nov", "mon 23 nov"):
        await story.told(story.ana, f"snooze dana {day}")
    asked = await story.told(story.ana, "snooze dana tue 24 nov 11:30")
    assert "put off to Tue 24 Nov 11:30, snooze number 3" in asked.text


async def test_settings_without_a_digest_promise_nothing(story: Story) -> None:
    await story.told(story.ana, "settings nudge on")
    shown = await story.told(story.ana, "settings digest off")
    assert "Second nudge: on" not in shown.text
    assert "Nothing comes by itself: no second nudge" in shown.text
    assert "Second nudge: on" in (await story.told(story.ana, "settings digest on")).text


async def test_the_digest_is_sent_by_typing(story: Story) -> None:
    await story.told(story.ana, DANA.replace("tomorrow 10am", "today 4pm"))
    await story.moves_to(datetime(2026, 11, 20, 6, 30, tzinfo=UTC))
    assert "Sent: it is in your messages" in (await story.told(story.ana, "today send")).text
    assert "sent already" in (await story.told(story.ana, "send now")).text


async def test_a_hand_over_is_refused_by_typing_and_the_question_says_so(both: Story) -> None:
    story = both
    await story.told(story.ana, DANA)
    assert "asked you for this one" in (await story.told(story.ana, "keep dana")).text
    await story.told(story.ben, "take dana")
    question = story.digest(story.ana)
    assert ids.HAND_OVER_NO in str(question.blocks)
    kept = await story.told(story.ana, "keep dana")
    assert "Dana Li at Acme stays yours. ben was told." in kept.text
    assert ids.HAND_OVER_NO not in str(story.digest(story.ana).blocks)
    assert story.prospect("Dana Li").owner_id == story.ana.id
    assert "asked you for this one" in (await story.told(story.ana, "keep dana")).text
    assert "asked you for this one" in (await story.told(story.ben, "keep dana")).text


@pytest.mark.parametrize("answer", ["keep dana", "assign dana @cleo"])
async def test_a_question_that_was_answered_in_quiet_hours_is_not_asked_in_the_morning(
    both: Story, answer: str
) -> None:
    """Ben asks at night, when nothing reaches Ana; she looks by herself and answers by typing."""
    story = both
    await story.told(story.cleo, "help")
    await story.told(story.ana, DANA.replace("tomorrow 10am", "in 3 weeks"))
    await story.moves_to(datetime(2026, 11, 19, 21, 30, tzinfo=UTC))
    assert "outside ana’s hours" in (await story.told(story.ben, "take dana")).text
    await story.told(story.ana, answer)
    await story.moves_to(datetime(2026, 11, 20, 8, 0, tzinfo=UTC))
    assert not [each for each in story.messages(story.ana) if "would like to take over" in each.text]


async def test_a_question_of_the_night_is_asked_in_the_morning(story: Story) -> None:
    await story.told(story.ana, DANA.replace("tomorrow 10am", "in 3 weeks"))
    await story.moves_to(datetime(2026, 11, 19, 21, 30, tzinfo=UTC))
    await story.told(story.ben, "take dana")
    await story.moves_to(datetime(2026, 11, 20, 8, 0, tzinfo=UTC))
    assert "ben would like to take over" in story.digest(story.ana).text


async def test_a_rule_and_a_cadence_go_by_typing(story: Story) -> None:
    await story.told(story.cleo, "cadence rule persistent value>50k")
    await story.told(story.cleo, "cadence rule nudge industry software")
    assert "no rule 3" in (await story.told(story.cleo, "cadence rule remove 3")).text
    listed = await story.told(story.cleo, "cadence rules")
    second = read(listed).splitlines().index(next(line for line in read(listed).splitlines() if line.startswith("2.")))
    name = read(listed).splitlines()[second].split()[1]
    assert "Undo" in labels(await story.told(story.cleo, "cadence rule remove 2"))
    assert name not in read(await story.told(story.cleo, "cadence rules"))
    refused = await story.told(story.ana, "cadence rule remove 1")
    assert "Only a manager can" in refused.text


async def test_tomorrow_on_a_friday_is_monday_as_in_the_menu_and_a_saturday_that_is_named_stays(story: Story) -> None:
    await story.waits(hours=24)
    await story.told(story.ana, "add Dana Li, Acme, call mon 10am")
    assert "Snoozed to Mon 23 Nov" in (await story.told(story.ana, "snooze dana tomorrow")).text
    assert "Snoozed to Sat 21 Nov" in (await story.told(story.ana, "snooze dana sat")).text


async def test_each_undo_in_the_history_sounds_like_its_own_change(story: Story) -> None:
    """The same was done twice; what is spoken tells the two apart, and a change of one's settings ends in no gap."""
    await story.told(story.ana, DANA)
    for line in ("note dana likes tea", "settings time 9:00"):
        await story.told(story.ana, line)
        await story.waits(minutes=5)
        await story.told(story.ana, line.replace("tea", "coffee").replace("9:00", "9:30"))
        await story.waits(minutes=5)
    history = await story.told(story.ana, "history")
    spoken = [each.json["accessibility_label"] for each in elements(history.blocks) if each.action_id == ids.UNDO]
    assert len(spoken) == len(set(spoken)) == 5
    assert "Undo: settings, 15:10" in spoken
