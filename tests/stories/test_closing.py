"""Won and lost: what is typed does what the forms do, and what was said at the end stays to be read."""

from datetime import date

import pytest

from bot.views import ids
from cadences.model import Stage
from tests.support.app import Story, labels, read

DANA = "add Dana Li, Acme, dana@acme.com, $12k, call tomorrow 10am"


async def test_a_typed_win_has_its_day_and_its_check_ins_as_the_form_does(both: Story) -> None:
    await both.told(both.ana, DANA)
    answer = await both.told(both.ana, "won dana €9.500,50, yesterday, post-sale -- signed at the fair")
    kept = both.prospect("Dana Li")
    assert "Won €9,500.50" in answer.text
    assert "step 1 of 6 (post-sale)" in answer.text
    assert (kept.closed_on, kept.close_note) == (date(2026, 11, 18), "signed at the fair")
    await both.clicks(both.ana, answer, ids.UNDO)
    assert both.prospect("Dana Li").stage is Stage.NEW


@pytest.mark.parametrize(
    ("locale", "line", "filled"),
    [
        ("de-DE", DANA, "12.000 USD"),
        ("de-DE", DANA.replace("$12k", "12.500,50 €"), "12.500,50 €"),
        ("en-US", DANA, "$12,000"),
        ("en-CA", DANA.replace("$12k", "12k USD"), "USD 12,000"),
    ],
)
async def test_the_forms_are_filled_as_their_reader_writes_and_what_is_sent_unchanged_changes_nothing(
    story: Story, locale: str, line: str, filled: str
) -> None:
    """A German reads 12.000; to a Canadian $12,000 would be Canadian dollars."""
    story.ana.locale = locale
    await story.told(story.ana, line)
    before = story.prospect("Dana Li")
    for button in (ids.EDIT, ids.WON):
        await story.clicks(story.ana, await story.told(story.ana, "show dana"), button)
        assert f"'initial_value': '{filled}'" in str(story.form(story.ana).blocks)
        await story.submits(story.ana)
        after = story.prospect("Dana Li")
        assert (after.value_minor, after.currency) == (before.value_minor, before.currency)
    assert after.stage is Stage.WON


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("won dana 12k tomorrow", "can't be closed in the future"),
        ("won dana 0", "I can't read that amount"),
        ("won dana -1k", "I can't read that amount"),
        ("lost dana other, try again in 5 months", "I try again in 3 or in 6 months"),
        ("lost dana pricing try again in 2 weeks", "I try again in 3 or in 6 months"),
    ],
)
async def test_what_can_not_be_done_as_it_was_typed_changes_nothing(story: Story, line: str, said: str) -> None:
    await story.told(story.ana, DANA)
    assert said in (await story.told(story.ana, line)).text
    assert story.prospect("Dana Li").stage is Stage.NEW


@pytest.mark.parametrize("line", ["won dana -- budget & <b>trust</b>", "lost dana pricing -- budget & <b>trust</b>"])
async def test_what_was_said_at_the_end_stands_on_the_card_until_it_is_reopened(story: Story, line: str) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ana, line)
    card = await story.told(story.ana, "show dana")
    assert "Note: budget &amp; &lt;b&gt;trust&lt;/b&gt;" in read(card)
    assert "Note: budget" in card.text
    await story.clicks(story.ana, card, label="Reopen")
    assert "Note: budget" not in read(await story.told(story.ana, "show dana"))


async def test_the_longest_note_at_the_end_fits_the_card(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.clicks(story.ana, await story.told(story.ana, "show dana"), ids.LOST)
    await story.submits(story.ana, reason="timing", note="x" * 3_000)
    assert "Reopen" in labels(await story.told(story.ana, "show dana"))


async def test_a_win_from_app_home_says_where_it_could_not_be_told(story: Story) -> None:
    """Nothing was pressed in a message, so there is nothing to answer below."""
    story.expected_refusals = {"not_in_channel"}
    await story.told(story.ana, DANA)
    await story.waits(hours=18)
    home = await story.sandbox.open_home(story.ana)
    await story.settle()
    assert home is not None
    await story.clicks(story.ana, home, ids.WON, row="Dana Li")
    await story.submits(story.ana, tell=story.random.id)
    assert f"/invite @{story.app.name}" in story.digest(story.ana).text
