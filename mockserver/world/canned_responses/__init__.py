"""Canned responses: texts that agents insert by a shortcut."""
