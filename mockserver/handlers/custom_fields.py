"""Custom fields: what a workspace wants to know of visitors and rooms besides."""

from typing import Any

import msgspec

from mockserver.paging import page
from mockserver.registry import Answer, Call, operation
from mockserver.world.custom_fields import definitions, values
from mockserver.world.custom_fields.values import Value


@operation("GET /api/v1/livechat/custom-fields")
def list_fields(call: Call, text: str | None = None) -> Answer:
    return page(call, "customFields", definitions.listing(text), shape=definitions.shown)


@operation("GET /api/v1/livechat/custom-fields/{_id}")
def show_field(call: Call, _id: str) -> Answer:
    return {"customField": definitions.find(call.world, _id)}


@operation("POST /api/v1/livechat/custom-fields.save")
def save_field(
    call: Call, custom_field_data: dict[str, Any], custom_field_id: str | None = None
) -> Answer:
    return {"customField": definitions.save(call.world, custom_field_id, custom_field_data)}


@operation("POST /api/v1/livechat/custom-fields.delete")
def delete_field(call: Call, custom_field_id: str) -> Answer:
    definitions.delete(call.world, custom_field_id)
    return {}


@operation("POST /api/v1/livechat/custom.field")
def put_value(call: Call, token: str, key: str, value: str, overwrite: bool) -> Answer:
    given = Value(key=key, value=value, overwrite=overwrite)
    values.put(call.world, token, given)
    return {"field": given}


@operation("POST /api/v1/livechat/custom.fields")
def put_values(call: Call, token: str, custom_fields: list[Any]) -> Answer:
    given = msgspec.convert(custom_fields, list[Value])
    put = values.put_all(call.world, token, given)
    return {"fields": [{"Key": v.key, "value": v.value, "overwrite": v.overwrite} for v in put]}
