"""Cadences to look at: the list, one of them, as text; and the question before one is deleted."""

from collections.abc import Sequence

from bot.services.definitions import Standing
from bot.services.retiring import Ending, Retired
from bot.storage.records import Member
from bot.views import ids
from bot.views.blocks import Block, Message, actions, button, context, escape, message, preformatted, section
from bot.views.blocks import listed as told
from bot.views.cadences import end_words, hint, in_sections, step_line
from cadences import library
from cadences.model import Cadence
from language import say, say_n

LISTED_AT_MOST = 45
TEXT_AT_MOST, PIECE_LENGTH = 12_000, 3_000
"""A longer definition fits no message; a piece fits a form's field."""


def listed(standings: Sequence[Standing], viewer: Member) -> Message:
    """Every cadence the viewer can start with what it is for, and a button to look at it."""
    blocks, lines = [section(say("*Cadences*"))], []
    for standing in standings:
        cadence, about = standing.cadence, library.description(standing.cadence)
        steps = say_n("{count} step", "{count} steps", len(cadence.steps))
        what = f"{steps}{_whose(standing, viewer)}"
        look = _button(say("Show"), ids.CADENCE_SHOW, cadence, say("Show the cadence"))
        blocks.append(section(f"*{cadence.key}* · {escape(what)}\n{escape(about)}".strip(), look))
        lines.append(f"{cadence.key} ({what}): {about}".removesuffix(": ").rstrip())
    if len(standings) > LISTED_AT_MOST:
        more = say("… and {count} more: show one by its name.", count=len(standings) - LISTED_AT_MOST)
        blocks[LISTED_AT_MOST + 1 :] = [context(more)]
    start = f"{ids.COMMAND} cadence start acme persistent"
    new = button(say("New cadence"), ids.CADENCE_NEW, spoken=say("Make a new cadence"))
    blocks += [actions([new]), context(say("Put somebody on one: {command}", command=f"`{start}`"))]
    all_of_them = say("Cadences: {list}", list=told(lines))
    return message(" ".join([all_of_them, say("Put somebody on one: {command}", command=start)]), blocks)


def shown(standing: Standing, viewer: Member) -> Message:
    """One cadence, step by step, its end, and what can be done with it."""
    cadence = standing.cadence
    name, meant = library.name(cadence), library.description(cadence)
    lines = [f"{number}. {step_line(step)}" for number, step in enumerate(cadence.steps, start=1)]
    end = say("Then: {end}.", end=end_words(cadence))
    dates = _button(say("With dates"), ids.CADENCE_PREVIEW, cadence, say("Preview with dates"))
    about = f"{cadence.key}{_whose(standing, viewer)}"
    if standing.retired_at is not None:
        about += " · " + say("deleted: nobody new is put on it")
    head = f"*{escape(name)}*\n{escape(meant)}".strip()
    blocks = [section(head, dates), *in_sections(lines), context(escape(end)), context(escape(about))]
    blocks += [context(escape(hint(cadence))), actions(_deeds(standing, viewer))]
    return message(f"{name} ({about}): {meant} {told(lines)} {end} {hint(cadence)}", blocks)


def as_text(cadence: Cadence, text: str) -> Message | None:
    """The whole definition to copy; None where it is too long for a message."""
    if len(text) > TEXT_AT_MOST:
        return None
    new = f"{ids.COMMAND} cadence new"
    paste = say("Paste it into {command}, here or in another workspace.", command=new)
    pieces = [preformatted(piece) for piece in in_pieces(text, PIECE_LENGTH)]
    name = library.name(cadence)
    blocks = [section(say("*{name}* as text", name=escape(name))), *pieces, context(escape(paste))]
    head = say("{name} as text.", name=name)
    return message(f"{head} {paste}\n{text}", blocks)


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
        text = say("Delete {name}? Nobody is on it.", name=library.name(cadence))
        choices = [_button(say("Delete it"), ids.CADENCE_FINISH, cadence, say("Delete the cadence"))]
    else:
        text = say_n(
            "Delete {name}? {count} person is on it. Nobody new will be; shall they finish it, or come off it?",
            "Delete {name}? {count} people are on it. Nobody new will be; shall they finish it, or come off it?",
            count,
            name=library.name(cadence),
        )
        choices = [
            _button(say("They finish it"), ids.CADENCE_FINISH, cadence, say("Delete it, those on it finish")),
            _button(say("They come off it"), ids.CADENCE_STOP, cadence, say("Delete it, those on it come off")),
        ]
    said = " ".join([text, say("Nothing was changed yet.")])
    return message(said, [section(escape(text)), actions(choices)])


def deleted(retired: Retired) -> Message:
    """It is gone: what became of those who were on it, Undo."""
    line = " ".join(filter(None, (say("✓ Deleted {cadence}.", cadence=retired.key), _left(retired))))
    spoken = say("Undo deleting {cadence}", cadence=retired.key)
    return message(line, [section(escape(line), button(say("Undo"), ids.UNDO, retired.change.id, spoken=spoken))])


def _left(retired: Retired) -> str:
    """What became of those who were on it; nothing where nobody was."""
    if not retired.count:
        return ""
    if retired.ending is Ending.FINISH:
        return say_n(
            "{count} person will finish it; nobody new is put on it.",
            "{count} people will finish it; nobody new is put on it.",
            retired.count,
        )
    return say_n(
        "{count} person came off it; the next business day asks what is to become of each.",
        "{count} people came off it; the next business day asks what is to become of each.",
        retired.count,
    )


def _whose(standing: Standing, viewer: Member) -> str:
    """Whose it is and since when, where that is worth saying."""
    if standing.is_built_in:
        parts = [say("changed here")] if standing.saved_by is not None else []
    elif standing.owner_id is None:
        parts = [say("the team’s")]
    else:
        parts = [say("yours") if standing.owner_id == viewer.id else say("somebody’s own")]
    if standing.saved_by is not None:
        parts.append(say("version {version}", version=standing.cadence.version))
    return f" · {', '.join(parts)}" if parts else ""


def _deeds(standing: Standing, viewer: Member) -> list[Block]:
    """What the viewer may do with it: change it, or make a copy; have it as text; delete it."""
    cadence, mine = standing.cadence, standing.may_edit(viewer) and standing.retired_at is None
    deeds = [_button(say("Edit"), ids.CADENCE_EDIT, cadence, say("Edit the cadence"))] if mine else []
    deeds.append(_button(say("Make my own copy"), ids.CADENCE_FORK, cadence, say("Make a copy of the cadence")))
    deeds.append(_button(say("As text"), ids.CADENCE_TEXT, cadence, say("Show the cadence as text")))
    if mine and not standing.is_built_in:
        deeds.append(_button(say("Delete"), ids.CADENCE_DELETE, cadence, say("Delete the cadence")))
    return deeds


def _button(label: str, action_id: str, cadence: Cadence, spoken: str) -> Block:
    return button(label, action_id, ids.cadence_word(cadence.key), spoken=f"{spoken}: {library.name(cadence)}")
