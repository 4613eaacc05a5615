"""Servers that are not our mock: a small desk of its own, proxies, and targets that misbehave."""
