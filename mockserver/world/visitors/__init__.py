"""Visitors: the people who chat, known by the token that their client chose."""
