"""What Slack refuses in modals and homes, and in a message's metadata."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox import rules
from tests.sandbox.drawing import JSON, asking, home, modal, mrkdwn, plain, section, text_input

Sized = Callable[[int], Any]

MODAL_LIMITS: dict[str, tuple[int, Sized]] = {
    "blocks": (100, lambda n: modal(*(section() for _ in range(n)))),
    "title": (24, lambda n: modal(title=plain("x" * n))),
    "submit": (24, lambda n: modal(submit=plain("x" * n))),
    "close": (24, lambda n: modal(close=plain("x" * n))),
    "callback_id": (255, lambda n: modal(callback_id="x" * n)),
    "private_metadata": (3000, lambda n: modal(private_metadata="x" * n)),
    "external_id": (255, lambda n: modal(external_id="x" * n)),
}


def without(spec: JSON, key: str) -> JSON:
    return {each: value for each, value in spec.items() if each != key}


@pytest.mark.parametrize("name", MODAL_LIMITS)
def test_a_modals_limit_is_accepted_at_it_and_refused_past_it(name: str) -> None:
    limit, sized = MODAL_LIMITS[name]
    assert rules.view(sized(limit), "modal") == []
    assert rules.view(sized(limit + 1), "modal") != []


REFUSED: dict[str, tuple[str, Any]] = {
    "a modal without a title": ("modal", without(modal(), "title")),
    "a title in mrkdwn": ("modal", modal(title=mrkdwn())),
    "an empty title": ("modal", modal(title=plain(""))),
    "inputs without a submit": ("modal", without(modal(asking()), "submit")),
    "a modal without blocks": ("modal", without(modal(), "blocks")),
    "the same block_id twice": ("modal", modal(asking(), asking())),
    "the cursor in two places": ("modal", modal(*(asking(text_input(focus_on_load=True), name) for name in "ab"))),
    "a table in a modal": ("modal", modal({"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]})),
    "a key Slack has not": ("modal", modal(footer=plain())),
    "a home as a modal": ("modal", home()),
    "a modal as a home": ("home", modal()),
    "a home with a title": ("home", home(title=plain())),
    "101 blocks at home": ("home", home(*(section() for _ in range(101)))),
    "markdown at home": ("home", home({"type": "markdown", "text": "x"})),
    "something that is no view": ("modal", ["view"]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_slack_refuses(name: str) -> None:
    kind, spec = REFUSED[name]
    assert rules.view(spec, kind) != []


ACCEPTED: dict[str, tuple[str, JSON]] = {
    "a modal without inputs needs no submit": ("modal", without(modal(section()), "submit")),
    "an alert in a modal": ("modal", modal({"type": "alert", "text": plain()})),
    "a hundred blocks at home": ("home", home(*(section() for _ in range(100)))),
    "inputs at home": ("home", home(asking(dispatch_action=True))),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_slack_accepts(name: str) -> None:
    kind, spec = ACCEPTED[name]
    assert rules.view(spec, kind) == []


def test_a_view_has_a_size_in_all() -> None:
    big = [section(text=mrkdwn("x" * 3000)) for _ in range(90)]
    assert rules.view(modal(*big), "modal") == []
    assert rules.view_too_large(modal(*big))
    assert not rules.view_too_large(modal(*big[:50]))


@pytest.mark.parametrize(
    ("metadata", "code"),
    [
        ({"event_type": "delivery", "event_payload": {"id": "1"}}, None),
        (["event_type"], "invalid_metadata_format"),
        ({"event_type": "delivery"}, "invalid_metadata_schema"),
        ({"event_type": "", "event_payload": {}}, "invalid_metadata_schema"),
        ({"event_type": "delivery", "event_payload": "id"}, "invalid_metadata_schema"),
        ({"event_type": "delivery", "event_payload": {"id": "x" * 20_000}}, "metadata_too_large"),
    ],
)
def test_metadata_has_a_type_and_a_payload(metadata: Any, code: str | None) -> None:
    assert rules.metadata(metadata) == code
