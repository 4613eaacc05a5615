"""Odd values: calls with one parameter each that servers stumble over, or should act on."""

from collections.abc import Iterator, Mapping
from typing import Any

from conformance import surface
from conformance.finds import Finds
from conformance.slots import FIXED, places
from conformance.things import NOTHING
from mockserver.contract import Operation

TEXTS = ("e", "E", "kit nothing", "", "(*[", "%", "_", ".", "'\"", "é", "\U0001f642", "x" * 300)
IDS = (NOTHING, "x" * 80, "kit nothing", "é", "'\"")
WRITTEN = (" and more of it" * 6, " Zoë \U0001f642 <b>&amp; 'quoted' \\ /")
PROSE = frozenset({"comment", "description", "msg", "name", "text", "title", "topic"})
"""Keys of bodies whose values people write as they like."""
NUMBERS: Mapping[str, tuple[str, ...]] = {
    "count": ("1", "2", "0", "100", "-1", "2147483648"),
    "offset": ("1", "2147483648"),
    "limit": ("1", "0", "100"),
}
FLAGS = ("true", "false")
ORDERS = ('{"_id":1}', '{"_id":-1}', '{"name":1}', '{"name":-1}', '{"ts":1}', '{"ts":-1}')
DAYS = ("2020-02-29", "2020-02-29T12:00:00Z", "2020-09-10T12:00:00+05:30", "1970-01-01")
BY_FORMAT = {"sort": ORDERS, "javascript-date": DAYS}
YES_OR_NO = frozenset(
    {
        "answered",
        "closedChatsOnly",
        "enabled",
        "enabledDepartmentsOnly",
        "fullReport",
        "includeAgents",
        "includeOfflineAgents",
        "includeUserRooms",
        "onhold",
        "onlyMyDepartments",
        "open",
        "queued",
        "servedChatsOnly",
        "showArchived",
        "viewAll",
    }
)
"""Texts of the contract that a server reads as flags."""
NAMED = frozenset({"chart.of-agents", "chart.of-all", "chart.of-rooms"})
"""Slots whose values a server knows by name."""
WRAPPED = frozenset({"query", "fields", "selector", "createdAt", "closedAt", "customFields"})
"""Values that are JSON themselves."""


def queries(
    operation: Operation, finds: Finds, good: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """Queries that differ from a good one in one parameter, and one that asks for a later page."""
    if operation.effect != "read":
        return
    names = []
    for name, schema in _parameters(operation):
        names.append(name)
        for value in _values(operation, finds, name, schema):
            if good.get(name) != value:
                yield {**good, name: value}
    if {"count", "offset"} <= set(names):
        yield {**good, "count": "2", "offset": "1"}


def paths(operation: Operation, good: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Values of the path that differ from good ones in one, which then names nothing."""
    contract = surface.contract()
    for parameter in map(contract.resolve, contract.raw(operation).get("parameters", ())):
        if parameter["in"] == "path" and "enum" not in contract.resolve(parameter["schema"]):
            for value in IDS if operation.effect == "read" else (NOTHING,):
                yield {**good, parameter["name"]: value}


def bodies(body: Any) -> Iterator[Any]:
    """The same body with what people write in it longer, and in other letters; none without."""
    for more in WRITTEN:
        if (odd := _written(body, more)) != body:
            yield odd


def _written(value: Any, more: str) -> Any:
    if isinstance(value, dict):
        return {
            name: f"{item}{more}"
            if name in PROSE and isinstance(item, str)
            else _written(item, more)
            for name, item in value.items()
        }
    return [_written(item, more) for item in value] if isinstance(value, list) else value


def _parameters(operation: Operation) -> Iterator[tuple[str, Mapping[str, Any]]]:
    contract = surface.contract()
    for parameter in map(contract.resolve, contract.raw(operation).get("parameters", ())):
        if parameter["in"] == "query" and parameter["name"] not in WRAPPED:
            yield parameter["name"], contract.resolve(parameter["schema"])


def _values(
    operation: Operation, finds: Finds, name: str, schema: Mapping[str, Any]
) -> tuple[str, ...]:
    kinds = {schema.get("type"), *(part.get("type") for part in schema.get("anyOf", ()))}
    slot = _slot(operation, name)
    if "enum" in schema:
        return tuple(str(value) for value in schema["enum"])
    if "boolean" in kinds or name in YES_OR_NO:
        return FLAGS
    if slot in NAMED:
        return (*FIXED[slot], NOTHING)
    if slot is not None and slot not in FIXED:
        return (*finds.values(slot)[:2], NOTHING)
    if "string" not in kinds:
        return NUMBERS.get(name, ())
    return BY_FORMAT.get(name, BY_FORMAT.get(schema.get("format", ""), TEXTS))


def _slot(operation: Operation, name: str) -> str | None:
    for place in places(surface.contract(), operation):
        if place.location == "query" and place.steps == (name,):
            return place.slot
    return None
