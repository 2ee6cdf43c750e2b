"""From one owner to another, typed."""

from datetime import UTC, datetime

from bot.views import ids
from tests.support.app import Story, options, read

NEXT_MORNING = datetime(2026, 11, 20, 7, 50, tzinfo=UTC)

DANA = "add Dana Li, Acme, dana@acme.com"


async def test_a_prospect_is_given_to_somebody_else_who_hears_of_it(both: Story) -> None:
    """Ana gives Dana to Ben and finds that it was the wrong one."""
    await both.told(both.ben, "help")
    await both.told(both.ana, DANA)
    told = await both.told(both.ana, "assign acme @ben")
    assert "Handed over to ben: Dana Li at Acme" in told.text
    assert "ben was told." in told.text
    assert "ana gave Dana Li at Acme to you" in both.digest(both.ben).text
    assert "is ben’s" in (await both.told(both.ana, "snooze acme fri")).text
    await both.clicks(both.ben, both.digest(both.ben), label="Open the card")
    assert "owner ben" in read(both.screen(both.ben))
    await both.clicks(both.ana, told, label="Undo")
    assert both.prospect("Dana Li").owner_id == both.ana.id


async def test_a_manager_gives_it_and_both_hear_of_it(story: Story) -> None:
    await story.told(story.ben, "help")
    await story.told(story.ana, DANA)
    assert "ben and ana were told." in (await story.told(story.cleo, "assign acme to @ben")).text
    assert "cleo gave Dana Li at Acme to ben" in story.digest(story.ana).text


async def test_what_can_not_be_given_is_said(story: Story) -> None:
    await story.told(story.ana, DANA)
    assert "not used Follow-up Coach yet" in (await story.told(story.ana, "assign acme @ben")).text
    assert "Name somebody" in (await story.told(story.ana, "assign acme")).text
    assert "an @-mention" in (await story.told(story.ana, "assign acme @nobody")).text
    assert "is Ana’s" in (await story.told(story.ben, "assign acme @ben")).text.replace("ana’s", "Ana’s")


async def test_what_somebody_who_left_had_is_given_away_from_a_manager_s_digest(story: Story) -> None:
    """Ben leaves on Thursday; on Friday Cleo gives his two prospects to Ana."""
    await story.told(story.cleo, "help")
    await story.told(story.ana, "help")
    for line in ("add Dana Li, Acme", "add Eve Sample, Beta"):
        await story.told(story.ben, line)
    await story.sandbox.change_person(story.ben, deleted=True)
    await story.moves_to(NEXT_MORNING)
    digest = story.digest(story.cleo)
    assert "2 prospects of ben, who left, have nobody." in digest.text

    await story.clicks(story.cleo, digest, ids.LEAVERS)
    assert list(options(story.form(story.cleo), "owner")) == ["ben (2)"]
    await story.submits(story.cleo, to=story.ana.id)

    assert {each.owner_id for each in story.prospects()} == {story.ana.id}
    assert "2 prospects of ben handed over to ana." in story.heard()
    assert "have nobody" not in story.digest(story.cleo).text
    assert "cleo gave 2 prospects of ben to you" in "".join(each.text for each in story.messages(story.ana))
    await story.told(story.cleo, "undo")
    assert {each.owner_id for each in story.prospects()} == {story.ben.id}


async def test_the_same_is_typed_and_a_rep_may_not(story: Story) -> None:
    await story.told(story.ana, "help")
    await story.told(story.ben, DANA)
    assert "still here" in (await story.told(story.cleo, "assign @ben to @ana")).text
    await story.sandbox.change_person(story.ben, deleted=True)
    assert "Only a manager or an admin" in (await story.told(story.ana, "assign @ben to @ana")).text
    assert "handed over to ana." in (await story.told(story.cleo, "assign @ben to @ana")).text
    assert "handed over 1 prospect of ben to ana" in (await story.told(story.cleo, "history")).text
