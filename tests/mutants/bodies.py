"""Small changes to the body of an answer, which many faults are made of."""

from collections.abc import Callable
from typing import Any

from tests.mutants.registry import Reply

Item = dict[str, Any]


def list_name(reply: Reply) -> str | None:
    """The key under which an answer holds its list, if it has one."""
    if not reply.ok:
        return None
    return next((name for name, value in reply.body.items() if isinstance(value, list)), None)


def items(reply: Reply) -> list[Any]:
    """The items of an answer's list, empty where it has none."""
    name = list_name(reply)
    return reply.body[name] if name else []


def each(reply: Reply, change: Callable[[Item], object]) -> None:
    """Change every object of an answer's list."""
    for item in items(reply):
        if isinstance(item, dict):
            change(item)


def put(reply: Reply, listed: list[Any]) -> None:
    """Replace the items of an answer's list."""
    if name := list_name(reply):
        reply.body[name] = listed


def map_texts(value: Any, change: Callable[[str, str], Any], name: str = "") -> Any:
    """A copy of a JSON value in which each text is what `change(key, text)` gives."""
    if isinstance(value, dict):
        return {key: map_texts(item, change, key) for key, item in value.items()}
    if isinstance(value, list):
        return [map_texts(item, change, name) for item in value]
    return change(name, value) if isinstance(value, str) else value


def refuse(reply: Reply, status: int, error: str, kind: str | None = None) -> None:
    """Turn an answer into a refusal in the ordinary envelope."""
    reply.status = status
    reply.body = {"success": False, "error": error}
    if kind:
        reply.body["errorType"] = kind
