"""The demo, looked at and used in a real browser."""
