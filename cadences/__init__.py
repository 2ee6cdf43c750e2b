"""Decides what is next and why: pure functions of facts and ``now``; no clock, no database, no Slack."""
