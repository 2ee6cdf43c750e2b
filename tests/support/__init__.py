"""The cast, their databases, and things that happen at once."""
