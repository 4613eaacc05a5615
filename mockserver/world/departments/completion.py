"""Completing the name of a department: the server's autocomplete and its `selector`."""

from typing import Any

from mockserver.world import jsjson
from mockserver.world.departments import listing
from mockserver.world.refusal import Refusal
from mockserver.world.units.documents import Unit
from mockserver.world.units.supervision import departments as reach
from mockserver.world.users.documents import User
from mockserver.world.world import World

Item = dict[str, Any]


class SelectorMissing(Refusal):
    """Nothing was asked for."""

    reason = "The 'selector' param is required"


class SelectorUnreadable(Refusal):
    """The selector is no JSON; the words are those of the server's parser."""


class SelectorNull(Refusal):
    """The selector is JSON, but nothing; the words are those of the server's language."""

    reason = "Cannot destructure property 'exceptions' of 'selector' as it is null."


def complete(
    world: World, selector: Any, *, with_archived: bool, only_of: User | None = None
) -> list[Item]:
    """Return id and name of the departments and units that a selector asks for, by name.

    With `only_of` these are the departments that this user may reach, and no units.

    `selector` is JSON text `{term?, exceptions?, conditions?}`: names that begin with `term`, in
    any case; ids in `exceptions` are left out; each key of `conditions` must have that value, and
    one that the selector asks about anyway (name, `_id`, archived) is asked so instead.
    """
    wished = _parsed(selector)
    return [
        {"_id": view["_id"], "name": view["name"]}
        for view in _views(world, only_of)
        if _is_wished(view, wished, with_archived)
    ]


def _views(world: World, only_of: User | None) -> list[Item]:
    departments = listing.departments(with_archived=True)
    if only_of is not None:
        reached = world.read(departments.also(*reach(world, only_of)))
        return listing.all_shown(world, reached)
    views = listing.all_shown(world, [*world.read(departments), *world.all(Unit)])
    return sorted(views, key=lambda view: view["name"])


def _is_wished(view: Item, wished: dict[str, Any], with_archived: bool) -> bool:
    conditions = wished.get("conditions")
    asked = conditions if isinstance(conditions, dict) else {}
    if any(_at(view, path) != value for path, value in asked.items()):
        return False
    if "archived" not in asked and view.get("archived") and not with_archived:
        return False
    term = str(wished.get("term") or "").strip().casefold()
    if "name" not in asked and not view["name"].casefold().startswith(term):
        return False
    left_out = wished.get("exceptions") or []
    exceptions = left_out if isinstance(left_out, list) else [left_out]
    return "_id" in asked or view["_id"] not in exceptions


def _at(view: Item, path: str) -> Any:
    value: Any = view
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _parsed(selector: Any) -> dict[str, Any]:
    if not selector:
        raise SelectorMissing
    try:
        wished = jsjson.parse(_text(selector))
    except jsjson.UnreadableJson as error:
        raise SelectorUnreadable(str(error)) from None
    if wished is None:
        raise SelectorNull
    return wished if isinstance(wished, dict) else {}


def _text(selector: Any) -> str:
    """Return what JavaScript makes of a parameter that was sent twice or with brackets."""
    if isinstance(selector, list):
        return ",".join(map(_text, selector))
    return selector if isinstance(selector, str) else "[object Object]"
