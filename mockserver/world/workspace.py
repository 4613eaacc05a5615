"""What the workspace says of itself: the version of the server that the mock stands in for."""

from typing import Any

from mockserver.world.access import rules
from mockserver.world.users.documents import User
from mockserver.world.world import World

VERSION = "8.8.0"
CLIENTS = {"desktop": "3.9.6", "mobile": "4.39.0"}
INFO: dict[str, Any] = {
    "version": VERSION,
    "build": {"nodeVersion": "22.16.0", "arch": "x64", "platform": "linux"},
    "marketplaceApiVersion": "1.60.0",
    "commit": {"tag": VERSION, "branch": "HEAD"},
}


def version(world: World, caller: User | None) -> dict[str, Any]:
    """Return the version, cut to major and minor for all who may not see statistics."""
    if caller is None or not rules.has_permission(world, caller, "view-statistics"):
        return {"version": VERSION.rpartition(".")[0], "minimumClientVersions": CLIENTS}
    return {
        "version": VERSION,
        "info": INFO,
        "minimumClientVersions": CLIENTS,
    }
