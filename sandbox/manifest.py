"""Installs an app as its manifest describes it: exactly those scopes, commands, shortcuts and events, and no more."""

from typing import Any

from sandbox.model import JSON, App, Shortcut, SlashCommand


def app_from(manifest: JSON, **more: Any) -> App:
    """The app of a parsed manifest; ``more`` are App's other fields (tokens, the request URL)."""
    features, settings = manifest.get("features", {}), manifest.get("settings", {})
    bot = features.get("bot_user", {}).get("display_name") or manifest["display_information"]["name"]
    fields: JSON = {
        "name": bot.lower().replace(" ", "_"),
        "display_name": bot,
        "scopes": set(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])),
        "commands": [_command(each) for each in features.get("slash_commands", [])],
        "shortcuts": [
            Shortcut(each["callback_id"], each["name"], each["type"], each.get("description", ""))
            for each in features.get("shortcuts", [])
        ],
        "events": set(settings.get("event_subscriptions", {}).get("bot_events", [])),
        "home_tab": bool(features.get("app_home", {}).get("home_tab_enabled", False)),
    }
    return App(**{**fields, **more})


def _command(described: JSON) -> SlashCommand:
    return SlashCommand(
        name=described["command"],
        description=described.get("description", ""),
        usage_hint=described.get("usage_hint", ""),
        should_escape=bool(described.get("should_escape", False)),
    )
