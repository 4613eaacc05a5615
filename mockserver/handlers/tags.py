"""Tags: the labels that are offered to agents who close conversations."""

from typing import Any

from mockserver.paging import page, spread
from mockserver.registry import Answer, Call, operation
from mockserver.world.tags import labels


@operation("GET /api/v1/livechat/tags")
def list_tags(call: Call, text: Any = None, department: Any = None, view_all: Any = None) -> Answer:
    found = labels.listing(
        call.world, call.user, text=text, department=department, view_all=view_all == "true"
    )
    return page(call, "tags", found)


@operation("GET /api/v1/livechat/tags/{tagId}")
def show_tag(call: Call, tag_id: str) -> Answer:
    return spread(labels.get(call.world, tag_id))


@operation("POST /api/v1/livechat/tags.save")
def save_tag(
    call: Call,
    tag_data: dict[str, Any],
    _id: str | None = None,
    tag_departments: list[str] | None = None,
) -> Answer:
    return labels.save(call.world, _id, tag_data, tag_departments)


@operation("POST /api/v1/livechat/tags.delete")
def delete_tag(call: Call, id: str) -> Answer:
    labels.delete(call.world, id)
    return {}
