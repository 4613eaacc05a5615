"""Business units: departments under the supervision of monitors."""

from functools import partial
from typing import Any

from mockserver.paging import page, spread
from mockserver.registry import Answer, Bare, Call, operation
from mockserver.world.departments import listing
from mockserver.world.units import finding, saving


@operation("GET /api/v1/livechat/units")
def list_units(call: Call, text: Any = None) -> Answer:
    return page(call, "units", finding.listing(call.world, call.user, text))


@operation("POST /api/v1/livechat/units")
def create_unit(call: Call) -> Answer:
    return saving.create(call.world, call.body)


@operation("GET /api/v1/livechat/units/{id}")
def show_unit(call: Call, id: str) -> Answer | Bare:
    unit = finding.find(call.world, call.user, id)
    return Bare(None) if unit is None else spread(unit)


@operation("POST /api/v1/livechat/units/{id}")
def change_unit(call: Call, id: str) -> Answer:
    return spread(saving.change(call.world, call.user, id, call.body))


@operation("DELETE /api/v1/livechat/units/{id}")
def delete_unit(call: Call, id: str) -> Bare:
    return Bare(saving.delete(call.world, call.user, id))


@operation("GET /api/v1/livechat/units/{unitId}/monitors")
def list_unit_monitors(call: Call, unit_id: str) -> Answer:
    return {"monitors": finding.monitors(call.world, unit_id)}


@operation("GET /api/v1/livechat/units/{unitId}/departments")
def list_unit_departments(call: Call, unit_id: str) -> Answer:
    found = finding.departments(unit_id)
    return page(call, "departments", found, shape=partial(listing.shown, call.world))


@operation("GET /api/v1/livechat/units/{unitId}/departments/available")
def list_available_departments(
    call: Call, unit_id: str, text: Any = None, only_my_departments: Any = None
) -> Answer:
    only_his = only_my_departments == "true"
    found = finding.available(call.world, call.user, unit_id, text=text, only_his=only_his)
    return page(call, "departments", found, shape=partial(listing.shown, call.world))
