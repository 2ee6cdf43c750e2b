"""What stands on a person's screen: the elements that were drawn, what is chosen in them, what Slack itself checks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.element_rules import DATE, TIME, options_of
from sandbox.model import JSON, Blocks, Message, State, View
from sandbox.refusal import NotRendered

CHOICE_KEYS = {
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
}
"""Under which key Slack reports what is chosen in an element of each type."""
STATELESS = frozenset({"button", "overflow", "workflow_button"})
REQUIRED_WORDS = "Please complete this required field."
EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s]+"
WEB = r"https?://\S+"


@dataclass(frozen=True, slots=True)
class Element:
    """One thing a person can use, and the block it stands in."""

    block: JSON
    json: JSON
    offered: list[JSON] = field(default_factory=list)
    """For a menu that the app fills while somebody types: what it offered last."""

    @property
    def type(self) -> str:
        """The element's type."""
        return str(self.json["type"])

    @property
    def action_id(self) -> str:
        """The element's action_id."""
        return str(self.json["action_id"])

    @property
    def block_id(self) -> str:
        """The block's id."""
        return str(self.block["block_id"])

    @property
    def is_input(self) -> bool:
        """Whether it stands in an input block."""
        return bool(self.block["type"] == "input")

    @property
    def dispatches(self) -> bool:
        """Whether using it tells the app at once; inputs do so only on demand."""
        return not self.is_input or bool(self.block.get("dispatch_action"))

    @property
    def label(self) -> str:
        """The words on a button, or above an input."""
        text = self.block.get("label") if self.is_input else self.json.get("text") or self.json.get("placeholder")
        return str(text["text"]) if text else ""


def elements(blocks: Blocks) -> Iterator[Element]:
    """Everything in these blocks that a person can use, in reading order."""
    for block in blocks:
        for candidate in (*block.get("elements", []), block.get("accessory"), block.get("element")):
            if isinstance(candidate, dict) and "action_id" in candidate:
                yield Element(block, candidate)


def find(
    surface: Message | View,
    action_id: str | None = None,
    block_id: str | None = None,
    value: Any = None,
    label: str | None = None,
) -> Element:
    """The one drawn element that fits; a button's ``value`` and ``label`` help to tell it from others."""
    fitting = [
        each
        for each in elements(surface.blocks)
        if action_id in (None, each.action_id)
        and block_id in (None, each.block_id)
        and label in (None, each.label)
        and (each.type != "button" or value in (None, each.json.get("value", "")))
    ]
    if len(fitting) == 1:
        return _with_offers(surface, fitting[0])
    wanted = f"action_id={action_id!r} block_id={block_id!r} value={value!r} label={label!r}"
    drawn = ", ".join(f"{each.block_id}/{each.action_id}" for each in elements(surface.blocks)) or "nothing to use"
    raise NotRendered(f"{len(fitting)} elements fit {wanted}; drawn: {drawn}")


def _with_offers(surface: Message | View, element: Element) -> Element:
    return replace(element, offered=surface.offered.get(element.action_id, []))


def chosen(element: Element, raw: Any) -> JSON:
    """Slack's value object for what a person put into an element; only what is offered can be chosen."""
    key = CHOICE_KEYS.get(element.type)
    if key is None:
        return {"type": element.type}
    if key == "selected_option":
        return {"type": element.type, key: None if raw is None else _option(element, raw)}
    if key == "selected_options":
        return {"type": element.type, key: [_option(element, each) for each in raw or []]}
    if key == "value":
        return {"type": element.type, key: None if raw in (None, "") else str(raw)}
    if key in ("selected_date", "selected_time") and raw is not None:
        _of_pattern(raw, DATE if key == "selected_date" else TIME)
    return {"type": element.type, key: raw or ([] if key.endswith("s") else None)}


def _option(element: Element, raw: Any) -> JSON:
    wanted = raw["value"] if isinstance(raw, dict) else raw
    for option in (*options_of(element.json), *element.offered):
        if wanted in (option["value"], option["text"]["text"]):
            return option
    offered = [option["value"] for option in (*options_of(element.json), *element.offered)]
    raise NotRendered(f"{wanted!r} is not offered by {element.action_id}; offered: {offered}")


def _of_pattern(raw: Any, pattern: str) -> None:
    if not isinstance(raw, str) or not re.fullmatch(pattern, raw):
        raise NotRendered(f"{raw!r} can't be picked: a picker gives {pattern}")


def initial(element: Element) -> JSON:
    """Slack's value object for an element nobody has touched."""
    drawn, key = element.json, CHOICE_KEYS[element.type]
    name = {"value": "initial_value", "rich_text_value": "initial_value"}.get(key, key.replace("selected", "initial"))
    return {"type": element.type, key: drawn.get(name, [] if key.endswith("s") else None)}


def state_of(blocks: Blocks, changed: State) -> State:
    """What stands in every element that holds a value: what the person changed, else what it was drawn with."""
    state: State = {}
    for element in elements(blocks):
        if element.type in STATELESS or element.type not in CHOICE_KEYS:
            continue
        mine = changed.get(element.block_id, {}).get(element.action_id)
        value = mine if mine is not None and mine["type"] == element.type else initial(element)
        state.setdefault(element.block_id, {})[element.action_id] = value
    return state


def input_named(view: View, name: str) -> Element:
    """The one drawn element whose block_id, action_id or label is ``name``."""
    for attribute in ("block_id", "action_id", "label"):
        fitting = [
            each for each in elements(view.blocks) if each.type in CHOICE_KEYS and getattr(each, attribute) == name
        ]
        if len(fitting) == 1:
            return _with_offers(view, fitting[0])
    drawn = ", ".join(f"{each.block_id}/{each.action_id}" for each in elements(view.blocks))
    raise NotRendered(f"no single input is called {name!r}; drawn: {drawn}")


def unfit(view: View, state: State) -> dict[str, str]:
    """What Slack says at the inputs of a modal before it submits anything, by block id."""
    problems: dict[str, str] = {}
    for element in elements(view.blocks):
        if not element.is_input:
            continue
        value = state.get(element.block_id, {}).get(element.action_id, {}).get(CHOICE_KEYS.get(element.type, "value"))
        words = _complaint(element, value)
        if words:
            problems[element.block_id] = words
    return problems


def _complaint(element: Element, value: Any) -> str | None:
    if value in (None, "", []):
        return None if element.block.get("optional") else REQUIRED_WORDS
    match element.type:
        case "email_text_input" if not re.fullmatch(EMAIL, value):
            return "Please enter a valid email address."
        case "url_text_input" if not re.fullmatch(WEB, value):
            return "Please enter a valid URL."
        case "number_input":
            return _number_complaint(element.json, value)
        case "plain_text_input":
            return _length_complaint(element.json, value)
    return None


def _number_complaint(drawn: JSON, value: str) -> str | None:
    pattern = r"-?\d+(\.\d+)?" if drawn.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(pattern, value):
        return "Please enter a valid number."
    if "min_value" in drawn and float(value) < float(drawn["min_value"]):
        return f"Please enter a number of at least {drawn['min_value']}."
    if "max_value" in drawn and float(value) > float(drawn["max_value"]):
        return f"Please enter a number of at most {drawn['max_value']}."
    return None


def _length_complaint(drawn: JSON, value: str) -> str | None:
    least, most = drawn.get("min_length", 0), drawn.get("max_length", 3_000)
    if len(value) < least:
        return f"Please enter at least {least} characters."
    if len(value) > most:
        return f"Please enter at most {most} characters."
    return None
