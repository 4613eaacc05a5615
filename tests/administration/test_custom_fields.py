"""Custom fields: defined, changed and deleted, and the values that visitors and rooms carry."""

from typing import Any

import pytest

from tests.administration.steps import API
from tests.client import Answer, Client
from tests.talks.steps import TOKEN, open_room, register

FIELDS = f"{API}/custom-fields"
SIZE = {"field": "t-size", "label": "Size", "scope": "visitor", "visibility": "visible"}


def save(manager: Client, key: str | None = None, **data: Any) -> Answer:
    body: dict[str, Any] = {"customFieldData": {**SIZE, **data}}
    if key is not None:
        body["customFieldId"] = key
    return manager.post(f"{FIELDS}.save", body)


def put(visitor: Client, key: str = "t-size", value: str = "XL", **more: Any) -> Answer:
    body = {"token": TOKEN, "key": key, "value": value, "overwrite": True, **more}
    return visitor.post(f"{API}/custom.field", body)


def put_all(visitor: Client, *given: dict[str, Any], token: str = TOKEN) -> Answer:
    fields = [{"overwrite": True, **one} for one in given]
    return visitor.post(f"{API}/custom.fields", {"token": token, "customFields": fields})


def data_of(visitor: Client) -> Any:
    return visitor.get(f"{API}/visitor/{TOKEN}").body["visitor"].get("livechatData")


def test_a_new_field_is_answered_with_its_key(manager: Client) -> None:
    answer = save(manager, type="input", required=True, color="red")

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
    saved = save(manager, public=True).body["customField"]

    assert agent.get(f"{FIELDS}/t-size").body["customField"] == saved


def test_an_unknown_field_is_null(agent: Client) -> None:
    answer = agent.get(f"{FIELDS}/nope")

    assert (answer.status, answer.body) == (200, {"customField": None, "success": True})


def test_fields_are_listed_by_label_and_found_by_label_or_key(manager: Client) -> None:
    save(manager, field="t-one", label="xb")
    save(manager, field="t-two", label="Xa")
    save(manager, field="xxx", label="T-")

    listed = manager.get(FIELDS, text="T-").body

    assert [one["label"] for one in listed["customFields"]] == ["T-", "Xa", "xb"]
    assert (listed["count"], listed["offset"], listed["total"]) == (3, 0, 3)


def test_a_key_is_taken_once(manager: Client) -> None:
    save(manager)

    answer = save(manager)

    assert (answer.status, answer.error) == (400, "Custom Field already exists")
    assert answer.error_type is None


def test_a_change_is_answered_without_the_key_and_never_renames(manager: Client) -> None:
    save(manager, type="input", color="red")

    answer = save(manager, "t-size", field="another", label="New")

    changed = answer.body["customField"]
    read = manager.get(f"{FIELDS}/t-size").body["customField"]
    assert "_id" not in changed
    assert (changed["label"], "type" in changed) == ("New", False)
    assert (read["label"], read["type"], read["color"]) == ("New", "input", "red")
    assert read["_updatedAt"] == changed["_updatedAt"]
    assert manager.get(f"{FIELDS}/another").body["customField"] is None


def test_an_unknown_field_is_not_changed(manager: Client) -> None:
    answer = save(manager, "nope")

    assert (answer.status, answer.error) == (400, "Custom Field Not found")


def test_a_field_without_id_or_with_an_empty_one_is_new(manager: Client) -> None:
    assert save(manager, "").body["customField"]["_id"] == "t-size"


def test_a_deleted_field_is_gone_but_values_stay(visitor: Client, manager: Client) -> None:
    register(visitor)
    save(manager)
    put(visitor)

    answer = manager.post(f"{FIELDS}.delete", {"customFieldId": "t-size"})

    assert answer.body == {"success": True}
    assert manager.get(f"{FIELDS}/t-size").body["customField"] is None
    assert data_of(visitor) == {"t-size": "XL"}


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
    answer = save(manager, **data)

    assert (answer.status, answer.error, answer.error_type) == (400, error, "invalid-params")


@pytest.mark.parametrize("key", ["field", "label", "scope", "visibility"])
def test_a_definition_is_complete(manager: Client, key: str) -> None:
    data = {name: value for name, value in SIZE.items() if name != key}

    answer = manager.post(f"{FIELDS}.save", {"customFieldData": data})

    assert answer.error == f"must have required property '{key}'"


def test_a_value_is_answered_as_it_came_and_stands_on_the_visitor(
    visitor: Client, manager: Client
) -> None:
    register(visitor)
    save(manager)

    answer = put(visitor)

    assert answer.body["field"] == {"key": "t-size", "value": "XL", "overwrite": True}
    assert data_of(visitor) == {"t-size": "XL"}


def test_without_overwrite_a_value_stays(visitor: Client, manager: Client) -> None:
    register(visitor)
    save(manager)
    put(visitor, value="XL")

    answer = put(visitor, value="S", overwrite=False)

    assert answer.status == 200
    assert data_of(visitor) == {"t-size": "XL"}


def test_a_value_of_a_room_stands_on_the_open_room(visitor: Client, manager: Client) -> None:
    open_room(visitor)
    save(manager, scope="room")

    put(visitor)

    room = visitor.get(f"{API}/room", token=TOKEN).body["room"]
    assert room["livechatData"] == {"t-size": "XL"}
    assert data_of(visitor) is None


def test_a_value_of_a_room_without_an_open_one_goes_nowhere(
    visitor: Client, manager: Client
) -> None:
    register(visitor)
    save(manager, scope="room")

    assert put(visitor).status == 200


@pytest.mark.parametrize(
    ("body", "error"),
    [({"token": "nope"}, "invalid-token"), ({"key": "x"}, "invalid-custom-field")],
)
def test_a_value_needs_its_visitor_and_its_field(
    visitor: Client, manager: Client, body: dict[str, str], error: str
) -> None:
    register(visitor)
    save(manager)

    answer = put(visitor, **body)

    assert (answer.status, answer.error, answer.error_type) == (400, error, None)


def test_a_value_has_the_form_that_its_field_asks_for(visitor: Client, manager: Client) -> None:
    register(visitor)
    save(manager, regexp=r"^\d+$")

    refused = put(visitor, value="XL")

    assert (refused.status, refused.error) == (400, "Invalid value for t-size field")
    assert put(visitor, value="42").status == 200


def test_an_expression_that_is_none_refuses_every_value(visitor: Client, manager: Client) -> None:
    register(visitor)
    save(manager, regexp="(")

    answer = put(visitor)

    assert answer.status == 400
    assert str(answer.error).startswith("Invalid regular expression: /(/")


def test_several_values_come_back_under_a_capital_key_rooms_first(
    visitor: Client, manager: Client
) -> None:
    open_room(visitor)
    save(manager)
    save(manager, field="t-room", scope="room")

    answer = put_all(visitor, {"key": "t-size", "value": "XL"}, {"key": "t-room", "value": "blue"})

    assert answer.body["fields"] == [
        {"Key": "t-room", "value": "blue", "overwrite": True},
        {"Key": "t-size", "value": "XL", "overwrite": True},
    ]
    assert data_of(visitor) == {"t-size": "XL"}


def test_one_unknown_key_keeps_all_values_out(visitor: Client, manager: Client) -> None:
    register(visitor)
    save(manager)

    answer = put_all(visitor, {"key": "t-size", "value": "XL"}, {"key": "nope", "value": "x"})

    assert (answer.status, answer.error) == (400, "invalid-custom-field")
    assert data_of(visitor) is None


def test_no_value_at_all_is_refused(visitor: Client) -> None:
    register(visitor)

    assert put_all(visitor).error == "invalid-custom-field"


def test_several_values_need_their_visitor(visitor: Client) -> None:
    assert put_all(visitor, token="nope").error == "invalid-token"


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        ("custom.field", {}, "must have required property 'token' [invalid-params]"),
        (
            "custom.field",
            {"token": "x", "key": "x", "value": "x"},
            "must have required property 'overwrite' [invalid-params]",
        ),
        (
            "custom.fields",
            {"token": "x", "customFields": [{}]},
            "must have required property 'key' [invalid-params]",
        ),
    ],
)
def test_values_are_judged(visitor: Client, path: str, body: Any, error: str) -> None:
    answer = visitor.post(f"{API}/{path}", body)

    assert (answer.status, answer.error, answer.error_type) == (400, error, "invalid-params")


def introduce(visitor: Client, *keys: str) -> Answer:
    fields = [{"key": key, "value": "XL", "overwrite": True} for key in keys]
    given = {"token": TOKEN, "name": "Ada", "customFields": fields}
    return visitor.post(f"{API}/visitor", {"visitor": given})


def test_a_visitor_registers_with_custom_fields(visitor: Client, manager: Client) -> None:
    save(manager)
    save(manager, field="t-room", scope="room")
    save(manager, field="t-hidden", visibility="hidden")

    answer = introduce(visitor, "t-size", "t-room", "t-hidden", "nope")

    assert answer.body["visitor"]["livechatData"] == {"t-size": "XL"}


def test_a_visitor_who_sends_custom_fields_sends_all_required_ones(
    visitor: Client, manager: Client
) -> None:
    save(manager, required=True)
    save(manager, field="t-other", required=True)
    save(manager, field="t-hidden", required=True, visibility="hidden")

    answer = introduce(visitor, "nope")

    assert answer.status == 400
    assert answer.error == "Missing required custom fields: t-size, t-other"


def test_a_visitor_who_sends_none_is_asked_for_none(visitor: Client, manager: Client) -> None:
    save(manager, required=True)

    assert introduce(visitor).status == 200


def test_the_widget_asks_for_public_visible_fields_of_visitors(
    visitor: Client, manager: Client
) -> None:
    save(manager, public=True, options="S,M,L", type="select")
    save(manager, field="t-secret", public=False)
    save(manager, field="t-hidden", public=True, visibility="hidden")
    save(manager, field="t-room", public=True, scope="room")

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
    assert save(monitor).status == 200
    assert agent.get(FIELDS).status == 200
    assert save(agent).status == 403
    assert agent.post(f"{FIELDS}.delete", {"customFieldId": "t-size"}).status == 403
    assert user.get(FIELDS).status == 403
    assert user.get(f"{FIELDS}/t-size").status == 403
