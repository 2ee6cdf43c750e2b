"""An app is installed as its manifest says."""

from sandbox.manifest import app_from
from sandbox.model import Shortcut, SlashCommand

MANIFEST = {
    "display_information": {"name": "Sample App"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Sample Bot", "always_online": True},
        "slash_commands": [{"command": "/sample", "description": "Does it", "usage_hint": "[what]"}],
        "shortcuts": [{"name": "Capture", "type": "message", "callback_id": "capture", "description": "x"}],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}, "socket_mode_enabled": True},
}


def test_an_app_has_what_its_manifest_asks_for_and_no_more() -> None:
    app = app_from(MANIFEST, request_url="http://127.0.0.1:1/")
    assert (app.display_name, app.name) == ("Sample Bot", "sample_bot")
    assert app.scopes == {"commands", "chat:write"}
    assert app.commands == [SlashCommand("/sample", "Does it", "[what]")]
    assert app.shortcuts == [Shortcut("capture", "Capture", "message", "x")]
    assert (app.events, app.home_tab, app.request_url) == ({"app_home_opened"}, True, "http://127.0.0.1:1/")


def test_a_bare_manifest_installs_a_bare_app() -> None:
    app = app_from({"display_information": {"name": "Sample App"}})
    assert (app.scopes, app.commands, app.events, app.home_tab) == (set(), [], set(), False)
