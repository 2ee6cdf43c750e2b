"""Several people at one company."""

from datetime import UTC, datetime

from bot.storage.tables import touches
from bot.views import ids
from cadences.model import Channel, FollowUpType
from tests.support.app import Story, options, read

EVE = "add Eve Sample, Acme, eve@acme.com"
DANA = "add Dana Li, Acme, dana@acme.com, call tomorrow 9am"
NEXT_MORNING = datetime(2026, 11, 20, 7, 50, tzinfo=UTC)
WARNING = "en called Eve Sample at Acme"


async def test_who_is_second_at_a_company_is_warned_wherever_she_could_act(story: Story) -> None:
    """Ben talks to Eve on Thursday; Ana knows Dana at the same company."""
    await story.told(story.ben, EVE)
    await story.told(story.ben, "log eve call connected")
    added = await story.told(story.ana, DANA)
    assert f"{WARNING} today" in added.text
    assert f"{WARNING} today" in read(await story.told(story.ana, "show dana"))

    await story.moves_to(NEXT_MORNING)
    digest = story.digest(story.ana)
    assert f"{WARNING} yesterday" in read(digest)
    await story.clicks(story.ana, digest, ids.LOG)
    assert f"{WARNING} yesterday" in read(story.form(story.ana))
    assert "en called" not in read(await story.told(story.ben, "show eve")).partition("Timeline")[0]


async def at_acme(story: Story) -> None:
    """Ana knows three people at Acme."""
    for name in ("Dana Li", "Eve Sample", "Finn Sample"):
        await story.told(story.ana, f"add {name}, Acme")


async def test_when_one_answers_the_others_are_paused_with_one_press_and_come_back_with_one(both: Story) -> None:
    await at_acme(both)
    answer = await both.told(both.ana, "replied dana")
    assert "Pause the other 2 at Acme until Thu 26 Nov? Eve Sample, Finn Sample." in answer.text
    await both.clicks(both.ana, answer, ids.COMPANY_PAUSE)
    told = both.screen(both.ana)
    assert "Paused 2 follow-ups at Acme until Thu 26 Nov" in told.text
    assert "Next: email Thu 26 Nov" in (await both.told(both.ana, "show eve")).text
    await both.clicks(both.ana, answer, ids.COMPANY_PAUSE)
    assert "nobody else at Acme is due" in both.heard().replace("Nobody", "nobody")
    await both.clicks(both.ana, told, ids.UNDO)
    assert "Next: email Fri 20 Nov" in (await both.told(both.ana, "show eve")).text


async def test_how_long_they_are_left_alone_is_chosen_from_real_dates_or_typed(both: Story) -> None:
    await at_acme(both)
    answer = await both.told(both.ana, "replied dana")
    assert list(options(answer, ids.COMPANY_PAUSE_UNTIL)) == [
        "5 business days · Thu 26 Nov", "2 weeks · Thu 3 Dec", "1 month · Mon 21 Dec",
    ]  # fmt: skip
    two_weeks = options(answer, ids.COMPANY_PAUSE_UNTIL)["2 weeks · Thu 3 Dec"]
    await both.clicks(both.ana, answer, ids.COMPANY_PAUSE_UNTIL, two_weeks)
    assert "Paused 2 follow-ups at Acme until Thu 3 Dec" in both.screen(both.ana).text
    await both.told(both.ana, "undo")
    typed = await both.told(both.ana, "pause acme 2w")
    assert "Paused 2 follow-ups at Acme until Thu 3 Dec" in typed.text
    assert "Next: email Fri 20 Nov" not in (await both.told(both.ana, "show eve")).text
    assert "I know nobody called" in (await both.told(both.ana, "pause zeta 2w")).text


async def test_in_the_digest_the_question_comes_below_the_row(story: Story) -> None:
    await at_acme(story)
    await story.moves_to(datetime(2026, 11, 20, 7, 50, tzinfo=UTC))
    digest = story.digest(story.ana)
    await story.chooses(story.ana, digest, ids.REPLIED, row="Dana Li")
    assert "they replied" in story.digest(story.ana).text
    await story.clicks(story.ana, story.screen(story.ana), ids.COMPANY_PAUSE)
    assert "Paused 2 follow-ups at Acme until Fri 27 Nov" in story.screen(story.ana).text


async def test_a_touch_without_an_answer_asks_nothing(story: Story) -> None:
    await at_acme(story)
    assert "Pause" not in (await story.told(story.ana, "log dana call voicemail")).text


async def test_channel_and_type_of_a_touch_are_chosen_where_they_differ_from_the_plan(story: Story) -> None:
    """A thank-you by e-mail was planned; Ana sent something of value on LinkedIn."""
    await story.told(story.ana, "add Dana Li, Acme")
    await story.moves_to(datetime(2026, 11, 20, 7, 50, tzinfo=UTC))
    await story.chooses(story.ana, story.digest(story.ana), ids.LOG, row="Dana Li")
    await story.submits(story.ana, channel="linkedin", type="value")
    with story.db.read() as tx:
        (touch,) = tx.execute(touches.select()).all()
    assert (touch.channel, touch.type) == (Channel.LINKEDIN, FollowUpType.VALUE)
