"""A small server that shares no code with the mock, and has only a part of the contract."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.conftest import Ended, Kit, run_kit
from tests.servers import small_server
from tests.servers.small_server import FAULTS, OFFERED, Desk, serving

ACCOUNTS = (
    *("--user", "olga", "--password", "olga-secret"),
    *("--plain-user", "nobody", "--plain-password", "nobody-secret"),
    *("--agent-user", "ines", "--agent-password", "ines-secret"),
)
INCLUDED = tuple(word for key in OFFERED for word in ("--include", key))
QUICK = ("--phases", "examples,coverage")
BOARDS = "GET /api/v1/livechat/analytics/dashboards/charts"


@pytest.fixture
def desk() -> Iterator[Desk]:
    with serving() as desk:
        yield desk


def found(ended: Ended) -> set[tuple[str, str]]:
    """Operation and check of each deviation in the report."""
    return set(re.findall(r"^\d+\. (\S+ \S+): .*\[(\w+)\]$", ended.output, re.MULTILINE))


def test_the_small_server_shares_no_code_with_the_mock():
    files = Path(small_server.__file__).parent.glob("small_*.py")

    trees = [ast.parse(path.read_text()) for path in files]
    names = {
        node.module or ""
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    }

    assert names
    assert not [n for n in names if n.startswith(("mockserver", "conformance", "tests.mutants"))]


def test_a_server_with_a_part_of_the_contract_conforms(desk: Desk, kit: Kit):
    ended = kit(desk.url, *ACCOUNTS, *INCLUDED, "--phases", "examples")

    assert ended.code == 0, ended.output
    assert "9 of 9 offered operations answered 2xx" in ended.output
    writes = [call for call in desk.seen if call.split(" ")[0] not in ("GET", "HEAD")]
    assert set(writes) == {"POST /api/v1/login"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """A run over the whole contract."""
    with serving() as desk:
        folder = tmp_path_factory.mktemp("whole")
        return run_kit(folder, [desk.url, *ACCOUNTS, "--phases", "examples"])


def test_what_a_server_does_not_have_is_not_offered(whole: Ended):
    assert whole.code == 0, whole.output
    assert "9 of 9 offered operations answered 2xx" in whole.output
    assert "GET /api/v1/livechat/monitors: not offered (404)" in whole.output


def test_a_word_that_is_taken_for_an_id_is_an_operation_that_is_not_offered(whole: Ended):
    of_departments = "GET /api/v1/livechat/department/isDepartmentCreationAvailable"

    assert f"{of_departments}: not offered (404)" in whole.output


def test_a_run_that_writes_leaves_as_many_things_as_there_were(desk: Desk, kit: Kit):
    before = desk.world.size()

    ended = kit(desk.url, *ACCOUNTS, *INCLUDED, *QUICK, "--layers", "contract", "--allow-writes")

    assert ended.code == 0, ended.output
    assert (ended.folder / "ledger.jsonl").read_text().count('"made"') > 20
    assert desk.world.size() == before


def test_faults_of_another_server_are_found(kit: Kit):
    planted = {
        ("GET /api/v1/livechat/rooms", "total_agrees_with_items"),
        (f"{BOARDS}/chats-per-agent", "sign_in_required"),
        ("GET /api/v1/livechat/users/{type}", "invalid_request_refused"),
    }
    included = [word for key, _ in planted for word in ("--include", key)]

    with serving(*FAULTS) as desk:
        ended = kit(desk.url, *ACCOUNTS, *included, "--layers", "contract", *QUICK)

    assert ended.code == 1, ended.output
    assert planted <= found(ended)
