"""Handlers: what answers each operation, one file per tag."""
