"""The manifest asks for what the program uses, and for nothing else."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.slack import listeners, routes
from bot.views import ids

ROOT = Path(__file__).parents[1]
EVENT_SCOPES: dict[str, set[str]] = {
    "app_home_opened": set(),
    "app_uninstalled": set(),
    "tokens_revoked": set(),
    "user_change": {"users:read"},
}
"""What Slack wants for each event we hear."""
METHOD_SCOPES: dict[str, set[str]] = {
    "auth.test": set(),
    "chat.getPermalink": set(),
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.open": {"im:write"},
    "dnd.info": {"dnd:read"},
    "users.info": {"users:read"},
    "views.open": set(),
    "views.publish": set(),
    "views.update": set(),
    "conversations.history": {"im:history"},
}
"""What Slack wants for each method we call."""
OPTIONAL = {"im:history"}
"""Used when it was granted; refusals are reckoned with."""
FEATURE_SCOPES = {"commands"}
"""What a slash command itself needs."""
METHOD = re.compile(
    r"(?:auth|chat|conversations|users|views|team|dnd|bots|apps|reactions|files|pins)\.[a-z]\w*(?:\.\w+)?"
)
KNOWN = {
    "display_information": {"name", "description", "background_color", "long_description"},
    "features": {"app_home", "bot_user", "slash_commands", "shortcuts", "unfurl_domains", "workflow_steps"},
    "oauth_config": {"scopes", "redirect_urls", "pkce_enabled"},
    "settings": {
        "allowed_ip_address_ranges", "event_subscriptions", "incoming_webhooks", "interactivity", "org_deploy_enabled",
        "socket_mode_enabled", "token_rotation_enabled", "is_hosted", "function_runtime",
    },
}  # fmt: skip
"""The sections of Slack's manifest schema, and what may stand in each."""


@cache
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text())
    return loaded


def scopes() -> set[str]:
    return set(manifest()["oauth_config"]["scopes"]["bot"])


@cache
def called_methods() -> set[str]:
    """Every Web API method named in the program's own text."""
    found: set[str] = set()
    for file in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and METHOD.fullmatch(node.value):
                found.add(node.value)
    return {name for name in found if name not in vars(ids).values()}


def test_every_method_we_call_is_known_with_its_scope() -> None:
    assert called_methods() == set(METHOD_SCOPES)


def test_every_scope_is_used_and_every_use_has_its_scope() -> None:
    needed = FEATURE_SCOPES.union(*METHOD_SCOPES.values(), *(EVENT_SCOPES[event] for event in routes.EVENTS))
    assert scopes() == needed - OPTIONAL


def test_no_scope_reads_what_people_write() -> None:
    assert [scope for scope in scopes() if "history" in scope or scope.endswith("read.email")] == []


def test_every_event_is_heard_and_every_heard_event_is_subscribed_to() -> None:
    subscribed = set(manifest()["settings"]["event_subscriptions"]["bot_events"])
    assert subscribed == {*routes.EVENTS, listeners.HOME_OPENED}
    assert subscribed <= set(EVENT_SCOPES)


def test_the_one_command_is_the_one_we_answer() -> None:
    (command,) = manifest()["features"]["slash_commands"]
    assert command["command"] == ids.COMMAND
    assert command["should_escape"] is True


def test_every_shortcut_offered_is_one_we_answer() -> None:
    offered = manifest()["features"]["shortcuts"]
    assert {each["callback_id"] for each in offered} == set(routes.SHORTCUTS)
    for each in offered:
        assert each["type"] in {"message", "global"}
        assert 1 <= len(each["name"]) <= 24
        assert 1 <= len(each["description"]) <= 150


def test_buttons_and_home_are_switched_on() -> None:
    assert manifest()["settings"]["interactivity"]["is_enabled"] is True
    home = manifest()["features"]["app_home"]
    assert (home["home_tab_enabled"], home["messages_tab_enabled"]) == (True, True)


def test_socket_mode_needs_no_address() -> None:
    assert manifest()["settings"]["socket_mode_enabled"] is True
    assert "http" not in (ROOT / "manifest.yml").read_text()


@pytest.mark.parametrize("section", KNOWN)
def test_only_what_the_schema_knows_stands_in_a_section(section: str) -> None:
    assert set(manifest()[section]) <= KNOWN[section]
    assert set(manifest()) <= {*KNOWN, "_metadata"}


def test_every_text_keeps_to_the_schemas_lengths() -> None:
    shown, features = manifest()["display_information"], manifest()["features"]
    assert 1 <= len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4_000
    assert re.fullmatch(r"#[0-9a-fA-F]{6}", shown["background_color"])
    assert re.fullmatch(r"[a-z0-9._-]{1,80}", features["bot_user"]["display_name"])
    assert len(features["slash_commands"]) <= 50
    for command in features["slash_commands"]:
        assert re.fullmatch(r"/[a-z0-9_-]{1,31}", command["command"])
        assert 1 <= len(command["description"]) <= 2_000
        assert len(command["usage_hint"]) <= 1_000
    assert len(manifest()["settings"]["event_subscriptions"]["bot_events"]) <= 100
    assert len(scopes()) <= 255


def test_no_id_can_mean_two_things() -> None:
    values = [value for name, value in vars(ids).items() if name.isupper() and isinstance(value, str)]
    assert len(values) == len(set(values))
    assert [value for value in values if len(value) > 75] == []


def test_every_id_has_somebody_who_answers() -> None:
    known = {*routes.ACTIONS, *routes.PREFIXED, *routes.MENU, *routes.FORMS, ids.MORE, ids.HOME}
    known |= {*routes.SHORTCUTS, *routes.SUGGESTIONS}
    beside = {ids.COMMAND, ids.STEP_BLOCK, ids.ASIDE_BLOCK, ids.LIST_BLOCK, ids.LIST_NEWS, ids.PICK_DATE}
    beside |= {ids.FOCUS_BLOCK, ids.FOCUS_TYPED, ids.WHY_BLOCK, ids.TOUCH_BLOCK}
    beside |= {ids.TOUCH_EDIT, ids.TOUCH_DELETE, ids.OWN_CHANNEL}  # entries of menus that have a handler
    values = {value for name, value in vars(ids).items() if name.isupper() and isinstance(value, str)}
    assert values - known - beside == set()
