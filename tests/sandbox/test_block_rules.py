"""Each limit of Slack's: accepted at it, refused one past it."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox import rules
from tests.sandbox.drawing import (
    JSON,
    actions,
    asking,
    button,
    confirm,
    mrkdwn,
    option,
    options,
    plain,
    section,
    select,
    text_input,
)

Sized = Callable[[int], Any]


def in_confirm(key: str) -> Sized:
    return lambda size: [actions(button(confirm=confirm(**{key: plain("x" * size)})))]


def in_option(**keys: Callable[[int], Any]) -> Sized:
    return lambda size: [actions(select(number=0, options=[option(**{key: make(size) for key, make in keys.items()})]))]


def chars(size: int) -> str:
    return "x" * size


LIMITS: dict[str, tuple[int, Sized]] = {
    "blocks in a message": (50, lambda n: [section() for _ in range(n)]),
    "section text": (3000, lambda n: [{"type": "section", "text": mrkdwn(chars(n))}]),
    "section fields": (10, lambda n: [{"type": "section", "fields": [mrkdwn() for _ in range(n)]}]),
    "field text": (2000, lambda n: [{"type": "section", "fields": [plain(chars(n))]}]),
    "header": (150, lambda n: [{"type": "header", "text": plain(chars(n))}]),
    "context elements": (10, lambda n: [{"type": "context", "elements": [mrkdwn() for _ in range(n)]}]),
    "actions elements": (25, lambda n: [actions(*(button(f"a{index}") for index in range(n)))]),
    "button text": (75, lambda n: [actions(button(text=chars(n)))]),
    "button value": (2000, lambda n: [actions(button(value=chars(n)))]),
    "button url": (3000, lambda n: [actions(button(url="https://x.example/".ljust(n, "x")))]),
    "accessibility label": (75, lambda n: [actions(button(accessibility_label=chars(n)))]),
    "action_id": (255, lambda n: [actions(button(chars(n)))]),
    "block_id": (255, lambda n: [section(block_id=chars(n))]),
    "confirm title": (100, in_confirm("title")),
    "confirm text": (300, in_confirm("text")),
    "confirm button": (30, in_confirm("confirm")),
    "deny button": (30, in_confirm("deny")),
    "select options": (100, lambda n: [actions(select(number=n))]),
    "option groups": (
        100,
        lambda n: [section(accessory={
            "type": "static_select", "action_id": "a",
            "option_groups": [{"label": plain(), "options": options(1)} for _ in range(n)],
        })],
    ),
    "option text": (75, in_option(text=chars)),
    "option value": (75, in_option(value=chars)),
    "option description": (75, in_option(description=lambda n: plain(chars(n)))),
    "placeholder": (150, lambda n: [actions(select(placeholder=plain(chars(n))))]),
    "overflow options": (5, lambda n: [actions(select("overflow", n))]),
    "radio buttons": (10, lambda n: [actions(select("radio_buttons", n))]),
    "checkboxes": (10, lambda n: [actions(select("checkboxes", n))]),
    "input label": (2000, lambda n: [{**asking(), "label": plain(chars(n))}]),
    "input hint": (2000, lambda n: [asking(hint=plain(chars(n)))]),
    "max_length": (3000, lambda n: [asking(text_input(max_length=n))]),
    "initial value": (3000, lambda n: [asking(text_input(initial_value=chars(n)))]),
    "image alt text": (2000, lambda n: [{"type": "image", "image_url": "https://x.example/i", "alt_text": chars(n)}]),
    "markdown": (12000, lambda n: [{"type": "markdown", "text": chars(n)}]),
    "table rows": (100, lambda n: [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * n}]),
    "table columns": (20, lambda n: [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * n]}]),
    "tables": (1, lambda n: [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}] * n),
    "charts": (2, lambda n: [{"type": "data_visualization"}] * n),
    "carousel cards": (10, lambda n: [{"type": "carousel", "elements": [{"type": "card"}] * n}]),
}  # fmt: skip


def refused(blocks: Any) -> list[str]:
    return [str(problem) for problem in rules.message_blocks(blocks)]


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_is_accepted_at_it_and_refused_past_it(name: str) -> None:
    limit, sized = LIMITS[name]
    assert refused(sized(limit)) == []
    assert refused(sized(limit + 1)) != []


REFUSED: dict[str, list[JSON]] = {
    "an empty text": [{"type": "section", "text": mrkdwn("")}],
    "an empty header": [{"type": "header", "text": plain("")}],
    "a button without words": [actions(button(text=""))],
    "an empty button value": [actions(button(value=""))],
    "actions without elements": [actions()],
    "a context without elements": [{"type": "context", "elements": []}],
    "a section of nothing": [{"type": "section"}],
    "a section with empty fields": [{"type": "section", "fields": []}],
    "a header in mrkdwn": [{"type": "header", "text": mrkdwn()}],
    "a button in mrkdwn": [actions({**button(), "text": mrkdwn()})],
    "a style Slack has not": [actions(button(style="default"))],
    "a button with a bad url": [actions(button(url="javascript:alert(1)"))],
    "a block Slack has not": [{"type": "paragraph"}],
    "a block without a type": [{"text": mrkdwn()}],
    "something that is no block": ["text"],  # type: ignore[list-item]
    "a modal's block": [{"type": "alert", "text": mrkdwn()}],
    "a key Slack has not": [section(colour="red")],
    "a key of another element": [actions(button(initial_option=option()))],
    "a null": [section(accessory=None)],
    "text as a bare string": [{"type": "section", "text": "x"}],
    "emoji on mrkdwn": [{"type": "section", "text": {**mrkdwn(), "emoji": True}}],
    "verbatim on plain text": [{"type": "section", "text": {**plain(), "verbatim": True}}],
    "the same block_id twice": [section(block_id="b"), section(block_id="b")],
    "the same action_id twice in a block": [actions(button("a"), button("a"))],
    "an input's element outside an input": [actions(text_input())],
    "a button inside an input": [asking(button())],
    "a multi-select among actions": [actions(select("multi_static_select"))],
    "an image without words for it": [{"type": "image", "image_url": "https://x.example/i"}],
    "an image without a source": [{"type": "image", "alt_text": "x"}],
    "a select without options": [actions({"type": "static_select", "action_id": "a"})],
    "a select with options and groups": [actions(select(option_groups=[{"label": plain(), "options": options(1)}]))],
    "a select with no options in it": [actions(select(number=0))],
    "an overflow without options": [actions(select("overflow", 0))],
    "an initial option that isn't offered": [actions(select(initial_option=option("other")))],
    "an initial option with other words": [actions(select(initial_option=option("v0", "Other")))],
    "initial checkboxes that aren't offered": [actions(select("checkboxes", initial_options=[option("other")]))],
    "a url in a select's option": [actions(select(number=0, options=[option(url="https://x.example")]))],
    "mrkdwn in a select's option": [actions(select(number=0, options=[{**option(), "text": mrkdwn()}]))],
    "a date out of shape": [actions({"type": "datepicker", "action_id": "d", "initial_date": "1/3/2026"})],
    "a month that isn't": [actions({"type": "datepicker", "action_id": "d", "initial_date": "2026-13-01"})],
    "a time out of shape": [actions({"type": "timepicker", "action_id": "t", "initial_time": "9:00"})],
    "an hour that isn't": [actions({"type": "timepicker", "action_id": "t", "initial_time": "24:00"})],
    "a confirm without a deny": [actions(button(confirm={"title": plain(), "text": plain(), "confirm": plain()}))],
    "a number input that doesn't say which": [asking({"type": "number_input", "action_id": "n"})],
    "a min_length past max_length": [asking(text_input(min_length=9, max_length=3))],
    "more typed already than fits": [asking(text_input(initial_value="four", max_length=3))],
    "a ragged table": [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}], []]}],
    "an empty filter": [asking({"type": "conversations_select", "action_id": "c", "filter": {}})],
    "a flag that is no flag": [asking(optional="yes")],
}


@pytest.mark.parametrize("name", REFUSED)
def test_slack_refuses(name: str) -> None:
    assert refused(REFUSED[name]) != []


PERSON_MENUS = ("users_select", "conversations_select", "channels_select")
ACCEPTED: dict[str, list[JSON]] = {
    "no blocks": [],
    "a section of fields only": [{"type": "section", "fields": [mrkdwn()]}],
    "the same action_id in two blocks": [actions(button("a")), actions(button("a"))],
    "mrkdwn in a radio button": [actions({**select("radio_buttons"), "options": [{"text": mrkdwn(), "value": "v"}]})],
    "a url in an overflow": [actions(select("overflow", 0, options=[option(url="https://x.example")]))],
    "one option in an overflow": [actions(select("overflow", 1))],
    "an initial option": [actions(select(initial_option=option("v1")))],
    "an initial option as Slack hands it back": [
        actions(select(initial_option={"text": {**plain("v1"), "emoji": True}, "value": "v1"}))
    ],
    "a multi-select beside a section": [section(accessory=select("multi_static_select"))],
    "people, conversations and channels": [actions({"type": kind, "action_id": kind}) for kind in PERSON_MENUS],
    "pickers": [
        actions(
            {"type": "datepicker", "action_id": "d", "initial_date": "2026-03-02"},
            {"type": "timepicker", "action_id": "t", "initial_time": "08:45"},
            {"type": "datetimepicker", "action_id": "m", "initial_date_time": 1_772_442_000},
        )
    ],
    "an input in a message": [asking()],
    "a rich text": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}],
    "a divider": [{"type": "divider"}],
    "newer blocks": [{"type": "card", "title": plain()}, {"type": "plan", "title": "x"}],
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_slack_accepts(name: str) -> None:
    assert refused(ACCEPTED[name]) == []


def test_a_refusal_reads_as_slacks_own() -> None:
    assert refused([{"type": "header", "text": plain("x" * 151)}]) == [
        "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"
    ]
    assert refused([section(colour="red")]) == ["[ERROR] invalid additional property: colour [json-pointer:/blocks/0]"]
    assert refused([{"type": "header"}]) == ["[ERROR] missing required field: text [json-pointer:/blocks/0]"]


def test_all_words_in_one_messages_blocks_have_a_limit_together() -> None:
    assert not rules.blocks_too_long([{"type": "section", "text": mrkdwn("x" * 3000)}] * 4)
    assert rules.blocks_too_long([{"type": "section", "text": mrkdwn("x" * 3000)}] * 5)
