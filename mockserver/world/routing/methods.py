"""The routing methods: by which rule the next room finds its agent."""

from collections.abc import Callable
from typing import Any

from msgspec import UNSET

from mockserver.world.departments.documents import MEMBERS, Member
from mockserver.world.jsdate import millis
from mockserver.world.refusal import Refusal
from mockserver.world.routing import availability, limits
from mockserver.world.settings.documents import value
from mockserver.world.users.documents import USERS, User
from mockserver.world.world import World

Seat = tuple[Member | None, User]
Place = Callable[[World, str | None, Seat], Any]

AUTOMATIC = {
    "previewRoom": False,
    "showConnecting": False,
    "showQueue": False,
    "showQueueLink": True,
    "returnQueue": False,
    "enableTriggerAction": True,
    "autoAssignAgent": True,
}
MANUAL = {
    "previewRoom": True,
    "showConnecting": False,
    "showQueue": True,
    "showQueueLink": True,
    "returnQueue": True,
    "enableTriggerAction": False,
    "autoAssignAgent": False,
}


class MethodNotAvailable(Refusal):
    """The setting names a routing method that this workspace does not have."""

    code = "error-routing-method-not-available"


def method(world: World) -> str:
    """Return the name of the routing method; the load methods need the licence."""
    name: str = value(world, "Livechat_Routing_Method")
    if name != "Manual_Selection" and name not in PLACES:
        raise MethodNotAvailable
    return name


def config(world: World) -> dict[str, bool]:
    """Return what the routing method means for clients."""
    return dict(MANUAL if method(world) == "Manual_Selection" else AUTOMATIC)


def assigns(world: World) -> bool:
    """Say whether the server gives rooms to agents by itself."""
    return method(world) != "Manual_Selection"


def is_automatic(world: World) -> bool:
    """Say the same of a method that may not exist, without refusing it."""
    return value(world, "Livechat_Routing_Method") in PLACES


def next_agent(world: World, department_id: str | None) -> User | None:
    """Choose who gets the next room of a department, or outside of departments; None: nobody.

    The choice moves the counters, whether the agent then serves or not. Nobody is chosen under
    manual routing, and nobody who is full.
    """
    name = method(world)
    if name == "Manual_Selection":
        return None
    seats = [
        seat
        for seat in _seats(world, department_id)
        if not limits.is_full(world, seat[1], department_id)
    ]
    if not seats:
        return None
    chosen = min(seats, key=lambda seat: PLACES[name](world, department_id, seat))
    _move_counters(world, name, chosen)
    return chosen[1]


def next_bot(world: World, department_id: str | None) -> User | None:
    """Choose the bot agent with the fewest rooms given, and count one more for it."""
    bots = {bot._id: bot for bot in world.all(User, USERS.c.is_agent, USERS.c.is_bot)}
    seats: list[Seat] = [(None, bot) for bot in bots.values()]
    if department_id:
        found = world.all(Member, MEMBERS.c.department_id == department_id)
        seats = [(seat, bots[seat.agent_id]) for seat in found if seat.agent_id in bots]
    if not seats:
        return None
    chosen = min(seats, key=lambda seat: _by_count(world, department_id, seat))
    _move_counters(world, "Auto_Selection", chosen)
    return chosen[1]


def _seats(world: World, department_id: str | None) -> list[Seat]:
    if department_id:
        return [*availability.members(world, department_id)]
    return [(None, agent) for agent in availability.available(world)]


def _by_count(_world: World, _department_id: str | None, seat: Seat) -> tuple[int, int, str]:
    member, agent = seat
    if member is None:
        return availability.given_rooms(agent), 0, agent.username
    return member.count, member.order, agent.username


def _by_load(world: World, department_id: str | None, seat: Seat) -> tuple[int, int, str]:
    return limits.count(world, seat[1], department_id), *_by_rotation(world, department_id, seat)


def _by_rotation(_world: World, _department_id: str | None, seat: Seat) -> tuple[int, str]:
    last = seat[1].last_routing_time
    return -1 if last is UNSET else millis(last), seat[1].username


PLACES: dict[str, Place] = {
    "Auto_Selection": _by_count,
    "Load_Balancing": _by_load,
    "Load_Rotation": _by_rotation,
}


def _move_counters(world: World, name: str, chosen: Seat) -> None:
    """Count a choice where its method will look next time."""
    member, agent = chosen
    if name != "Auto_Selection":
        agent.last_routing_time = world.now()
        world.save(agent)
    elif member is not None:
        member.count += 1
        world.save(member)
    else:
        agent.livechat_count = availability.given_rooms(agent) + 1
        world.save(agent)
