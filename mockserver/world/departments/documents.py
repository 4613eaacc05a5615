"""Documents of departments: the department itself and its members."""

from typing import Any

import sqlalchemy as sa
from msgspec import UNSET, UnsetType

from mockserver.world.resource import Document, Instant, absent, resource


class Department(Document, kw_only=True):
    """A department. Keys of a request that the server does not know are kept under `extra`."""

    name: str
    enabled: bool
    email: str
    show_on_registration: bool
    show_on_offline_form: bool
    type: str = "d"
    num_agents: int = 0
    description: str | UnsetType = UNSET
    request_tag_before_closing_chat: bool | UnsetType = UNSET
    chat_closing_tags: list[str] | UnsetType = UNSET
    fallback_forward_department: str | UnsetType = UNSET
    departments_allowed_to_forward: list[str] | UnsetType = UNSET
    allow_receive_forward_offline: bool | UnsetType = UNSET
    offline_message_channel_name: str | int | bool | UnsetType = UNSET
    abandoned_rooms_close_custom_message: str | int | bool | UnsetType = UNSET
    waiting_queue_message: str | int | bool | UnsetType = UNSET
    archived: bool | UnsetType = UNSET
    business_hour_id: str | UnsetType = UNSET
    parent_id: str | UnsetType = UNSET
    ancestors: list[str] | UnsetType = UNSET
    extra: dict[str, Any] | UnsetType = UNSET


class Member(Document, kw_only=True):
    """An agent's place in a department, with the counters that routing reads."""

    agent_id: str
    department_id: str
    department_enabled: bool
    username: str
    count: int = 0
    order: int = 0
    last_routing_time: Instant | UnsetType = UNSET


DEPARTMENTS = resource(
    "departments",
    Department,
    {
        "name": (sa.Text, lambda d: d.name),
        "name_folded": (sa.Text, lambda d: d.name.casefold()),
        "enabled": (sa.Boolean, lambda d: d.enabled),
        "archived": (sa.Boolean, lambda d: d.archived is True),
        "show_on_registration": (sa.Boolean, lambda d: d.show_on_registration),
        "parent_id": (sa.Text, lambda d: absent(d.parent_id)),
        "business_hour_id": (sa.Text, lambda d: absent(d.business_hour_id)),
    },
)
MEMBERS = resource(
    "department_members",
    Member,
    {
        "agent_id": (sa.Text, lambda m: m.agent_id),
        "department_id": (sa.Text, lambda m: m.department_id),
        "department_enabled": (sa.Boolean, lambda m: m.department_enabled),
        "username": (sa.Text, lambda m: m.username),
        "count": (sa.Integer, lambda m: m.count),
        "order": (sa.Integer, lambda m: m.order),
    },
    [("agent_id",), ("department_id",)],
)
