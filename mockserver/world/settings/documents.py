"""The setting document."""

from typing import Any

import sqlalchemy as sa
from msgspec import UNSET, UnsetType

from mockserver.world.resource import Document, Instant, resource
from mockserver.world.world import World


class Setting(Document, kw_only=True):
    """A switch of the workspace; `public` ones are read by anybody, `hidden` ones by nobody."""

    value: Any
    type: str
    package_value: Any
    public: bool = False
    hidden: bool = False
    values: list[Any] | UnsetType = UNSET
    enterprise: bool | UnsetType = UNSET
    modules: list[str] | UnsetType = UNSET
    invalid_value: Any = UNSET
    created_at: Instant | UnsetType = UNSET


SETTINGS = resource(
    "settings",
    Setting,
    {"public": (sa.Boolean, lambda s: s.public), "hidden": (sa.Boolean, lambda s: s.hidden)},
)


def value(world: World, setting: str) -> Any:
    """Return the present value of a setting that every world has."""

    def read() -> Any:
        known = world.get(Setting, setting)
        if known is None:
            raise LookupError(f"no setting {setting} in this world")
        return known.value

    return world.memo(f"setting {setting}", read)
