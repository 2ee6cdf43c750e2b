"""Short answers: settings, help, questions, and what went wrong in words."""

from collections.abc import Iterable, Sequence
from functools import reduce

from bot.storage.records import Member, Prospect
from bot.views import ids, words
from bot.views.blocks import LIST_BYTES, Block, Message, actions, button, context, escape, message, section
from cadences.words import capital, named
from language import say

CHOICES_SHOWN = 5
QUOTED_LENGTH = 300
HELP_LINES = 12
"""In one block of the help: a paragraph has a limit."""


def done(text: str, change_id: int) -> Message:
    """A change that is about no prospect, with Undo."""
    undo = button(say("Undo"), ids.UNDO, change_id, spoken=say("Undo: {deed}", deed=text))
    return message(text, [section(f"✓ {escape(text)}", undo)])


def help_text(examples: Iterable[tuple[str, str]], topic: str | None = None) -> Message:
    """Every command with a line that works; ``topic``: one of them."""
    rows = [(line, say(does)) for line, does in examples]
    lines = [f"`{ids.COMMAND} {escape(line)}`".replace(" `", "`") + f" – {escape(does)}" for line, does in rows]
    title = f"*{ids.COMMAND} {escape(topic)}*" if topic else say("*What you can type*")
    parts = [lines[at : at + HELP_LINES] for at in range(0, len(lines), HELP_LINES)]
    blocks = [section(title), *(section("\n".join(part)) for part in parts)]
    told = say("Names match by part and through typos. Every change can be undone: `/followup undo`")
    typed = "; ".join(f"{ids.COMMAND} {line}: {does}" for line, does in rows)
    if len(escape(typed).encode()) > LIST_BYTES:  # then what can be typed goes before what it does
        typed = "; ".join(f"{ids.COMMAND} {line}" for line, _ in rows)
    return message(say("What you can type: {lines}", lines=typed), [*blocks, context(told)])


def problem(what: str, example: str = "", buttons: Sequence[Block] = ()) -> Message:
    """What went wrong, in the user's words, with an example that works; nothing was changed."""
    blocks = [section(escape(what))]
    text = what
    if example:
        shown = f"{ids.COMMAND} {example}"
        blocks.append(context(say("For example: {line}", line=f"`{escape(shown)}`")))
        text = " ".join([what, say("For example: {line}", line=shown)])
    if buttons:
        blocks.append(actions(buttons))
    return message(text, blocks)


def which(words_typed: str, found: Sequence[Prospect]) -> Message:
    """Several match: which is meant?"""
    text = say("Which “{words}” do you mean? Open the right one, or type more of the name.", words=words_typed)
    blocks = [section(escape(text))]
    told = []
    for prospect in found[:CHOICES_SHOWN]:
        who = words.who(prospect.name, prospect.company)
        told.append(who)
        opened = button(say("Open"), ids.SHOW, prospect.id, spoken=say("Open {who}", who=who))
        blocks.append(section(f"*{escape(who)}*", opened))
    if len(found) > CHOICES_SHOWN:
        blocks.append(context(say("… and {count} more", count=len(found) - CHOICES_SHOWN)))
    more = [say("… and {count} more", count=len(found) - CHOICES_SHOWN)] if len(found) > CHOICES_SHOWN else []
    return message(f"{text} {'; '.join([*told, *more])}", blocks)


def which_date(line: str, readings: Sequence[tuple[str, str]], draft_id: int) -> Message:
    """A date that can be read in two ways: (words, meaning) each a button; nothing is stored before the answer."""
    text = say("Which date do you mean by “{words}”? Nothing is stored before you choose.", words=readings[0][0])
    choices = [button(meaning, f"{ids.ADD_AT}{number}", draft_id) for number, (_, meaning) in enumerate(readings)]
    blocks = [section(escape(text)), actions(choices), context(_typed(escape(_quoted(line))))]
    either = reduce(lambda one, other: say("{one} or {other}", one=one, other=other), [each for _, each in readings])
    return message(f"{text} {either}. {_typed(_quoted(line))}", blocks)


def double(existing: Prospect, owner: Member, viewer: Member, draft_id: int) -> Message:
    """Somebody very like this is known already."""
    who = words.who(existing.name, existing.company)
    stage = named(existing.stage)
    text = say("You have {who} already ({stage}). Nothing was added yet.", who=who, stage=stage)
    if owner.id != viewer.id:
        holder = capital(owner.name)
        text = say("{owner} has {who} already ({stage}). Nothing was added yet.", owner=holder, who=who, stage=stage)
    another = say("Add another {name} anyway", name=existing.name)
    choices = [
        button(say("Open existing"), ids.SHOW, existing.id, style="primary", spoken=say("Open {who}", who=who)),
        button(say("Add anyway"), ids.ADD_ANYWAY, draft_id, spoken=another),
    ]
    if owner.id == viewer.id or viewer.may_manage:
        into = say("Merge this into {who}", who=who)
        choices.append(button(say("Merge…"), ids.MERGE, f"{existing.id}.{draft_id}", spoken=into))
    return message(text, [section(escape(text)), actions(choices)])


def form_offered(why: str, form: str, draft_id: int, line: str) -> Message:
    """A form did not open: why, the button that opens it, and the line that asked for it."""
    spoken = say("Open {form}", form=form)
    opens = button(say("Open the form"), ids.KEPT_FORM, draft_id, style="primary", spoken=spoken)
    blocks = [section(escape(why)), actions([opens])]
    if not line:
        return message(why, blocks)
    command = f"{ids.COMMAND} {_quoted(line)}"
    return message(f"{why} {_typed(command)}", [*blocks, context(_typed(escape(command)))])


def _typed(line: str) -> str:
    return say("You typed: {line}", line=line)


def _quoted(line: str) -> str:
    return line if len(line) <= QUOTED_LENGTH else line[:QUOTED_LENGTH] + "…"
