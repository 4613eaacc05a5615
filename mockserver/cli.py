"""The command: serve a world, or list the operations."""

import argparse
import gc
import logging
import socket
import sys
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mockserver.contract import ContractError, load
from mockserver.settings import Settings, parse
from mockserver.world.file_store import StoreError
from mockserver.world.load import WorldError

if TYPE_CHECKING:
    from connexion import AsyncApp

    from mockserver.world.world import World

TRY = "/api/v1/livechat/analytics/dashboards/charts/chats-per-agent"
DOCUMENTED = "start=2020-09-09T00:11:22.345Z&end=2020-09-10T23:59:22.345Z"
DOCUMENTED_NOW = "2020-09-11T09:00:00.000Z"
WEEK_MS = 7 * 86_400_000
SHOWN_USERS = 8
ROLES = {"livechat-manager", "admin"}
HINT = "frozen at {}; for dashboards of today start with --clock live"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code, 2 for a start that cannot be."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(given)
    except KeyboardInterrupt:
        return 0
    except (PortTaken, ContractError, StoreError, WorldError) as error:
        print(f"omnichannel-mock: {error}", file=sys.stderr)
        return 2


def _run(given: list[str]) -> int:
    if given[:1] == ["operations"]:
        return operations(given[1:])
    if given[:1] == ["generate"]:
        from mockserver.generate_command import generate

        return generate(given[1:])
    return serve(parse(given))


class PortTaken(Exception):
    """The mock cannot listen where it was told to."""


def serve(settings: Settings) -> int:
    """Serve until interrupted."""
    gc.disable()  # nothing that start-up makes is garbage; collecting costs a tenth of the start
    warnings.filterwarnings("ignore", module="connexion")
    listener = _listen(settings)
    app, world = _application(settings)
    import uvicorn

    logging.getLogger("connexion").setLevel(logging.CRITICAL)
    config = uvicorn.Config(
        app,
        lifespan="on",
        log_level="critical",  # our own log tells of faults
        access_log=False,
        server_header=False,
        date_header=False,  # the same seed gives the same bytes
        timeout_graceful_shutdown=0,
    )
    gc.freeze()
    gc.enable()
    address = _address(settings.host, listener)
    print(banner(address, world, settings), flush=True)
    uvicorn.Server(config).run(sockets=[listener])
    return 0


def _application(settings: Settings) -> tuple["AsyncApp", "World"]:
    from mockserver.app import create
    from mockserver.served import Served

    world = _world(settings)
    return create(Served(load(), world, rate_limits=settings.rate_limits)), world


def _world(settings: Settings) -> "World":
    from mockserver.world import load

    if settings.store is None:
        return load.load(settings.world, seed=settings.seed, clock=settings.clock)
    return load.opened(settings.store, settings.world, seed=settings.seed, clock=settings.clock)


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(2048)  # from here on a client waits instead of being refused
    except OSError as error:
        listener.close()
        place = f"{settings.host}:{settings.port}"
        cure = "choose another --port, or stop what listens there"
        raise PortTaken(f"cannot listen on {place} ({error.strerror}): {cure}") from error
    return listener


def _address(host: str, listener: socket.socket) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{listener.getsockname()[1]}"


def banner(address: str, world: "World", settings: Settings) -> str:
    """Return what a developer wants to read first; its first line ends with the address."""
    from mockserver.world.users.documents import User

    is_live = settings.clock == "live"
    people = [user for user in world.all(User) if "bot" not in user.roles]
    names = ", ".join(user.username for user in people[:SHOWN_USERS])
    more = f" and {len(people) - SHOWN_USERS} more" if len(people) > SHOWN_USERS else ""
    time = "runs with your clock" if is_live else HINT.format(world.now())
    lines = [
        f"Rocket.Chat Omnichannel mock on {address}",
        f"  API page  {address}/docs/",
        f"  World     {world.name}: {time}",
        f"  Users     {names}{more}",
        "            password = user name; fixed token = <username>-token",
    ]
    if manager := next((user for user in people if not ROLES.isdisjoint(user.roles)), None):
        headers = f"-H 'X-User-Id: {manager._id}' -H 'X-Auth-Token: {manager.username}-token'"
        lines += [
            f"  Try       curl {headers} \\",
            f"              '{address}{TRY}?{_window(world)}'",
        ]
    return "\n".join([*lines, "  Stop      Ctrl-C"])


def _window(world: "World") -> str:
    """Return a window of time in which the world has something to show."""
    from mockserver.world.jsdate import iso

    now = world.now_ms()
    if world.now() == DOCUMENTED_NOW:
        return DOCUMENTED
    return f"start={iso(now - WEEK_MS)}&end={iso(now)}"


def operations(arguments: Sequence[str]) -> int:
    """Print every operation and the file that answers it, or the page about them."""
    parser = argparse.ArgumentParser(
        prog="omnichannel-mock operations",
        description="List the operations that the mock answers.",
    )
    parser.add_argument(
        "--markdown", action="store_true", help="print docs/reference/operations.md"
    )
    is_page: bool = parser.parse_args(arguments).markdown
    warnings.filterwarnings("ignore", module="connexion")
    from mockserver import operations_page
    from mockserver.app import load_handlers
    from mockserver.registry import check_complete

    contract = load()
    load_handlers()
    check_complete(contract)
    make = operations_page.markdown if is_page else operations_page.listing
    print(make(contract))
    return 0
