"""Where slack_sdk.models checks a length too, it and the sandbox say the same."""

from collections.abc import Callable

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    HeaderBlock,
    InputBlock,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from sandbox import rules


def _options(number: int) -> list[Option]:
    return [Option(value=str(index), text=str(index)) for index in range(number)]


def _confirm(size: int) -> ConfirmObject:
    return ConfirmObject(title="t", text="x" * size, confirm="c", deny="d")


BLOCKS: dict[str, Callable[[int], JsonObject]] = {
    "header": lambda n: HeaderBlock(text=PlainTextObject(text="x" * n)),
    "section": lambda n: SectionBlock(text=MarkdownTextObject(text="x" * n)),
    "fields": lambda n: SectionBlock(fields=["x"] * n),
    "actions": lambda n: ActionsBlock(elements=[ButtonElement(text="x", action_id=str(i)) for i in range(n)]),
    "context": lambda n: ContextBlock(elements=[PlainTextObject(text="x") for _ in range(n)]),
    "button": lambda n: ActionsBlock(elements=[ButtonElement(text="x" * n, action_id="a")]),
    "value": lambda n: ActionsBlock(elements=[ButtonElement(text="x", action_id="a", value="x" * n)]),
    "action_id": lambda n: ActionsBlock(elements=[ButtonElement(text="x", action_id="a" * n)]),
    "accessibility": lambda n: ActionsBlock(
        elements=[ButtonElement(text="x", action_id="a", accessibility_label="x" * n)]
    ),
    "confirm": lambda n: ActionsBlock(elements=[ButtonElement(text="x", action_id="a", confirm=_confirm(n))]),
    "select": lambda n: ActionsBlock(elements=[StaticSelectElement(action_id="a", options=_options(n))]),
    "overflow": lambda n: ActionsBlock(elements=[OverflowMenuElement(action_id="a", options=_options(n))]),
    "label": lambda n: InputBlock(label="x" * n, element=PlainTextInputElement(action_id="a")),
    "block_id": lambda n: SectionBlock(text="x", block_id="b" * n),
}
SIZES = {
    "header": 150, "section": 3000, "fields": 10, "actions": 25, "context": 10, "button": 75, "value": 2000,
    "action_id": 255, "accessibility": 75, "confirm": 300, "select": 100, "overflow": 5,
    "label": 2000, "block_id": 255,
}  # fmt: skip


def sdk_accepts(thing: JsonObject) -> bool:
    try:
        thing.to_dict()
    except SlackObjectFormationError:
        return False
    return True


def unchecked(make: Callable[[int], JsonObject], size: int, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """The JSON the SDK would send if it did not check."""
    with monkeypatch.context() as patch:
        patch.setattr(JsonObject, "validate_json", lambda self: None)
        return make(size).to_dict()


@pytest.mark.parametrize("name", SIZES)
@pytest.mark.parametrize("past", [0, 1])
def test_the_sdk_and_the_sandbox_agree_on(name: str, past: int, monkeypatch: pytest.MonkeyPatch) -> None:
    size = SIZES[name] + past
    mine = rules.message_blocks([unchecked(BLOCKS[name], size, monkeypatch)]) == []
    assert mine == sdk_accepts(BLOCKS[name](size)) == (past == 0)


@pytest.mark.parametrize("size", [24, 25])
def test_the_sdk_and_the_sandbox_agree_on_a_modals_title(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(length: int) -> View:
        return View(type="modal", title=PlainTextObject(text="x" * length), blocks=[SectionBlock(text="x")])

    mine = rules.view(unchecked(make, size, monkeypatch), "modal") == []
    assert mine == sdk_accepts(make(size)) == (size == 24)
