"""Typed lines about what to say next."""

import datetime as dt

import pytest

from bot.slack.commands import AddResource, Command, DeleteResource, Draft, Hook, Resource, Unreadable
from bot.slack.reading.grammar import read

NOW = dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC)
SSO = "https://example.com/sso"


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("draft acme", Draft("acme")),
        ("write for Dana Li", Draft("Dana Li")),
        ("hook acme cares about SSO", Hook("acme cares about SSO")),
        ("resource", Resource()),
        ("resources", Resource()),
        ("resource sso", Resource(query="sso")),
        ("resource find “sso”", Resource(query="sso")),
        ("resource delete SSO in two weeks", Resource(DeleteResource("SSO in two weeks"))),
        (f'resource add "SSO in two weeks" {SSO}', Resource(AddResource("SSO in two weeks", SSO))),
        (f"resource add “SSO &amp; you” <{SSO}>", Resource(AddResource("SSO & you", SSO))),
        (
            f"resource add SSO, {SSO}, objection: too dear, industry: real estate",
            Resource(AddResource("SSO", SSO, "real estate", "too dear")),
        ),
        (f"resource add SSO {SSO} industry objection security", Resource(AddResource("SSO", SSO, None, "security"))),
    ],
)
def test_a_line_is_read_as_it_is_meant(line: str, command: Command) -> None:
    assert read(line, NOW) == command


@pytest.mark.parametrize(
    "line", ["draft", "hook", "hook acme", "resource add", "resource add SSO", f"resource add {SSO}", "resource delete"]
)
def test_what_lacks_something_says_so_with_an_example(line: str) -> None:
    command = read(line, NOW)
    assert isinstance(command, Unreadable)
    assert command.problem.example.startswith(f"/followup {command.verb} ")
