"""Webhooks: what the server would tell other servers, and what it makes of their answers."""
