"""Custom fields: defined, changed and deleted by the administration."""

from typing import Any

import pytest

from tests.administration.steps import API, FIELDS, SIZE, save_field
from tests.client import Client


def test_a_new_field_is_answered_with_its_key(manager: Client) -> None:
    answer = save_field(manager, type="input", required=True, color="red")

    field = answer.body["customField"]
    assert {**field, "_updatedAt": ""} == {
        "_id": "t-size",
        "label": "Size",
        "scope": "visitor",
        "visibility": "visible",
        "type": "input",
        "required": True,
        "color": "red",
        "_updatedAt": "",
    }


def test_a_field_is_read_by_its_key(manager: Client, agent: Client) -> None:
    saved = save_field(manager, public=True).body["customField"]

    assert agent.get(f"{FIELDS}/t-size").body["customField"] == saved


def test_an_unknown_field_is_null(agent: Client) -> None:
    answer = agent.get(f"{FIELDS}/nope")

    assert (answer.status, answer.body) == (200, {"customField": None, "success": True})


def test_fields_are_listed_by_label_and_found_by_label_or_key(manager: Client) -> None:
    save_field(manager, field="t-one", label="xb")
    save_field(manager, field="t-two", label="Xa")
    save_field(manager, field="xxx", label="T-")

    listed = manager.get(FIELDS, text="T-").body

    assert [one["label"] for one in listed["customFields"]] == ["T-", "Xa", "xb"]
    assert (listed["count"], listed["offset"], listed["total"]) == (3, 0, 3)


def test_a_key_is_taken_once(manager: Client) -> None:
    save_field(manager)

    answer = save_field(manager)

    assert (answer.status, answer.error) == (400, "Custom Field already exists")
    assert answer.error_type is None


def test_a_change_is_answered_without_the_key_and_never_renames(manager: Client) -> None:
    save_field(manager, type="input", color="red")

    answer = save_field(manager, "t-size", field="another", label="New")

    changed = answer.body["customField"]
    read = manager.get(f"{FIELDS}/t-size").body["customField"]
    assert "_id" not in changed
    assert (changed["label"], "type" in changed) == ("New", False)
    assert (read["label"], read["type"], read["color"]) == ("New", "input", "red")
    assert read["_updatedAt"] == changed["_updatedAt"]
    assert manager.get(f"{FIELDS}/another").body["customField"] is None


def test_an_unknown_field_is_not_changed(manager: Client) -> None:
    answer = save_field(manager, "nope")

    assert (answer.status, answer.error) == (400, "Custom Field Not found")


def test_a_field_without_id_or_with_an_empty_one_is_new(manager: Client) -> None:
    assert save_field(manager, "").body["customField"]["_id"] == "t-size"


def test_an_unknown_field_is_not_deleted(manager: Client) -> None:
    answer = manager.post(f"{FIELDS}.delete", {"customFieldId": "nope"})

    assert (answer.status, answer.error) == (400, "Custom field not found")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"field": "no blanks"}, 'must match pattern "^[0-9a-zA-Z_-]+$"'),
        ({"scope": "agent"}, "must be equal to one of the allowed values"),
        ({"visibility": {}}, "must be string"),
    ],
)
def test_a_definition_is_judged(manager: Client, data: dict[str, Any], error: str) -> None:
    answer = save_field(manager, **data)

    assert (answer.status, answer.error, answer.error_type) == (400, error, "invalid-params")


@pytest.mark.parametrize("key", ["field", "label", "scope", "visibility"])
def test_a_definition_is_complete(manager: Client, key: str) -> None:
    data = {name: value for name, value in SIZE.items() if name != key}

    answer = manager.post(f"{FIELDS}.save", {"customFieldData": data})

    assert answer.error == f"must have required property '{key}'"


def test_the_widget_asks_for_public_visible_fields_of_visitors(
    visitor: Client, manager: Client
) -> None:
    save_field(manager, public=True, options="S,M,L", type="select")
    save_field(manager, field="t-secret", public=False)
    save_field(manager, field="t-hidden", public=True, visibility="hidden")
    save_field(manager, field="t-room", public=True, scope="room")

    fields = visitor.get(f"{API}/config").body["config"]["customFields"]

    own = [field for field in fields if field["_id"].startswith("t-")]
    assert own == [
        {
            "_id": "t-size",
            "label": "Size",
            "type": "select",
            "required": False,
            "defaultValue": None,
            "options": ["S", "M", "L"],
        }
    ]


def test_a_monitor_defines_fields_and_an_agent_reads_them(
    monitor: Client, agent: Client, user: Client
) -> None:
    assert save_field(monitor).status == 200
    assert agent.get(FIELDS).status == 200
    assert save_field(agent).status == 403
    assert agent.post(f"{FIELDS}.delete", {"customFieldId": "t-size"}).status == 403
    assert user.get(FIELDS).status == 403
    assert user.get(f"{FIELDS}/t-size").status == 403
