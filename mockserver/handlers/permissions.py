"""Permissions and the roles that have them."""

from typing import Any

from mockserver.registry import Answer, Call, operation
from mockserver.world.access import permissions as rights


@operation("GET /api/v1/permissions.listAll")
def list_permissions(call: Call, updated_since: str | None = None) -> Answer:
    return {"update": rights.listing(call.world, updated_since), "remove": []}


@operation("POST /api/v1/permissions.update")
def change_permissions(call: Call, permissions: list[Any]) -> Answer:
    return {"permissions": rights.change(call.world, permissions)}
