"""Rooms: conversations from the visitor's first ask to their close."""
