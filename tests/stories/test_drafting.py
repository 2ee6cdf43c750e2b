"""What to say next: drafted in a form, copied and sent by hand, logged with one click; hooks and resources."""

import ast
from pathlib import Path

import pytest

from bot.views import drafting, ids
from cadences.model import Outcome
from sandbox.model import View
from sandbox.screen import elements
from tests.support.app import Story, labels, read
from tests.support.rows import everything

DANA = "add Dana Li, Acme, dana@example.com, +49 30 901820"
PRICE = 'resource add "SSO in two weeks" https://example.com/sso'
MEETING = "add Dana Li, Acme, dana@example.com, call tomorrow 10am"
ROOT = Path(__file__).parents[2]
SENDERS = {"smtplib", "aiosmtplib", "imaplib", "poplib", "sendgrid", "twilio", "vonage"}
"""What a program would send mail, text messages or calls with."""


async def fills(story: Story, **values: str) -> None:
    """Ana fills every slot that is still empty, then sends the form."""
    form = story.form(story.ana)
    empty = [
        each.block_id
        for each in elements(form.blocks)
        if each.block_id.startswith(drafting.SLOT_BLOCK) and "initial_value" not in each.json
    ]
    await story.submits(story.ana, **dict.fromkeys(empty, "single sign-on"), **values)


def plain(view: View) -> str:
    """A form's words without their formatting."""
    return read(view).replace("*", "")


def links(story: Story) -> dict[str, str]:
    """What the form's buttons open."""
    return {each.label: each.json["url"] for each in elements(story.form(story.ana).blocks) if "url" in each.json}


async def test_a_draft_is_made_filled_in_copied_and_logged(story: Story) -> None:
    """Ana types the verb, fills what only she knows, and sends it from her own mail."""
    await story.told(story.ana, DANA)
    answer = await story.told(story.ana, "draft acme")
    assert "A draft for Dana Li at Acme is open in a form. To fill in: the problem, in their words" in answer.text
    assert "Thank you for your time" in str(story.form(story.ana).blocks)

    await fills(story)

    said = read(story.form(story.ana))
    assert "- single sign-on" in said
    assert "[" not in said.split("Copy it")[0]
    ways = links(story)
    assert list(ways) == ["Open in mail", "Call", "Find on LinkedIn"]
    assert ways["Open in mail"].startswith("mailto:dana@example.com?subject=Thank%20you")
    assert "single%20sign-on" in ways["Open in mail"]
    assert ways["Call"] == "tel:+4930901820"
    assert "keywords=Dana%20Li%20Acme" in ways["Find on LinkedIn"]
    await story.clicks(story.ana, story.form(story.ana), label="Open in mail")
    await story.submits(story.ana, note="with the price list")
    assert "Emailed: Dana Li at Acme. Next: email" in story.heard()
    card = await story.told(story.ana, "show acme")
    assert "with the price list" in read(card)
    assert "single sign-on" in read(card)


async def test_it_can_not_be_copied_while_a_slot_is_empty(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.types(story.ana, "draft acme")
    form = story.form(story.ana)
    outcome = await story.sandbox.submit(story.ana, form, {})
    await story.settle()
    assert outcome.errors
    assert set(outcome.errors.values()) == {
        "Fill this in: [the problem, in their words].",
        "Fill this in: [what they want to be true a quarter from now].",
        "Fill this in: [what we agreed: who does what, by when].",
    }
    assert story.form(story.ana).id == form.id


async def test_a_slot_that_was_written_into_the_text_is_asked_for_there(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.types(story.ana, "draft acme")
    form = story.form(story.ana)
    outcome = await story.sandbox.submit(story.ana, form, {"text": "Shall we talk about [one more thing]?"})
    assert outcome.errors == {"text": "Fill this in: [one more thing]."}
    await story.submits(story.ana, text="Shall we talk about prices?")
    assert "Shall we talk about prices?" in read(story.form(story.ana))


async def test_what_speaks_against_a_text_is_said_and_forbids_nothing(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.types(story.ana, "draft acme")
    await story.submits(story.ana, text="Hi Dana, I am just checking in, as I said we would.")
    said = read(story.form(story.ana))
    assert "“just checking in” says that there is nothing new" in said
    assert "Nothing is asked" in said
    assert "I or we 3 times, you 0 times" in said
    await story.submits(story.ana)
    assert "Emailed: Dana Li at Acme" in story.heard()


async def test_from_the_card_and_from_the_log_form_the_same_draft_opens(story: Story) -> None:
    await story.told(story.ana, DANA)
    card = await story.told(story.ana, "show acme")
    await story.clicks(story.ana, card, ids.DRAFT)
    first = str(story.form(story.ana).blocks)
    await story.sandbox.close(story.ana, story.form(story.ana))
    await story.clicks(story.ana, card, ids.LOG)
    await story.clicks(story.ana, story.form(story.ana), ids.DRAFT)
    assert str(story.form(story.ana).blocks) == first
    await fills(story)
    await story.clicks(story.ana, story.form(story.ana), f"{ids.OUTCOME}{Outcome.REPLIED.value}")
    assert "They replied: Dana Li at Acme" in plain(story.form(story.ana))


async def test_a_hook_goes_into_the_draft_once(story: Story) -> None:
    """What Dana cares about is referred to, and never again after it was sent."""
    await story.told(story.ana, MEETING)
    kept = await story.told(story.ana, "hook acme cares about SSO")
    assert "Hook kept (“cares about SSO”): Dana Li at Acme." in kept.text
    card = await story.told(story.ana, "show acme")
    assert "Cares about: cares about SSO" in read(card)
    assert "Cares about: cares about SSO" in card.text

    await story.types(story.ana, "draft acme")
    assert "what stayed from your side: sso" in str(story.form(story.ana).blocks).lower()
    await fills(story)
    await story.submits(story.ana)

    card = await story.told(story.ana, "show acme")
    assert ids.HOOK_USED not in {each.action_id for each in elements(card.blocks)}
    await story.told(story.ana, "undo")
    card = await story.told(story.ana, "show acme")
    await story.clicks(story.ana, card, ids.HOOK_USED)
    assert "Hook used (“cares about SSO”): Dana Li at Acme" in story.heard()
    assert "Undone: hook used" in (await story.told(story.ana, "undo")).text


async def test_a_resource_is_suggested_sent_and_not_suggested_again(story: Story) -> None:
    await story.told(story.ana, DANA)
    assert "Added the resource “SSO in two weeks”" in (await story.told(story.ana, PRICE)).text
    answer = await story.told(story.ana, "draft acme")
    assert "Worth sending, and new to them: SSO in two weeks, https://example.com/sso" in answer.text
    await story.submits(story.ana, text="Does https://example.com/sso help you?")
    await story.submits(story.ana)

    answer = await story.told(story.ana, "draft acme")
    assert "Worth sending" not in answer.text
    await story.submits(story.ana, text="Does https://example.com/sso/ help you?")
    assert "They were sent this before: https://example.com/sso/" in read(story.form(story.ana))
    shelf = await story.told(story.ben, "resources sso")
    assert "used with Dana Li at Acme" in read(shelf)
    assert labels(shelf) == ["Open"]


async def test_a_resource_is_deleted_by_who_added_it_or_a_manager(story: Story) -> None:
    await story.told(story.ana, PRICE)
    shelf = await story.told(story.cleo, "resource")
    await story.clicks(story.cleo, shelf, ids.RESOURCE_DELETE)
    assert "Deleted the resource “SSO in two weeks”" in story.heard()
    assert "There is no resource yet." in (await story.told(story.ana, "resource")).text
    assert "Undone: deleted the resource" in (await story.told(story.cleo, "undo")).text
    told = (await story.told(story.ben, "resource delete sso")).text
    assert told == "Only who added it or a manager can delete this resource. Nothing was changed."
    assert "Deleted the resource" in (await story.told(story.ana, "resource delete sso")).text


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("draft nobody", "I know nobody called “nobody”"),
        ("draft", "Who is it about?"),
        ("hook acme", "A hook needs a name and what they care about."),
        ("resource add SSO in two weeks", "A resource needs a title and a link."),
        ("resource add SSO https://localhost", "A resource needs a web address"),
        ("resource delete nothing", "I know no resource called “nothing”"),
        ("resource delete", "Which resource?"),
        ("resource zebra", "No resource matches “zebra”"),
    ],
)
async def test_what_can_not_be_done_is_said_and_changes_nothing(story: Story, line: str, answer: str) -> None:
    await story.told(story.ana, DANA)
    before = everything(story.db)
    assert answer in (await story.told(story.ana, line)).text
    assert everything(story.db) == before


async def test_a_teammate_hears_whose_it_is(story: Story) -> None:
    await story.told(story.ana, DANA)
    assert "is ana’s" in (await story.told(story.ben, "draft acme")).text


async def test_a_call_is_drafted_as_what_to_say(story: Story) -> None:
    await story.told(story.ana, MEETING)
    await story.types(story.ana, "draft acme")
    await fills(story)
    assert "Open with: “" in read(story.form(story.ana))
    await story.clicks(story.ana, story.form(story.ana), f"{ids.OUTCOME}{Outcome.VOICEMAIL.value}")
    assert "Called, voicemail: Dana Li at Acme" in plain(story.form(story.ana))


async def test_nothing_but_the_team_is_ever_written_to(story: Story) -> None:
    """Whatever Ana drafts and logs, the app only opens forms and answers her."""
    await story.told(story.ana, DANA)
    await story.types(story.ana, "draft acme")
    await fills(story)
    await story.submits(story.ana)
    assert {call.method.partition(".")[0] for call in story.sandbox.calls} <= {
        "views",
        "auth",
        "users",
        "conversations",
    }


def test_no_code_could_send_anything_to_a_prospect() -> None:
    """A link of a mail program is all there is: nothing that sends is imported anywhere."""
    found = set()
    for source in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "cadences").rglob("*.py")]:
        for node in ast.walk(ast.parse(source.read_text())):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found |= {name.partition(".")[0] for name in names}
    assert found & SENDERS == set()
