"""What the shortcuts open: the add form with a message in its note, and the form for a note."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.storage.records import Prospect
from bot.views import ids, words
from bot.views.blocks import LABEL_LENGTH, PLACEHOLDER_LENGTH, Block, cut, field, modal, option, plain, text_input
from bot.views.forms import NOTE_LENGTH, Origin
from language import say

TEXT_KEPT = 2_400
"""Of a long message; the rest of a note's 3,000 characters is for the people in it and the link."""
PEOPLE_KEPT = 400
OPTIONS_AT_MOST = 100


@dataclass(frozen=True, slots=True)
class Source:
    """A message that is worth following up: who wrote it, who is named in it, and where it stands."""

    text: str
    author: str = ""
    people: tuple[str, ...] = ()
    place: str = ""
    """Its link, or the channel where there is no link to be had."""


def note_of(source: Source) -> str:
    """The note that remembers it: the words, the people, the link."""
    lines = [cut(source.text, TEXT_KEPT)]
    if source.author:
        lines.append(say("From {name}", name=source.author))
    if source.people:
        lines.append(cut(say("People: {names}", names=", ".join(source.people)), PEOPLE_KEPT))
    lines.append(source.place)
    return "\n".join(line for line in lines if line)


def note(source: Source, origin: Origin) -> Block:
    """Whom is it about? Chosen while typing; the message stands in the note already."""
    whom = {
        "type": "external_select",
        "placeholder": plain(say("Type a name or a company"), PLACEHOLDER_LENGTH),
        "min_query_length": 1,
    }
    blocks = [
        field(ids.PICK_PROSPECT, say("Prospect"), whom),
        field("note", say("Note"), text_input(note_of(source) or None, length=NOTE_LENGTH, lines=True)),
    ]
    return modal(say("Add as a note"), ids.FORM_QUICK_NOTE, blocks, submit=say("Save"), metadata=origin.text())


def suggestions(found: Sequence[Prospect]) -> list[Block]:
    """The choices for what was typed so far."""
    return [_suggestion(each) for each in found[:OPTIONS_AT_MOST]]


def _suggestion(prospect: Prospect) -> Block:
    return option(cut(words.who(prospect.name, prospect.company), LABEL_LENGTH), str(prospect.id))
