"""Node and what npm installs for the tests that run the vendor's JavaScript or types."""

import fcntl
import shutil
import subprocess
import warnings
from pathlib import Path
from typing import NoReturn

import pytest

OLDEST = 20
"""The first release with all that the stories use of a browser."""


def installed(folder: Path, needed_for: str) -> str:
    """Install a folder's lock file unless that is done; return node, or skip and say what lacks.

    Nothing that a package brings is run while it is installed. What the vendor's packages ask of
    each other beyond their lists (peers) is not installed.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        _skip(f"node and npm are not here, so {needed_for} not checked")
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    if int(told.removeprefix("v").partition(".")[0]) < OLDEST:
        _skip(f"this is node {told.strip()}, older than {OLDEST}, so {needed_for} not checked")
    with (folder / "package-lock.json").open() as listed:
        fcntl.flock(listed, fcntl.LOCK_EX)  # tests run in several processes
        _install(folder, npm)
    return node


def _install(folder: Path, npm: str) -> None:
    done = folder / "node_modules" / ".package-lock.json"
    if not done.exists() or done.stat().st_mtime < (folder / "package-lock.json").stat().st_mtime:
        command = [npm, "ci", "--silent", "--ignore-scripts", "--legacy-peer-deps", "--no-audit"]
        subprocess.run(command, cwd=folder, check=True, timeout=180)


def _skip(reason: str) -> NoReturn:
    warnings.warn(reason, stacklevel=3)
    pytest.skip(reason)
