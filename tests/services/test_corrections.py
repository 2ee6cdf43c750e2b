"""What an edit teaches about the line that it corrects, and what it does not."""

import pytest

from bot.services.corrections import KEPT_AT_MOST, Said, Taught, taught_by, worth_keeping

AC = [Said("company", "AC")]
Edit = dict[str, tuple[str | None, str | None]]


def taught(said: list[Said], **edit: tuple[str | None, str | None]) -> Taught | None:
    """Each field as it was before the edit, and after it."""
    before, after = ({field: each[side] for field, each in edit.items()} for side in (0, 1))
    return taught_by(said, before, after)


def test_a_corrected_text_teaches_what_it_means() -> None:
    assert taught(AC, company=("AC", "Acme Corp")) == Taught("AC", "company", "Acme Corp")
    said = [*AC, Said("role", "hoo"), Said("note", "went well")]
    assert taught(said, role=("hoo", "Head of Operations")) == Taught("hoo", "role", "Head of Operations")
    assert taught([Said("source", "fair")], source=("fair", "Expo 26")) == Taught("fair", "source", "Expo 26")


def test_a_text_in_the_wrong_field_teaches_the_right_one() -> None:
    ops = [Said("company", "Ops")]
    assert taught(ops, company=("Ops", None), role=(None, "Head of Ops")) == Taught("Ops", "role", "Head of Ops")
    assert taught(ops, company=("Ops", None), role=(None, "Ops")) == Taught("Ops", "role", "Ops")
    assert taught(ops, company=("Ops", None), role=(None, "Ops"), source=(None, "fair")) is None
    assert taught(ops, company=("Ops", None)) is None
    assert taught([], company=("Ops", None), role=(None, "Ops")) is None


def test_the_only_text_that_was_not_read_teaches_what_it_is_short_for() -> None:
    ops = [*AC, Said("note", "hoo")]
    assert taught(ops, role=(None, "Head of Operations")) == Taught("hoo", "role", "Head of Operations")
    assert taught(ops, role=(None, "Buyer")) is None
    assert taught(ops, role=("CTO", "Head of Operations")) is None
    assert taught([*ops, Said("note", "hot lead")], role=(None, "Head of Operations")) is None
    assert taught(ops, role=(None, "Head of Operations"), source=(None, "fair")) is None


@pytest.mark.parametrize(
    ("words", "meaning"),
    [("Acme", "Acme Corp"), ("acme", "ACME"), ("Muller", "Müller GmbH"), ("Goggle", "Google"), ("Acmee", "Acme")],
)
def test_another_spelling_teaches_nothing(words: str, meaning: str) -> None:
    assert taught([Said("company", words)], company=(words, meaning)) is None


def test_an_edit_of_other_details_teaches_nothing() -> None:
    assert taught(AC) is None
    assert taught(AC, role=(None, "CTO")) is None
    assert taught(AC, company=("AC", None)) is None


def test_of_a_line_only_what_may_be_a_shorthand_is_remembered() -> None:
    said = [
        Said("company", "A"),
        Said("role", "&!"),
        Said("source", "x" * 61),
        Said("industry", "sw"),
        Said("note", "R&D"),
    ]
    assert worth_keeping(said) == (Said("industry", "sw"), Said("note", "R&D"))
    assert len(worth_keeping([Said("note", f"text {number}") for number in range(40)])) == KEPT_AT_MOST
