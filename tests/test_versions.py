"""Both commands tell the version of the package."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


@pytest.mark.parametrize(
    ("module", "command"),
    [("mockserver", "omnichannel-mock"), ("conformance", "omnichannel-check")],
)
def test_a_command_tells_the_version_of_the_package(module, command):
    ended = subprocess.run(
        [sys.executable, "-m", module, "--version"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (ended.returncode, ended.stdout) == (0, f"{command} {PACKAGE}\n")
