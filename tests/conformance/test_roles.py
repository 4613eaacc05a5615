"""The layer of roles: who may call what, and who may reach whose things."""

import re

import pytest

from tests.conformance.conftest import Faulty, Kit
from tests.mutants.registry import MUTANTS

FAULTS = (
    "everybody_permitted",
    "agents_are_managers",
    "managers_are_nobody",
    "any_id_signs_in",
    "strangers_read_a_room",
    "agents_read_everything",
)
TRIGGERS = "GET /api/v1/livechat/triggers"
HISTORY = "GET /api/v1/livechat/messages.history/{rid}"
MESSAGES = "GET /api/v1/livechat/messages/{rid}"


def roles(*operations: str) -> tuple[str, ...]:
    included = [word for key in operations for word in ("--include", key)]
    return ("--layers", "roles", *included)


def test_who_keeps_to_the_rules_passes_in_every_role(faulty: Faulty, kit: Kit):
    ended = kit(faulty.url, *roles(TRIGGERS, HISTORY, MESSAGES))

    assert ended.code == 0, ended.output
    assert "Not judged" not in ended.output


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_who_may_do_what_is_found(faulty: Faulty, kit: Kit, name: str):
    faulty.plant(name)

    ended = kit(faulty.url, *roles(MUTANTS[name].on))

    found = re.findall(r"^\d+\. (\S+ \S+): .*\[(\w+)\]$", ended.output, re.MULTILINE)
    expected = {"everybody_permitted": "permission_of_plain"}.get(name, MUTANTS[name].kills)
    assert ended.code == 1, ended.output
    assert (MUTANTS[name].on, expected) in found


def test_the_command_of_a_role_sets_its_own_variables(faulty: Faulty, kit: Kit):
    faulty.plant("agents_are_managers")

    ended = kit(faulty.url, *roles(TRIGGERS))

    assert 'export AGENT_TOKEN=$(curl -s "$URL/api/v1/login"' in ended.output
    assert 'curl -gi -H "X-Auth-Token: $AGENT_TOKEN" -H "X-User-Id: $AGENT_USER_ID"' in ended.output
    assert "export MANAGER_TOKEN" not in ended.output


def test_a_role_without_an_account_is_not_judged(faulty: Faulty, kit: Kit):
    faulty.plant("foreign")

    ended = kit(faulty.url, "--user", "admin", "--password", "admin", *roles(TRIGGERS))

    assert ended.code == 0, ended.output
    assert f"permission_of_manager, {TRIGGERS}: the run has no account 'manager'" in ended.output


def test_accounts_of_roles_may_be_given(faulty: Faulty, kit: Kit, monkeypatch):
    faulty.plant("foreign")
    monkeypatch.setenv("OMNICHANNEL_MANAGER_PASSWORD", "manager")
    accounts = ("--user", "admin", "--password", "admin", "--manager-user", "manager")

    ended = kit(faulty.url, *accounts, *roles(TRIGGERS))

    assert ended.code == 0, ended.output
    assert f"permission_of_manager, {TRIGGERS}" not in ended.output


def test_no_call_of_the_layer_changes_anything_on_a_read_only_run(faulty: Faulty, kit: Kit):
    faulty.plant("foreign")
    accounts = ("--user", "admin", "--password", "admin", "--plain-user", "user")

    kit(faulty.url, *accounts, "--plain-password", "user", "--layers", "roles")

    sent = {call.split(" ")[0] for call in faulty.seen if call != "POST /api/v1/login"}
    assert sent == {"GET"}
