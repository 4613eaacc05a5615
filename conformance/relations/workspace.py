"""Workspace: hours, webhooks, looks and text messages are as they were saved or sent."""

from collections.abc import Mapping
from typing import Any

import pytest

from conformance.exclusions import TEXT_SETTINGS
from conformance.layers.calling import Caller
from conformance.relations import relation, things
from conformance.relations.forms import LIVECHAT, OMNICHANNEL, holds
from conformance.relations.selection import once
from conformance.relations.windows import ROOMS
from mockserver.contract import Operation

HOURS, HOUR = f"GET {LIVECHAT}/business-hours", f"GET {LIVECHAT}/business-hour"
SAVE_HOURS = f"POST {LIVECHAT}/business-hours.save"
WEBHOOKS = f"GET {LIVECHAT}/integrations.settings"
SAVE_WEBHOOKS = f"POST {OMNICHANNEL}/integrations"
LOOKS, SAVE_LOOKS = f"GET {LIVECHAT}/appearance", f"POST {LIVECHAT}/appearance"
TEXT_MESSAGES = f"POST {LIVECHAT}/sms-incoming/{{service}}"
SETTING = "GET /api/v1/settings/{_id}"
PREFIX = "LivechatWebhook"
WEBHOOK_IDS: Mapping[str, str] = {
    f"{PREFIX}Url": "Livechat_webhookUrl",
    "LivechatSecretToken": "Livechat_secret_token",
    "LivechatHttpTimeout": "Livechat_http_timeout",
    f"{PREFIX}OnStart": "Livechat_webhook_on_start",
    f"{PREFIX}OnClose": "Livechat_webhook_on_close",
    f"{PREFIX}OnChatTaken": "Livechat_webhook_on_chat_taken",
    f"{PREFIX}OnChatQueued": "Livechat_webhook_on_chat_queued",
    f"{PREFIX}OnForward": "Livechat_webhook_on_forward",
    f"{PREFIX}OnOfflineMsg": "Livechat_webhook_on_offline_msg",
    f"{PREFIX}OnVisitorMessage": "Livechat_webhook_on_visitor_message",
    f"{PREFIX}OnAgentMessage": "Livechat_webhook_on_agent_message",
}
"""What a request calls the settings of webhooks, and their ids."""


def _day(day: str, start: str, finish: str, *, is_open: bool = True) -> dict[str, Any]:
    return {"day": day, "start": start, "finish": finish, "open": is_open}


@relation(pattern="equality", operations=once((SAVE_HOURS, HOUR, HOURS)), writes=True)
def business_hours_are_read_as_they_were_saved(call: Caller, operation: Operation) -> None:
    """Business hours have the days and departments of the last save, and names of their own."""
    if call.run.target.spares:
        pytest.skip("to remove business hours again would send agents home")
    name = things.fresh()
    both = [things.make(call, things.DEPARTMENTS, f"{name}-{x}")["_id"] for x in "ab"]
    days = [
        _day("Sunday", "00:00", "22:30"),
        _day("Monday", "09:00", "17:30"),
        _day("Tuesday", "10:00", "10:00", is_open=False),
    ]
    made = dict.fromkeys("xy", "")
    for letter, of, work, zone in (
        ("x", both, days, "Asia/Kolkata"),
        ("x", both[1:], days[1:2], "UTC"),
        ("y", both, days[:2], "Asia/Kolkata"),
    ):
        body: dict[str, Any] = {"name": f"{name}-{letter}", "type": "custom", "active": True}
        body |= {"timezoneName": zone, "daysOpen": [d["day"] for d in work], "workHours": work}
        body |= {"departmentsToApplyBusinessHour": ",".join(of)}
        if made[letter]:
            body["_id"] = made[letter]
        _ = call(SAVE_HOURS, body=body).data
        listed = {one["name"]: one for one in call(HOURS, name=name).items}
        made[letter] = listed[body["name"]]["_id"]
        shown = call(HOUR, query={"type": "custom", "_id": made[letter]}).data["businessHour"]
        for one in (shown, listed[body["name"]]):
            _is_saved(one, body, of)
    left = call(HOUR, query={"type": "custom", "_id": made["x"]}).data["businessHour"]
    again = call(SAVE_HOURS, body={**body, "_id": made["y"], "name": f"{name}-x"})

    assert left["departments"] == [], "departments keep two business hours"
    assert again.status == 400, "two business hours have the same name"


def _is_saved(shown: Mapping[str, Any], body: Mapping[str, Any], of: list[str]) -> None:
    """Hold business hours to what was sent, and their days to those of UTC."""
    expected = {"name": body["name"], "active": True, "type": "custom"}
    assert holds({**expected, "timezone": {"name": body["timezoneName"]}}, shown)
    days = [
        (one["day"], one["start"]["time"], one["finish"]["time"], one["open"])
        for one in shown["workHours"]
    ]
    assert days == [tuple(one.values()) for one in body["workHours"]]
    assert sorted(one["_id"] for one in shown.get("departments") or ()) == sorted(of)
    first, begins = shown["workHours"][0], {"dayOfWeek": "Monday", "time": "09:00"}
    if body["timezoneName"] == "Asia/Kolkata":
        begins = {"dayOfWeek": "Saturday", "time": "18:30"}
    assert holds(begins, first["start"]["utc"])


@relation(pattern="equality", operations=once((SAVE_WEBHOOKS, WEBHOOKS)), writes=True)
def webhooks_are_read_as_they_were_saved(call: Caller, operation: Operation) -> None:
    """Each setting of the webhooks is read as it was saved, and one that is left out stays."""
    before = _webhooks(call)
    if before.keys() != WEBHOOK_IDS.keys():
        pytest.skip("the server has other settings of webhooks")
    call.undo(SAVE_WEBHOOKS, body=before)
    new: dict[str, Any] = {
        name: not value for name, value in before.items() if isinstance(value, bool)
    }
    name = things.fresh()
    new |= {f"{PREFIX}Url": "https://kit.example.org/", "LivechatSecretToken": name}
    new |= {"LivechatHttpTimeout": (before["LivechatHttpTimeout"] or 0) + 1}

    _ = call(SAVE_WEBHOOKS, body=new).data
    first = _webhooks(call)
    _ = call(SAVE_WEBHOOKS, body={f"{PREFIX}Url": f" https://{name}.example.org/ "}).data

    assert first == new
    assert _webhooks(call) == {**new, f"{PREFIX}Url": f"https://{name}.example.org/"}


def _webhooks(call: Caller) -> dict[str, Any]:
    shown = {one["_id"]: one.get("value") for one in call(WEBHOOKS).data["settings"]}
    return {name: shown[id_] for name, id_ in WEBHOOK_IDS.items() if id_ in shown}


@relation(pattern="equality", operations=once((SAVE_LOOKS, LOOKS)), writes=True)
def looks_are_saved_together(call: Caller, operation: Operation) -> None:
    """Looks that are saved in one call are all as they were sent, and no others change."""
    before = {one["_id"]: one["value"] for one in call(LOOKS).data["appearance"]}
    chosen = [name for name in TEXT_SETTINGS if isinstance(before.get(name), str)][:3]
    if len(chosen) < 2:
        pytest.skip("the widget has no texts")
    call.undo(SAVE_LOOKS, body=[{"_id": name, "value": before[name]} for name in chosen])
    new = {name: f"{things.fresh()} 1 < 2 & ü" for name in chosen}

    _ = call(SAVE_LOOKS, body=[{"_id": name, "value": text} for name, text in new.items()]).data

    shown = {one["_id"]: one["value"] for one in call(LOOKS).data["appearance"]}
    assert {key for key in before if shown.get(key) != before[key]} == set(chosen)
    assert {name: shown[name] for name in chosen} == new


@relation(pattern="equality", operations=[TEXT_MESSAGES], writes=True)
def text_messages_of_a_number_are_one_conversation(call: Caller, operation: Operation) -> None:
    """Twilio's text messages are acknowledged in XML, and those of a number in one conversation."""
    settings = {key: call(SETTING, path={"_id": f"SMS_{key}"}) for key in ("Enabled", "Service")}
    if not all(answer.is_success for answer in settings.values()):
        pytest.skip("it cannot be told whether the server takes text messages")
    if [answer.data["value"] for answer in settings.values()] != [True, "twilio"]:
        pytest.skip("the server takes no text messages of Twilio")
    number, words = f"+1555{int(things.fresh()[-12:], 16) % 10**9:09}", ["Hello", "Once more"]
    for text in words:
        sent = {"From": number, "To": "+15550100", "Body": text}
        answer = call(operation, path={"service": "twilio"}, body=sent)
        if not answer.is_success:
            pytest.skip(f"a text message was answered with {answer.status}")
        assert answer.response.headers["Content-Type"].split(";")[0] == "text/xml"
        assert answer.response.text == "<Response></Response>"

    [visitor] = call(f"GET {LIVECHAT}/visitors.search", term=number).items
    rooms = [one for one in call(ROOMS, count=100).items if one["v"]["_id"] == visitor["_id"]]
    assert [(one["source"]["type"], one["source"]["alias"]) for one in rooms] == [("sms", "twilio")]
    said = call(f"GET {LIVECHAT}/messages/{{rid}}", path={"rid": rooms[0]["_id"]}).items
    assert sorted(one["msg"] for one in said if one.get("msg") in words) == sorted(words)
