"""Generation: worlds of any size with the shapes of a real workspace, from a number and a seed."""

from mockserver.world.generate.plan import Plan, planned

__all__ = ["Plan", "planned"]
