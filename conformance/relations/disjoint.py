"""Disjoint: two questions that exclude each other must share no item."""
