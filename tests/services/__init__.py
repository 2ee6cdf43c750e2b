"""Each verb, on both databases."""
