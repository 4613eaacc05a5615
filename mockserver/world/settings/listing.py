"""Reading settings: which of them a caller sees."""

from typing import Any

import msgspec
import sqlalchemy as sa

from mockserver.world.access import rules
from mockserver.world.refusal import Refusal
from mockserver.world.resource import Query
from mockserver.world.settings.documents import SETTINGS, Setting
from mockserver.world.users.documents import User
from mockserver.world.world import World

KEYS = ("_id", "value", "enterprise", "invalidValue", "modules")
BY_ID = (("_id", 1),)


class NoSuchSetting(Refusal):
    """The setting does not exist, or nobody may see it; the server says not even that."""


def visible(world: World, caller: User) -> Query[Setting]:
    """Return the query for the settings that a caller may read: all, or the public ones."""
    where: list[sa.ColumnElement[bool]] = [SETTINGS.c.hidden.is_(False)]
    if not rules.has_permission(world, caller, "view-privileged-setting"):
        where.append(SETTINGS.c.public.is_(True))
    return Query(Setting, tuple(where), BY_ID)


def public(ids: str | None = None) -> Query[Setting]:
    """Return the query for the settings that anybody may read, or some of them by id.

    `ids` are joined by commas.
    """
    where = [SETTINGS.c.hidden.is_(False), SETTINGS.c.public.is_(True)]
    if ids:
        where.append(SETTINGS.c._id.in_([one.strip() for one in ids.split(",")]))
    return Query(Setting, tuple(where), BY_ID)


def in_list(setting: Setting, *, with_default: bool = False) -> dict[str, Any]:
    """Return how a list shows a setting."""
    keys = (*KEYS, "packageValue") if with_default else KEYS
    whole = msgspec.to_builtins(setting)
    return {key: whole[key] for key in keys if key in whole}


def get(world: World, setting_id: str) -> Setting:
    """Return a setting that is not hidden."""
    setting = world.get(Setting, setting_id)
    if setting is None or setting.hidden:
        raise NoSuchSetting
    return setting
