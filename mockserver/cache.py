"""What costs much to make from the contract's files, kept in the user's own cache folder."""

import hashlib
import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

KEPT = 4
"""How many files of one kind stay: a few checkouts beside each other, no heap of old ones."""


def cached(what: str, fingerprint: str, make: Callable[[], Any]) -> Any:
    """Return what `make` returned for this fingerprint before, or make it and keep it.

    The files are pickles, so they are used only in a folder that nobody else can write, and only
    as they were written: a damaged one is made anew. A cache that cannot be written costs time,
    nothing else.
    """
    path = _folder() / f"{what}-{fingerprint}.pickle"
    with suppress(OSError):
        digest, _, content = path.read_bytes().partition(b"\n")
        if _is_private(path.parent) and digest == _digest(content):
            return pickle.loads(content)
    made = make()
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_private(path.parent):
            _keep(path, pickle.dumps(made))
    return made


def _keep(path: Path, content: bytes) -> None:
    partial = path.with_suffix(f".{os.getpid()}")
    partial.write_bytes(_digest(content) + b"\n" + content)
    partial.replace(path)
    kind = path.name.partition("-")[0]
    files = sorted(path.parent.glob(f"{kind}-*.pickle"), key=lambda file: file.stat().st_mtime)
    for old in files[:-KEPT]:
        old.unlink(missing_ok=True)


def _folder() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "rocketchat-omnichannel-kit"


def _is_private(folder: Path) -> bool:
    """Say whether the folder is ours and nobody else can write to it."""
    status = folder.stat()
    is_mine = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    return is_mine and not status.st_mode & 0o022


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
