"""A field's name in front of what it is, with a colon or without, in English and as the German form says it."""

import pytest

from bot.slack.commands import Add
from bot.slack.reading.grammar import read
from tests.slack.corpus import NOW


def read_add(words: str) -> list[tuple[str, str, str]]:
    add = read(f"add {words}", NOW)
    assert isinstance(add, Add)
    assert add.capture.problems == ()
    return [(each.field, each.value_text, each.words) for each in add.capture.understood]


@pytest.mark.parametrize(
    ("segment", "field", "value"),
    [
        ("industry software", "industry", "software"),
        ("industry: software", "industry", "software"),
        ("role CTO", "role", "CTO"),
        ("title CTO", "role", "CTO"),
        ("source fair", "source", "fair"),
        ("Branche Software", "industry", "Software"),
        ("Branche: Software", "industry", "Software"),
        ("Rolle: Einkauf", "role", "Einkauf"),
        ("Quelle Messe", "source", "Messe"),
        ("Wert: 12k", "value", "$12,000"),
        ("Notiz: will SSO", "note", "will SSO"),
    ],
)
def test_a_label_says_what_follows_and_is_read_back_as_typed(segment: str, field: str, value: str) -> None:
    assert read_add(f"Dana Li, Acme, {segment}")[2:] == [(field, value, segment)]


@pytest.mark.parametrize("segment", ["zone Lisbon", "time zone: Lisbon", "Zeitzone Lissabon", "Zeitzone: Lissabon"])
def test_a_zone_is_read_by_its_city(segment: str) -> None:
    assert [field for field, _, _ in read_add(f"Dana Li, Acme, {segment}")] == ["name", "company", "zone"]


@pytest.mark.parametrize(
    "company",
    ["Zone Labs", "Industry Partners", "Title Insurance", "Quelle Versand", "Rolle & Co", "industry partners"],
)
def test_a_company_that_begins_with_such_a_word_stays_one(company: str) -> None:
    assert read_add(f"Dana Li, {company}")[1:] == [("company", company, company)]


@pytest.mark.parametrize("remark", ["Zone of silence", "zone them out", "title insurance", "roles unclear"])
def test_a_remark_that_begins_with_such_a_word_stays_in_the_note(remark: str) -> None:
    assert read_add(f"Dana Li, Acme, {remark}")[2:] == [("note", remark, remark)]
