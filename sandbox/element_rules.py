"""What Slack accepts as text, option, confirm dialog and block element: the table the block rules stand on."""

from collections.abc import Iterator
from typing import Any

from sandbox.schema import (
    Check,
    Problem,
    anything,
    array,
    at_least_one_of,
    boolean,
    by_type,
    exactly_one_of,
    integer,
    one_of,
    shape,
    string,
)

ID = 255
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
URL = 3_000
ACCESSIBILITY_LABEL = 75
OPTION_TEXT = 75
OPTION_VALUE = 75
"""Slack's newer documentation says 150; 75 is refused nowhere."""
OPTION_DESCRIPTION = 75
PLACEHOLDER = 150
SELECT_OPTIONS = 100
OPTION_GROUPS = 100
OVERFLOW_OPTIONS = 5
CHOICES = 10
INPUT_TEXT = 3_000
ALT_TEXT = 2_000
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30
SELECT_MAX_ITEMS = 1_000_000
DATE = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
TIME = r"([01]\d|2[0-3]):[0-5]\d"
WEB_ADDRESS = r"(?is)(https?://|mailto:|slack://|tel:).+"
DATE_TIME_LEAST, DATE_TIME_MOST = 1_000_000_000, 9_999_999_999


def plain(most: int) -> Check:
    """A plain_text object of at most so many characters."""
    return by_type({"plain_text": shape({"type": anything, "text": string(most)}, {"emoji": boolean})})


def words(most: int) -> Check:
    """A text object of either type."""
    mrkdwn = shape({"type": anything, "text": string(most)}, {"verbatim": boolean})
    plain_text = shape({"type": anything, "text": string(most)}, {"emoji": boolean})
    return by_type({"plain_text": plain_text, "mrkdwn": mrkdwn})


CONFIRM = shape(
    {
        "title": plain(CONFIRM_TITLE),
        "text": words(CONFIRM_TEXT),
        "confirm": plain(CONFIRM_BUTTON),
        "deny": plain(CONFIRM_BUTTON),
    },
    {"style": one_of("primary", "danger")},
)

OPTION = shape({"text": plain(OPTION_TEXT), "value": string(OPTION_VALUE)}, {"description": plain(OPTION_DESCRIPTION)})
CHOICE = shape({"text": words(OPTION_TEXT), "value": string(OPTION_VALUE)}, {"description": words(OPTION_DESCRIPTION)})
"""An option of radio buttons or checkboxes may be mrkdwn."""
MENU_OPTION = shape(
    {"text": plain(OPTION_TEXT), "value": string(OPTION_VALUE)},
    {"description": plain(OPTION_DESCRIPTION), "url": string(URL, pattern=WEB_ADDRESS)},
)
"""Only the options of an overflow menu may carry a url."""
OPTION_GROUP = shape({"label": plain(OPTION_TEXT), "options": array(OPTION, SELECT_OPTIONS)})


def options_of(element: dict[str, Any]) -> list[dict[str, Any]]:
    """Every option of a menu, its groups flattened."""
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def _initials_are_options(element: dict[str, Any], pointer: str) -> Iterator[Problem]:
    """An initial option must be one of the options, exactly."""
    offered = [bare(option) for option in options_of(element)]
    chosen = element.get("initial_options", [])
    chosen = [*chosen, element["initial_option"]] if "initial_option" in element else chosen
    if any(bare(each) not in offered for each in chosen):
        key = "initial_option" if "initial_option" in element else "initial_options"
        yield Problem(f"{pointer}/{key}", "must exactly match one of the provided options")


def bare(value: Any) -> Any:
    """A value without what Slack adds to text objects on its own (``emoji: true``, ``verbatim: false``)."""
    if isinstance(value, list):
        return [bare(each) for each in value]
    if not isinstance(value, dict):
        return value
    added = {"emoji": True, "verbatim": False}
    return {key: bare(each) for key, each in value.items() if not (key in added and each is added[key])}


def _lengths_in_order(element: dict[str, Any], pointer: str) -> Iterator[Problem]:
    """min_length may not pass max_length, nor may what stands there already."""
    most = element.get("max_length", INPUT_TEXT)
    if element.get("min_length", 0) > most:
        yield Problem(f"{pointer}/min_length", "must be less than max_length")
    initial = element.get("initial_value", "")
    if isinstance(initial, str) and len(initial) > most:
        yield Problem(f"{pointer}/initial_value", "must not be longer than max_length")


COMMON: dict[str, Check] = {"type": anything}
FOCUS: dict[str, Check] = {"action_id": string(ID), "focus_on_load": boolean}
ASKED: dict[str, Check] = {**FOCUS, "confirm": CONFIRM}
HINTED: dict[str, Check] = {"placeholder": plain(PLACEHOLDER)}
DISPATCH = shape({"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 2)})
MANY: dict[str, Check] = {"max_selected_items": integer(1, SELECT_MAX_ITEMS)}
FILTER = shape(
    {},
    {
        "include": array(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    [at_least_one_of("include", "exclude_external_shared_channels", "exclude_bot_users")],
)
SLACK_ID = string(ID)
IDS = array(SLACK_ID, SELECT_OPTIONS)


def _menu(optional: dict[str, Check], required: dict[str, Check] | None = None, *rules: Check) -> Check:
    """A select menu: what all menus take, and these fields besides."""
    return shape({**COMMON, **(required or {})}, {**ASKED, **HINTED, **optional}, rules)


def _options(initial: str, check: Check) -> Check:
    many = MANY if initial.endswith("s") else {}
    fields = {"options": array(OPTION, SELECT_OPTIONS), "option_groups": array(OPTION_GROUP, OPTION_GROUPS)}
    rules = (exactly_one_of("options", "option_groups"), _initials_are_options)
    return _menu({**fields, initial: check, **many}, None, *rules)


def _typed(**more: Check) -> Check:
    """An input that is typed into."""
    return shape(COMMON, {**FOCUS, **HINTED, "dispatch_action_config": DISPATCH, **more}, [_lengths_in_order])


MENUS: dict[str, Check] = {
    "static_select": _options("initial_option", OPTION),
    "external_select": _menu({"initial_option": OPTION, "min_query_length": integer(0, 100)}),
    "users_select": _menu({"initial_user": SLACK_ID}),
    "conversations_select": _menu(
        {
            "initial_conversation": SLACK_ID,
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": FILTER,
        }
    ),
    "channels_select": _menu({"initial_channel": SLACK_ID, "response_url_enabled": boolean}),
}
MULTI_MENUS: dict[str, Check] = {
    "multi_static_select": _options("initial_options", array(OPTION, SELECT_OPTIONS)),
    "multi_external_select": _menu(
        {"initial_options": array(OPTION, SELECT_OPTIONS), "min_query_length": integer(0, 100), **MANY}
    ),
    "multi_users_select": _menu({"initial_users": IDS, **MANY}),
    "multi_conversations_select": _menu(
        {"initial_conversations": IDS, "default_to_current_conversation": boolean, "filter": FILTER, **MANY}
    ),
    "multi_channels_select": _menu({"initial_channels": IDS, **MANY}),
}
PICKERS: dict[str, Check] = {
    "datepicker": _menu({"initial_date": string(10, pattern=DATE)}),
    "timepicker": _menu({"initial_time": string(5, pattern=TIME), "timezone": string(ID)}),
    "radio_buttons": shape(
        {**COMMON, "options": array(CHOICE, CHOICES)}, {**ASKED, "initial_option": CHOICE}, [_initials_are_options]
    ),
    "checkboxes": shape(
        {**COMMON, "options": array(CHOICE, CHOICES)},
        {**ASKED, "initial_options": array(CHOICE, CHOICES)},
        [_initials_are_options],
    ),
}
DATE_TIME: dict[str, Check] = {
    "datetimepicker": shape(COMMON, {**ASKED, "initial_date_time": integer(DATE_TIME_LEAST, DATE_TIME_MOST)})
}
BUTTONS: dict[str, Check] = {
    "button": shape(
        {**COMMON, "text": plain(BUTTON_TEXT)},
        {
            "action_id": string(ID),
            "url": string(URL, pattern=WEB_ADDRESS),
            "value": string(BUTTON_VALUE),
            "style": one_of("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string(ACCESSIBILITY_LABEL),
        },
    ),
    "overflow": shape(
        {**COMMON, "options": array(MENU_OPTION, OVERFLOW_OPTIONS)}, {"action_id": string(ID), "confirm": CONFIRM}
    ),
    "workflow_button": shape({**COMMON, "text": plain(BUTTON_TEXT), "workflow": anything}, {"action_id": string(ID)}),
}
TYPED: dict[str, Check] = {
    "plain_text_input": _typed(
        initial_value=string(INPUT_TEXT, least=0),
        multiline=boolean,
        min_length=integer(0, INPUT_TEXT),
        max_length=integer(1, INPUT_TEXT),
    ),
    "email_text_input": _typed(initial_value=string(INPUT_TEXT)),
    "url_text_input": _typed(initial_value=string(URL)),
    "number_input": shape(
        {**COMMON, "is_decimal_allowed": boolean},
        {
            **FOCUS,
            **HINTED,
            "initial_value": string(ID),
            "min_value": string(ID),
            "max_value": string(ID),
            "dispatch_action_config": DISPATCH,
        },
    ),
    "rich_text_input": _typed(initial_value=anything),
    "file_input": shape(COMMON, {"action_id": string(ID), "filetypes": anything, "max_files": integer(1, 10)}),
}
IMAGE = shape(
    {**COMMON, "alt_text": string(ALT_TEXT)},
    {"image_url": string(URL, pattern=WEB_ADDRESS), "slack_file": anything},
    [exactly_one_of("image_url", "slack_file")],
)
IMAGES: dict[str, Check] = {"image": IMAGE}

IN_SECTION = by_type({**BUTTONS, **MENUS, **MULTI_MENUS, **PICKERS, **IMAGES})
IN_ACTIONS = by_type({**BUTTONS, **MENUS, **PICKERS, **DATE_TIME})
IN_INPUT = by_type({**MENUS, **MULTI_MENUS, **PICKERS, **DATE_TIME, **TYPED})
"""Which element may stand in which block, by Slack's reference page of each element."""
