"""The client libraries that people really use, run against the mock in a process of its own."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from rocketchat_API.rocketchat import RocketChat

HERE = Path(__file__).parent
DOCUMENTED = {
    "test.cat": {"open": 1, "closed": 4},
    "kim.jane": {"open": 1, "closed": 3},
    "lee.keith": {"open": 0, "closed": 4},
    "success": True,
}


@pytest.fixture(scope="module")
def node() -> str:
    """Node with the client installed from the lock file, or a skip that says what is missing."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("node and npm are not here, so @rocket.chat/api-client was not run")
    if not (HERE / "node_modules" / "@rocket.chat" / "api-client").is_dir():
        subprocess.run([npm, "ci", "--silent"], cwd=HERE, check=True, timeout=120)
    return node


def test_the_javascript_client_signs_in_and_reads_chats_per_agent(node: str, live_server: str):
    command = [node, "story.cjs", live_server]

    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=60, check=True)

    assert json.loads(done.stdout) == {
        "me": "manager",
        "chats": DOCUMENTED,
        "refused": 401,
        "agents": ["lee.keith", "test.cat"],
    }


def test_the_python_client_signs_in_and_reads_chats_per_agent(live_server: str):
    client = RocketChat("manager", "manager", server_url=live_server)

    chats = client.call_api_get(
        "livechat/analytics/dashboards/charts/chats-per-agent",
        start="2020-09-09T00:11:22.345Z",
        end="2020-09-10T23:59:22.345Z",
    )

    assert client.me()["username"] == "manager"
    assert chats == DOCUMENTED
