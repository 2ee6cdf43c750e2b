"""The sandbox refuses what Slack refuses: its own tests."""
