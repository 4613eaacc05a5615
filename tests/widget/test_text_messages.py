"""Text messages: what a provider delivers becomes a conversation, or is refused."""

import base64
import hmac
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest

from mockserver.world.messages.documents import MESSAGES, Message
from mockserver.world.rooms.documents import Room
from mockserver.world.visitors.documents import VISITORS, Visitor
from mockserver.world.world import World
from tests.client import Answer, Client
from tests.widget.steps import API, set_setting

SMS = f"{API}/sms-incoming"
SENDER = "+15550199"
DELIVERED = {"From": SENDER, "To": "+15550100", "Body": "Is my parcel there?"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(autouse=True)
def _enabled(admin: Client) -> None:
    set_setting(admin, "SMS_Enabled", True)


def deliver(
    visitor: Client,
    data: Mapping[str, Any] = DELIVERED,
    service: str = "twilio",
    query: str = "",
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Answer:
    content = urlencode({**data, **more}).encode()
    sent = {**FORM, **(headers or {})}
    return visitor.call("POST", f"{SMS}/{service}", query=query, content=content, headers=sent)


def sender(world: World) -> Visitor:
    found = world.find(Visitor, VISITORS.c.phone == SENDER)
    assert found is not None
    return found


def conversations(manager: Client) -> list[Any]:
    rooms = manager.get(f"{API}/rooms", count=100).body["rooms"]
    return [room for room in rooms if room["source"]["type"] == "sms"]


def last_message(world: World, rid: str) -> Message:
    """Return what was written last, the server's own notes aside."""
    return world.all(Message, MESSAGES.c.rid == rid, MESSAGES.c.kind.is_(None))[-1]


def test_twilio_is_answered_in_xml(visitor: Client) -> None:
    answer = deliver(visitor)

    assert (answer.status, answer.content) == (200, b"<Response></Response>")
    assert answer.headers["content-type"] == "text/xml"


def test_a_text_message_begins_a_conversation(visitor: Client, manager: Client) -> None:
    before = conversations(manager)

    deliver(visitor)

    [room] = [one for one in conversations(manager) if one not in before]
    assert room["source"] == {"type": "sms", "alias": "twilio", "destination": "+15550100"}
    assert room["sms"] == {"from": "+15550100"}
    assert room["lastMessage"]["msg"] == "Is my parcel there?"


def test_a_new_sender_is_registered_with_his_number(visitor: Client, world: World) -> None:
    deliver(visitor)

    known = sender(world)
    shown = visitor.get(f"{API}/visitor/{known.token}").body["visitor"]
    assert (shown["username"], shown["phone"]) == ("15550199", [{"phoneNumber": SENDER}])
    assert shown["lastChat"]["_id"]


def test_a_known_number_writes_as_the_visitor_who_has_it(visitor: Client, world: World) -> None:
    deliver(visitor, From="+15550101")

    omar = visitor.get(f"{API}/visitor/omar-token").body["visitor"]
    room = world.get(Room, omar["lastChat"]["_id"])
    assert room is not None
    assert (room.sms, room.department_id) == ({"from": "+15550100"}, "sales")


def test_a_second_text_message_goes_into_the_same_conversation(
    visitor: Client, manager: Client, world: World
) -> None:
    deliver(visitor)
    count = len(conversations(manager))

    deliver(visitor, Body="Hello?")

    assert len(conversations(manager)) == count
    chat = sender(world).last_chat
    assert chat
    assert last_message(world, chat._id).msg == "Hello?"


def test_a_conversation_through_the_widget_is_another_one(visitor: Client, manager: Client) -> None:
    given = {"token": "ada-token", "name": "Ada", "phone": SENDER}
    visitor.post(f"{API}/visitor", {"visitor": given})
    opened = visitor.get(f"{API}/room", token="ada-token").body["room"]["_id"]

    deliver(visitor)

    mine = [one for one in conversations(manager) if one["v"]["token"] == "ada-token"]
    assert opened not in [one["_id"] for one in mine]
    assert len(mine) == 1


@pytest.mark.parametrize("name", ["sales", "Sales"])
def test_the_request_may_name_a_department(visitor: Client, world: World, name: str) -> None:
    deliver(visitor, query=f"department={name}")

    assert sender(world).department == "sales"


def test_without_one_the_department_of_the_settings_counts(
    visitor: Client, admin: Client, world: World
) -> None:
    set_setting(admin, "SMS_Default_Omnichannel_Department", "support")

    deliver(visitor, query="department=nowhere")

    assert sender(world).department == "support"


def test_a_department_that_does_not_exist_is_passed_over(
    visitor: Client, admin: Client, world: World
) -> None:
    set_setting(admin, "SMS_Default_Omnichannel_Department", "nowhere")

    assert deliver(visitor).status == 200
    assert sender(world).last_chat


def test_a_place_is_kept_with_the_message(visitor: Client, world: World) -> None:
    deliver(visitor, Latitude="52.5", Longitude="13.4 east")

    chat = sender(world).last_chat
    assert chat
    assert last_message(world, chat._id).location == {
        "type": "Point",
        "coordinates": [13.4, 52.5],
    }


def test_a_file_is_not_fetched_and_the_message_says_so(visitor: Client, world: World) -> None:
    deliver(visitor, NumMedia="1", MediaUrl0="https://example.com/1", MediaContentType0="image/png")

    chat = sender(world).last_chat
    assert chat
    [lost] = last_message(world, chat._id).attachments or []
    assert lost["title"] == "Attachment upload failed"


def test_where_the_sender_is_goes_into_custom_fields(
    visitor: Client, manager: Client, world: World
) -> None:
    for key in ("country", "state"):
        data = {"field": key, "label": key, "scope": "visitor", "visibility": "visible"}
        manager.post(f"{API}/custom-fields.save", {"customFieldId": None, "customFieldData": data})

    deliver(visitor, FromCountry="DE", FromState="BE", FromCity="Berlin")

    assert sender(world).livechat_data == {"country": "DE", "state": "BE"}


def test_json_is_read_as_well_as_a_form(visitor: Client, manager: Client) -> None:
    count = len(conversations(manager))

    answer = visitor.post(f"{SMS}/twilio", DELIVERED)

    assert answer.status == 200
    assert len(conversations(manager)) == count + 1


@pytest.mark.parametrize(
    ("service", "data", "content"),
    [
        ("voxtelesys", {"from": SENDER, "to": "+1", "body": "Hi"}, b'{"success":true}'),
        ("mobex", {"from": SENDER, "to": "+1", "content": "Hi"}, b"ACK/Jasmin"),
    ],
)
def test_other_providers_have_their_own_words(
    visitor: Client, admin: Client, world: World, service: str, data: Any, content: bytes
) -> None:
    set_setting(admin, "SMS_Service", service)

    answer = deliver(visitor, data, service=service)

    assert (answer.status, answer.content) == (200, content)
    chat = sender(world).last_chat
    assert chat
    assert last_message(world, chat._id).msg == "Hi"


def test_the_name_of_the_service_may_be_in_capitals(visitor: Client) -> None:
    assert deliver(visitor, service="Twilio").status == 200


def test_another_service_than_the_configured_one_is_refused(visitor: Client) -> None:
    answer = deliver(visitor, service="mobex")

    assert (answer.status, answer.error) == (400, "Invalid service")
    assert answer.error_type is None


def test_text_messages_that_are_switched_off_are_refused(visitor: Client, admin: Client) -> None:
    set_setting(admin, "SMS_Enabled", False)

    assert deliver(visitor).error == "error-sms-service-disabled"


def test_a_configured_service_that_nobody_knows_is_refused(visitor: Client, admin: Client) -> None:
    set_setting(admin, "SMS_Service", "pigeon")

    assert deliver(visitor, service="pigeon").error == "error-sms-service-not-configured"


@pytest.mark.parametrize("missing", ["From", "To", "Body"])
def test_a_delivery_without_sender_receiver_or_text_is_refused(
    visitor: Client, manager: Client, missing: str
) -> None:
    count = len(conversations(manager))

    answer = deliver(visitor, {key: DELIVERED[key] for key in DELIVERED if key != missing})

    assert (answer.status, answer.error) == (400, "Invalid data")
    assert len(conversations(manager)) == count


@pytest.mark.parametrize("body", [None, [], "text", {"From": 1, "To": "+1", "Body": "Hi"}])
def test_a_body_that_is_no_delivery_is_refused(visitor: Client, body: Any) -> None:
    assert visitor.post(f"{SMS}/twilio", body).error == "Invalid data"


def test_a_nul_in_a_form_is_refused(visitor: Client) -> None:
    answer = deliver(visitor, Body="a\0b")

    assert (answer.status, answer.error) == (400, "The body holds a NUL character")


def test_a_signature_of_twilio_is_checked_where_its_token_is_known(
    visitor: Client, admin: Client
) -> None:
    set_setting(admin, "SMS_Twilio_authToken", "t0ken")
    signed = f"http://localhost:3000{SMS}/twilio?department=sales"
    signed += "".join(f"{name}{DELIVERED[name]}" for name in sorted(DELIVERED))
    right = base64.b64encode(hmac.digest(b"t0ken", signed.encode(), "sha1")).decode()

    def answer(signature: str) -> Answer:
        headers = {"X-Twilio-Signature": signature}
        return deliver(visitor, query="department=sales", headers=headers)

    assert answer(right).status == 200
    assert answer("wrong").error == "Invalid request"
    assert answer("").error == "Invalid request"


def test_nobody_online_refuses_a_new_conversation(
    visitor: Client, manager: Client, world: World
) -> None:
    answer = deliver(visitor, query="department=night-shift")

    assert answer.error == "Sorry, no online agents [no-agent-online]"
    assert world.find(Visitor, VISITORS.c.phone == SENDER) is None
