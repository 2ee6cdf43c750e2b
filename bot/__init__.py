"""Follow-up Coach: a Slack app that makes sure no prospect is forgotten and none is pestered."""
