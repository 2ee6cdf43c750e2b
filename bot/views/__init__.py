"""Draws: pure functions from results to Block Kit (plain dicts) and the top-level text that says the same."""
