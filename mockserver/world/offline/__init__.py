"""Offline: what visitors leave while nobody is there."""
