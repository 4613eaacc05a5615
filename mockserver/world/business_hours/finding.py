"""Finding business hours, and the departments that keep them."""

from typing import Any

import msgspec

from mockserver.world import licence, search
from mockserver.world.business_hours.documents import (
    BUSINESS_HOURS,
    CUSTOM,
    DEFAULT,
    BusinessHour,
)
from mockserver.world.departments.documents import DEPARTMENTS, Department
from mockserver.world.resource import Query
from mockserver.world.world import World

MODULE = "livechat-enterprise"


def types(world: World) -> tuple[str, ...]:
    """Return the types of business hours that the workspace has; custom ones need the licence."""
    return (DEFAULT, CUSTOM) if licence.has(world, MODULE) else (DEFAULT,)


def listing(name: Any = None) -> Query[BusinessHour]:
    """Return the query for business hours by name; the default one has none and comes first."""
    where = search.containing(BUSINESS_HOURS.c.name_folded, name)
    return Query(BusinessHour, where, (("name", 1),))


def in_list(world: World, hour: BusinessHour) -> dict[str, Any]:
    """Return how a list shows a business hour: with the ids of its departments, if it has any."""
    shown: dict[str, Any] = msgspec.to_builtins(hour)
    departments = [{"_id": department._id} for department in departments_of(world, hour._id)]
    return {**shown, "departments": departments} if departments else shown


def find(world: World, kind: str | None, hour_id: str | None) -> dict[str, Any] | None:
    """Return the default business hour, or a custom one with its departments; None if unknown."""
    wanted = kind or DEFAULT
    if wanted not in types(world):
        return None
    hour = default(world) if wanted == DEFAULT else world.get(BusinessHour, hour_id or "")
    if hour is None:
        return None
    shown: dict[str, Any] = msgspec.to_builtins(hour)
    if wanted == CUSTOM:
        departments = departments_of(world, hour._id)
        shown["departments"] = [{"_id": one._id, "name": one.name} for one in departments]
    return shown


def default(world: World) -> BusinessHour | None:
    """Return the default business hour."""
    return world.find(BusinessHour, BUSINESS_HOURS.c.type == DEFAULT)


def departments_of(world: World, hour_id: str) -> list[Department]:
    """Return the departments that keep a business hour."""
    return world.all(Department, DEPARTMENTS.c.business_hour_id == hour_id)
