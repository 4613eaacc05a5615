"""Settings of one run: command-line flags over environment variables over defaults."""

import argparse
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn

from mockserver import VERSION

PREFIX = "OMNICHANNEL_MOCK_"
FLAGS = ("host", "port", "world", "store", "clock", "seed", "rate_limits")
STORE = "sqlite:///"


@dataclass(frozen=True)
class Settings:
    """Everything that a run can be told."""

    host: str = "127.0.0.1"
    port: int = 3000
    world: str = "documented"
    store: Path | None = None
    """The file that keeps the world; without one it is gone when the mock ends."""
    clock: Literal["frozen", "live"] = "frozen"
    seed: int = 0
    rate_limits: bool = False


class Parser(argparse.ArgumentParser):
    """Complains in one sentence and exits with 2, without the usage text around it."""

    def error(self, message: str) -> NoReturn:
        """Print what is wrong and where help is."""
        self.exit(2, f"{self.prog}: {message} (see --help)\n")


def parse(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of a command line; exits with 2 and one sentence when they are wrong."""
    parser = _parser()
    given = [*_from(environment), *arguments]
    found = parser.parse_args(given)
    return Settings(**{name: getattr(found, name) for name in FLAGS})


def _from(environment: Mapping[str, str]) -> list[str]:
    """Return the environment's settings as flags, so that one parser judges both."""
    flags = []
    for name in FLAGS:
        value = environment.get(PREFIX + name.upper())
        if value is None:
            continue
        flag = "--" + name.replace("_", "-")
        if name != "rate_limits":
            flags.append(f"{flag}={value}")
        elif value not in ("", "0"):
            flags.append(flag)
    return flags


def _parser() -> Parser:
    parser = Parser(
        prog="omnichannel-mock",
        description="Serve a stateful stand-in for Rocket.Chat's Omnichannel REST API.",
        epilog=f"Each flag may come from the environment too, as {PREFIX}PORT and so on. "
        "`omnichannel-mock operations` lists what is offered.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {VERSION}")
    default = Settings()
    parser.add_argument("--host", default=default.host, help="address to listen on (%(default)s)")
    parser.add_argument(
        "--port", type=_port, default=default.port, help="port, 0 for any free one (%(default)s)"
    )
    parser.add_argument(
        "--world", default=default.world, help="name or file of the world to serve (%(default)s)"
    )
    parser.add_argument(
        "--store",
        type=_store,
        metavar=f"{STORE}FILE",
        help="keep the world in a file, which is made from --world when it is not there",
    )
    parser.add_argument(
        "--clock",
        choices=["frozen", "live"],
        default=default.clock,
        help="stand at the world's own date, or shift the world to the present and let it run",
    )
    parser.add_argument("--seed", type=int, default=default.seed, help="seed of new ids")
    parser.add_argument(
        "--rate-limits", action="store_true", help="refuse too many calls, as the server does"
    )
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: give a number from 0 to 65535")
    return int(text)


def _store(text: str) -> Path:
    if not text.startswith(STORE) or text == STORE:
        raise argparse.ArgumentTypeError(f"{text!r} is no store: write {STORE}FILE")
    return Path(text.removeprefix(STORE))
