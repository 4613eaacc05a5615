"""Monitors: users who supervise business units, by their role."""
