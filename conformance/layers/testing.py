"""Starts a layer that is made of pytest's tests, apart from any settings and plugins around it."""

import sys
from pathlib import Path

from conformance.child import Child
from conformance.handoff import Handoff
from conformance.layers import TESTS

SETTINGS = """[pytest]
python_files = *.py
addopts = -p no:cacheprovider --assert=plain --color=no --tb=short -q
"""


def start(layer: str, run: Handoff, folder: Path) -> Child:
    """Start the tests of a layer; the process reads the run from the environment."""
    settings = folder / "pytest.ini"
    settings.write_text(SETTINGS)
    command = [sys.executable, "-m", "pytest", "-c", str(settings)]
    command += ["-p", "conformance.layers.plugin", str(TESTS[layer])]
    environment = {
        **run.write(folder / run.named(f"run-{layer}.json")),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTEST_ADDOPTS": "",
    }
    return Child(command, environment, folder / run.named(f"{layer}.log"))
