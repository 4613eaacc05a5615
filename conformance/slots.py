"""What the parameters mean: which of them take the id of a room, the token of a visitor, a date.

A slot is such a meaning (`room.id`). Its values come from the target itself, so that calls reach
things that exist.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from conformance.surface import Surface
from mockserver.contract import Operation

MOMENTS = (
    "2020-01-01T00:00:00.000Z",
    "2020-09-10T12:00:00Z",
    "2020-09-11",
    "2035-12-31T23:59:59.999Z",
)
NEWEST = "room.began"
"""When a conversation began, as far as lists of the target show it: the nearest to its present."""
SPAN = timedelta(days=120)
"""Far below the year that reports accept, and long enough to hold something."""
WINDOWS = frozenset({"moment.first", "moment.last", "day.first", "day.last"})
"""Slots whose values depend on the present of the target."""
CHARTS = (
    "Total_conversations",
    "Avg_chat_duration",
    "Total_messages",
    "Avg_first_response_time",
    "Best_first_response_time",
    "Avg_response_time",
    "Avg_reaction_time",
)
FIXED: Mapping[str, tuple[str, ...]] = {
    "chart.of-agents": CHARTS,
    "chart.of-all": ("Conversations", "Productivity"),
    "chart.of-rooms": CHARTS,
    "sort": ('{"_id":1}', '{"ts":-1}', '{"name":1}'),
    "search": ("a", "e", "kit"),
    "sms.service": ("twilio",),
    "business-hour.type": ("default", "custom"),
    "email": ("kit@example.org", "someone.else@example.com"),
    "selector": ('{"term":"a"}', '{"exceptions":[],"conditions":{}}'),
}


def around(began: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Values for windows of time, the first of each within a year of the others' first.

    They end a day after the newest conversation, or a day after now where none is known.
    """
    known = max(filter(None, map(_instant, began)), default=datetime.now(UTC))
    first, last = known - SPAN, known + timedelta(days=1)
    return {
        "moment.first": (_moment(first), _moment(known - timedelta(days=1)), MOMENTS[0]),
        "moment.last": (_moment(last), _moment(known), MOMENTS[-1]),
        "day.first": (f"{first:%Y-%m-%d}", f"{known:%Y-%m-%d}"),
        "day.last": (f"{last:%Y-%m-%d}", f"{known:%Y-%m-%d}"),
    }


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _moment(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%S}.000Z"


@dataclass(frozen=True)
class Meaning:
    """Parameters of these names, where the operation's key and the place match, fill the slot."""

    slot: str | None
    names: frozenset[str]
    where: str = ""


def _named(slot: str | None, names: str, where: str = "") -> Meaning:
    return Meaning(slot, frozenset(names.split()), where)


MEANINGS = (
    _named(None, "_id", r"^POST /api/v1/(livechat/message|omnichannel/contact|canned-responses) "),
    _named("message.id", "_id", r"/livechat/message/"),
    _named("visitor.id", "visitorId"),
    _named("visitor.id", "_id", r"guestData"),
    _named("visitor.token", "token x-visitor-token"),
    _named("closed-room.id", "roomId", r"/livechat/rooms\.delete"),
    _named("held-room.id", "roomId", r"/livechat/room\.resumeOnHold"),
    _named("room.id", "rid roomId"),
    _named("room.id", "_id", r"roomData"),
    _named("unit.id", "_id", r"departmentUnit"),
    _named("agent.id", "_id excludeId", r"/livechat/users/"),
    _named("agent.id", "agentId agents userId createdBy"),
    _named("monitor.username", "username", r"monitors(/|\.delete)"),
    _named("agent.username", "username"),
    _named("contact.id", "contactId"),
    _named("inquiry.id", "inquiryId"),
    _named("custom-field.id", "_id customFieldId", r"/custom-fields"),
    _named("custom-field.id", "key", r"/custom\.field"),
    _named("business-hour.type", "type", r"/business-hours\."),
    _named("business-hour.id", "_id", r"/business-hour"),
    _named("canned-response.id", "_id", r"/canned-responses/"),
    _named("trigger.id", "_id", r"/triggers"),
    _named("tag.id", "_id id tagId", r"/tags"),
    _named("unit.id", "id unitId", r"/units"),
    _named("unit.id", "units businessUnit"),
    _named("sla.id", "slaId sla"),
    _named("priority.id", "priorityId"),
    _named("setting.id", "_id", r"/settings|/appearance"),
    _named("department.id", "_id ids", r"/livechat/department"),
    _named("department.id", "department departmentId departmentIds excludeDepartmentId"),
    _named("department.id", "oldDepartmentId tagDepartments agentDepartments"),
    _named("department.id", "fallbackForwardDepartment departmentsAllowedToForward"),
    _named("chart.of-agents", "name", r"/analytics/agent-overview"),
    _named("chart.of-all", "name", r"/analytics/overview"),
    _named("chart.of-rooms", "chartName"),
    _named("day.first", "from start", r"/analytics/(agent-)?overview|charts-data"),
    _named("day.last", "to end", r"/analytics/(agent-)?overview|charts-data"),
    _named("moment.first", "start", r"/analytics/"),
    _named("moment.last", "end", r"/analytics/"),
    _named("sort", "sort"),
    _named("selector", "selector"),
    _named("email", "email"),
    _named("sms.service", "service", r"/sms-incoming/"),
    _named("search", "term searchText searchTerm"),
)


@dataclass(frozen=True)
class Place:
    """One place of a request that a value can go to.

    `steps` are the names on the way from the body's root, `*` for each item of a list; parameters
    of path, query and header have one.
    """

    location: str
    steps: tuple[str, ...]
    required: bool
    slot: str | None

    @property
    def key(self) -> str:
        """The place as a configuration of the runner writes it, as in `body.agents[*].agentId`."""
        steps = ".".join("[*]" if step == "*" else step for step in self.steps)
        return f"{self.location}.{steps}".replace(".[*]", "[*]").replace("body[*]", "body.[*]")


def places(surface: Surface, operation: Operation) -> list[Place]:
    """Every place of an operation's requests that has a meaning here."""
    found = [*_parameters(surface, operation), *_body(surface, operation)]
    return [place for place in found if place.slot]


def _parameters(surface: Surface, operation: Operation) -> Iterator[Place]:
    for raw in surface.raw(operation).get("parameters", ()):
        parameter = surface.resolve(raw)
        if "enum" in surface.resolve(parameter["schema"]):
            continue
        name, location = parameter["name"], parameter["in"]
        slot = _slot(operation, f"{location}.{name}", name)
        yield Place(location, (name,), bool(parameter.get("required")), slot)


def _body(surface: Surface, operation: Operation) -> Iterator[Place]:
    content = surface.raw(operation).get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")
    if schema:
        for steps, required in _leaves(surface, schema, (), True):
            name = next((step for step in reversed(steps) if step != "*"), "")
            slot = _slot(operation, ".".join(steps), name)
            yield Place("body", steps, required, slot)


def _leaves(
    surface: Surface, schema: Mapping[str, Any], steps: tuple[str, ...], required: bool
) -> Iterator[tuple[tuple[str, ...], bool]]:
    schema = surface.resolve(schema)
    for combined in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(combined, ()):
            yield from _leaves(surface, part, steps, False)
    for name, part in schema.get("properties", {}).items():
        needed = required and name in schema.get("required", ())
        yield from _leaves(surface, part, (*steps, name), needed)
    if schema.get("type") == "array" and len(steps) < 6:
        yield from _leaves(surface, schema.get("items", {}), (*steps, "*"), required)
    elif schema.get("type") == "string" and "enum" not in schema and steps:
        yield steps, required


def _slot(operation: Operation, place: str, name: str) -> str | None:
    subject = f"{operation.key} {place}"
    for meaning in MEANINGS:
        if name in meaning.names and re.search(meaning.where, subject):
            return meaning.slot
    return None


def put_inside(node: Any, steps: tuple[str, ...], value: str, required: bool) -> None:
    """Set a value inside a body, where it is or must be; what is absent and optional stays so."""
    step, *rest = steps
    for child in _children(node, step):
        if rest:
            put_inside(child, tuple(rest), value, required)
    if not rest and isinstance(node, dict) and (step in node or required):
        node[step] = value
    if not rest and step == "*" and isinstance(node, list) and node:
        node[:] = [value]


def _children(node: Any, step: str) -> Iterable[Any]:
    if step == "*" and isinstance(node, list):
        return node
    return [node[step]] if isinstance(node, dict) and step in node else []
