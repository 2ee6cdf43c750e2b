"""Finding, as it is typed and clicked: what was found and why, more of it, nobody, and lines that can't be read."""

import pytest

from bot.views import ids
from tests.support.app import Story, labels, read

DANA = "add Dana Li, Acme, dana@acme.example, $12k, call tomorrow 10am -- wants SSO"


async def test_somebody_is_found_by_part_typo_and_note_and_opened(both: Story) -> None:
    """Ana remembers little of whom she spoke to."""
    story = both
    await story.told(story.ana, DANA)
    for words in ("acm", "dnaa", "acmee", "dana@acme.example"):
        assert (
            "Dana Li at Acme (new, yours): pending; next: call Fri 20 Nov 10:00"
            in (await story.told(story.ana, f"find {words}")).text
        )
    found = await story.told(story.ana, "find SSO")
    assert "note: “wants SSO”" in found.text
    assert "note: “wants SSO”" in read(found)
    assert "$12,000" in read(found)
    assert "$12,000" in found.text
    await story.clicks(story.ana, found, ids.SHOW)
    assert "Dana Li" in story.heard()
    assert "“dnaa” is like “Dana Li”" in (await story.told(story.ana, "find dnaa")).text
    assert "Dana Li at Acme (new, ana’s)" in (await story.told(story.ben, "find acm")).text


async def test_filters_narrow_it_and_are_said_as_understood(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.told(story.ben, "add Eva Li, Other, call tomorrow 10am")
    found = await story.told(story.ana, "find li owner:me value:>10k stage:new")
    assert found.text.startswith("1 match for “li”, owner ana, stage new, value &gt; $10,000: Dana Li at Acme")
    assert "Eva Li" not in found.text
    assert "Eva Li" in (await story.told(story.ana, "find owner:@ben")).text
    assert "Eva Li" in (await story.told(story.ana, f"find owner:<@{story.ben.id}>")).text
    assert "Dana Li" in (await story.told(story.ana, "find due:tomorrow cadence:post")).text
    nobody = await story.told(story.ana, "find stalled:yes li")
    assert "Nobody matches “li”, stalled yes. Add somebody: /followup add" in nobody.text


async def test_nobody_found_offers_to_add_somebody(story: Story) -> None:
    nobody = await story.told(story.ana, "find zebra")
    assert "Nobody matches “zebra”" in nobody.text
    await story.clicks(story.ana, nobody, ids.ADD_FORM)
    await story.submits(story.ana, name="Zebra Sample")
    assert "Zebra Sample" in (await story.told(story.ana, "find zebra")).text


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("colour:red acme", "I know no filter “colour”"),
        ("acme stage:zzz", "“zzz” is no stage: I know new, working"),
        ("acme stage:zzz", "So far I understood: “acme”."),
        ("owner:zed", "I know nobody in the team called “zed”"),
        ('""', "What shall I look for?"),
    ],
)
async def test_a_line_that_can_not_be_read_says_what_was_understood(story: Story, line: str, answer: str) -> None:
    said = (await story.told(story.ana, f"find {line}")).text
    assert answer[:1].upper() + answer[1:] in said[:1].upper() + said[1:]
    assert "/followup find " in said


async def test_more_than_twenty_are_paged_with_one_press(story: Story) -> None:
    """Every name is shown once."""
    for number in range(23):
        await story.told(story.ana, f"add Sample {number:02d}, Acme {number:02d}, s{number}@acme.example")
    found = await story.told(story.ana, "find sample")
    assert found.text.startswith("20 or more for “sample”")
    assert len(labels(found, ids.SHOW)) == 20
    spoken = [block["accessory"]["accessibility_label"] for block in found.blocks if "accessory" in block]
    assert spoken[0] == "Open Sample 00 at Acme 00"
    await story.clicks(story.ana, found, label="Show more")
    second = story.heard()
    assert "Page 2 for “sample”" in second
    assert "Sample 22" in second
    assert "Sample 19" not in second


async def test_a_search_is_saved_from_its_result_and_shown_by_its_name(both: Story) -> None:
    """Ana looks for the same every morning."""
    story = both
    await story.told(story.ana, DANA)
    found = await story.told(story.ana, "find li owner:me value:>10k")
    await story.clicks(story.ana, found, label="Save this view")
    assert "li owner:me value:&gt;10k" in read(story.form(story.ana))
    await story.submits(story.ana, name="Hot deals")
    assert "Saved the view “Hot deals”: li owner:me value:&gt;10k" in story.screen(story.ana).text
    assert (
        "1 match for view Hot deals: “li”, owner ana, value &gt; $10,000: Dana Li"
        in (await story.told(story.ana, "view hot")).text
    )
    views = await story.told(story.ana, "views")
    assert "1 saved view. Hot deals: li owner:me value:&gt;10k." in views.text
    await story.clicks(story.ana, views, ids.VIEW_SHOW)
    assert "Dana Li at Acme" in story.heard()
    await story.told(story.ana, "view delete hot deals")
    assert "You have no saved view yet" in (await story.told(story.ana, "views")).text
    await story.told(story.ana, "undo")
    assert "Hot deals" in (await story.told(story.ana, "views")).text


async def test_a_view_that_can_not_be_read_is_not_kept(story: Story) -> None:
    refused = await story.told(story.ana, "view save hot stage:nowhere")
    assert "“nowhere” is no stage" in refused.text
    assert "You have no saved view yet" in (await story.told(story.ana, "views")).text


async def test_a_name_that_no_view_has_shows_the_prospect(story: Story) -> None:
    await story.told(story.ana, DANA)
    assert "Dana Li" in (await story.told(story.ana, "view acme")).text
    assert "I know nobody" in (await story.told(story.ana, "view zebra")).text
