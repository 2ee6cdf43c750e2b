"""The catalogues say everything the code says, and nothing else."""

import ast
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from cadences import library
from language import CATALOGUES, SOURCE, catalogues, languages

ROOT = Path(__file__).parents[2]
OTHERS = [each for each in languages() if each != SOURCE]
WHOLE = {
    "Add {name}": "{name} eintragen",
    "Type `/followup add`": "Tippe `/followup add`",
    "*Now*": "*Jetzt*",
    "Hi {{ prospect.name }}, {% if hook %}yes{% endif %}": "Hallo {{ prospect.name }}, {% if hook %}ja{% endif %}",
}


def of(words: dict[str, str]) -> Catalog:
    made = Catalog("de")
    for text, said in words.items():
        made.add(text, said)
    return made


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_said_in_every_language_with_its_placeholders_and_typed_words(language: str) -> None:
    assert list(catalogues.problems(catalogues.catalogue(language), catalogues.texts())) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_stands_as_the_command_writes_it(language: str, tmp_path: Path) -> None:
    """So that nobody's next run changes what somebody else wrote."""
    file = tmp_path / "again.po"
    catalogues.write(language, catalogues.texts(), file)
    assert file.read_text() == (CATALOGUES / f"{language}.po").read_text()


def test_no_text_hides_inside_an_f_string_where_the_catalogue_does_not_find_it() -> None:
    """Before Python 3.12 an f-string is one word to whoever reads the code word by word."""
    hidden = [
        f"{file.relative_to(ROOT)}:{inner.lineno}"
        for room in catalogues.ROOMS
        for file in (ROOT / room).rglob("*.py")
        for outer in ast.walk(ast.parse(file.read_text()))
        if isinstance(outer, ast.JoinedStr)
        for inner in ast.walk(outer)
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id in catalogues.KEYWORDS
        if any(isinstance(each, ast.Constant) for each in inner.args)
    ]
    assert hidden == []


def test_a_whole_catalogue_has_no_problem() -> None:
    assert list(catalogues.problems(of(WHOLE), of(WHOLE))) == []


@pytest.mark.parametrize(
    ("text", "said", "wrong"),
    [
        ("Add {name}", "", "no translation"),
        ("Add {name}", "Eintragen", "other placeholders"),
        ("Add {name}", "{Name} eintragen", "other placeholders"),
        ("Type `/followup add`", "Tippe `/followup neu`", "other typed words"),
        ("*Now*", "Jetzt", "other bold words"),
        (
            "Hi {{ prospect.name }}, {% if hook %}yes{% endif %}",
            "Hallo {{ prospect.role }}, {% if hook %}ja{% endif %}",
            "other template tags",
        ),
        ("Hi {{ prospect.name }}, {% if hook %}yes{% endif %}", "Hallo {{ prospect.name }}, ja", "other template tags"),
    ],
)
def test_what_a_translation_must_not_change_is_found(text: str, said: str, wrong: str) -> None:
    (found,) = catalogues.problems(of({**WHOLE, text: said}), of(WHOLE))
    assert wrong in found


def test_what_the_cadences_that_come_with_the_program_say_is_found() -> None:
    found = catalogues.texts()
    for cadence in library.all():
        assert all(text in found for text in (cadence.name, *(step.template for step in cadence.steps)))


def test_a_text_that_nobody_says_any_more_is_found() -> None:
    (found,) = catalogues.problems(of({**WHOLE, "Gone": "Weg"}), of(WHOLE))
    assert "nobody says 'Gone'" in found


def test_bringing_a_catalogue_up_to_date_keeps_what_is_translated(tmp_path: Path) -> None:
    file = tmp_path / "de.po"
    known = catalogues.catalogue("de")
    (some, *_rest) = [each.id for each in known if each.id]
    catalogues.write("de", of({str(some): "", "Quite new": ""}), file)
    written = file.read_text()
    assert 'msgid "Quite new"\nmsgstr ""' in written
    assert written.count("msgid ") == 3
