"""The decisions: pure, without a database."""
