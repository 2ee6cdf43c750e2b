"""What Slack accepts as a block, and which blocks belong on which surface."""

from collections.abc import Iterator
from typing import Any

from sandbox.element_rules import ALT_TEXT, ID, IMAGE, IN_ACTIONS, IN_INPUT, IN_SECTION, URL, WEB_ADDRESS, plain, words
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
    shape,
    string,
)

SECTION_TEXT = 3_000
FIELD_TEXT, FIELDS = 2_000, 10
HEADER_TEXT = 150
CONTEXT_TEXT, CONTEXT_ELEMENTS = 3_000, 10
ACTIONS_ELEMENTS = 25
INPUT_LABEL, INPUT_HINT = 2_000, 2_000
IMAGE_TITLE = 2_000
VIDEO_TITLE, VIDEO_AUTHOR, VIDEO_DESCRIPTION = 200, 50, 200
MARKDOWN_TEXT = 12_000
TABLE_ROWS, TABLE_COLUMNS = 100, 20
RICH_TEXT_LENGTH = 1_000
CONTEXT_ACTIONS_ELEMENTS = 5
CAROUSEL_CARDS = 10

BLOCK: dict[str, Check] = {"block_id": string(ID)}
TYPE: dict[str, Check] = {"type": anything}


def _unique_action_ids(block: dict[str, Any], pointer: str) -> Iterator[Problem]:
    """An action_id may stand once in its block."""
    seen: set[str] = set()
    for index, element in enumerate(block["elements"]):
        action_id = element.get("action_id")
        if action_id in seen:
            yield Problem(f"{pointer}/elements/{index}/action_id", f"`action_id` must be unique: {action_id}")
        if action_id:
            seen.add(action_id)


def _ragged(block: dict[str, Any], pointer: str) -> Iterator[Problem]:
    """All rows of a table have as many cells."""
    if len({len(row) for row in block["rows"]}) > 1:
        yield Problem(f"{pointer}/rows", "all rows must have the same number of cells")


RICH_TEXT = shape(
    {
        **TYPE,
        "elements": array(
            by_type(
                dict.fromkeys(
                    ("rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"),
                    shape(
                        {**TYPE, "elements": array(anything, RICH_TEXT_LENGTH, least=0)},
                        {"style": anything, "indent": integer(0, 8), "offset": integer(0, 10_000), "border": anything},
                    ),
                )
            ),
            RICH_TEXT_LENGTH,
            least=0,
        ),
    },
    BLOCK,
)
RAW_TEXT = shape({**TYPE, "text": string(SECTION_TEXT)})
CELL = by_type({"raw_text": RAW_TEXT, "rich_text": RICH_TEXT})

SECTION = shape(
    TYPE,
    {
        **BLOCK,
        "text": words(SECTION_TEXT),
        "fields": array(words(FIELD_TEXT), FIELDS),
        "accessory": IN_SECTION,
        "expand": boolean,
    },
    [at_least_one_of("text", "fields")],
)
ACTIONS = shape({**TYPE, "elements": array(IN_ACTIONS, ACTIONS_ELEMENTS)}, BLOCK, [_unique_action_ids])
CONTEXT_ELEMENT = by_type(
    {
        "image": IMAGE,
        "mrkdwn": words(CONTEXT_TEXT),
        "plain_text": words(CONTEXT_TEXT),
    }
)
CONTEXT = shape({**TYPE, "elements": array(CONTEXT_ELEMENT, CONTEXT_ELEMENTS)}, BLOCK)
INPUT = shape(
    {**TYPE, "label": plain(INPUT_LABEL), "element": IN_INPUT},
    {**BLOCK, "hint": plain(INPUT_HINT), "optional": boolean, "dispatch_action": boolean},
)
IMAGE_BLOCK = shape(
    {**TYPE, "alt_text": string(ALT_TEXT)},
    {**BLOCK, "image_url": string(URL, pattern=WEB_ADDRESS), "slack_file": anything, "title": plain(IMAGE_TITLE)},
    [exactly_one_of("image_url", "slack_file")],
)
VIDEO = shape(
    {
        **TYPE,
        "alt_text": string(ALT_TEXT),
        "title": plain(VIDEO_TITLE),
        "thumbnail_url": string(URL, pattern=WEB_ADDRESS),
        "video_url": string(URL, pattern=WEB_ADDRESS),
    },
    {
        **BLOCK,
        "title_url": string(URL, pattern=WEB_ADDRESS),
        "author_name": string(VIDEO_AUTHOR),
        "provider_name": string(VIDEO_AUTHOR),
        "provider_icon_url": string(URL, pattern=WEB_ADDRESS),
        "description": plain(VIDEO_DESCRIPTION),
    },
)
TABLE = shape(
    {**TYPE, "rows": array(array(CELL, TABLE_COLUMNS), TABLE_ROWS)},
    {**BLOCK, "column_settings": array(anything, TABLE_COLUMNS)},
    [_ragged],
)


def _newer(**limits: Check) -> Check:
    """A block young enough that only what is named here is checked: the rest is Slack's to refuse."""

    def check(block: Any, pointer: str) -> Iterator[Problem]:
        for key, limit in {**BLOCK, **limits}.items():
            if key in block:
                yield from limit(block[key], f"{pointer}/{key}")

    return check


EVERYWHERE: dict[str, Check] = {
    "actions": ACTIONS,
    "context": CONTEXT,
    "divider": shape(TYPE, BLOCK),
    "header": shape({**TYPE, "text": plain(HEADER_TEXT)}, {**BLOCK, "level": integer(1, 6)}),
    "image": IMAGE_BLOCK,
    "input": INPUT,
    "rich_text": RICH_TEXT,
    "section": SECTION,
    "video": VIDEO,
}
MESSAGE_ONLY: dict[str, Check] = {
    "card": _newer(),
    "carousel": _newer(elements=array(anything, CAROUSEL_CARDS)),
    "context_actions": _newer(elements=array(anything, CONTEXT_ACTIONS_ELEMENTS)),
    "data_visualization": _newer(),
    "markdown": shape({**TYPE, "text": string(MARKDOWN_TEXT)}, BLOCK),
    "plan": _newer(),
    "table": TABLE,
    "task_card": _newer(),
}
MODAL_ONLY: dict[str, Check] = {"alert": _newer()}

IN_MESSAGE = by_type({**EVERYWHERE, **MESSAGE_ONLY})
IN_MODAL = by_type({**EVERYWHERE, **MODAL_ONLY})
IN_HOME = by_type(EVERYWHERE)
