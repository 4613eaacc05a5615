"""What the user asked for: flags first, environment second, defaults last."""

import argparse
import os
import re
import secrets
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from conformance import KIT_VERSION, layers, shards, surface
from conformance.accounts import ADMIN, CREDENTIALS, OTHERS, Login, prefix
from conformance.reports.stdout import say
from conformance.shards import WHOLE, Shard
from conformance.verdict import Exit

PHASES = ("examples", "coverage", "fuzzing", "stateful")
LONGEST = 86_400
MOST_WORKERS = 16
REPORT_DIR = Path("reports/conformance")
UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0}
_RATE = "a number of requests and a unit of time, as in 10/s, 100/m or 1000/h"


@dataclass(frozen=True)
class Options:
    """One run, as asked for. `url` is None when our own mock is to be checked.

    `logins` are the accounts by role, `interval` is the least time between two calls, in seconds.
    """

    url: str | None
    logins: Mapping[str, Login]
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    shard: Shard
    layers: tuple[str, ...]
    phases: tuple[str, ...]
    seed: int
    interval: float
    max_examples: int
    max_time: int | None
    workers: int
    timeout: float
    headers: Mapping[str, str]
    ca: Path | None
    min_covered: int
    max_p95: float | None
    dry_run: bool
    allow_writes: bool
    allow_destructive: bool
    report_dir: Path
    deviations: Path | None
    update_deviations: bool


def parse(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> Options:
    """Read the command line; a wrong one ends the program with 2 and a sentence."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        headers = dict(given.header or ()) or _headers(environment)
    except argparse.ArgumentTypeError as error:
        parser.error(f"OMNICHANNEL_HEADERS: {error}")
    seed = given.seed if given.seed is not None else secrets.randbelow(2**31)
    return Options(
        url=given.url.rstrip("/") if given.url else None,
        logins={role: _login(role, vars(given), environment) for role in (ADMIN, *OTHERS)},
        include=tuple(given.include),
        exclude=tuple(given.exclude),
        shard=given.shard,
        layers=given.layers,
        phases=given.phases,
        seed=seed,
        interval=given.rate,
        max_examples=given.max_examples,
        max_time=given.max_time,
        workers=given.workers,
        timeout=given.timeout,
        headers=headers,
        ca=given.ca,
        min_covered=given.min_covered,
        max_p95=given.max_p95,
        dry_run=given.dry_run,
        allow_writes=given.allow_writes or given.allow_destructive,
        allow_destructive=given.allow_destructive,
        report_dir=given.report_dir,
        deviations=given.deviations,
        update_deviations=given.update_deviations,
    )


def _login(role: str, given: Mapping[str, Any], environment: Mapping[str, str]) -> Login:
    """The account of a role, by flags or by the environment."""
    names = {name: f"{prefix(role)}{name}" for name in ("user", "password", "token", "user_id")}
    return Login(
        **{
            name: given.get(full.lower()) or environment.get(f"OMNICHANNEL_{full.upper()}")
            for name, full in names.items()
        }
    )


class WrongOptions(SystemExit):
    """The command line is wrong; ends the program with 2. `sentence` says what."""

    def __init__(self, sentence: str) -> None:
        super().__init__(int(Exit.NOT_TESTED))
        self.sentence = sentence


def folder_of(arguments: Sequence[str]) -> Path:
    """The report folder of a command line, whatever is wrong with the rest of it."""
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("--report-dir", type=Path, default=REPORT_DIR)
    with suppress(argparse.ArgumentError):
        return parser.parse_known_args(arguments)[0].report_dir or REPORT_DIR
    return REPORT_DIR


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, without the usage around it."""

    def error(self, message: str) -> NoReturn:
        sentence = f"Could not test: {message} (see --help)."
        print(sentence, file=sys.stderr)
        raise WrongOptions(sentence)


class _List(argparse.Action):
    """Shows the names that `--include` knows."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        tags: dict[str, list[str]] = {}
        for operation in surface.contract():
            tags.setdefault(operation.tag, []).append(f"  {operation.key} ({operation.effect})")
        say(line for tag in sorted(tags) for line in (tag, *sorted(tags[tag])))
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="omnichannel-check",
        description="Check whether a server keeps the Omnichannel contract.",
        epilog="Exit code: 0 conforms, 1 deviates, 2 could not test, 130 interrupted.",
    )
    parser.add_argument(
        "url", nargs="?", metavar="URL", help="the server; without it, our own mock"
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {KIT_VERSION}")
    _add_way(parser)
    _add_accounts(parser)
    _add_selection(parser)
    _add_limits(parser)
    return parser


def _add_way(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("the way to the server")
    group.add_argument(
        "--header",
        type=_header,
        action="append",
        metavar="'NAME: VALUE'",
        help="send it with every request, as a gateway may ask; may be repeated",
    )
    group.add_argument("--ca", type=_file, metavar="FILE", help="certificates to trust (PEM)")


def _add_accounts(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(
        "accounts",
        "Each also as an environment variable: OMNICHANNEL_USER, OMNICHANNEL_PASSWORD, …",
    )
    group.add_argument("--user", metavar="NAME", help="an administrator")
    group.add_argument("--password", metavar="TEXT")
    group.add_argument("--token", metavar="TEXT", help="X-Auth-Token, instead of signing in")
    group.add_argument("--user-id", metavar="ID", help="X-User-Id that belongs to the token")
    for role, what in OTHERS.items():
        group.add_argument(f"--{role}-user", metavar="NAME", help=what)
        group.add_argument(f"--{role}-password", metavar="TEXT")


def _add_selection(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what is tested")
    what = "an operation (GET /api/v1/…), a path or a tag; may be repeated"
    group.add_argument("--list", action=_List, nargs=0, help="show operations and tags, and end")
    group.add_argument("--include", action="append", default=[], metavar="NAME", help=what)
    group.add_argument("--exclude", action="append", default=[], metavar="NAME", help=what)
    group.add_argument(
        "--shard", type=_shard, default=WHOLE, metavar="I/N", help="one of N parts, for N machines"
    )
    group.add_argument(
        "--layers",
        type=_layers,
        default=tuple(name for name in layers.known() if name in layers.BY_DEFAULT),
        metavar="LIST",
        help=f"some of {','.join(layers.known())} (default: {','.join(layers.BY_DEFAULT)})",
    )
    group.add_argument(
        "--phases",
        type=_phases,
        default=PHASES,
        metavar="LIST",
        help=f"of the contract layer: some of {','.join(PHASES)} (default: all)",
    )
    group.add_argument(
        "--dry-run", action="store_true", help="tell what would be called, and send nothing"
    )
    group.add_argument(
        "--allow-writes",
        action="store_true",
        help="also call what changes the server (our own mock needs no permission)",
    )
    group.add_argument(
        "--allow-destructive", action="store_true", help="also call what deletes or reconfigures"
    )


def _add_limits(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("how much")
    group.add_argument(
        "--seed", type=int, metavar="N", help="repeat the run that printed this seed"
    )
    group.add_argument("--rate", type=_interval, default=0.0, metavar="N/s", help=_RATE)
    group.add_argument(
        "--max-examples", type=_count, default=12, metavar="N", help="fuzzed calls an operation"
    )
    group.add_argument("--max-time", type=_count, metavar="SECONDS", help="use about this time")
    group.add_argument(
        "--workers", type=_workers, default=1, metavar="N", help="call by so many processes"
    )
    group.add_argument(
        "--timeout", type=_seconds, default=10.0, metavar="SECONDS", help="for one answer"
    )
    group.add_argument("--report-dir", type=Path, default=REPORT_DIR, metavar="FOLDER")
    group.add_argument(
        "--min-covered",
        type=_count,
        default=1,
        metavar="N",
        help="fail when fewer operations answered 2xx",
    )
    group.add_argument(
        "--max-p95", type=_milliseconds, metavar="MS", help="19 of 20 answers come within this time"
    )
    group = parser.add_argument_group("known deviations")
    group.add_argument(
        "--deviations",
        type=Path,
        metavar="FILE",
        help="what is accepted (default: deviations.yaml, where it is there)",
    )
    group.add_argument(
        "--update-deviations", action="store_true", help="write an entry for each new deviation"
    )


def _header(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    sound = (
        re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name.strip()) and value.strip().isprintable()
    )
    if not colon or not sound or not value.strip().isascii():
        raise argparse.ArgumentTypeError(
            "a header is a name, a colon and a value of plain characters"
        )
    if name.strip().lower() in CREDENTIALS:
        raise argparse.ArgumentTypeError(f"{name.strip()} is set by --token and --user-id")
    return name.strip(), value.strip()


def _headers(environment: Mapping[str, str]) -> dict[str, str]:
    """Headers by the environment, a line for each."""
    lines = environment.get("OMNICHANNEL_HEADERS", "").splitlines()
    return dict(_header(line) for line in lines if line.strip())


def _file(text: str) -> Path:
    if not Path(text).is_file():
        raise argparse.ArgumentTypeError(f"there is no file {text!r}")
    return Path(text)


def _shard(text: str) -> Shard:
    try:
        return shards.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _layers(text: str) -> tuple[str, ...]:
    return _some_of(layers.known(), text)


def _phases(text: str) -> tuple[str, ...]:
    return _some_of(PHASES, text)


def _some_of(known: tuple[str, ...], text: str) -> tuple[str, ...]:
    asked = [name.strip() for name in text.split(",")]
    if unknown := [name for name in asked if name not in known]:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(known)}")
    return tuple(name for name in known if name in asked)


def _interval(text: str) -> float:
    number, _, unit = text.partition("/")
    if not number.isdigit() or number == "0" or unit not in UNITS:
        raise argparse.ArgumentTypeError(f"{text!r} is not {_RATE}")
    return UNITS[unit] / int(number)


def _seconds(text: str) -> float:
    with suppress(ValueError):
        if 0 < (seconds := float(text)) < LONGEST:
            return seconds
    raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above 0, below {LONGEST}")


def _milliseconds(text: str) -> float:
    with suppress(ValueError):
        if 0 < (milliseconds := float(text)) < 1000 * LONGEST:
            return milliseconds
    raise argparse.ArgumentTypeError(f"{text!r} is no number of milliseconds above 0")


def _workers(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to {MOST_WORKERS}")
    return int(text)


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)
