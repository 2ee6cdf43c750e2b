"""Somebody is entered twice: asked when she is added, merged field by field, and typed."""

from datetime import UTC, datetime

from bot.storage.records import Prospect
from bot.views import ids
from tests.support.app import Story, labels, options, read

NEXT_MORNING = datetime(2026, 11, 20, 7, 50, tzinfo=UTC)
DANA = "add Dana Li, Acme, dana@acme.com, $12k, call tomorrow 10am -- from the fair"
LEE = "add Dana Lee, Beta, dl@acme.com, CTO -- from the web"


def standing(story: Story) -> list[Prospect]:
    """Those who became part of nobody."""
    return [each for each in story.prospects() if each.merged_into_id is None]


async def test_somebody_who_is_added_again_is_merged_field_by_field(story: Story) -> None:
    """Ana met Dana twice, and the second card says more."""
    await story.told(story.ana, DANA)
    asked = await story.told(story.ana, "add Dana Lie, Acme, dana@acme.com, +49 30 901820, CTO -- from the web")
    assert "You have Dana Li at Acme already" in asked.text

    await story.clicks(story.ana, asked, ids.MERGE)
    form = story.form(story.ana)
    assert list(options(form, "name")) == ["Dana Li", "Dana Lie"]
    assert "Added: " in read(form)
    assert "telephone" in read(form)
    await story.submits(story.ana, name="newer")

    (prospect,) = [each for each in story.prospects() if each.merged_into_id is None]
    assert (prospect.name, prospect.phone) == ("Dana Lie", "+4930901820")
    assert "Merged with Dana Lie: Dana Lie at Acme. Next: call Fri 20 Nov 10:00" in story.heard()
    assert "Kept: name Dana Lie, not Dana Li." in story.heard()
    assert story.notes() == ["from the fair", "from the web"]

    await story.told(story.ana, "undo")
    assert [each.name for each in story.prospects()] == ["Dana Li"]


async def test_a_form_that_adds_somebody_twice_asks_in_the_form_and_goes_on_there(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.types(story.ana, "add")
    await story.submits(story.ana, name="Dana L.", company="Acme", email="DANA@acme.com", note="again")
    form = story.form(story.ana)
    assert "You have Dana Li at Acme already (new). Nothing was added yet." in read(form)
    assert labels(form) == ["Open existing", "Add anyway", "Merge…"]
    await story.clicks(story.ana, form, ids.MERGE)
    await story.submits(story.ana)
    assert [each.name for each in story.prospects() if each.merged_into_id is None] == ["Dana Li"]
    assert story.notes() == ["from the fair", "again"]


async def test_what_a_form_said_is_added_anyway_once(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.types(story.ana, "add")
    await story.submits(story.ana, name="Dana L.", company="Acme", email="dana@acme.com", value="9k")
    await story.clicks(story.ana, story.form(story.ana), ids.ADD_ANYWAY)
    assert "Added *Dana L.* · Acme" in read(story.form(story.ana))
    assert [each.value_minor for each in story.prospects()] == [12_000_00, 9_000_00]


async def test_a_question_is_answered_once_added_anyway_or_merged(story: Story) -> None:
    await story.told(story.ana, DANA)
    asked = (await story.told(story.ana, "add Dana Li, Acme")).snapshot()
    await story.clicks(story.ana, asked, ids.ADD_ANYWAY)
    await story.clicks(story.ana, asked, ids.MERGE)
    await story.submits(story.ana)
    assert len(story.prospects()) == 2
    assert "Nothing was done twice" in read(story.form(story.ana))


async def test_who_does_not_hold_the_other_is_not_offered_to_merge(story: Story) -> None:
    await story.told(story.ana, DANA)
    asked = await story.told(story.ben, "add Dana Li, Acme")
    assert "Ana has Dana Li at Acme already" in asked.text
    assert labels(asked) == ["Open existing", "Add anyway"]
    assert "Merge…" in labels(await story.told(story.cleo, "add Dana Li, Acme"))


async def test_two_that_are_kept_are_merged_as_the_preview_says_and_told_apart_by_undo(both: Story) -> None:
    ana = both.ana
    await both.told(ana, DANA)
    await both.told(ana, LEE)
    card = (await both.told(ana, "show dana lee")).snapshot()
    opened = await both.types(ana, "merge dana lee into dana li")
    form = both.form(ana)
    assert opened.message is None
    assert "*Dana Li at Acme* stays, and *Dana Lee at Beta* becomes part of it." in read(form)
    assert [list(options(form, name)) for name in ("name", "company", "email")] == [
        ["Dana Li", "Dana Lee"], ["Acme", "Beta"], ["dana@acme.com", "dl@acme.com"]
    ]  # fmt: skip
    assert "Added: role CTO" in read(form)
    assert "Afterwards: new. Next, as promised: call Fri 20 Nov 10:00." in read(form)
    assert "No longer planned: email Fri 20 Nov." in read(form)
    assert "Notes and touches of both are kept." in read(form)
    assert len(standing(both)) == 2

    await both.submits(ana)
    told = both.screen(ana)
    assert "Merged with Dana Lee: Dana Li at Acme. Next: call Fri 20 Nov 10:00" in told.text
    assert "company Acme, not Beta; email dana@acme.com, not dl@acme.com" in told.text
    assert "Dana Li" in (await both.told(ana, "show acme")).text
    assert "I know nobody called" in (await both.told(ana, "show beta")).text

    await both.clicks(ana, card, ids.EDIT)
    assert "Dana Li" in str(both.form(ana).blocks)
    await both.clicks(ana, card, ids.LOG)
    assert "Dana Li at Acme" in both.heard()

    await both.clicks(ana, told, ids.UNDO)
    assert "Dana Lee" in (await both.told(ana, "show beta")).text


async def test_a_line_that_is_not_confirmed_merges_nothing_and_every_field_is_chosen_before_it_does(
    story: Story,
) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, LEE)
    await story.types(story.ana, "merge dana li into dana lee")
    assert "*Dana Lee at Beta* stays, and *Dana Li at Acme* becomes part of it." in read(story.form(story.ana))
    assert len(standing(story)) == 2

    await story.submits(story.ana, company="older")
    (kept,) = standing(story)
    assert (kept.name, kept.company, kept.email) == ("Dana Lee", "Acme", "dl@acme.com")


async def test_two_that_differ_in_nothing_are_shown_before_they_are_merged(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, Acme")
    asked = await story.told(story.ana, "add Dana Li, Acme")
    await story.clicks(story.ana, asked, ids.ADD_ANYWAY)
    await story.types(story.ana, "merge dana li into Dana Li")
    form = story.form(story.ana)
    assert "*Dana Li at Acme* stays, and *Dana Li at Acme* becomes part of it." in read(form)
    assert "The two contradict each other in nothing." in read(form)
    assert len(standing(story)) == 2

    await story.submits(story.ana)
    assert len(standing(story)) == 1
    await story.told(story.ana, "undo")
    assert len(standing(story)) == 2


async def test_a_yes_to_two_that_are_one_by_now_is_answered_in_the_form(story: Story) -> None:
    """There is no field to say it at."""
    await story.told(story.ana, "add Dana Li, Acme")
    await story.clicks(story.ana, await story.told(story.ana, "add Dana Li, Acme"), ids.ADD_ANYWAY)
    for person in (story.ana, story.cleo):
        await story.types(person, "merge dana li into dana li")
    await story.submits(story.cleo)
    await story.submits(story.ana)
    assert "one and the same prospect" in read(story.form(story.ana))


async def test_a_slow_slack_offers_the_preview_by_a_button(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, LEE)
    story.expected_refusals = {"expired_trigger_id"}
    story.sandbox.faults.error("views.open", "expired_trigger_id")
    offered = await story.told(story.ana, "merge dana lee into dana li")
    assert "the form “Merge” for Dana Lee at Beta and Dana Li at Acme" in offered.text
    assert labels(offered) == ["Open the form"]

    await story.clicks(story.ana, offered, ids.KEPT_FORM)
    await story.submits(story.ana, company="newer")
    assert [(each.name, each.company) for each in standing(story)] == [("Dana Li", "Beta")]
    assert "Merged with Dana Lee" in story.screen(story.ana).text


async def test_what_changed_since_the_preview_is_said_and_shown_before_anything_is_merged(story: Story) -> None:
    """Cleo corrects the company while Ana chooses."""
    await story.told(story.ana, DANA)
    await story.told(story.ana, LEE)
    await story.types(story.ana, "merge dana lee into dana li")
    await story.told(story.cleo, "note dana lee -- met at the fair")
    await story.told(story.cleo, "edit dana lee company: Gamma")

    await story.submits(story.ana, email="newer")
    form = story.form(story.ana)
    assert "Since you opened this, cleo changed Dana Lee at Gamma (15:00): edited. Nothing was done" in read(form)
    assert list(options(form, "company")) == ["Acme", "Gamma"]
    assert len(standing(story)) == 2

    await story.submits(story.ana)
    (kept,) = standing(story)
    assert (kept.company, kept.email) == ("Acme", "dl@acme.com")


async def test_what_is_only_noted_since_the_preview_is_merged_too(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, LEE)
    await story.types(story.ana, "merge dana lee into dana li")
    await story.told(story.cleo, "note dana lee -- met at the fair")
    await story.submits(story.ana)
    assert len(standing(story)) == 1
    assert "met at the fair" in story.notes()


async def test_two_that_were_merged_meanwhile_are_said_to_be_one(story: Story) -> None:
    """Ana confirms what Cleo has done already."""
    await story.told(story.ana, DANA)
    await story.told(story.ana, LEE)
    await story.types(story.ana, "merge dana lee into dana li")
    await story.types(story.cleo, "merge dana lee into dana li")
    await story.submits(story.cleo)
    refused = await story.submits(story.ana)
    assert "one and the same" in next(iter(refused.errors.values()))
    assert len(standing(story)) == 1


async def test_who_asked_us_to_stop_or_is_closed_is_said_in_the_preview(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, LEE)
    await story.told(story.ana, "stop dana lee -- asked us by mail")
    await story.types(story.ana, "merge dana lee into dana li")
    assert "They asked us to stop, so nothing is next." in read(story.form(story.ana))
    await story.submits(story.ana)
    (kept,) = standing(story)
    assert kept.do_not_contact_at is not None


async def test_a_row_of_the_one_that_is_gone_says_so(story: Story) -> None:
    """Both stand in Ana's digest when she merges them."""
    await story.told(story.ana, DANA)
    await story.told(story.ana, "add Dana Lee, Beta, call tomorrow 11am")
    await story.moves_to(NEXT_MORNING)
    await story.types(story.ana, "merge dana lee into dana li")
    await story.submits(story.ana)
    assert "Dana Lee at Beta: no longer here" in story.digest(story.ana).text


async def test_what_can_not_be_merged_is_said(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ben, "add Eve Sample, Beta")
    assert "one and the same" in (await story.told(story.ana, "merge dana into acme")).text
    assert "is ben’s" in (await story.told(story.ana, "merge eve into dana")).text
    assert "Name both" in (await story.told(story.ana, "merge dana")).text
    assert len(story.prospects()) == 2


async def test_after_a_merge_every_field_that_differed_can_be_chosen_anew(both: Story) -> None:
    """Ana typed it the wrong way round."""
    ana = both.ana
    await both.told(ana, DANA)
    await both.told(ana, LEE)
    await both.types(ana, "merge dana lee into dana li")
    await both.submits(ana)
    told = both.screen(ana).snapshot()
    assert labels(told)[-1] == "Choose other values"
    await both.clicks(ana, told, ids.MERGE_AGAIN)
    form = both.form(ana)
    assert list(options(form, "company")) == ["Acme", "Beta"]
    await both.submits(ana, company="newer")
    assert "company Beta, not Acme; email dana@acme.com, not dl@acme.com" in both.heard()
    assert "Dana Li" in (await both.told(ana, "show beta")).text
    await both.clicks(ana, told, ids.MERGE_AGAIN)
    assert "undone already" in both.heard()
    await both.told(ana, "undo")
    assert "Dana Lee" in (await both.told(ana, "show beta")).text
    assert "Dana Li" in (await both.told(ana, "show acme")).text


async def test_what_was_undone_since_the_preview_is_shown_as_it_is_now(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, LEE)
    await story.told(story.cleo, "edit dana lee company: Gamma")
    await story.types(story.ana, "merge dana lee into dana li")
    await story.told(story.cleo, "undo")
    await story.submits(story.ana)
    assert "Something changed since you opened this. Nothing was done" in read(story.form(story.ana))
    assert list(options(story.form(story.ana), "company")) == ["Acme", "Beta"]
