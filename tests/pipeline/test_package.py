"""The wheel: everything that the two commands need is inside."""

import json
import os
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the unpacked wheel and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = ["pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder), "."]
    subprocess.run([sys.executable, "-m", *build], cwd=ROOT, check=True, capture_output=True)
    place = folder / "installed"
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(place)
    return place


@pytest.fixture(scope="module")
def served(installed: Path) -> Iterator[str]:
    """The address of the mock, run from the wheel in a folder of its own."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-m", "mockserver", "--port", "0"]
    process = subprocess.Popen(
        command, cwd=installed.parent, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    yield process.stdout.readline().split()[-1]
    process.terminate()
    process.communicate(timeout=10)


def test_the_mock_of_the_wheel_serves_its_own_contract_and_world(served: str):
    with urllib.request.urlopen(f"{served}/__mock__/health", timeout=10) as answer:
        health = json.load(answer)
    with urllib.request.urlopen(f"{served}/docs/omnichannel.json", timeout=10) as answer:
        document = json.load(answer)

    assert health["world"] == "documented"
    assert len(document["paths"]) > 100


def test_the_wheel_names_both_commands_and_the_tests_of_pytest(installed: Path):
    entry_points = ConfigParser()
    entry_points.read(next(installed.glob("*.dist-info")) / "entry_points.txt")

    assert {name: dict(section) for name, section in entry_points.items() if section} == {
        "console_scripts": {
            "omnichannel-check": "conformance.__main__:main",
            "omnichannel-mock": "mockserver.cli:main",
        },
        "pytest11": {"conformance": "conformance.pytest_entry"},
    }
