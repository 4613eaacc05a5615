"""Values of custom fields: what visitors and rooms carry, and what registering asks for."""

from typing import Any

import pytest

from tests.administration.steps import API, FIELDS, save_field
from tests.client import Answer, Client
from tests.talks.steps import TOKEN, open_room, register


def put(visitor: Client, key: str = "t-size", value: str = "XL", **more: Any) -> Answer:
    body = {"token": TOKEN, "key": key, "value": value, "overwrite": True, **more}
    return visitor.post(f"{API}/custom.field", body)


def put_all(visitor: Client, *given: dict[str, Any], token: str = TOKEN) -> Answer:
    fields = [{"overwrite": True, **one} for one in given]
    return visitor.post(f"{API}/custom.fields", {"token": token, "customFields": fields})


def data_of(visitor: Client) -> Any:
    return visitor.get(f"{API}/visitor/{TOKEN}").body["visitor"].get("livechatData")


def test_a_deleted_field_is_gone_but_values_stay(visitor: Client, manager: Client) -> None:
    register(visitor)
    save_field(manager)
    put(visitor)

    answer = manager.post(f"{FIELDS}.delete", {"customFieldId": "t-size"})

    assert answer.body == {"success": True}
    assert manager.get(f"{FIELDS}/t-size").body["customField"] is None
    assert data_of(visitor) == {"t-size": "XL"}


def test_a_value_is_answered_as_it_came_and_stands_on_the_visitor(
    visitor: Client, manager: Client
) -> None:
    register(visitor)
    save_field(manager)

    answer = put(visitor)

    assert answer.body["field"] == {"key": "t-size", "value": "XL", "overwrite": True}
    assert data_of(visitor) == {"t-size": "XL"}


def test_without_overwrite_a_value_stays(visitor: Client, manager: Client) -> None:
    register(visitor)
    save_field(manager)
    put(visitor, value="XL")

    answer = put(visitor, value="S", overwrite=False)

    assert answer.status == 200
    assert data_of(visitor) == {"t-size": "XL"}


def test_a_value_of_a_room_stands_on_the_open_room(visitor: Client, manager: Client) -> None:
    open_room(visitor)
    save_field(manager, scope="room")

    put(visitor)

    room = visitor.get(f"{API}/room", token=TOKEN).body["room"]
    assert room["livechatData"] == {"t-size": "XL"}
    assert data_of(visitor) is None


def test_a_value_of_a_room_without_an_open_one_goes_nowhere(
    visitor: Client, manager: Client
) -> None:
    register(visitor)
    save_field(manager, scope="room")

    assert put(visitor).status == 200


@pytest.mark.parametrize(
    ("body", "error"),
    [({"token": "nope"}, "invalid-token"), ({"key": "x"}, "invalid-custom-field")],
)
def test_a_value_needs_its_visitor_and_its_field(
    visitor: Client, manager: Client, body: dict[str, str], error: str
) -> None:
    register(visitor)
    save_field(manager)

    answer = put(visitor, **body)

    assert (answer.status, answer.error, answer.error_type) == (400, error, None)


def test_a_value_has_the_form_that_its_field_asks_for(visitor: Client, manager: Client) -> None:
    register(visitor)
    save_field(manager, regexp=r"^\d+$")

    refused = put(visitor, value="XL")

    assert (refused.status, refused.error) == (400, "Invalid value for t-size field")
    assert put(visitor, value="42").status == 200


def test_an_expression_that_is_none_refuses_every_value(visitor: Client, manager: Client) -> None:
    register(visitor)
    save_field(manager, regexp="(")

    answer = put(visitor)

    assert answer.status == 400
    assert str(answer.error).startswith("Invalid regular expression: /(/")


def test_several_values_come_back_under_a_capital_key_rooms_first(
    visitor: Client, manager: Client
) -> None:
    open_room(visitor)
    save_field(manager)
    save_field(manager, field="t-room", scope="room")

    answer = put_all(visitor, {"key": "t-size", "value": "XL"}, {"key": "t-room", "value": "blue"})

    assert answer.body["fields"] == [
        {"Key": "t-room", "value": "blue", "overwrite": True},
        {"Key": "t-size", "value": "XL", "overwrite": True},
    ]
    assert data_of(visitor) == {"t-size": "XL"}


def test_one_unknown_key_keeps_all_values_out(visitor: Client, manager: Client) -> None:
    register(visitor)
    save_field(manager)

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
    save_field(manager)
    save_field(manager, field="t-room", scope="room")
    save_field(manager, field="t-hidden", visibility="hidden")

    answer = introduce(visitor, "t-size", "t-room", "t-hidden", "nope")

    assert answer.body["visitor"]["livechatData"] == {"t-size": "XL"}


def test_a_visitor_who_sends_custom_fields_sends_all_required_ones(
    visitor: Client, manager: Client
) -> None:
    save_field(manager, required=True)
    save_field(manager, field="t-other", required=True)
    save_field(manager, field="t-hidden", required=True, visibility="hidden")

    answer = introduce(visitor, "nope")

    assert answer.status == 400
    assert answer.error == "Missing required custom fields: t-size, t-other"


def test_a_visitor_who_sends_none_is_asked_for_none(visitor: Client, manager: Client) -> None:
    save_field(manager, required=True)

    assert introduce(visitor).status == 200
