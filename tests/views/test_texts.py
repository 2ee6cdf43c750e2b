"""Texts: escaped once, cut without breaking anything, and never over a limit."""

from hypothesis import given
from hypothesis import strategies as st

from bot.views.blocks import (
    BUTTON_LENGTH,
    LABEL_LENGTH,
    LIST_BYTES,
    NAME_SHOWN,
    TEXT_BYTES,
    button,
    context,
    cut,
    escape,
    header,
    listed,
    message,
    option,
    section,
    short,
)
from tests.views.payloads import message_problems

TEXTS = (
    st.text(max_size=300)
    | st.text("&<>😀א", max_size=6_000)
    | st.sampled_from(["x" * 9_000, "&" * 9_000, "😀" * 4_000])
)
LINES = st.lists(st.text("ab &<>😀א", min_size=1, max_size=300), max_size=50)


@given(TEXTS)
def test_escaped_text_calls_nobody(text: str) -> None:
    assert "<" not in escape(text)
    assert ">" not in escape(text)


@given(TEXTS, st.integers(2, 4_000))
def test_a_cut_text_fits_and_ends_outside_an_escaped_character(text: str, length: int) -> None:
    kept = cut(escape(text), length)
    assert len(kept) <= length
    assert escape(text).startswith(kept.removesuffix("…"))
    tail = kept.rpartition("&")[2] if "&" in kept else ";"
    assert ";" in tail


@given(TEXTS)
def test_a_message_of_any_text_is_taken_by_slack(text: str) -> None:
    blocks = [header(text or "x"), section(escape(text) or "x"), context(escape(text) or "x")]
    said = message(text or "x", blocks)
    assert len(said.text.encode(errors="replace")) <= TEXT_BYTES
    assert not said.text.endswith(("&", "&a", "&am", "&amp", "&l", "&lt", "&g", "&gt"))


@given(TEXTS)
def test_a_short_name_takes_its_room_and_no_more(name: str) -> None:
    assert len(escape(short(name))) <= NAME_SHOWN + len("&amp;")


@given(LINES)
def test_in_a_list_that_is_too_long_no_line_is_left_out(lines: list[str]) -> None:
    said = listed(lines)
    assert len(escape(said).encode()) <= 2 * LIST_BYTES
    assert [line for line in lines if line[0] not in said] == []


@given(st.text(min_size=1, max_size=500))
def test_labels_are_cut_to_what_a_button_takes(text: str) -> None:
    made = button(text, "a", 1, spoken=text)
    assert len(made["text"]["text"]) <= BUTTON_LENGTH
    assert len(made["accessibility_label"]) <= LABEL_LENGTH
    assert len(option(text, "1")["text"]["text"]) <= LABEL_LENGTH


def test_a_label_that_is_cut_is_spoken_whole() -> None:
    made = button("Start the cadence of a very long name", "a", 1)
    assert made["text"]["text"] == "Start the cadence of a very l…"
    assert made["accessibility_label"] == "Start the cadence of a very long name"
    assert "accessibility_label" not in button("Undo", "a", 1)


def test_more_blocks_than_a_message_holds_are_cut() -> None:
    said = message("many", [section("row")] * 80)
    assert message_problems({"text": said.text, "blocks": said.blocks}, []) == []
