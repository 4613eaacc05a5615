"""The command's exit codes, each with one plain sentence, and what it leaves behind."""

import json
import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

from conformance.cli import main
from tests.conformance.conftest import ROOT, Faulty, Kit, free_port, kit_command, wait_until

CHATS_PER_AGENT = "GET /api/v1/livechat/analytics/dashboards/charts/chats-per-agent"
ADMIN = ("--user", "admin", "--password", "admin")


def quick(operation: str) -> tuple[str, ...]:
    return ("--layers", "contract", "--phases", "examples", "--include", operation)


def ends(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit code and output of a run that ends before the first call."""
    code = main([*arguments, "--report-dir", str(folder)])
    return code, capsys.readouterr().out


def test_an_unreachable_target_ends_with_2_and_one_sentence(capsys, tmp_path):
    url = f"http://127.0.0.1:{free_port()}"

    code, said = ends(capsys, tmp_path, url, *ADMIN)

    assert code == 2
    assert said.startswith(f"Could not test: {url} cannot be reached: nothing answers there; ")


def test_an_address_that_is_none_ends_with_2_and_one_sentence(capsys, tmp_path):
    code, said = ends(capsys, tmp_path, "chat.example.com", *ADMIN)

    assert code == 2
    assert said.startswith("Could not test: 'chat.example.com' is no address")


def test_a_wrong_password_ends_with_2_and_the_servers_words(faulty: Faulty, capsys, tmp_path):
    code, said = ends(capsys, tmp_path, faulty.url, "--user", "admin", "--password", "wrong")

    assert code == 2
    assert re.fullmatch(
        r"Could not test: Signing in as 'admin' was refused: 401 \w+; see --user .*\.\n", said
    )


def test_a_foreign_server_without_an_account_ends_with_2(faulty: Faulty, capsys, tmp_path):
    faulty.plant("foreign")

    code, said = ends(capsys, tmp_path, faulty.url)

    assert code == 2
    assert "No account was given" in said


def test_an_unknown_operation_ends_with_2_and_its_name(faulty: Faulty, capsys, tmp_path):
    code, said = ends(capsys, tmp_path, faulty.url, "--include", "GET /api/v1/nothing")

    assert code == 2
    assert "'GET /api/v1/nothing' is neither an operation nor a tag" in said


def test_a_report_folder_that_cannot_be_written_ends_with_2(capsys, tmp_path):
    taken = tmp_path / "file"
    taken.write_text("")

    code, said = ends(capsys, taken, "http://127.0.0.1:9")

    assert code == 2
    assert said.startswith(f"Could not test: {taken}: ")


def test_passwords_may_come_from_the_environment(faulty: Faulty, kit: Kit, monkeypatch):
    faulty.plant("foreign")
    monkeypatch.setenv("OMNICHANNEL_USER", "admin")
    monkeypatch.setenv("OMNICHANNEL_PASSWORD", "admin")

    ended = kit(faulty.url, *quick(CHATS_PER_AGENT))

    assert ended.code == 0, ended.output
    assert "permission_required is not run" in ended.output


def test_a_token_may_stand_for_the_password(faulty: Faulty, kit: Kit):
    faulty.plant("foreign")

    token = ("--token", "admin-token", "--user-id", "admin")
    ended = kit(faulty.url, *token, *quick(CHATS_PER_AGENT))

    assert ended.code == 0, ended.output
    assert not [call for call in faulty.seen if call.startswith("POST")]


def test_an_operation_answered_with_501_is_not_offered_and_never_passed(faulty: Faulty, kit: Kit):
    faulty.plant("closed")

    ended = kit(faulty.url, *quick(CHATS_PER_AGENT), "--include", "GET /api/v1/me")

    assert ended.code == 0, ended.output
    assert f"{CHATS_PER_AGENT}: not offered (501)" in ended.output
    assert "1 of 1 offered operations answered 2xx" in ended.output


def test_a_target_that_offers_nothing_could_not_be_tested(faulty: Faulty, kit: Kit):
    faulty.plant("closed")

    ended = kit(faulty.url, *quick(CHATS_PER_AGENT))

    assert ended.code == 2
    assert "Could not test: nothing answered 2xx" in ended.output


def test_interrupting_a_run_ends_it_with_130_and_leaves_no_process(tmp_path):
    process = subprocess.Popen(
        kit_command(tmp_path, ()), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    journal = tmp_path / "events.jsonl"
    wait_until(lambda: journal.exists() and b"Scenario" in journal.read_bytes())

    process.send_signal(signal.SIGINT)
    output = process.communicate(timeout=30)[0].decode()

    assert process.returncode == 130
    assert "Interrupted: " in output
    assert "Traceback" not in output
    assert json.loads((tmp_path / "report.json").read_text())["verdict"]["exit"] == 130
    assert not _running_with(str(tmp_path)), "the runner is still there"
    assert not _children_named(_port_of(output)), "the mock is still there"


def _running_with(word: str) -> list[str]:
    """Command lines of processes that contain a word, zombies apart."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if word in line and path.parent.name != str(os.getpid()):
            found.append(line)
    return found


def _port_of(output: str) -> str:
    found = re.search(r"Checking http://127\.0\.0\.1:(\d+)", output)
    assert found
    return found[1]


def _children_named(port: str) -> list[str]:
    return [line for line in _running_with(f"--port {port}") if "mockserver" in line]
