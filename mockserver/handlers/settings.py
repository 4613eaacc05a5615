"""Settings of the workspace."""

from functools import partial
from typing import Any

from mockserver.paging import page
from mockserver.registry import Answer, Call, operation
from mockserver.world.settings import listing, saving


@operation("GET /api/v1/settings")
def list_settings(call: Call, include_defaults: bool = False) -> Answer:
    found = listing.visible(call.world, call.user)
    return page(call, "settings", found, partial(listing.in_list, with_default=include_defaults))


@operation("GET /api/v1/settings.public")
def list_public_settings(call: Call, _id: str | None = None) -> Answer:
    return page(call, "settings", listing.public(_id), listing.in_list)


@operation("GET /api/v1/settings/{_id}")
def show_setting(call: Call, _id: str) -> Answer:
    setting = listing.get(call.world, _id)
    return {"_id": setting._id, "value": setting.value}


@operation("POST /api/v1/settings/{_id}")
def save_setting(call: Call, _id: str) -> Answer:
    body = call.body if isinstance(call.body, dict) else {}
    saving.save(call.world, _id, body)
    return {}


@operation("POST /api/v1/settings")
def save_settings(call: Call, settings: list[Any]) -> Answer:
    saving.save_all(call.world, call.user, settings)
    return {}
