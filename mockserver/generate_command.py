"""`generate`: make a world of any size, as a world file or as a store."""

import argparse
import os
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from mockserver.settings import STORE, Parser
from mockserver.world.file_store import StoreError
from mockserver.world.generate import Plan, planned
from mockserver.world.generate.history import History
from mockserver.world.generate.names import most
from mockserver.world.load import WorldError
from mockserver.world.load.place import STORES

FILES = (".yaml", ".yml")
MOST_ROOMS = 100_000_000
MOST_DAYS = 10_000
MOST_IN_A_FILE = 20_000


def generate(arguments: Sequence[str]) -> int:
    """Make a world; returns 0. Raises `WorldError` or `StoreError` with one sentence."""
    given = _parser().parse_args(arguments)
    plan = planned(given.rooms, given.seed, given.agents, given.days)
    out, is_store = given.out
    if not is_store and plan.rooms > MOST_IN_A_FILE:
        words = f"a world file holds {MOST_IN_A_FILE} conversations at most"
        raise WorldError(sentence=f"{words}: write a store, as with --out {out.stem}.sqlite")
    if out.exists() and not given.force:
        raise WorldError(sentence=f"{out} is there already: write --force to replace it")
    if not out.parent.is_dir():
        raise WorldError(sentence=f"{out} cannot be written: there is no folder {out.parent}")
    part = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        _make(plan, part, out.stem, is_store=is_store)
        part.replace(out)
    except OSError as error:
        raise WorldError(sentence=f"{out} cannot be written: {error.strerror}") from error
    except sqlite3.Error as error:
        raise StoreError(f"{out} cannot be written: {error}") from error
    finally:
        part.unlink(missing_ok=True)
    flag = f"--store {STORE}{out}" if is_store else f"--world {out}"
    print(f"{plan.rooms} conversations in {out}; serve them with {flag}")
    return 0


def _make(plan: Plan, path: Path, name: str, *, is_store: bool) -> None:
    from mockserver.world.file_store import QUICKLY, FileStore
    from mockserver.world.generate import storing, writing

    history = History(plan)
    if not is_store:
        writing.write(history, path)
        return
    store = FileStore(path, QUICKLY)
    try:
        storing.fill(history, store, name)
    finally:
        store.close()


def _parser() -> Parser:
    parser = Parser(
        prog="omnichannel-mock generate",
        description="Make a world with the shapes of a real workspace: opening hours, busy "
        "Mondays, a few agents who do most, and long tails of durations. The same "
        "numbers give the same world.",
    )
    parser.add_argument(
        "--rooms", type=_number(1, MOST_ROOMS), required=True, help="how many conversations"
    )
    parser.add_argument("--seed", type=int, default=0, help="another seed, another world")
    parser.add_argument("--agents", type=_number(1, most()), help="by default enough for --rooms")
    parser.add_argument(
        "--days", type=_number(1, MOST_DAYS), help="in how many days it all happens"
    )
    parser.add_argument(
        "--out",
        type=_out,
        required=True,
        metavar="FILE",
        help=f"a world file (.yaml), or a store for very many rooms (.sqlite, or {STORE}FILE)",
    )
    parser.add_argument("--force", action="store_true", help="replace the file when it is there")
    return parser


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or not text.isascii() or not least <= int(text) <= most:
            words = f"{text!r} is not a whole number from {least} to {most}"
            raise argparse.ArgumentTypeError(words)
        return int(text)

    return read


def _out(text: str) -> tuple[Path, bool]:
    """Return the file to write, and whether it is a store."""
    path = Path(text.removeprefix(STORE))
    if (text.startswith(STORE) and path.name) or path.suffix in STORES:
        return path, True
    if path.suffix in FILES:
        return path, False
    known = ", ".join((*FILES, *STORES))
    raise argparse.ArgumentTypeError(f"{text!r} must end in one of {known}, or be {STORE}FILE")
