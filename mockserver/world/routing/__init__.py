"""Routing: who is there to serve, and who gets the next room."""

from mockserver.world.routing.methods import assigns, config, is_automatic, next_agent, next_bot

__all__ = ["assigns", "config", "is_automatic", "next_agent", "next_bot"]
