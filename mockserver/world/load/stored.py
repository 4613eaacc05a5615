"""Worlds in stores: one that stands in a file already, or a world file that is put into one."""

from pathlib import Path

from mockserver.world.clock import Clock, FrozenClock, LiveClock, Mode
from mockserver.world.file_store import FileStore
from mockserver.world.load.loading import declare, load
from mockserver.world.store import IN_MEMORY
from mockserver.world.world import World


def opened(path: Path, world: str, *, seed: int = 0, clock: Mode = "frozen") -> World:
    """Return the world in a store's file, as it was left; without the file, `world` put into it.

    What stands in a store keeps its dates and its seed: a live clock goes on from the present.
    Raises `StoreError` or `WorldError` with one sentence.
    """
    if path.exists():
        return _continued(path, clock)
    try:
        return load(world, seed=seed, clock=clock, into=lambda: FileStore(path))
    except BaseException:  # a Ctrl-C leaves no half-written store either
        path.unlink(missing_ok=True)
        raise


def _continued(path: Path, clock: Mode) -> World:
    declare()
    store = FileStore(path)
    state = store.kept()
    ticking: Clock = LiveClock() if clock == "live" else FrozenClock(state.now)
    return World(ticking, name=state.name, seed=state.seed, store=store, made=state.made)


def saved(world: World) -> bytes:
    """Return the world as it stands, as the content of a store's file; between requests only."""
    content, now, made = world.snapshot()
    if isinstance(world.store, FileStore):
        return content
    store = FileStore(Path(":memory:"), IN_MEMORY)
    store.restore(content)
    World(FrozenClock(now), name=world.name, seed=world.seed, store=store, made=made).keep()
    whole = store.snapshot()
    store.close()
    return whole
