"""What every workspace begins with fits itself and the contract."""

import re
from pathlib import Path

import pytest

from mockserver.contract import load as load_contract
from mockserver.world.load import load
from mockserver.world.load.defaults import permissions, roles, setting_fault, settings
from mockserver.world.users.documents import USERS, User

LICENCE = ("livechat-enterprise", "canned-responses", "contact-id-verification")
CONTRACT = load_contract()
ASKED = sorted({name for o in CONTRACT for name in (*o.all_of, *o.any_of)})
READ = re.compile(r"value\((?:self\.)?world, \"(\w+)\"\)")
SOURCE = Path(__file__).parents[2] / "mockserver"
MATRIX = [
    # permission, who holds it of agent, monitor, manager, admin; from the vendor's own list
    ("view-l-room", "agent monitor manager admin"),
    ("view-livechat-manager", "monitor manager admin"),
    ("edit-omnichannel-contact", "agent manager admin"),
    ("remove-livechat-department", "manager admin"),
    ("save-department-canned-responses", "monitor"),
    ("view-livechat-reports", "monitor manager admin"),
    ("transfer-livechat-guest", "monitor manager admin"),
    ("close-livechat-room", "agent monitor manager admin"),
    ("create-user", "admin"),
]


@pytest.mark.parametrize("name", ASKED)
def test_every_permission_that_the_contract_asks_for_exists(name: str) -> None:
    assert name in {permission._id for permission in permissions(LICENCE, {})}


@pytest.mark.parametrize(("name", "holders"), MATRIX)
def test_a_permission_is_held_by_the_roles_that_the_server_gives_it_to(
    name: str, holders: str
) -> None:
    held = {permission._id: permission.roles for permission in permissions(LICENCE, {})}

    roles_held = {role.removeprefix("livechat-") for role in held[name]}
    assert roles_held == set(holders.split())


def test_every_default_value_is_one_that_its_setting_takes() -> None:
    faults = {
        setting._id: setting_fault(setting._id, setting.value, LICENCE)
        for setting in settings(LICENCE, {})
    }

    assert {name: words for name, words in faults.items() if words} == {}


def test_every_setting_that_the_mock_reads_exists() -> None:
    read = {name for file in SOURCE.rglob("*.py") for name in READ.findall(file.read_text())}

    assert read
    assert read <= {setting._id for setting in settings((), {})}


def test_a_licensed_setting_is_the_unlicensed_value_without_the_licence() -> None:
    values = {setting._id: setting.value for setting in settings((), {})}

    assert values["Livechat_allow_manual_on_hold_upon_agent_engagement_only"] is False
    assert values["Omnichannel_max_fallback_forward_depth"] == 0


def test_room_roles_are_scoped_to_rooms() -> None:
    scoped = {role._id for role in roles(LICENCE) if role.scope == "Subscriptions"}

    assert scoped == {"moderator", "leader", "owner"}


def test_the_first_administrator_is_no_agent() -> None:
    agents = load("empty").all(User, USERS.c.is_agent)

    assert agents == []
