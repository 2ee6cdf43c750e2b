"""They replied: which way? Four buttons, or one typed line; and who is out of office."""

from datetime import UTC, datetime

from bot.views import ids
from cadences.model import LostReason, Stage
from tests.support.app import Story, labels, read

DANA = "add Dana Li, Acme, dana@acme.com, call tomorrow 10am"
FRIDAY_MORNING = datetime(2026, 11, 20, 7, 45, tzinfo=UTC)
WAYS = ["Interested", "A question", "Not now…", "No…"]


async def replied_in_digest(story: Story, name: str = "Dana Li") -> None:
    digest = story.digest(story.ana)
    await story.clicks(story.ana, digest, ids.MORE, ids.REPLIED, row=name)


async def test_the_digest_asks_which_way_in_the_row_itself(both: Story) -> None:
    """Dana wrote back; one press says that she is interested, and the way to a meeting begins."""
    await both.told(both.ana, DANA)
    await both.moves_to(FRIDAY_MORNING)
    await replied_in_digest(both)
    digest = both.digest(both.ana)
    assert "They replied. Which way?" in read(digest)
    assert [label for label in labels(digest) if label in WAYS] == WAYS

    await both.clicks(both.ana, digest, ids.INTERESTED)

    digest = both.digest(both.ana)
    assert "they replied: interested" in read(digest)
    assert "Which way?" not in read(digest)
    assert "next: email Mon 23 Nov" in read(digest)
    assert both.prospect("Dana Li").stage is Stage.ENGAGED
    assert len(both.messages(both.ana)) == 1

    await both.clicks(both.ana, digest, ids.UNDO)
    assert "They replied. Which way?" in read(both.digest(both.ana))


async def test_a_question_is_answered_within_24_hours_and_is_asked_no_more(story: Story) -> None:
    await story.told(story.ana, DANA)
    answer = await story.told(story.ana, "replied acme")
    assert [label for label in labels(answer) if label in WAYS] == WAYS
    await story.clicks(story.ana, answer, ids.QUESTION)
    card = await story.told(story.ana, "show acme")
    assert "Which way?" not in read(card)
    assert "Fri 20 Nov 15:00" in read(card)


async def test_not_now_opens_the_form_for_the_date(story: Story) -> None:
    await story.told(story.ana, DANA)
    answer = await story.told(story.ana, "replied acme")
    await story.clicks(story.ana, answer, ids.PARK)
    await story.submits(story.ana, on="2027-03-01")
    assert "Parked until Mon 1 Mar 2027" in story.heard()


async def test_no_opens_the_form_for_the_reason(story: Story) -> None:
    await story.told(story.ana, DANA)
    answer = await story.told(story.ana, "replied acme")
    await story.clicks(story.ana, answer, ids.LOST)
    await story.submits(story.ana, reason="pricing")
    assert story.prospect("Dana Li").lost_reason is LostReason.PRICING


async def test_each_way_can_be_typed(story: Story) -> None:
    for number, (line, stage) in enumerate(
        {
            "interested": Stage.ENGAGED,
            "question": Stage.ENGAGED,
            "not now until march": Stage.PARKED,
            "not now": Stage.PARKED,
            "no pricing": Stage.LOST,
        }.items()
    ):
        name = f"{'ABCDE'[number]}nna Sample"
        await story.told(story.ana, f"add {name}, Acme {number}")
        answer = await story.told(story.ana, f"replied {name} {line}")
        assert "Which way?" not in read(answer), line
        assert story.prospect(name).stage is stage, answer.text


async def test_a_no_without_its_reason_is_asked_for_it(story: Story) -> None:
    await story.told(story.ana, DANA)
    assert "Nothing was changed" in (await story.told(story.ana, "replied acme no")).text
    assert story.prospect("Dana Li").stage is Stage.NEW


async def test_the_same_question_pressed_twice_is_answered_once(story: Story) -> None:
    await story.told(story.ana, DANA)
    answer = await story.told(story.ana, "replied acme")
    old = answer.snapshot()
    await story.clicks(story.ana, old, ids.INTERESTED)
    await story.clicks(story.ana, old, ids.QUESTION)
    assert "they replied: interested. Nothing was changed now." in story.heard()
    assert "meeting" in read(await story.told(story.ana, "show acme"))


async def test_who_is_out_of_office_is_left_alone_until_they_are_back(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme")
    answer = await story.told(story.ana, "ooo acme until 27 nov")
    assert "Out of office until Fri 27 Nov" in answer.text
    assert "Mon 30 Nov" in answer.text
    card = await story.told(story.ana, "show acme")
    assert "out of office until Fri 27 Nov" in read(card)
    await story.clicks(story.ana, card, ids.AWAY)
    await story.submits(story.ana, on="2026-12-04")
    assert "Out of office until Fri 4 Dec" in story.heard()


async def test_a_return_in_the_past_is_refused_in_words(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme")
    card = await story.told(story.ana, "show acme")
    await story.clicks(story.ana, card, ids.AWAY)
    before = read(await story.told(story.ana, "show acme"))
    await story.sandbox.submit(story.ana, story.form(story.ana), {"on": "2026-11-01"})
    await story.settle()
    assert read(await story.told(story.ana, "show acme")) == before


async def test_a_booked_meeting_is_typed_with_its_time_and_promised(story: Story) -> None:
    await story.told(story.ana, DANA)
    answer = await story.told(story.ana, "log acme call, meeting booked, next thu 10am")
    assert "meeting Thu 26 Nov 10:00" in answer.text
    assert "as promised" in answer.text
