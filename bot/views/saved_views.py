"""Saved views: the list of them, and the form that gives a search its name."""

from collections.abc import Sequence

from bot.services.saved_views import EXAMPLE, NAME_LENGTH
from bot.storage.records import SavedView
from bot.views import ids
from bot.views.blocks import (
    Block,
    Message,
    button,
    context,
    cut,
    escape,
    field,
    listed,
    message,
    modal,
    section,
    text_input,
)
from bot.views.forms import Origin
from language import say, say_n

LINE_SHOWN = 120
LISTED_AT_MOST = 20


def all_of(views: Sequence[SavedView]) -> Message:
    """Every view with a button that shows it; how to save, use and delete one."""
    if not views:
        text = say("You have no saved view yet. Save one: {line}", line=f"{ids.COMMAND} {EXAMPLE}")
        return message(text, [section(escape(text))])
    title = say_n("{count} saved view", "{count} saved views", len(views))
    blocks = [section(f"*{escape(title)}*")]
    for view in views[:LISTED_AT_MOST]:
        spoken = say("Show the view {name}", name=view.name)
        shown = button(say("Show"), ids.VIEW_SHOW, ids.view_word(view.key), spoken=spoken)
        blocks.append(section(f"*{escape(view.name)}*\n{escape(cut(view.line, LINE_SHOWN))}", shown))
    blocks.append(context(escape(say("Delete one: {line}", line=f"{ids.COMMAND} view delete {views[0].name}"))))
    lines = [f"{view.name}: {cut(view.line, LINE_SHOWN)}." for view in views]
    return message(f"{title}. {listed(lines)}", blocks)


def naming(line: str, origin: Origin) -> Block:
    """Under which name shall a search be kept?"""
    hint = say("Typed later: {line}", line=f"{ids.COMMAND} view …")
    blocks = [
        section(escape(say("What it looks for: {line}", line=line))),
        field("name", say("Name"), text_input(length=NAME_LENGTH), hint=hint),
    ]
    return modal(say("Save this view"), ids.FORM_VIEW, blocks, submit=say("Save"), metadata=origin.text())


def save_button(draft_id: int, understood: str) -> Block:
    """Keeps what was looked for."""
    spoken = say("Save the view {filters}", filters=understood)
    return button(say("Save this view"), ids.VIEW_SAVE, draft_id, spoken=spoken)
