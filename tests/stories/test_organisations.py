"""A workspace of an Enterprise organisation: Slack says there that people belong to the organisation, or to another of
its workspaces, and still they are colleagues here."""

import pytest

from bot.views import ids
from sandbox.model import Organisation
from tests.support.app import Story, read

DANA = "add Dana Li, Acme, $12k, call tomorrow 10am"
SISTER = "T0SISTER"
REFUSED = "for members of this workspace"


@pytest.fixture
def inside(story: Story) -> Story:
    """The story in a workspace that belongs to an organisation."""
    story.sandbox.workspace.organisation = Organisation()
    return story


async def works_on_every_surface(story: Story) -> None:
    """A typed line, a button, a form, a shortcut, a menu that is filled, and Home."""
    await story.told(story.ana, DANA)
    await story.clicks(story.ana, await story.told(story.ana, "show dana"), ids.WON)
    await story.submits(story.ana, amount="9k")
    assert "$9,000" in story.heard()

    await story.sandbox.global_shortcut(story.ana, ids.SHORTCUT_ADD)
    await story.submits(story.ana, name="Eli Wu", next="call tomorrow 5pm")
    assert story.prospect("Eli Wu").owner_id == story.ana.id

    message = await story.sandbox.say(story.ben, story.random, "Eli called")
    await story.sandbox.message_shortcut(story.ana, message, ids.SHORTCUT_NOTE)
    form = story.form(story.ana)
    assert len(await story.sandbox.suggest(story.ana, form, ids.PICK_PROSPECT, "eli")) == 1
    await story.submits(story.ana, **{ids.PICK_PROSPECT: "Eli Wu"})
    assert "Eli called" in story.notes()[-1]

    home = await story.sandbox.open_home(story.ana)
    assert home is not None
    await story.clicks(story.ana, home, label="Settings")
    assert "Your daily digest is on" in read(home)


async def test_whoever_belongs_to_the_organisation_works_as_everybody_does(inside: Story) -> None:
    inside.ana.workspaces = (inside.sandbox.workspace.team_id,)
    await works_on_every_surface(inside)
    pressed = next(each for each in inside.sandbox.deliveries if each.payload.get("type") == "block_actions")
    assert pressed.payload["user"]["team_id"].startswith("E")


async def test_whoever_is_shown_as_of_a_sister_workspace_works_here_too(inside: Story) -> None:
    inside.ana.team_id = SISTER
    inside.ana.workspaces = (SISTER, inside.sandbox.workspace.team_id)
    await works_on_every_surface(inside)


async def test_whoever_is_of_a_sister_workspace_only_is_refused(inside: Story) -> None:
    inside.ben.team_id = SISTER
    inside.ben.workspaces = (SISTER,)
    shown = await inside.sandbox.say(inside.ana, inside.deals, "Dana called")
    await inside.sandbox.message_shortcut(inside.ben, shown, ids.SHORTCUT_NOTE)
    await inside.settle()
    assert REFUSED in inside.heard()
    assert inside.sandbox.workspace.top_view(inside.ben.id) is None


async def test_a_colleague_whose_home_workspace_changes_stays_a_colleague(inside: Story) -> None:
    await inside.told(inside.ana, DANA)
    here = inside.sandbox.workspace.team_id
    await inside.sandbox.change_person(inside.ana, team_id=SISTER, workspaces=(SISTER, here))
    await inside.settle()
    assert not inside.member(inside.ana).is_deleted
    await inside.sandbox.change_person(inside.ana, workspaces=(SISTER,))
    await inside.settle()
    assert inside.member(inside.ana).is_deleted
