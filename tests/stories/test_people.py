"""Who may use it, App Home, and what happens when the app is thrown out."""

from datetime import UTC, datetime

from bot.services import members
from bot.storage.tables import DeliveryState
from bot.views import ids
from sandbox.model import Person
from tests.stories.conftest import Opened
from tests.support.app import Story, labels, read

FRIDAY_MORNING = datetime(2026, 11, 20, 7, 45, tzinfo=UTC)
DANA = "add Dana Li, Acme, $12k, call tomorrow 10am"


async def test_guests_and_strangers_are_refused_politely_everywhere(story: Story) -> None:
    """Otto is a guest; Pia comes from another workspace."""
    pia = story.sandbox.workspace.add_person("pia", team_id="T0OTHER", is_stranger=True)
    story.deals.members.add(pia.id)
    await story.told(story.ana, DANA)
    await story.told(story.cleo, "team", story.deals)
    await story.moves_to(datetime(2026, 11, 30, 8, 30, tzinfo=UTC))
    digest = next(each for each in story.messages(story.deals) if "stalled" in each.text and each.blocks)
    for person in (story.otto, pia):
        assert "for members of this workspace" in (await story.told(person, "add Eli, Beta", story.deals)).text
        if ids.NUDGE in str(digest.blocks):
            await story.clicks(person, digest, ids.NUDGE)
            assert "for members of this workspace" in story.screen(person, story.deals).text
        assert await story.sandbox.open_home(person) is None
    assert [each.name for each in story.prospects()] == ["Dana Li"]


async def test_home_shows_the_day_and_its_buttons_work(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.moves_to(FRIDAY_MORNING)
    home = await story.sandbox.open_home(story.ana)
    assert home is not None
    assert "Dana Li" in read(home)

    await story.clicks(story.ana, home, ids.WON)
    await story.submits(story.ana, amount="5k")
    assert "won $5,000" in read(story.digest(story.ana))
    home = story.sandbox.workspace.home[story.ana.id]
    assert "✓ Won $5,000: *Dana Li at Acme*" in read(home)
    home = await story.sandbox.open_home(story.ana)
    assert home is not None
    assert "Dana Li" not in read(home)

    await story.clicks(story.ana, home, label="Add a prospect")
    await story.submits(story.ana, name="Eli Wu", next="call today 5pm")
    assert "Eli Wu" in read(story.sandbox.workspace.home[story.ana.id])

    await story.clicks(story.ana, home, ids.MORE, ids.REPLIED)
    assert "✓ They replied: *Eli Wu*" in read(home)
    home = await story.sandbox.open_home(story.ana)
    assert "Eli Wu" not in read(home)


async def test_home_opens_the_card_in_a_form_and_buttons_in_it_work(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.moves_to(FRIDAY_MORNING)
    home = await story.sandbox.open_home(story.ana)
    assert home is not None
    await story.clicks(story.ana, home, ids.MORE, ids.OPEN)
    assert "Timeline" in read(story.form(story.ana))
    await story.clicks(story.ana, story.form(story.ana), ids.MORE, ids.REPLIED)
    assert "They replied" in read(story.form(story.ana))
    assert "They replied" in read(story.digest(story.ana)) or "they replied" in read(story.digest(story.ana))


async def test_home_is_drawn_anew_behind_a_form_in_which_something_is_pressed(story: Story) -> None:
    """Ana opens a card from the list of her home, answers in it and takes it back: the list behind it follows."""
    await story.told(story.ana, DANA)
    await story.told(story.ana, "add Eli Wu, Beta, call tomorrow 11am")
    await story.moves_to(FRIDAY_MORNING)
    home = await story.sandbox.open_home(story.ana)
    assert home is not None
    await story.clicks(story.ana, home, ids.MORE, ids.OPEN, row="Dana Li")
    await story.clicks(story.ana, story.form(story.ana), ids.MORE, ids.REPLIED)
    assert "Dana Li" not in read(story.sandbox.workspace.home[story.ana.id])
    assert "Eli Wu" in read(story.sandbox.workspace.home[story.ana.id])
    await story.clicks(story.ana, story.form(story.ana), label="Undo")
    assert "Dana Li" in read(story.sandbox.workspace.home[story.ana.id])


async def test_settings_and_pause_in_home_redraw_it(story: Story) -> None:
    home = await story.sandbox.open_home(story.ana)
    assert home is not None
    await story.clicks(story.ana, home, label="Settings")
    await story.clicks(story.ana, home, label="Pause")
    await story.submits(story.ana, on="2026-12-01")
    assert "paused until Tue 1 Dec" in read(home)
    await story.clicks(story.ana, home, label="Resume")
    assert "Your daily digest is on" in read(home)


async def test_home_is_drawn_again_at_every_visit_and_stores_nothing_twice(story: Story) -> None:
    for _ in range(3):
        await story.sandbox.open_home(story.ana)
    assert len(story.sandbox.calls_of("users.info")) == 1
    assert len(story.sandbox.calls_of("views.publish")) == 3


async def test_what_was_withheld_is_said_in_home(opened: Opened) -> None:
    """The answer to the post was lost and we may not look: better never than twice, and it is said."""
    async with opened() as story:
        story.expected_refusals = {"missing_scope"}
        await story.told(story.ana, DANA)
        story.sandbox.faults.server_error("chat.postMessage")
        await story.moves_to(FRIDAY_MORNING)
        await story.waits(minutes=1)
        assert story.messages(story.ana) == []
        home = await story.sandbox.open_home(story.ana)
        assert home is not None
        assert "The digest of Fri 20 Nov was not sent" in read(home)
        assert "Log call" in labels(home)


async def test_after_uninstalling_nothing_is_sent_and_everything_is_kept(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.sandbox.uninstall()
    calls = len(story.sandbox.calls)
    await story.moves_to(FRIDAY_MORNING)
    assert len(story.sandbox.calls) == calls
    assert story.prospect("Dana Li")
    assert {each.state for each in story.outbox()} <= {DeliveryState.SKIPPED}


async def test_a_persons_revoked_token_ends_nothing_and_the_bots_does(story: Story) -> None:
    async def revoked(kind: str, user: Person | str) -> None:
        who = user.id if isinstance(user, Person) else user
        tokens = {"oauth": [], "bot": [], kind: [who]}
        await story.sandbox.tell("tokens_revoked", {"type": "tokens_revoked", "tokens": tokens})

    def ended() -> bool:
        workspace = members.workspace(story.db, story.sandbox.workspace.team_id)
        assert workspace is not None
        return workspace.uninstalled_at is not None

    await revoked("oauth", story.ana)
    assert not ended()
    await revoked("bot", story.app.bot_user_id)
    assert ended()


async def test_somebody_slack_can_not_name_just_now_is_asked_to_try_again(story: Story) -> None:
    story.sandbox.faults.server_error("users.info")
    assert "Slack didn't tell me who you are" in (await story.told(story.ana, DANA)).text
    assert story.prospects() == []
    await story.told(story.ana, DANA)
    assert story.prospect("Dana Li")


async def test_a_member_who_comes_back_gets_her_digest_again(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.sandbox.change_person(story.ana, deleted=True)
    assert story.member(story.ana).is_deleted
    await story.sandbox.change_person(story.ana, deleted=False)
    await story.moves_to(FRIDAY_MORNING)
    assert "Dana Li" in story.digest(story.ana).text


async def test_who_leaves_her_digest_where_it_is_is_not_asked_again_with_every_change_of_her_profile(
    story: Story,
) -> None:
    await story.told(story.ana, DANA)
    await story.sandbox.change_person(story.ana, tz="America/New_York")
    await story.settle()
    asked = story.digest(story.ana)
    assert "America/New_York" in str(asked.blocks)
    await story.clicks(story.ana, asked, ids.ZONE_NO)
    await story.waits(days=3)
    told = len(story.messages(story.ana))
    await story.sandbox.change_person(story.ana, real_name="Ana M. Sample")
    await story.settle()
    assert len(story.messages(story.ana)) == told
    await story.waits(days=40)
    told = len(story.messages(story.ana))
    await story.sandbox.change_person(story.ana, real_name="Ana Sample")
    await story.settle()
    assert len(story.messages(story.ana)) == told + 1


async def test_a_zone_is_typed_or_written_into_the_settings_and_undone(story: Story) -> None:
    await story.told(story.ana, DANA)
    answer = await story.told(story.ana, "settings zone lisbon")
    assert story.member(story.ana).zone == "Europe/Lisbon"
    assert "08:45" in answer.text
    await story.clicks(story.ana, answer, ids.UNDO)
    assert story.member(story.ana).zone == "Europe/Berlin"
    assert "no time zone or city" in (await story.told(story.ana, "settings zone atlantis")).text

    await story.clicks(story.ana, await story.told(story.ana, "settings"), ids.SETTINGS)
    refused = await story.submits(story.ana, zone="Atlantis")
    assert "no time zone or city" in refused.errors["zone"]
    await story.submits(story.ana, zone="New York")
    assert story.member(story.ana).zone == "America/New_York"
    assert story.member(story.ana).next_digest_at == datetime(2026, 11, 20, 13, 45, tzinfo=UTC)
