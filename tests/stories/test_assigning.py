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
    assert both.digest(both.ben).text == "ana gave Dana Li at Acme to you. ana has it now."


async def test_what_was_told_of_a_hand_over_says_when_it_went_on(story: Story) -> None:
    """Cleo gives Ana's Dana to Ben, takes her over, and gives her back."""
    for person in (story.ben, story.cleo):
        await story.told(person, "help")
    await story.told(story.ana, DANA)
    await story.told(story.cleo, "assign acme @ben")
    await story.told(story.cleo, "assign acme @cleo")
    to_ben = next(each for each in story.messages(story.ben) if "gave Dana Li at Acme to you" in each.text)
    assert "cleo has it now" in to_ben.text
    await story.told(story.cleo, "assign acme @ana")
    from_ana = next(each for each in story.messages(story.ana) if "went from you" in each.text)
    assert from_ana.text == "Dana Li at Acme went from you to somebody else. It is yours again."
    assert "ana has it now" in to_ben.text


async def test_the_old_owners_digest_shows_at_once_that_it_was_given_away(story: Story) -> None:
    await story.told(story.ben, "help")
    await story.told(story.ana, f"{DANA}, call fri")
    await story.moves_to(NEXT_MORNING)
    digest = next(each for each in story.messages(story.ana) if "1 follow-up today" in each.text)
    told = await story.told(story.cleo, "assign acme @ben")
    assert "✓ *Dana Li* · Acme" in read(digest)
    await story.clicks(story.cleo, told, label="Undo")
    assert "✓" not in read(digest)


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
    refused = await story.submits(story.cleo, to=story.ben.id)
    assert list(refused.errors) == ["to"]
    refused = await story.submits(story.cleo, to=story.otto.id)
    assert list(refused.errors) == ["to"]
    await story.submits(story.cleo, to=story.ana.id)

    assert {each.owner_id for each in story.prospects()} == {story.ana.id}
    assert "2 prospects of ben handed over to ana." in story.heard()
    assert "have nobody" not in story.digest(story.cleo).text
    assert "cleo gave 2 prospects of ben to you" in "".join(each.text for each in story.messages(story.ana))
    await story.told(story.cleo, "undo")
    assert {each.owner_id for each in story.prospects()} == {story.ben.id}
    assert "That was taken back since." in "".join(each.text for each in story.messages(story.ana))


async def test_the_same_is_typed_and_a_rep_may_not(story: Story) -> None:
    await story.told(story.ana, "help")
    await story.told(story.ben, DANA)
    assert "still here" in (await story.told(story.cleo, "assign @ben to @ana")).text
    await story.sandbox.change_person(story.ben, deleted=True)
    assert "Only a manager or an admin" in (await story.told(story.ana, "assign @ben to @ana")).text
    assert "handed over to ana." in (await story.told(story.cleo, "assign @ben to @ana")).text
    assert "handed over 1 prospect of ben to ana" in (await story.told(story.cleo, "history")).text


async def test_the_owner_is_a_field_of_the_edit_form_and_is_saved_with_the_others_as_one_change(both: Story) -> None:
    """Ana corrects Dana's company and gives her to Ben in one go."""
    await both.told(both.ben, "help")
    added = (await both.told(both.ana, DANA)).snapshot()
    await both.clicks(both.ana, added, ids.EDIT)
    owner = next(block for block in both.form(both.ana).blocks if block.get("block_id") == "owner")
    assert (owner["label"]["text"], owner["element"]["initial_user"]) == ("Owner", both.ana.id)

    await both.submits(both.ana, company="Beta", owner=both.ben.id)
    assert "Edited and handed over to ben: Dana Li at Beta. Next: email" in both.heard()
    assert "ben was told." in both.heard()
    assert "ana gave Dana Li at Beta to you" in both.digest(both.ben).text
    assert (both.prospect("Dana Li").company, both.prospect("Dana Li").owner_id) == ("Beta", both.ben.id)

    await both.told(both.ana, "undo")
    assert (both.prospect("Dana Li").company, both.prospect("Dana Li").owner_id) == ("Acme", both.ana.id)


async def test_who_can_not_have_it_is_said_at_the_owner_and_nothing_is_saved(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.types(story.ana, "edit acme")
    robot = story.sandbox.workspace.add_person("robot", is_bot=True)
    gone = story.sandbox.workspace.add_person("gone", deleted=True)
    refused = [
        (story.ben, "They have not used Follow-up Coach yet: ask them to type"),
        (story.otto, "is a bot, a guest or from another workspace"),
        (robot, "is a bot, a guest or from another workspace"),
        (gone, "is deactivated in Slack"),
    ]
    for person, why in refused:
        answer = await story.submits(story.ana, role="CTO", owner=person.id)
        assert why in answer.errors["owner"]
    assert (story.prospect("Dana Li").role, story.prospect("Dana Li").owner_id) == (None, story.ana.id)
    await story.submits(story.ana, owner=story.ana.id)
    assert story.prospect("Dana Li").role == "CTO"


async def test_a_form_that_leaves_the_owner_alone_takes_it_from_nobody_who_got_it_meanwhile(story: Story) -> None:
    """Cleo edits while Ana gives Dana to Ben."""
    await story.told(story.ben, "help")
    await story.told(story.ana, DANA)
    await story.types(story.cleo, "edit acme")
    await story.told(story.ana, "assign acme @ben")
    await story.submits(story.cleo, role="CTO")
    assert (story.prospect("Dana Li").role, story.prospect("Dana Li").owner_id) == ("CTO", story.ben.id)


async def test_what_somebody_who_left_has_is_edited_and_given_away_in_the_form(story: Story) -> None:
    await story.told(story.ben, DANA)
    await story.sandbox.change_person(story.ben, deleted=True)
    await story.told(story.ana, "help")
    await story.types(story.cleo, "edit acme")
    assert "ben, who left." in read(story.form(story.cleo))
    await story.submits(story.cleo, role="CTO")
    assert story.prospect("Dana Li").owner_id == story.ben.id
    await story.types(story.cleo, "edit acme")
    await story.submits(story.cleo, owner=story.ana.id)
    assert "Handed over to ana: Dana Li at Acme" in story.heard()
    assert story.prospect("Dana Li").owner_id == story.ana.id


async def test_the_same_is_typed_beside_other_details(story: Story) -> None:
    await story.told(story.ben, "help")
    await story.told(story.ana, DANA)
    told = await story.told(story.ana, "edit acme hot, owner: @ben")
    assert "Edited and handed over to ben: Dana Li at Acme" in told.text
    assert "ben was told." in told.text
    assert "an @-mention" in (await story.told(story.ben, "edit acme, owner: @nobody")).text
    assert story.prospect("Dana Li").owner_id == story.ben.id


async def test_where_slack_does_not_say_who_somebody_is_it_is_said_that_they_were_never_here(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.types(story.ana, "edit acme")
    story.expected_refusals = {"fatal_error"}
    story.sandbox.faults.error("users.info", "fatal_error")
    answer = await story.submits(story.ana, owner=story.otto.id)
    assert "They have not used Follow-up Coach yet" in answer.errors["owner"]
