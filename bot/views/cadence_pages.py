"""Cadences to look at: the list, one of them, as text; and the question before one is deleted."""

from collections.abc import Sequence

from bot.services.definitions import Standing
from bot.services.retiring import Ending, Retired
from bot.storage.records import Member
from bot.views import ids, words
from bot.views.blocks import Block, Message, actions, button, context, escape, message, preformatted, section
from bot.views.blocks import listed as told
from bot.views.cadences import end_words, hint, in_sections, step_line
from cadences.model import Cadence

LISTED_AT_MOST = 45
TEXT_AT_MOST, PIECE_LENGTH = 12_000, 3_000
"""A longer definition fits no message; a piece fits a form's field."""


def listed(standings: Sequence[Standing], viewer: Member) -> Message:
    """Every cadence the viewer can start with what it is for, and a button to look at it."""
    blocks, lines = [section("*Cadences*")], []
    for standing in standings:
        cadence = standing.cadence
        what = f"{words.several(len(cadence.steps), 'step')}{_whose(standing, viewer)}"
        look = _button("Show", ids.CADENCE_SHOW, cadence, "Show the cadence")
        blocks.append(section(f"*{cadence.key}* · {escape(what)}\n{escape(cadence.description)}".strip(), look))
        lines.append(f"{cadence.key} ({what}): {cadence.description}".removesuffix(": ").rstrip())
    if len(standings) > LISTED_AT_MOST:
        more = f"… and {len(standings) - LISTED_AT_MOST} more: show one by its name."
        blocks[LISTED_AT_MOST + 1 :] = [context(more)]
    start = f"{ids.COMMAND} cadence start acme persistent"
    new = button("New cadence", ids.CADENCE_NEW, spoken="Make a new cadence")
    blocks += [actions([new]), context(f"Put somebody on one: `{start}`")]
    return message(f"Cadences: {told(lines)} Put somebody on one: {start}", blocks)


def shown(standing: Standing, viewer: Member) -> Message:
    """One cadence, step by step, its end, and what can be done with it."""
    cadence = standing.cadence
    lines = [f"{number}. {step_line(step)}" for number, step in enumerate(cadence.steps, start=1)]
    end = f"Then: {end_words(cadence)}."
    dates = _button("With dates", ids.CADENCE_PREVIEW, cadence, "Preview with dates")
    about = f"{cadence.key}{_whose(standing, viewer)}"
    if standing.retired_at is not None:
        about += " · deleted: nobody new is put on it"
    head = f"*{escape(cadence.name)}*\n{escape(cadence.description)}".strip()
    blocks = [section(head, dates), *in_sections(lines), context(escape(end)), context(escape(about))]
    blocks += [context(escape(hint(cadence))), actions(_deeds(standing, viewer))]
    return message(f"{cadence.name} ({about}): {cadence.description} {told(lines)} {end} {hint(cadence)}", blocks)


def as_text(cadence: Cadence, text: str) -> Message | None:
    """The whole definition to copy; None where it is too long for a message."""
    if len(text) > TEXT_AT_MOST:
        return None
    paste = f"Paste it into {ids.COMMAND} cadence new, here or in another workspace."
    pieces = [preformatted(piece) for piece in in_pieces(text, PIECE_LENGTH)]
    blocks = [section(f"*{escape(cadence.name)}* as text"), *pieces, context(escape(paste))]
    return message(f"{cadence.name} as text. {paste}\n{text}", blocks)


def in_pieces(text: str, length: int) -> list[str]:
    """The text in pieces of whole lines, none longer than that; joined with new lines they are the text again."""
    pieces: list[str] = []
    for line in text.split("\n"):
        joined = f"{pieces[-1]}\n{line}" if pieces else line
        if pieces and len(joined) <= length:
            pieces[-1] = joined
        else:
            pieces += [line[first : first + length] for first in range(0, max(len(line), 1), length)]
    return pieces


def asked_deletion(standing: Standing, count: int) -> Message:
    """Nothing is deleted before it is said what becomes of those who are on it."""
    cadence = standing.cadence
    if not count:
        text = f"Delete {cadence.name}? Nobody is on it."
        choices = [_button("Delete it", ids.CADENCE_FINISH, cadence, "Delete the cadence")]
    else:
        are = "person is" if count == 1 else "people are"
        text = f"Delete {cadence.name}? {count} {are} on it. Nobody new will be; shall they finish it, or come off it?"
        choices = [
            _button("They finish it", ids.CADENCE_FINISH, cadence, "Delete it, those on it finish"),
            _button("They come off it", ids.CADENCE_STOP, cadence, "Delete it, those on it come off"),
        ]
    return message(f"{text} Nothing was changed yet.", [section(escape(text)), actions(choices)])


def deleted(retired: Retired) -> Message:
    """It is gone: what became of those who were on it, Undo."""
    line = f"✓ Deleted {retired.key}."
    people = words.several(retired.count, "person", "people")
    if retired.count and retired.ending is Ending.FINISH:
        line += f" {people} will finish it; nobody new is put on it."
    elif retired.count:
        line += f" {people} came off it; the next business day asks what is to become of each."
    undo = button("Undo", ids.UNDO, retired.change.id, spoken=f"Undo deleting {retired.key}")
    return message(line, [section(escape(line), undo)])


def _whose(standing: Standing, viewer: Member) -> str:
    """Whose it is and since when, where that is worth saying."""
    version = f", version {standing.cadence.version}" if standing.saved_by is not None else ""
    if standing.is_built_in:
        return f" · changed here{version}" if version else ""
    if standing.owner_id is None:
        return f" · the team’s{version}"
    return f" · {'yours' if standing.owner_id == viewer.id else 'somebody’s own'}{version}"


def _deeds(standing: Standing, viewer: Member) -> list[Block]:
    """What the viewer may do with it: change it, or make a copy; have it as text; delete it."""
    cadence, mine = standing.cadence, standing.may_edit(viewer) and standing.retired_at is None
    deeds = [_button("Edit", ids.CADENCE_EDIT, cadence, "Edit the cadence")] if mine else []
    deeds.append(_button("Make my own copy", ids.CADENCE_FORK, cadence, "Make a copy of the cadence"))
    deeds.append(_button("As text", ids.CADENCE_TEXT, cadence, "Show the cadence as text"))
    if mine and not standing.is_built_in:
        deeds.append(_button("Delete", ids.CADENCE_DELETE, cadence, "Delete the cadence"))
    return deeds


def _button(label: str, action_id: str, cadence: Cadence, spoken: str) -> Block:
    return button(label, action_id, ids.cadence_word(cadence.key), spoken=f"{spoken}: {cadence.name}")
