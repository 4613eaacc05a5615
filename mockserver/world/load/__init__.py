"""Loading: from a world file to a world that stands in its database."""

from mockserver.world.load.faults import Fault, WorldError
from mockserver.world.load.loading import load
from mockserver.world.load.place import names
from mockserver.world.load.stored import opened, saved

__all__ = ["Fault", "WorldError", "load", "names", "opened", "saved"]
