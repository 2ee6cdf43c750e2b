"""Words of one's own: taught by a correction or typed, read in the next line, said so, and taken back."""

from bot.services import members, shorthands
from bot.services.actor import Actor, Origin
from bot.services.corrections import Taught
from bot.views import ids
from tests.support.app import Story, labels, read
from tests.support.rows import everything

YES = "Yes, remember it"


async def corrected(story: Story) -> None:
    """Ana adds somebody at “AC” and puts the company right in the form."""
    added = await story.told(story.ana, "add Dana Li, AC, $12k -- met at the fair")
    assert "company: AC (from “AC”)" in added.text
    await story.clicks(story.ana, added, label="Edit")
    await story.submits(story.ana, company="Acme Corp")


async def test_a_correction_is_offered_remembered_read_and_taken_back(both: Story) -> None:
    """Ana types AC for Acme Corp, and has to correct it only once."""
    story = both
    await corrected(story)
    offer = story.screen(story.ana)
    assert "Edited: Dana Li at Acme Corp" in offer.text
    assert "Read “AC” as company Acme Corp from now on?" in offer.text
    assert labels(offer, ids.SHORTHAND_TEACH) == [YES]
    (spoken,) = [
        each["accessibility_label"] for block in offer.blocks for each in block.get("elements", []) if "value" in each
    ]
    assert spoken == "Yes, remember it after editing Dana Li: “AC” is company Acme Corp"

    await story.clicks(story.ana, offer, label=YES)
    assert "Shorthand “AC”: company Acme Corp" in story.heard()
    taught = story.screen(story.ana)
    assert labels(taught) == ["Undo"]

    again = await story.told(story.ana, "add Bo Berg, ac, $3k")
    assert "company: Acme Corp (from “ac”, your shorthand)" in again.text
    assert "_from “ac”, your shorthand_" in read(again)
    assert story.prospect("Bo Berg").company == "Acme Corp"

    await story.clicks(story.ana, taught, ids.UNDO)
    assert "Undone: shorthand “AC”: company Acme Corp" in story.heard()
    assert "company: AC (from “AC”)" in (await story.told(story.ana, "add Cy Cole, AC")).text


async def test_the_offer_is_taken_once_however_often_it_is_pressed(story: Story) -> None:
    await corrected(story)
    first, second = (story.screen(story.ana).snapshot() for _ in range(2))
    await story.clicks(story.ana, first, label=YES)
    before = everything(story.db)
    await story.clicks(story.ana, second, label=YES)
    assert "“AC” means that for you already. Nothing was changed." in story.heard()
    assert everything(story.db) == before


async def test_an_old_offer_answers_for_what_happened_since(story: Story) -> None:
    """Weeks later it works; where something else was said since, that stands."""
    await corrected(story)
    offer = story.screen(story.ana).snapshot()
    await story.waits(days=40)
    await story.clicks(story.ana, offer, label=YES)
    assert "Shorthand “AC”: company Acme Corp" in story.heard()
    await story.told(story.ana, "shorthand AC = company Alpha Cooling")
    before = everything(story.db)
    await story.clicks(story.ana, offer, label=YES)
    assert "You taught me another meaning of it since, and that stands. Nothing was changed." in story.heard()
    assert everything(story.db) == before

    await story.told(story.ana, "shorthand delete ac")
    await story.told(story.ana, "edit dana company: Acme Holding")
    before = everything(story.db)
    await story.clicks(story.ana, offer, label=YES)
    assert "That was changed once more since" in story.heard()
    assert everything(story.db) == before


async def test_an_offer_whose_edit_was_undone_or_whose_prospect_is_gone_says_so(story: Story) -> None:
    await corrected(story)
    offer = story.screen(story.ana).snapshot()
    await story.clicks(story.ana, offer, ids.UNDO)
    before = everything(story.db)
    await story.clicks(story.ana, offer, label=YES)
    assert "That was undone already" in story.heard()
    await story.told(story.ana, "undo")
    await story.clicks(story.ana, offer, label=YES)
    assert "no longer here" in story.heard()
    assert everything(story.db)["shorthands"] == before["shorthands"] == []


async def test_a_typed_edit_is_offered_the_same(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, AC")
    edited = await story.told(story.ana, "edit dana, company: Acme Corp")
    assert "Read “AC” as company Acme Corp from now on?" in edited.text
    assert labels(edited) == ["Undo", YES]
    await story.clicks(story.ana, edited, label=YES)
    edited = await story.told(story.ana, "edit dana, role: CTO")
    assert "from now on" not in edited.text
    edited = await story.told(story.ana, "edit dana, no company")
    edited = await story.told(story.ana, "edit dana, ac")
    assert "Company: Acme Corp (from “ac”, your shorthand)" in edited.text
    assert story.prospect("Dana Li").company == "Acme Corp"


async def test_words_read_as_the_wrong_field_are_offered_as_the_right_one(story: Story) -> None:
    """“Ops” was no company."""
    await story.clicks(story.ana, await story.told(story.ana, "add Dana Li, Ops"), label="Edit")
    await story.submits(story.ana, company="", role="Operations Manager")
    assert "Read “Ops” as role Operations Manager from now on?" in story.screen(story.ana).text
    await story.clicks(story.ana, story.screen(story.ana), label=YES)
    added = await story.told(story.ana, "add Bo Berg, Acme, ops")
    assert "role: Operations Manager (from “ops”, your shorthand)" in added.text


async def test_an_edit_a_day_later_or_of_what_nobody_typed_teaches_nothing(story: Story) -> None:
    await story.told(story.ana, "add Dana Li, AC")
    await story.told(story.cleo, "help")
    assert "from now on" not in (await story.told(story.cleo, "edit dana company: Acme Corp")).text
    await story.told(story.ana, "add Bo Berg, bo@ac.example")
    assert "from now on" not in (await story.told(story.ana, "edit bo company: Acme Corp")).text
    await story.waits(days=1, hours=1)
    assert "from now on" not in (await story.told(story.ana, "edit dana company: Acme Holding")).text


async def test_they_are_typed_listed_found_and_deleted(story: Story) -> None:
    assert "You have no shorthand yet" in (await story.told(story.ana, "shorthand")).text
    taught = await story.told(story.ana, "shorthand AC = company Acme Corp")
    assert "Shorthand “AC”: company Acme Corp" in taught.text
    await story.told(story.ana, "shorthand Ops = Operations Manager, role")
    every = await story.told(story.ana, "shorthands")
    assert "2 shorthands for your add lines. AC = company: Acme Corp. Ops = role: Operations Manager." in every.text
    spoken = [block["accessory"]["accessibility_label"] for block in every.blocks if "accessory" in block]
    assert spoken == ["Delete the shorthand AC", "Delete the shorthand Ops"]
    assert "1 shorthand for your add lines. Ops" in (await story.told(story.ana, "shorthand manager")).text
    assert "no shorthand with “zebra” in it" in (await story.told(story.ana, "shorthand zebra")).text

    shown = every.snapshot()
    await story.clicks(story.ana, every, ids.SHORTHAND_FORGET, row="Acme Corp")
    assert "Deleted the shorthand “AC”" in story.heard()
    await story.clicks(story.ana, shown, ids.SHORTHAND_FORGET, row="Acme Corp")
    assert "no longer here" in story.heard()
    assert "Deleted the shorthand “Ops”" in (await story.told(story.ana, "shorthand delete ops")).text
    assert "You have no shorthand “ops”" in (await story.told(story.ana, "shorthand delete ops")).text
    await story.told(story.ana, "undo")
    assert "Ops = role" in (await story.told(story.ana, "shorthands")).text


async def test_many_of_them_fit_into_one_answer(story: Story) -> None:
    await story.told(story.ana, "shorthand AC = company Acme Corp")
    ana = Actor(story.member(story.ana), Origin.COMMAND)
    for number in range(1, shorthands.KEPT_AT_MOST):
        taught = Taught(f"W{number:03d}" + "&" * 50, "company", f"Sample {number} " + "&" * 180)
        shorthands.teach(story.db, ana, taught, story.now)
    assert "… and 180 more" in read(await story.told(story.ana, "shorthands"))
    refused = await story.told(story.ana, "shorthand one more = company Acme")
    assert "You have 200 shorthands; delete one first" in refused.text


async def test_nobody_elses_lines_are_read_with_them(story: Story) -> None:
    await story.told(story.ana, "shorthand AC = company Acme Corp")
    assert "company: AC (from “AC”)" in (await story.told(story.ben, "add Dana Li, AC")).text
    assert "You have no shorthand yet" in (await story.told(story.cleo, "shorthands")).text


async def test_a_meeting_is_read_with_them_and_finds_who_is_known_so(story: Story) -> None:
    await story.told(story.ana, "shorthand AC = company Acme Corp")
    met = await story.told(story.ana, "met Dana Li @ AC -- wants SSO")
    assert "Met Dana Li at Acme Corp, new with you" in met.text
    assert "Company: Acme Corp (from “AC”, your shorthand)" in met.text
    again = await story.told(story.ana, "met Dana Li @ AC")
    assert "Met Dana Li at Acme Corp." in again.text
    assert len(story.prospects()) == 1


async def test_a_line_that_was_asked_about_is_read_with_them_when_it_is_answered(story: Story) -> None:
    await story.told(story.ana, "shorthand AC = company Acme Corp")
    asked = await story.told(story.ana, "add Dana Li, AC, call 4/12")
    await story.clicks(story.ana, asked, f"{ids.ADD_AT}0")
    assert story.prospect("Dana Li").company == "Acme Corp"


async def test_what_says_by_itself_what_it_is_can_not_be_taught(story: Story) -> None:
    for words in ("12k", "thu 10am", "dana@acme.com", "+49 30 901820", "hot", "company: AC", "AC, Ops", "sun"):
        refused = await story.told(story.ana, f"shorthand {words} = company Acme Corp")
        assert "says by itself what it is" in refused.text
    assert "Say what it means" in (await story.told(story.ana, "shorthand AC = Acme Corp")).text
    assert "Which one? There are no words." in (await story.told(story.ana, "shorthand = company Acme")).text
    assert "from 2 letters to 60 characters" in (await story.told(story.ana, "shorthand A = company Acme")).text
    assert shorthands.listed(story.db, story.member(story.ana)) == ()


async def test_a_german_teaches_and_reads_them_in_german(story: Story) -> None:
    story.ana.locale = "de-DE"
    await story.clicks(story.ana, await story.told(story.ana, "add Dana Li, AC"), label="Bearbeiten")
    await story.submits(story.ana, company="Acme Corp")
    offer = story.screen(story.ana)
    assert "„AC“ ab jetzt so lesen – Firma: Acme Corp?" in offer.text
    await story.clicks(story.ana, offer, label="Ja, merken")
    assert "Firma: Acme Corp (aus „AC“, deinem Kürzel)" in (await story.told(story.ana, "add Bo Berg, AC")).text
    await story.told(story.ana, "shorthand Ops = Rolle Operations Manager")
    listed = (await story.told(story.ana, "shorthands")).text
    assert "AC = Firma: Acme Corp. Ops = Rolle: Operations Manager." in listed
    assert members.get(story.db, story.member(story.ana).workspace_id, story.ana.id) is not None
