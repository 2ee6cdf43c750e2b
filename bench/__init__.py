"""Measures what a person waits for, next to what Slack's own framework takes to do nothing."""
