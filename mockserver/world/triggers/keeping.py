"""Keeping triggers: listing, saving and deleting them, and what of them the widget is told."""

from typing import Any

from mockserver.world import licence
from mockserver.world.resource import Query
from mockserver.world.triggers.documents import TRIGGERS, Trigger
from mockserver.world.world import World

LICENSED_ACTION = "use-external-service"


def listing() -> Query[Trigger]:
    """Return the query for all triggers, by name."""
    return Query(Trigger, order=(("name", 1),))


def save(
    world: World,
    trigger_id: str | None,
    *,
    name: str,
    description: str,
    enabled: bool,
    run_once: bool,
    conditions: list[dict[str, Any]],
    actions: list[dict[str, Any]],
) -> None:
    """Add a trigger, or with an id replace one; with an unknown id nothing is stored."""
    trigger = Trigger(
        _id=trigger_id or world.new_id(),
        name=name,
        description=description,
        enabled=enabled,
        run_once=run_once,
        conditions=conditions,
        actions=actions,
    )
    if not trigger_id:
        world.add(trigger)
    elif world.get(Trigger, trigger_id) is not None:
        world.save(trigger)


def delete(world: World, trigger_id: str) -> None:
    """Delete a trigger; one that does not exist is gone already."""
    world.remove(Trigger, TRIGGERS.c._id == trigger_id)


def of_widget(world: World) -> list[dict[str, Any]]:
    """Return the enabled triggers as the widget reads them.

    Without a licence those are left out that could only use an external service.
    """
    is_licensed = licence.has(world, "livechat-enterprise")
    return [
        {
            "_id": trigger._id,
            "actions": trigger.actions,
            "conditions": trigger.conditions,
            "runOnce": trigger.run_once,
        }
        for trigger in world.all(Trigger, TRIGGERS.c.enabled)
        if is_licensed or any(one["name"] != LICENSED_ACTION for one in trigger.actions)
    ]
