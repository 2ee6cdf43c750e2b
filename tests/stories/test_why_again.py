"""Ana puts Dana off for the third time; the app asks why, wherever she does it, and each answer helps differently."""

from datetime import UTC, datetime

from bot.views import ids
from cadences.model import LostReason, Stage
from tests.support.app import Story, labels, options, read

DANA = "add Dana Li, Acme, dana@acme.com, call tomorrow 10am"
ANSWERS = ["Waiting on them", "Nothing of value to add", "Avoiding it", "It’s dead"]
MONDAY_MORNING = datetime(2026, 11, 23, 7, 45, tzinfo=UTC)


async def put_off_twice(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, "snooze dana fri")
    await story.told(story.ana, "snooze dana mon")


def asks(story: Story) -> list[str]:
    return [label for label in labels(story.screen(story.ana)) if label in ANSWERS]


async def test_the_digest_asks_before_the_third_and_waiting_makes_it_their_turn(both: Story) -> None:
    story = both
    await put_off_twice(story)
    await story.moves_to(MONDAY_MORNING)
    digest = story.digest(story.ana)
    later = next(value for label, value in options(digest, ids.SNOOZE).items() if "business days" in label)
    await story.clicks(story.ana, digest, ids.SNOOZE, later)
    asked = story.screen(story.ana)
    assert "Why?" in asked.text
    assert "Nothing was changed yet" in asked.text
    assert asks(story) == ANSWERS
    assert "snoozed to" not in read(story.digest(story.ana))

    await story.clicks(story.ana, asked, f"{ids.WHY}waiting")

    assert "waiting for them" in story.heard()
    assert "their turn" in story.heard()
    assert "snoozed to Thu 26 Nov, waiting for them" in read(story.digest(story.ana))
    assert "waiting for them" in read(await story.told(story.ana, "show dana"))

    await story.told(story.ana, "undo")
    assert "waiting for them" not in read(await story.told(story.ana, "show dana"))


async def test_nothing_to_add_offers_what_is_new_to_them(story: Story) -> None:
    await put_off_twice(story)
    await story.told(story.ana, 'resource add "SSO in two weeks" https://example.com/sso')
    await story.told(story.ana, "hook dana cares about single sign-on")
    asked = await story.told(story.ana, "snooze dana wed")
    assert "Why?" in asked.text
    await story.clicks(story.ana, asked, f"{ids.WHY}nothing_to_add")
    assert "SSO in two weeks" in story.heard()
    assert "cares about single sign-on" in story.heard()
    await story.clicks(story.ana, story.screen(story.ana), ids.DRAFT)
    assert "https://example.com/sso" in read(story.form(story.ana))


async def test_with_an_empty_library_it_asks_to_keep_something(story: Story) -> None:
    await put_off_twice(story)
    assert "resource add" in (await story.told(story.ana, "snooze dana wed nothing to add")).text


async def test_avoiding_makes_the_call_a_mail_for_tomorrow(story: Story) -> None:
    await put_off_twice(story)
    answer = await story.told(story.ana, "snooze dana wed avoiding")
    assert "Made smaller: email Fri 20 Nov" in answer.text
    assert "two minutes" in answer.text
    assert "Draft…" in labels(answer)
    assert "Log email" in labels(await story.told(story.ana, "show dana"))


async def test_dead_is_lost_with_its_reason_in_one_click(story: Story) -> None:
    await put_off_twice(story)
    asked = await story.told(story.ana, "snooze dana wed")
    await story.clicks(story.ana, asked, f"{ids.WHY}dead")
    dead = story.screen(story.ana)
    assert story.prospect("Dana Li").stage is Stage.NEW
    await story.clicks(story.ana, dead, ids.WHY_LOST, "budget")
    assert story.prospect("Dana Li").lost_reason is LostReason.BUDGET


async def test_dead_can_be_parked_for_some_months_and_typed(story: Story) -> None:
    await put_off_twice(story)
    dead = await story.told(story.ana, "snooze dana dead -- they went quiet")
    await story.clicks(story.ana, dead, f"{ids.WHY_PARK}3")
    assert story.prospect("Dana Li").stage is Stage.PARKED
    assert "they went quiet" in story.notes()
    assert "Parked until Fri 19 Feb 2027" in story.heard()


async def test_the_form_asks_too(story: Story) -> None:
    await put_off_twice(story)
    card = await story.told(story.ana, "show dana")
    await story.clicks(story.ana, card, ids.SNOOZE, ids.PICK_DATE)
    await story.submits(story.ana, on="2026-12-01")
    form = story.form(story.ana)
    assert "Why?" in read(form)
    await story.clicks(story.ana, form, f"{ids.WHY}waiting")
    assert "waiting for them" in read(story.form(story.ana))


async def test_focus_asks_above_the_card_and_goes_on_with_the_answer(story: Story) -> None:
    await put_off_twice(story)
    await story.moves_to(MONDAY_MORNING)
    await story.clicks(story.ana, story.digest(story.ana), ids.FOCUS)
    form = story.form(story.ana)
    later = next(value for label, value in options(form, ids.FOCUS_SNOOZE).items() if "business days" in label)
    await story.clicks(story.ana, form, ids.FOCUS_SNOOZE, later)
    assert "Why?" in read(story.form(story.ana))
    await story.clicks(story.ana, story.form(story.ana), f"{ids.WHY}dead")
    assert "is the deal dead? Then let it go" in read(story.form(story.ana))
    await story.clicks(story.ana, story.form(story.ana), f"{ids.WHY_PARK}6")
    assert "Nothing is left in your list." in read(story.form(story.ana))
    assert story.prospect("Dana Li").stage is Stage.PARKED


async def test_a_line_of_several_carries_it_out_and_asks_afterwards(story: Story) -> None:
    await put_off_twice(story)
    await story.moves_to(MONDAY_MORNING)
    answer = await story.told(story.ana, "1 snooze wed")
    assert "snoozed to Wed 25 Nov" in answer.text
    assert "3 times in a row" in answer.text
    await story.clicks(story.ana, answer, f"{ids.WHY}nothing_to_add")
    assert "nothing to add yet" in story.heard()


async def test_many_at_once_are_named_and_not_asked_about(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme")
    await story.told(story.ana, "snooze dana fri")
    await story.told(story.ana, "snooze dana mon")
    await story.moves_to(MONDAY_MORNING)
    answer = await story.told(story.ana, "snooze all wed")
    assert "For the third time in a row or more: Dana Li at Acme" in answer.text
    assert not [label for label in labels(answer) if label in ANSWERS]


async def test_an_answer_pressed_twice_is_carried_out_once(story: Story) -> None:
    await put_off_twice(story)
    asked = (await story.told(story.ana, "snooze dana wed")).snapshot()
    await story.clicks(story.ana, asked, f"{ids.WHY}waiting")
    await story.clicks(story.ana, asked, f"{ids.WHY}avoiding")
    assert "Nothing was changed now" in story.heard()
