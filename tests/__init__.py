"""The tests mirror the rooms of the house; each name is a sentence about what must hold."""
