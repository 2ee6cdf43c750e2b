"""An amount without a sign is in the currency that the deal already has, wherever it is typed."""

from datetime import timedelta

import pytest

from bot.views import ids
from cadences.model import Stage
from tests.support.app import Story, read

DANA = "add Dana Li, Acme, dana@acme.com, $18k, call tomorrow 10am"


@pytest.fixture
def british(both: Story) -> Story:
    """Ana's own currency is the pound."""
    both.ana.locale = "en-GB"
    return both


def amount(story: Story, name: str = "Dana Li") -> tuple[int | None, str | None]:
    """What a deal is worth, and in which currency."""
    (kept,) = [each for each in story.prospects() if each.name == name and each.merged_into_id is None]
    return kept.value_minor, kept.currency


@pytest.mark.parametrize(
    ("line", "said", "kept"),
    [
        ("won dana 12k", "Won $12,000", (12_000_00, "USD")),
        ("won dana, 12.500,50, signed", "Won $12,500.50", (12_500_50, "USD")),
        ("won dana £12k", "Won £12,000", (12_000_00, "GBP")),
        ("edit dana value 13k", "Value: $13,000", (13_000_00, "USD")),
        ("edit dana value: 13000, hot", "Value: $13,000", (13_000_00, "USD")),
        ("edit dana 13k eur", "Value: €13,000", (13_000_00, "EUR")),
    ],
)
async def test_a_typed_amount_stays_in_the_currency_of_the_deal_unless_another_is_named(
    british: Story, line: str, said: str, kept: tuple[int, str]
) -> None:
    await british.told(british.ana, DANA)
    assert said in read(await british.told(british.ana, line))
    assert amount(british) == kept


async def test_where_a_deal_has_no_amount_yet_it_is_in_the_currency_of_who_types_it(british: Story) -> None:
    await british.told(british.ana, "add Dana Li, Acme")
    assert "Value: £13,000" in (await british.told(british.ana, "edit dana value 13k")).text
    await british.told(british.ana, "edit dana no value")
    assert "Won £12,000" in (await british.told(british.ana, "won dana 12k")).text


async def test_yen_have_no_cents_so_the_number_is_kept_and_not_its_cents(british: Story) -> None:
    await british.told(british.ana, DANA.replace("$18k", "¥18k"))
    refused = await british.told(british.ana, "edit dana value: 13000.50")
    assert refused.text == "That amount can't be right. Nothing was changed."
    assert "Value: ¥13,000" in (await british.told(british.ana, "edit dana value 13k")).text
    assert amount(british) == (13_000, "JPY")


@pytest.mark.parametrize(("button", "field"), [(ids.EDIT, "value"), (ids.WON, "amount")])
async def test_a_number_typed_over_the_amount_in_a_form_keeps_its_currency(
    british: Story, button: str, field: str
) -> None:
    await british.told(british.ana, DANA)
    await british.clicks(british.ana, await british.told(british.ana, "show dana"), button)
    assert "'initial_value': 'USD 18,000'" in str(british.form(british.ana).blocks)
    await british.submits(british.ana, **{field: "13,000"})
    assert amount(british) == (13_000_00, "USD")


async def test_a_row_that_is_won_by_its_number_or_on_its_card_keeps_its_currency(british: Story) -> None:
    for number, name in enumerate(("Dana Li", "Sam Sample")):
        await british.told(british.ana, f"add {name}, {name.split()[0]} Ltd, $5k, call tomorrow {9 + number}am")
    await british.moves_to(british.now + timedelta(hours=18))
    assert "won $12,000" in (await british.told(british.ana, "1 won 12k")).text
    assert amount(british) == (12_000_00, "USD")
    await british.types(british.ana, "focus")
    await british.clicks(british.ana, british.form(british.ana), ids.FOCUS_WON)
    await british.submits(british.ana, amount="9k")
    assert british.prospect("Sam Sample").stage is Stage.WON
    assert amount(british, "Sam Sample") == (9_000_00, "USD")


async def test_who_is_added_again_with_an_amount_is_merged_in_the_currency_that_is_kept(british: Story) -> None:
    await british.told(british.ana, DANA)
    asked = await british.told(british.ana, "add Dana Lie, Acme, dana@acme.com, 20k")
    await british.clicks(british.ana, asked, ids.MERGE)
    assert "$20,000" in read(british.form(british.ana))
    await british.submits(british.ana)
    assert amount(british) == (20_000_00, "USD")
