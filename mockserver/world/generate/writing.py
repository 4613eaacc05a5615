"""Writing a generated world as a world file, which people read and change."""

from pathlib import Path
from typing import Any

import msgspec
import yaml

from mockserver.world.generate.history import History
from mockserver.world.load.file import GivenRoom, GivenVisitor, WorldFile

_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


# The base is chosen when the module is loaded: LibYAML has not been built everywhere.
class _Plain(_DUMPER):  # type: ignore[misc]
    """Writes dates without quotes: in a world file they are texts."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own name
        first: [(tag, form) for tag, form in forms if not tag.endswith(":timestamp")]
        for first, forms in _DUMPER.yaml_implicit_resolvers.items()
    }


def write(history: History, path: Path) -> None:
    """Write the whole world; what has its default value is left out."""
    content = msgspec.to_builtins(whole(history))
    with path.open("w", encoding="utf-8") as opened:
        yaml.dump(content, opened, _Plain, default_flow_style=None, sort_keys=False, width=140)


def whole(history: History) -> WorldFile:
    """Return the world file of a history."""
    file = history.head()
    of_agent = {agent.key: agent for agent in history.agents}
    for user in file.users:
        if user._id in of_agent:
            user.shifts = list(of_agent[user._id].shifts(history.plan))
    visitors: dict[int, GivenVisitor] = {}
    rooms: list[GivenRoom] = []
    for visit in history.visits():
        visitors[visit.guest.number] = visit.guest.given
        rooms.append(visit.room)
    file.visitors, file.rooms = list(visitors.values()), rooms
    return file
