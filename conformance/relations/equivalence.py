"""Equivalence: two questions that must get the same set of items, in any order."""
