"""`pytest --pyargs conformance --target URL`: the command as tests of pytest, one an operation.

pytest finds this by its entry point, and in a work tree through `conftest.py`. It adds two options
and does nothing in runs that do not collect `conformance`. The command runs once, in a process of
its own; accounts come from the environment, `OMNICHANNEL_USER` and so on.
"""

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

RAN: pytest.StashKey["Verdict"] = pytest.StashKey()


@dataclass(frozen=True)
class Verdict:
    """How the command ended: its exit code, its last sentence, and what JUnit says of each case.

    A case is a kind (`failure`, `error`, `skipped`, or nothing) with a text.
    """

    code: int
    sentence: str
    cases: Mapping[str, tuple[str, str]]
    folder: Path


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the address, and what else the command is to be told.

    Other runs of pytest, wherever the kit is installed, may have a `--target` of their own.
    """
    if not any(argument.rstrip("/").endswith(__package__) for argument in sys.argv[1:]):
        return
    group = parser.getgroup("conformance", "check a server: --pyargs conformance")
    group.addoption("--target", metavar="URL", help="the server; without it, our own mock")
    group.addoption(
        "--target-options",
        metavar="TEXT",
        default="",
        help="options of omnichannel-check, as in '--include Reports --seed 1'",
    )


@pytest.fixture(scope="session")
def verdict(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Verdict:
    """How the command judges the target; it runs when the first test asks."""
    if hasattr(pytestconfig, "workerinput"):
        raise pytest.UsageError("Divide the run by --target-options='--workers 2', not by -n.")
    folder = tmp_path_factory.mktemp("conformance")
    command = [sys.executable, "-m", "conformance", "--report-dir", str(folder)]
    command += shlex.split(pytestconfig.getoption("--target-options"))
    if target := pytestconfig.getoption("--target"):
        command.append(target)
    code, output = _run(command)
    lines = output.strip().splitlines() or ["The command said nothing."]
    ran = Verdict(code, lines[-1], _cases(folder / "junit.xml"), folder)
    pytestconfig.stash[RAN] = ran
    return ran


def _run(command: list[str]) -> tuple[int, str]:
    """Run the command; Ctrl-C is passed on, and the end awaited, since it cleans up."""
    # It is to find this very kit.
    path = filter(None, (str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH")))
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path)},
    )
    try:
        output, _ = process.communicate()
    except KeyboardInterrupt:
        process.send_signal(signal.SIGINT)
        process.communicate()
        raise
    return process.returncode, output


def _cases(junit: Path) -> Mapping[str, tuple[str, str]]:
    if not junit.exists():
        return {}
    found = {}
    for case in ElementTree.parse(junit).iter("testcase"):
        parts = [(p.tag, f"{p.get('message')}\n{p.text or ''}".strip()) for p in case]
        kind = parts[0][0] if parts else ""
        found[str(case.get("name"))] = kind, "\n".join(text for _, text in parts)
    return found


def pytest_sessionfinish(session: pytest.Session) -> None:
    """End as the command does: 2 where it could not test."""
    ran = session.config.stash.get(RAN, None)
    if ran is not None and ran.code and session.exitstatus in (0, 1):
        session.exitstatus = ran.code


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say the last sentence of the command, and where its reports are."""
    ran = terminalreporter.config.stash.get(RAN, None)
    if ran is not None:
        terminalreporter.write_line(ran.sentence)
        terminalreporter.write_line(f"Reports: {ran.folder}")
