"""Two people of one name: the company tells them apart, in every line as the app itself writes it."""

import pytest

from tests.support.app import Story


@pytest.fixture
async def two(story: Story) -> Story:
    """Max at Acme and Max at Beta, and somebody else at Acme."""
    for line in ("add Max Muster, Acme", "add Max Muster, Beta GmbH", "add Pia Poe, Acme"):
        await story.told(story.ana, line)
    return story


@pytest.mark.parametrize(
    "who", ["Max Muster at Beta GmbH", "max muster, beta", "max muster @ beta", "max beta", "beta max", "max bei beta"]
)
async def test_a_name_with_its_company_is_one_person(two: Story, who: str) -> None:
    assert (await two.told(two.ana, f"show {who}")).text.startswith("Max Muster at Beta GmbH")


@pytest.mark.parametrize(
    "line",
    ["snooze max at beta mon", "log max muster at beta call voicemail", "note max beta wants SSO", "won max beta 9k"],
)
async def test_every_verb_takes_it(two: Story, line: str) -> None:
    assert "Max Muster at Beta GmbH" in (await two.told(two.ana, line)).text


@pytest.mark.parametrize("who", ["max muster", "max", "acme"])
async def test_without_it_the_app_asks(two: Story, who: str) -> None:
    assert "do you mean" in (await two.told(two.ana, f"show {who}")).text


async def test_a_company_nobody_of_that_name_is_at_names_nobody(two: Story) -> None:
    assert "do you mean" in (await two.told(two.ana, "show max muster at gamma")).text
