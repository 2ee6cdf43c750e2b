"""A strict local Slack: the tests' counterpart and the demo's server. It knows Slack and nothing of its app."""
