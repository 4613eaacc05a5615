"""The licence: which modules of the product this workspace has bought."""

import sqlalchemy as sa

from mockserver.world.resource import Document, resource
from mockserver.world.world import World

MODULES = ("livechat-enterprise", "canned-responses", "contact-id-verification")


class Module(Document, kw_only=True):
    """A module of the licence; `_id` is its name."""


LICENCE = resource("licence_modules", Module, {"name": (sa.Text, lambda m: m._id)})


def has(world: World, module: str) -> bool:
    """Say whether the workspace has bought a module."""
    return module in modules(world)


def modules(world: World) -> list[str]:
    """Return the names of all modules bought."""
    return world.memo("licence", lambda: [module._id for module in world.all(Module)])
