"""The edges: what was typed or clicked, and what is drawn."""
