"""Keeps the catalogues in step with the code: ``python -m language.catalogues`` writes them, ``--check`` only looks."""

import re
import string
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from language import CATALOGUES, SOURCE, languages, locale_of

ROOMS = ("bot", "cadences")
"""Where texts stand."""
KEYWORDS = {"say": None, "mark": None, "say_n": (1, 2), "keep_n": (1, 2)}
PROJECT = "Follow-up Coach"
HEAD: dict[str, Any] = {
    "project": PROJECT, "version": "1", "msgid_bugs_address": "the issues of the project",
    "last_translator": PROJECT, "language_team": PROJECT,
    "charset": "utf-8", "fuzzy": False,
}  # fmt: skip
TYPED = "`"
"""Around what is typed: no translation changes that."""
TAG = re.compile(r"{{.*?}}|{%.*?%}", re.DOTALL)
"""What a template fills in, or does: no translation changes that either."""

METHODS = (("**.py", "python"), ("library/*.yml", "language.catalogues:built_in"))
"""How texts are found in which files."""


def built_in(
    file: IO[bytes], _keywords: Collection[str], _comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[tuple[int, None, str, list[str]]]:
    """The texts of a cadence that comes with the program, as babel asks for them: its names and its templates."""
    cadence = yaml.safe_load(file)
    steps = [step.get("template", "") for step in cadence["steps"]]
    yield from ((1, None, text, []) for text in (cadence["name"], cadence["description"], *steps) if text)


def texts(root: Path = CATALOGUES.parent) -> Catalog:
    """Every text of the code."""
    found = Catalog(**HEAD)
    for room in ROOMS:
        for file, line, text, _comments, _context in extract_from_dir(root / room, METHODS, keywords=KEYWORDS):
            found.add(text, locations=[(f"{room}/{file}", line)])
    return found


def catalogue(language: str) -> Catalog:
    """The words of a language as they stand in its file; without one, none."""
    file = CATALOGUES / f"{language}.po"
    if not file.exists():
        name = locale_of(language).english_name
        return Catalog(language, header_comment=f"# What {PROJECT} says, in {name}.", **HEAD)
    with file.open("rb") as lines:
        return read_po(lines, locale=language)


def write(language: str, wanted: Catalog, to: Path | None = None) -> None:
    """Bring a catalogue up to date: new texts are empty, gone ones are dropped, what is translated stays."""
    known = catalogue(language)
    written_at = known.creation_date
    known.update(wanted, no_fuzzy_matching=True, update_creation_date=False)
    known.creation_date = known.revision_date = written_at
    known.obsolete.clear()
    with (to or CATALOGUES / f"{language}.po").open("wb") as file:
        write_po(file, known, width=120, sort_output=True, no_location=True, ignore_obsolete=True)


def problems(translated: Catalog, wanted: Catalog) -> Iterator[str]:
    """What a catalogue lacks, has too much, or says with other placeholders or typed words than the code."""
    known = {each.id: each for each in translated if each.id}
    needed = {each.id for each in wanted if each.id}
    yield from (f"no translation for {key!r}" for key in needed if not _is_whole(known.get(key)))
    yield from (f"nobody says {key!r}" for key in known if key not in needed)
    for key, each in known.items():
        if key in needed and _is_whole(each):
            yield from (f"{wrong} in {said!r}, for {key!r}" for wrong, said in _unlike(each))


def _is_whole(message: Message | None) -> bool:
    return message is not None and not message.fuzzy and all(_forms(message.string))


def _forms(text: str | Sequence[str | None] | None) -> list[str]:
    """A text, or the forms that it takes with a number."""
    return [each or "" for each in ([text] if isinstance(text, str | None) else text)]


def _unlike(message: Message) -> Iterator[tuple[str, str]]:
    """What a translation changed that is not its to change."""
    ids, strings = _forms(message.id), _forms(message.string)
    allowed, needed = set.union(*map(_names, ids)), set.intersection(*map(_names, ids))
    for said in strings:
        if not needed - {"count"} <= _names(said) <= allowed:
            yield "other placeholders", said
        if sorted(ids[-1].split(TYPED)[1::2]) != sorted(said.split(TYPED)[1::2]):
            yield "other typed words", said
        if ids[-1].count("*") != said.count("*"):
            yield "other bold words", said
        if sorted(TAG.findall(ids[-1])) != sorted(TAG.findall(said)):
            yield "other template tags", said


def _names(text: str) -> set[str]:
    """The placeholders in a text; what a template fills in is none."""
    parsed = string.Formatter().parse(TAG.sub("", text))
    return {name for _literal, name, _form, _conversion in parsed if name is not None}


def main() -> int:
    """The command: 1 when something is to be done by hand."""
    wanted, others = texts(), [each for each in languages() if each != SOURCE]
    if "--check" not in sys.argv:
        for language in others:
            write(language, wanted)
    found = [f"{language}: {each}" for language in others for each in problems(catalogue(language), wanted)]
    print("\n".join(found) or f"{len(wanted)} texts, whole in {', '.join(languages())}")  # noqa: T201 - it is a command
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
