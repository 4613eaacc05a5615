"""Priorities: the five ranks by which conversations that wait are served."""
