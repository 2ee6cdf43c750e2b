"""Forms: everything typed is kept until it is stored, and a slow Slack costs nothing but a click."""

import asyncio

import pytest

from bot.storage.tables import DeliveryState
from bot.views import ids
from cadences.model import Stage
from tests.stories.conftest import Opened
from tests.support.app import Story, labels, read

DANA = "add Dana Li, Acme, dana@acme.com, $12k, call tomorrow 10am -- demo went well"


async def test_add_without_text_opens_the_form_and_every_field_is_stored(story: Story) -> None:
    opened = await story.types(story.ana, "add")
    assert (opened.message, story.form(story.ana).callback_id) == (None, ids.FORM_ADD)
    await story.submits(
        story.ana,
        name="Dana Li", company="Acme", role="CTO", email="dana@acme.com", phone="+49 30 123456", value="€9k",
        stage="engaged", source="fair", close_on="2026-12-31", next="call fri 10am", note="likes tea",
    )  # fmt: skip
    kept = story.prospect("Dana Li")
    assert (kept.company, kept.role, kept.email, kept.source) == ("Acme", "CTO", "dana@acme.com", "fair")
    assert (kept.value_minor, kept.currency, kept.stage) == (900_000, "EUR", Stage.ENGAGED)
    assert str(kept.close_on) == "2026-12-31"
    assert story.notes() == ["likes tea"]
    assert "Next: call Fri 20 Nov 10:00" in story.screen(story.ana).text
    assert story.sandbox.workspace.top_view(story.ana.id) is None


async def test_edit_changes_every_field(story: Story) -> None:
    added = await story.told(story.ana, DANA)
    await story.clicks(story.ana, added, label="Edit")
    assert "demo" not in read(story.form(story.ana))
    await story.submits(
        story.ana,
        name="Dana Lee", company="Beta", role="CEO", email="d@beta.example", phone="+1 415 555 0132", value="900",
        stage="proposal", source="", close_on="2027-01-15", next="email mon 9am",
    )  # fmt: skip
    kept = story.prospect("Dana Lee")
    assert (kept.company, kept.role, kept.email, kept.phone) == ("Beta", "CEO", "d@beta.example", "+14155550132")
    assert (kept.value_minor, kept.currency, kept.stage, str(kept.close_on)) == (
        90_000, "USD", Stage.PROPOSAL, "2027-01-15"
    )  # fmt: skip
    assert "Next: email Mon 23 Nov 09:00" in story.screen(story.ana).text

    await story.clicks(story.ana, story.screen(story.ana), ids.UNDO)
    assert story.prospect("Dana Li").value_minor == 1_200_000


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("value", "a lot", "I can't read that amount"),
        ("email", "not an address", "no email address"),
        ("next", "whenever", "I can't read one date there"),
        ("next", "call yesterday", "I can't read one date there"),
        ("next", "call 4/12", "I can't read one date there"),
    ],
)
async def test_what_can_not_be_read_is_said_at_its_field_and_the_rest_is_kept(
    story: Story, field: str, typed: str, said: str
) -> None:
    await story.types(story.ana, "add")
    refused = await story.submits(story.ana, name="Dana Li", company="Acme", **{field: typed})
    assert said in refused.errors[field]
    assert story.prospects() == []

    await story.submits(story.ana, **{field: ""})
    assert story.prospect("Dana Li").company == "Acme"


async def test_a_name_of_spaces_is_refused_at_the_name(story: Story) -> None:
    await story.types(story.ana, "add")
    refused = await story.submits(story.ana, name="   \u200b ")
    assert list(refused.errors) == ["name"]


@pytest.mark.parametrize(
    ("press", "field", "value"), [(ids.WON, "amount", "12 bananas"), (ids.WON, "on", "2027-01-01")]
)
async def test_won_says_at_the_field_what_can_not_be(story: Story, press: str, field: str, value: str) -> None:
    await story.told(story.ana, DANA)
    card = await story.told(story.ana, "show dana")
    await story.clicks(story.ana, card, press)
    refused = await story.submits(story.ana, **{field: value, "note": "signed"})
    assert refused.errors
    assert story.prospect("Dana Li").stage is Stage.NEW


@pytest.mark.parametrize("press", [ids.SNOOZE, ids.PARK])
async def test_a_picked_date_in_the_past_is_refused_at_its_field(story: Story, press: str) -> None:
    await story.told(story.ana, DANA)
    card = await story.told(story.ana, "show dana")
    entry = {ids.SNOOZE: (ids.SNOOZE, ids.PICK_DATE), ids.PARK: (ids.MORE, ids.PARK)}[press]
    await story.clicks(story.ana, card, *entry)
    refused = await story.submits(story.ana, on="2026-11-01")
    assert list(refused.errors) == ["on"]


async def test_an_expired_trigger_offers_a_button_that_opens_the_form(story: Story) -> None:
    """Slack's three seconds are over before the form can be opened."""
    story.expected_refusals = {"expired_trigger_id"}
    story.sandbox.faults.error("views.open", "expired_trigger_id")
    answer = await story.told(story.ana, "add")
    assert labels(answer) == ["Open the form"]
    await story.clicks(story.ana, answer, label="Open the form")
    await story.submits(story.ana, name="Dana Li")
    assert story.prospect("Dana Li").owner_id == story.ana.id


async def test_a_typed_edit_that_slack_opens_too_late_offers_the_form_by_a_button(story: Story) -> None:
    await story.told(story.ana, DANA)
    story.expected_refusals = {"expired_trigger_id"}
    story.sandbox.faults.error("views.open", "expired_trigger_id")
    answer = await story.told(story.ana, "edit dana")
    assert labels(answer) == ["Open the form"]
    await story.clicks(story.ana, answer, label="Open the form")
    await story.submits(story.ana, role="CTO")
    assert story.prospect("Dana Li").role == "CTO"


async def test_lost_without_a_reason_asks_for_it_also_when_slack_is_slow_and_the_note_is_kept(story: Story) -> None:
    await story.told(story.ana, DANA)
    story.expected_refusals = {"expired_trigger_id"}
    story.sandbox.faults.error("views.open", "expired_trigger_id")
    answer = await story.told(story.ana, "lost acme -- we heard nothing")
    assert "the form “Lost” for Dana Li at Acme" in answer.text
    assert "You typed: /followup lost acme -- we heard nothing" in answer.text

    await story.clicks(story.ana, answer, label="Open the form")
    await story.submits(story.ana, reason="timing")
    assert story.prospect("Dana Li").close_note == "we heard nothing"


async def test_a_form_that_slack_opens_too_late_is_answered_in_time(opened: Opened) -> None:
    """views.open hangs for longer than Slack waits for our answer."""
    async with opened(form_seconds=0.05) as story:
        gate = asyncio.Event()
        story.sandbox.faults.slow("views.open", gate)
        answer = await story.told(story.ana, "add")
        assert labels(answer) == ["Open the form"]
        gate.set()


async def test_a_press_whose_form_can_not_be_opened_says_so(story: Story) -> None:
    await story.told(story.ana, DANA)
    card = await story.told(story.ana, "show dana")
    story.sandbox.faults.server_error("views.open")
    await story.clicks(story.ana, card.snapshot(), ids.LOG)
    assert "Slack did not say whether the form “Log call” for Dana Li at Acme opened." in story.screen(story.ana).text


async def test_won_tells_a_channel_without_the_amount(story: Story) -> None:
    await story.told(story.ana, DANA)
    card = await story.told(story.ana, "show dana")
    await story.clicks(story.ana, card, ids.WON)
    await story.submits(story.ana, tell=story.deals.id, after=["post_sale"])
    told = story.messages(story.deals)[-1].text
    assert "ana won Dana Li at Acme" in told
    assert "12" not in told
    assert "Next: " in story.screen(story.ana).text


async def test_won_told_to_a_channel_without_the_app_says_the_exact_invite(story: Story) -> None:
    story.expected_refusals = {"not_in_channel"}
    await story.told(story.ana, DANA)
    await story.clicks(story.ana, await story.told(story.ana, "show dana"), ids.WON)
    await story.submits(story.ana, tell=story.random.id)
    assert f"/invite @{story.app.name}" in story.screen(story.ana).text
    assert story.prospect("Dana Li").stage is Stage.WON


async def test_everything_that_is_wrong_in_the_settings_is_said_at_once(story: Story) -> None:
    await story.clicks(story.ana, await story.told(story.ana, "settings"), label="Change")
    refused = await story.submits(story.ana, cap="many", new="few", country="Atlantis", zone="Mars")
    assert set(refused.errors) == {"cap", "new", "country", "zone"}


async def test_a_cadence_says_of_each_line_what_is_wrong_and_sets_them_apart(story: Story) -> None:
    """A field's error is one line: what breaks it would be drawn as a space."""
    await story.types(story.ana, "cadence new Fair leads")
    refused = await story.submits(story.ana, steps="banana\n3bd call reminder: propose meeting\nxyz")
    assert "; line 3: " in refused.errors["steps"]
    assert "\n" not in refused.errors["steps"]


async def test_a_reason_that_ends_in_dots_gets_no_full_stop(story: Story) -> None:
    await story.types(story.ana, "add")
    refused = await story.submits(story.ana, name="Dana Li", profile_url="javascript:alert(1)")
    assert refused.errors["profile_url"].endswith("https://…")


async def test_settings_are_changed_in_their_form(story: Story) -> None:
    await story.clicks(story.ana, await story.told(story.ana, "settings"), label="Change")
    refused = await story.submits(story.ana, days=[])
    assert "days" in refused.errors
    await story.submits(story.ana, time="06:30", days=["0", "4"], digest=[])
    member = story.member(story.ana)
    assert (member.digest_on, member.digest_time.hour, member.workdays) == (False, 6, frozenset({0, 4}))
    assert "digest is off" in story.screen(story.ana).text


async def test_an_answer_that_comes_half_an_hour_late_is_still_heard(story: Story) -> None:
    """The address for answers lives thirty minutes; Ana thinks for forty before she sends her form."""
    story.expects_old_addresses = True
    await story.types(story.ana, "add")
    await story.waits(minutes=40)
    await story.submits(story.ana, name="Dana Li")
    assert story.prospect("Dana Li")
    assert "Added Dana Li" in story.digest(story.ana).text
    assert {each.state for each in story.outbox()} <= {DeliveryState.SENT}
