"""Whole stories through the real app, clicking what was rendered."""
