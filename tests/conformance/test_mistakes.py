"""What a user got wrong is said in one sentence that helps, before anything is tested."""

import pytest

from conformance import plan, surface
from conformance.options import parse
from conformance.verdict import CannotTest
from tests.conformance.conftest import Faulty
from tests.conformance.test_command import ADMIN, ends

READS = frozenset({"read"})


@pytest.mark.parametrize("wrong", ["0", "-1", "nan", "inf", "soon"])
def test_a_timeout_that_is_none_ends_with_2_and_one_sentence(wrong, capsys):
    with pytest.raises(SystemExit) as ended:
        parse(["--timeout", wrong])

    assert ended.value.code == 2
    assert f"'{wrong}' is no number of seconds above 0" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["127.0.0.1:3000", "localhost:3000", "chat.example.com/sub"])
def test_an_address_without_a_scheme_is_completed_in_the_sentence(address, capsys, tmp_path):
    code, said = ends(capsys, tmp_path, address, *ADMIN)

    assert code == 2
    assert said.endswith(f"is no address: did you mean http://{address}?\n")


@pytest.mark.parametrize("end", ["/api/v1", "/api/v1/", "/api", "/api/v1/livechat/rooms"])
def test_an_address_of_the_api_is_to_be_shortened(end, capsys, tmp_path):
    code, said = ends(capsys, tmp_path, f"http://127.0.0.1:9{end}", *ADMIN)

    assert code == 2
    assert said.endswith(f"names the API: leave off {end.rstrip('/')}.\n")


@pytest.mark.parametrize("name", ["reports", "REPORTS", "Reports"])
def test_tags_are_found_in_any_case(name):
    chosen = plan.choose(surface.contract(), READS, [name], [])

    assert {operation.tag for operation in chosen.operations} == {"Reports"}


@pytest.mark.parametrize("name", ["get /api/v1/livechat/ROOMS", "/api/v1/livechat/rooms"])
def test_operations_are_found_in_any_case_and_by_their_path(name):
    chosen = plan.choose(surface.contract(), READS, [name], [])

    assert [operation.key for operation in chosen.operations] == ["GET /api/v1/livechat/rooms"]


@pytest.mark.parametrize(
    ("typo", "meant"), [("Reprots", "Reports"), ("priorities", "Omnichannel Priorities")]
)
def test_a_name_with_a_typo_brings_close_names(typo, meant):
    with pytest.raises(CannotTest, match=f"Did you mean .*'{meant}'"):
        plan.choose(surface.contract(), READS, [typo], [])


def test_the_list_shows_each_operation_under_its_tag(capsys):
    with pytest.raises(SystemExit) as ended:
        parse(["--list"])

    assert ended.value.code == 0
    assert "Reports\n  GET /api/v1/livechat/analytics/dash" in capsys.readouterr().out


def test_a_plain_account_with_permissions_ends_with_2(faulty: Faulty, capsys, tmp_path):
    plain = ("--plain-user", "kim.jane", "--plain-password", "kim.jane")

    code, said = ends(capsys, tmp_path, faulty.url, *ADMIN, *plain)

    assert code == 2
    assert said.startswith("Could not test: The plain account 'kim.jane' has ")
    assert said.count("\n") == 1
