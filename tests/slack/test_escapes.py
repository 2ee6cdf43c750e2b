"""Slack's escaping is undone once, and what is left can be stored and drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.reading.escapes import mentioned, plain, undo


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("AT&amp;T", "AT&T"),
        ("a &lt; b &gt; c", "a < b > c"),
        ("&amp;lt;", "&lt;"),
        ("&amp;amp;", "&amp;"),
        ("<mailto:dana@acme.com|dana@acme.com>", "dana@acme.com"),
        ("<https://acme.com|acme.com>", "acme.com"),
        ("<https://acme.com/>", "https://acme.com/"),
        ("<https://acme.com/x?a=1&amp;b=2|here>", "https://acme.com/x?a=1&b=2"),
        ("<tel:+14155550132|(415) 555-0132>", "+14155550132"),
        ("<@U123|ana>", "<@U123>"),
        ("<@U123>", "<@U123>"),
        ("<#C1|deals>", "#deals"),
        ("<#C1|>", "#C1"),
        ("<!channel>", "@channel"),
        ("<!here|here>", "@here"),
        ("<!subteam^S1|@sales>", "@sales"),
        ("<!subteam^S1>", "@subteam"),
        ("Dana &lt;<mailto:d@acme.com|d@acme.com>&gt;", "Dana <d@acme.com>"),
        ("<not a link>", "<not a link>"),
        ("<|>", "<|>"),
        ("a < b", "a < b"),
        ("12\u202f000\xa0€", "12 000 €"),
        ("a\x00b", "a b"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("\u202aDana\u202c\u200b", "Dana"),
        ("دانا", "دانا"),
        ("👩‍👧", "👩‍👧"),
    ],
)
def test_escaped_text_comes_back_as_it_was_typed(sent: str, typed: str) -> None:
    assert undo(sent) == typed


def test_a_mention_is_recognised_and_an_address_is_not() -> None:
    assert mentioned("<@U123>") == "U123"
    assert mentioned("@ana") is None
    assert mentioned("<@U123") is None


@given(st.text(alphabet=st.sampled_from("<>&@#!|^;:/ampltgdC1U\x00\ud800 \n"), max_size=60))
def test_whatever_arrives_can_be_stored(text: str) -> None:
    done = undo(text)
    assert "\x00" not in done
    done.encode("utf-8")


@given(st.text())
def test_plain_text_is_plain_already(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text(alphabet=st.characters(exclude_categories=("C", "Z"), exclude_characters="<>")))
def test_slacks_own_escaping_is_undone_exactly(typed: str) -> None:
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert undo(escaped) == plain(typed)
