"""The contract loads in the tools that people have: Connexion, Schemathesis, Prism, Swagger UI."""

import copy
import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from connexion.spec import Specification

from mockserver.contract import NAMES, folder, read

ROOT = Path(__file__).parents[2]
BENCH = ROOT / "bench"


@pytest.mark.parametrize("name", NAMES)
def test_connexion_resolves_the_document(name: str):
    document = read().documents[name]

    specification = Specification.from_dict(copy.deepcopy(document))

    assert len(specification["paths"]) == len(document["paths"])


@pytest.mark.parametrize("name", NAMES)
def test_schemathesis_finds_every_operation(name: str):
    script = (
        "import schemathesis, sys\n"
        "schema = schemathesis.openapi.from_path(sys.argv[1])\n"
        "print(sum(1 for found in schema.get_all_operations() if found.ok().label))\n"
    )
    command = [sys.executable, "-c", script, folder() / f"{name}.yaml"]

    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)

    expected = sum(operation.document == name for operation in read())
    assert int(done.stdout.split()[-1]) == expected


@pytest.fixture(scope="module")
def prism() -> Iterator[str]:
    """Prism serving the contract, installed from the lock file; else a skip that says why."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not here, so the contract was not loaded in Prism")
    binary = BENCH / "node_modules" / ".bin" / "prism"
    if not binary.exists():
        subprocess.run([npm, "ci", "--silent"], cwd=BENCH, check=True, timeout=300)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [binary, "mock", "--port", str(port), folder() / "omnichannel.yaml"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(10)


def test_prism_answers_chats_per_agent_from_the_contract(prism: str):
    path = "/api/v1/livechat/analytics/dashboards/charts/chats-per-agent"
    request = urllib.request.Request(
        f"{prism}{path}?start=2020-09-09&end=2020-09-10",
        headers={"X-User-Id": "a", "X-Auth-Token": "b"},
    )

    body = _first_answer(request)

    assert body["success"] is True


def _first_answer(request: urllib.request.Request) -> dict[str, object]:
    for _ in range(200):
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                read: dict[str, object] = json.load(answer)
                return read
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.1)
    raise AssertionError("Prism does not answer")


def test_the_api_page_names_no_outside_address(live_server: str):
    pages = ["/docs/", "/docs/swagger-ui-config.json", "/docs/omnichannel.json"]

    texts = [_text(f"{live_server}{page}") for page in pages]

    assert "SwaggerUIBundle" in texts[0]
    assert not [text for text in texts[:2] if "https://" in text or "//cdn" in text]


def _text(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())
