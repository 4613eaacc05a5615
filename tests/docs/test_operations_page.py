"""The page of operations is what the contract makes of it, and the command says the same."""

from pathlib import Path

import pytest

from mockserver import cli, contract, operations_page
from mockserver.app import load_handlers
from mockserver.contract import ContractError

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "operations.md"


@pytest.fixture(autouse=True)
def _handlers() -> None:
    load_handlers()


def test_the_page_is_up_to_date() -> None:
    written = PAGE.read_text(encoding="utf-8")

    made = operations_page.markdown(contract.read())

    assert written == made + "\n", "run python -m mockserver operations --markdown"


def test_the_page_has_a_row_for_every_operation() -> None:
    written = PAGE.read_text(encoding="utf-8")

    missing = [key for key in contract.read().routes if f"| `{key}` |" not in written]

    assert missing == []


def test_the_command_prints_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.main(["operations", "--markdown"])

    assert code == 0
    assert capsys.readouterr().out == PAGE.read_text(encoding="utf-8")


def test_the_command_counts_all_operations(capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.main(["operations"])

    lines = capsys.readouterr().out.splitlines()
    assert code == 0
    assert lines[-1] == "165 of 165 operations, and 24 of the platform"
    assert len(lines) == 165 + 24 + 1
    assert not [line for line in lines if "501" in line]


def test_a_certainty_of_an_unknown_operation_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = contract.read()
    (tmp_path / operations_page.CERTAINTY).write_text("test: [GET /api/v1/nothing]\n")
    monkeypatch.setattr(contract, "folder", lambda: tmp_path)

    with pytest.raises(ContractError, match=r"certainty\.yaml: .*GET /api/v1/nothing"):
        operations_page.markdown(read)
