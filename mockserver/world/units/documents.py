"""Documents of business units: the unit itself, and who supervises it."""

import sqlalchemy as sa

from mockserver.world.resource import Document, resource


class Unit(Document, kw_only=True):
    """A business unit. Its numbers are those of the lists saved with it, not of what is left."""

    name: str
    visibility: str
    type: str = "u"
    num_monitors: int = 0
    num_departments: int = 0


class UnitMonitor(Document, kw_only=True):
    """The tie between a unit and a user who supervises it."""

    monitor_id: str
    unit_id: str
    username: str


UNITS = resource("units", Unit, {"name_folded": (sa.Text, lambda u: u.name.casefold())})
UNIT_MONITORS = resource(
    "unit_monitors",
    UnitMonitor,
    {
        "monitor_id": (sa.Text, lambda m: m.monitor_id),
        "unit_id": (sa.Text, lambda m: m.unit_id),
    },
    [("monitor_id",), ("unit_id",)],
)
