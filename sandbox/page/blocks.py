"""What a template needs from Block Kit: which values stand in an element, its choices, ids for the page."""

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from markupsafe import Markup

from sandbox.page.mrkdwn import mrkdwn, plain
from sandbox.page.words import Words

Piece = Mapping[str, Any]
State = Mapping[str, Mapping[str, Piece]]

INPUT_TYPES: Final = {
    "plain_text_input": "text",
    "email_text_input": "email",
    "url_text_input": "url",
    "number_input": "text",
    "datepicker": "date",
    "timepicker": "time",
    "datetimepicker": "datetime-local",
}
INPUT_MODES: Final = {"number_input": "decimal", "email_text_input": "email", "url_text_input": "url"}
# Where an element keeps a value: in what it was drawn with, and in the state a person's choice leaves behind.
INITIAL_KEYS: Final = ("initial_value", "initial_date", "initial_time", "initial_date_time")
INITIAL_PICKS: Final = (
    "initial_option",
    "initial_options",
    "initial_user",
    "initial_users",
    "initial_conversation",
    "initial_conversations",
    "initial_channel",
    "initial_channels",
)
STATE_KEYS: Final = ("value", "selected_date", "selected_time", "selected_date_time")
STATE_PICKS: Final = tuple(key.replace("initial", "selected") for key in INITIAL_PICKS)


@dataclass(frozen=True, slots=True)
class Choice:
    """One option as the page draws it."""

    label: Markup
    value: str
    description: Markup | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Options under one heading; the heading is empty where Block Kit gave none."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """Where blocks are drawn: the reader's words, who can be picked, and what was already chosen."""

    words: Words
    surface: str
    state: State = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    people: Sequence[Choice] = ()
    conversations: Sequence[Choice] = ()
    offered: Mapping[str, Sequence[Piece]] = field(default_factory=dict)
    """What the app offered last in each menu that it fills while somebody types."""


def told(text: Piece | str | None, words: Words) -> Markup:
    """A text object (or bare string) as HTML, by its own type."""
    if text is None:
        return Markup("")
    if isinstance(text, str):
        return plain(text)
    if text.get("type") == "mrkdwn":
        return mrkdwn(str(text.get("text", "")), words)
    return plain(str(text.get("text", "")), emoji_on=text.get("emoji", True) is not False)


def dom_id(*parts: str) -> str:
    """An id for the page that is stable, readable, and distinct for distinct parts."""
    readable = re.sub(r"[^a-zA-Z0-9]+", "-", "-".join(parts)).strip("-")
    return f"{readable[:60]}-{zlib.crc32(chr(0).join(parts).encode()):x}"


def choices(element: Piece, scene: Scene) -> tuple[Group, ...]:
    """Everything that can be picked, group by group."""
    kind = str(element.get("type", ""))
    if "users_select" in kind:
        return (Group("", tuple(scene.people)),)
    if "conversations_select" in kind or "channels_select" in kind:
        return (Group("", tuple(scene.conversations)),)
    if "external_select" in kind:
        offered = scene.offered.get(str(element.get("action_id", "")), ())
        return (Group("", _choices(offered, scene.words)),)
    if element.get("option_groups"):
        return tuple(
            Group(str(group.get("label", {}).get("text", "")), _choices(group.get("options", ()), scene.words))
            for group in element["option_groups"]
        )
    return (Group("", _choices(element.get("options", ()), scene.words)),)


def picked(element: Piece, block_id: str, scene: Scene) -> frozenset[str]:
    """The values of the chosen options: the person's own choice, else the initial ones."""
    chosen = _chosen(element, block_id, scene)
    keys = INITIAL_PICKS if chosen is None else STATE_PICKS
    return frozenset(_values(element if chosen is None else chosen, keys))


def typed(element: Piece, block_id: str, scene: Scene) -> str:
    """What stands in a field: what the person wrote or picked, else the initial value."""
    chosen = _chosen(element, block_id, scene)
    source, keys = (element, INITIAL_KEYS) if chosen is None else (chosen, STATE_KEYS)
    value = next((source[key] for key in keys if source.get(key) is not None), "")
    if element.get("type") == "datetimepicker" and value:
        return f"{datetime.fromtimestamp(int(value), scene.words.zone):%Y-%m-%dT%H:%M}"
    return str(value)


def dispatches_on(element: Piece) -> str:
    """When a text input tells the app by itself: ``enter`` or ``character`` (only where the block asks for it)."""
    when = element.get("dispatch_action_config", {}).get("trigger_actions_on", [])
    return "character" if "on_character_entered" in when else "enter"


def columns(table: Piece) -> list[str]:
    """The alignment of each of a table's columns, one for every column of its widest row."""
    settings = table.get("column_settings") or []
    width = max((len(row) for row in table.get("rows", ())), default=0)
    aligns = [str((setting or {}).get("align", "left")) for setting in settings]
    return (aligns + ["left"] * width)[:width]


def _chosen(element: Piece, block_id: str, scene: Scene) -> Piece | None:
    return scene.state.get(block_id, {}).get(str(element.get("action_id", "")))


def _choices(options: Sequence[Piece], words: Words) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            told(option.get("text"), words),
            str(option.get("value", "")),
            told(option["description"], words) if option.get("description") else None,
            option.get("url"),
        )
        for option in options
    )


def _values(source: Piece, keys: Sequence[str]) -> Iterator[str]:
    for key in keys:
        found = source.get(key)
        for each in found if isinstance(found, list) else [found] if found else []:
            yield str(each.get("value", "")) if isinstance(each, Mapping) else str(each)
