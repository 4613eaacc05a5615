"""What a world file says of the administration, and what is wrong when it makes no sense."""

from pathlib import Path

import pytest

from mockserver.served import Served
from mockserver.world.load import WorldError, load
from mockserver.world.world import World
from tests.administration.steps import API, department, ids
from tests.client import Client

SOUND = """\
about: A sound world that the cases below spoil.
now: 2026-03-02T09:00:00Z
licence: [livechat-enterprise, canned-responses]
users:
  - {_id: sam, name: Sam, roles: [livechat-monitor]}
  - {_id: kit, name: Kit, roles: [livechat-manager]}
departments:
  - {_id: shop, name: Shop}
  - {_id: yard, name: Yard}
units:
  - {_id: north, name: North, monitors: [sam], departments: [shop]}
businessHours:
  - _id: late
    name: Late
    timezone: Europe/Berlin
    departments: [yard]
    workHours: [{day: Monday, start: "14:00", finish: "22:00"}]
customFields: [{_id: size, label: Size}]
tags: [{_id: vip, name: VIP, departments: [shop]}]
slaPolicies: [{_id: gold, name: Gold, dueTimeInMinutes: 10}]
cannedResponses: [{_id: hi, shortcut: hi, text: "Hi!", createdBy: kit}]
"""
SPOILED = [
    ("[sam], dep", "[sue], dep", ":11: units[0].monitors[0]: there is no user sue"),
    ("[sam], dep", "[kit], dep", ":11: units[0].monitors[0]: kit is no livechat-monitor"),
    ("_id: north", "_id: shop", ":11: units[0]._id: shop is the id of a department"),
    (
        "departments: [shop]}\nb",
        "departments: [mall]}\nb",
        ":11: units[0].departments[0]: there is no department mall",
    ),
    (
        "departments: [shop]}\nb",
        "departments: [shop, shop]}\nb",
        ":11: units[0].departments[1]: shop stands here twice",
    ),
    ("day: Monday", "day: Someday", ":17: businessHours[0].workHours[0].day: must be one of"),
    (
        '"22:00"',
        '"12:00"',
        ":17: businessHours[0].workHours[0]: the API would refuse it: "
        "error-business-hour-finish-time-before-start-time",
    ),
    (
        "    name: Late\n",
        "    type: default\n",
        ":16: businessHours[0].departments: the default hour has none",
    ),
    ("    name: Late\n", "", ":13: businessHours[0]: a custom hour needs a name"),
    ("_id: size", "_id: my size", ":18: customFields[0]._id: my size may hold letters"),
    ("label: Size", "scope: user", ":18: customFields[0]: the field label is missing"),
    ("[shop]}]", "[mall]}]", ":19: tags[0].departments[0]: there is no department mall"),
    (
        "dueTimeInMinutes: 10}",
        "dueTimeInMinutes: 10}, {_id: b, name: B, dueTimeInMinutes: 10}",
        ":20: slaPolicies[1].dueTimeInMinutes: 10 is taken by slaPolicies[0]",
    ),
    ("createdBy: kit", "createdBy: sue", ":21: cannedResponses[0].createdBy: there is no user sue"),
    (
        "createdBy: kit",
        "createdBy: kit, scope: department",
        ":21: cannedResponses[0]: a department belongs to the scope department, and only there",
    ),
    (", canned-responses]", "]", ":21: cannedResponses: needs the licence canned-responses"),
]


def loaded(folder: Path, text: str) -> World:
    path = folder / "shop.yaml"
    path.write_text(text, encoding="utf-8")
    return load(str(path))


@pytest.fixture
def kit(tmp_path: Path, visitor: Client, served: Served) -> Client:
    """The manager of the sound world."""
    served.world = loaded(tmp_path, SOUND)
    return visitor.signed_in("kit")


def test_a_unit_of_the_file_has_its_monitors_and_departments(kit: Client) -> None:
    unit = kit.get(f"{API}/units/north").body
    monitors = kit.get(f"{API}/units/north/monitors").body["monitors"]

    assert (unit["numMonitors"], unit["numDepartments"]) == (1, 1)
    assert [monitor["monitorId"] for monitor in monitors] == ["sam"]
    assert department(kit, "shop")["ancestors"] == ["north"]


def test_a_business_hour_of_the_file_stands_beside_the_default_one(kit: Client) -> None:
    hours = kit.get(f"{API}/business-hours").body["businessHours"]

    assert ids(hours) == ["default-business-hour", "late"]
    assert hours[1]["workHours"][0]["start"]["utc"] == {"dayOfWeek": "Monday", "time": "13:00"}
    assert department(kit, "yard")["businessHourId"] == "late"


def test_all_other_things_of_the_file_are_there(kit: Client) -> None:
    fields = kit.get(f"{API}/custom-fields").body["customFields"]
    tags = kit.get(f"{API}/tags", viewAll="true").body["tags"]
    policies = kit.get(f"{API}/sla").body["sla"]
    responses = kit.get("/api/v1/canned-responses").body["cannedResponses"]

    assert [ids(found) for found in (fields, tags, policies, responses)] == [
        ["size"],
        ["vip"],
        ["gold"],
        ["hi"],
    ]


@pytest.mark.parametrize(("sound", "spoiled", "fault"), SPOILED)
def test_a_fault_is_told_with_its_line(
    tmp_path: Path, sound: str, spoiled: str, fault: str
) -> None:
    assert SOUND.count(sound) == 1

    with pytest.raises(WorldError) as told:
        loaded(tmp_path, SOUND.replace(sound, spoiled))

    assert str(told.value).startswith(f"shop.yaml{fault}")


def test_an_unlicensed_workspace_has_its_default_hour_and_no_more(
    tmp_path: Path, visitor: Client, served: Served
) -> None:
    text = "about: x\nnow: 2026-03-02T09:00:00Z\nusers: [{_id: kit, name: Kit, roles: [admin]}]\n"
    served.world = loaded(tmp_path, text)
    kit = visitor.signed_in("kit")

    default = kit.get(f"{API}/business-hour").body["businessHour"]
    custom = kit.get(f"{API}/business-hour", type="custom", _id=default["_id"]).body
    hours = kit.get(f"{API}/business-hours")

    assert default["active"] is True
    assert custom["businessHour"] is None
    assert (hours.status, hours.error_type) == (400, "error-action-not-allowed")
    assert kit.get(f"{API}/priorities").error_type == "error-action-not-allowed"
    assert kit.put(f"{API}/priorities/high", {"name": "x"}).status == 403
