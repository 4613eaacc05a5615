"""Putting on hold a conversation whose visitor had the last word."""

from tests.client import Client
from tests.talks.steps import ask, room, taken_room
from tests.vendor_cases.desk import API, body, set_setting

ENGAGED = "Livechat_allow_manual_on_hold_upon_agent_engagement_only"


def test_a_workspace_may_hold_what_waits_for_an_answer(
    visitor: Client, agent: Client, admin: Client
) -> None:
    set_setting(admin, ENGAGED, False)
    rid = taken_room(visitor, agent)
    ask(visitor, rid)

    body(agent.post(f"{API}/room.onHold", {"roomId": rid}))

    assert room(admin, rid)["onHold"] is True


def test_nobody_holds_a_waiting_room_that_nobody_serves(visitor: Client, admin: Client) -> None:
    set_setting(admin, ENGAGED, False)
    body(visitor.post(f"{API}/visitor", {"visitor": {"token": "tia"}}))
    rid = body(visitor.get(f"{API}/room", token="tia"))["room"]["_id"]
    ask(visitor, rid, token="tia")

    refused = admin.post(f"{API}/room.onHold", {"roomId": rid})

    assert refused.error == "error-unserved-rooms-cannot-be-placed-onhold"
