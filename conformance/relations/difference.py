"""Difference: two answers must differ by exactly what lies between them."""
