"""The examples for CI can be taken as they stand: they parse, and name what is there."""

import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from conformance.options import parse
from conformance.reports import folder

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples"
GUIDE = ROOT / "docs" / "guides" / "check-rocket-chat.md"
URL = "http://chat.example.com"


def workflow() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((EXAMPLES / "conformance.yml").read_text())
    return read


def steps() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = workflow()["jobs"]["conformance"]["steps"]
    return found


def gitlab() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((EXAMPLES / "gitlab-ci.yml").read_text())["conformance"]
    return read


def commands() -> list[str]:
    """Every command of the kit in the examples and in the guide, without its program."""
    texts = [step["run"] for step in steps() if "run" in step]
    texts += gitlab()["script"]
    texts += re.findall(r"^\$ (.*)$", GUIDE.read_text(), re.MULTILINE)
    asked = [text.partition("-m conformance")[2] for text in texts if "-m conformance" in text]
    return [text.partition(" # ")[0] for text in asked]


@pytest.mark.parametrize("command", commands())
def test_a_command_has_only_options_of_the_kit(command: str) -> None:
    words = [URL if word.startswith("$") else word for word in shlex.split(command)]

    options = parse(words, {})

    assert options.url == URL


def test_the_workflow_gives_accounts_by_variables_that_the_kit_reads() -> None:
    [step] = [step for step in steps() if "conformance" in step.get("run", "")]
    given = dict.fromkeys(step["env"].keys() - {"OMNICHANNEL_URL"}, "given")
    whole = parse(["--seed", "1", URL], given).logins

    unread = [
        name
        for name in given
        if parse(["--seed", "1", URL], {n: v for n, v in given.items() if n != name}).logins
        == whole
    ]

    assert unread == []


@pytest.mark.parametrize("name", ["conformance.yml", "gitlab-ci.yml"])
def test_an_example_installs_by_a_target_of_the_makefile(name: str) -> None:
    targets = set(re.findall(r"^([\w./-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    called = re.findall(r"make ([\w./-]+)", re.sub(r"#.*", "", (EXAMPLES / name).read_text()))

    assert called and set(called) <= targets


def test_the_examples_keep_the_files_that_a_run_writes() -> None:
    sarif = next(s["with"]["sarif_file"] for s in steps() if "sarif" in s.get("uses", ""))
    junit = gitlab()["artifacts"]["reports"]["junit"]

    kept = {Path(sarif).name, Path(junit).name}

    assert kept == {folder.SARIF, "junit.xml"}
    assert {str(Path(path).parent) for path in (sarif, junit)} == {"reports/conformance"}


def test_the_workflow_uploads_after_a_failure_too() -> None:
    uploads = [step for step in steps() if "upload" in step.get("uses", "")]

    assert [step["if"].startswith("always()") for step in uploads] == [True, True]


def test_the_links_of_the_guide_lead_to_files() -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)[^)]*\)", GUIDE.read_text())

    missing = [link for link in links if not (GUIDE.parent / link).exists()]

    assert links and missing == []


def test_the_script_makes_the_accounts_that_the_guide_names(live_server: str) -> None:
    environment = {
        **os.environ,
        "URL": live_server,
        "OMNICHANNEL_TOKEN": "admin-token",
        "OMNICHANNEL_USER_ID": "admin",
        "KIT_PASSWORD": "a-password-for-tests",
    }

    command = ["sh", EXAMPLES / "accounts.sh"]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stderr) == (0, "")
    roles = {name: signed_in(live_server, name) for name in made_accounts()}
    assert roles == {
        "check-plain": {"user"},
        "check-agent": {"user", "livechat-agent"},
        "check-agent2": {"user", "livechat-agent"},
        "check-manager": {"user", "livechat-manager"},
        "check-monitor": {"user", "livechat-monitor"},
    }


def made_accounts() -> list[str]:
    return sorted(set(re.findall(r"check-\w+", (EXAMPLES / "accounts.sh").read_text())))


def signed_in(url: str, name: str) -> set[str]:
    """The roles of an account, told when it signs in."""
    body = {"user": name, "password": "a-password-for-tests"}
    answer = requests.post(f"{url}/api/v1/login", json=body, timeout=10)
    return set(answer.json()["data"]["me"]["roles"])
