"""The main job, from a typed line to the Monday digest, on both databases."""

from datetime import UTC, datetime

from bot.views import ids
from cadences.model import LostReason, Stage
from tests.support.app import Story, labels, options, read

FRIDAY_MORNING = datetime(2026, 11, 20, 7, 45, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)
"""09:30 in Berlin, when the team's digest comes."""
DANA = "add Dana Li, Acme, dana@acme.com, $12k, call tomorrow 10am -- demo went well"
OTHERS = ("Eli Wu, Beta, call tomorrow 9am", "Flo Ra, Ceta, $5k, call tomorrow 9:30", "Gus To, Deta, email tomorrow")


async def test_a_typed_line_is_a_call_in_the_next_mornings_digest_and_two_clicks_log_it(both: Story) -> None:
    """Ana types what she promised, hears of it in time, calls, and says so."""
    added = await both.told(both.ana, DANA)
    assert "Added Dana Li at Acme. Next: call Fri 20 Nov 10:00 (Europe/Berlin), as promised" in added.text
    assert "$12,000" in read(added)
    assert "“$12k”" in read(added)
    assert labels(added) == ["Edit", "Undo"]

    await both.moves_to(FRIDAY_MORNING)
    digest = both.digest(both.ana)
    assert digest.text.startswith("1 follow-up today. 1 promised. 1. Dana Li at Acme, $12,000: call.")
    assert "promised for Fri 20 Nov 10:00" in read(digest)
    assert labels(digest)[:4] == ["Log call", "Snooze", "Won", "Lost"]

    await both.clicks(both.ana, digest, ids.LOG)
    await both.clicks(both.ana, both.form(both.ana), label="Voicemail")

    digest = both.digest(both.ana)
    assert len(both.messages(both.ana)) == 1
    assert "✓ *Dana Li* · Acme – called 08:45, voicemail; next: email Tue 24 Nov" in read(digest)
    assert "1 of 1 done" in read(digest)
    assert labels(digest, ids.UNDO) == ["Undo"]


async def test_rows_turn_into_what_became_of_them_snoozed_won_lost_and_undone(both: Story) -> None:
    """Ana works her list from top to bottom, and takes one thing back."""
    for line in (DANA.removeprefix("add "), *OTHERS):
        await both.told(both.ana, f"add {line}")
    await both.moves_to(FRIDAY_MORNING)
    ana, digest = both.ana, both.digest(both.ana)
    assert digest.text.startswith("4 follow-ups today.")

    tomorrow = next(iter(options(digest, ids.SNOOZE)))
    assert tomorrow == "Monday 23 Nov (tomorrow is Saturday)"
    await both.clicks(ana, digest, ids.SNOOZE, tomorrow, row="Eli Wu")
    assert "snoozed to Mon 23 Nov" in read(digest)

    await both.clicks(ana, digest, ids.WON, row="Flo Ra")
    await both.submits(ana, amount="7k")
    assert "won $7,000" in read(digest)

    await both.clicks(ana, digest, ids.LOST, row="Gus To")
    await both.submits(ana, reason="pricing")
    assert "lost (pricing)" in read(digest)
    assert "3 of 4 done" in read(digest)
    assert (both.prospect("Flo Ra").stage, both.prospect("Flo Ra").value_minor) == (Stage.WON, 700_000)
    assert both.prospect("Gus To").lost_reason is LostReason.PRICING

    await both.clicks(ana, digest, ids.UNDO, row="Gus To")
    assert both.prospect("Gus To").stage is Stage.NEW
    assert "2 of 4 done" in read(digest)
    assert "Log email" in labels(digest)
    assert len(both.messages(ana)) == 1


async def test_on_monday_the_team_channel_hears_which_deals_have_stalled(both: Story) -> None:
    """Nobody touched Ana's deal for a week; Cleo, who manages, takes it over in the channel."""
    await both.told(both.ana, "add Dana Li, Acme, $12k, new, call 18 dec")
    await both.told(both.ben, "add Eli Wu, Beta, call 18 dec")
    await both.told(both.cleo, "team mon 09:30", both.deals)
    await both.moves_to(MONDAY)

    digest = next(each for each in both.messages(both.deals) if "2 stalled deals" in each.text)
    assert "Dana Li at Acme, ana" in digest.text
    assert "$12,000" not in read(digest)
    thread = [each for each in both.messages(both.deals) if each.thread_ts == digest.ts]
    assert {each.text.split(":")[0] for each in thread} == {"ana", "ben"}

    await both.clicks(both.cleo, digest, ids.TAKE_OVER, row="Dana Li")
    assert both.prospect("Dana Li").owner_id == both.cleo.id
    assert "taken over by cleo" in read(digest)
    assert "cleo took over Dana Li at Acme from you" in both.digest(both.ana).text
