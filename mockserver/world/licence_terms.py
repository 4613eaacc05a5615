"""The terms of the licence as the workspace shows them."""

from typing import Any

import sqlalchemy as sa

from mockserver.world import licence
from mockserver.world.access import rules
from mockserver.world.contacts.documents import CONTACTS, Contact
from mockserver.world.resource import Query
from mockserver.world.users import own
from mockserver.world.users.documents import User
from mockserver.world.world import World

LIMITS = (
    "activeUsers",
    "guestUsers",
    "roomsPerGuest",
    "privateApps",
    "marketplaceApps",
    "monthlyActiveContacts",
)
UNLIMITED = -1
SINCE = "2020-01-01T00:00:00.000Z"


def shown(world: World, caller: User, *, with_values: bool) -> dict[str, Any]:
    """Return the licence: its modules for everybody, its terms for those who may see settings.

    `with_values` adds to each limit how much of it is used.
    """
    modules = licence.modules(world)
    terms: dict[str, Any] = {
        "activeModules": modules,
        "externalModules": [],
        "preventedActions": dict.fromkeys(LIMITS, False),
        "limits": {},
        "tags": [],
        "trial": False,
        "hasValidLicense": bool(modules),
    }
    if not rules.has_permission(world, caller, "view-privileged-setting"):
        return terms
    used = _used(world) if with_values else {}
    limits = {
        name: {"max": UNLIMITED, **({"value": used[name]} if name in used else {})}
        for name in LIMITS
    }
    terms["limits"] = limits
    return {**terms, "license": _document(world, modules)} if modules else terms


def active_users(world: World) -> int:
    """Return how many people (no bots) have an account that is switched on."""
    return sum(user.active and user.type == "user" for user in world.all(User))


def _used(world: World) -> dict[str, int]:
    people = [user for user in world.all(User) if user.active and user.type == "user"]
    return {
        "activeUsers": len(people),
        "guestUsers": sum(user.roles == ["guest"] for user in people),
        "roomsPerGuest": 0,
        "privateApps": 0,
        "marketplaceApps": 0,
        "monthlyActiveContacts": _contacts_of_month(world),
    }


def _contacts_of_month(world: World) -> int:
    """Return how many contacts were answered in the present month, removed ones included."""
    months = sa.func.json_extract(CONTACTS.c.doc, "$.activity")
    return world.total(Query(Contact, (sa.func.instr(months, world.now()[:7]) > 0,)))


def _document(world: World, modules: list[str]) -> dict[str, Any]:
    return {
        "version": "3.0",
        "information": {
            "autoRenew": False,
            "createdAt": SINCE,
            "trial": False,
            "offline": True,
            "grantedBy": {"method": "manual"},
        },
        "validation": {
            "serverUrls": [{"value": own.site_url(world), "type": "url"}],
            "validPeriods": [{"validFrom": SINCE, "invalidBehavior": "invalidate_license"}],
            "statisticsReport": {"required": False},
        },
        "grantedModules": [{"module": module} for module in modules],
        "limits": {},
    }
