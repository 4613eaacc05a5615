"""Delegation: automatic routing comes back to what waits in the queue and gives it out.

The server does it every `Omnichannel_queue_delay_timeout` seconds while its routing method is an
automatic one; `ready` and `verifying` inquiries are left alone. Source: its `OmnichannelQueue`.
"""

from mockserver.world.inquiries import queue
from mockserver.world.inquiries.documents import INQUIRIES, Inquiry
from mockserver.world.jsdate import millis
from mockserver.world.resource import Query
from mockserver.world.rooms import lookup, serving
from mockserver.world.routing import availability, is_automatic, limits, next_agent
from mockserver.world.settings.documents import Setting, value
from mockserver.world.users.documents import User
from mockserver.world.world import World

METHOD = "Livechat_Routing_Method"
USUAL_DELAY = 5


def give_out(world: World) -> bool:
    """Give what has waited long enough to agents who are free; return whether anything was given.

    Each department has a queue of its own, and one more is of inquiries without a department. The
    first of a queue that nobody can take holds up those behind it.
    """
    if not is_automatic(world) or not value(world, "Livechat_enabled"):
        return False
    due = world.now_ms() - _delay(world)
    if world.memo("automatic since", lambda: _automatic_since(world)) > due:
        return False
    held_up: set[str | None] = set()
    has_given = False
    for inquiry in world.memo("the queue", lambda: _waiting(world)):
        department = inquiry.department or None
        if department in held_up or millis(inquiry.queued_at or inquiry.ts) > due:
            continue
        agent = _agent_for(world, inquiry)
        if agent is None:
            held_up.add(department)
            continue
        serving.serve(world, lookup.by_id(world, inquiry.rid), agent)
        has_given = True
    return has_given


def _waiting(world: World) -> list[Inquiry]:
    waits = INQUIRIES.c.status == "queued"
    return world.read(Query(Inquiry, (waits,), queue.order(world)))


def _automatic_since(world: World) -> int:
    setting = world.get(Setting, METHOD)
    return millis(setting._updated_at) if setting and setting._updated_at else 0


def _delay(world: World) -> int:
    """Return how many milliseconds pass between two looks at the queue."""
    seconds = value(world, "Omnichannel_queue_delay_timeout")
    is_sensible = isinstance(seconds, (int, float)) and seconds >= 1
    return int((seconds if is_sensible else USUAL_DELAY) * 1000)


def _agent_for(world: World, inquiry: Inquiry) -> User | None:
    """Return who takes an inquiry: the agent it wishes, when he is there, or whoever is next."""
    department = inquiry.department or None
    wished = inquiry.default_agent
    if not wished or not availability.is_available(world, wished.agent_id):
        return next_agent(world, department)
    agent = world.get(User, wished.agent_id)
    return None if agent is None or limits.stops_taking(world, agent, department) else agent
