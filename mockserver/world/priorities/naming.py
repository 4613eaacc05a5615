"""Finding priorities, renaming them, and taking their names back."""

from msgspec import UNSET

from mockserver.world import search
from mockserver.world.priorities.documents import PRIORITIES, Priority
from mockserver.world.refusal import Missing, Refusal
from mockserver.world.resource import Query
from mockserver.world.unique import DuplicateKey
from mockserver.world.world import World


class PriorityNotFound(Missing):
    """No priority has this id."""

    def __init__(self, priority_id: str) -> None:
        super().__init__(f"Priority with id {priority_id} not found")


class NameTaken(Refusal):
    """Another priority has this name, in whatever case."""

    reason = "error-duplicate-priority-name"


class NothingToRename(Refusal):
    """There is no priority with this id to rename."""

    reason = "error-unable-to-update-priority"


class NothingToReset(Refusal):
    """All priorities have the names that they came with; the server refuses without a word."""


def listing(text: str | None = None) -> Query[Priority]:
    """Return the query for priorities by name: those without one first, in their own order.

    `text` is part of a name, in any case; one that was never renamed has none.
    """
    where = search.containing(PRIORITIES.c.name_folded, text)
    return Query(Priority, where, (("name", 1),))


def get(world: World, priority_id: str) -> Priority:
    """Return a priority, or refuse."""
    priority = world.get(Priority, priority_id)
    if priority is None:
        raise PriorityNotFound(priority_id)
    return priority


def rename(world: World, priority_id: str, name: str | None) -> None:
    """Give a priority a name; it is dirty from now on, also when no name was sent."""
    if name:
        _check_free(world, priority_id, name)
    priority = world.get(Priority, priority_id)
    if priority is None:
        raise NothingToRename
    if name is not None:
        wished = name.strip()
        _check_unique(world, priority_id, wished)
        priority.name = wished
    priority.dirty = True
    world.save(priority)


def reset(world: World, priority_id: str) -> None:
    """Take the name of a priority back."""
    priority = world.get(Priority, priority_id)
    if priority is None:
        raise NothingToRename
    _reset(world, priority)


def is_renamed(world: World) -> bool:
    """Say whether a reset of all priorities would change anything."""
    return world.find(Priority, PRIORITIES.c.dirty) is not None


def reset_all(world: World) -> None:
    """Take the names of all priorities back, where there are any."""
    renamed = world.all(Priority, PRIORITIES.c.dirty)
    if not renamed:
        raise NothingToReset
    for priority in renamed:
        _reset(world, priority)


def _reset(world: World, priority: Priority) -> None:
    priority.name = UNSET
    priority.dirty = False
    world.save(priority)


def _check_free(world: World, priority_id: str, name: str) -> None:
    same = world.find(Priority, PRIORITIES.c.name_folded == name.strip().casefold())
    if same is not None and same._id != priority_id:
        raise NameTaken


def _check_unique(world: World, priority_id: str, name: str) -> None:
    """Refuse a name that the collection's unique index holds; an empty one comes so far."""
    for other in world.all(Priority, PRIORITIES.c._id != priority_id):
        if other.name == name:
            raise DuplicateKey("livechat_priority", "name", name)
