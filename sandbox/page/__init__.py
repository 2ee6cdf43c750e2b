"""The browser's view of the local Slack: rendered by the server, kept fresh by server-sent events."""
