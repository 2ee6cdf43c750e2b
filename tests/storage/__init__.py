"""Tables, transactions and claims, on both databases."""
